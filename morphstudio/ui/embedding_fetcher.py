"""Has the weights of the embedding fetched, watched by a thread of its own. It knows no widget."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.errors import MorphStudioError
from morphstudio.library.embedding_weights import FETCH_COMMAND, EmbeddingWeights, download, is_there, remove

_log = logging.getLogger(__name__)
_END_S = 2.0


class _Fetch(QObject):
    """One download; what it says is heard in the thread of whoever listens."""

    progressed = Signal(object, object, object)
    ended = Signal(object, object)
    """This object, and the `MorphStudioError`, or None."""

    def __init__(self, weights: EmbeddingWeights, folder: Path, command: Sequence[str]) -> None:
        super().__init__()
        self._weights, self._folder, self._command = weights, folder, command
        self._is_cancelled = threading.Event()
        # A daemon: the program does not wait for a disk that does not answer.
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)

    def start(self) -> None:
        """Begin; ends by itself."""
        self._thread.start()

    def cancel(self) -> None:
        """End soon."""
        self._is_cancelled.set()

    def wait(self) -> None:
        """Until it has ended, but not for long."""
        self._thread.join(_END_S)

    def _run(self) -> None:
        error: MorphStudioError | None = None
        try:
            download(self._weights, self._folder, self._tell, self._is_cancelled.is_set, self._command)
        except MorphStudioError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001 nobody hears what a thread raises
            _log.exception("Fetching ended")
            error = MorphStudioError("Can't fetch the neural embedding", f"Fetching ended with {raised!r}.")
        self.ended.emit(self, error)

    def _tell(self, n_done: int, n_total: int) -> None:
        self.progressed.emit(self, n_done, n_total)


class EmbeddingFetcher(QObject):
    """Runs one download at a time.

    Parameters
    ----------
    weights : EmbeddingWeights
    folder : Path
        The user's, for what is fetched.
    command : sequence of str
        What fetches.
    """

    progressed = Signal(object, object)
    """Bytes that have come, and all bytes; numbers beyond what an int of Qt holds are possible."""
    finished = Signal()
    """The weights are there."""
    cancelled = Signal()
    failed = Signal(object)
    """`MorphStudioError`."""

    def __init__(
        self,
        weights: EmbeddingWeights,
        folder: Path,
        command: Sequence[str] = FETCH_COMMAND,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._weights, self._folder, self._command = weights, folder, command
        self._fetch: _Fetch | None = None

    @property
    def folder(self) -> Path:
        """Where the weights are, or would be."""
        return self._folder

    @property
    def is_there(self) -> bool:
        """Whether the weights are on this computer."""
        return is_there(self._weights, self._folder)

    @property
    def is_running(self) -> bool:
        """Whether a download goes on."""
        return self._fetch is not None

    @Slot()
    def fetch(self) -> None:
        """Begin, unless it runs already; one of the signals ends it."""
        if self._fetch is not None:
            return
        fetch = self._fetch = _Fetch(self._weights, self._folder, self._command)
        fetch.progressed.connect(self._on_progressed)
        fetch.ended.connect(self._on_ended)
        fetch.start()

    @Slot()
    def cancel(self) -> None:
        """Give up; what came so far is removed by the thread."""
        fetch, self._fetch = self._fetch, None
        if fetch is not None:
            fetch.cancel()
            self.cancelled.emit()

    def remove(self) -> None:
        """Delete the weights.

        Raises
        ------
        MorphStudioError
            If that is not possible.
        """
        remove(self._weights, self._folder)

    def shut_down(self) -> None:
        """Give up, and say nothing any more."""
        fetch, self._fetch = self._fetch, None
        if fetch is not None:
            fetch.cancel()
            fetch.wait()

    @Slot(object, object, object)
    def _on_progressed(self, fetch: _Fetch, n_done: int, n_total: int) -> None:
        if fetch is self._fetch:
            self.progressed.emit(n_done, n_total)

    @Slot(object, object)
    def _on_ended(self, fetch: _Fetch, error: MorphStudioError | None) -> None:
        if fetch is not self._fetch:
            return
        self._fetch = None
        if error is None:
            self.finished.emit()
        else:
            self.failed.emit(error)
