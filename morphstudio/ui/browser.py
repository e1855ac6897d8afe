"""The left column: search, kinds, places, the list of sounds, and where to drop more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from morphstudio.library.catalogue import Filter, SortBy
from morphstudio.library.entries import Entry
from morphstudio.library.places import PlaceReport
from morphstudio.library.sounds import Sound
from morphstudio.ui.browser_bar import PlaceButton, SortBar
from morphstudio.ui.browser_parts import ChipBar, EmptyPage, ScanStrip, SearchField
from morphstudio.ui.controls import em
from morphstudio.ui.drop_zone import DropZone
from morphstudio.ui.entry_list import EntryList
from morphstudio.ui.entry_menu import EntryMenu
from morphstudio.ui.icons import icon
from morphstudio.ui.shelf import Shelf
from morphstudio.ui.theme import Theme

_LOW_EM = 34
"""A panel lower than this gives the list the room of the drop zone's second line."""


class BrowserPanel(QWidget):
    """Presents sounds that are loaded and files that could be.

    An entry's id is its file's absolute path; that of a sound without a file is the sound's id.

    Parameters
    ----------
    theme : Theme
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
    favourites_changed = Signal(object)
    """Tuple of absolute paths."""
    places_changed = Signal(object)
    """Tuple of absolute paths of folders."""
    place_requested = Signal()
    """Somebody wants to choose a folder to add."""
    scan_requested = Signal(object)
    """Tuple of folders to look through again."""
    scan_cancelled = Signal()
    files_requested = Signal()
    import_cancelled = Signal()
    locate_requested = Signal(str)
    """Id of an entry whose file is to be looked for."""
    reveal_requested = Signal(object)
    """Path of a file or folder to show in the system's file manager."""
    thumbnails_wanted = Signal(object)
    """Tuple of Path: files in view of which there is no waveform yet."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shelf = Shelf(self)
        self._search = SearchField(self)
        self._search_icon = self._search.addAction(
            icon(theme, "search", "text_dim"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.chips = ChipBar(self)
        self.place_button = PlaceButton(theme, self)
        self.sort_bar = SortBar(theme, self)
        self._list = EntryList(theme, self._shelf.model, self)
        self.empty_page = EmptyPage(self)
        self.scan_strip = ScanStrip(theme, self)
        self._drop = DropZone(theme, self)
        self._pages = QStackedLayout()
        self._lay_out()
        self._connect()
        self.setMinimumWidth(round(em(self) * 15.2))
        self.retranslate()

    def _lay_out(self) -> None:
        unit = em(self)
        margin = round(unit * 0.75)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self.place_button)
        tools.addStretch(1)
        tools.addWidget(self.sort_bar)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self.empty_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, margin, 0, margin)
        layout.setSpacing(0)
        for part, side, below in (
            (self._search, margin, margin),
            (self.chips, margin, margin // 2),
            (tools, margin // 2, margin // 3),
            (self._pages, 0, 0),
            (self.scan_strip, margin, 0),
            (self._drop, margin, 0),
        ):
            row = QVBoxLayout()
            row.setContentsMargins(side, margin if part is self._drop else 0, side, below)
            if isinstance(part, QWidget):
                row.addWidget(part)
            else:
                row.addLayout(part)
            layout.addLayout(row, 1 if part is self._pages else 0)

    def _connect(self) -> None:
        self._shelf.favourites_changed.connect(self.favourites_changed)
        self._shelf.places_changed.connect(self.places_changed)
        self._shelf.changed.connect(self._show_count)
        self._search.textChanged.connect(self._on_filter_changed)
        self.chips.toggled.connect(self._on_filter_changed)
        self._search.left.connect(self._on_search_left)
        self.place_button.place_chosen.connect(self._on_filter_changed)
        self.place_button.place_requested.connect(self.place_requested)
        self.place_button.place_removed.connect(self._shelf.remove_place)
        self.place_button.reveal_requested.connect(self._on_place_reveal_requested)
        self.place_button.scan_requested.connect(self._on_scan_wanted)
        self.sort_bar.order_chosen.connect(self._on_order_chosen)
        self._list.auditioned.connect(self._audition)
        self._list.enter_pressed.connect(self._on_enter_pressed)
        self._list.entry_double_clicked.connect(self._on_entry_double_clicked)
        self._list.delete_pressed.connect(self._on_delete_pressed)
        self._list.search_wanted.connect(self.focus_search)
        self._list.escape_pressed.connect(self.clear_filter)
        self._list.star_clicked.connect(self._on_star_clicked)
        self._list.view_changed.connect(self._on_view_changed)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._on_context_menu_requested)
        self.empty_page.place_button.clicked.connect(self.place_requested)
        self.empty_page.clear_button.clicked.connect(self._on_all_wanted)
        self.scan_strip.scan_cancelled.connect(self._on_scan_cancelled)
        self._drop.clicked.connect(self.files_requested)
        self._drop.import_cancelled.connect(self.import_cancelled)
        self._theme.changed.connect(self._on_theme_changed)

    @property
    def drop_zone(self) -> DropZone:
        """Where files are dropped, and how far their reading is."""
        return self._drop

    @property
    def list_view(self) -> EntryList:
        """The list, as keyboard and mouse drive it."""
        return self._list

    @property
    def search_field(self) -> QLineEdit:
        """The field to search by."""
        return self._search

    @property
    def places(self) -> tuple[str, ...]:
        """Folders that are listed."""
        return self._shelf.places

    def shown_names(self) -> list[str]:
        """Names in the list, as filtered and sorted."""
        shown = self._shelf.model.catalogue
        return [shown.shown(row).name for row in range(shown.n_shown)]

    def entry(self, entry_id: str) -> Entry | None:
        """What is known of an entry, shown or not."""
        return self._shelf.entry(entry_id)

    def entry_of_sound(self, sound_id: str) -> Entry | None:
        """The entry of which a sound was made."""
        return self._shelf.entry_of_sound(sound_id)

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self._search.setAccessibleName(self.tr("Search sounds"))
        self._list.setAccessibleName(self.tr("Sounds"))
        self._show_count()

    # --- what is in the list ------------------------------------------------------------------

    def add_sound(self, sound: Sound, *, is_on_pad: bool = True) -> None:
        """A sound was loaded: its entry is added, or becomes it."""
        self._shelf.add_sound(sound, is_on_pad=is_on_pad)

    def remove_sound(self, sound_id: str) -> None:
        """A sound was taken off the pad; its entry stays in the list."""
        self._shelf.take_off(sound_id)

    @Slot(object)
    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Add what was found; of what is known, take over what is new."""
        self._shelf.add_entries(entries)

    @Slot(object, object, float)
    def set_thumbnail(self, path: Path, peaks: NDArray[np.float32], duration_s: float) -> None:
        """Show the waveform of a file that is not loaded: float32, shape (up to 512,)."""
        self._shelf.model.set_outline(path, peaks, duration_s or None)

    def set_current(self, some_id: str | None) -> None:
        """Light up what is heard most, by the id of its entry or of its sound."""
        entry = self._shelf.entry_of_sound(some_id or "") or self.entry(some_id or "")
        self._list.set_current_entry(entry.entry_id if entry else "")

    def mark_missing(self, paths: Iterable[Path]) -> None:
        """These files are not where they were."""
        self._shelf.mark_missing(paths)

    def relocate(self, entry_id: str, path: Path) -> dict[str, str]:
        """A missing file was found; see `Shelf.relocate`."""
        moved = self._shelf.relocate(entry_id, path)
        if entry_id in moved:
            self._list.select(moved[entry_id])
        return moved

    # --- places and favourites ----------------------------------------------------------------

    def set_favourites(self, paths: Iterable[str]) -> None:
        """Files that somebody likes, as they were remembered."""
        self._shelf.set_favourites(paths)

    def set_places(self, places: Iterable[str]) -> None:
        """Folders, as they were remembered."""
        self._shelf.set_places(places)

    def add_place(self, place: str) -> None:
        """Add a folder and show it."""
        self._shelf.add_place(place)
        self.place_button.choose(str(Path(place).absolute()))

    def remove_place(self, place: str) -> None:
        """List a folder no more."""
        self._shelf.remove_place(place)

    @Slot(str, int)
    def set_scan_progress(self, place: str, n_found: int) -> None:
        """Show that a folder is scanned."""
        self.scan_strip.set_progress(place, n_found)
        self._show_count()

    @Slot(object)
    def finish_place(self, report: PlaceReport) -> None:
        """A folder was scanned: what was in it and is not there any more is missing."""
        self._shelf.finish_place(report)

    @Slot()
    def end_scan(self) -> None:
        """No folder is scanned any more."""
        self.scan_strip.hide()
        self._show_count()

    # --- files that come ----------------------------------------------------------------------

    @Slot(int, int)
    def set_import_progress(self, done: int, total: int) -> None:
        """Show how far reading has come; nothing once all is read."""
        self._drop.set_progress(done, total)

    def set_dragging(self, is_dragging: bool) -> None:
        """Show that files are held over the window."""
        self._drop.set_dragging(is_dragging)

    # --- what hands do ------------------------------------------------------------------------

    @Slot()
    def clear_filter(self) -> None:
        """Show everything in the place that is chosen."""
        self._search.clear()
        self.chips.clear()

    @Slot()
    def _on_all_wanted(self) -> None:
        self.place_button.choose("")
        self.clear_filter()

    @Slot()
    def _show_count(self) -> None:
        count = len(self._shelf)
        text = self.tr("Search 1 sound")
        if count != 1:
            text = self.tr("Search {count} sounds").format(count=self.locale().toString(count))
        self._search.setPlaceholderText(text)
        self.place_button.set_places(self._shelf.places, self._shelf.missing_places)
        is_scanning = self.scan_strip.isVisibleTo(self)
        is_filtered = count > 0 and self._shelf.model.catalogue.filter != Filter()
        self.empty_page.show_reason("scanning" if is_scanning else "filtered" if is_filtered else "empty")
        self._pages.setCurrentIndex(0 if self._shelf.model.rowCount() else 1)

    @Slot()
    def _on_filter_changed(self) -> None:
        wanted = self.chips.filter(self._search.text(), self.place_button.place)
        self._shelf.model.set_filter(wanted)
        self._show_current()
        self._show_count()

    @Slot(object, bool)
    def _on_order_chosen(self, sort_by: SortBy, is_falling: bool) -> None:
        self._shelf.model.set_order(sort_by, is_falling=is_falling)
        self._show_current()

    def _show_current(self) -> None:
        current = self._list.currentIndex()
        if current.isValid():
            self._list.scrollTo(current)
        else:
            self._list.scrollToTop()

    @Slot(str)
    def _audition(self, entry_id: str) -> None:
        self.entry_auditioned.emit(entry_id)

    def _place(self, entries: Iterable[Entry]) -> bool:
        """Ask for what can be put on the pad; False where that is nothing."""
        ids = tuple(e.entry_id for e in entries if not e.is_on_pad and (e.sound_id or not e.is_missing))
        if ids:
            self.entries_placed.emit(ids)
        return bool(ids)

    @Slot(str)
    def _on_entry_double_clicked(self, entry_id: str) -> None:
        entry = self.entry(entry_id)
        if entry is None:
            return
        if entry.is_missing and not entry.sound_id:
            self.locate_requested.emit(entry_id)
        elif not self._place([entry]):
            self._audition(entry_id)

    @Slot()
    def _on_enter_pressed(self) -> None:
        current = self._list.current()
        if not self._place(self._list.selected()) and current is not None and current.is_on_pad:
            self._audition(current.entry_id)

    @Slot()
    def _on_delete_pressed(self) -> None:
        selected = tuple(entry.sound_id for entry in self._list.selected() if entry.is_on_pad)
        if selected:
            self.sounds_removed.emit(selected)

    @Slot(str)
    def _on_star_clicked(self, entry_id: str) -> None:
        entry = self.entry(entry_id)
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
        menu = EntryMenu(clicked, selected or [clicked], self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.auditioned.connect(self._audition)
        menu.placed.connect(self.entries_placed)
        menu.taken_off.connect(self.sounds_removed)
        menu.similar_requested.connect(self.similar_requested)
        menu.side_chosen.connect(self.sides_chosen)
        menu.favourites_set.connect(self._on_favourites_set)
        menu.reveal_requested.connect(self.reveal_requested)
        menu.locate_requested.connect(self.locate_requested)
        menu.popup(self._list.viewport().mapToGlobal(place))

    @Slot(str)
    def _on_place_reveal_requested(self, place: str) -> None:
        self.reveal_requested.emit(Path(place))

    @Slot(str)
    def _on_scan_wanted(self, place: str) -> None:
        self.scan_requested.emit((place,) if place else self.places)

    @Slot()
    def _on_scan_cancelled(self) -> None:
        self.end_scan()
        self.scan_cancelled.emit()

    @Slot()
    def _on_view_changed(self) -> None:
        model = self._shelf.model
        wanted = [e for e in self._list.in_view() if not e.is_missing and model.outline_of(e) is None]
        self.thumbnails_wanted.emit(tuple(entry.path for entry in wanted if entry.path is not None))

    @Slot()
    def focus_search(self) -> None:
        """Have what is typed next looked for."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @Slot()
    def _on_search_left(self) -> None:
        self._list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._list.selected() and self._shelf.model.rowCount():
            # The view makes a row the current one by itself when it gets the keyboard, but selects none.
            current = self._list.current() or self._shelf.model.catalogue.shown(0)
            self._list.select(current.entry_id)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._search_icon.setIcon(icon(self._theme, "search", "text_dim"))

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 19, em(self) * 30)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop.set_low(self.height() < em(self) * _LOW_EM)
