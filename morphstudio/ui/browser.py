"""The left column: what to look for, the list of sounds, what is known of them, where to drop more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from morphstudio.library.catalogue import Filter, SortBy
from morphstudio.library.entries import Entry
from morphstudio.library.indexed_file import IndexedFile
from morphstudio.library.marks import Marks
from morphstudio.library.places import PlaceReport
from morphstudio.library.similarity import Weights
from morphstudio.library.sounds import Sound
from morphstudio.ui.browser_bar import PlaceButton, SortBar
from morphstudio.ui.browser_chips import ChipBar
from morphstudio.ui.browser_parts import EmptyPage
from morphstudio.ui.browser_split import ListAndDetails
from morphstudio.ui.browser_top import BrowserTop
from morphstudio.ui.controls import em
from morphstudio.ui.details_pane import DetailsPane
from morphstudio.ui.drop_zone import DropZone
from morphstudio.ui.entry_list import EntryList
from morphstudio.ui.entry_menu import EntryMenu
from morphstudio.ui.scan_strip import ScanStrip
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
    """Id of an entry to find others like it; `show_similar` answers."""
    similar_weights_changed = Signal(object)
    """The `Weights` that others are to be found by."""
    similar_closed = Signal()
    fill_requested = Signal(int)
    """So many of the sounds that are listed are to be on the pad: see `shown_ids`."""
    picture_wanted = Signal(object)
    """Path of a file to make a picture of; `set_picture` or `set_picture_error` answers."""
    details_folded = Signal(bool)
    """Whether a hand folded the details, or opened them."""
    wide_toggled = Signal(bool)
    """Whether the browser is to be `wide_width` wide, or narrow again."""
    marks_changed = Signal(object)
    """A dict of absolute paths to `Marks`: what a hand says of these files now."""
    places_changed = Signal(object)
    """Tuple of absolute paths of folders."""
    place_requested = Signal()
    """Somebody wants to choose a folder to add."""
    scan_requested = Signal(object)
    """Tuple of folders to look through again."""
    scan_cancelled = Signal()
    listening_cancelled = Signal()
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
        self._top = BrowserTop(theme, self)
        upper = QWidget(self)
        self._pages = QStackedLayout(upper)
        self._list = EntryList(theme, self._shelf.model, upper)
        self.empty_page = EmptyPage(upper)
        self.details = DetailsPane(theme, self)
        self._split = ListAndDetails(upper, self.details, self)
        self.scan_strip = ScanStrip(theme, self)
        self._drop = DropZone(theme, self)
        self._lay_out()
        self._connect_top()
        self._connect_list()
        self._connect_details()
        self.setMinimumWidth(round(em(self) * 15.2))
        self.retranslate()

    def _lay_out(self) -> None:
        margin = round(em(self) * 0.75)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self.empty_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, margin, 0, margin)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addSpacing(margin // 3)
        layout.addWidget(self._split, 1)
        for part, above in ((self.scan_strip, 0), (self._drop, margin)):
            row = QVBoxLayout()
            row.setContentsMargins(margin, above, margin, 0)
            row.addWidget(part)
            layout.addLayout(row)

    def _connect_top(self) -> None:
        top = self._top
        top.filter_changed.connect(self._on_filter_changed)
        top.order_chosen.connect(self._on_order_chosen)
        top.wide_toggled.connect(self.wide_toggled)
        top.search.field.left.connect(self._on_search_left)
        top.place_button.place_requested.connect(self.place_requested)
        top.place_button.place_removed.connect(self._shelf.remove_place)
        top.place_button.reveal_requested.connect(self._on_place_reveal_requested)
        top.place_button.scan_requested.connect(self._on_scan_wanted)
        top.fill_button.fill_requested.connect(self.fill_requested)
        top.similar_bar.weights_changed.connect(self.similar_weights_changed)
        top.similar_bar.closed.connect(self._end_similar_by_hand)

    def _connect_list(self) -> None:
        self._shelf.marks_changed.connect(self._on_marks_changed)
        self._shelf.places_changed.connect(self.places_changed)
        self._shelf.changed.connect(self._show_count)
        self._list.auditioned.connect(self._audition)
        self._list.enter_pressed.connect(self._on_enter_pressed)
        self._list.entry_double_clicked.connect(self._on_entry_double_clicked)
        self._list.delete_pressed.connect(self._on_delete_pressed)
        self._list.search_wanted.connect(self.focus_search)
        self._list.escape_pressed.connect(self._on_escape_pressed)
        self._list.star_clicked.connect(self._on_star_clicked)
        self._list.view_changed.connect(self._on_view_changed)
        self._list.selected_changed.connect(self._show_details)
        self._list.wide_changed.connect(self._top.set_wide)
        self._list.header.order_chosen.connect(self._on_header_clicked)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._on_context_menu_requested)

    def _connect_details(self) -> None:
        self.details.picture_wanted.connect(self.picture_wanted)
        self.details.kind_corrected.connect(self._shelf.correct_kind)
        self.details.tags_changed.connect(self._shelf.set_tags)
        self._split.folding_changed.connect(self.details_folded)
        self._split.details_opened.connect(self._fit_drop_zone)
        self.empty_page.place_button.clicked.connect(self.place_requested)
        self.empty_page.clear_button.clicked.connect(self._on_all_wanted)
        self.scan_strip.scan_cancelled.connect(self._on_scan_cancelled)
        self.scan_strip.listening_cancelled.connect(self.listening_cancelled)
        self._drop.clicked.connect(self.files_requested)
        self._drop.import_cancelled.connect(self.import_cancelled)

    @property
    def chips(self) -> ChipBar:
        """What narrows the list down."""
        return self._top.chips

    @property
    def place_button(self) -> PlaceButton:
        """Which folder is shown."""
        return self._top.place_button

    @property
    def sort_bar(self) -> SortBar:
        """What the list is sorted by."""
        return self._top.sort_bar

    @property
    def top(self) -> BrowserTop:
        """Everything above the list."""
        return self._top

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
        return self._top.search.field

    @property
    def places(self) -> tuple[str, ...]:
        """Folders that are listed."""
        return self._shelf.places

    @property
    def wide_width(self) -> int:
        """So many pixels give every column room."""
        return self._list.full_width

    def shown_ids(self) -> list[str]:
        """Ids of what is in the list, as filtered and sorted."""
        shown = self._shelf.model.catalogue
        return [shown.shown(row).entry_id for row in range(shown.n_shown)]

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

    # --- places -------------------------------------------------------------------------------

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
        self.scan_strip.end_scan()
        self._show_count()

    def hear(self, files: Iterable[IndexedFile]) -> list[Entry]:
        """Files were listened to; returns their entries."""
        found = self._shelf.hear(files)
        self._show_details()
        return found

    @Slot(object)
    def move_files(self, moved: Mapping[str, str]) -> None:
        """These files were found elsewhere: old path to new one."""
        self._shelf.move_files(moved)

    def set_listening(self, n_done: int, n_total: int, seconds_left: float | None) -> None:
        """Show how many files were listened to; None while nobody knows how long the others take."""
        self.scan_strip.set_listening(n_done, n_total, seconds_left)

    @Slot()
    def end_listening(self) -> None:
        """No file is listened to any more."""
        self.scan_strip.end_listening()

    # --- what is known of a sound -------------------------------------------------------------

    @Slot(object, object)
    def set_picture(self, path: Path, levels: NDArray[np.float32]) -> None:
        """Show a file's picture: float32, shape (bins, columns), dB, highest frequency first."""
        self.details.set_picture(path, levels)

    @Slot(object, str)
    def set_picture_error(self, path: Path, sentence: str) -> None:
        """Show why a file has no picture."""
        self.details.set_picture_error(path, sentence)

    def set_details_folded(self, is_folded: bool) -> None:
        """Fold the details, or open them where there is room."""
        self._split.set_folded(is_folded)

    def show_similar(self, name: str, ids_with_distances: Sequence[tuple[str, float]]) -> None:
        """List these entries alone, the nearest first, and say what they are like."""
        nearest = sorted(ids_with_distances, key=lambda pair: pair[1])
        self._top.show_similar(name, [entry_id for entry_id, _ in nearest])

    def end_similar(self) -> None:
        """List everything again."""
        self._top.end_similar()

    @property
    def similar_weights(self) -> Weights:
        """What counts how much, for those who look for similar sounds."""
        return self._top.similar_bar.weights

    @Slot()
    def _end_similar_by_hand(self) -> None:
        if self._top.is_similar:
            self.end_similar()
            self.similar_closed.emit()

    @Slot()
    def _on_escape_pressed(self) -> None:
        if self.search_field.text() or self.chips.is_narrowing:
            self.clear_filter()
        else:
            self._end_similar_by_hand()

    @Slot()
    def _fit_drop_zone(self) -> None:
        is_low = self.height() < em(self) * _LOW_EM
        self._drop.set_low(is_low or not self.details.is_folded)

    @Slot(object)
    def _on_marks_changed(self, marks: Mapping[str, Marks]) -> None:
        self._show_details()
        self.marks_changed.emit(marks)

    @Slot()
    def _show_details(self) -> None:
        selected = self._list.selected()
        outline = self._shelf.model.outline_of(selected[0]) if len(selected) == 1 else None
        self.details.show_entries(selected, outline)

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
        self.search_field.clear()
        self.chips.clear()

    @Slot()
    def _on_all_wanted(self) -> None:
        self.place_button.choose("")
        self.clear_filter()
        self._end_similar_by_hand()

    @Slot()
    def _show_count(self) -> None:
        count = len(self._shelf)
        text = self.tr("Search 1 sound")
        if count != 1:
            text = self.tr("Search {count} sounds").format(count=self.locale().toString(count))
        self._top.search.field.show_hint(text)
        self.place_button.set_places(self._shelf.places, self._shelf.missing_places)
        is_scanning = self.scan_strip.is_scanning
        is_filtered = count > 0 and self._shelf.model.catalogue.filter != Filter()
        self.empty_page.show_reason("scanning" if is_scanning else "filtered" if is_filtered else "empty")
        self._pages.setCurrentIndex(0 if self._shelf.model.rowCount() else 1)

    @Slot()
    def _on_filter_changed(self) -> None:
        self._shelf.model.set_filter(self._top.filter())
        self._show_order()
        self._show_current()
        self._show_count()

    @Slot(object, bool)
    def _on_order_chosen(self, sort_by: SortBy, is_falling: bool) -> None:
        self._shelf.model.set_order(sort_by, is_falling=is_falling)
        self._show_order()
        self._show_current()

    def _show_order(self) -> None:
        sort_by, is_falling = self._shelf.model.catalogue.order
        self._top.show_order(sort_by, is_falling=is_falling)
        self._list.header.show_order(sort_by, is_falling=is_falling)

    @Slot(object, bool)
    def _on_header_clicked(self, sort_by: SortBy, is_falling: bool) -> None:
        self._top.sort_bar.choose(sort_by, is_falling=is_falling)

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
        menu.kind_chosen.connect(self._shelf.correct_kind)
        menu.popup(self._list.viewport().mapToGlobal(place))

    @Slot(str)
    def _on_place_reveal_requested(self, place: str) -> None:
        self.reveal_requested.emit(Path(place))

    @Slot(str)
    def _on_scan_wanted(self, place: str) -> None:
        self.scan_requested.emit((place,) if place else self.places)

    @Slot()
    def _on_scan_cancelled(self) -> None:
        self._show_count()
        self.scan_cancelled.emit()

    @Slot()
    def _on_view_changed(self) -> None:
        model = self._shelf.model
        wanted = [e for e in self._list.in_view() if not e.is_missing and model.outline_of(e) is None]
        self.thumbnails_wanted.emit(tuple(entry.path for entry in wanted if entry.path is not None))

    @Slot()
    def focus_search(self) -> None:
        """Have what is typed next looked for."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    @Slot()
    def _on_search_left(self) -> None:
        self._list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._list.selected() and self._shelf.model.rowCount():
            # The view makes a row the current one by itself when it gets the keyboard, but selects none.
            current = self._list.current() or self._shelf.model.catalogue.shown(0)
            self._list.select(current.entry_id)

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 19, em(self) * 30)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_drop_zone()
