"""The sound files of a folder, one after the other, each with what is known without decoding it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from morphstudio.audio.files import AUDIO_SUFFIXES
from morphstudio.library.entries import Entry, entry_of_file


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """What a folder holds now.

    Parameters
    ----------
    place : Path
    entry_ids : frozenset of str
        Of all files that were found.
    is_there : bool
        Whether there is such a folder.
    """

    place: Path
    entry_ids: frozenset[str]
    is_there: bool


def walk_place(folder: Path) -> Iterator[Entry]:
    """Sound files in a folder and below it, in the order of their names.

    Hidden files and folders are left out. Links are followed, each folder is read once: a link to a folder
    above ends there. What cannot be read is left out.

    Parameters
    ----------
    folder : Path
        Absolute.
    """
    seen: set[str] = set()
    for parent, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=str.casefold)
        for name in sorted(names, key=str.casefold):
            suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 ten thousand Paths take a second
            if name.startswith(".") or suffix not in AUDIO_SUFFIXES or not is_text(name):
                continue
            entry = entry_of_file(Path(parent, name))
            if not entry.is_missing:
                yield entry


def is_text(name: str) -> bool:
    """Whether a name is valid text; on Linux, one of an old archive may be any bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
