"""More like this: what the browser lists, and the pad selects, when somebody asks for sounds like one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.library.comparison import Comparison
from morphstudio.library.entries import Entry
from morphstudio.library.similarity import Weights
from morphstudio.library.spread import spread
from morphstudio.session import Session
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.pad import LatentPad

_N_LISTED = 100
_N_SELECTED = 5


class SimilarKeeper(QObject):
    """Knows what all sounds that were listened to are compared by: `comparison`.

    Parameters
    ----------
    session : Session
    browser : BrowserPanel
    pad : LatentPad
    message_bar : MessageBar
    parent : QObject
    """

    listening_wanted = Signal(object)
    """Path of a file that somebody wants to compare and nobody has listened to yet."""
    fill_chosen = Signal(object)
    """Tuple of ids of entries that are to be on the pad."""

    def __init__(
        self,
        session: Session,
        browser: BrowserPanel,
        pad: LatentPad,
        message_bar: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._browser, self._pad, self._bar = session, browser, pad, message_bar
        self.comparison = Comparison()
        self._asked = self._told_waiting = ""
        self._is_waiting = self._selects = False
        browser.gestures.similar_requested.connect(self._on_similar_requested)
        browser.similar_weights_changed.connect(self.answer_again)
        browser.similar_closed.connect(self._on_similar_closed)
        browser.fill_requested.connect(self._on_fill_requested)
        browser.shelf.entries_dropped.connect(self.forget)
        pad.similar_requested.connect(self._on_pad_similar_requested)

    def learn(self, entries: Iterable[Entry]) -> None:
        """Take in what is known of these sounds; whoever waits for one of them is answered."""
        is_there = False
        for entry in entries:
            heard = entry.analysis
            if heard is not None:
                self.comparison.learn(entry.entry_id, heard)
            if entry.entry_id == self._asked and heard is not None:
                is_there = True
        if self._is_waiting and is_there:
            self._answer()

    @Slot(object)
    def forget(self, entry_ids: Iterable[str]) -> None:
        """These are not listed any more."""
        self.comparison.forget(entry_ids)

    @Slot(str)
    def _on_similar_requested(self, entry_id: str) -> None:
        self._asked, self._selects = entry_id, False
        self._answer()

    @Slot(str)
    def _on_pad_similar_requested(self, sound_id: str) -> None:
        entry = self._browser.shelf.entry_of_sound(sound_id)
        if entry is not None:
            self._asked, self._selects = entry.entry_id, True
            self._answer()

    def _answer(self) -> None:
        """List what is like the sound that was asked for, as soon as that is known."""
        entry = self._browser.shelf.entry(self._asked)
        if self._is_waiting:
            self._is_waiting = False
            self._bar.withdraw(self._told_waiting)
        if entry is None:
            return
        if self._asked not in self.comparison:
            self._wait_for(entry)
            return
        weights = self._browser.similar_weights
        found = self.comparison.neighbours(self._asked, weights, _N_LISTED)
        self._browser.show_similar(entry.name, [(self._asked, 0.0), *found])
        if self._selects:
            self._select_on_pad(entry, weights)

    def _wait_for(self, entry: Entry) -> None:
        heard = entry.analysis
        if heard is not None or entry.path is None:
            why = (heard.error if heard is not None else "") or self.tr("It is too short, or silent.")
            if heard is not None and heard.vector is not None:
                why = self.tr("Its neural embedding could not be made.")
            title = self.tr("{name} cannot be compared").format(name=entry.name)
            self._bar.show_message("warning", title, why)
            return
        self._is_waiting = True
        self._told_waiting = self.tr("Listening to {name}").format(name=entry.name)
        self._bar.show_message("info", self._told_waiting, self.tr("What is like it is listed in a moment."))
        self.listening_wanted.emit(entry.path)

    def _select_on_pad(self, entry: Entry, weights: Weights) -> None:
        entries = map(self._browser.shelf.entry_of_sound, self._session.dots)
        on_pad = {other.entry_id: other.sound_id for other in entries if other is not None}
        near = self.comparison.neighbours(self._asked, weights, _N_SELECTED, on_pad.keys())
        self._pad.select([entry.sound_id, *(on_pad[entry_id] for entry_id, _ in near)])

    @Slot()
    def answer_again(self) -> None:
        """Sounds are compared by something else: list anew what is like the sound that was asked for."""
        self._selects = False
        if self._asked:
            self._answer()

    @Slot()
    def _on_similar_closed(self) -> None:
        self._asked, self._is_waiting = "", False

    @Slot(int)
    def _on_fill_requested(self, n_sounds: int) -> None:
        """Put sounds on the pad that are spread over what is listed."""
        listed = [entry_id for entry_id in self._browser.shown_ids() if self._can_be_placed(entry_id)]
        known = [entry_id for entry_id in listed if entry_id in self.comparison]
        chosen: Sequence[str] = known + [entry_id for entry_id in listed if entry_id not in self.comparison]
        if len(known) >= n_sounds:
            chosen = spread(known, self.comparison.places(known), n_sounds)
        self.fill_chosen.emit(tuple(chosen[:n_sounds]))

    def _can_be_placed(self, entry_id: str) -> bool:
        entry = self._browser.shelf.entry(entry_id)
        if entry is None or (entry.is_missing and not entry.sound_id):
            return False
        return entry.analysis is None or not entry.analysis.error
