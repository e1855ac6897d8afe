"""Brings errors that nobody expected into the log, and says once in the window where that is."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from morphstudio.logs import log_path
from morphstudio.ui.message_bar import MessageBar

_log = logging.getLogger(__name__)


class FaultReporter(QObject):
    """Takes what no slot and no thread caught.

    Parameters
    ----------
    message_bar : MessageBar
    parent : QObject
    """

    _faulted = Signal(str)

    def __init__(self, message_bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = message_bar
        self._places: set[str] = set()
        # Queued: faults happen in any thread, and in the middle of painting.
        self._faulted.connect(self._on_faulted, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of this process."""
        sys.excepthook = self.report
        threading.excepthook = self._report_of_thread

    def report(
        self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        """Log an error and tell of it; of many from one place only the first is told."""
        _log.error("Unexpected error", exc_info=(kind, error, traceback))
        place = kind.__name__
        while traceback is not None:
            place = f"{kind.__name__} {traceback.tb_frame.f_code.co_filename} {traceback.tb_lineno}"
            traceback = traceback.tb_next
        self._faulted.emit(place)

    def _report_of_thread(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None:
            self.report(details.exc_type, details.exc_value, details.exc_traceback)

    @Slot(str)
    def _on_faulted(self, place: str) -> None:
        if place in self._places:
            return
        self._places.add(place)
        self._bar.show_message(
            "error",
            self.tr("Something went wrong"),
            self.tr("MorphStudio met an error that it did not expect, and goes on."),
            self.tr("The details are in {path}.").replace("{path}", str(log_path())),
        )
