"""Whether sounds are compared by the neural embedding: the choice, the weights, and the page about both."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.errors import MorphStudioError
from morphstudio.ui.embedding_fetcher import EmbeddingFetcher
from morphstudio.ui.settings_similarity import SimilarityPage


class EmbeddingKeeper(QObject):
    """Knows what was chosen and what is there; what is chosen counts while the weights are there.

    Parameters
    ----------
    fetcher : EmbeddingFetcher
        Belongs to this from now on.
    is_chosen : bool
        As the settings have it.
    parent : QObject
    """

    folder_changed = Signal(object)
    """The folder of the weights by which sounds are to be compared from now on; None is without them."""
    noticed = Signal(object)
    """`MorphStudioError`: the weights could not be deleted."""

    def __init__(self, fetcher: EmbeddingFetcher, is_chosen: bool, parent: QObject) -> None:
        super().__init__(parent)
        fetcher.setParent(self)
        self._fetcher, self._is_chosen = fetcher, is_chosen
        self._is_in_use = False
        self._fault: MorphStudioError | None = None
        self._page: SimilarityPage | None = None
        self._told = self.folder
        fetcher.finished.connect(self.look)
        fetcher.cancelled.connect(self.look)

    @property
    def folder(self) -> Path | None:
        """The folder of the weights by which sounds are to be compared; None is without them."""
        counts = self._is_chosen and self._fault is None and self._fetcher.is_there
        return self._fetcher.folder if counts else None

    def show_on(self, page: SimilarityPage) -> None:
        """Tell this page what goes on, and do what it asks for."""
        self._page = page
        page.fetch_requested.connect(self._on_fetch_requested)
        page.fetch_cancelled.connect(self._fetcher.cancel)
        self._fetcher.progressed.connect(page.show_fetching)
        self._fetcher.failed.connect(self._on_failed)
        page.set_in_use(self._is_in_use)
        self.look()

    @Slot(bool)
    def choose(self, is_chosen: bool) -> None:
        """Compare by the embedding, or not, from now on."""
        self._is_chosen = is_chosen
        self._tell()

    @Slot(bool)
    def set_in_use(self, is_in_use: bool) -> None:
        """Whether sounds are compared by it by now: all of them have been listened to."""
        self._is_in_use = is_in_use
        if self._page is not None:
            self._page.set_in_use(is_in_use)

    @Slot(object)
    def give_up(self, error: MorphStudioError) -> None:
        """The weights cannot be used, though they are there: they are to be fetched anew."""
        self._fault = error
        self.look()

    @Slot()
    def look(self) -> None:
        """Look whether the weights are there, and show it."""
        if self._page is not None and not self._fetcher.is_running:
            if self._fault is not None:
                self._page.show_failed(str(self._fault))
            elif self._fetcher.is_there:
                self._page.show_there()
            else:
                self._page.show_absent()
        self._tell()

    @Slot()
    def remove(self) -> None:
        """Delete the weights."""
        try:
            self._fetcher.remove()
        except MorphStudioError as error:
            self.noticed.emit(error)
        else:
            self._fault = None
        self.look()

    def shut_down(self) -> None:
        """End what is being fetched; say nothing any more."""
        self._fetcher.shut_down()

    def _tell(self) -> None:
        if self.folder != self._told:
            self._told = self.folder
            self.folder_changed.emit(self._told)

    @Slot()
    def _on_fetch_requested(self) -> None:
        if self._fault is not None:
            self.remove()
        self._fetcher.fetch()

    @Slot(object)
    def _on_failed(self, error: MorphStudioError) -> None:
        if self._page is not None:
            self._page.show_failed(str(error))
