"""What the pad looks like: field, lattice, dots. Painting only; no events, no state of a gesture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QRadialGradient,
)

from morphstudio.library.sounds import Kind
from morphstudio.morph.request import PadPoint
from morphstudio.ui.theme import Theme

_FIELD_CELL_PX = 6
"""The field is soft: it is computed this coarsely and stretched."""
_FIELD_STRENGTH = 0.2
LIT_SCALE = 1.35
"""How much larger the dots are that are heard."""


@dataclass(frozen=True, slots=True)
class PadDot:
    """A sound as the pad shows it."""

    sound_id: str
    name: str
    kind: Kind
    point: PadPoint


@dataclass(frozen=True, slots=True)
class PadFrame:
    """Where the unit square lies in the widget; y of the pad points upwards."""

    left: float
    top: float
    width: float
    height: float

    def to_px(self, point: PadPoint) -> QPointF:
        """Pixel of a point of the pad."""
        return QPointF(self.left + point.x * self.width, self.top + (1.0 - point.y) * self.height)

    def to_pad(self, place: QPointF) -> PadPoint:
        """Point of the pad at a pixel; beyond the rim, the rim."""
        x = (place.x() - self.left) / max(self.width, 1.0)
        y = 1.0 - (place.y() - self.top) / max(self.height, 1.0)
        return PadPoint(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))


def dot_radius(n_dots: int) -> float:
    """Radius of a dot in pixels; a full pad has smaller ones."""
    return 6.0 if n_dots <= 60 else 4.5


def faded(colour: QColor, alpha: float) -> QColor:
    """Return the colour at an opacity of 0..1."""
    changed = QColor(colour)
    changed.setAlphaF(min(max(alpha, 0.0), 1.0))
    return changed


class PadArt:
    """Makes and keeps the pictures that the pad is put together from.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._sprites: dict[tuple[Kind, bool, float, float], QPixmap] = {}
        self._grain = _grain_tile()

    def backdrop(
        self,
        size: QSize,
        ratio: float,
        dots: Sequence[PadDot],
        places: Sequence[QPointF],
        lines: Iterable[tuple[QPointF, QPointF]],
    ) -> QPixmap:
        """Everything that stays while the cursor moves.

        Parameters
        ----------
        size, ratio
            Of the widget, in device-independent pixels, and pixels for each of them.
        dots, places
            The dots and their pixels.
        lines
            Ends of the edges of the triangulation in pixels.
        """
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(0, 0, size.width(), size.height())
        # A cell beyond the rim: a stretched picture fades out at its own.
        bled = frame.adjusted(-_FIELD_CELL_PX, -_FIELD_CELL_PX, _FIELD_CELL_PX, _FIELD_CELL_PX)
        painter.drawImage(bled, self._field(size, dots, places))
        painter.fillRect(frame, QBrush(self._grain))
        reach = 0.45 * hypot(size.width(), size.height())
        text = self._theme.role("text")
        for start, end in lines:
            length = hypot(end.x() - start.x(), end.y() - start.y())
            painter.setPen(QPen(faded(text, 0.05 + 0.15 * max(0.0, 1.0 - length / reach)), 1.0))
            painter.drawLine(start, end)
        radius = dot_radius(len(dots))
        for dot, place in zip(dots, places, strict=True):
            self.draw_dot(painter, place, dot.kind, radius, lit=False)
        painter.end()
        return pixmap

    def draw_dot(self, painter: QPainter, place: QPointF, kind: Kind, radius: float, *, lit: bool) -> None:
        """Paint a dot with its glow; a lit one is larger and brighter."""
        ratio = painter.device().devicePixelRatioF()
        key = (kind, lit, radius, ratio)
        sprite = self._sprites.get(key)
        if sprite is None:
            sprite = self._sprites[key] = _dot_sprite(self._theme.kind_colour(kind), radius, ratio, lit=lit)
        half = sprite.width() / ratio / 2
        painter.drawPixmap(QPointF(place.x() - half, place.y() - half), sprite)

    def _field(self, size: QSize, dots: Sequence[PadDot], places: Sequence[QPointF]) -> QImage:
        """Soft territories of the kinds: Gaussians around the dots, the kinds mixed by their share."""
        columns, rows = (max(2, n // _FIELD_CELL_PX) for n in (size.width(), size.height()))
        ground = _rgb(self._theme.role("panel"))
        picture = np.broadcast_to(ground, (rows, columns, 3)).copy()
        if dots:
            spacing = sqrt(size.width() * size.height() / len(dots))
            width_px = min(max(0.33 * spacing, 34.0), 110.0)
            x_px = (np.arange(columns) + 0.5) * (size.width() / columns)
            y_px = (np.arange(rows) + 0.5) * (size.height() / rows)
            total = np.full((rows, columns), 1e-9)
            shares, tint = np.full((rows, columns), 1e-9), np.zeros((rows, columns, 3))
            for kind in sorted({dot.kind for dot in dots}):
                near = np.array([(p.x(), p.y()) for d, p in zip(dots, places, strict=True) if d.kind == kind])
                down, across = (_bells(y_px - near[:, 1:], width_px), _bells(x_px - near[:, :1], width_px))
                # Not by BLAS, whose threads wait for each other for 20 ms when a render has the cores.
                density = np.einsum("ij,ik->jk", down, across)
                total += density
                share = density**1.5  # sharper borders between the kinds
                shares += share
                tint += share[:, :, None] * _rgb(self._theme.kind_colour(kind))
            strength = _FIELD_STRENGTH * (1.0 - np.exp(-1.3 * total))[:, :, None]
            picture += strength * (tint / shares[:, :, None] - picture)
        grain = np.random.default_rng(0).uniform(0.0, 1.0, (rows, columns, 3))
        pixels = np.zeros((rows, columns, 4), dtype=np.uint8)
        pixels[:, :, :3] = np.clip(picture + grain, 0, 255)[:, :, ::-1]
        # The copy owns its pixels; the first image only borrows the array's.
        return QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGB32).copy()


def _bells(distance_px: NDArray[np.float64], width_px: float) -> NDArray[np.float64]:
    # Bounded: the products of far tails would be subnormal, and those cost a hundred times more.
    return np.exp(-np.minimum(0.5 * (distance_px / width_px) ** 2, 30.0))


def _rgb(colour: QColor) -> NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)


def _dot_sprite(colour: QColor, radius: float, ratio: float, *, lit: bool) -> QPixmap:
    radius = radius * LIT_SCALE if lit else radius
    half = int(radius * (3.6 if lit else 2.8)) + 2
    pixmap = QPixmap(QSize(2 * half, 2 * half) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    centre = QPointF(half, half)
    glow = QRadialGradient(centre, half)
    edge = radius / half
    glow.setColorAt(0.0, faded(colour, 0.6 if lit else 0.42))
    glow.setColorAt(edge, faded(colour, 0.5 if lit else 0.34))
    glow.setColorAt(edge + (1 - edge) * 0.35, faded(colour, 0.16 if lit else 0.1))
    glow.setColorAt(1.0, faded(colour, 0.0))
    painter.setBrush(glow)
    painter.drawEllipse(centre, half, half)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)
    painter.end()
    return pixmap


def _grain_tile() -> QPixmap:
    """One level of noise: hides the steps of a dark gradient in 8 bits."""
    n_px = 128
    on = (np.random.default_rng(1).uniform(size=(n_px, n_px)) < 0.5).astype(np.uint8)
    pixels = np.repeat(on[:, :, None], 4, axis=2)
    image = QImage(pixels.data, n_px, n_px, n_px * 4, QImage.Format.Format_ARGB32_Premultiplied)
    return QPixmap.fromImage(image.copy())
