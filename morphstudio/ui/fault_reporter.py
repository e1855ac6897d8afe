"""Takes errors that nobody expected: into the log, and before the user as far as they matter to them.

One is told in the message bar, and the program goes on. Several that differ, soon after one another, are told
by a dialog, after the session is saved.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from morphstudio.logs import log_path
from morphstudio.ui.crash_dialog import CrashDialog, Rescue
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.theme import Theme

_TOO_MANY, _WITHIN_S = 3, 10.0
"""So many different faults within so long a time are more than a slip."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Fault:
    place: str
    report: str


class FaultReporter(QObject):
    """Takes what no slot and no thread caught.

    Parameters
    ----------
    theme : Theme
    message_bar : MessageBar
    window : QWidget
        That the dialog stands over; also the parent.
    save_session : callable or None
        Saves what is in the session beside its own file, and returns where; None where there was nothing.
    """

    quit_chosen = Signal()
    """The user wants the program to end; the session was saved as far as it could be."""
    _faulted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        message_bar: MessageBar,
        window: QWidget,
        save_session: Callable[[], Path | None] | None = None,
    ) -> None:
        super().__init__(window)
        self._theme, self._bar, self._window = theme, message_bar, window
        self._save_session = save_session
        self._seen: dict[str, tuple[float, str]] = {}
        self._forgiven: set[str] = set()
        self._dialog: CrashDialog | None = None
        self._is_asking = False
        # Queued: faults happen in any thread, and in the middle of painting.
        self._faulted.connect(self._on_faulted, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of this process."""
        sys.excepthook = self.report
        threading.excepthook = self._report_of_thread

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error and tell of it; of many from one place only the first is told."""
        _log.error("Unexpected error", exc_info=(kind, error, trace))
        report = "".join(traceback.format_exception(kind, error, trace))
        place = kind.__name__
        while trace is not None:
            place = f"{kind.__name__} {trace.tb_frame.f_code.co_filename} {trace.tb_lineno}"
            trace = trace.tb_next
        self._faulted.emit(_Fault(place, report))

    def _report_of_thread(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None:
            self.report(details.exc_type, details.exc_value, details.exc_traceback)

    @Slot(object)
    def _on_faulted(self, fault: _Fault) -> None:
        if self._is_asking:
            # One question at a time, and none about the question itself.
            if self._dialog is not None:
                self._dialog.add_report(fault.report)
            self._forgiven.add(fault.place)
            return
        if fault.place in self._forgiven:
            return
        is_new = fault.place not in self._seen
        now_s = time.monotonic()
        self._seen[fault.place] = (now_s, fault.report)
        recent = {
            place: report
            for place, (seen_s, report) in self._seen.items()
            if now_s - seen_s <= _WITHIN_S and place not in self._forgiven
        }
        if len(recent) >= _TOO_MANY:
            self._forgiven.update(recent)  # who goes on is not asked about these again
            self._ask("\n".join(recent.values()))
        elif is_new:
            self._tell()

    def _tell(self) -> None:
        self._bar.show_message(
            "error",
            self.tr("Something went wrong"),
            self.tr("MorphStudio met an error that it did not expect, and goes on."),
            self.tr("The details are in {path}.").format(path=log_path()),
        )

    def _ask(self, report: str) -> None:
        """Save the session, then open the dialog. What fails meanwhile is only logged."""
        self._is_asking = True
        try:
            rescue, saved = self._rescue()
            dialog = CrashDialog(self._theme, report, log_path(), rescue, saved, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.quit_chosen.connect(self.quit_chosen)
            dialog.finished.connect(self._on_answered)
            self._dialog = dialog
            dialog.open()  # not exec: what still works goes on behind it
        except Exception:  # noqa: BLE001 whatever it is, telling it must not fail again
            _log.exception("The dialog about an error failed itself")
            self._on_answered()

    def _rescue(self) -> tuple[Rescue, Path | None]:
        if self._save_session is None:
            return Rescue.NOTHING_TO_SAVE, None
        try:
            saved = self._save_session()
        except Exception:  # noqa: BLE001 the dialog says so
            _log.exception("The session could not be saved after an error")
            return Rescue.FAILED, None
        return (Rescue.SAVED if saved is not None else Rescue.NOTHING_TO_SAVE), saved

    @Slot()
    def _on_answered(self) -> None:
        self._dialog = None
        self._is_asking = False
