"""The list of sounds: a model, a filter, and a delegate that paints dot, waveform, name and length."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from morphstudio.library.sounds import Kind, Sound
from morphstudio.ui.controls import em
from morphstudio.ui.theme import Theme, tabular

_BAR_PITCH_PX = 2
SOUND_ROLE = Qt.ItemDataRole.UserRole
_AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SoundModel(QAbstractListModel):
    """The sounds in the order in which they came; `SOUND_ROLE` gives the `Sound` itself."""

    def __init__(self) -> None:
        super().__init__()
        self._sounds: list[Sound] = []

    def set_sounds(self, sounds: Iterable[Sound]) -> None:
        """Replace all sounds."""
        self.beginResetModel()
        self._sounds = list(sounds)
        self.endResetModel()

    def add(self, sound: Sound) -> None:
        """Append a sound."""
        row = len(self._sounds)
        self.beginInsertRows(_ROOT, row, row)
        self._sounds.append(sound)
        self.endInsertRows()

    def remove(self, sound_id: str) -> None:
        """Take a sound out; an unknown one is none."""
        row = self.row_of(sound_id)
        if row >= 0:
            self.beginRemoveRows(_ROOT, row, row)
            del self._sounds[row]
            self.endRemoveRows()

    def row_of(self, sound_id: str) -> int:
        """Row of a sound; -1 where there is none."""
        return next((i for i, sound in enumerate(self._sounds) if sound.sound_id == sound_id), -1)

    def rowCount(self, parent: _AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._sounds)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        sound = self._sounds[index.row()]
        if role == SOUND_ROLE:
            return sound
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sound.clip.name
        if role == Qt.ItemDataRole.ToolTipRole:
            path = str(sound.clip.path) if sound.clip.path else sound.clip.name
            return f"{path}\n{sound.note}" if sound.note else path
        return None


class SoundFilter(QSortFilterProxyModel):
    """Shows the sounds whose name holds every word and whose kind is wanted."""

    def __init__(self, source: SoundModel) -> None:
        super().__init__()
        self._words: list[str] = []
        self._kinds: frozenset[Kind] = frozenset()
        self.setSourceModel(source)

    def set_filter(self, text: str, kinds: Iterable[Kind]) -> None:
        """Show what holds all words of `text`, of any of `kinds`; of every kind where none is given."""
        self.beginFilterChange()
        self._words, self._kinds = text.casefold().split(), frozenset(kinds)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: _AnyIndex) -> bool:
        model = self.sourceModel()
        sound: Sound = model.data(model.index(source_row, 0, source_parent), SOUND_ROLE)
        if self._kinds and sound.kind not in self._kinds:
            return False
        name = sound.clip.name.casefold()
        return all(word in name for word in self._words)


class SoundDelegate(QStyledItemDelegate):
    """Paints a row; waveforms are drawn once."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnails: dict[tuple[str, bool], QPixmap] = {}
        self._view = parent
        self.current_id: str | None = None

    def forget(self, sound_id: str) -> None:
        """Drop the waveforms of a sound that is gone."""
        for is_lit in (False, True):
            self._thumbnails.pop((sound_id, is_lit), None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        sound: Sound = index.data(SOUND_ROLE)
        rect: QRect = option.rect
        state = option.state
        unit = em(self._view)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_lit = is_selected or sound.sound_id == self.current_id
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_lit:
            painter.fillRect(rect, self._theme.role("row_selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.role("row_hover"))
        if state & QStyle.StateFlag.State_HasFocus and is_selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), self._theme.role("accent"))
        line = QRectF(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, self._theme.role("well"))
        x = float(rect.left() + unit)
        middle = rect.center().y() + 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.kind_colour(sound.kind))
        radius = unit * 0.24
        painter.drawEllipse(QPointF(x, middle), radius, radius)
        x += unit * 0.6
        wave_width = round(min(unit * 4.6, rect.width() * 0.25))
        wave = self._thumbnail(sound, is_lit, QSize(wave_width, rect.height() - unit // 2))
        painter.drawPixmap(QPointF(x, rect.top() + unit // 4), wave)
        x += wave_width + unit * 0.5
        self._paint_texts(
            painter, sound, QRectF(x, rect.top(), rect.right() - unit * 0.75 - x, rect.height()), is_lit
        )
        painter.restore()

    def _paint_texts(self, painter: QPainter, sound: Sound, area: QRectF, is_lit: bool) -> None:
        length = f"{sound.clip.duration_s:.2f} s"
        painter.setFont(tabular(self._view.font()))
        metrics = QFontMetrics(painter.font())
        width = metrics.horizontalAdvance(length)
        painter.setPen(self._theme.role("text_dim"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        painter.setPen(self._theme.role("text"))
        room = int(area.width() - width - em(self._view) * 0.75)
        name = metrics.elidedText(sound.clip.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(em(self._view) * 12, round(em(self._view) * 2.1))

    def _thumbnail(self, sound: Sound, is_lit: bool, size: QSize) -> QPixmap:
        key = (sound.sound_id, is_lit)
        kept = self._thumbnails.get(key)
        if kept is None or kept.deviceIndependentSize().toSize() != size:
            colour = self._theme.role("wave_selected" if is_lit else "wave")
            kept = self._thumbnails[key] = _waveform(sound, size, colour, self._view.devicePixelRatioF())
        return kept


def _waveform(sound: Sound, size: QSize, colour: QColor, density: float) -> QPixmap:
    """Bars of the peak level over the whole sound."""
    picture = QPixmap(size * density)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    n_bars = max(1, size.width() // _BAR_PITCH_PX)
    starts = np.linspace(0, len(sound.peaks), n_bars, endpoint=False).astype(int)
    peaks = np.maximum.reduceat(sound.peaks, starts)
    peaks = peaks / max(float(peaks.max()), 1e-6)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index, peak in enumerate(peaks.tolist()):
        height = max(1.0, peak * (size.height() - 2))
        painter.fillRect(QRectF(index * _BAR_PITCH_PX, (size.height() - height) / 2, 1.25, height), colour)
    painter.end()
    return picture
