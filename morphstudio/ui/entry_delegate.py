"""Paints a row of the browser: dot, waveform, name, star, and what its columns tell."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from morphstudio.library.analysis import Analysis
from morphstudio.library.entries import Entry
from morphstudio.ui.controls import em
from morphstudio.ui.entry_columns import Column, ColumnRuler, RowLayout, Span
from morphstudio.ui.entry_model import AnyIndex, EntryModel, tempo_text
from morphstudio.ui.figures import decibel_text
from morphstudio.ui.icon_painter import IconPainter
from morphstudio.ui.sound_texts import UNKNOWN, brightness_text, kind_text, length_text, short_key_text
from morphstudio.ui.theme import Theme, tabular

_BAR_PITCH_PX = 2
_MOST_WAVES = 256
_NOTHING = Analysis()


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
        self.ruler = ColumnRuler(view)
        """Where the columns are."""
        self._waves: OrderedDict[tuple[str, bool], tuple[int, QPixmap]] = OrderedDict()
        self._icons = IconPainter(theme, view)
        self.current_id = ""
        """Entry that is heard most."""
        self.star_id = ""
        """Entry whose star is under the mouse."""
        theme.changed.connect(self._on_theme_changed)

    def star_rect(self, row: QRect) -> QRectF:
        """Where in a row a click changes whether it is a favourite."""
        return _rect(self.ruler.layout(row.width()).star, row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = self._model.entry_at(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        is_lit = is_selected or entry.entry_id == self.current_id
        layout = self.ruler.layout(rect.width())
        wave = _rect(layout.wave, rect).toRect().adjusted(0, em(self._view) // 4, 0, -(em(self._view) // 4))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, is_lit, is_hovered)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            width = max(2, em(self._view) // 8)
            painter.fillRect(QRect(rect.left(), rect.top(), width, rect.height()), self._theme.role("accent"))
        if entry.is_missing:
            painter.setOpacity(0.5)
        middle = QPointF(rect.left() + layout.dot_x, rect.center().y() + 0.5)
        self._paint_dot(painter, entry, middle)
        if entry.is_missing:
            self._icons.paint(painter, "missing", "warn", QRectF(wave), em(self._view))
        elif entry.analysis is not None and entry.analysis.error:
            self._icons.paint(painter, "warning", "warn", QRectF(wave), em(self._view))
        else:
            self._paint_wave(painter, entry, wave, is_lit)
        self._paint_texts(painter, entry, layout, rect, has_star=is_hovered or entry.is_favourite)
        painter.setOpacity(1.0)
        if is_hovered or entry.is_favourite:
            name = "star_filled" if entry.is_favourite else "star"
            is_under_mouse = entry.entry_id == self.star_id
            role = "accent_text" if entry.is_favourite else "text" if is_under_mouse else "text_dim"
            self._icons.paint(painter, name, role, _rect(layout.star, rect), em(self._view))
        painter.restore()

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

    def _paint_texts(
        self, painter: QPainter, entry: Entry, layout: RowLayout, row: QRect, has_star: bool
    ) -> None:
        painter.setFont(tabular(self._view.font()))
        metrics = QFontMetricsF(painter.font())  # half a pixel decides whether a name is shortened
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        spans, texts = layout.columns, _texts(entry)
        area = _rect(spans[Column.NAME], row)
        is_long = metrics.horizontalAdvance(entry.name) > area.width()
        is_bare = all(texts[column] == UNKNOWN for column in spans if column != Column.NAME)
        if is_long and not has_star and is_bare and not layout.is_wide:
            area = area.united(_rect(spans[Column.KEY], row))  # a name says more than two dashes
        else:
            for column, span in spans.items():
                text = texts[column]
                if column == Column.NAME:
                    continue
                painter.setPen(self._theme.role("text_faint" if text == UNKNOWN else "text_dim"))
                # Beyond its column lies a gap, for the decimal of a tempo.
                room = QRectF(row.left() + span.left, row.top(), span.width + em(self._view), row.height())
                mode = Qt.TextElideMode.ElideRight
                painter.drawText(room, left, metrics.elidedText(text, mode, room.width()))
        painter.setPen(self._theme.role("text"))
        star = _rect(layout.star, row)
        room_px = (star.left() if has_star else area.right()) - area.left()
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room_px)
        painter.drawText(area, left, name)

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
        self._view.viewport().update()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(em(self._view) * 12, round(em(self._view) * 2.1))


def _rect(span: Span, row: QRect) -> QRectF:
    return QRectF(row.left() + span.left, row.top(), span.width, row.height())


def _texts(entry: Entry) -> dict[Column, str]:
    """What a row says in each column; dashes where nothing is known."""
    heard = entry.analysis or _NOTHING
    loudness_lufs = heard.loudness_lufs
    return {
        Column.NAME: entry.name,
        Column.KIND: UNKNOWN if entry.kind is None else kind_text(entry.kind),
        Column.TEMPO: tempo_text(entry.bpm),
        Column.KEY: short_key_text(entry),
        Column.LENGTH: length_text(heard.duration_s if entry.duration_s is None else entry.duration_s),
        Column.BRIGHTNESS: brightness_text(heard.centroid_hz),
        Column.LOUDNESS: UNKNOWN if loudness_lufs is None else decibel_text(loudness_lufs, 1, "").rstrip(),
    }


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
