"""The window: where each part is, what is dropped on it, and that it closes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.controls import em
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.side_panel import SidePanel
from morphstudio.ui.theme import Theme
from morphstudio.ui.transport import TransportBar


class MainWindow(QMainWindow):
    """Composes the views.

    Parameters
    ----------
    theme : Theme
    pad, spectrogram : QWidget
        The middle and the strip at the bottom.

    `paths_dropped` carries a list of Path; `closing` is the last chance to stop what runs.
    """

    paths_dropped = Signal(object)
    closing = Signal()

    def __init__(self, theme: Theme, pad: QWidget, spectrogram: QWidget) -> None:
        super().__init__()
        self.setWindowTitle("MorphStudio")
        self.setAcceptDrops(True)
        self.setMinimumSize(1100, 640)
        self.transport = TransportBar(theme, self)
        self.message_bar = MessageBar(theme, self)
        self.browser = BrowserPanel(theme, self)
        self.side_panel = SidePanel(self)
        unit = em(self)
        self.browser.setMinimumWidth(unit * 14)
        self.side_panel.setMinimumWidth(unit * 14)

        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        for index, part in enumerate((self.browser, pad, self.side_panel)):
            columns.addWidget(part)
            columns.setStretchFactor(index, int(part is pad))
        columns.setSizes([unit * 19, unit * 62, unit * 18])
        rows = QSplitter(Qt.Orientation.Vertical, self)
        rows.setHandleWidth(1)
        rows.setChildrenCollapsible(False)
        rows.addWidget(columns)
        rows.addWidget(spectrogram)
        rows.setStretchFactor(0, 3)
        rows.setStretchFactor(1, 1)
        rows.setSizes([700, 240])

        central = QWidget(self)
        central.setObjectName("central")
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addWidget(self.message_bar)
        layout.addWidget(rows, 1)
        self.setCentralWidget(central)
        pad.setFocus()
        play = QShortcut(QKeySequence(Qt.Key.Key_Space), self)
        play.activated.connect(self.transport.toggle_play)

    def sizeHint(self) -> QSize:
        return QSize(1600, 1000)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.browser.set_dragging(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.browser.set_dragging(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.browser.set_dragging(False)
        paths = _local_paths(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.paths_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.accept()


def _local_paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
