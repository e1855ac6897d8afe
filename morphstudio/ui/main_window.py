"""The window: where each part is, what is dropped on it, and that it closes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from morphstudio.settings import WindowSettings
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.entry_model import ENTRIES_MIME
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.side_panel import SidePanel
from morphstudio.ui.theme import Theme
from morphstudio.ui.transport import TransportBar
from morphstudio.ui.window_layout import WindowLayout

_BROWSER_SHARE = 0.19
_SIDE_SHARE = 0.182
_SPECTROGRAM_SHARE = 0.242
"""Of the window's width and height, until a hand moves a border."""
_SCREEN_SHARE = 0.94
"""Of the screen, for the window and its title bar."""


class DropFrame(QWidget):
    """A frame around the window while files are held over it; never in the way of the mouse."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wash = self._theme.role("accent")
        wash.setAlphaF(0.06)
        painter.fillRect(self.rect(), wash)
        painter.setPen(QPen(self._theme.role("accent"), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class MainWindow(QMainWindow):
    """Composes the views.

    Parameters
    ----------
    theme : Theme
    pad, spectrogram : QWidget
        The middle and the strip at the bottom.
    """

    paths_dropped = Signal(object)
    """List of Path: files and folders, emitted once the drop itself is over."""
    closing = Signal()
    """The window is about to close; what runs must stop before the slots return."""
    _drop_taken = Signal(object)

    def __init__(self, theme: Theme, pad: QWidget, spectrogram: QWidget) -> None:
        super().__init__()
        self.setWindowTitle("MorphStudio")
        self.setAcceptDrops(True)
        self.setMinimumSize(1100, 640)
        self.transport = TransportBar(theme, self)
        self.message_bar = MessageBar(theme, self)
        self.browser = BrowserPanel(theme, self)
        self.side_panel = SidePanel(theme, self)
        self._columns = _splitter(Qt.Orientation.Horizontal, (self.browser, pad, self.side_panel), pad)
        self._rows = _splitter(Qt.Orientation.Vertical, (self._columns, spectrogram), self._columns)
        self._is_sized_by_hand = False

        central = QWidget(self)
        central.setObjectName("central")
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addWidget(self.message_bar)
        layout.addWidget(self._rows, 1)
        self.setCentralWidget(central)
        self._drop_frame = DropFrame(theme, self)
        self._pad = pad
        pad.setFocus()
        self._layout = WindowLayout(self, self._columns, self._rows)
        self.resize(self._fitting_size())

        self._columns.splitterMoved.connect(self._on_splitter_moved)
        self._rows.splitterMoved.connect(self._on_splitter_moved)
        self.browser.wide_toggled.connect(self._on_wide_toggled)
        # Queued: the application that the files come from waits until the drop returns.
        self._drop_taken.connect(self.paths_dropped, Qt.ConnectionType.QueuedConnection)

    def restore_layout(self, settings: WindowSettings) -> None:
        """Be where it was, and as it was divided."""
        self._is_sized_by_hand = self._layout.restore(settings)

    def layout_settings(self) -> WindowSettings:
        """Where it is now; borders only where a hand has moved one."""
        settings = self._layout.capture()
        return settings if self._is_sized_by_hand else replace(settings, columns=(), rows=())

    @Slot()
    def switch_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _share_out(self) -> None:
        left = max(round(self.width() * _BROWSER_SHARE), self.browser.minimumWidth())
        right = max(round(self.width() * _SIDE_SHARE), self.side_panel.minimumWidth())
        self._columns.setSizes([left, self.width() - left - right, right])
        bottom = round(self.height() * _SPECTROGRAM_SHARE)
        self._rows.setSizes([self._rows.height() - bottom, bottom])

    def _show_drag(self, is_dragging: bool) -> None:
        self._drop_frame.setVisible(is_dragging)
        self._drop_frame.raise_()
        self.browser.set_dragging(is_dragging)

    def _fitting_size(self) -> QSize:
        """As large as drawn, where the screen has room for that."""
        return self.sizeHint().boundedTo(self.screen().availableGeometry().size() * _SCREEN_SHARE)

    @Slot()
    def let_go(self) -> None:
        """End the search, or close the newest message."""
        field = self.browser.search_field
        if field.hasFocus() and not field.text():
            self._pad.setFocus()
        elif field.text():
            self.browser.clear_filter()
        elif not self.browser.let_go():
            self.message_bar.close_newest()

    @Slot()
    def _on_splitter_moved(self) -> None:
        self._is_sized_by_hand = True

    @Slot(bool)
    def _on_wide_toggled(self, is_wide: bool) -> None:
        left = self.browser.wide_width if is_wide else round(self.width() * _BROWSER_SHARE)
        right = self.side_panel.width()
        self._columns.setSizes([left, self._columns.width() - left - right, right])
        self._is_sized_by_hand = True

    def sizeHint(self) -> QSize:
        return QSize(1600, 1000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop_frame.setGeometry(self.rect())
        if not self._is_sized_by_hand:
            self._share_out()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _are_from_elsewhere(event) and _local_paths(event.mimeData()):
            _take(event)
            self._show_drag(True)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _take(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drag(False)
        paths = _local_paths(event.mimeData())
        if paths:
            _take(event)
            self._drop_taken.emit(paths)
        else:
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()


def _splitter(orientation: Qt.Orientation, parts: tuple[QWidget, ...], growing: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for index, part in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(index, int(part is growing))
    return splitter


def _are_from_elsewhere(event: QDropEvent) -> bool:
    """Whether what is dragged is not our own: a render on its way out, or a row of the browser."""
    return event.source() is None and not event.mimeData().hasFormat(ENTRIES_MIME)


def _take(event: QDropEvent) -> None:
    # A file manager proposes to move; the files stay where they are.
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _local_paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
