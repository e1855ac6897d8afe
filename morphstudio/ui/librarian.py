"""The thread that keeps the library: what was known before, what folders hold now, what people say of it.

It alone looks at the disk for the browser. It opens no file but to tell whether it is one that moved.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.errors import MorphStudioError
from morphstudio.library.entries import Entry, entry_of_file, entry_of_indexed
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import IndexedFile, stamp_of
from morphstudio.library.marks import Marks
from morphstudio.library.places import PlaceReport
from morphstudio.library.rescan import Found, Rescan, rescan

_BATCH = 500

_log = logging.getLogger(__name__)


class Librarian(QThread):
    """Does what it is asked for, one thing after the other; folders last.

    Parameters
    ----------
    index_path : Path
        Of the library's index.
    """

    entries_found = Signal(object)
    """A tuple of `Entry`: some of what is known, or was found."""
    files_moved = Signal(object)
    """A dict of absolute paths: where each file was, and where it was found."""
    listening_wanted = Signal(object)
    """A tuple of `IndexedFile`: they are there, and nobody has listened to them."""
    progressed = Signal(str, int)
    """Name of a folder, and how many sounds were found in it so far."""
    place_scanned = Signal(object)
    """A `PlaceReport`, after the folder's entries; not of one that was cancelled."""
    scan_ended = Signal()
    """Nothing waits any more."""
    noticed = Signal(object)
    """A `MorphStudioError` that tells what became of the index."""

    def __init__(self, index_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index_path = index_path
        self._condition = threading.Condition()
        self._jobs: deque[Callable[[LibraryIndex], None]] = deque()
        self._places: list[Path] = []
        self._n_cancelled = 0
        self._unkept: dict[str, Marks] = {}
        self._is_stopping = False

    def tell_known(self, places: Iterable[str]) -> None:
        """Tell what is known of these folders, and of all files that somebody likes."""
        self._ask(partial(self._tell_known, tuple(places)))

    def scan(self, places: Iterable[Path]) -> None:
        """Look what has changed in these folders."""
        with self._condition:
            self._places += [place for place in places if place not in self._places]
            self._condition.notify()

    def look_at(self, files: Iterable[Path]) -> None:
        """Look at these files, which may lie anywhere: they are to be known."""
        self._ask(partial(self._look_at, tuple(files)))

    def mark(self, marks: Mapping[str, Marks]) -> None:
        """Keep what somebody says of these files."""
        self._ask(partial(self._mark, dict(marks)))

    def move(self, moved: Mapping[str, str]) -> None:
        """Keep that these files lie elsewhere: old path to new one."""
        self._ask(partial(self._move, dict(moved)))

    def cancel(self) -> None:
        """Look into no more folders; what was found stays."""
        with self._condition:
            self._places.clear()
            self._n_cancelled += 1

    def stop(self) -> None:
        """End the thread, after what somebody said was kept."""
        with self._condition:
            self._is_stopping = True
            self._n_cancelled += 1
            self._condition.notify()
        self.wait()

    def run(self) -> None:
        """Thread body."""
        with LibraryIndex(self._index_path) as index:
            notice: MorphStudioError | None = None
            while (job := self._next_job()) is not None:
                self._do(job, index)
                if index.notice is not None and index.notice is not notice:
                    notice = index.notice
                    self.noticed.emit(notice)
                with self._condition:
                    is_idle = not self._jobs and not self._places
                if is_idle:
                    self.scan_ended.emit()
            self._do(self._keep_marks, index)

    def _do(self, job: Callable[[LibraryIndex], None], index: LibraryIndex) -> None:
        try:
            job(index)
        except MorphStudioError as error:
            self.noticed.emit(error)
        except Exception:  # noqa: BLE001 one strange folder must not end all looking
            _log.exception("The library could not be looked at")

    def _ask(self, job: Callable[[LibraryIndex], None]) -> None:
        with self._condition:
            self._jobs.append(job)
            self._condition.notify()

    def _next_job(self) -> Callable[[LibraryIndex], None] | None:
        with self._condition:
            self._condition.wait_for(lambda: self._is_stopping or self._jobs or self._places)
            if self._jobs:
                return self._jobs.popleft()
            if self._is_stopping:
                return None
            return partial(self._scan, self._places.pop(0), self._n_cancelled)

    def _tell_known(self, places: tuple[str, ...], index: LibraryIndex) -> None:
        marks = index.marks()
        files = {file.path: file for place in places for file in index.files(place)}
        self._tell(entry_of_indexed(file, marks.get(path, Marks())) for path, file in files.items())
        liked = [path for path, said in marks.items() if said.is_favourite and path not in files]
        self._look_at(tuple(map(Path, liked)), index)

    def _look_at(self, files: tuple[Path, ...], index: LibraryIndex) -> None:
        paths = [str(path.absolute()) for path in files]
        marks, known = index.marks(), {file.path: file for file in index.files_at(paths)}
        there: list[IndexedFile] = []
        missing: list[str] = []
        for path in paths:
            try:
                stamp = stamp_of(os.stat(path))  # noqa: PTH116 paths are strings here
            except (OSError, ValueError):
                missing.append(path)
                continue
            old = known.get(path)
            if old is None or old.stamp != stamp or old.is_missing or old.analysis is None:
                there.append(IndexedFile(path, stamp, stamp.mtime_ns / 1e9 if old is None else old.added_s))
        index.change(put=there, missing=missing)
        files_now = index.files_at(paths)
        self._tell(entry_of_indexed(file, marks.get(file.path, Marks())) for file in files_now)
        unknown = set(paths) - {file.path for file in files_now}
        self._tell(_marked(path, marks[path]) for path in unknown if path in marks)
        wanted = {file.path for file in there}
        self.listening_wanted.emit(tuple(f for f in files_now if f.path in wanted and f.analysis is None))

    def _mark(self, marks: dict[str, Marks], index: LibraryIndex) -> None:
        self._unkept |= marks
        self._keep_marks(index)

    def _keep_marks(self, index: LibraryIndex) -> None:
        """Keep what could not be kept when somebody said it, because the disk was full."""
        if self._unkept:
            index.set_marks(self._unkept)
            self._unkept = {}

    def _move(self, moved: dict[str, str], index: LibraryIndex) -> None:
        index.move(moved)

    def _scan(self, place: Path, n_cancelled: int, index: LibraryIndex) -> None:
        """Look through a folder, until somebody cancels: what is asked for afterwards is another scan."""
        self._do(self._keep_marks, index)
        name = place.name or str(place)
        known = index.known().keys()
        n_found = 0
        new: list[IndexedFile] = []

        def goes_on(found: list[Found]) -> bool:
            nonlocal n_found
            fresh = [IndexedFile(path, s, s.mtime_ns / 1e9) for path, s in found if path not in known]
            self._tell(entry_of_indexed(file, Marks()) for file in fresh)
            new.extend(fresh)
            n_found += len(found)
            self.progressed.emit(name, n_found)
            while self._jobs and self._n_cancelled == n_cancelled:  # what a hand does is not to wait
                self._do(self._jobs.popleft(), index)
            return self._n_cancelled == n_cancelled

        self.progressed.emit(name, 0)
        seen = rescan(index, place, goes_on)
        if seen is not None:
            self._report(seen, index)
        else:
            index.put(new)  # what was found stays

    def _report(self, seen: Rescan, index: LibraryIndex) -> None:
        if seen.moved:
            self.files_moved.emit({old: file.path for old, file in seen.moved.items()})
        marks = index.marks()
        kept = {file.path for file in (*seen.returned, *seen.moved.values())}
        files = (*(file for file in seen.new if file.path in marks), *seen.changed, *index.files_at(kept))
        self._tell(entry_of_indexed(file, marks.get(file.path, Marks())) for file in files)
        self.place_scanned.emit(PlaceReport(seen.place, seen.is_there, seen.vanished, seen.problems))
        self.listening_wanted.emit(seen.wanted)

    def _tell(self, entries: Iterator[Entry]) -> None:
        batch: list[Entry] = []
        for entry in entries:
            batch.append(entry)
            if len(batch) == _BATCH:
                self.entries_found.emit(tuple(batch))
                batch = []
        if batch:
            self.entries_found.emit(tuple(batch))


def _marked(path: str, marks: Marks) -> Entry:
    """Entry of a file that somebody marked and nobody looked at."""
    entry = entry_of_file(Path(path))
    return replace(entry, is_favourite=marks.is_favourite, tags=marks.tags, kind_by_hand=marks.kind)
