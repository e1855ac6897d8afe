"""Small controls that several parts of the window share. They know colours and sizes, nothing of sound."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QStyle,
    QWidget,
)

from morphstudio.ui.theme import Theme, scaled


def em(widget: QWidget) -> int:
    """Height of the widget's font in pixels: the unit of every distance."""
    return widget.fontMetrics().height()


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Heading(QLabel):
    """Title of a section: small, spaced capitals."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        font = scaled(self.font(), 0.85, QFont.Weight.DemiBold)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 108)
        self.setFont(font)
        self.setProperty("dim", True)


class Slider(QSlider):
    """A horizontal slider that follows the mouse at once and resets on a double click."""

    def __init__(self, lowest: int, highest: int, default: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._default = default
        self.setRange(lowest, highest)
        self.setValue(default)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setValue(self._default)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        self.setValue(self.value() + round(steps * self.pageStep() / 2))
        event.accept()

    def _follow(self, event: QMouseEvent) -> None:
        knob = em(self)
        span = max(1, self.width() - knob)
        position = min(max(event.position().toPoint().x() - knob // 2, 0), span)
        self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), position, span))


class SpinBox(QSpinBox):
    """A field for a whole number. Style sheets cannot give its text a margin, so it does itself."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.lineEdit().setTextMargins(round(em(self) * 0.4), 0, 0, 0)


class PaintedButton(QAbstractButton):
    """A button that paints itself. Enter presses it, as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Switch(PaintedButton):
    """A row that is switched on and off: its text at the left, a knob in a groove at the right."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        unit = em(self)
        width = self.fontMetrics().horizontalAdvance(self.text()) + round(unit * 2.75)
        return QSize(width, round(unit * 1.2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = round(em(self) * 1.05)
        groove = QRectF(0, 0, round(height * 1.75), height)
        groove.moveCenter(QPointF(self.width() - groove.width() / 2 - 1, self.height() / 2))
        text = self.rect().adjusted(0, 0, -round(groove.width()) - em(self) // 2, 0)
        painter.setPen(self._theme.role("text" if self.isEnabled() else "text_disabled"))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.role(self._groove_role()))
        painter.drawRoundedRect(groove, height / 2, height / 2)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.role("text_strong" if self.isChecked() else "focus"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(groove.adjusted(1, 1, -1, -1), height / 2 - 1, height / 2 - 1)
        knob = QRectF(0, 0, height * 0.72, height * 0.72)
        x = groove.right() - height / 2 if self.isChecked() else groove.left() + height / 2
        knob.moveCenter(QPointF(x, groove.center().y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.role(self._knob_role()))
        painter.drawEllipse(knob)

    def _knob_role(self) -> str:
        if not self.isEnabled():
            return "text_disabled"
        return "on_accent" if self.isChecked() else "text_dim"

    def _groove_role(self) -> str:
        if not self.isEnabled():
            return "track"
        if self.isDown():
            return "accent_pressed" if self.isChecked() else "border_strong"
        if self.isChecked():
            return "accent_hover" if self.underMouse() else "accent"
        return "border_strong" if self.underMouse() else "track"

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


class FlowLayout(QLayout):
    """Puts widgets side by side and starts a new line where the width ends."""

    def __init__(self, gap_px: int) -> None:
        super().__init__()
        self._gap_px = gap_px
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        return QSize(widest, max((item.sizeHint().height() for item in self._items), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line_height = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line_height = rect.x(), y + line_height + self._gap_px, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap_px
            line_height = max(line_height, size.height())
        return y + line_height - rect.y()
