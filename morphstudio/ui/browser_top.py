"""What stands above the browser's list: what is looked for, where, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from morphstudio.library.catalogue import Filter, SortBy
from morphstudio.library.query import parse
from morphstudio.ui.browser_bar import PlaceButton, SortBar
from morphstudio.ui.browser_chips import ChipBar
from morphstudio.ui.browser_parts import FillButton
from morphstudio.ui.browser_search import SearchRow
from morphstudio.ui.controls import em
from morphstudio.ui.icons import icon
from morphstudio.ui.similar_bar import SimilarBar
from morphstudio.ui.theme import Theme


class BrowserTop(QWidget):
    """Search, chips, the place, the order, and the bar of what others are like.

    Parameters
    ----------
    theme : Theme
    """

    filter_changed = Signal()
    order_chosen = Signal(object, bool)
    """A `SortBy`, and whether it falls."""
    wide_toggled = Signal(bool)
    """Whether the list is to have room for all its columns."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_wide = False
        self._similar: tuple[str, ...] | None = None
        self.search = SearchRow(theme, self)
        self.chips = ChipBar(theme, self)
        self.place_button = PlaceButton(theme, self)
        self.fill_button = FillButton(theme, self)
        self.sort_bar = SortBar(theme, self)
        self.wide_button = QToolButton(self)
        self.similar_bar = SimilarBar(theme, self)
        self._lay_out()
        self.search.field.textChanged.connect(self.filter_changed)
        self.chips.toggled.connect(self.filter_changed)
        self.place_button.place_chosen.connect(self.filter_changed)
        self.sort_bar.order_chosen.connect(self.order_chosen)
        self.wide_button.clicked.connect(self._on_wide_clicked)
        theme.changed.connect(self._show_wide)
        self.retranslate()

    def _lay_out(self) -> None:
        margin = round(em(self) * 0.75)
        self.wide_button.setProperty("flat", True)
        self.wide_button.setProperty("small", True)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.setContentsMargins(margin // 2, 0, margin // 2, 0)
        tools.addWidget(self.place_button)
        tools.addStretch(1)
        tools.addWidget(self.fill_button)
        tools.addWidget(self.sort_bar)
        tools.addWidget(self.wide_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, below in ((self.search, margin), (self.chips, margin // 2), (self.similar_bar, 0)):
            row = QVBoxLayout()
            row.setContentsMargins(margin, 0, margin, below)
            row.addWidget(part)
            layout.addLayout(row)
        layout.addLayout(tools)

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self._show_wide()

    @property
    def is_similar(self) -> bool:
        """Whether only what is like something is listed."""
        return self._similar is not None

    def filter(self) -> Filter:
        """What is to be shown."""
        query = self.chips.kinds.narrowed(parse(self.search.field.text()))
        return replace(self.chips.filter(), query=query, place=self.place_button.place, similar=self._similar)

    def show_order(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Show what the list is sorted by."""
        self.sort_bar.show_order(sort_by, is_falling=is_falling)

    def set_wide(self, is_wide: bool) -> None:
        """Show which way the list can be made wider, or narrower."""
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._show_wide()

    def show_similar(self, name: str, ids: Sequence[str]) -> None:
        """List these alone, the nearest first, and say what they are like."""
        self._similar = tuple(ids)
        self.similar_bar.show_name(name)
        self.similar_bar.show()
        self.sort_bar.set_similar(True)
        self.filter_changed.emit()

    @Slot()
    def end_similar(self) -> None:
        """List what is like nothing in particular."""
        if self._similar is not None:
            self._similar = None
            self.similar_bar.hide()
            self.sort_bar.set_similar(False)
            self.filter_changed.emit()

    @Slot()
    def _show_wide(self) -> None:
        self.wide_button.setIcon(icon(self._theme, "narrow" if self._is_wide else "widen", "text_dim"))
        text = self.tr("Make the browser narrow") if self._is_wide else self.tr("Make the browser wide")
        self.wide_button.setToolTip(text)
        self.wide_button.setAccessibleName(text)

    @Slot()
    def _on_wide_clicked(self) -> None:
        self.wide_toggled.emit(not self._is_wide)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
