"""A small picture of the pad with the places of a pack on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from morphstudio.morph.request import PadPoint
from morphstudio.ui.controls import em
from morphstudio.ui.theme import Theme

_SIDE_EM = 8


class PackPicture(QWidget):
    """Dots of the pad, and where the files of a pack lie among them.

    Parameters
    ----------
    theme : Theme
    dots : sequence of PadPoint
    """

    def __init__(self, theme: Theme, dots: Sequence[PadPoint], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._dots = theme, tuple(dots)
        self._points: tuple[PadPoint, ...] = ()
        self._is_way = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def points(self) -> tuple[PadPoint, ...]:
        """What is shown."""
        return self._points

    def show_points(self, points: Sequence[PadPoint], *, is_way: bool) -> None:
        """Show places of a pack; joined by a line where one follows the other."""
        self._points, self._is_way = tuple(points), is_way
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE_EM * em(self), _SIDE_EM * em(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = em(self)
        painter.setPen(QPen(self._theme.role("border_strong"), 1.0))
        painter.setBrush(self._theme.role("well"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), unit * 0.35, unit * 0.35)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.role("text_faint"))
        for dot in self._dots:
            painter.drawEllipse(self._at(dot), unit * 0.16, unit * 0.16)
        places = [self._at(point) for point in self._points]
        if self._is_way:
            painter.setPen(QPen(self._theme.role("accent"), 1.0))
            painter.drawPolyline(places)
        painter.setPen(QPen(self._theme.role("well"), 1.0))
        painter.setBrush(self._theme.role("accent_text"))
        for place in places:
            painter.drawEllipse(place, unit * 0.24, unit * 0.24)

    def _at(self, point: PadPoint) -> QPointF:
        margin = em(self) * 0.8
        width, height = self.width() - 2.0 * margin, self.height() - 2.0 * margin
        return QPointF(margin + point.x * width, margin + (1.0 - point.y) * height)
