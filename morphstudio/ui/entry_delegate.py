"""Paints a row of the browser: dot, waveform, name, star, tempo, key."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from morphstudio.library.entries import Entry
from morphstudio.ui.controls import em
from morphstudio.ui.entry_model import AnyIndex, EntryModel, tempo_text
from morphstudio.ui.icons import pixmap
from morphstudio.ui.theme import Theme, tabular

_BAR_PITCH_PX = 2
_MOST_WAVES = 256


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a row are, in the view's pixels."""

    dot: QPointF
    wave: QRect
    name: QRectF
    star: QRectF
    tempo: QRectF
    key: QRectF


class EntryDelegate(QStyledItemDelegate):
    """Paints rows; each waveform is drawn once and kept while it is near.

    A filled dot is on the pad, a ring is not.

    Parameters
    ----------
    theme : Theme
    model : EntryModel
    view : QListView
    """

    def __init__(self, theme: Theme, model: EntryModel, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._model, self._view = theme, model, view
        self._waves: OrderedDict[tuple[str, bool], tuple[int, QPixmap]] = OrderedDict()
        self._icons: dict[tuple[str, str, int], QPixmap] = {}
        self.current_id = ""
        """Entry that is heard most."""
        self.star_id = ""
        """Entry whose star is under the mouse."""
        theme.changed.connect(self._on_theme_changed)

    def star_rect(self, row: QRect) -> QRectF:
        """Where in a row a click changes whether it is a favourite."""
        return self._columns(row).star

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = self._model.entry_at(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        is_lit = is_selected or entry.entry_id == self.current_id
        columns = self._columns(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, is_lit, is_hovered)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            width = max(2, em(self._view) // 8)
            painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), self._theme.role("accent"))
        if entry.is_missing:
            painter.setOpacity(0.5)
        self._paint_dot(painter, entry, columns.dot)
        if entry.is_missing:
            self._paint_icon(painter, "missing", "warn", QRectF(columns.wave))
        else:
            self._paint_wave(painter, entry, columns.wave, is_lit)
        self._paint_texts(painter, entry, columns, has_star=is_hovered or entry.is_favourite)
        painter.setOpacity(1.0)
        if is_hovered or entry.is_favourite:
            name = "star_filled" if entry.is_favourite else "star"
            is_under_mouse = entry.entry_id == self.star_id
            role = "accent_text" if entry.is_favourite else "text" if is_under_mouse else "text_dim"
            self._paint_icon(painter, name, role, columns.star)
        painter.restore()

    def _columns(self, row: QRect) -> _Columns:
        unit = em(self._view)
        metrics = QFontMetrics(tabular(self._view.font()))
        key_width = metrics.horizontalAdvance("G#m")
        tempo_width = metrics.horizontalAdvance("188")
        middle = row.center().y() + 0.5
        wave_left = row.left() + round(unit * 1.6)
        # Where there is little room, the name has it.
        wave_width = round(min(unit * 4.6, max(unit * 1.6, row.width() - unit * 14)))
        wave = QRect(wave_left, row.top() + unit // 4, wave_width, row.height() - unit // 2)
        key_left = row.right() - unit * 0.5 - key_width
        gap = unit * 1.1  # holds the decimal of the few that have one
        tempo_left = key_left - gap - tempo_width
        star_left = tempo_left - unit * 1.5
        name_left = wave.right() + unit * 0.6
        top, height = row.top(), row.height()
        return _Columns(
            QPointF(row.left() + unit, middle),
            wave,
            QRectF(name_left, top, tempo_left - unit * 0.5 - name_left, height),
            QRectF(star_left, top, unit * 1.3, height),
            QRectF(tempo_left, top, tempo_width + gap, height),
            QRectF(key_left, top, key_width + unit * 0.4, height),
        )

    def _paint_ground(self, painter: QPainter, rect: QRect, is_lit: bool, is_hovered: bool) -> None:
        if is_lit:
            painter.fillRect(rect, self._theme.role("row_selected"))
        elif is_hovered:
            painter.fillRect(rect, self._theme.role("row_hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), self._theme.role("well"))

    def _paint_dot(self, painter: QPainter, entry: Entry, middle: QPointF) -> None:
        radius = em(self._view) * 0.24
        colour = self._theme.family_colour(entry.family)
        if entry.is_on_pad:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        else:
            width = radius * 0.4
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius -= width / 2
        painter.drawEllipse(middle, radius, radius)

    def _paint_texts(self, painter: QPainter, entry: Entry, columns: _Columns, has_star: bool) -> None:
        painter.setFont(tabular(self._view.font()))
        metrics = QFontMetricsF(painter.font())  # half a pixel decides whether a name is shortened
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        area = columns.name
        is_long = metrics.horizontalAdvance(entry.name) > area.width()
        if is_long and not has_star and entry.bpm is None and not entry.key:
            area = area.united(columns.key)  # a name says more than two dashes
        else:
            painter.setPen(self._theme.role("text_dim"))
            painter.drawText(columns.tempo, left, tempo_text(entry.bpm))
            painter.drawText(columns.key, left, entry.key or "—")
        painter.setPen(self._theme.role("text"))
        room = (columns.star.left() if has_star else area.right()) - area.left()
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(area, left, name)

    def _paint_icon(self, painter: QPainter, name: str, role: str, area: QRectF) -> None:
        density = self._view.devicePixelRatioF()
        side = em(self._view)
        key = (name, role, round(side * density))
        if key not in self._icons:
            self._icons[key] = pixmap(name, self._theme.role(role), key[2])
            self._icons[key].setDevicePixelRatio(density)
        corner = area.center() - QPointF(side / 2, side / 2)
        painter.drawPixmap(corner, self._icons[key])

    def _paint_wave(self, painter: QPainter, entry: Entry, area: QRect, is_lit: bool) -> None:
        peaks = self._model.outline_of(entry)
        if peaks is None:
            line = QRectF(area.left(), area.center().y(), area.width(), 1)
            painter.fillRect(line, self._theme.role("border_strong"))
            return
        key, density = (entry.entry_id, is_lit), self._view.devicePixelRatioF()
        drawn_from, picture = self._waves.get(key, (0, None))
        if picture is None or drawn_from != id(peaks) or picture.size() != area.size() * density:
            colour = self._theme.role("wave_selected" if is_lit else "wave")
            picture = _waveform(peaks, area.size(), colour, density)
            self._waves[key] = (id(peaks), picture)
            if len(self._waves) > _MOST_WAVES:
                self._waves.popitem(last=False)
        self._waves.move_to_end(key)
        painter.drawPixmap(QPointF(area.topLeft()), picture)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._waves.clear()
        self._icons.clear()
        self._view.viewport().update()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(em(self._view) * 12, round(em(self._view) * 2.1))


def _waveform(peaks: NDArray[np.float32], size: QSize, colour: QColor, density: float) -> QPixmap:
    """Bars of the peak level over the whole sound."""
    picture = QPixmap(size * density)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    n_bars = max(1, size.width() // _BAR_PITCH_PX)
    starts = np.linspace(0, len(peaks), n_bars, endpoint=False).astype(int)
    levels = np.maximum.reduceat(peaks, starts)
    levels = levels / max(float(levels.max()), 1e-6)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index, level in enumerate(levels.tolist()):
        height = max(1.0, level * (size.height() - 2))
        painter.fillRect(QRectF(index * _BAR_PITCH_PX, (size.height() - height) / 2, 1.25, height), colour)
    painter.end()
    return picture
