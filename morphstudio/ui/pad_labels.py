"""Names beside the dots of the pad: where they go, and as pictures that are quick to paint.

Names at rest are placed once for each arrangement of dots; names that must be seen (what is heard, what is
pointed at) are placed on each move of the cursor, and those at rest that they cover are hidden meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from morphstudio.ui.pad_art import LIT_SCALE, faded
from morphstudio.ui.theme import Theme

RING_REACH_PX = 16.0
"""Radius of the cursor's ring with its halo."""
_MAX_WIDTH_EM = 9.0
_MASK_PX = 2
"""Cell of the map that tells where labels and dots already are."""
_N_SIDES = 8
_AWAY_PX = (0.0, 7.0, 18.0, 34.0, 56.0)
"""How much further from their dot names go that must be seen, where there is no room beside it."""

Array = NDArray[np.float64]
Piece = tuple[QPointF, QPixmap]


@dataclass(frozen=True, slots=True)
class LabelTask:
    """What names are to be shown, and what they must not cover.

    Parameters
    ----------
    names : mapping of str to str
        By the id of the dot.
    places : mapping of str to QPointF
        Pixels of the dots.
    radius : float
        Of a dot that is not heard, in pixels.
    area : QRectF
        Names stay within it.
    font, ratio
        Of the widget, and pixels for each device-independent one.
    lit, pointed : tuple of str
        Ids whose names have precedence: in bold what is heard, the others plain.
    ring : QPointF or None
        Centre of the cursor's ring.
    obstacles : tuple of QRectF
        What else lies over the pad.
    """

    names: Mapping[str, str]
    places: Mapping[str, QPointF]
    radius: float
    area: QRectF
    font: QFont
    ratio: float
    lit: tuple[str, ...] = ()
    pointed: tuple[str, ...] = ()
    ring: QPointF | None = None
    obstacles: tuple[QRectF, ...] = ()


class PadLabels:
    """Places names so that none covers another, a dot or the cursor's ring, and keeps their pictures.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._texts: dict[tuple[str, bool, float], QPixmap] = {}
        self._sides: dict[str, int] = {}
        self._resting: dict[str, QRectF] | None = None
        self._resting_boxes: Array = np.empty((0, 4))
        self._chosen: dict[str, int] = {}

    def forget_texts(self) -> None:
        """Drop the pictures: the font, the colours or the names have changed."""
        self._texts.clear()
        self.forget_places()

    def forget_places(self) -> None:
        """Drop the places: the dots or the view have changed. Names stay on their side where they can."""
        self._resting = None

    def hide(self, sound_ids: Iterable[str]) -> None:
        """Drop some names at rest and leave the others where they are: their dots are being moved."""
        if self._resting is not None:
            self._keep({i: rect for i, rect in self._resting.items() if i not in set(sound_ids)})

    def pieces(self, task: LabelTask) -> list[Piece]:
        """Pictures and where to paint them."""
        if self._resting is None:
            self._keep(self._placed_at_rest(task))
        resting = self._resting or {}
        above = self._placed_above(task)
        boxes = self._resting_boxes
        hidden = np.zeros(len(boxes), dtype=bool)
        covers = _boxes(rect for rect, _ in above.values())
        if len(covers):
            hidden |= _meet(boxes, covers).any(axis=1)
        circles = self._circles(task)
        if len(circles):
            hidden |= _meet_circles(boxes, circles).any(axis=1)
        pieces = [
            (rect.topLeft(), self._text(task, sound_id, bold=False))
            for (sound_id, rect), is_hidden in zip(resting.items(), hidden.tolist(), strict=True)
            if not is_hidden and sound_id not in above
        ]
        return pieces + [(rect.topLeft(), text) for rect, text in above.values()]

    # --- names at rest -------------------------------------------------------------------------

    def _keep(self, resting: dict[str, QRectF]) -> None:
        self._resting = resting
        self._resting_boxes = _boxes(resting.values())

    def _placed_at_rest(self, task: LabelTask) -> dict[str, QRectF]:
        shown = [i for i, place in task.places.items() if task.area.contains(place)]
        sizes = [_size(self._text(task, i, bold=False)) for i in shown]
        places = [task.places[i] for i in shown]
        liked = [self._sides.get(i, 0) for i in shown]
        chosen = place_labels(sizes, places, task.radius, task.area, task.obstacles, liked)
        found = {i: place for i, place in zip(shown, chosen, strict=True) if place is not None}
        self._sides = {i: side for i, (side, _) in found.items()}
        return {i: rect for i, (_, rect) in found.items()}

    # --- names that must be seen ---------------------------------------------------------------

    def _circles(self, task: LabelTask) -> Array:
        """What no name may cover: centre and radius of the ring and of the dots that are heard."""
        circles = [(task.places[i].x(), task.places[i].y(), task.radius * LIT_SCALE) for i in task.lit]
        if task.ring is not None:
            circles.append((task.ring.x(), task.ring.y(), RING_REACH_PX))
        return np.array(circles).reshape(-1, 3)

    def _placed_above(self, task: LabelTask) -> dict[str, tuple[QRectF, QPixmap]]:
        order = [*task.pointed, *sorted(i for i in task.lit if i not in task.pointed)]
        circles, taken = self._circles(task), [*task.obstacles]
        dots = np.array([place.toTuple() for place in task.places.values()]).reshape(-1, 2)
        chosen: dict[str, int] = {}
        above: dict[str, tuple[QRectF, QPixmap]] = {}
        for sound_id in order:
            text = self._text(task, sound_id, bold=sound_id in task.lit)
            rects = _wide_candidates(task.places[sound_id], task.radius * LIT_SCALE, *_size(text))
            boxes = _boxes(rects)
            is_free = np.array([task.area.contains(rect) for rect in rects])
            if taken:
                is_free &= ~_meet(boxes, _boxes(taken)).any(axis=1)
            if len(circles):
                is_free &= ~_meet_circles(boxes, circles).any(axis=1)
            if not is_free.any():
                continue
            # Beside no other dot if possible, near its own, and where it was before: nothing jumps about.
            covered = _meet(boxes, _around(dots, task.radius)).sum(axis=1)
            cost = covered * 3.0 + np.arange(len(rects)) // _N_SIDES + 0.01 * np.arange(len(rects))
            before = self._chosen.get(sound_id, self._sides.get(sound_id, 0))
            cost[before] -= 1.5
            best = int(np.where(is_free, cost, np.inf).argmin())
            chosen[sound_id] = best
            above[sound_id] = (rects[best], text)
            taken.append(rects[best])
        self._chosen = chosen
        return above

    # --- pictures ------------------------------------------------------------------------------

    def _text(self, task: LabelTask, sound_id: str, *, bold: bool) -> QPixmap:
        key = (task.names[sound_id], bold, task.ratio)
        pixmap = self._texts.get(key)
        if pixmap is None:
            pixmap = self._texts[key] = self._drawn(key[0], task.font, task.ratio, bold=bold)
        return pixmap

    def _drawn(self, name: str, font: QFont, ratio: float, *, bold: bool) -> QPixmap:
        font = QFont(font)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _MAX_WIDTH_EM * metrics.height())
        width, height = int(metrics.horizontalAdvance(text)) + 3, int(metrics.height()) + 2
        pixmap = QPixmap(QSize(width, height) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setFont(font)
        base = QPointF(1.0, 1.0 + metrics.ascent())
        painter.setPen(faded(self._theme.role("panel"), 0.5 if bold else 0.28))
        for shift in (QPointF(-1, 0), QPointF(1, 0), QPointF(0, 1), QPointF(0, -1)):
            painter.drawText(base + shift, text)
        painter.setPen(self._theme.role("text_strong" if bold else "text_dim"))
        painter.drawText(base, text)
        painter.end()
        return pixmap


def candidate_rects(place: QPointF, radius: float, width: float, height: float) -> list[QRectF]:
    """Where a name may stand beside its dot, best first, on whole pixels."""
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
    return [QRectF(round(left), round(top), width, height) for left, top in corners]


def _wide_candidates(place: QPointF, radius: float, width: float, height: float) -> list[QRectF]:
    return [rect for away in _AWAY_PX for rect in candidate_rects(place, radius + away, width, height)]


def place_labels(
    sizes: Sequence[tuple[float, float]],
    places: Sequence[QPointF],
    radius: float,
    area: QRectF,
    obstacles: Sequence[QRectF] = (),
    liked: Sequence[int] | None = None,
) -> list[tuple[int, QRectF] | None]:
    """Greedy places for names: none overlaps a dot, another name, an obstacle or the rim.

    Parameters
    ----------
    sizes : width and height of each name
    places : pixels of the dots
    radius : of the dots
    area : what names stay within
    obstacles : what else they must not cover
    liked : which candidate to try first, for each name

    Returns
    -------
    list of (int, QRectF) or None
        Which candidate was taken, and its place; None where there is no room.
    """
    columns, rows = (int(extent) // _MASK_PX + 2 for extent in (area.right(), area.bottom()))
    taken = np.zeros((rows, columns), dtype=bool)
    for place in places:
        taken[_cells(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius))] = True
    for rect in obstacles:
        taken[_cells(rect)] = True
    rim = area.adjusted(4, 4, -4, -4)
    chosen: list[tuple[int, QRectF] | None] = []
    for index, ((width, height), place) in enumerate(zip(sizes, places, strict=True)):
        rects = candidate_rects(place, radius, width, height)
        first = liked[index] if liked is not None else 0
        best = None
        for side in (first, *(side for side in range(_N_SIDES) if side != first)):
            rect = rects[side]
            if not rim.contains(rect):
                continue
            cells = _cells(rect)
            if not taken[cells].any():
                best = (side, rect)
                taken[cells] = True
                break
        chosen.append(best)
    return chosen


def _boxes(rects: Iterable[QRectF]) -> Array:
    """Left, top, right, bottom of each: float, shape (rects, 4)."""
    return np.array([rect.getCoords() for rect in rects], dtype=np.float64).reshape(-1, 4)


def _around(centres: Array, radius: float) -> Array:
    return np.concatenate([centres - radius, centres + radius], axis=1)


def _meet(boxes: Array, others: Array) -> NDArray[np.bool_]:
    """Which boxes overlap which others: shape (boxes, others)."""
    left, top, right, bottom = boxes.T[:, :, None]
    # One comparison at a time: a reduction over an axis of two takes ten times as long.
    met: NDArray[np.bool_] = (left < others[:, 2]) & (right > others[:, 0])
    met &= (top < others[:, 3]) & (bottom > others[:, 1])
    return met


def _meet_circles(boxes: Array, circles: Array) -> NDArray[np.bool_]:
    """Which boxes overlap which circles (x, y, radius): shape (boxes, circles)."""
    left, top, right, bottom = boxes.T[:, :, None]
    x, y, radius = circles.T
    met: NDArray[np.bool_] = (np.clip(x, left, right) - x) ** 2 + (
        np.clip(y, top, bottom) - y
    ) ** 2 < radius**2
    return met


def _size(pixmap: QPixmap) -> tuple[float, float]:
    size = pixmap.deviceIndependentSize()
    return size.width(), size.height()


def _cells(rect: QRectF) -> tuple[slice, slice]:
    return (
        slice(max(int(rect.top() // _MASK_PX), 0), max(int(rect.bottom() // _MASK_PX) + 1, 0)),
        slice(max(int(rect.left() // _MASK_PX), 0), max(int(rect.right() // _MASK_PX) + 1, 0)),
    )
