"""The pad's position as two sliders: for screen readers, and for keys that move one axis at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSlider, QWidget

from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad_art import faded
from morphstudio.ui.theme import Theme

_HIGHEST = 1000
_BAR_PX = 8


class _EdgeSlider(QSlider):
    """A thin bar along an edge, which is seen only while it has the focus."""

    key_released = Signal()

    def __init__(self, orientation: Qt.Orientation, theme: Theme, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.setRange(0, _HIGHEST)
        self.setSingleStep(10)
        self.setPageStep(100)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        # Unseen, it would have the pad beneath painted once more for each move of the cursor.
        if self.hasFocus():
            super().sliderChange(change)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(self._theme.role("focus"), 0.35))
        painter.drawRect(self.rect())
        painter.setBrush(self._theme.role("focus"))
        share, length = self.value() / _HIGHEST, 28.0
        if self.orientation() == Qt.Orientation.Horizontal:
            knob = QRectF(share * (self.width() - length), 0, length, self.height())
        else:
            knob = QRectF(0, (1.0 - share) * (self.height() - length), self.width(), length)
        painter.drawRoundedRect(knob, 3.0, 3.0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.key_released.emit()
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.key_released.emit()


class PadSliders(QWidget):
    """Where the cursor is, left to right and bottom to top, 0 to 1000; lies over the pad.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    point_picked = Signal(object)
    """PadPoint, on each key that moves one of them."""
    pick_ended = Signal()
    """The key was let go."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = PadPoint(0.5, 0.5)
        self._is_following = False
        self._is_picking = False
        self.across = _EdgeSlider(Qt.Orientation.Horizontal, theme, self)
        self.up = _EdgeSlider(Qt.Orientation.Vertical, theme, self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for slider in (self.across, self.up):
            slider.valueChanged.connect(self._on_value_changed)
            slider.key_released.connect(self._on_key_released)
        self.set_cursor(self._point)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.across.setAccessibleName(self.tr("Position, left to right"))
        self.up.setAccessibleName(self.tr("Position, bottom to top"))

    def set_cursor(self, point: PadPoint | None) -> None:
        """Follow the cursor; emits nothing."""
        self._point = point or PadPoint(0.5, 0.5)
        self._is_following = True
        self.across.setValue(round(self._point.x * _HIGHEST))
        self.up.setValue(round(self._point.y * _HIGHEST))
        self._is_following = False

    @Slot()
    def _on_value_changed(self) -> None:
        if self._is_following:
            return
        # The axis that was not moved stays where it is, finer than the slider could say.
        if self.sender() is self.across:
            self._point = PadPoint(self.across.value() / _HIGHEST, self._point.y)
        else:
            self._point = PadPoint(self._point.x, self.up.value() / _HIGHEST)
        self._is_picking = True
        self.point_picked.emit(self._point)

    @Slot()
    def _on_key_released(self) -> None:
        if self._is_picking:
            self._is_picking = False
            self.pick_ended.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.across.setGeometry(QRect(0, self.height() - _BAR_PX, self.width(), _BAR_PX))
        self.up.setGeometry(QRect(0, 0, _BAR_PX, self.height()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
