"""A row of the browser: a sound that is loaded, or a file that could be. No Qt, no torch."""

from __future__ import annotations

import stat
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import name_of
from morphstudio.library.analysis import Analysis
from morphstudio.library.kinds import Kind, family_of
from morphstudio.library.naming import facts_of_file, facts_of_name
from morphstudio.library.sounds import Family, Sound, family_of_path

if TYPE_CHECKING:
    from morphstudio.library.indexed_file import IndexedFile
    from morphstudio.library.marks import Marks

_CONFIDENT: Final = 0.5
"""From here on the family of a name that tells none is that of the kind that was heard."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What the browser knows of a sound: what its name tells, what listening told, what a hand said.

    Parameters
    ----------
    entry_id : str
        The file's absolute path; the sound's id where there is no file.
    path : Path or None
        Absolute.
    name : str
    told_family : Family
        By the name; a texture is what it is taken for as well where the name tells nothing.
    told_bpm : float or None
        Beats per minute, as whoever made it wrote them down.
    told_key : str
        Such as "F#m" or "Bb", as it was written down.
    duration_s : float or None
        Where known.
    peaks : float32, shape (up to 512,), or None
        The sound's outline, where it is loaded.
    sound_id : str
        Of the sound that was made of it; empty while it is not loaded.
    is_on_pad, is_favourite : bool
    is_missing : bool
        Whether there is no file any more.
    added_s : float
        When it was added, in seconds since the epoch: the file's own time, or the moment of a drop.
    note : str
        A remark such as "first 64 s".
    analysis : Analysis or None
        None while nobody listened to it.
    tags : tuple of str
        Own words.
    kind_by_hand : Kind or None
        What somebody says that it is.
    """

    entry_id: str
    path: Path | None
    name: str
    told_family: Family
    told_bpm: float | None = None
    told_key: str = ""
    duration_s: float | None = None
    peaks: NDArray[np.float32] | None = field(default=None, repr=False)
    sound_id: str = ""
    is_on_pad: bool = False
    is_favourite: bool = False
    is_missing: bool = False
    added_s: float = 0.0
    note: str = ""
    analysis: Analysis | None = field(default=None, repr=False)
    tags: tuple[str, ...] = ()
    kind_by_hand: Kind | None = None

    @property
    def kind(self) -> Kind | None:
        """What it is: by hand, else as heard."""
        if self.kind_by_hand is not None or self.analysis is None:
            return self.kind_by_hand
        return self.analysis.kind

    @property
    def is_kind_by_hand(self) -> bool:
        """Whether somebody said what it is."""
        return self.kind_by_hand is not None

    @property
    def family(self) -> Family:
        """Of the kind by hand; else told by the name; else of the kind that was heard, if that is likely."""
        if self.kind_by_hand is not None:
            return family_of(self.kind_by_hand)
        heard = self.analysis
        if self.told_family != Family.TEXTURE or heard is None or heard.kind is None:
            return self.told_family
        is_likely = (heard.kind_confidence or 0.0) >= _CONFIDENT
        return family_of(heard.kind) if is_likely else self.told_family

    @property
    def bpm(self) -> float | None:
        """Beats per minute: as told, else as heard."""
        if self.told_bpm is not None or self.analysis is None:
            return self.told_bpm
        return self.analysis.bpm

    @property
    def key(self) -> str:
        """Such as "F#m": as told, else as heard; empty where neither is known."""
        if self.told_key or self.analysis is None:
            return self.told_key
        return self.analysis.key

    @property
    def is_loop(self) -> bool | None:
        """Whether it is made to be repeated; None where nobody listened."""
        return self.analysis.is_loop if self.analysis is not None else None


def entry_id_of(path: Path) -> str:
    """Id of a file's entry: its absolute path, links in it left as they are."""
    return str(path.absolute())


def entry_of_file(path: Path) -> Entry:
    """Entry of a file that is not loaded; `is_missing` where it is not there. Never raises."""
    path = path.absolute()
    try:
        status = path.stat()
        is_there = stat.S_ISREG(status.st_mode)
    except (OSError, ValueError):
        is_there = False
    facts = facts_of_file(path)
    return Entry(
        str(path), path, name_of(path), family_of_path(path), facts.bpm, facts.key,
        is_missing=not is_there, added_s=status.st_mtime if is_there else 0.0,
    )  # fmt: skip


def entry_of_sound(sound: Sound) -> Entry:
    """Entry of a sound on the pad, added now."""
    path = sound.clip.path.absolute() if sound.clip.path else None
    facts = facts_of_file(path) if path else facts_of_name(sound.clip.name)
    return Entry(
        str(path) if path else sound.sound_id, path, sound.clip.name, sound.family, facts.bpm, facts.key,
        sound.clip.duration_s, sound.peaks, sound.sound_id, is_on_pad=True, added_s=time.time(),
        note=sound.note,
    )  # fmt: skip


def entry_of_indexed(file: IndexedFile, marks: Marks) -> Entry:
    """Entry of a file as the index knows it, without a look at the disk."""
    path, heard = Path(file.path), file.analysis
    stem = path.stem
    facts = facts_of_name(stem)
    # Nearly every name can be shown as it is, and is looked at here ten thousand times at the start.
    name = stem if stem.isprintable() and " ".join(stem.split()) == stem else name_of(path)
    return Entry(
        file.path, path, name, family_of_path(path), facts.bpm, facts.key,
        heard.duration_s if heard is not None else None, is_favourite=marks.is_favourite,
        is_missing=file.is_missing, added_s=file.added_s, analysis=heard, tags=marks.tags,
        kind_by_hand=marks.kind,
    )  # fmt: skip


def heard(entry: Entry, analysis: Analysis) -> Entry:
    """An entry that was listened to."""
    return replace(entry, analysis=analysis, duration_s=analysis.duration_s or entry.duration_s)


def merged(known: Entry, found: Entry) -> Entry:
    """What is known of a file, with what was found out now; the same object where that is nothing new.

    What a hand said is not taken back by it.
    """
    changes: dict[str, object] = {
        "told_bpm": found.told_bpm if known.told_bpm is None else known.told_bpm,
        "told_key": known.told_key or found.told_key,
        "duration_s": found.duration_s or known.duration_s,
        "sound_id": found.sound_id or known.sound_id,
        "is_on_pad": known.is_on_pad or found.is_on_pad,
        "is_favourite": known.is_favourite or found.is_favourite,
        "is_missing": found.is_missing,
        "note": found.note or known.note,
        "tags": known.tags or found.tags,
        "kind_by_hand": known.kind_by_hand or found.kind_by_hand,
    }
    changes = {name: value for name, value in changes.items() if value != getattr(known, name)}
    if found.peaks is not None and found.peaks is not known.peaks:
        changes["peaks"] = found.peaks
    if found.analysis is not None and found.analysis is not known.analysis:
        changes["analysis"] = found.analysis
    return replace(known, **changes) if changes else known  # type: ignore[arg-type]
