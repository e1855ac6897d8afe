"""Every command a few letters away: a field, and the list of what fits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from morphstudio.ui.commands import Commands, Found
from morphstudio.ui.controls import em
from morphstudio.ui.overlay import Overlay, is_plain, paint_keys
from morphstudio.ui.theme import Theme, scaled

_MOST_ROWS = 10
_MOST_RECENT = 8
_FOUND = Qt.ItemDataRole.UserRole
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(Overlay):
    """Finds a command by words, starts or initials, and runs it.

    Parameters
    ----------
    commands : Commands
    theme : Theme
    window : QWidget
        What it opens over; also the parent.
    """

    def __init__(self, commands: Commands, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window)
        self._commands = commands
        self._recent: list[str] = []
        self.field = _Field(self)
        self.list = QListWidget(self.box)
        self._nothing = QLabel(self.box)
        self._lay_out()
        self.field.textChanged.connect(self._on_text_changed)
        self.list.itemClicked.connect(self._on_item_clicked)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.retranslate()

    @Slot()
    def toggle(self) -> None:
        """Open it, empty; close it where it is open."""
        if self.isVisible():
            self.close_overlay()
            return
        self.field.clear()
        self._fill()
        self.open_over(self.field)

    @property
    def titles(self) -> list[str]:
        """Titles in the list, from the top."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def retranslate(self) -> None:
        """Make every text again."""
        self.box.setAccessibleName(self.tr("Commands"))
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.list.setAccessibleName(self.tr("Commands"))
        self._fill()

    def press_key(self, event: QKeyEvent) -> bool:
        """Take a key that is not typed; tells whether it was one."""
        key = event.key()
        if key in _LIST_KEYS:
            self._move(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.close_overlay()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # there is nowhere else to go
            return False
        return True

    def place_box(self) -> None:
        unit = em(self)
        width = min(unit * 36, self.width() - 2 * unit)
        row = self.list.sizeHintForRow(0) if self.list.count() else round(unit * 2.2)
        room = (self.height() - self.height() // 8 - unit * 6) // max(1, row)
        n_rows = max(1, min(self.list.count(), _MOST_ROWS, room))
        self.list.setFixedHeight(row * n_rows)
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)
        layout = self.box.layout()
        assert layout is not None
        layout.activate()
        height = layout.sizeHint().height()
        self.box.setGeometry((self.width() - width) // 2, self.height() // 8, width, height)
        self.update()

    def _lay_out(self) -> None:
        unit = em(self)
        self.field.setFont(scaled(self.field.font(), 1.15))
        self.list.setItemDelegate(_Row(self.theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._nothing.setProperty("dim", True)
        self._nothing.setContentsMargins(round(unit * 0.8), unit // 2, unit // 2, unit)
        layout = QVBoxLayout(self.box)
        layout.setContentsMargins(unit // 2, unit // 2, unit // 2, unit // 2)
        layout.setSpacing(unit // 2)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)

    def _fill(self) -> None:
        self.list.clear()
        for found in self._commands.find(self.field.text(), self._recent):
            command = found.command
            item = QListWidgetItem(command.title)
            item.setData(_FOUND, (found, self._commands.group_title(command.group)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join((command.title, *command.keys[:1])))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._nothing.setText(self.tr("No command is called that."))
        self.place_box()

    def _move(self, key: int) -> None:
        n_rows = self.list.count()
        if not n_rows:
            return
        row = self.list.currentRow()
        page = max(1, self.list.height() // max(1, self.list.sizeHintForRow(0)) - 1)
        match key:
            case Qt.Key.Key_Up:
                row = (row - 1) % n_rows
            case Qt.Key.Key_Down:
                row = (row + 1) % n_rows
            case Qt.Key.Key_PageUp:
                row = max(0, row - page)
            case _:
                row = min(n_rows - 1, row + page)
        self.list.setCurrentRow(row)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        found: Found = item.data(_FOUND)[0]
        command = found.command
        if not command.action.isEnabled():
            return
        self._recent = [command.name, *(name for name in self._recent if name != command.name)][:_MOST_RECENT]
        self.close_overlay()  # before it runs: it may look at what has the focus
        command.action.trigger()

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self._fill()

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self._run(item)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current_changed(self, current: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        # The field keeps the keyboard, so it is the field that tells a screen reader what is chosen.
        chosen = current.data(Qt.ItemDataRole.AccessibleTextRole) if current is not None else ""
        self.field.setAccessibleDescription(chosen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Field(QLineEdit):
    """Leaves to the palette what is not typed."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette.box)
        self._palette = palette

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_plain(event):
            event.accept()
            return True
        # Here, not in keyPressEvent, which Tab never reaches.
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._palette.press_key(event)
        ):
            event.accept()
            return True
        return super().event(event)


class _Row(QStyledItemDelegate):
    """A title with the letters that were meant, its group, and its keys at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found, group = index.data(_FOUND)
        assert isinstance(found, Found)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = option.fontMetrics
        unit = metrics.height()
        rect = QRectF(option.rect)
        state = option.state
        is_enabled = found.command.action.isEnabled()
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.role("accent_soft" if is_selected else "hover"))
            painter.drawRoundedRect(rect, unit * 0.35, unit * 0.35)
        inner = rect.adjusted(unit * 0.7, 0, -unit * 0.5, 0)
        font: QFont = option.font
        painter.setFont(scaled(font, 0.88))
        if found.command.keys:
            keys = found.command.keys[0]
            width = paint_keys(painter, self._theme, inner, keys, is_dim=not is_enabled)
            inner.setRight(inner.right() - width - unit * 0.6)
        group_width = min(painter.fontMetrics().horizontalAdvance(group), inner.width() * 0.4)
        title_room = inner.width() - group_width - unit * 0.7
        painter.setFont(font)
        role = "accent_soft_text" if is_selected else "text"
        used = self._paint_title(painter, inner, title_room, found, role if is_enabled else "text_disabled")
        painter.setFont(scaled(font, 0.88))
        painter.setPen(self._theme.role("text_dim" if is_enabled else "text_disabled"))
        group_rect = inner.adjusted(used + unit * 0.7, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(
            group, Qt.TextElideMode.ElideRight, round(group_rect.width())
        )
        painter.drawText(group_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, room: float, found: Found, role: str) -> float:
        """Draw the title in at most `room` pixels; returns the pixels it took."""
        title = found.command.title
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, round(room))
        layout = QTextLayout(shown, painter.font())
        layout.setTextOption(_no_wrap())
        plain, meant = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.role(role))
        meant.setForeground(self._theme.role("text_disabled" if role == "text_disabled" else "accent_text"))
        meant.setFontWeight(QFont.Weight.DemiBold)
        formats = [_format(0, len(shown), plain)]
        if shown == title:
            formats += [_format(place, 1, meant) for place in sorted(found.places)]
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        painter.setPen(QPen(self._theme.role(role)))
        layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))
        return line.naturalTextWidth()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del index
        unit = option.fontMetrics.height()
        return QSize(unit * 10, round(unit * 2.0))


def _format(start: int, length: int, how: QTextCharFormat) -> QTextLayout.FormatRange:
    formatted = QTextLayout.FormatRange()
    formatted.start, formatted.length, formatted.format = start, length, how
    return formatted


def _no_wrap() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option
