"""What reads and writes sessions' files does so in a thread, one after the other. It knows no widget."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Slot

from morphstudio.errors import MorphStudioError
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.work import Work

_log = logging.getLogger(__name__)

_TELLING_MS = 400
"""What takes less than this is not shown: the window would only twitch."""


class _Job(QThread):
    """One thing to do, and what to do with what comes of it."""

    def __init__(
        self,
        title: str,
        act: Callable[[], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.title, self.then, self.otherwise = title, then, otherwise
        self._act = act
        self.result: Any = None
        self.error: MorphStudioError | None = None

    def run(self) -> None:
        """Thread body."""
        try:
            self.result = self._act()
        except MorphStudioError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 nobody hears what a thread raises
            _log.exception("%s failed", self.title)
            self.error = MorphStudioError(self.title, f"It ended with {error!r}.")


class SessionJobs(QObject):
    """Does one thing after the other in a thread, and shows those that take a while.

    Parameters
    ----------
    message_bar : MessageBar
        Is told what goes wrong.
    parent : QObject
    """

    def __init__(self, message_bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = message_bar
        self._waiting: deque[_Job] = deque()
        self._current: _Job | None = None
        self._work: Work | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_TELLING_MS)
        self._patience.timeout.connect(self._on_patience_ended)

    def do(
        self,
        title: str,
        act: Callable[[], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[], object] = lambda: None,
    ) -> None:
        """Do something in the thread.

        Parameters
        ----------
        title : str
            What people read meanwhile.
        act : callable
            Runs in the thread.
        then, otherwise : callable
            Called in the GUI thread: with what came of it; or, after the error was told, where it failed.
        """
        job = _Job(title, act, then, otherwise, self)
        job.finished.connect(self._on_finished)
        self._waiting.append(job)
        self._go_on()

    def finish(self) -> None:
        """Wait until all is done."""
        while self._current is not None:
            self._current.wait()
            self._end(self._current)

    def _go_on(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._patience.start()
            self._current.start()

    @Slot()
    def _on_patience_ended(self) -> None:
        if self._current is not None:
            self._work = self._bar.begin_work(self._current.title)

    @Slot()
    def _on_finished(self) -> None:
        if self._current is not None and self._current is self.sender():  # else it was waited for
            self._end(self._current)

    def _end(self, job: _Job) -> None:
        job.wait()
        self._patience.stop()
        if self._work is not None:
            self._work.finish()
        self._work = self._current = None
        job.deleteLater()
        if job.error is not None:
            self._bar.show_error(job.error)
            job.otherwise()
        else:
            job.then(job.result)
        self._go_on()
