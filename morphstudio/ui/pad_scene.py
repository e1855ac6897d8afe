"""What is on the pad and where it is seen: dots, cursor, selection. No events, no painting."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from morphstudio.library.sounds import Family
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.ui.pad_view import PadFrame, PadView, clamp

SNAP_PX = 8.0
"""Nearer than this, whatever the zoom, the mouse is at the dot."""


@dataclass(frozen=True, slots=True)
class PadDot:
    """A sound as the pad shows it."""

    sound_id: str
    name: str
    family: Family
    point: PadPoint


class PadScene:
    """Dots, what is heard, and what the mouse and the keyboard point at.

    Parameters
    ----------
    is_editable : bool
        Whether dots may be selected, moved and removed.
    """

    def __init__(self, *, is_editable: bool) -> None:
        self.is_editable = is_editable
        self.cursor: PadPoint | None = None
        self.blend: Blend | None = None
        self.sides: dict[str, str] = {}
        """Mark at a dot, such as "A", by the dot's id."""
        self.hovered = self.focused = self.snapped = ""
        self._selected: tuple[str, ...] = ()
        self._dots: dict[str, PadDot] = {}
        self._edges: list[tuple[str, str]] = []
        self._view = PadView()
        self._whole = PadFrame(0.0, 0.0, 1.0, 1.0)
        self._places: dict[str, QPointF] | None = None
        self._centres: NDArray[np.float64] | None = None

    # --- dots ----------------------------------------------------------------------------------

    @property
    def dots(self) -> Mapping[str, PadDot]:
        """The dots by id."""
        return self._dots

    @property
    def edges(self) -> Sequence[tuple[str, str]]:
        """Pairs of ids that are joined by a line."""
        return self._edges

    def set_dots(self, dots: Sequence[PadDot]) -> bool:
        """Replace all dots; tells whether anything is different now."""
        known = {dot.sound_id: dot for dot in dots}
        if known == self._dots:
            return False
        self._dots, self._places = known, None
        self._selected = tuple(i for i in self._selected if i in known)
        self.hovered, self.focused, self.snapped = (
            i if i in known else "" for i in (self.hovered, self.focused, self.snapped)
        )
        return True

    def set_edges(self, edges: Sequence[tuple[str, str]]) -> bool:
        """Replace the lines of the triangulation; tells whether anything is different now."""
        if list(edges) == self._edges:
            return False
        self._edges = list(edges)
        return True

    def move(self, points: Mapping[str, PadPoint]) -> None:
        """Put known dots somewhere else."""
        for sound_id, point in points.items():
            dot = self._dots[sound_id]
            self._dots[sound_id] = PadDot(sound_id, dot.name, dot.family, point)
        self._places = None

    @property
    def lit(self) -> dict[str, float]:
        """Weights of what is heard, of the sounds that have a dot."""
        if self.blend is None:
            return {}
        pairs = zip(self.blend.sound_ids, self.blend.weights, strict=True)
        return {sound_id: weight for sound_id, weight in pairs if sound_id in self._dots}

    @property
    def is_snapped(self) -> bool:
        """Whether the cursor is at the dot that it snapped to."""
        return self.snapped in self._dots and self._dots[self.snapped].point == self.cursor

    # --- selection -----------------------------------------------------------------------------

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected dots, in the order of the dots."""
        return self._selected

    def select(self, sound_ids: Iterable[str]) -> bool:
        """Select these and no others; tells whether that changes anything."""
        wanted = set(sound_ids)
        chosen = tuple(i for i in self._dots if i in wanted)
        if chosen == self._selected:
            return False
        self._selected = chosen
        return True

    def with_selected(self, sound_id: str) -> tuple[str, ...]:
        """What a gesture on a dot is meant for: all selected ones if it is one of them."""
        return self._selected if sound_id in self._selected else (sound_id,)

    def pointed_at(self) -> tuple[str, ...]:
        """What a key is meant for: the selected dots, or the one with the focus, or under the mouse."""
        if self._selected:
            return self._selected
        return tuple(i for i in (self.focused or self.hovered,) if i)

    def after_focused(self, step: int) -> str:
        """The next dot with the keyboard, from left to right; "" beyond the last and before the first."""
        order = sorted(self._dots, key=lambda i: (self._dots[i].point.x, -self._dots[i].point.y, i))
        index = order.index(self.focused) + step if self.focused else (0 if step > 0 else -1)
        return order[index] if 0 <= index < len(order) else ""

    # --- geometry ------------------------------------------------------------------------------

    @property
    def view(self) -> PadView:
        """Zoom and pan."""
        return self._view

    @property
    def whole(self) -> PadFrame:
        """Where the unit square lies when all is seen."""
        return self._whole

    def set_view(self, view: PadView) -> bool:
        """Look at another part; tells whether it is another."""
        if view == self._view:
            return False
        self._view, self._places = view, None
        return True

    def set_whole(self, whole: PadFrame) -> None:
        """Use another area of the widget."""
        self._whole, self._places = whole, None

    @property
    def frame(self) -> PadFrame:
        """Where the unit square lies now."""
        return self._view.frame(self._whole)

    @property
    def places(self) -> Mapping[str, QPointF]:
        """Pixels of the dots' centres, by id."""
        if self._places is None:
            frame = self.frame
            self._places = {i: frame.to_px(dot.point) for i, dot in self._dots.items()}
            self._centres = None
        return self._places

    @property
    def centres(self) -> NDArray[np.float64]:
        """Pixels of the dots' centres, in the order of the dots: shape (dots, 2)."""
        places = self.places
        if self._centres is None:
            self._centres = np.array([place.toTuple() for place in places.values()]).reshape(-1, 2)
        return self._centres

    def dot_at(self, place: QPointF, reach_px: float = SNAP_PX) -> str:
        """The nearest dot within reach of a pixel; "" where there is none."""
        centres = self.centres
        if not len(centres):
            return ""
        gaps_2 = ((centres - place.toTuple()) ** 2).sum(axis=1)
        nearest = int(gaps_2.argmin())
        return list(self._dots)[nearest] if gaps_2[nearest] <= reach_px**2 else ""

    def dots_in(self, box: QRectF) -> tuple[str, ...]:
        """Dots whose centre lies in a box of pixels."""
        return tuple(i for i, place in self.places.items() if box.contains(place))

    def nearest(self, point: PadPoint) -> str:
        """The dot nearest to a point of the pad; "" on an empty pad."""
        gaps = ((math.hypot(d.point.x - point.x, d.point.y - point.y), i) for i, d in self._dots.items())
        return min(gaps, default=(0.0, ""))[1]

    def shifted(self, starts: Mapping[str, PadPoint], shift: QPointF) -> dict[str, PadPoint]:
        """Where dots are after a shift in pixels: all by the same, as far as the pad goes."""
        xs, ys = [p.x for p in starts.values()], [p.y for p in starts.values()]
        x = clamp(shift.x() / max(self.frame.width, 1.0), -min(xs), 1.0 - max(xs))
        y = clamp(-shift.y() / max(self.frame.height, 1.0), -min(ys), 1.0 - max(ys))
        return {i: PadPoint(clamp(p.x + x, 0.0, 1.0), clamp(p.y + y, 0.0, 1.0)) for i, p in starts.items()}
