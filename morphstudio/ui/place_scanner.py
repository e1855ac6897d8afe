"""The thread that looks which sound files there are in folders; it decodes none of them."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.library.entries import Entry, entry_of_file
from morphstudio.library.places import PlaceReport, walk_place

_BATCH = 500
_BATCH_S = 0.15

_log = logging.getLogger(__name__)


class PlaceScanner(QThread):
    """Walks folders one after the other."""

    entries_found = Signal(object)
    """A tuple of `Entry`: some of what a folder holds."""
    progressed = Signal(str, int)
    """Name of a folder, and how many sounds were found in it so far."""
    place_scanned = Signal(object)
    """A `PlaceReport`, after the folder's entries; not of one that was cancelled."""
    scan_ended = Signal()
    """Nothing waits any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._condition = threading.Condition()
        self._places: list[Path] = []
        self._files: list[Path] = []
        self._n_cancelled = 0
        self._is_stopping = False

    def scan(self, places: Iterable[Path], files: Iterable[Path] = ()) -> None:
        """Look into these folders, and whether these files are there."""
        with self._condition:
            self._places += [place for place in places if place not in self._places]
            self._files += files
            self._condition.notify()

    def cancel(self) -> None:
        """Look no further; what was found stays."""
        with self._condition:
            self._places.clear()
            self._n_cancelled += 1

    def stop(self) -> None:
        """End the thread."""
        with self._condition:
            self._is_stopping = True
            self._n_cancelled += 1
            self._condition.notify()
        self.wait()

    def run(self) -> None:
        """Thread body."""
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._is_stopping or self._places or self._files)
                if self._is_stopping:
                    return
                files, self._files = self._files, []
                place = self._places.pop(0) if self._places and not files else None
                n_cancelled = self._n_cancelled
            if files:
                self._look_at(files)
            if place is not None:
                self._scan(place, n_cancelled)
            with self._condition:
                is_idle = not self._places and not self._files
            if is_idle:
                self.scan_ended.emit()

    def _look_at(self, files: list[Path]) -> None:
        found = []
        for path in files:
            if self._is_stopping:
                return
            found.append(entry_of_file(path))
        self.entries_found.emit(tuple(found))

    def _scan(self, place: Path, n_cancelled: int) -> None:
        """Look through a folder, until somebody cancels: what is asked for afterwards is another scan."""
        name = place.name or str(place)
        self.progressed.emit(name, 0)
        batch: list[Entry] = []
        ids: list[str] = []
        sent_s = time.monotonic()
        try:
            is_there = os.access(place, os.R_OK | os.X_OK) and place.is_dir()
            for entry in walk_place(place):
                if self._n_cancelled != n_cancelled:
                    break
                batch.append(entry)
                ids.append(entry.entry_id)
                if len(batch) >= _BATCH or time.monotonic() > sent_s + _BATCH_S:
                    self.entries_found.emit(tuple(batch))
                    self.progressed.emit(name, len(ids))
                    batch.clear()
                    sent_s = time.monotonic()
        except Exception:  # noqa: BLE001 one strange folder must not end all scanning
            _log.exception("Scanning %s failed", place)
            is_there = False
        self.entries_found.emit(tuple(batch))
        self.progressed.emit(name, len(ids))
        if self._n_cancelled == n_cancelled:
            self.place_scanned.emit(PlaceReport(place, frozenset(ids), is_there))
