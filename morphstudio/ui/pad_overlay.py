"""What lies over the pad's backdrop and changes with every move: blend, trail, cursor, chips, hints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from morphstudio.ui.pad_art import PadDot, faded
from morphstudio.ui.theme import Theme, tabular

MARGIN_PX = 14.0
_CHIP_NAME_PX = 170.0


def chip_height(font: QFont) -> float:
    """Height of a chip or a hint, by the font."""
    return round(QFontMetricsF(font).height()) + 16.0


def percentages(weights: Sequence[float]) -> list[int]:
    """Whole percentages that sum to 100 (largest remainders are rounded up).

    >>> percentages([0.335, 0.335, 0.33])
    [34, 33, 33]
    """
    exact = [100.0 * weight for weight in weights]
    whole = [int(share) for share in exact]
    missing = round(sum(exact)) - sum(whole)
    for i in sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))[:missing]:
        whole[i] += 1
    return whole


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


def paint_trail(
    painter: QPainter, theme: Theme, places: Sequence[QPointF], freshness: Sequence[float]
) -> None:
    """Draw where the drag came from; `freshness` falls from 1 to 0."""
    thread = theme.role("accent_soft_text")
    for start, end, left in zip(places, places[1:], freshness[1:], strict=False):
        pen = QPen(faded(thread, 0.42 * left), 1.0 + 1.6 * left)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(start, end)


def paint_hover(painter: QPainter, theme: Theme, place: QPointF, radius: float) -> None:
    """Ring the dot under the mouse."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faded(theme.role("on_accent"), 0.55), 1.5))
    painter.drawEllipse(place, radius + 3.0, radius + 3.0)


def paint_cursor(painter: QPainter, theme: Theme, place: QPointF) -> None:
    """Draw the ring at the point that is heard."""
    white = theme.role("on_accent")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faded(theme.role("window"), 0.35), 5.0))
    painter.drawEllipse(place, 13.0, 13.0)
    painter.setPen(QPen(white, 2.4))
    painter.drawEllipse(place, 13.0, 13.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(white)
    painter.drawEllipse(place, 3.6, 3.6)


def paint_chips(
    painter: QPainter,
    theme: Theme,
    font: QFont,
    area: QRectF,
    dots: Sequence[PadDot],
    weights: Sequence[float],
) -> None:
    """Write what is heard, and how much of each, at the bottom left."""
    strong = tabular(font)
    strong.setWeight(QFont.Weight.DemiBold)
    metrics, strong_metrics = QFontMetricsF(font), QFontMetricsF(strong)
    height = chip_height(font)
    x, y = area.left() + MARGIN_PX, area.bottom() - height - MARGIN_PX
    widest = strong_metrics.horizontalAdvance("100%")
    room = (area.width() - 2 * MARGIN_PX) / max(len(dots), 1) - 54.0 - widest
    middle = Qt.AlignmentFlag.AlignVCenter
    for dot, percent in zip(dots, percentages(weights), strict=True):
        name = metrics.elidedText(dot.name, Qt.TextElideMode.ElideRight, min(_CHIP_NAME_PX, room))
        name_width = metrics.horizontalAdvance(name)
        number = f"{percent}%"
        # As wide for 9% as for 10%, so that the chips beside it do not jitter.
        number_width = strong_metrics.horizontalAdvance("100%" if percent == 100 else "00%")
        rect = QRectF(x, y, 28.0 + name_width + 8.0 + number_width + 12.0, height)
        painter.setPen(QPen(theme.role("border_strong"), 1.0))
        painter.setBrush(faded(theme.role("panel"), 0.92))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7.0, 7.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.kind_colour(dot.kind))
        painter.drawEllipse(QPointF(x + 15.0, rect.center().y()), 4.0, 4.0)
        painter.setPen(theme.role("text"))
        painter.setFont(font)
        painter.drawText(QRectF(x + 28.0, y, name_width + 2.0, height), middle, name)
        painter.setPen(theme.role("on_accent"))
        painter.setFont(strong)
        box = QRectF(x + 28.0 + name_width + 8.0, y, number_width + 1.0, height)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, number)
        x += rect.width() + 8.0


def paint_hint(painter: QPainter, theme: Theme, font: QFont, area: QRectF, text: str) -> None:
    """Say what to do, at the bottom right."""
    height = chip_height(font)
    width = QFontMetricsF(font).horizontalAdvance(text) + 28.0
    rect = QRectF(area.right() - width - MARGIN_PX, area.bottom() - height - MARGIN_PX, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(theme.role("accent_soft"), 0.75))
    painter.drawRoundedRect(rect, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(theme.role("accent_soft_text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def paint_empty(painter: QPainter, theme: Theme, font: QFont, area: QRectF, title: str, remark: str) -> None:
    """Say how to begin, in the middle."""
    large = QFont(font)
    large.setPixelSize(round(QFontMetricsF(font).height() * 1.25))
    large.setWeight(QFont.Weight.Medium)
    line = QFontMetricsF(large).height()
    centre = area.center()
    width, height = min(area.width() - 48.0, line * 18), min(area.height() - 48.0, line * 6)
    box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.role("border_strong"), 1.5, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, 14.0, 14.0)
    painter.setFont(large)
    painter.setPen(theme.role("text"))
    upper = QRectF(box.left(), centre.y() - line * 1.15, box.width(), line * 1.2)
    painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, title)
    painter.setFont(font)
    painter.setPen(theme.role("text_dim"))
    lower = QRectF(box.left(), centre.y() + line * 0.15, box.width(), line * 1.2)
    painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, remark)
