"""The tags that somebody gave to sounds: each can be taken away, and new ones are typed beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from morphstudio.ui.controls import FlowLayout, em
from morphstudio.ui.icon_painter import IconPainter
from morphstudio.ui.key_guard import asks_for_escape
from morphstudio.ui.theme import Theme

_WIDEST_EM, _FIELD_EM = 10.0, 6.5
_LONGEST_TAG = 40


class TagField(QWidget):
    """Shows chips in a row: whatever widgets lead it, then the tags, then a button that becomes a field.

    A comma ends a tag, so that several may be typed at once.

    Parameters
    ----------
    theme : Theme
    leading : sequence of QWidget
        What stands before the tags.
    """

    tags_edited = Signal(object)
    """Tuple of str: all tags as they are now."""

    def __init__(self, theme: Theme, leading: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tags: tuple[str, ...] = ()
        self._chips: list[TagChip] = []
        self.add_button = QPushButton(self)
        self.add_button.setProperty("chip", True)
        self.add_button.setAutoDefault(True)
        self.field = _NewTag(self)
        self._flow = FlowLayout(em(self) // 3)
        self._leading = tuple(leading)
        self.setLayout(self._flow)
        self._fill()
        self.field.hide()
        self.add_button.clicked.connect(self.open_field)
        self.field.done.connect(self._on_typed)
        self.field.left.connect(self._close_field)
        self.retranslate()

    @property
    def tags(self) -> tuple[str, ...]:
        """What is shown."""
        return self._tags

    @property
    def chips(self) -> tuple[TagChip, ...]:
        """A button for each tag, which takes it away."""
        return tuple(self._chips)

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self._name_button()
        self.add_button.setAccessibleName(self.tr("Add a tag"))
        self.add_button.setToolTip(self.tr("Add a tag"))
        self.field.setAccessibleName(self.tr("New tag"))
        self.field.setPlaceholderText(self.tr("dusty, lo-fi"))
        for chip in self._chips:
            self._name(chip)

    def _name_button(self) -> None:
        # Beside tags it needs no name, and they need the room.
        self.add_button.setText("+" if self._tags else self.tr("+ Tag"))

    def show_tags(self, tags: Sequence[str]) -> None:
        """Show these; what is being typed is given up where they are others'."""
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            self._name_button()
            self._fill()

    @Slot()
    def open_field(self) -> None:
        """Let a tag be typed."""
        self.add_button.hide()
        self.field.clear()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.updateGeometry()

    @Slot()
    def _close_field(self) -> None:
        if self.field.isHidden():
            return
        had_focus = self.field.hasFocus()
        self.add_button.show()
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.hide()
        self.updateGeometry()

    def _fill(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(tag) for tag in self._tags]
        for part in (*self._leading, *self._chips, self.add_button, self.field):
            self._flow.addWidget(part)
        for before, after in zip([self._last_leading(), *self._chips], self._chips, strict=False):
            if before is not None:
                QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(([self._last_leading(), *self._chips])[-1] or self, self.add_button)
        QWidget.setTabOrder(self.add_button, self.field)
        self.updateGeometry()

    def _last_leading(self) -> QWidget | None:
        return self._leading[-1] if self._leading else None

    def _chip(self, tag: str) -> TagChip:
        chip = TagChip(self._theme, tag, self)
        self._name(chip)
        chip.clicked.connect(self._on_taken_away)
        chip.show()
        return chip

    def _name(self, chip: TagChip) -> None:
        text = self.tr("Take away the tag “{tag}”").format(tag=chip.tag)
        chip.setAccessibleName(text)
        chip.setToolTip(text)

    def _change(self, tags: tuple[str, ...]) -> None:
        if tags != self._tags:
            self.show_tags(tags)
            self.tags_edited.emit(tags)

    @Slot()
    def _on_taken_away(self) -> None:
        chip = self.sender()
        if isinstance(chip, TagChip):
            at = self._chips.index(chip)
            had_focus = chip.hasFocus()
            self._change(tuple(tag for tag in self._tags if tag != chip.tag))
            if had_focus:
                follower = self._chips[at] if at < len(self._chips) else self.add_button
                follower.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        known = {tag.casefold() for tag in self._tags}
        tags = list(self._tags)
        for word in text.split(","):
            tag = " ".join(word.split())
            if tag and tag.casefold() not in known:
                tags.append(tag)
                known.add(tag.casefold())
        self._close_field()
        self._change(tuple(tags))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class TagChip(QPushButton):
    """A tag with a cross; a press takes it away."""

    def __init__(self, theme: Theme, tag: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tag = tag
        self._icons = IconPainter(theme, self)
        self.setProperty("chip", True)
        self.setAutoDefault(True)
        self.setText(tag)

    def _cross_px(self) -> int:
        return round(em(self) * 0.75)

    def sizeHint(self) -> QSize:
        width = min(self.fontMetrics().horizontalAdvance(self.tag), round(em(self) * _WIDEST_EM))
        return QSize(width + self._cross_px() + round(em(self) * 1.5), super().sizeHint().height())

    def paintEvent(self, event: object) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        unit, side = em(self), self._cross_px()
        room = QRect(round(unit * 0.6), 0, self.width() - side - round(unit * 1.3), self.height())
        painter.setPen(self._theme.role("text"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = self.fontMetrics().elidedText(self.tag, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, text)
        cross = QRect(0, 0, side, side)
        cross.moveCenter(QPoint(self.width() - side // 2 - round(unit * 0.45), self.height() // 2))
        role = "text" if self.underMouse() or self.hasFocus() else "text_dim"
        self._icons.paint(painter, "close", role, cross, side)


class _NewTag(QLineEdit):
    """Enter takes what is typed, and so does going elsewhere; Esc gives it up."""

    done = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self.setMaxLength(_LONGEST_TAG)
        self.setAcceptDrops(False)  # a file dropped here belongs to the window

    def sizeHint(self) -> QSize:
        return QSize(round(em(self) * _FIELD_EM), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if asks_for_escape(event):
            event.accept()  # gives up this tag, not the search
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._finish()

    def _finish(self) -> None:
        # Emptied first: the field loses the keyboard when it is hidden, and would tell it twice.
        text = self.text()
        self.clear()
        if text.strip():
            self.done.emit(text)
        else:
            self.left.emit()
