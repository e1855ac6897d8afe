"""What MorphStudio leaves on the disk: where it is, how much it is, and what of it may go. No Qt.

Renders that were dragged into another program are kept, because its projects point at them. They lie in a
folder that has a name of ours wherever it is, so that clearing it cannot reach anybody else's sounds.
"""

from __future__ import annotations

import logging
import os
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from morphstudio.logs import log_path
from morphstudio.paths import music_dir, user_dir
from morphstudio.settings import Settings

_log = logging.getLogger(__name__)

RENDERS_FOLDER: Final = "MorphStudio renders"
"""Name of the folder of kept renders; no other is ever cleared."""
OLD_DAYS: Final = 30
"""After so many days a kept render may be cleared."""
_DAY_S: Final = 86_400.0
_RENDER_SUFFIXES: Final = (".wav", ".aiff", ".aif", ".flac")


@dataclass(frozen=True, slots=True)
class StoragePlaces:
    """Where things are kept; none of it need be there."""

    settings_file: Path
    library: Path
    logs: Path
    cache: Path
    embedding: Path
    default_renders: Path


@dataclass(frozen=True, slots=True)
class Usage:
    """How much there is of something.

    Parameters
    ----------
    n_files, n_bytes : int
    is_whole : bool
        False where a part could not be looked at, or nobody waited for the end.
    """

    n_files: int = 0
    n_bytes: int = 0
    is_whole: bool = True


def storage_places() -> StoragePlaces:
    """Places of this user."""
    home = user_dir()
    renders = music_dir() / RENDERS_FOLDER
    library = home / "library.sqlite"
    return StoragePlaces(
        home / "settings.json", library, log_path().parent, home / "cache", home / "embedding", renders
    )


def renders_folder(settings: Settings, places: StoragePlaces) -> Path:
    """Folder in which dragged-out renders are kept."""
    return Path(settings.renders_folder) if settings.renders_folder else places.default_renders


def renders_folder_in(folder: Path) -> Path:
    """Folder of renders where somebody chose `folder`: that one if it is one of ours, else one in it."""
    return folder if folder.name == RENDERS_FOLDER else folder / RENDERS_FOLDER


def usage(place: Path, has_given_up: threading.Event) -> Usage:
    """How much a file, or a folder with all in it, takes; links count as nothing.

    Parameters
    ----------
    place : Path
        Need not be there.
    has_given_up : threading.Event
        Nobody waits for the answer any more once it is set.
    """
    n_files, n_bytes, is_whole = 0, 0, True
    waiting = [place]
    while waiting and not has_given_up.is_set():
        path = waiting.pop()
        try:
            found = path.lstat()
            if stat.S_ISDIR(found.st_mode):
                waiting.extend(path.iterdir())
            elif stat.S_ISREG(found.st_mode):
                n_files, n_bytes = n_files + 1, n_bytes + found.st_size
        except FileNotFoundError:
            continue
        except OSError as error:
            _log.warning("%s cannot be looked at: %s", path, error)
            is_whole = False
    return Usage(n_files, n_bytes, is_whole and not waiting)


def old_renders(folder: Path, now_s: float | None = None) -> Usage:
    """Kept renders that are old enough to be cleared; nothing in a folder that is not one of ours.

    Parameters
    ----------
    folder : Path
    now_s : float or None
        In seconds since 1970; None is now.
    """
    sizes = [found.st_size for _, found in _old(folder, time.time() if now_s is None else now_s)]
    return Usage(len(sizes), sum(sizes))


def clear_old_renders(folder: Path, now_s: float | None = None) -> Usage:
    """Delete what `old_renders` counts; returns what went, not whole where a file stayed."""
    n_files, n_bytes, is_whole = 0, 0, True
    for path, found in list(_old(folder, time.time() if now_s is None else now_s)):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            _log.warning("%s cannot be deleted: %s", path, error)
            is_whole = False
        else:
            n_files, n_bytes = n_files + 1, n_bytes + found.st_size
    return Usage(n_files, n_bytes, is_whole)


def _old(folder: Path, now_s: float) -> Iterator[tuple[Path, os.stat_result]]:
    if folder.name != RENDERS_FOLDER:
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        try:
            found = path.lstat()
        except OSError:
            continue
        is_render = stat.S_ISREG(found.st_mode) and path.suffix.lower() in _RENDER_SUFFIXES
        if is_render and now_s - found.st_mtime > OLD_DAYS * _DAY_S:
            yield path, found
