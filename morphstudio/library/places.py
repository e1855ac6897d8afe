"""The sound files of a folder, one after the other. No Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from morphstudio.audio.files import AUDIO_SUFFIXES
from morphstudio.library.indexed_file import Stamp, is_text, stamp_of


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """What became of a folder since it was looked through before.

    Parameters
    ----------
    place : Path
    is_there : bool
        Whether there is such a folder.
    vanished : tuple of str
        Absolute paths of files that are not there any more.
    problems : tuple of str
        What could not be read: a sentence each.
    """

    place: Path
    is_there: bool
    vanished: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


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
