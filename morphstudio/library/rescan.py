"""What has changed in a folder since the index was told of it. No Qt, no torch.

A file is opened only where it may be one that moved.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import IndexedFile, KnownFile, Stamp, fingerprint_of, stamp_of
from morphstudio.library.places import walk_stamps

_BATCH: Final = 500

Found = tuple[str, Stamp]


@dataclass(frozen=True, slots=True, eq=False)
class Rescan:
    """A folder now, against what was known of it. Paths are absolute.

    Parameters
    ----------
    place : Path
    is_there : bool
        Whether there is such a folder, and it can be read.
    n_unchanged : int
        How many files are as they were.
    new, changed : tuple of IndexedFile
        Without an analysis: not known before; known with another content.
    returned : tuple of IndexedFile
        Missing before, there again; without their analysis here, which the index has kept.
    moved : dict
        Old path of a file that is gone to the file elsewhere that has its content; without its analysis here,
        which the index keeps for the new path.
    vanished : tuple of str
        Not there any more.
    wanted : tuple of IndexedFile
        All that are there and nobody has listened to yet.
    problems : tuple of str
        What could not be read: a sentence each.
    """

    place: Path
    is_there: bool
    n_unchanged: int
    new: tuple[IndexedFile, ...]
    changed: tuple[IndexedFile, ...]
    returned: tuple[IndexedFile, ...]
    moved: dict[str, IndexedFile]
    vanished: tuple[str, ...]
    wanted: tuple[IndexedFile, ...]
    problems: tuple[str, ...]


def rescan(
    index: LibraryIndex, place: Path, goes_on: Callable[[list[Found]], bool] = lambda found: True
) -> Rescan | None:
    """Look through a folder, and tell the index what has changed.

    Parameters
    ----------
    index : LibraryIndex
        The calling thread's.
    place : Path
        Absolute.
    goes_on : callable
        Told of some files at a time as they are found, and asked whether to go on.

    Returns
    -------
    Rescan or None
        None where it was not to go on; the index is as it was then.

    Raises
    ------
    MorphStudioError
        If the index cannot be read or written, such as on a full disk.
    """
    errors: list[OSError] = []
    found: dict[str, Stamp] = {}
    batch: list[Found] = []
    for one in walk_stamps(place, errors.append):
        batch.append(one)
        if len(batch) == _BATCH:
            found.update(batch)
            if not goes_on(batch):
                return None
            batch = []
    found.update(batch)
    if not goes_on(batch):
        return None
    seen = compare(place, found, index.known(), errors)
    index.change(
        renamed={old: file.path for old, file in seen.moved.items()},
        put=(*seen.moved.values(), *seen.new, *seen.changed, *seen.returned),
        missing=seen.vanished,
    )
    return seen


def compare(
    place: Path, found: Mapping[str, Stamp], known: Mapping[str, KnownFile], errors: Iterable[OSError] = ()
) -> Rescan:
    """Tell what has changed, by what was found in a folder and all that is known, of other folders too.

    A new file is one that moved where its size, and its time or its name, are those of a file that is gone,
    and so is its fingerprint. A file that lies in the folder where no walk looks is not gone.
    """
    is_there = os.access(place, os.R_OK | os.X_OK) and place.is_dir()
    first = str(place).rstrip(os.sep) + os.sep
    here = {path: file for path, file in known.items() if path.startswith(first)}
    there = dict(found) | dict(_not_walked(here, found)) if is_there else {}
    movers = _Movers(known, here, there)
    new: list[IndexedFile] = []
    changed: list[IndexedFile] = []
    returned: list[IndexedFile] = []
    unheard: list[IndexedFile] = []
    moved: dict[str, IndexedFile] = {}
    n_unchanged = 0
    for path, stamp in there.items():
        old = known.get(path)
        if old is None:
            source = movers.take(path, stamp)
            if source is None:
                new.append(IndexedFile(path, stamp, stamp.mtime_ns / 1e9))
                continue
            old = known[source]
            file = moved[source] = IndexedFile(path, stamp, old.added_s, fingerprint=old.fingerprint)
        else:
            file = IndexedFile(path, stamp, old.added_s)
            if stamp != old.stamp:
                changed.append(file)
                continue
            if old.is_missing:
                returned.append(file)
            else:
                n_unchanged += 1
        if not old.is_heard:
            unheard.append(file)
    return Rescan(
        place, is_there, n_unchanged, tuple(new), tuple(changed), tuple(returned), moved,
        tuple(p for p, file in here.items() if not (file.is_missing or p in there or p in moved)),
        (*new, *changed, *unheard),
        _sentences(place, errors, is_there=is_there, n_kept=len(here)),
    )  # fmt: skip


def _not_walked(here: Iterable[str], found: Mapping[str, Stamp]) -> Iterator[Found]:
    """Files of a folder that are there, though no walk looks for them: hidden, or called what no sound is."""
    left = [path for path in here if path not in found]
    # Where a system takes both for one file, what was given capitals is not there under the old name.
    names = {path.casefold() for path in found} if left else set()
    for path in left:
        if path.casefold() in names:
            continue
        try:
            status = os.stat(path)  # noqa: PTH116 paths are strings here
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(status.st_mode):
            yield path, stamp_of(status)


class _Movers:
    """Files that are gone, of which each can turn up once under another path."""

    def __init__(self, known: Mapping[str, KnownFile], here: Container[str], there: Container[str]) -> None:
        self._here = here
        self._taken: set[str] = set()
        self._worth_reading: set[tuple[int, int | str]] = set()
        self._alike: dict[tuple[bytes, int | str], list[str]] = defaultdict(list)
        for path, file in known.items():
            if file.fingerprint and path not in there:
                for trait in _traits(path, file.stamp):
                    self._worth_reading.add((file.stamp.size, trait))
                    self._alike[file.fingerprint, trait].append(path)

    def take(self, path: str, stamp: Stamp) -> str | None:
        """Where a new file was before; None where it is none that is gone."""
        traits = _traits(path, stamp)
        if not any((stamp.size, trait) in self._worth_reading for trait in traits):
            return None
        fingerprint = fingerprint_of(path)
        for trait in traits:
            alike = self._alike.get((fingerprint, trait), [])
            while alike:
                old = alike.pop()
                if old not in self._taken and self._is_gone(old):
                    self._taken.add(old)
                    return old
        return None

    def _is_gone(self, path: str) -> bool:
        # Other folders may not have been looked through since.
        return path in self._here or not os.path.exists(path)  # noqa: PTH110 paths are strings here


def _traits(path: str, stamp: Stamp) -> tuple[str, int]:
    return os.path.basename(path), stamp.mtime_ns  # noqa: PTH119 paths are strings here


def _sentences(place: Path, errors: Iterable[OSError], *, is_there: bool, n_kept: int) -> tuple[str, ...]:
    if not is_there:
        reason = "cannot be read" if os.path.lexists(place) else "is not there"
        kept = f"; what is known of its sounds ({n_kept}) is kept" if n_kept else ""
        return (f"{place} {reason}{kept}.",)
    said = (f"{e.filename} cannot be read ({e.strerror}), so it is left out." for e in errors)
    return tuple(dict.fromkeys(said))
