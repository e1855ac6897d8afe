"""Has sounds listened to once more, for their embeddings, when they are to be compared by these."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.errors import MorphStudioError
from morphstudio.library.comparison import Comparison
from morphstudio.library.indexed_file import IndexedFile
from morphstudio.ui.analysis_reader import AnalysisReader
from morphstudio.ui.shelf import Shelf


class SecondListening(QObject):
    """Asks for the embeddings that are missing, after all other files; each once.

    What somebody stops is not begun again before the choice is made anew, or the program is.

    Parameters
    ----------
    listeners : AnalysisReader
    shelf : Shelf
        Only what is listed is listened to.
    comparison : Comparison
        Told already what was heard, whenever this is called.
    parent : QObject
    """

    comparison_changed = Signal(bool)
    """Whether sounds are compared by their embeddings now."""
    failed = Signal(object)
    """`MorphStudioError`: the weights cannot be used, so nothing is compared by them any more."""

    def __init__(
        self, listeners: AnalysisReader, shelf: Shelf, comparison: Comparison, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._listeners, self._shelf, self._comparison = listeners, shelf, comparison
        self._folder: Path | None = None
        self._asked: set[str] = set()
        self._is_stopped = self._was_by_embedding = False
        listeners.embedding_failed.connect(self._on_embedding_failed)

    def embed_by(self, folder: Path | None) -> None:
        """Compare by embeddings that are made by the weights in this folder; None is without them."""
        if folder == self._folder:
            return
        self._folder = folder
        self._asked.clear()
        self._is_stopped = False
        self._listeners.embed_by(folder)
        self._comparison.choose_embedding(folder is not None)
        self.go_on()

    @Slot()
    def stop(self) -> None:
        """Somebody does not want to be listened for any longer."""
        self._asked.clear()
        self._is_stopped = True

    def begin_anew(self) -> None:
        """What waited was forgotten; it is asked for again when this goes on."""
        self._asked.clear()

    def hear(self, files: Iterable[IndexedFile]) -> None:
        """These were listened to: what has no embedding though it was asked for gets none."""
        paths = self._asked.intersection(file.path for file in files)
        self._comparison.give_up(paths)
        self._asked -= paths
        self._tell()

    @Slot()
    def go_on(self) -> None:
        """Ask for what is missing by now."""
        if self._folder is not None and not self._is_stopped:
            entries = [self._shelf.entry(sound) for sound in self._comparison.without_embedding - self._asked]
            known = [entry for entry in entries if entry is not None and entry.path is not None]
            self._comparison.give_up(entry.entry_id for entry in known if entry.is_missing)
            wanted = {entry.entry_id: entry.added_s for entry in known if not entry.is_missing}
            self._asked |= wanted.keys()
            if wanted:
                self._listeners.submit_again(wanted)
        self._tell()

    def _tell(self) -> None:
        if self._comparison.is_by_embedding != self._was_by_embedding:
            self._was_by_embedding = self._comparison.is_by_embedding
            self.comparison_changed.emit(self._was_by_embedding)

    @Slot(object)
    def _on_embedding_failed(self, error: MorphStudioError) -> None:
        if self._folder is not None:
            self.embed_by(None)
            self.failed.emit(error)
