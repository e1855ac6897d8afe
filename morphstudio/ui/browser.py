"""The left column: what to look for, the list of sounds, what is known of them, where to drop more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from morphstudio.library.catalogue import Filter, SortBy
from morphstudio.library.similarity import Weights
from morphstudio.ui.browser_bar import PlaceButton, SortBar
from morphstudio.ui.browser_chips import ChipBar
from morphstudio.ui.browser_gestures import BrowserGestures
from morphstudio.ui.browser_parts import EmptyPage
from morphstudio.ui.browser_split import ListAndDetails
from morphstudio.ui.browser_top import BrowserTop
from morphstudio.ui.controls import em
from morphstudio.ui.details_pane import DetailsPane
from morphstudio.ui.drop_zone import DropZone
from morphstudio.ui.entry_list import EntryList
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

    similar_weights_changed = Signal(object)
    """The `Weights` that others are to be found by."""
    similar_closed = Signal()
    fill_requested = Signal(int)
    """So many of the sounds that are listed are to be on the pad: see `shown_ids`."""
    details_folded = Signal(bool)
    """Whether a hand folded the details, or opened them."""
    wide_toggled = Signal(bool)
    """Whether the browser is to be `wide_width` wide, or narrow again."""
    place_requested = Signal()
    """Somebody wants to choose a folder to add."""
    scan_requested = Signal(object)
    """Tuple of folders to look through again."""
    scan_cancelled = Signal()
    thumbnails_wanted = Signal(object)
    """Tuple of Path: files in view of which there is no waveform yet."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shelf = Shelf(self)
        """Which entries there are; it is told of others."""
        self._top = BrowserTop(theme, self)
        upper = QWidget(self)
        self._pages = QStackedLayout(upper)
        self._list = EntryList(theme, self.shelf.model, upper)
        self.gestures = BrowserGestures(self._list, self.shelf, self)
        """What a hand wants of rows."""
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
        top.place_button.place_removed.connect(self.shelf.remove_place)
        top.place_button.reveal_requested.connect(self._on_place_reveal_requested)
        top.place_button.scan_requested.connect(self._on_scan_wanted)
        top.fill_button.fill_requested.connect(self.fill_requested)
        top.similar_bar.weights_changed.connect(self.similar_weights_changed)
        top.similar_bar.closed.connect(self._end_similar_by_hand)

    def _connect_list(self) -> None:
        self.shelf.marks_changed.connect(self._show_details)
        self.shelf.changed.connect(self._show_count)
        self._list.search_wanted.connect(self.focus_search)
        self._list.view_changed.connect(self._on_view_changed)
        self._list.selected_changed.connect(self._show_details)
        self._list.wide_changed.connect(self._top.set_wide)
        self._list.header.order_chosen.connect(self._on_header_clicked)

    def _connect_details(self) -> None:
        self.details.kind_corrected.connect(self.shelf.correct_kind)
        self.details.tags_changed.connect(self.shelf.set_tags)
        self._split.folding_changed.connect(self.details_folded)
        self._split.details_opened.connect(self._fit_drop_zone)
        self.empty_page.place_button.clicked.connect(self.place_requested)
        self.empty_page.clear_button.clicked.connect(self._on_all_wanted)
        self.scan_strip.scan_cancelled.connect(self._on_scan_cancelled)

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
    def wide_width(self) -> int:
        """So many pixels give every column room."""
        return self._list.full_width

    def shown_ids(self) -> list[str]:
        """Ids of what is in the list, as filtered and sorted."""
        shown = self.shelf.model.catalogue
        return [shown.shown(row).entry_id for row in range(shown.n_shown)]

    def shown_names(self) -> list[str]:
        """Names in the list, as filtered and sorted."""
        shown = self.shelf.model.catalogue
        return [shown.shown(row).name for row in range(shown.n_shown)]

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self._list.setAccessibleName(self.tr("Sounds"))
        self._show_count()

    # --- what is in the list ------------------------------------------------------------------

    def set_current(self, some_id: str | None) -> None:
        """Light up what is heard most, by the id of its entry or of its sound."""
        entry = self.shelf.entry_of_sound(some_id or "") or self.shelf.entry(some_id or "")
        self._list.set_current_entry(entry.entry_id if entry else "")

    def relocate(self, entry_id: str, path: Path) -> dict[str, str]:
        """A missing file was found; see `Shelf.relocate`."""
        moved = self.shelf.relocate(entry_id, path)
        if entry_id in moved:
            self._list.select(moved[entry_id])
        return moved

    # --- places -------------------------------------------------------------------------------

    def add_place(self, place: str) -> None:
        """Add a folder and show it."""
        self.shelf.add_place(place)
        self.place_button.choose(str(Path(place).absolute()))

    @Slot(str, int)
    def set_scan_progress(self, place: str, n_found: int) -> None:
        """Show that a folder is scanned."""
        self.scan_strip.set_progress(place, n_found)
        self._show_count()

    @Slot()
    def end_scan(self) -> None:
        """No folder is scanned any more."""
        self.scan_strip.end_scan()
        self._show_count()

    # --- what is known of a sound -------------------------------------------------------------

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

    def let_go(self) -> bool:
        """List more, where the keyboard is in here; False where everything is listed already."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return False
        if self.search_field.text() or self.chips.is_narrowing:
            self.clear_filter()
        elif self._top.is_similar:
            self._end_similar_by_hand()
        else:
            return False
        return True

    @Slot()
    def _fit_drop_zone(self) -> None:
        is_low = self.height() < em(self) * _LOW_EM
        self._drop.set_low(is_low or not self.details.is_folded)

    @Slot()
    def _show_details(self) -> None:
        selected = self._list.selected()
        outline = self.shelf.model.outline_of(selected[0]) if len(selected) == 1 else None
        self.details.show_entries(selected, outline)

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
        count = len(self.shelf)
        text = self.tr("Search 1 sound")
        if count != 1:
            text = self.tr("Search {count} sounds").format(count=self.locale().toString(count))
        self._top.search.field.show_hint(text)
        self.place_button.set_places(self.shelf.places, self.shelf.missing_places)
        is_scanning = self.scan_strip.is_scanning
        is_filtered = count > 0 and self.shelf.model.catalogue.filter != Filter()
        self.empty_page.show_reason("scanning" if is_scanning else "filtered" if is_filtered else "empty")
        self._pages.setCurrentIndex(0 if self.shelf.model.rowCount() else 1)

    @Slot()
    def _on_filter_changed(self) -> None:
        self.shelf.model.set_filter(self._top.filter())
        self._show_order()
        self._show_current()
        self._show_count()

    @Slot(object, bool)
    def _on_order_chosen(self, sort_by: SortBy, is_falling: bool) -> None:
        self.shelf.model.set_order(sort_by, is_falling=is_falling)
        self._show_order()
        self._show_current()

    def _show_order(self) -> None:
        sort_by, is_falling = self.shelf.model.catalogue.order
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
    def _on_place_reveal_requested(self, place: str) -> None:
        self.gestures.reveal_requested.emit(Path(place))

    @Slot(str)
    def _on_scan_wanted(self, place: str) -> None:
        self.scan_requested.emit((place,) if place else self.shelf.places)

    @Slot()
    def _on_scan_cancelled(self) -> None:
        self._show_count()
        self.scan_cancelled.emit()

    @Slot()
    def _on_view_changed(self) -> None:
        model = self.shelf.model
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
        if not self._list.selected() and self.shelf.model.rowCount():
            # The view makes a row the current one by itself when it gets the keyboard, but selects none.
            current = self._list.current() or self.shelf.model.catalogue.shown(0)
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
