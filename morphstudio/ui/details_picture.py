"""The small picture of a sound: its waveform above its spectrogram. It knows no files."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from morphstudio.audio.pictures import F_MAX_HZ, F_MIN_HZ, RANGE_DB
from morphstudio.ui.controls import em
from morphstudio.ui.outline_art import paint_outline
from morphstudio.ui.spectrogram_image import colour_table
from morphstudio.ui.theme import Theme, scaled

_LEAST_EM, _FITTING_EM, _MOST_EM = 3.0, 3.6, 12.0
_WAVE_SHARE = 0.28
_QUIETEST_TOP_DB = -70.0
"""What is quieter than this all over is as good as silent, and stays dark."""
_TILT_DB = 2.0
"""Per octave; evens out what falls off towards the treble, as in the large spectrogram."""


class DetailsPicture(QWidget):
    """Shows what was read of a file; until then a word about it.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._levels: NDArray[np.float32] | None = None
        self._outline: NDArray[np.float32] | None = None
        self._image: QImage | None = None
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(round(em(self) * _MOST_EM))
        theme.changed.connect(self._on_theme_changed)

    @property
    def said(self) -> str:
        """The word that stands where there is no picture yet."""
        return self._said

    @property
    def has_levels(self) -> bool:
        """Whether there is a spectrogram."""
        return self._levels is not None

    def show_outline(self, outline: NDArray[np.float32] | None) -> None:
        """Show a waveform: float32, shape (up to 512,), 0 to 1; None is none."""
        self._outline = outline
        self.update()

    def show_levels(self, levels: NDArray[np.float32]) -> None:
        """Show a spectrogram: float32, shape (bins, columns), in dB, highest frequency first."""
        self._levels, self._image, self._said = levels, None, ""
        self.update()

    def show_word(self, word: str) -> None:
        """Show no spectrogram, but a word or a sentence."""
        if self._levels is not None or word != self._said:
            self._levels, self._image, self._said = None, None, word
            self.update()

    def _picture(self, levels: NDArray[np.float32]) -> QImage:
        if self._image is None:
            # From its own loudest place: a quiet file is to be seen as well as a loud one.
            tilted = levels + _tilt_db(len(levels))[:, None]
            top_db = max(float(tilted.max()), _QUIETEST_TOP_DB)
            shades = np.clip((tilted - (top_db - RANGE_DB)) * (255.0 / RANGE_DB), 0.0, 255.0)
            pixels = np.ascontiguousarray(shades.round().astype(np.uint8))
            n_rows, n_columns = pixels.shape
            image = QImage(pixels.data, n_columns, n_rows, n_columns, QImage.Format.Format_Indexed8)
            image.setColorTable(colour_table(self._theme.role("data_ground")))
            self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        return self._image

    @Slot()
    def _on_theme_changed(self) -> None:
        self._image = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 10, round(em(self) * _FITTING_EM))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self) * 4, round(em(self) * _LEAST_EM))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box, radius = QRectF(self.rect()), em(self) * 0.25
        frame = QPainterPath()
        frame.addRoundedRect(box, radius, radius)
        painter.setClipPath(frame)
        painter.fillRect(box, self._theme.role("data_ground"))
        wave = QRectF(box.left(), box.top(), box.width(), round(box.height() * _WAVE_SHARE))
        below = QRectF(box.left(), wave.bottom(), box.width(), box.height() - wave.height())
        if self._outline is not None:
            paint_outline(painter, self._theme, self._outline, wave.adjusted(2, 2, -2, -2))
        if self._levels is not None:
            painter.drawImage(below, self._picture(self._levels))
        elif self._said:
            self._paint_word(painter, box if self._outline is None else below)

    def _paint_word(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(scaled(self.font(), 0.92))
        painter.setPen(self._theme.role("data_text"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(em(self) / 2, 0, -em(self) / 2, 0), int(flags), self._said)


def _tilt_db(n_rows: int) -> NDArray[np.float32]:
    """What is added to rows spaced evenly in log frequency, the highest first: shape (rows,)."""
    octaves = np.log2(F_MAX_HZ / F_MIN_HZ)
    return np.linspace(_TILT_DB * octaves, 0.0, n_rows, dtype=np.float32)
