"""A small field of the top bar: a name and a value that is turned, typed, or chosen from a menu."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QSizePolicy, QToolTip, QWidget

from morphstudio.ui.controls import PaintedButton, em, restyle
from morphstudio.ui.key_guard import asks_for_escape
from morphstudio.ui.theme import Theme, tabular

_NUMBER = re.compile(r"\s*(\d{1,6}(?:[.,]\d{0,6})?)\s*[^\d.,]*")
_NOTCH = 120
"""Of a wheel, in Qt's eighths of a degree."""
_PAGE = 10
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_TURNS: dict[int, int] = {
    Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: _PAGE, Qt.Key.Key_PageDown: -_PAGE,
}  # fmt: skip


def number_in(text: str) -> float | None:
    """The number that somebody typed, with a point or a comma, perhaps with a unit behind it.

    >>> number_in("128,5 bpm"), number_in("2"), number_in("fast"), number_in("-3")
    (128.5, 2.0, None, None)
    """
    match = _NUMBER.fullmatch(text)
    return float(match[1].replace(",", ".")) if match else None


class TurnedField(PaintedButton):
    """Shows a name and a value. What they are, and what a turn or a typed text means, its children say.

    It is dragged up and down, turned by the wheel or by arrows, typed in after a click, Enter or a figure;
    the arrow at its right, a right click or Alt+Down open its menu.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None

    Attributes
    ----------
    menu : QMenu
    typed : TypedLine
        Lies over the field while somebody types.
    """

    menu_opening = Signal()
    """The menu is about to be seen: the moment to fill it."""

    step_em = 0.25
    """How far the mouse is dragged for one step."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name, self._value = "", ""
        self._shows_name = True
        self._is_proposed = False
        self._pressed: QPointF | None = None
        self._dragged_px: float | None = None
        self._turned_px = 0.0
        self._wheel = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(tabular(self.font()))
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self.menu_opening)
        self.typed = TypedLine(self)
        self.typed.hide()
        self.typed.returnPressed.connect(self._on_entered)
        self.typed.left.connect(self._on_typing_left)
        self.typed.cancelled.connect(self.end_typing)
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.update)

    @property
    def value_text(self) -> str:
        """What is shown now."""
        return self._value

    @property
    def is_typing(self) -> bool:
        """Whether somebody types here."""
        return not self.typed.isHidden()

    def set_name_shown(self, is_shown: bool) -> None:
        """Show the name before the value, or leave it out where there is no room."""
        if is_shown != self._shows_name:
            self._shows_name = is_shown
            self.updateGeometry()
            self.update()

    def show_texts(self, name: str, value: str, *, is_proposed: bool = False) -> None:
        """Show a name and a value; one that is only proposed in another colour."""
        self._name, self._value, self._is_proposed = name, value, is_proposed
        self.setAccessibleName(f"{name} {value}")
        self.updateGeometry()
        self.update()

    def begin_typing(self, text: str = "") -> None:
        """Let the value be typed; `text` is what was typed already."""
        self.typed.setGeometry(self.rect())
        self.typed.setAccessibleName(self._name)
        self.typed.setText(text or self.typed_text())
        self.typed.show()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
        if not text:
            self.typed.selectAll()

    @Slot()
    def end_typing(self) -> None:
        """Show the value again, whatever was typed."""
        if not self.is_typing:
            return
        had_focus = self.typed.hasFocus()
        self.typed.accept()
        self.typed.hide()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_menu(self) -> None:
        """Open the menu below the field."""
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    # --- what children say --------------------------------------------------------------------

    def widest_values(self) -> tuple[str, ...]:
        """Values for which there is always room, so that nothing moves when it changes."""
        raise NotImplementedError

    def typed_text(self) -> str:
        """What is there to begin with when somebody types."""
        raise NotImplementedError

    def take(self, text: str) -> str:
        """Take what was typed; returns what is wrong with it, nothing where it is right."""
        raise NotImplementedError

    def turn(self, n_steps: int, *, is_fine: bool) -> None:
        """Go up so many steps, down where they are negative."""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------

    @Slot()
    def _on_clicked(self) -> None:
        self.begin_typing()

    @Slot()
    def _on_entered(self) -> None:
        hint = self.take(self.typed.text())
        if hint:
            self.typed.refuse(hint)
        else:
            self.end_typing()

    @Slot()
    def _on_typing_left(self) -> None:
        if self.is_typing:
            self.take(self.typed.text())  # nonsense that was left is no news
            self.end_typing()

    def _value_width(self) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(text) for text in (self._value, *self.widest_values()))

    def _menu_area(self) -> QRect:
        width = round(em(self) * 1.5)
        return QRect(self.width() - width, 0, width, self.height())

    # --- Qt -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        unit = em(self)
        width = self._value_width() + round(unit * 2.2)
        if self._shows_name:
            width += self.fontMetrics().horizontalAdvance(self._name) + unit // 2
        return QSize(width, round(unit * 2.1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        # Figures and arrows are the field's own before they are shortcuts of the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_menu()
        elif key in _TURNS and not event.modifiers() & _MODIFIERS:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.turn(_TURNS[key], is_fine=is_fine)
        elif _is_figure(event):
            self.begin_typing(event.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._menu_area().contains(event.position().toPoint()):
            self.open_menu()
            return
        self._pressed, self._dragged_px, self._turned_px = event.position(), None, 0.0
        self.setDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        upwards = self._pressed.y() - event.position().y()
        if self._dragged_px is None and abs(upwards) < QApplication.startDragDistance():
            return
        if self._dragged_px is None:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
            self._turned_px = upwards  # what it took to become a drag is no step
        self._dragged_px = upwards
        step_px = max(1.0, self.step_em * em(self))
        n_steps = int((upwards - self._turned_px) / step_px)
        if n_steps:
            self._turned_px += n_steps * step_px
            self.turn(n_steps, is_fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        was_click = self._dragged_px is None and self.rect().contains(event.position().toPoint())
        self._pressed = self._dragged_px = None
        self.unsetCursor()
        self.setDown(False)
        if was_click:
            self.begin_typing()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        # With Alt, and on some systems with Shift, a wheel turns sideways.
        self._wheel += delta.y() or delta.x()
        n_steps = int(self._wheel / _NOTCH)
        self._wheel -= n_steps * _NOTCH
        if n_steps:
            self.turn(n_steps, is_fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.typed.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, unit = self._theme.role, em(self)
        is_over = self.underMouse() and self.isEnabled()
        ground = "pressed" if self.isDown() else "hover" if is_over else "panel_raised"
        edge = "wave" if is_over else "border_strong"
        if not self.isEnabled():
            ground, edge = "panel", "border"
        pen = QPen(role("focus"), 2.0) if self.hasFocus() else QPen(role(edge), 1.0)
        painter.setPen(pen)
        painter.setBrush(role(ground))
        inset = pen.widthF() / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, unit * 0.35, unit * 0.35)

        area = QRectF(self.rect()).adjusted(round(unit * 0.7), 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._shows_name:
            painter.setPen(role("text_dim" if self.isEnabled() else "text_disabled"))
            painter.drawText(area, int(flags), self._name)
            area.adjust(self.fontMetrics().horizontalAdvance(self._name) + unit // 2, 0, 0, 0)
        value_role = "accent_text" if self._is_proposed else "text"
        painter.setPen(role(value_role if self.isEnabled() else "text_disabled"))
        painter.drawText(area, int(flags), self._value)
        self._paint_arrow(painter, is_over=is_over)

    def _paint_arrow(self, painter: QPainter, *, is_over: bool) -> None:
        unit = em(self)
        middle = QPointF(self.width() - unit * 0.8, self.height() / 2)
        half = unit * 0.2
        painter.setPen(QPen(self._theme.role("text" if is_over else "text_faint"), max(1.0, unit * 0.09)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = ((-half, -half / 2), (0.0, half / 2), (half, -half / 2))
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in corners]))


class TypedLine(QLineEdit):
    """What is typed into a field, over it. Esc takes it back before it does anything else."""

    cancelled = Signal()
    left = Signal()
    """The keyboard is elsewhere now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = ""
        self.textEdited.connect(self.accept)

    @property
    def hint(self) -> str:
        """What is wrong with what was typed."""
        return self._hint

    def refuse(self, hint: str) -> None:
        """Say what is wrong, at the field, and let it be typed again."""
        self._hint = hint
        restyle(self, "bad", True)
        self.setAccessibleDescription(hint)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), hint, self)
        self.selectAll()

    @Slot()
    def accept(self) -> None:
        """Nothing is wrong, or not any more."""
        if self._hint:
            self._hint = ""
            restyle(self, "bad", False)
            self.setAccessibleDescription("")
            QToolTip.hideText()

    def event(self, event: QEvent) -> bool:
        if asks_for_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()  # or the field would be pressed by it, and typed in again

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


def _is_figure(event: QKeyEvent) -> bool:
    return event.text().isdecimal() and not event.modifiers() & _MODIFIERS


def _is_ours(event: QKeyEvent) -> bool:
    return not event.modifiers() & _MODIFIERS and (event.key() in _TURNS or _is_figure(event))
