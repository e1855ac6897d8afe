"""What an empty pad says: how to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.theme import Theme, scaled

_WIDTH_EM = 30


class PadWelcome(QWidget):
    """First-run hints, and a button for those who have no loops at hand.

    Parameters
    ----------
    theme : Theme
    parent : QWidget
    """

    demo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title, self._remark = QLabel(self), QLabel(self)
        self._title.setFont(scaled(self.font(), 1.35, QFont.Weight.Medium))
        self._remark.setProperty("dim", True)
        self.demo_button = QPushButton(self)
        self.demo_button.clicked.connect(self.demo_requested)
        unit = em(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        column.setSpacing(round(0.6 * unit))
        for label in (self._title, self._remark):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(unit)
        column.addWidget(self.demo_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self._title.setText(self.tr("Drop loops or folders here"))
        self._remark.setText(
            self.tr("Each becomes a dot; what sounds alike lies close. Press between dots and drag to morph.")
        )
        self.demo_button.setText(self.tr("Play with the demo loops"))

    def fit(self, room: QRect) -> None:
        """Go to the middle of a part of the pad; where that is low, say only the most important."""
        width = min(room.width(), _WIDTH_EM * em(self))
        self._remark.show()
        height = self.heightForWidth(width)
        if height > room.height():
            self._remark.hide()
            height = min(self.heightForWidth(width), room.height())
        place = QRect(0, 0, width, height)
        place.moveCenter(room.center())
        self.setGeometry(place)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.role("border_strong"), 1.5, Qt.PenStyle.DashLine))
        corner = 0.9 * em(self)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)
