"""The thread that reads dropped files, so that a drop of hundreds never holds the window."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.files import find_audio_files, load_clip
from morphstudio.errors import MorphStudioError
from morphstudio.library.indexed_file import is_text
from morphstudio.library.sounds import Sound, family_of_path, outline
from morphstudio.library.timbre import timbre_vector

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How a drop went.

    Parameters
    ----------
    n_loaded : int
        Sounds that came of it.
    problems : tuple of str
        A sentence for each file that did not load.
    notes : tuple of str
        A sentence for each of which a part was left out.
    unread : tuple of Path
        Files that did not load.
    """

    n_loaded: int
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[Path, ...] = ()


@dataclass(slots=True)
class _Tally:
    """A report that is being written."""

    n_loaded: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    def report(self) -> ImportReport:
        return ImportReport(self.n_loaded, tuple(self.problems), tuple(self.notes), tuple(self.unread))


class Importer(QThread):
    """Reads files in the order in which they were dropped; what somebody waits for to hear comes first.

    Each `add` and each `load` ends in one report, whatever becomes of it.

    Parameters
    ----------
    store : ClipStore
        Where their samples are kept.
    """

    sound_loaded = Signal(object, object)
    """A `Sound` and its timbre vector. The same file with the same sound in it keeps its id."""
    progressed = Signal(int, int)
    """Files of a drop that are done, and files in all; equal when the drop is done."""
    batch_finished = Signal(object)
    """The `ImportReport` of a drop or of a single file, after its sounds."""

    def __init__(self, store: ClipStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._condition = threading.Condition()
        # What the condition guards.
        self._drops: deque[tuple[Path, ...]] = deque()
        self._urgent: deque[Path] = deque()
        self._is_cancelled = False
        self._is_stopping = False
        # What only the thread touches.
        self._ids: dict[tuple[Path, str], str] = {}

    def add(self, paths: Iterable[Path]) -> None:
        """Read these files, and all sound files in these folders."""
        with self._condition:
            self._drops.append(tuple(paths))
            self._condition.notify()

    def load(self, path: Path) -> None:
        """Read one file before everything that waits."""
        with self._condition:
            self._urgent.append(path)
            self._condition.notify()

    def cancel(self) -> None:
        """End the drop that is read, after the file that it is at, and those that wait."""
        with self._condition:
            n_waiting = len(self._drops)
            self._drops.clear()
            self._is_cancelled = True
        for _ in range(n_waiting):
            self.batch_finished.emit(ImportReport(0))

    def stop(self) -> None:
        """End the thread after the file that it is reading."""
        with self._condition:
            self._is_stopping = True
            self._condition.notify()
        self.wait()

    def run(self) -> None:
        """Thread body."""
        while (job := self._next_job()) is not None:
            if isinstance(job, Path):
                self._read_urgent(job)
            else:
                self._read_drop(job)

    def _next_job(self) -> Path | tuple[Path, ...] | None:
        with self._condition:
            self._condition.wait_for(lambda: self._is_stopping or self._urgent or self._drops)
            if self._is_stopping:
                return None
            if self._urgent:
                return self._urgent.popleft()
            self._is_cancelled = False
            return self._drops.popleft()

    def _read_drop(self, drop: tuple[Path, ...]) -> None:
        tally = _Tally()
        files = self._found(drop, tally)
        for n_done, path in enumerate(files):
            while (urgent := self._next_urgent()) is not None:
                self._read_urgent(urgent)
            if self._is_stopping:
                return
            if self._is_cancelled:
                break
            self.progressed.emit(n_done, len(files))
            self._read(path, tally)
        self.progressed.emit(len(files), len(files))
        self.batch_finished.emit(tally.report())

    def _next_urgent(self) -> Path | None:
        with self._condition:
            return self._urgent.popleft() if self._urgent and not self._is_stopping else None

    def _read_urgent(self, path: Path) -> None:
        tally = _Tally()
        self._read(path, tally)
        self.batch_finished.emit(tally.report())

    @staticmethod
    def _found(drop: tuple[Path, ...], tally: _Tally) -> list[Path]:
        try:
            files = find_audio_files(drop)
        except MorphStudioError as error:
            tally.problems.append(str(error))
            return []
        except Exception as error:  # noqa: BLE001 one strange folder must not end all reading
            _log.exception("Looking for files in %s failed", drop)
            names = ", ".join(path.name for path in drop)
            tally.problems.append(f"{names} could not be searched ({error!r}).")
            return []
        if not files:
            tally.problems.append(f"There are no sound files in {', '.join(path.name for path in drop)}.")
        return files

    def _read(self, path: Path, tally: _Tally) -> None:
        problem = ""
        try:
            if is_text(path.name):
                self._load(path, tally)
                return
            problem = f"{path.name!a} has a name that is no text. Rename the file."
        except MorphStudioError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 one strange file must not end the drop
            _log.exception("Reading %a failed", str(path))
            problem = f"{path.name} could not be read ({error!r})."
        tally.problems.append(problem)
        tally.unread.append(path)

    def _load(self, path: Path, tally: _Tally) -> None:
        clip, note = load_clip(path)
        vector = timbre_vector(clip)
        peaks = outline(clip)
        clip = self._store.keep(clip)
        if note:
            tally.notes.append(note)
        tally.n_loaded += 1
        # What was changed on the disk is another sound, by whatever name.
        sound_id = self._ids.setdefault((path.absolute(), clip.digest), f"sound-{len(self._ids) + 1}")
        self.sound_loaded.emit(Sound(sound_id, clip, family_of_path(path), peaks, note), vector)
