"""The thread that reads the waveforms of files that are in view but not loaded."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.files import load_clip
from morphstudio.errors import MorphStudioError
from morphstudio.library.sounds import outline

_log = logging.getLogger(__name__)


class ThumbnailReader(QThread):
    """Reads what is wanted now, and forgets what was wanted before: those rows are out of view."""

    thumbnail_read = Signal(object, object, float)
    """Path, its outline as float32, its length in seconds; flat and 0 s where it cannot be read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._condition = threading.Condition()
        self._wanted: list[Path] = []
        self._is_stopping = False

    def want(self, paths: Iterable[Path]) -> None:
        """Read these files, in this order, and no others."""
        with self._condition:
            self._wanted = list(paths)
            self._condition.notify()

    def stop(self) -> None:
        """End the thread after the file that it is reading."""
        with self._condition:
            self._is_stopping = True
            self._condition.notify()
        self.wait()

    def run(self) -> None:
        """Thread body."""
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._is_stopping or self._wanted)
                if self._is_stopping:
                    return
                path = self._wanted.pop(0)
            self._read(path)

    def _read(self, path: Path) -> None:
        peaks, duration_s = np.zeros(1, np.float32), 0.0
        try:
            clip, _ = load_clip(path)
            peaks, duration_s = outline(clip), clip.duration_s
        except MorphStudioError:
            pass  # said when somebody wants to hear it
        except Exception:  # noqa: BLE001 one strange file must not end all reading
            _log.exception("Reading %a for its waveform failed", str(path))
        self.thumbnail_read.emit(path, peaks, duration_s)
