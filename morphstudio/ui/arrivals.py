"""Hands the window what was read, a little at a time, so that a drop of hundreds never holds it."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.library.sounds import Sound
from morphstudio.ui.importer import Importer, ImportReport

_BUDGET_S = 0.012


class Arrivals(QObject):
    """Keeps what the importer has read until there is time for it.

    Qt delivers queued signals until none is left: hundreds of sounds, each to be placed and drawn, would
    keep it from everything else.

    Parameters
    ----------
    importer : Importer
    parent : QObject
    """

    sound_arrived = Signal(object, object)
    batch_arrived = Signal(object)
    """After the last of its sounds."""

    def __init__(self, importer: Importer, parent: QObject) -> None:
        super().__init__(parent)
        self._importer = importer
        self._waiting: deque[tuple[Sound, NDArray[np.float32]] | ImportReport] = deque()
        self._awaited: set[Path] = set()
        importer.sound_loaded.connect(self._on_sound_loaded)
        importer.batch_finished.connect(self._on_batch_finished)

    def load(self, path: Path) -> None:
        """Read a file that somebody wants to hear now, and hand it out before all that waits."""
        self._awaited.add(path)
        self._importer.load(path)

    def hand_out(self) -> None:
        """Hand out what waits, for some milliseconds; for a timer."""
        deadline_s = time.monotonic() + _BUDGET_S
        while self._waiting and time.monotonic() < deadline_s:
            arrived = self._waiting.popleft()
            if isinstance(arrived, ImportReport):
                self.batch_arrived.emit(arrived)
            else:
                self.sound_arrived.emit(*arrived)

    @Slot(object, object)
    def _on_sound_loaded(self, sound: Sound, features: NDArray[np.float32]) -> None:
        if sound.clip.path in self._awaited:
            self._awaited.remove(sound.clip.path)
            self._waiting.appendleft((sound, features))
        else:
            self._waiting.append((sound, features))

    @Slot(object)
    def _on_batch_finished(self, report: ImportReport) -> None:
        self._awaited.difference_update(report.unread)
        self._waiting.append(report)
