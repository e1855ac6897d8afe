"""Has files listened to, and keeps what was heard: the processes seen from the window. It knows no widget.

What was heard is told a few times a second, all of it together, after it was written to the index. Where it
cannot be written, because the disk is full, that is said once; it is told all the same, and written as soon
as there is room.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.errors import MorphStudioError
from morphstudio.library.analysis import Analysis
from morphstudio.library.analysis_pool import AnalysisPool
from morphstudio.library.analysis_process import ANALYSIS_COMMAND, EMBEDDING_OPTION
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import IndexedFile, Stamp

_BATCH_S = 0.2

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _News:
    """What the pool told since somebody took it."""

    heard: list[tuple[Path, Stamp, bytes, Analysis]] = field(default_factory=list)
    errors: list[MorphStudioError] = field(default_factory=list)
    not_embedded: MorphStudioError | None = None
    progress: tuple[int, int, float] | None = None
    is_idle: bool = False


class _Ears:
    """Takes down what the pool tells, in the pool's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._news = _News()
        self.has_news = threading.Event()

    def take(self) -> _News:
        """What was told since this was called."""
        with self._lock:
            news, self._news = self._news, _News()
            self.has_news.clear()
        return news

    def analysed(self, path: Path, stamp: Stamp, fingerprint: bytes, analysis: Analysis) -> None:
        with self._lock:
            self._news.heard.append((path, stamp, fingerprint, analysis))
            self._news.is_idle = False
            self.has_news.set()

    def progressed(self, n_done: int, n_total: int, seconds_left: float) -> None:
        with self._lock:
            self._news.progress = (n_done, n_total, seconds_left)
            self._news.is_idle = False
            self.has_news.set()

    def idle(self) -> None:
        with self._lock:
            self._news.is_idle = True
            self.has_news.set()

    def not_embedded(self, error: MorphStudioError) -> None:
        with self._lock:
            self._news.not_embedded = error
            self.has_news.set()

    def failed(self, error: MorphStudioError) -> None:
        with self._lock:
            self._news.errors.append(error)
            self.has_news.set()


class AnalysisReader(QThread):
    """Listens to files and keeps what was heard; the thread writes.

    Parameters
    ----------
    index_path : Path
        Of the library's index.
    command : sequence of str
        What listens.
    n_workers : int, optional
        Most processes at once; what suits the machine if it is not given.
    """

    analysed = Signal(object)
    """Tuple of `IndexedFile`, each with an analysis: in the index by now."""
    progressed = Signal(int, int, float)
    """So many of so many files are done, and the seconds left: infinite while they are not known."""
    idle = Signal()
    """Nothing waits any more."""
    failed = Signal(object)
    """`MorphStudioError`."""
    embedding_failed = Signal(object)
    """`MorphStudioError`: there are no embeddings, though they were asked for; all else is told."""

    def __init__(
        self,
        index_path: Path,
        command: Sequence[str] = ANALYSIS_COMMAND,
        n_workers: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._index_path, self._command = index_path, tuple(command)
        self._added_s: dict[str, float] = {}
        self._ears = _Ears()
        self._has_ended = threading.Event()
        self._unwritten: list[IndexedFile] = []
        self._is_full = False
        self._pool = AnalysisPool(self._ears, n_workers, command)

    @property
    def index_path(self) -> Path:
        """The file that is written."""
        return self._index_path

    def submit(self, files: Iterable[IndexedFile]) -> None:
        """Have these files listened to, after those that wait."""
        files = list(files)
        self._added_s.update((file.path, file.added_s) for file in files)
        self._pool.submit(Path(file.path) for file in files)

    def embed_by(self, folder: Path | None) -> None:
        """Have embeddings made from now on, by the weights in this folder; None is without."""
        embedding = () if folder is None else (EMBEDDING_OPTION, str(folder))
        self._pool.use((*self._command, *embedding))
        if folder is None:
            self._pool.cancel_again()

    def submit_again(self, added_s: Mapping[str, float]) -> None:
        """Have files listened to again, whenever no other waits: absolute path to when each was added."""
        self._added_s.update(added_s)
        self._pool.submit_again(map(Path, added_s))

    def want_first(self, paths: Iterable[Path]) -> None:
        """Take these first, in this order, of those that wait: they are in view."""
        self._pool.want_first(paths)

    def cancel(self) -> None:
        """Forget what waits; what is listened to now is finished and told."""
        self._pool.cancel()

    def pause(self) -> None:
        """Begin no other file: something needs the cores."""
        self._pool.pause()

    def rest(self) -> None:
        """End those who listen: something needs the cores and the memory."""
        self._pool.rest()

    def resume(self) -> None:
        """Go on after a pause, or a rest."""
        self._pool.resume()

    def stop(self) -> None:
        """End the processes, write what was heard, end the thread."""
        self._pool.stop()
        self._has_ended.set()
        self._ears.has_news.set()
        self.wait()

    def run(self) -> None:
        """Thread body: write and tell."""
        with LibraryIndex(self._index_path) as index:
            notice = index.notice  # of what is so from the beginning, another reader of it tells
            while not self._has_ended.is_set():
                self._ears.has_news.wait()
                self._pass_on(index)
                if index.notice is not None and index.notice is not notice:
                    notice = index.notice
                    self.failed.emit(notice)
                self._has_ended.wait(_BATCH_S)
            self._pass_on(index)

    def _pass_on(self, index: LibraryIndex) -> None:
        news = self._ears.take()
        now_s = time.time()
        heard = [
            IndexedFile(
                str(path),
                stamp,
                self._added_s.pop(str(path), now_s),
                analysis=analysis,
                fingerprint=fingerprint,
            )
            for path, stamp, fingerprint, analysis in news.heard
        ]
        self._write(index, heard)
        if heard:
            self.analysed.emit(tuple(heard))
        for error in news.errors:
            self.failed.emit(error)
        if news.not_embedded is not None:
            self.embedding_failed.emit(news.not_embedded)
        if news.progress is not None:
            self.progressed.emit(*news.progress)
        if news.is_idle:
            self.idle.emit()

    def _write(self, index: LibraryIndex, heard: list[IndexedFile]) -> None:
        self._unwritten += heard
        if not self._unwritten:
            return
        try:
            index.put(self._unwritten)
        except MorphStudioError as error:
            _log.warning("What was heard of %d files could not be written: %s", len(self._unwritten), error)
            if not self._is_full:
                self._is_full = True
                self.failed.emit(error)
        else:
            self._is_full = False
            self._unwritten.clear()
