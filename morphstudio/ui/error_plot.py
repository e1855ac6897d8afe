"""The curve of a tuning: how the error on the loops falls. Painted, so that it costs next to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.theme import Theme, scaled, tabular

_LEAST_RANGE_DB = 1.0
"""Or the noise of a model that hardly changes would fill the plot."""


class ErrorPlot(QWidget):
    """Errors over time, the first and the best of them in figures.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: tuple[tuple[float, float], ...] = ()
        self._total_s = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_points((), 1.0)
        theme.changed.connect(self.update)

    @property
    def caption(self) -> str:
        """What the plot says in words: the error before, and the best since."""
        if not self._points:
            return self.tr("measuring the error…")
        first, best = self._points[0][1], min(error for _, error in self._points)
        if len(self._points) == 1:
            return self.tr("spectral error %1 dB").replace("%1", f"{first:.1f}")
        text = self.tr("spectral error %1 → %2 dB")
        return text.replace("%1", f"{first:.1f}").replace("%2", f"{best:.1f}")

    def set_points(self, points: Sequence[tuple[float, float]], total_s: float) -> None:
        """Show these (seconds, dB), on an axis of `total_s`."""
        self._points, self._total_s = tuple(points), max(total_s, 1e-3)
        self.setAccessibleName(self.caption)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 8, round(em(self) * 3.8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.caption)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        well = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.role("well"))
        painter.drawRoundedRect(well, em(self) * 0.3, em(self) * 0.3)
        margin = em(self) * 0.45
        painter.setFont(tabular(scaled(self.font(), 0.85)))
        painter.setPen(self._theme.role("text_dim"))
        text = well.adjusted(margin, margin * 0.7, -margin, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, self.caption)
        if self._points:
            height = painter.fontMetrics().height()
            self._paint_curve(painter, well.adjusted(margin, height + margin * 1.1, -margin, -margin))

    def _paint_curve(self, painter: QPainter, area: QRectF) -> None:
        errors = [error for _, error in self._points]
        top, bottom = max(errors), min(errors)
        range_db = max(top - bottom, _LEAST_RANGE_DB)
        places = [
            QPointF(
                area.left() + area.width() * min(1.0, at_s / self._total_s),
                area.top() + area.height() * (top - error) / range_db,
            )
            for at_s, error in self._points
        ]
        good = self._theme.role("good")
        wash = self._theme.role("good")
        wash.setAlphaF(0.12)
        path = QPainterPath(QPointF(places[0].x(), area.bottom()))
        for place in (*places, QPointF(places[-1].x(), area.bottom())):
            path.lineTo(place)
        painter.fillPath(path, wash)
        painter.setPen(QPen(good, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(good)
        painter.drawEllipse(places[-1], 2.2, 2.2)
