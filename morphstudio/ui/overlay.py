"""A sheet over the whole window that dims it, until Esc, a click beside it or another focus closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.theme import Theme

_DIMMING = 0.45
_SHADOW_STEPS = 10
_SHADOW = 0.035


class Overlay(QWidget):
    """Dims a window and holds a box above it. Children are put into the box by `place_box`.

    Parameters
    ----------
    theme : Theme
    window : QWidget
        What is covered; also the parent.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.theme = theme
        self._led_from: QWidget | None = None
        self.box = QWidget(self)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        theme.changed.connect(self.update)

    def open_over(self, focused: QWidget) -> None:
        """Show it, and let `focused`, a child of it, have the keyboard."""
        app = _app()
        self._led_from = app.focusWidget()
        self._covered().installEventFilter(self)
        self.setGeometry(self._covered().rect())
        self.place_box()
        self.show()
        self.raise_()
        focused.setFocus(Qt.FocusReason.PopupFocusReason)
        app.focusChanged.connect(self._on_focus_changed)

    def close_overlay(self) -> None:
        """Hide it and give the keyboard back to where it was."""
        if self.isHidden():
            return
        _app().focusChanged.disconnect(self._on_focus_changed)
        self._covered().removeEventFilter(self)
        led_from, self._led_from = self._led_from, None
        had_focus = self._is_mine(_app().focusWidget())
        self.hide()
        if had_focus and led_from is not None:
            led_from.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_box(self) -> None:
        """Give the box its place in the window; called at every new size."""
        raise NotImplementedError

    def _covered(self) -> QWidget:
        window = self.parentWidget()
        assert window is not None
        return window

    def _is_mine(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if not self._is_mine(new):
            self.close_overlay()

    def event(self, event: QEvent) -> bool:
        # Plain keys are for what is in the box, not for the window below.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_plain(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._covered() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered().rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_box()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close_overlay()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor.fromRgbF(0, 0, 0, _DIMMING))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, unit = QRectF(self.box.geometry()), em(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor.fromRgbF(0, 0, 0, _SHADOW))
        for step in range(1, _SHADOW_STEPS + 1):
            spread = unit * step / _SHADOW_STEPS
            shadow = box.adjusted(-spread, -spread * 0.6, spread, spread * 1.4)
            painter.drawRoundedRect(shadow, unit, unit)
        painter.setPen(QPen(self.theme.role("border_strong"), 1))
        painter.setBrush(self.theme.role("panel"))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), unit * 0.6, unit * 0.6)


def is_plain(event: QKeyEvent) -> bool:
    """Whether a key is pressed without Ctrl, Alt or Meta."""
    return not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def paint_keys(painter: QPainter, theme: Theme, right: QRectF, keys: str, *, is_dim: bool = False) -> float:
    """Draw keys as a small cap at the right end of a rectangle; returns the cap's width in pixels."""
    metrics = painter.fontMetrics()
    height = metrics.height() * 1.25
    width = max(height, metrics.horizontalAdvance(keys) + metrics.height() * 0.8)
    cap = QRectF(right.right() - width, right.center().y() - height / 2, width, height)
    painter.setPen(QPen(theme.role("border" if is_dim else "border_strong"), 1))
    painter.setBrush(theme.role("panel_raised"))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), height * 0.22, height * 0.22)
    painter.setPen(theme.role("text_disabled" if is_dim else "text"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
    return width
