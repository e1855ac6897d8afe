"""A row of the browser: a sound that is loaded, or a file that could be. No Qt, no torch."""

from __future__ import annotations

import stat
import time
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import name_of
from morphstudio.library.naming import facts_of_file, facts_of_name
from morphstudio.library.sounds import Family, Sound, family_of_path


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What the browser knows of a sound.

    Parameters
    ----------
    entry_id : str
        The file's absolute path; the sound's id where there is no file.
    path : Path or None
        Absolute.
    name : str
    family : Family
    bpm : float or None
        Beats per minute, where known.
    key : str
        Such as "F#m", where known.
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
    """

    entry_id: str
    path: Path | None
    name: str
    family: Family
    bpm: float | None = None
    key: str = ""
    duration_s: float | None = None
    peaks: NDArray[np.float32] | None = field(default=None, repr=False)
    sound_id: str = ""
    is_on_pad: bool = False
    is_favourite: bool = False
    is_missing: bool = False
    added_s: float = 0.0
    note: str = ""


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


def merged(known: Entry, found: Entry) -> Entry:
    """What is known of a file, with what was found out now; the same object where that is nothing new."""
    new = replace(
        known,
        bpm=found.bpm if known.bpm is None else known.bpm,
        key=known.key or found.key,
        duration_s=found.duration_s or known.duration_s,
        peaks=known.peaks if found.peaks is None else found.peaks,
        sound_id=found.sound_id or known.sound_id,
        is_on_pad=known.is_on_pad or found.is_on_pad,
        is_missing=found.is_missing,
        note=found.note or known.note,
    )
    is_same = all(getattr(new, slot.name) is getattr(known, slot.name) for slot in fields(known))
    return known if is_same else new
