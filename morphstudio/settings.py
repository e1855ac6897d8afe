"""What is remembered between two starts: one tree of values, kept as JSON. No Qt, no devices.

The file is read with tolerance, for people edit it, disks fail and newer versions write more into it:
one bad value is reset alone, and whatever is not understood stays in the file as it is.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

from morphstudio.audio.export import (
    BIT_DEPTHS,
    FORMATS,
    MAX_RATE_HZ,
    MAX_REPEATS,
    MIN_RATE_HZ,
    NORMALISATIONS,
)
from morphstudio.audio.pictures import PictureKind
from morphstudio.control.midi_map import is_control_text
from morphstudio.control.osc import is_reply_text
from morphstudio.errors import FileError, MorphStudioError
from morphstudio.saving import saving

_log = logging.getLogger(__name__)

VERSION: Final = 1
"""Of the file; one that is higher was written by a newer MorphStudio."""
BLOCK_SIZES: Final = (64, 128, 256, 512, 1024, 2048)
"""Frames per callback that may be chosen."""
SILENT_DB: Final = -60.0
"""Volume at the left end of the slider, where nothing is heard."""
LOUDEST_DB: Final = 6.0
THEMES: Final = ("system", "dark", "light")
LOWEST_PORT, HIGHEST_PORT = 1024, 65_535
"""Of those that a program may listen on without special rights."""
LANGUAGES: Final = ("en", "ja", "ko", "zh")

_CHOICES: Final = "choices"
_RANGE: Final = "range"
_OF: Final = "of"
_CHECK: Final = "check"
_MOST_CHARACTERS = 1000
_MOST_ENTRIES = 10_000

_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """The sound device by host API and name, both empty for the system's default."""

    host_api: str = ""
    device_name: str = ""
    block_frames: int = field(default=512, metadata={_CHOICES: BLOCK_SIZES})
    uses_asio: bool = False


@dataclass(frozen=True, slots=True)
class AppearanceSettings:
    """How the window looks; an empty language follows the system."""

    theme: str = field(default="system", metadata={_CHOICES: THEMES})
    language: str = field(default="", metadata={_CHOICES: ("", *LANGUAGES)})


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """Where the window and the borders between its parts were, in pixels; empty before the first end."""

    place: tuple[int, ...] = field(default=(), metadata={_OF: int})
    """x, y, width, height."""
    is_maximized: bool = False
    columns: tuple[int, ...] = field(default=(), metadata={_OF: int})
    rows: tuple[int, ...] = field(default=(), metadata={_OF: int})


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """Folders that are listed, as absolute paths; what sounds are compared by; whether details are folded."""

    places: tuple[str, ...] = field(default=(), metadata={_OF: str})
    compares_by_embedding: bool = False
    are_details_folded: bool = False


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What the export was asked for last. An empty folder is the user's music folder."""

    folder: str = ""
    format: str = field(default="wav", metadata={_CHOICES: FORMATS})
    bits: int = field(default=24, metadata={_CHOICES: BIT_DEPTHS})
    rate_hz: int = field(default=44_100, metadata={_RANGE: (MIN_RATE_HZ, MAX_RATE_HZ)})
    normalise: str = field(default="off", metadata={_CHOICES: NORMALISATIONS})
    template: str = "{name}"
    repeats: int = field(default=1, metadata={_RANGE: (1, MAX_REPEATS)})
    has_tail: bool = False


@dataclass(frozen=True, slots=True)
class PackSettings:
    """What a pack was asked for last."""

    kind: str = field(default="way", metadata={_CHOICES: ("way", "path", "grid", "around")})
    n: int = field(default=8, metadata={_RANGE: (2, 64)})
    rows: int = field(default=4, metadata={_RANGE: (1, 8)})
    columns: int = field(default=4, metadata={_RANGE: (1, 8)})
    template: str = "{index} {a} {b} {share}"


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """What is drawn of the sound that is heard, and which lines over it."""

    kind: str = field(default="spectrogram", metadata={_CHOICES: tuple(kind.value for kind in PictureKind)})
    has_pitch: bool = False
    has_brightness: bool = False


@dataclass(frozen=True, slots=True)
class MidiSettings:
    """Whether MIDI plays the pad, from which input (empty: from all), and which control does what.

    Controls are as in `ControlSource.text`, empty where none is chosen.
    """

    is_on: bool = False
    port: str = ""
    x: str = field(default="", metadata={_CHECK: is_control_text})
    y: str = field(default="", metadata={_CHECK: is_control_text})
    detail: str = field(default="", metadata={_CHECK: is_control_text})
    play: str = field(default="", metadata={_CHECK: is_control_text})
    follows_clock: bool = False


@dataclass(frozen=True, slots=True)
class OscSettings:
    """Whether OSC plays the pad, at which port, whether from other machines too; where replies go, if any."""

    is_on: bool = False
    port: int = field(default=9000, metadata={_RANGE: (LOWEST_PORT, HIGHEST_PORT)})
    allows_others: bool = False
    reply: str = field(default="", metadata={_CHECK: is_reply_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is remembered; the values here are those of the first start.

    `renders_folder` is where what is dragged out is kept; empty for a folder of ours among the music.
    `recent_sessions` are absolute paths, the newest first.
    """

    audio: AudioSettings = field(default_factory=AudioSettings)
    volume_db: float = field(default=0.0, metadata={_RANGE: (SILENT_DB, LOUDEST_DB)})
    appearance: AppearanceSettings = field(default_factory=AppearanceSettings)
    window: WindowSettings = field(default_factory=WindowSettings)
    library: LibrarySettings = field(default_factory=LibrarySettings)
    export: ExportSettings = field(default_factory=ExportSettings)
    picture: PictureSettings = field(default_factory=PictureSettings)
    renders_folder: str = ""
    recent_sessions: tuple[str, ...] = field(default=(), metadata={_OF: str})
    midi: MidiSettings = field(default_factory=MidiSettings)
    osc: OscSettings = field(default_factory=OscSettings)
    pack: PackSettings = field(default_factory=PackSettings)


class SettingsFile:
    """The settings and the file that they are kept in.

    Parameters
    ----------
    path : Path
        Need not be there; its folder neither.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settings = Settings()
        self._document: _Json = {"version": VERSION}

    @property
    def settings(self) -> Settings:
        """As they were loaded or saved last."""
        return self._settings

    def load(self) -> MorphStudioError | None:
        """Read the file; returns what is to be said about it, None while all is well.

        What could not be used is kept in a copy and taken out of the file, so it is said once.
        """
        try:
            document = json.loads(self._path.read_text(encoding="utf-8"))
            if not isinstance(document, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            _log.warning("%s cannot be read: %s", self._path, error)
            return self._set_aside()
        self._document = document
        bad: list[str] = []
        self._settings = _parsed(Settings(), document, "", bad)
        version = document.get("version")
        if type(version) is not int or version < 1:
            bad.append("version")
        elif version > VERSION:
            _log.warning("%s is of the newer version %d; not understood: %s", self._path, version, bad)
            return None
        return self._reset(bad) if bad else None

    def save(self, settings: Settings) -> None:
        """Keep these settings; only what changed is changed in the file.

        Raises
        ------
        MorphStudioError
            If the file cannot be written; the settings are kept until the program ends.
        """
        changes = list(_changes(self._settings, settings))
        self._settings = settings
        for key, value in changes:
            *sections, name = key.split(".")
            holder: Any = self._document
            for section in sections:
                holder = holder.setdefault(section, {}) if isinstance(holder, dict) else None
            if isinstance(holder, dict):  # else a newer version means something else by the section
                holder[name] = value
        if changes:
            self._write()

    def _write(self) -> None:
        text = json.dumps(self._document, indent=2)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(
                f"Can't save {self._path.name}",
                f"The folder {self._path.parent} cannot be made ({error.strerror}).",
                "Check who may write there.",
            ) from error
        with saving(self._path) as file:
            file.write(text.encode() + b"\n")

    def _set_aside(self) -> MorphStudioError:
        name, aside = self._path.name, self._free_path()
        try:
            self._path.replace(aside)
        except OSError as error:
            _log.warning("%s cannot be set aside: %s", self._path, error)
            return FileError(
                "Settings were not read",
                f"{self._path} cannot be read, so everything is set as at the first start.",
                "Check who may read it, or delete it.",
            )
        return FileError(
            "Settings were reset",
            f"{name} was damaged, so everything is set as at the first start; it is kept as {aside.name}.",
        )

    def _reset(self, bad: list[str]) -> MorphStudioError:
        """Take bad keys out of the file, when it has been copied."""
        keys, copy = ", ".join(bad), self._free_path()
        for key in bad:
            *sections, name = key.split(".")
            holder = self._document
            for section in sections:
                holder = holder[section]
            holder.pop(name, None)
        self._document["version"] = VERSION
        try:
            shutil.copyfile(self._path, copy)
            self._write()
        except (OSError, MorphStudioError) as error:
            _log.warning("%s cannot be mended: %s", self._path, error)
            return FileError(
                "Settings were reset",
                f"{self._path.name} has no usable value for {keys}.",
                "Correct or delete it.",
            )
        return FileError(
            "Settings were reset",
            f"{self._path.name} had no usable value for {keys}; the file as it was is kept as {copy.name}.",
        )

    def _free_path(self) -> Path:
        number = 1
        while (path := self._path.with_stem(f"{self._path.stem}.damaged-{number}")).exists():
            number += 1
        return path


def _parsed(default: Any, raw: _Json, prefix: str, bad: list[str]) -> Any:  # noqa: ANN401 - any dataclass
    """Return `default` with what `raw` has for it; adds the keys of what cannot be used to `bad`."""
    values: _Json = {}
    for entry in fields(default):
        if entry.name not in raw:
            continue
        known, value = getattr(default, entry.name), raw[entry.name]
        key = f"{prefix}{entry.name}"
        if is_dataclass(known) and isinstance(value, dict):
            values[entry.name] = _parsed(known, value, f"{key}.", bad)
        elif not is_dataclass(known) and _is_usable(value, known, dict(entry.metadata)):
            # JSON has lists only.
            values[entry.name] = tuple(value) if isinstance(known, tuple) else type(known)(value)
        else:
            bad.append(key)
    return replace(default, **values)


def _is_usable(value: object, known: object, limits: _Json) -> bool:
    if _RANGE in limits:
        low, high = limits[_RANGE]
        is_number = isinstance(value, (int, type(known))) and not isinstance(value, bool)
        return is_number and low <= value <= high
    if _OF in limits:
        is_list = isinstance(value, list) and len(value) <= _MOST_ENTRIES
        return is_list and all(_is_entry(entry, limits[_OF]) for entry in value)  # type: ignore[attr-defined]
    if isinstance(value, str) and not _is_text(value):
        return False
    if type(value) is not type(known) or value not in limits.get(_CHOICES, (value,)):
        return False
    return bool(limits[_CHECK](value)) if _CHECK in limits else True


def _is_entry(value: object, wanted: type) -> bool:
    return type(value) is wanted and (not isinstance(value, str) or _is_text(value))


def _is_text(value: str) -> bool:
    # JSON can hold half a surrogate pair, which nothing else takes.
    is_text = not any("\ud800" <= character <= "\udfff" for character in value)
    return is_text and len(value) <= _MOST_CHARACTERS


def _changes(old: Any, new: Any, prefix: str = "") -> Iterator[tuple[str, object]]:  # noqa: ANN401
    for entry in fields(old):
        before, after = getattr(old, entry.name), getattr(new, entry.name)
        if is_dataclass(before):
            yield from _changes(before, after, f"{prefix}{entry.name}.")
        elif before != after:
            yield f"{prefix}{entry.name}", after
