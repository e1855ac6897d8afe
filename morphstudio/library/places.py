"""The sound files of a folder, one after the other, each with what is known without decoding it. No Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from morphstudio.audio.files import AUDIO_SUFFIXES
from morphstudio.library.entries import Entry, entry_of_file
from morphstudio.library.indexed_file import Stamp, stamp_of
from morphstudio.library.indexed_file import is_text as is_text


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
    """Sound files in a folder and below it, as `walk_stamps` finds them.

    Parameters
    ----------
    folder : Path
        Absolute.
    """
    for path, _ in walk_stamps(folder):
        entry = entry_of_file(Path(path))
        if not entry.is_missing:
            yield entry


def walk_stamps(
    folder: Path, on_error: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, Stamp]]:
    """Sound files in a folder and below it, in the order of their names; none of them is opened.

    Hidden ones are left out, and those whose name is not valid text; so is what cannot be read. Links are
    followed, those to folders last, and each folder is read once: a link to one that was read ends there.

    Parameters
    ----------
    folder : Path
        Absolute.
    on_error : callable
        Told why a folder, or a file, cannot be read.

    Yields
    ------
    (str, Stamp)
        Absolute path, links in it left as they are.
    """
    seen: set[str] = set()
    waiting, links = [str(folder)], list[str]()
    while waiting or links:
        # A link that is new must not give other paths to what is known by its own.
        parent = waiting.pop() if waiting else links.pop()
        real = os.path.realpath(parent)
        if real in seen:
            continue
        seen.add(real)
        found, below, linked = _read_folder(parent, on_error)
        yield from found
        waiting += reversed(below)
        links += reversed(linked)


def _read_folder(
    parent: str, on_error: Callable[[OSError], None] | None
) -> tuple[list[tuple[str, Stamp]], list[str], list[str]]:
    """Sound files, folders, and links to folders in one folder."""
    files: list[tuple[str, Stamp]] = []
    folders: tuple[list[str], list[str]] = ([], [])
    try:
        with os.scandir(parent) as reading:
            entries = sorted(reading, key=lambda entry: entry.name.casefold())
    except OSError as error:
        entries = []
        if on_error is not None:
            on_error(error)
    for entry in entries:
        name = entry.name
        if name.startswith(".") or not is_text(name):
            continue
        try:
            if entry.is_dir():
                folders[entry.is_symlink()].append(entry.path)
            elif os.path.splitext(name)[1].lower() in AUDIO_SUFFIXES and entry.is_file():  # noqa: PTH122 slow
                files.append((entry.path, stamp_of(entry.stat())))
        except FileNotFoundError:
            pass  # it has just gone
        except OSError as error:
            if on_error is not None:
                on_error(error)
    return files, *folders
