"""Has the loops of a session read, all of them, before any comes to the pad."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Slot

from morphstudio.session_document import PlacedLoop
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.work import Work


class SessionLoader(QObject):
    """Reads loops by their paths; whoever asks again is the only one who is answered.

    Parameters
    ----------
    library : LibraryKeeper
    message_bar : MessageBar
    parent : QObject
    """

    def __init__(self, library: LibraryKeeper, message_bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._bar = library, message_bar
        self._then: Callable[[dict[str, str]], object] | None = None
        self._sound_ids: dict[str, str] = {}
        self._n_wanted = 0
        self._work: Work | None = None
        library.batch_finished.connect(self._on_batch_finished)

    @property
    def is_loading(self) -> bool:
        """Whether somebody is to be answered yet."""
        return self._then is not None

    def load(self, dots: Iterable[PlacedLoop], title: str, then: Callable[[dict[str, str]], object]) -> None:
        """Read loops.

        Parameters
        ----------
        dots : iterable of PlacedLoop
            Those without a path are left out.
        title : str
            What people read meanwhile.
        then : callable
            Is given the sounds' ids by the loops' digests; those that could not be read are not among them.
        """
        self.cancel()
        paths = {dot.loop.digest: dot.loop.path for dot in dots if dot.loop.path is not None}
        self._then, self._sound_ids, self._n_wanted = then, {}, len(paths)
        if paths:
            self._work = self._bar.begin_work(title)
        for digest, path in paths.items():
            self._library.load(path, partial(self._on_loaded, self._sound_ids, digest))
        self._on_batch_finished()

    def cancel(self) -> None:
        """Answer nobody any more."""
        self._then = None
        self._finish_work()

    def _on_loaded(self, sound_ids: dict[str, str], digest: str, sound_id: str) -> None:
        sound_ids[digest] = sound_id
        if self._work is not None and sound_ids is self._sound_ids:
            self._work.set_progress(len(sound_ids), self._n_wanted)

    @Slot()
    def _on_batch_finished(self) -> None:
        if self._then is not None and not self._library.is_busy:
            then, self._then = self._then, None
            self._finish_work()
            then(self._sound_ids)

    def _finish_work(self) -> None:
        if self._work is not None:
            self._work.finish()
            self._work = None
