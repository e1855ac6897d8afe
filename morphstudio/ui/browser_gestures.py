"""What presses, keys and menus mean in the browser's list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot

from morphstudio.library.entries import Entry
from morphstudio.ui.entry_list import EntryList
from morphstudio.ui.entry_menu import EntryMenu
from morphstudio.ui.shelf import Shelf


class BrowserGestures(QObject):
    """Tells what a hand wants of rows; what it says of sounds goes to the shelf.

    Parameters
    ----------
    entry_list : EntryList
    shelf : Shelf
    parent : QObject
    """

    entry_auditioned = Signal(str)
    """Id of an entry to hear by itself; it need not be loaded."""
    entries_placed = Signal(object)
    """Tuple of ids of entries to put on the pad; they need not be loaded."""
    sounds_removed = Signal(object)
    """Tuple of ids of sounds to take off the pad."""
    sides_chosen = Signal(str, str)
    """"a" or "b", and the id of the entry that is to be there."""
    similar_requested = Signal(str)
    """Id of an entry to find others like it."""
    locate_requested = Signal(str)
    """Id of an entry whose file is to be looked for."""
    reveal_requested = Signal(object)
    """Path of a file to show in the system's file manager."""

    def __init__(self, entry_list: EntryList, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._list, self._shelf = entry_list, shelf
        entry_list.auditioned.connect(self.entry_auditioned)
        entry_list.enter_pressed.connect(self._on_enter_pressed)
        entry_list.entry_double_clicked.connect(self._on_entry_double_clicked)
        entry_list.delete_pressed.connect(self._on_delete_pressed)
        entry_list.star_clicked.connect(self._on_star_clicked)
        entry_list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        entry_list.customContextMenuRequested.connect(self._on_context_menu_requested)

    def _place(self, entries: Iterable[Entry]) -> bool:
        """Ask for what can be put on the pad; False where that is nothing."""
        ids = tuple(e.entry_id for e in entries if not e.is_on_pad and (e.sound_id or not e.is_missing))
        if ids:
            self.entries_placed.emit(ids)
        return bool(ids)

    @Slot(str)
    def _on_entry_double_clicked(self, entry_id: str) -> None:
        entry = self._shelf.entry(entry_id)
        if entry is None:
            return
        if entry.is_missing and not entry.sound_id:
            self.locate_requested.emit(entry_id)
        elif not self._place([entry]):
            self.entry_auditioned.emit(entry_id)

    @Slot()
    def _on_enter_pressed(self) -> None:
        current = self._list.current()
        if not self._place(self._list.selected()) and current is not None and current.is_on_pad:
            self.entry_auditioned.emit(current.entry_id)

    @Slot()
    def _on_delete_pressed(self) -> None:
        selected = tuple(entry.sound_id for entry in self._list.selected() if entry.is_on_pad)
        if selected:
            self.sounds_removed.emit(selected)

    @Slot(str)
    def _on_star_clicked(self, entry_id: str) -> None:
        entry = self._shelf.entry(entry_id)
        if entry is not None:
            self._shelf.mark_favourites([entry_id], is_favourite=not entry.is_favourite)

    @Slot(object, bool)
    def _on_favourites_set(self, entry_ids: Iterable[str], is_favourite: bool) -> None:
        self._shelf.mark_favourites(entry_ids, is_favourite=is_favourite)

    @Slot(QPoint)
    def _on_context_menu_requested(self, place: QPoint) -> None:
        index = self._list.indexAt(place)
        if not index.isValid():
            return
        clicked, selected = self._shelf.model.entry_at(index), self._list.selected()
        menu = EntryMenu(clicked, selected or [clicked], self._list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.auditioned.connect(self.entry_auditioned)
        menu.placed.connect(self.entries_placed)
        menu.taken_off.connect(self.sounds_removed)
        menu.similar_requested.connect(self.similar_requested)
        menu.side_chosen.connect(self.sides_chosen)
        menu.favourites_set.connect(self._on_favourites_set)
        menu.reveal_requested.connect(self.reveal_requested)
        menu.locate_requested.connect(self.locate_requested)
        menu.kind_chosen.connect(self._shelf.correct_kind)
        menu.popup(self._list.viewport().mapToGlobal(place))
