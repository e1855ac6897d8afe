"""What can be done with rows of the browser, as a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from morphstudio.library.entries import Entry
from morphstudio.ui.kind_menu import KindMenu


class EntryMenu(QMenu):
    """Acts on the selected entries; what is about one sound acts on the one that was clicked.

    Parameters
    ----------
    clicked : Entry
    selected : sequence of Entry
        `clicked` is among them.
    """

    auditioned = Signal(str)
    placed = Signal(object)
    """Tuple of ids of entries."""
    taken_off = Signal(object)
    """Tuple of ids of sounds."""
    similar_requested = Signal(str)
    side_chosen = Signal(str, str)
    """"a" or "b", and the id of an entry."""
    favourites_set = Signal(object, bool)
    """Tuple of ids of entries, and whether they are favourites now."""
    reveal_requested = Signal(object)
    """A Path."""
    locate_requested = Signal(str)
    kind_chosen = Signal(object, object)
    """Tuple of ids of entries, and the `Kind` that they are by hand, or None for what listening tells."""

    def __init__(self, clicked: Entry, selected: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._clicked = clicked
        self._off_pad = tuple(e.entry_id for e in selected if not e.is_on_pad and not e.is_missing)
        self._on_pad = tuple(e.sound_id for e in selected if e.is_on_pad)
        self._files = tuple(e.entry_id for e in selected if e.path is not None)
        # A sound that is loaded is heard without its file.
        is_usable = bool(clicked.sound_id) or not clicked.is_missing
        if clicked.is_missing and clicked.path is not None:
            self.addAction(self.tr("Locate…")).triggered.connect(self._on_locate)
            self.addSeparator()
        if is_usable:
            self.addAction(self.tr("Audition")).triggered.connect(self._on_audition)
        if self._off_pad:
            self.addAction(self.tr("Put on pad")).triggered.connect(self._on_put)
        if self._on_pad:
            self.addAction(self.tr("Take off pad")).triggered.connect(self._on_take)
        if is_usable:
            self.addSeparator()
            self.addAction(self.tr("More like this")).triggered.connect(self._on_similar)
            self.addAction(self.tr("Set as A")).triggered.connect(self._on_side_a)
            self.addAction(self.tr("Set as B")).triggered.connect(self._on_side_b)
        if self._files:
            self.addSeparator()
            favourite = self.addAction(self.tr("Favourite"))
            favourite.setCheckable(True)
            favourite.setChecked(clicked.is_favourite)
            favourite.triggered.connect(self._on_favourite)
        if self._files:
            self._add_kinds(selected)
        if clicked.path is not None and not clicked.is_missing:
            self.addAction(self.tr("Show in folder")).triggered.connect(self._on_reveal)

    def _add_kinds(self, selected: Sequence[Entry]) -> None:
        menu = KindMenu(self)
        menu.setTitle(self.tr("Kind"))
        kinds = {entry.kind for entry in selected}
        is_by_hand = any(entry.is_kind_by_hand for entry in selected)
        menu.show_choice(kinds.pop() if len(kinds) == 1 else None, is_by_hand=is_by_hand)
        menu.kind_chosen.connect(self._on_kind)
        self.addMenu(menu)

    @Slot(object)
    def _on_kind(self, kind: object) -> None:
        self.kind_chosen.emit(self._files, kind)

    @Slot()
    def _on_locate(self) -> None:
        self.locate_requested.emit(self._clicked.entry_id)

    @Slot()
    def _on_audition(self) -> None:
        self.auditioned.emit(self._clicked.entry_id)

    @Slot()
    def _on_put(self) -> None:
        self.placed.emit(self._off_pad)

    @Slot()
    def _on_take(self) -> None:
        self.taken_off.emit(self._on_pad)

    @Slot()
    def _on_similar(self) -> None:
        self.similar_requested.emit(self._clicked.entry_id)

    @Slot()
    def _on_side_a(self) -> None:
        self.side_chosen.emit("a", self._clicked.entry_id)

    @Slot()
    def _on_side_b(self) -> None:
        self.side_chosen.emit("b", self._clicked.entry_id)

    @Slot(bool)
    def _on_favourite(self, is_favourite: bool) -> None:
        self.favourites_set.emit(self._files, is_favourite)

    @Slot()
    def _on_reveal(self) -> None:
        self.reveal_requested.emit(self._clicked.path)
