"""Which keys the control in focus needs itself, so that no shortcut takes them from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_TYPED_IN = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QComboBox)
_GUARDED = (*_TYPED_IN, QAbstractButton, QAbstractSlider)
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_EDITS = (
    QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo, QKeySequence.StandardKey.SelectAll,
)  # fmt: skip
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
_MOVES = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip


class KeyGuard(QObject):
    """Keeps keys without Ctrl or Alt for a field that is typed in, arrows for a slider.

    Space and Enter stay with a button only where the keyboard led there: who has just clicked one wants
    Space to play.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, app.focusWidget())

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # Only of the control in focus: a filter in Python on every event would be felt.
        if isinstance(old, _GUARDED):
            old.removeEventFilter(self)
        if isinstance(new, _GUARDED):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        assert isinstance(watched, QWidget)
        if _keeps(watched, event):
            event.accept()
            return True
        if _would_grab(event):
            event.ignore()
            return True
        return False


def asks_for_escape(event: QEvent) -> bool:
    """Whether a control is asked if Escape is for it; who accepts that keeps it from the window."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.key() == Qt.Key.Key_Escape


def _keeps(control: QWidget, event: QKeyEvent) -> bool:
    key = event.key()
    if event.modifiers() & _MODIFIERS:
        return False
    if isinstance(control, (QPlainTextEdit, QTextEdit)) and control.isReadOnly():
        return key in _MOVES
    if isinstance(control, _TYPED_IN):
        return key != Qt.Key.Key_Escape and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    if isinstance(control, QAbstractSlider):
        return key in _MOVES
    return key in _PRESSES and control.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def _would_grab(event: QKeyEvent) -> bool:
    """Whether a field might take a letter with Ctrl that nobody means for it: Ctrl+E, X11's end of line."""
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    return is_letter and bool(event.modifiers() & _MODIFIERS) and not any(map(event.matches, _EDITS))
