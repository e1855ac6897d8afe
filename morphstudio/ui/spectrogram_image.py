"""The picture of a loop in pixels of the screen: only columns that changed are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from morphstudio.audio.features import Float32, Float64
from morphstudio.audio.pictures import place_of
from morphstudio.audio.spectrum import LoopPicture
from morphstudio.ui.spectrogram_view import BRIGHTNESS_ROLE, PITCH_ROLE
from morphstudio.ui.theme import Theme

_LEAP = 1.25
"""Ratio of two pitches in a row between which no line is drawn."""
_MARGIN = 2
"""Columns beside the changed ones that are drawn too, so that no seam shows where they are stretched."""
# fmt: off
_RAMP = (
    (0.10, "#16122f"), (0.22, "#2f1b57"), (0.36, "#552a78"), (0.50, "#86347f"), (0.63, "#bd4372"),
    (0.75, "#e9605c"), (0.86, "#fb9a55"), (0.94, "#fcc873"), (1.00, "#fdf3b8"),
)
_SIGNED_RAMP = (
    (0.00, "#d6f0ff"), (0.16, "#5cb8ff"), (0.34, "#23508f"), (0.42, "#142440"),
    (0.58, "#32153f"), (0.66, "#86347f"), (0.80, "#e9605c"), (0.90, "#fb9a55"), (1.00, "#fdf3b8"),
)
# fmt: on
"""Lightness changes evenly, so that a louder place never looks quieter. Data, not decoration: no theme."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line over the picture.

    Parameters
    ----------
    heights : float64, shape (columns,)
        In device pixels from the top; NaN where there is none.
    role : str
    """

    heights: Float64
    role: str


class PictureImage:
    """Keeps the picture as it lies on the screen.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._image: QImage | None = None
        self._pending: NDArray[np.bool_] | None = None
        self._table: list[int] = []

    def drop(self) -> None:
        """Draw everything anew when it is painted next."""
        self._image = None

    def mark(self, columns: NDArray[np.intp]) -> None:
        """Draw these columns anew when they are painted next."""
        if self._pending is not None:
            self._pending[columns] = True

    def paint(self, painter: QPainter, picture: LoopPicture, area: QRectF, dirty: QRect) -> None:
        """Paint the part of the picture within a dirty rectangle.

        Parameters
        ----------
        painter : QPainter
        picture : LoopPicture
        area, dirty : QRectF, QRect
            Where the picture lies in the widget, and what of the widget is to be painted.
        """
        ratio = painter.device().devicePixelRatioF()
        size = QSize(max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio)))
        image, pending = self._image, self._pending
        if image is None or pending is None or image.size() != size:
            image = QImage(size, QImage.Format.Format_RGB32)
            pending = np.ones(picture.image.shape[1], dtype=np.bool_)
            self._table = colour_table(self._theme.role("data_ground"), is_signed=picture.kind.is_cepstrum)
            self._image, self._pending = image, pending
        if pending.any():
            self._draw(image, picture, np.flatnonzero(pending))
            pending[:] = False
        target = area.intersected(QRectF(dirty))
        if target.isEmpty():
            return
        corner = target.topLeft() - area.topLeft()
        across, down = image.width() / area.width(), image.height() / area.height()
        source = QRectF(
            corner.x() * across, corner.y() * down, target.width() * across, target.height() * down
        )
        painter.drawImage(target, image, source)

    def _draw(self, image: QImage, picture: LoopPicture, columns: NDArray[np.intp]) -> None:
        gaps = np.flatnonzero(np.diff(columns) > 2 * _MARGIN) + 1
        lines = self._lines(picture, image.height())
        painter = QPainter(image)
        for run in np.split(columns, gaps):
            self._draw_columns(painter, image, picture, int(run[0]), int(run[-1]) + 1)
            for line in lines:
                self._draw_line(painter, image, line, int(run[0]), int(run[-1]) + 1)
        painter.end()

    def _draw_columns(
        self, painter: QPainter, image: QImage, picture: LoopPicture, first: int, last: int
    ) -> None:
        """Stretch columns, and some beside them; only what the columns themselves reach is changed."""
        n_rows, n_columns = picture.image.shape
        per_column = image.width() / n_columns
        left, right = max(first - _MARGIN, 0), min(last + _MARGIN, n_columns)
        strip = np.ascontiguousarray(picture.image[:, left:right])
        pixels = QImage(strip.data, right - left, n_rows, right - left, QImage.Format.Format_Indexed8)
        pixels.setColorTable(self._table)
        # As wide as bilinear filtering carries a column.
        begin, end = int((first - 1) * per_column), int((last + 1) * per_column) + 1
        painter.setClipRect(QRect(begin, 0, end - begin, image.height()))
        # Few tall rows are coefficients: each its own, not a slope from one to the next.
        is_smooth = not picture.kind.is_cepstrum
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        target = QRectF(left * per_column, 0, (right - left) * per_column, image.height())
        painter.drawImage(target, pixels.convertToFormat(QImage.Format.Format_RGB32))

    def _lines(self, picture: LoopPicture, height: int) -> list[_Line]:
        made = []
        for is_on, values, role in (
            (picture.has_brightness, picture.brightness_hz, BRIGHTNESS_ROLE),
            (picture.has_pitch, picture.pitch_hz, PITCH_ROLE),
        ):
            if is_on:
                places = place_of(picture.kind, values.astype(np.float64), picture.rate_hz)
                heights = np.clip(places, 0.0, 1.0) * height
                if role == PITCH_ROLE:
                    heights = _broken_at_leaps(heights, values)
                made.append(_Line(heights, role))
        return made

    def _draw_line(self, painter: QPainter, image: QImage, line: _Line, first: int, last: int) -> None:
        per_column = image.width() / len(line.heights)
        left, right = max(first - 4, 0), min(last + 4, len(line.heights))
        heights = line.heights[left:right]
        known = np.flatnonzero(np.isfinite(heights))
        if not len(known):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QColor(self._theme.role("data_ground"))
        shade.setAlphaF(0.7)
        width = max(1.5, image.height() / 110)
        runs = np.split(known, np.flatnonzero(np.diff(known) > 1) + 1)
        polygons = [
            QPolygonF([QPointF((left + i + 0.5) * per_column, heights[i]) for i in run.tolist()])
            for run in runs
            if len(run) > 1
        ]
        for pen in (QPen(shade, width * 2.2), QPen(self._theme.role(line.role), width)):
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for polygon in polygons:
                painter.drawPolyline(polygon)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def colour_table(ground: QColor, *, is_signed: bool = False) -> list[int]:
    """256 colours as `0xffrrggbb`: from silence (the ground) to the loudest, or from least to most.

    In a signed table the ground is in the middle.
    """
    if is_signed:
        stops = [(at, QColor(name)) for at, name in _SIGNED_RAMP if at < 0.5]
        stops += [(0.5, ground)]
        stops += [(at, QColor(name)) for at, name in _SIGNED_RAMP if at > 0.5]
    else:
        stops = [(0.0, ground), *((at, QColor(name)) for at, name in _RAMP)]
    at = np.array([place for place, _ in stops])
    rgb = np.array([(c.red(), c.green(), c.blue()) for _, c in stops], dtype=np.float64)
    levels = np.linspace(0.0, 1.0, 256)
    channels = [np.interp(levels, at, rgb[:, i]).round().astype(int).tolist() for i in range(3)]
    return [0xFF000000 | (r << 16) | (g << 8) | b for r, g, b in zip(*channels, strict=True)]


def _broken_at_leaps(heights: Float64, values_hz: Float32) -> Float64:
    """Leave a gap where a note ends and another begins."""
    broken = heights.copy()
    with np.errstate(invalid="ignore"):
        ratio = values_hz[1:] / values_hz[:-1]
        leaps = (ratio > _LEAP) | (ratio < 1 / _LEAP)
    broken[1:][leaps] = np.nan
    return broken
