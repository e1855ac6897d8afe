"""A path on the pad: its line, where its beats are, its points while it is edited. Painting and hit tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from morphstudio.morph.gesture import GesturePath
from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad_art import faded
from morphstudio.ui.pad_view import PadFrame
from morphstudio.ui.theme import Theme

POINT_REACH_PX = 9.0
LINE_REACH_PX = 6.0
_STEPS_PER_BEAT = 24
_TAIL_BEATS = 1.0
_N_TAIL_PARTS = 8
_POINT_PX = 4.5
_BEAT_PX = 2.6
_ARROW_PX = 6.0
_STILL_PX = 0.35
"""What moves less within a step has no direction."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The path in pixels of a frame: `t_beats` (n,) and `places` (n, 2), round to its beginning."""

    frame: PadFrame
    t_beats: Array
    places: Array
    polygon: QPolygonF


class PathLayer:
    """What of a path is shown, and where it is in the widget.

    Attributes
    ----------
    head : float or None
        Beat of the path that is heard.
    trace : list of PadPoint
        Of the gesture that is being recorded.
    is_editing : bool
        Whether its points are shown.
    selected, hovered : int or None
        Which of them.
    """

    def __init__(self) -> None:
        self.head: float | None = None
        self.trace: list[PadPoint] = []
        self.is_editing = False
        self.selected: int | None = None
        self.hovered: int | None = None
        self._path: GesturePath | None = None
        self._beats_per_bar = 4
        self._line: _Line | None = None
        self._picture: tuple[PadFrame, QSize, float, bool, QPixmap] | None = None

    def forget_colours(self) -> None:
        """The colours are others."""
        self._picture = None

    @property
    def path(self) -> GesturePath | None:
        """What is shown."""
        return self._path

    @property
    def n_beats(self) -> int:
        """How long it is."""
        return self._path.n_beats(self._beats_per_bar) if self._path is not None else 0

    def set_path(self, path: GesturePath | None, beats_per_bar: int) -> None:
        """Show another path, or none."""
        if path is not None and not any(p.t_beats < path.n_beats(beats_per_bar) for p in path.points):
            path = None  # nothing of it is left in this meter
        self._path, self._beats_per_bar, self._line, self._picture = path, beats_per_bar, None, None
        n_points = len(path.points) if path is not None else 0
        self.is_editing = self.is_editing and n_points > 0
        if self.selected is not None and (not self.is_editing or self.selected >= n_points):
            self.selected = None
        if self.hovered is not None and (not self.is_editing or self.hovered >= n_points):
            self.hovered = None

    # --- where ---------------------------------------------------------------------------------

    def place_of(self, index: int, frame: PadFrame) -> QPointF:
        """Pixel of a point of the path."""
        point = self._known.points[index]
        return frame.to_px(PadPoint(point.x, point.y))

    def point_at(self, place: QPointF, frame: PadFrame) -> int | None:
        """The nearest point within reach of a pixel; the selected one before others."""
        if self._path is None:
            return None
        places = np.array([self.place_of(i, frame).toTuple() for i in range(len(self._path.points))])
        gaps = np.hypot(*(places - place.toTuple()).T)
        if self.selected is not None and gaps[self.selected] <= POINT_REACH_PX:
            return self.selected
        nearest = int(gaps.argmin())
        return nearest if gaps[nearest] <= POINT_REACH_PX else None

    def beat_at(self, place: QPointF, frame: PadFrame) -> float | None:
        """Beat at which the line passes a pixel; None where it is not within reach."""
        if self._path is None:
            return None
        line = self._line_in(frame)
        starts, steps = line.places[:-1], np.diff(line.places, axis=0)
        away = np.array(place.toTuple()) - starts
        lengths_2 = (steps**2).sum(axis=1)
        shares = np.clip((away * steps).sum(axis=1) / np.where(lengths_2 > 0.0, lengths_2, 1.0), 0.0, 1.0)
        gaps = np.hypot(*(away - shares[:, None] * steps).T)
        nearest = int(gaps.argmin())
        if gaps[nearest] > LINE_REACH_PX:
            return None
        before, after = line.t_beats[nearest : nearest + 2].tolist()
        return float((before + shares[nearest] * (after - before)) % self.n_beats)

    @property
    def _known(self) -> GesturePath:
        if self._path is None:
            raise LookupError("there is no path")
        return self._path

    def _line_in(self, frame: PadFrame) -> _Line:
        if self._line is None or self._line.frame != frame:
            even = np.arange(self.n_beats * _STEPS_PER_BEAT) / _STEPS_PER_BEAT
            corners = [p.t_beats for p in self._known.points if p.t_beats < self.n_beats]
            t_beats = np.union1d(even, corners)
            places = _to_px(self._known.places_at(t_beats, self.n_beats), frame)
            t_beats, places = np.append(t_beats, self.n_beats), np.vstack([places, places[:1]])
            self._line = _Line(frame, t_beats, places, _polygon(places))
        return self._line

    # --- painting ------------------------------------------------------------------------------

    def paint_line(self, painter: QPainter, theme: Theme, frame: PadFrame, size: QSize, ratio: float) -> None:
        """Draw the line, its beats, and brighter where the sound came from; below dots and names.

        What stays the same while the sound moves along is kept as a picture of the pad's `size`, with `ratio`
        pixels for each device-independent one: drawing the line takes as long as all the rest of the pad.
        """
        if self.trace:
            painter.setPen(_pen(faded(theme.role("bad"), 0.75), 2.2))
            painter.drawPolyline([frame.to_px(point) for point in self.trace])
            return
        if self._path is None:
            return
        is_bright = self.is_editing or self.head is not None
        key = (frame, size, ratio, is_bright)
        if self._picture is None or self._picture[:4] != key:
            self._picture = (*key, self._drawn(theme, *key))
        painter.drawPixmap(0, 0, self._picture[4])
        if self.head is not None:
            self._paint_tail(painter, theme, frame, self.head)

    def paint_points(self, painter: QPainter, theme: Theme, frame: PadFrame, *, has_focus: bool) -> None:
        """Draw the points while they can be moved; above dots and names."""
        if self._path is None or not self.is_editing or self.trace:
            return
        for index in range(len(self._path.points)):
            place, is_selected = self.place_of(index, frame), index == self.selected
            is_meant = is_selected or index == self.hovered
            painter.setBrush(theme.role("accent" if is_selected else "panel"))
            painter.setPen(QPen(theme.role("text_strong" if is_meant else "accent_soft_text"), 1.8))
            radius = _POINT_PX + (1.5 if is_meant else 0.0)
            painter.drawEllipse(place, radius, radius)
            if is_selected and has_focus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.role("focus"), 2.0))
                painter.drawEllipse(place, radius + 5.0, radius + 5.0)

    def _drawn(self, theme: Theme, frame: PadFrame, size: QSize, ratio: float, is_bright: bool) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(faded(theme.role("accent_soft_text"), 0.6 if is_bright else 0.42), 2.0))
        painter.drawPolyline(self._line_in(frame).polygon)
        self._paint_beats(painter, theme, frame, 0.95 if is_bright else 0.75)
        painter.end()
        return picture

    def _paint_beats(self, painter: QPainter, theme: Theme, frame: PadFrame, strength: float) -> None:
        """A dot at each beat, where a bar begins an arrow: how fast it goes, and where to."""
        beats = np.arange(self.n_beats, dtype=np.float64)
        here = _to_px(self._known.places_at(beats, self.n_beats), frame)
        ahead = _to_px(self._known.places_at(beats + 1.0 / _STEPS_PER_BEAT, self.n_beats), frame) - here
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(theme.role("accent_soft_text"), strength))
        for beat, (x, y) in enumerate(here.tolist()):
            is_bar, length = beat % self._beats_per_bar == 0, float(np.hypot(*ahead[beat]))
            if is_bar and length > _STILL_PX:
                painter.drawPolygon(_arrow(here[beat], ahead[beat] / length))
            else:
                radius = _BEAT_PX * (1.7 if is_bar else 1.0)
                painter.drawEllipse(QPointF(x, y), radius, radius)

    def _paint_tail(self, painter: QPainter, theme: Theme, frame: PadFrame, head: float) -> None:
        """Where the sound came from within the last beat, in a few strokes."""
        times = head - _TAIL_BEATS + _TAIL_BEATS * np.arange(_STEPS_PER_BEAT + 1) / _STEPS_PER_BEAT
        places = _to_px(self._known.places_at(times, self.n_beats), frame)
        size = _STEPS_PER_BEAT // _N_TAIL_PARTS
        for start in range(0, _STEPS_PER_BEAT, size):
            share = (start + size) / _STEPS_PER_BEAT
            painter.setPen(_pen(faded(theme.role("accent_soft_text"), 0.85 * share), 1.6 + 2.0 * share))
            painter.drawPolyline(_polygon(places[start : start + size + 1]))


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _to_px(places: Array, frame: PadFrame) -> Array:
    pixels: Array = places * (frame.width, -frame.height) + (frame.left, frame.top + frame.height)
    return pixels


def _polygon(places: Array) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in places.tolist()])


def _arrow(place: Array, direction: Array) -> QPolygonF:
    """A triangle that points along a unit vector."""
    across = np.array([-direction[1], direction[0]])
    back = place - 0.7 * _ARROW_PX * direction
    corners = (
        place + _ARROW_PX * direction,
        back + 0.8 * _ARROW_PX * across,
        back - 0.8 * _ARROW_PX * across,
    )
    return _polygon(np.array(corners))
