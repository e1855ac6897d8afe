"""Names beside the dots of the pad: where they go, and as pictures that are quick to paint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from morphstudio.ui.pad_art import LIT_SCALE, PadDot, faded
from morphstudio.ui.theme import Theme

_MAX_WIDTH_PX = 150.0
_MASK_PX = 2
"""Cell of the map that tells where labels and dots already are."""

Piece = tuple[QPointF, QPixmap]


class PadLabels:
    """Places labels so that none covers another or a dot, and keeps their pictures.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._texts: dict[tuple[str, bool, float], QPixmap] = {}
        self._resting: dict[str, tuple[int, QRectF]] | None = None
        self._pieces: tuple[object, list[Piece]] | None = None

    def forget_texts(self) -> None:
        """Drop the pictures: the font or the names have changed."""
        self._texts.clear()
        self.forget_places()

    def forget_places(self) -> None:
        """Drop the places: the dots or the size have changed."""
        self._resting = None
        self._pieces = None

    def forget_place_of(self, sound_id: str) -> None:
        """Drop one place and leave the others: the dot is being dragged."""
        if self._resting is not None:
            self._resting.pop(sound_id, None)
        self._pieces = None

    def pieces(
        self,
        dots: Mapping[str, PadDot],
        places: Mapping[str, QPointF],
        radius: float,
        area: QSize,
        font: QFont,
        ratio: float,
        lit: Iterable[str],
        hovered: str | None,
    ) -> list[Piece]:
        """Pictures and where to paint them.

        Parameters
        ----------
        dots, places, radius
            The dots by id, their pixels, and how large they are.
        area
            Labels stay within it.
        font, ratio
            Of the widget, and pixels for each device-independent one.
        lit, hovered
            Ids whose labels are always shown (the first in bold); labels in their way are hidden.
        """
        shown = dict.fromkeys(sorted(lit), True)
        if hovered is not None:
            shown.setdefault(hovered, False)
        key = (tuple(shown.items()), ratio)
        if self._pieces is None or self._pieces[0] != key:
            self._pieces = (key, self._arranged(dots, places, radius, area, font, ratio, shown))
        return self._pieces[1]

    def _arranged(
        self,
        dots: Mapping[str, PadDot],
        places: Mapping[str, QPointF],
        radius: float,
        area: QSize,
        font: QFont,
        ratio: float,
        shown: Mapping[str, bool],
    ) -> list[Piece]:
        texts = {i: self._text(dot.name, font, ratio, bold=False) for i, dot in dots.items()}
        if self._resting is None:
            sizes = [_size(text) for text in texts.values()]
            chosen = place_labels(sizes, [places[i] for i in dots], radius, area)
            self._resting = {i: place for i, place in zip(dots, chosen, strict=True) if place is not None}
        blockers = [QRectF(p.x() - radius, p.y() - radius, 2 * radius, 2 * radius) for p in places.values()]
        rim = QRectF(QPointF(0, 0), area)
        above: dict[str, tuple[QRectF, QPixmap]] = {}
        for sound_id, bold in shown.items():
            text = self._text(dots[sound_id].name, font, ratio, bold=bold) if bold else texts[sound_id]
            reach = radius * LIT_SCALE if bold else radius
            rects = candidate_rects(places[sound_id], reach, *_size(text))
            if sound_id in self._resting:  # stay on the side where the label was
                rects.insert(0, rects[self._resting[sound_id][0]])
            taken = [*blockers, *(rect for rect, _ in above.values())]
            above[sound_id] = (min(rects, key=lambda rect: _cost(rect, taken, rim)), text)
        pieces = [
            (rect.topLeft(), texts[sound_id])
            for sound_id, (_, rect) in self._resting.items()
            if sound_id not in above and not any(rect.intersects(other) for other, _ in above.values())
        ]
        return pieces + [(rect.topLeft(), text) for rect, text in above.values()]

    def _text(self, name: str, font: QFont, ratio: float, *, bold: bool) -> QPixmap:
        pixmap = self._texts.get((name, bold, ratio))
        if pixmap is None:
            pixmap = self._texts[name, bold, ratio] = self._drawn(name, font, ratio, bold=bold)
        return pixmap

    def _drawn(self, name: str, font: QFont, ratio: float, *, bold: bool) -> QPixmap:
        font = QFont(font)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _MAX_WIDTH_PX)
        width, height = int(metrics.horizontalAdvance(text)) + 3, int(metrics.height()) + 2
        pixmap = QPixmap(QSize(width, height) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setFont(font)
        base = QPointF(1.0, 1.0 + metrics.ascent())
        painter.setPen(faded(self._theme.role("window"), 0.5 if bold else 0.28))
        for shift in (QPointF(-1, 0), QPointF(1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawText(base + shift, text)
        painter.setPen(self._theme.role("on_accent" if bold else "text_dim"))
        painter.drawText(base, text)
        painter.end()
        return pixmap


def candidate_rects(place: QPointF, radius: float, width: float, height: float) -> list[QRectF]:
    """Where a label may stand beside its dot, best first."""
    x, y, gap = place.x(), place.y(), radius + 6.0
    diagonal = 0.7 * radius + 3.0
    corners = [
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
        (x - width / 2, y - gap - height + 2),
        (x - width / 2, y + gap - 2),
        (x + diagonal, y - diagonal - height),
        (x + diagonal, y + diagonal),
        (x - diagonal - width, y - diagonal - height),
        (x - diagonal - width, y + diagonal),
    ]
    return [QRectF(left, top, width, height) for left, top in corners]


def place_labels(
    sizes: Sequence[tuple[float, float]], places: Sequence[QPointF], radius: float, area: QSize
) -> list[tuple[int, QRectF] | None]:
    """Greedy places for labels: none overlaps a dot, another label or the rim.

    Parameters
    ----------
    sizes : width and height of each label
    places : pixels of the dots
    radius : of the dots
    area : what labels stay within

    Returns
    -------
    list of (int, QRectF) or None
        Which candidate was taken, and its place; None where there is no room.
    """
    taken = np.zeros((area.height() // _MASK_PX + 1, area.width() // _MASK_PX + 1), dtype=bool)
    for place in places:
        taken[_cells(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius))] = True
    rim = QRectF(4, 4, area.width() - 8, area.height() - 8)
    chosen: list[tuple[int, QRectF] | None] = []
    for (width, height), place in zip(sizes, places, strict=True):
        best = None
        for i, rect in enumerate(candidate_rects(place, radius, width, height)):
            if rim.contains(rect) and not taken[_cells(rect)].any():
                best = (i, rect)
                taken[_cells(rect)] = True
                break
        chosen.append(best)
    return chosen


def _cost(rect: QRectF, taken: Sequence[QRectF], rim: QRectF) -> float:
    covered = [rect.intersected(other) for other in taken if rect.intersects(other)]
    outside = 0.0 if rim.contains(rect) else 1e6
    return outside + sum(part.width() * part.height() for part in covered)


def _size(pixmap: QPixmap) -> tuple[float, float]:
    size = pixmap.deviceIndependentSize()
    return size.width(), size.height()


def _cells(rect: QRectF) -> tuple[slice, slice]:
    top, left = max(int(rect.top() // _MASK_PX), 0), max(int(rect.left() // _MASK_PX), 0)
    bottom = max(int(rect.bottom() // _MASK_PX) + 1, 0)
    right = max(int(rect.right() // _MASK_PX) + 1, 0)
    return slice(top, bottom), slice(left, right)
