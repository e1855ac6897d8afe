"""What lies over the pad's backdrop and changes with every move: blend, trail, cursor, marks, hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad_art import faded
from morphstudio.ui.pad_view import PadFrame
from morphstudio.ui.theme import Theme, scaled

MARGIN_PX = 14.0
TRAIL_MS = 1400
_N_TRAIL_PARTS = 10
_TRAIL_STEP_MS = 20
_RING_PX = 13.0


class Trail:
    """Where the cursor came from; it fades within `TRAIL_MS`."""

    def __init__(self) -> None:
        self._points: list[tuple[PadPoint, int]] = []

    def __bool__(self) -> bool:
        return bool(self._points)

    def add(self, point: PadPoint, now_ms: int) -> None:
        """The cursor is here now; of what a fast mouse tells, no more is kept than is seen."""
        if len(self._points) > 1 and now_ms - self._points[-2][1] < _TRAIL_STEP_MS:
            self._points.pop()
        self._points.append((point, now_ms))

    def prune(self, now_ms: int) -> None:
        """Drop what has faded."""
        self._points = [(point, at) for point, at in self._points if at > now_ms - TRAIL_MS]

    def clear(self) -> None:
        """Drop all of it."""
        self._points.clear()

    def paint(self, painter: QPainter, theme: Theme, frame: PadFrame, now_ms: int) -> None:
        """Draw it in a few strokes, each fainter and thinner than the next."""
        places = [frame.to_px(point) for point, _ in self._points]
        size = max(1, -(-len(places) // _N_TRAIL_PARTS))
        thread = theme.role("accent_soft_text")
        for start in range(0, len(places) - 1, size):
            part = places[start : start + size + 1]
            at_ms = self._points[start + len(part) - 1][1]
            left = max(0.0, 1.0 - (now_ms - at_ms) / TRAIL_MS)
            pen = QPen(faded(thread, 0.42 * left), 1.0 + 1.6 * left)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(part)


def paint_blend(
    painter: QPainter,
    theme: Theme,
    places: Sequence[QPointF],
    weights: Sequence[float],
    cursor: QPointF | None,
) -> None:
    """Fill the triangle of what is heard, and join its corners to the cursor by weight."""
    if len(places) > 1:
        painter.setPen(QPen(faded(theme.role("accent"), 0.55), 1.0))
        painter.setBrush(faded(theme.role("accent"), 0.17))
        painter.drawPolygon(QPolygonF(list(places)))
    if cursor is not None:
        for place, weight in zip(places, weights, strict=True):
            pen = QPen(faded(theme.role("accent_soft_text"), 0.78), 1.0 + 7.5 * weight)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(place, cursor)


def paint_hover(painter: QPainter, theme: Theme, place: QPointF, radius: float) -> None:
    """Ring the dot under the mouse."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faded(theme.role("text_strong"), 0.55), 1.5))
    painter.drawEllipse(place, radius + 3.0, radius + 3.0)


def paint_selected(painter: QPainter, theme: Theme, places: Iterable[QPointF], radius: float) -> None:
    """Ring the selected dots."""
    painter.setBrush(faded(theme.role("accent"), 0.25))
    painter.setPen(QPen(theme.role("accent"), 2.0))
    for place in places:
        painter.drawEllipse(place, radius + 3.5, radius + 3.5)


def paint_focus(painter: QPainter, theme: Theme, place: QPointF, radius: float) -> None:
    """Frame the dot that the keyboard is at."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("focus"), 2.0))
    reach = radius + 6.0
    painter.drawRoundedRect(QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach), 5.0, 5.0)


def paint_box(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the box that selects."""
    painter.setBrush(faded(theme.role("accent"), 0.1))
    painter.setPen(QPen(faded(theme.role("accent"), 0.8), 1.0, Qt.PenStyle.DashLine))
    painter.drawRect(box)


def side_rect(place: QPointF, radius: float, font: QFont) -> QRectF:
    """Where the mark of a side is, below and left of its dot."""
    size = round(QFontMetricsF(font).height() * 1.05)
    reach = 0.7 * radius + 1.0
    return QRectF(place.x() - reach - size, place.y() + reach, size, size)


def paint_sides(
    painter: QPainter, theme: Theme, font: QFont, marks: Sequence[tuple[str, QPointF]], radius: float
) -> None:
    """Mark the dots at the ends of the slider, and join them."""
    if len(marks) == 2:
        painter.setPen(QPen(faded(theme.role("text"), 0.55), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(marks[0][1], marks[1][1])
    painter.setFont(scaled(font, 0.8, QFont.Weight.DemiBold))
    for letter, place in marks:
        rect = side_rect(place, radius, font)
        painter.setPen(QPen(theme.role("accent_soft_border"), 1.0))
        painter.setBrush(theme.role("accent_soft"))
        painter.drawEllipse(rect)
        painter.setPen(theme.role("accent_soft_text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)


def paint_cursor(painter: QPainter, theme: Theme, place: QPointF, *, is_snapped: bool) -> None:
    """Draw the ring at the point that is heard; at a dot it closes around it."""
    ring = theme.role("accent_text" if is_snapped else "text_strong")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faded(theme.role("panel"), 0.4), 5.0))
    painter.drawEllipse(place, _RING_PX, _RING_PX)
    painter.setPen(QPen(ring, 3.4 if is_snapped else 2.4))
    painter.drawEllipse(place, _RING_PX, _RING_PX)
    if not is_snapped:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ring)
        painter.drawEllipse(place, 3.6, 3.6)


def paint_ghost(painter: QPainter, theme: Theme, place: QPointF, radius: float, n_loops: int) -> None:
    """Show where what is held over the pad would go, and how many they are."""
    painter.setBrush(faded(theme.role("accent"), 0.35))
    painter.setPen(QPen(theme.role("accent_text"), 1.5, Qt.PenStyle.DashLine))
    painter.drawEllipse(place, radius + 5.0, radius + 5.0)
    if n_loops > 1:
        painter.setPen(theme.role("text_strong"))
        painter.drawText(place + QPointF(radius + 10.0, radius), f"{n_loops}")


def paint_axes(
    painter: QPainter, theme: Theme, font: QFont, frame: PadFrame, x_label: str, y_label: str
) -> None:
    """Cross the pad in its middle; a word at the end of each axis says what grows towards there."""
    middle = frame.to_px(PadPoint(0.5, 0.5))
    right, bottom = frame.left + frame.width, frame.top + frame.height
    painter.setPen(QPen(faded(theme.role("text"), 0.16), 1.0))
    painter.drawLine(QPointF(frame.left, middle.y()), QPointF(right, middle.y()))
    painter.drawLine(QPointF(middle.x(), frame.top), QPointF(middle.x(), bottom))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for share in (0.25, 0.5):
        painter.setPen(QPen(faded(theme.role("text"), 0.08), 1.0))
        painter.drawEllipse(middle, share * frame.width, share * frame.height)
    painter.setFont(font)
    painter.setPen(theme.role("text_dim"))
    line, gap = QFontMetricsF(font).height(), 8.0
    middle_left, middle_right = (
        Qt.AlignmentFlag.AlignVCenter | side
        for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
    )
    half = frame.width / 2 - gap
    painter.drawText(QRectF(right - half, middle.y() - line - 4.0, half, line), middle_right, f"{x_label} →")
    painter.drawText(QRectF(middle.x() + gap, frame.top, half, line), middle_left, f"↑ {y_label}")


def paint_hint(painter: QPainter, theme: Theme, font: QFont, area: QRectF, text: str) -> None:
    """Say what to do, at the bottom right."""
    line = QFontMetricsF(font)
    height, width = round(line.height()) + 16.0, line.horizontalAdvance(text) + 28.0
    rect = QRectF(area.right() - width - MARGIN_PX, area.bottom() - height - MARGIN_PX, width, height)
    _paint_pill(painter, theme, font, rect, text)


def paint_note(painter: QPainter, theme: Theme, font: QFont, room: QRectF, text: str) -> None:
    """Say what goes on, at the left of a room; shortened where it is too long for it."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room.width() - 28.0))
    rect = QRectF(room.topLeft(), room.size())
    rect.setWidth(metrics.horizontalAdvance(shown) + 28.0)
    _paint_pill(painter, theme, font, rect, shown)


def _paint_pill(painter: QPainter, theme: Theme, font: QFont, rect: QRectF, text: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(theme.role("accent_soft"), 0.75))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setFont(font)
    painter.setPen(theme.role("accent_soft_text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
