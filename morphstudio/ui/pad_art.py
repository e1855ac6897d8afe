"""What stays on the pad while the cursor moves: field, lattice, dots. Painting only; no events."""

from __future__ import annotations

from collections import defaultdict
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap, QRadialGradient

from morphstudio.library.sounds import Family
from morphstudio.ui.pad_scene import PadScene
from morphstudio.ui.theme import Theme

_FIELD_CELL_PX = 6
"""The field is soft: it is computed this coarsely and stretched."""
_N_SHADES = 8
"""Of the lattice: lines of one shade are drawn at once."""
LIT_SCALE = 1.35
"""How much larger the dots are that are heard."""


def dot_radius(n_dots: int, zoom: float = 1.0) -> float:
    """Radius of a dot in pixels; a full pad has smaller ones, until it is seen from near."""
    return 6.0 if n_dots <= 60 * zoom**2 else 4.5


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
        self._sprites: dict[tuple[Family, bool, float, float], QPixmap] = {}
        self._grain = _grain_tile()
        self._field: tuple[QSize, QImage] | None = None
        self._backdrop: QPixmap | None = None

    def forget_colours(self) -> None:
        """Drop everything: the theme has changed."""
        self._sprites.clear()
        self.forget_dots()

    def forget_dots(self) -> None:
        """Drop what shows the dots: they have changed."""
        self._field = None
        self.forget_view()

    def forget_view(self) -> None:
        """Drop the backdrop: another part of the pad is seen, or the lines have changed."""
        self._backdrop = None

    def backdrop(self, scene: PadScene, size: QSize, ratio: float) -> QPixmap:
        """Everything that stays while the cursor moves.

        Parameters
        ----------
        scene : PadScene
        size, ratio
            Of the widget, in device-independent pixels, and pixels for each of them.
        """
        kept = self._backdrop
        if kept is None or kept.devicePixelRatio() != ratio or kept.deviceIndependentSize() != size.toSizeF():
            kept = self._backdrop = self._painted(scene, size, ratio)
        return kept

    def draw_dot(
        self, painter: QPainter, place: QPointF, family: Family, radius: float, *, lit: bool
    ) -> None:
        """Paint a dot with its glow; a lit one is larger and brighter."""
        ratio = painter.device().devicePixelRatioF()
        key = (family, lit, radius, ratio)
        sprite = self._sprites.get(key)
        if sprite is None:
            colour, glow = self._theme.family_colour(family), self._theme.strength("glow")
            sprite = self._sprites[key] = _dot_sprite(colour, glow, radius, ratio, lit=lit)
        half = sprite.width() / ratio / 2
        painter.drawPixmap(QPointF(place.x() - half, place.y() - half), sprite)

    def _painted(self, scene: PadScene, size: QSize, ratio: float) -> QPixmap:
        if self._field is None or self._field[0] != size:
            self._field = (size, self._field_of(scene, size))
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(QPointF(0, 0), size.toSizeF())
        painter.save()
        frame, whole, zoom = scene.frame, scene.whole, scene.view.zoom
        painter.translate(frame.left - whole.left * zoom, frame.top - whole.top * zoom)
        painter.scale(zoom, zoom)
        # A cell beyond the rim: a stretched picture fades out at its own.
        bled = area.adjusted(-_FIELD_CELL_PX, -_FIELD_CELL_PX, _FIELD_CELL_PX, _FIELD_CELL_PX)
        painter.drawImage(bled, self._field[1])
        painter.restore()
        painter.fillRect(area, QBrush(self._grain))
        self._draw_lattice(painter, scene, size)
        radius, seen = dot_radius(len(scene.dots), zoom), area.adjusted(-30, -30, 30, 30)
        for sound_id, place in scene.places.items():
            if seen.contains(place):
                self.draw_dot(painter, place, scene.dots[sound_id].family, radius, lit=False)
        painter.end()
        return pixmap

    def _draw_lattice(self, painter: QPainter, scene: PadScene, size: QSize) -> None:
        reach = 0.45 * hypot(size.width(), size.height()) * scene.view.zoom
        places, width, height = scene.places, size.width(), size.height()
        shades: dict[int, list[QLineF]] = defaultdict(list)
        for one, other in scene.edges:
            if one not in places or other not in places:
                continue
            (x1, y1), (x2, y2) = places[one].toTuple(), places[other].toTuple()
            if max(x1, x2) < 0 or min(x1, x2) > width or max(y1, y2) < 0 or min(y1, y2) > height:
                continue
            near = max(0.0, 1.0 - hypot(x2 - x1, y2 - y1) / reach)
            shades[round(near * _N_SHADES)].append(QLineF(x1, y1, x2, y2))
        text, strength = self._theme.role("text"), self._theme.strength("lattice")
        for shade, lines in shades.items():
            painter.setPen(QPen(faded(text, strength * (0.05 + 0.15 * shade / _N_SHADES)), 1.0))
            painter.drawLines(lines)

    def _field_of(self, scene: PadScene, size: QSize) -> QImage:
        """Soft territories of the families: Gaussians around the dots, the families mixed by their share."""
        columns, rows = (max(2, n // _FIELD_CELL_PX) for n in (size.width(), size.height()))
        ground = _rgb(self._theme.role("panel"))
        picture = np.broadcast_to(ground, (rows, columns, 3)).copy()
        dots = list(scene.dots.values())
        if dots:
            spacing = sqrt(size.width() * size.height() / len(dots))
            width_px = min(max(0.33 * spacing, 34.0), 110.0)
            x_px = (np.arange(columns) + 0.5) * (size.width() / columns)
            y_px = (np.arange(rows) + 0.5) * (size.height() / rows)
            total = np.full((rows, columns), 1e-9)
            shares, tint = np.full((rows, columns), 1e-9), np.zeros((rows, columns, 3))
            for family in sorted({dot.family for dot in dots}):
                near = np.array(
                    [scene.whole.to_px(dot.point).toTuple() for dot in dots if dot.family == family]
                )
                down, across = (_bells(y_px - near[:, 1:], width_px), _bells(x_px - near[:, :1], width_px))
                # Not by BLAS, whose threads wait for each other for 20 ms when a render has the cores.
                density = np.einsum("ij,ik->jk", down, across)
                total += density
                share = density**1.5  # sharper borders between the families
                shares += share
                tint += share[:, :, None] * _rgb(self._theme.family_colour(family))
            strength = self._theme.strength("field") * (1.0 - np.exp(-1.3 * total))[:, :, None]
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


def _dot_sprite(colour: QColor, strength: float, radius: float, ratio: float, *, lit: bool) -> QPixmap:
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
    glow.setColorAt(0.0, faded(colour, strength * (0.6 if lit else 0.42)))
    glow.setColorAt(edge, faded(colour, strength * (0.5 if lit else 0.34)))
    glow.setColorAt(edge + (1 - edge) * 0.35, faded(colour, strength * (0.16 if lit else 0.1)))
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
