"""Icons in what paints itself: each is drawn once, not at every repaint."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from morphstudio.ui.icons import pixmap
from morphstudio.ui.theme import Theme


class IconPainter(QObject):
    """Keeps the pictures of one widget, in the colours and the density of now.

    Parameters
    ----------
    theme : Theme
    widget : QWidget
        What is painted; also the parent.
    """

    def __init__(self, theme: Theme, widget: QWidget) -> None:
        super().__init__(widget)
        self._theme, self._widget = theme, widget
        self._kept: dict[tuple[str, str, int], QPixmap] = {}
        theme.changed.connect(self._on_theme_changed)

    def paint(self, painter: QPainter, name: str, role: str, area: QRect | QRectF, side_px: int) -> None:
        """Paint an icon, `side_px` high and wide, in the middle of an area; see `icons.icon`."""
        density = self._widget.devicePixelRatioF()
        key = (name, role, round(side_px * density))
        if key not in self._kept:
            self._kept[key] = pixmap(name, self._theme.role(role), key[2])
            self._kept[key].setDevicePixelRatio(density)
        corner = QRectF(area).center() - QPointF(side_px / 2, side_px / 2)
        painter.drawPixmap(corner, self._kept[key])

    @Slot()
    def _on_theme_changed(self) -> None:
        self._kept.clear()
        self._widget.update()
