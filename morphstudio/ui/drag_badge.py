"""A few words beside the mouse, in a window of their own."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from morphstudio.ui.controls import em

_MOST_EMS = 20


class DragBadge(QWidget):
    """Words at the cursor; the mouse goes through. Its colours are the palette's for hints."""

    def __init__(self) -> None:
        kind = Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput
        super().__init__(None, kind | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._text = ""

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_at(self, cursor: QPoint, text: str) -> None:
        """Show words beside a place on the screen."""
        self._set_text(text)
        unit = em(self)
        place = cursor + QPoint(unit, unit)
        screen = QGuiApplication.screenAt(cursor)
        if screen is not None:
            room = screen.availableGeometry()
            place.setX(min(place.x(), room.right() - self.width()))
            place.setY(min(place.y(), room.bottom() - self.height()))
        self.move(place)
        self.show()

    def picture(self, text: str) -> QPixmap:
        """The same as a picture, for the system to carry along."""
        self._set_text(text)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self._paint(painter)
        painter.end()
        return picture

    def _set_text(self, text: str) -> None:
        unit = em(self)
        metrics = QFontMetrics(self.font())
        self._text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, unit * _MOST_EMS)
        self.resize(metrics.horizontalAdvance(self._text) + 2 * unit, round(unit * 1.75))
        self.update()

    def _paint(self, painter: QPainter) -> None:
        # Without rounded corners: where nobody composes windows, what is outside them is black.
        painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
        painter.setBrush(self.palette().color(QPalette.ColorRole.ToolTipBase))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(self.palette().color(QPalette.ColorRole.ToolTipText))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter)
