"""The thread that reads dropped files, so that a drop of hundreds never holds the window."""

from __future__ import annotations

import logging
import queue
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.files import find_audio_files, load_clip
from morphstudio.errors import MorphStudioError
from morphstudio.library.sounds import Sound, kind_of_name, outline
from morphstudio.library.timbre import timbre_vector

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How a drop went: how many sounds came of it, and a sentence for each file that did not load."""

    n_loaded: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]


class Importer(QThread):
    """Reads files in the order in which they were dropped.

    Parameters
    ----------
    store : ClipStore
        Where their samples are kept.

    `sound_loaded` carries a `Sound` and its timbre vector; `progressed` files done and files in all;
    `finished_batch` an `ImportReport` once nothing waits any more.
    """

    sound_loaded = Signal(object, object)
    progressed = Signal(int, int)
    batch_finished = Signal(object)

    def __init__(self, store: ClipStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._drops: queue.Queue[tuple[Path, ...] | None] = queue.Queue()
        self._is_stopping = False
        self._n_sounds = 0

    def add(self, paths: Iterable[Path]) -> None:
        """Read these files, and all sound files in these folders."""
        self._drops.put(tuple(paths))

    def stop(self) -> None:
        """End the thread after the file that it is reading."""
        self._is_stopping = True
        self._drops.put(None)
        self.wait()

    def run(self) -> None:
        """Thread body."""
        while (drop := self._drops.get()) is not None:
            problems: list[str] = []
            notes: list[str] = []
            n_before = self._n_sounds
            files = self._found(drop, problems)
            for n_done, path in enumerate(files):
                if self._is_stopping:
                    return
                self.progressed.emit(n_done, len(files))
                self._read(path, problems, notes)
            self.progressed.emit(len(files), len(files))
            self.batch_finished.emit(ImportReport(self._n_sounds - n_before, tuple(problems), tuple(notes)))

    @staticmethod
    def _found(drop: tuple[Path, ...], problems: list[str]) -> list[Path]:
        try:
            files = find_audio_files(drop)
        except MorphStudioError as error:
            problems.append(str(error))
            return []
        except Exception as error:  # noqa: BLE001 one strange folder must not end all reading
            _log.exception("Looking for files in %s failed", drop)
            names = ", ".join(path.name for path in drop)
            problems.append(f"{names} could not be searched ({error!r}).")
            return []
        if not files and not problems:
            problems.append(f"There are no sound files in {', '.join(path.name for path in drop)}.")
        return files

    def _read(self, path: Path, problems: list[str], notes: list[str]) -> None:
        if not _is_text(path.name):
            problems.append(f"{path.name!a} has a name that is no text. Rename the file.")
            return
        try:
            clip, note = load_clip(path)
            vector = timbre_vector(clip)
            peaks = outline(clip)
            clip = self._store.keep(clip)
        except MorphStudioError as error:
            problems.append(str(error))
            return
        except Exception as error:  # noqa: BLE001 one strange file must not end the drop
            _log.exception("Reading %a failed", str(path))
            problems.append(f"{path.name} could not be read ({error!r}).")
            return
        if note:
            notes.append(note)
        self._n_sounds += 1
        kind = kind_of_name(f"{path.stem}")
        self.sound_loaded.emit(Sound(f"sound-{self._n_sounds}", clip, kind, peaks, note), vector)


def _is_text(name: str) -> bool:
    """Whether a name is valid text; on Linux, one of an old archive may be any bytes."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
