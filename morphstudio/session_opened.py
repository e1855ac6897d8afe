"""A session that was opened, and its loops: where their files are, and where they went. Opens no file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PureWindowsPath

from morphstudio.session_document import LoopReference, PlacedLoop, SessionDocument
from morphstudio.session_json import FORMAT_VERSION, LoopPlaces

_MOST_FILES_LOOKED_AT = 200_000


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """What was in a session's file or its journal.

    Parameters
    ----------
    path : Path or None
        The file; None for a session that was never saved.
    document : SessionDocument
        Each loop's path is where it was found; of those that were not, where it was.
    missing : tuple of LoopReference
        Loops whose files were not found.
    is_collected : bool
        Whether its loops were in the file: then they are to be collected again when it is saved.
    version : int
        Of the format.
    """

    path: Path | None
    document: SessionDocument
    missing: tuple[LoopReference, ...] = ()
    is_collected: bool = False
    version: int = FORMAT_VERSION

    @property
    def is_newer(self) -> bool:
        """Whether a newer MorphStudio wrote it: then it must not be written over."""
        return self.version > FORMAT_VERSION


def looked_for(opened: OpenedSession, folder: Path) -> OpenedSession:
    """Look for missing loops in a folder and below it: by name, and of several by size."""
    wanted: dict[str, list[LoopReference]] = {}
    for loop in opened.missing:
        if loop.path is not None:
            wanted.setdefault(file_name_of(loop.path).casefold(), []).append(loop)
    moved: dict[Path, Path] = {}
    n_looked_at = 0
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            n_looked_at += 1
            for loop in wanted.get(name.casefold(), ()):
                assert loop.path is not None
                candidate = Path(parent, name)
                is_same_size = bool(loop.n_bytes) and _size_at(candidate) == loop.n_bytes
                if _is_file(candidate) and (is_same_size or loop.path not in moved):
                    moved.setdefault(loop.path, candidate)
                    if is_same_size and _size_at(moved[loop.path]) != loop.n_bytes:
                        moved[loop.path] = candidate
        if n_looked_at > _MOST_FILES_LOOKED_AT:
            break
    return _moved(opened, moved)


def missing_of(document: SessionDocument) -> tuple[LoopReference, ...]:
    """Loops of a document whose files are not where it says."""
    loops = (dot.loop for dot in document.dots)
    return tuple(loop for loop in loops if loop.path is None or not _is_file(loop.path))


def file_name_of(path: Path) -> str:
    """Last part of a path, which may be another system's."""
    return PureWindowsPath(str(path)).name


def _moved(opened: OpenedSession, moved: Mapping[Path, Path]) -> OpenedSession:
    missing = {loop.digest for loop in opened.missing if loop.path in moved}

    def there(dot: PlacedLoop) -> PlacedLoop:
        if dot.loop.digest not in missing or dot.loop.path is None:
            return dot
        return replace(dot, loop=replace(dot.loop, path=moved[dot.loop.path]))

    document = replace(opened.document, dots=tuple(there(dot) for dot in opened.document.dots))
    left = tuple(loop for loop in opened.missing if loop.digest not in missing)
    return replace(opened, document=document, missing=left)


def in_place(dot: PlacedLoop, places: LoopPlaces, session_path: Path) -> tuple[PlacedLoop, bool]:
    """A loop where its file is, and whether it is anywhere."""
    if places.member:
        return dot, True
    for candidate in _candidates(dot.loop, places, session_path):
        if _is_file(candidate):
            return replace(dot, loop=replace(dot.loop, path=candidate)), True
    return dot, False


def _candidates(loop: LoopReference, places: LoopPlaces, session_path: Path) -> Iterator[Path]:
    if loop.path is None:
        return
    folder = session_path.absolute().parent
    if loop.path.is_absolute() and _is_near(loop.path, folder):
        yield loop.path
    if places.relative:
        relative = Path(os.path.normpath(folder / places.relative))
        if _is_near(relative, folder):
            yield relative
    yield folder / file_name_of(loop.path)


def _is_near(path: PurePath, folder: PurePath) -> bool:
    """Whether looking there asks no other computer than the one that the session came from.

    A session from elsewhere must not make Windows sign in at a server that it names.
    """
    return not path.drive.startswith("\\\\") or path.drive.lower() == folder.drive.lower()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long for the system, for one
        return False


def _size_at(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return -1
