"""Strokes of the live spectrogram: waveform, grid, axis, playhead, small print. They keep nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from morphstudio.audio.features import Float32
from morphstudio.audio.pictures import N_COEFFICIENTS, place_of
from morphstudio.audio.spectrum import LoopPicture
from morphstudio.ui.theme import Theme

BAR_PITCH_PX = 5.0
"""From one bar of the waveform to the next."""
_BAR_PX = 3.0
_LABELLED_HZ = {100.0: "100", 300.0: "300", 1000.0: "1k", 3000.0: "3k", 10_000.0: "10k"}
_LABELLED_ORDERS = (0, 5, 10, 15, 19)
_AWAY_PX = 14.0
"""From the mouse to the read-out; more than a pointer covers."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A word and its mark.

    Parameters
    ----------
    text, role : str
        What it says, and the role of the mark's colour.
    is_line : bool
        A stroke; else a dot.
    """

    text: str
    role: str
    is_line: bool


def paint_wave(
    painter: QPainter, theme: Theme, waveform: Float32, area: QRectF, head_x: float | None, dirty: QRect
) -> None:
    """Bars as high as the peaks: bright left of the playhead, dim right of it.

    Parameters
    ----------
    painter : QPainter
    theme : Theme
    waveform : float32, shape (columns, 2)
        Least and greatest sample of each column.
    area : QRectF
    head_x : float or None
        Where the playhead is, in pixels; without one everything is bright.
    dirty : QRect
        What is to be painted.
    """
    n_columns = len(waveform)
    n_bars = min(max(1, int(area.width() / BAR_PITCH_PX)), n_columns)
    starts = np.arange(n_bars) * n_columns // n_bars
    peaks = np.maximum.reduceat(np.abs(waveform).max(axis=1), starts)
    heights = np.maximum(np.minimum(peaks, 1.0) ** 0.8 * area.height(), 1.5)
    lefts = area.left() + np.arange(n_bars) * area.width() / n_bars
    played = theme.role("accent_text")
    coming = QColor(played)
    coming.setAlphaF(0.42)
    middle = area.center().y()
    near = (lefts + _BAR_PX >= dirty.left()) & (lefts <= dirty.right() + 1)
    is_played = np.ones(n_bars, dtype=np.bool_) if head_x is None else lefts < head_x
    painter.setPen(Qt.PenStyle.NoPen)
    for brush, chosen in ((played, near & is_played), (coming, near & ~is_played)):
        painter.setBrush(brush)
        painter.drawRects(
            [
                QRectF(left, middle - height / 2, _BAR_PX, height)
                for left, height in zip(lefts[chosen].tolist(), heights[chosen].tolist(), strict=True)
            ]
        )


def paint_grid(
    painter: QPainter, theme: Theme, font: QFont, area: QRectF, n_bars: int, n_beats: int, dirty: QRect
) -> None:
    """Lines at bars and beats, as many as can be told apart, and as many of their names as have room."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    per_bar = -(-n_beats // n_bars)
    beat_px = area.width() / n_beats
    label_px = metrics.horizontalAdvance(f"{n_bars}.{per_bar}") + 12.0
    lined, labelled = _every(beat_px, per_bar, 6.0), _every(beat_px, per_bar, label_px)
    line, text = theme.role("data_line"), theme.role("data_line")
    text.setAlphaF(0.62)
    shade = QColor(theme.role("data_ground"))
    shade.setAlphaF(0.6)
    base_y = area.top() + metrics.ascent() + 2.0
    for beat in range(0, n_beats, lined):
        x = round(area.left() + beat_px * beat)
        if x > dirty.right() + 1:
            break
        if x + label_px < dirty.left():
            continue
        bar, in_bar = divmod(beat, per_bar)
        if beat:
            line.setAlphaF(0.2 if in_bar == 0 else 0.11)
            painter.fillRect(QRectF(x, area.top(), 1.0, area.height()), line)
        if beat % labelled == 0 and x + label_px - 6.0 < area.right():
            label = f"{bar + 1}.{in_bar + 1}"
            painter.setPen(shade)
            painter.drawText(QPointF(x + 5.7, base_y + 0.7), label)
            painter.setPen(text)
            painter.drawText(QPointF(x + 5.0, base_y), label)


def paint_axis(painter: QPainter, theme: Theme, font: QFont, area: QRectF, picture: LoopPicture) -> None:
    """Frequencies, or numbers of coefficients, at the left of the picture; none over another."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.role("text_dim"))
    if picture.kind.is_cepstrum:
        places = {str(order): 1.0 - (order + 0.5) / N_COEFFICIENTS for order in _LABELLED_ORDERS}
    else:
        labelled_hz = np.array(list(_LABELLED_HZ))
        downs = place_of(picture.kind, labelled_hz, picture.rate_hz).tolist()
        places = dict(zip(_LABELLED_HZ.values(), downs, strict=True))
    lowest = area.bottom() + metrics.height()
    for label, down in places.items():
        y = min(area.top() + area.height() * down, area.bottom() - metrics.height() / 2 + 3.0)
        if lowest - y < metrics.height() + 1 or y < area.top():
            continue
        lowest = y
        box = QRectF(0, y - metrics.height() / 2, area.left() - 10.0, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)


def paint_playhead(painter: QPainter, theme: Theme, x: float, top: float, picture: QRectF) -> None:
    """Paint a line from the top of the waveform to the bottom of the picture."""
    x = round(x)
    shade = QColor(theme.role("data_ground"))
    shade.setAlphaF(0.45)
    painter.fillRect(QRectF(x, top, 2.0, picture.top() - top), theme.role("text_strong"))
    painter.fillRect(QRectF(x - 1.0, picture.top(), 4.0, picture.height()), shade)
    painter.fillRect(QRectF(x, picture.top(), 2.0, picture.height()), theme.role("data_line"))


def paint_legend(
    painter: QPainter, theme: Theme, font: QFont, area: QRectF, entries: Sequence[LegendEntry]
) -> None:
    """Paint marks and words in the lower right corner of the picture, the last ones where room is short."""
    metrics = QFontMetricsF(font)
    height, gap = metrics.height() + 4.0, metrics.height() * 0.6
    marks = [metrics.height() * (1.0 if entry.is_line else 0.4) for entry in entries]
    widths = [
        mark + 5.0 + metrics.horizontalAdvance(entry.text) for entry, mark in zip(entries, marks, strict=True)
    ]
    first = 0
    while first < len(entries) and sum(widths[first:]) + gap * (len(widths) - first + 1) > area.width() * 0.6:
        first += 1
    if first == len(entries):
        return
    width = sum(widths[first:]) + gap * (len(widths) - first + 1)
    box = QRectF(area.right() - width - 6.0, area.bottom() - height - 6.0, width, height)
    _paint_ground(painter, theme, box, height / 2)
    painter.setFont(font)
    x, y = box.left() + gap, box.center().y()
    for entry, mark, entry_width in zip(entries[first:], marks[first:], widths[first:], strict=True):
        thick = 2.0 if entry.is_line else mark
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role(entry.role))
        painter.drawRoundedRect(QRectF(x, y - thick / 2, mark, thick), thick / 2, thick / 2)
        painter.setPen(theme.role("data_text"))
        words = QRectF(x + mark + 5.0, box.top(), entry_width, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.text)
        x += entry_width + gap


def paint_cross(painter: QPainter, theme: Theme, mouse: QPointF, area: QRectF) -> None:
    """Dotted lines through the mouse."""
    line = QColor(theme.role("data_line"))
    line.setAlphaF(0.28)
    painter.setPen(QPen(line, 1.0, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(area.left(), mouse.y()), QPointF(area.right(), mouse.y()))
    painter.drawLine(QPointF(mouse.x(), area.top()), QPointF(mouse.x(), area.bottom()))


def read_out_rect(font: QFont, mouse: QPointF, parts: list[str], bounds: QRectF) -> tuple[QRectF, list[str]]:
    """Where a read-out stands, and its lines: as few as fit in three quarters of the bounds' width."""
    metrics = QFontMetricsF(font)
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]}  ·  {part}"
        if metrics.horizontalAdvance(longer) + 20.0 <= bounds.width() * 0.75:
            lines[-1] = longer
        else:
            lines.append(part)
    width = max(metrics.horizontalAdvance(line) for line in lines) + 20.0
    size = QSizeF(width, metrics.height() * len(lines) + 8.0)
    return stand_beside(mouse, size, bounds), lines


def stand_beside(mouse: QPointF, size: QSizeF, bounds: QRectF) -> QRectF:
    """Rectangle of this size beside the mouse, within bounds, and not over the mouse.

    Above it to the right where there is room, else on the other sides, else wherever it fits best.
    """
    right, left = mouse.x() + _AWAY_PX, mouse.x() - _AWAY_PX - size.width()
    above, below = mouse.y() - _AWAY_PX - size.height(), mouse.y() + _AWAY_PX
    along = max(min(right, bounds.right() - size.width()), bounds.left())
    upright = max(min(above, bounds.bottom() - size.height()), bounds.top())
    places = ((right, above), (left, above), (right, below), (left, below))
    edges = ((along, above), (along, below), (right, upright), (left, upright))
    for x, y in (*places, *edges):
        box = QRectF(QPointF(x, y), size)
        if bounds.contains(box) and not box.contains(mouse):
            return box
    return QRectF(QPointF(along, upright), size)


def paint_read_out(painter: QPainter, theme: Theme, font: QFont, box: QRectF, lines: list[str]) -> None:
    """Paint a read-out in its place."""
    _paint_ground(painter, theme, box, 6.0)
    painter.setFont(font)
    painter.setPen(theme.role("data_text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))


def _paint_ground(painter: QPainter, theme: Theme, box: QRectF, radius: float) -> None:
    ground = QColor(theme.role("data_ground"))
    ground.setAlphaF(0.86)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius, radius)


def _every(beat_px: float, per_bar: int, least_px: float) -> int:
    """Every how many beats something as wide as `least_px` has room: a beat, a bar, two bars, four, ..."""
    if beat_px >= least_px:
        return 1
    step = per_bar
    while beat_px * step < least_px and step < 1 << 20:
        step *= 2
    return step
