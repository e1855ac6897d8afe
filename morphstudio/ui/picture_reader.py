"""The thread that reads the small spectrogram of the file that is looked at."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.files import load_clip
from morphstudio.audio.pictures import WINDOW, Spectrogram
from morphstudio.errors import MorphStudioError

_log = logging.getLogger(__name__)

N_ROWS, N_COLUMNS = 72, 240
_MOST_WINDOWS = 64
"""At a time: bounds the memory."""


class FilePictureReader(QThread):
    """Reads the file that is wanted now, and forgets the one that was wanted before."""

    picture_read = Signal(object, object)
    """Path, and its levels: see `levels_of`."""
    picture_failed = Signal(object, str)
    """Path, and why there is no picture: one sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._condition = threading.Condition()
        self._wanted: Path | None = None
        self._is_stopping = False

    def want(self, path: Path) -> None:
        """Read this file, and no other."""
        with self._condition:
            self._wanted = path
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
                self._condition.wait_for(lambda: self._is_stopping or self._wanted is not None)
                if self._is_stopping:
                    return
                path, self._wanted = self._wanted, None
            if path is not None:
                self._read(path)

    def _read(self, path: Path) -> None:
        try:
            clip, _ = load_clip(path)
            self.picture_read.emit(path, levels_of(clip))
        except MorphStudioError as error:
            self.picture_failed.emit(path, error.message)
        except Exception:  # noqa: BLE001 one strange file must not end all reading
            _log.exception("Reading %a for its picture failed", str(path))
            self.picture_failed.emit(path, "")


def levels_of(clip: AudioClip) -> NDArray[np.float32]:
    """Levels of a whole sound, evenly spaced in time and in log frequency.

    Returns
    -------
    float32, shape (`N_ROWS`, `N_COLUMNS`), in dB re a full-scale sine, highest frequency first
    """
    picture = Spectrogram(N_ROWS, RATE_HZ)
    mono = np.nan_to_num(clip.samples.mean(axis=1), posinf=0.0, neginf=0.0).astype(np.float32)
    windows = sliding_window_view(np.pad(mono, WINDOW // 2), WINDOW)
    begins = np.linspace(0, len(windows) - 1, N_COLUMNS).astype(np.intp)
    pieces = [
        picture.values(windows[begins[at : at + _MOST_WINDOWS]]) for at in range(0, N_COLUMNS, _MOST_WINDOWS)
    ]
    return np.ascontiguousarray(np.concatenate(pieces).T)
