"""The handles by which what is heard, or a pack that was written, is dragged into a DAW."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.theme import Theme

_N_COLUMNS, _N_ROWS = 2, 4


class DragHandle(QPushButton):
    """A button with a grip: `picked_up` says that it was pressed, by mouse or keyboard.

    Parameters
    ----------
    theme : Theme
    """

    picked_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_released_by_mouse = False
        self.setAutoDefault(True)  # so that Enter presses it too
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)
        self.clicked.connect(self._on_clicked)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""

    @Slot()
    def _on_clicked(self) -> None:
        if not self._is_released_by_mouse:  # which has picked it up already
            self.picked_up.emit()

    def _grip_width(self) -> int:
        return round(em(self) * 0.9)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked_up.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_released_by_mouse = True
        super().mouseReleaseEvent(event)
        self._is_released_by_mouse = False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._grip_width(), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        style.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        option.rect = option.rect.adjusted(0, 0, -self._grip_width(), 0)
        style.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option, painter, self)
        self._paint_grip(painter)

    def _paint_grip(self, painter: QPainter) -> None:
        unit = em(self)
        step, radius = unit * 0.26, unit * 0.075
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.role("text" if self.isEnabled() else "text_disabled"))
        right, middle = self.width() - unit * 0.85, self.height() / 2
        for column in range(_N_COLUMNS):
            for row in range(_N_ROWS):
                y = middle + (row - (_N_ROWS - 1) / 2) * step
                painter.drawEllipse(QPointF(right - column * step, y), radius, radius)


class DragOutHandle(DragHandle):
    """By which what is heard is dragged out."""

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        self.setText(self.tr("Drag to DAW"))
        self.setToolTip(self.tr("Drag what you hear into your DAW as a file, written as the last export was"))


class PackHandle(DragHandle):
    """By which all files of a pack are dragged out at once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._n_files = 0
        super().__init__(theme, parent)

    def set_count(self, n_files: int) -> None:
        """Say how many files hang on it."""
        self._n_files = n_files
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        if self._n_files == 1:
            self.setText(self.tr("Drag 1 loop"))
        else:
            self.setText(self.tr("Drag {count} loops").format(count=self._n_files))
        self.setToolTip(self.tr("Drag all loops of the pack into your DAW at once"))
