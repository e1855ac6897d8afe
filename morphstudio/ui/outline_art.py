"""Paints the outline of a sound as bars. It knows no widget."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from morphstudio.ui.theme import Theme

_BAR_PITCH_PX, _BAR_PX = 3.0, 2.0


def paint_outline(painter: QPainter, theme: Theme, outline: NDArray[np.float32], area: QRectF) -> None:
    """Paint a sound from its beginning to its end; its loudest part is as high as the area.

    Parameters
    ----------
    painter : QPainter
    theme : Theme
    outline : float32, shape (parts,)
        Largest level of each part; at least one.
    area : QRectF
    """
    n_bars = min(max(1, int(area.width() / _BAR_PITCH_PX)), max(1, len(outline)))
    starts = np.arange(n_bars) * len(outline) // n_bars
    levels = np.maximum.reduceat(outline, starts)
    heights = np.maximum(levels / max(float(levels.max()), 1e-6) * area.height(), 1.0)
    pitch = area.width() / n_bars
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.role("data_text"))
    painter.drawRects(
        [
            QRectF(area.left() + i * pitch, area.center().y() - height / 2, _BAR_PX, height)
            for i, height in enumerate(heights.tolist())
        ]
    )
