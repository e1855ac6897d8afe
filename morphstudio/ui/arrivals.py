"""Hands the window what was read, a little at a time, so that a drop of hundreds never holds it."""

from __future__ import annotations

import time
from collections import deque

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
        self._waiting: deque[tuple[Sound, NDArray[np.float32]] | ImportReport] = deque()
        importer.sound_loaded.connect(self._on_sound_loaded)
        importer.batch_finished.connect(self._on_batch_finished)

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
        self._waiting.append((sound, features))

    @Slot(object)
    def _on_batch_finished(self, report: ImportReport) -> None:
        self._waiting.append(report)
