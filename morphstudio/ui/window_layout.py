"""Where the window and the borders between its parts are: to be remembered, and to be put back.

What was remembered may fit no more: a screen has gone, or shrunk, or the window has other parts now.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter

from morphstudio.settings import WindowSettings

_VISIBLE_SHARE = 0.4
"""Of the window; where no screen shows so much of it, its screen is taken to have gone."""


class WindowLayout:
    """Captures and restores one window.

    Parameters
    ----------
    window : QMainWindow
    columns, rows : QSplitter
        Browser, pad and panel; all of these and the spectrogram.
    """

    def __init__(self, window: QMainWindow, columns: QSplitter, rows: QSplitter) -> None:
        self._window, self._columns, self._rows = window, columns, rows

    def capture(self) -> WindowSettings:
        """How the window is now; of a maximised one, the place that it goes back to."""
        place = self._window.normalGeometry()
        is_maximized = self._window.isMaximized()
        if not place.isValid():  # not every platform knows a place to go back to
            place = self._window.geometry()
        return WindowSettings(
            (place.x(), place.y(), place.width(), place.height()),
            is_maximized,
            tuple(self._columns.sizes()),
            tuple(self._rows.sizes()),
        )

    def restore(self, settings: WindowSettings) -> bool:
        """Put the window back, before or after it is shown; says whether the borders were put back too.

        Those that were not are to be placed as at the first start.
        """
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        place = fitting_place(settings.place, screens)
        if place is not None:
            self._window.setGeometry(place)
        if settings.is_maximized:
            self._window.showMaximized()
        fits = are_sizes_of(settings.columns, self._columns.count()) and are_sizes_of(
            settings.rows, self._rows.count()
        )
        if fits:
            self._columns.setSizes(list(settings.columns))
            self._rows.setSizes(list(settings.rows))
        return fits


def fitting_place(place: Sequence[int], screens: Sequence[QRect]) -> QRect | None:
    """Return where to put the window: inside a screen that shows most of it; None where there is none.

    Parameters
    ----------
    place : sequence of int
        x, y, width, height in device-independent pixels, as they were remembered.
    screens : sequence of QRect
        What of each screen there is now is free for windows.
    """
    if len(place) != 4 or place[2] <= 0 or place[3] <= 0 or not screens:
        return None
    if any(abs(number) > 1_000_000 for number in place):
        return None
    remembered = QRect(*place)
    screen = max(screens, key=lambda screen: _area(screen.intersected(remembered)))
    if _area(screen.intersected(remembered)) < _VISIBLE_SHARE * _area(remembered):
        return None
    width, height = min(place[2], screen.width()), min(place[3], screen.height())
    x = min(max(place[0], screen.left()), screen.left() + screen.width() - width)
    y = min(max(place[1], screen.top()), screen.top() + screen.height() - height)
    return QRect(x, y, width, height)


def are_sizes_of(sizes: Sequence[int], n_parts: int) -> bool:
    """Whether these can be the sizes in pixels of so many parts, at least one of which is seen."""
    return len(sizes) == n_parts and all(0 <= size <= 1_000_000 for size in sizes) and sum(sizes) > 0


def _area(rect: QRect) -> int:
    return max(rect.width(), 0) * max(rect.height(), 0)
