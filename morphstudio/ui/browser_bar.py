"""Above the browser's list: which place is shown, and how it is sorted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from morphstudio.library.catalogue import SortBy
from morphstudio.ui.controls import em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled


class MenuButton(QPushButton):
    """A quiet button whose text gives way where there is little room; it opens a menu.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("flat", True)
        self.setFont(scaled(self.font(), 0.92))
        self.setMenu(QMenu(self))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        unit = em(self)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + round(unit * 2.2), round(unit * 1.7))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self) * 4, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        unit = em(self)
        room = QRect(unit // 2, 0, self.width() - round(unit * 1.9), self.height())
        is_open = self.isDown() or self.underMouse() or self.hasFocus()
        painter.setPen(self._theme.role("text" if is_open else "text_dim"))
        text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        side = round(unit * 0.8)
        width = min(self.fontMetrics().horizontalAdvance(text), room.width())
        chevron = QRect(0, 0, side, side)
        chevron.moveCenter(QPoint(room.left() + width + round(unit * 0.75), self.height() // 2 + 1))
        icon(self._theme, "expand", "text_dim").paint(painter, chevron)


class PlaceButton(MenuButton):
    """Names the folder that is shown; its menu has the others.

    Parameters
    ----------
    theme : Theme
    """

    place_chosen = Signal(str)
    """A folder, or empty for all sounds."""
    place_requested = Signal()
    """Somebody wants to add a folder."""
    place_removed = Signal(str)
    reveal_requested = Signal(str)
    scan_requested = Signal(str)
    """Look again what is in a folder; in all where it is empty."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._places: tuple[str, ...] = ()
        self._missing: frozenset[str] = frozenset()
        self._place = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.showMenu)
        self.menu().aboutToShow.connect(self._fill)
        self.retranslate()

    @property
    def place(self) -> str:
        """The folder that is shown; empty for all."""
        return self._place

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self._show()

    def set_places(self, places: Sequence[str], missing: frozenset[str]) -> None:
        """Offer these folders; those in `missing` are not there."""
        self._places, self._missing = tuple(places), missing
        if self._place and self._place not in self._places:
            self.choose("")
        self._show()

    def choose(self, place: str) -> None:
        """Show a folder; all where it is empty."""
        if place != self._place:
            self._place = place
            self._show()
            self.place_chosen.emit(place)

    def _show(self) -> None:
        text = Path(self._place).name or self._place or self.tr("All sounds")
        self.setText(text)
        self.setAccessibleName(self.tr("Place: {place}").format(place=text))
        self.setToolTip(self._place or self.tr("Sounds of all folders"))
        self.updateGeometry()
        self.update()

    @Slot()
    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for old in menu.findChildren(QActionGroup):
            old.deleteLater()
        group = QActionGroup(menu)
        for place in ("", *self._places):
            name = (Path(place).name or place).replace("&", "&&") if place else self.tr("All sounds")
            if place in self._missing:
                name = self.tr("{place} (not there)").format(place=name)
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(place == self._place)
            action.setToolTip(place)
            action.setData(place)
            group.addAction(action)
        group.triggered.connect(self._on_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Add folder…")).triggered.connect(self.place_requested)
        if self._places:
            menu.addAction(self.tr("Look for new files")).triggered.connect(self._on_scan_wanted)
        if self._place:
            name = Path(self._place).name.replace("&", "&&")
            menu.addSeparator()
            menu.addAction(self.tr("Show in folder")).triggered.connect(self._on_reveal_wanted)
            text = self.tr("Remove “{place}” from the list").format(place=name)
            menu.addAction(text).triggered.connect(self._on_remove_wanted)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.choose(str(action.data()))

    @Slot()
    def _on_scan_wanted(self) -> None:
        self.scan_requested.emit(self._place)

    @Slot()
    def _on_reveal_wanted(self) -> None:
        self.reveal_requested.emit(self._place)

    @Slot()
    def _on_remove_wanted(self) -> None:
        self.place_removed.emit(self._place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class SortBar(QWidget):
    """What the list is sorted by, and which way.

    Parameters
    ----------
    theme : Theme
    """

    order_chosen = Signal(object, bool)
    """A `SortBy`, and whether it falls."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sort_by, self._is_falling = SortBy.NAME, False
        self.button = MenuButton(theme, self)
        self.direction = QToolButton(self)
        self.direction.setProperty("flat", True)
        self.direction.setProperty("small", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.button)
        row.addWidget(self.direction)
        self._group = QActionGroup(self)
        self._actions = {sort_by: self._add_action(sort_by) for sort_by in SortBy}
        self.set_similar(False)
        self._group.triggered.connect(self._on_chosen)
        self.direction.clicked.connect(self._on_turned)
        theme.changed.connect(self._show)
        self.retranslate()

    def _add_action(self, sort_by: SortBy) -> QAction:
        action = self.button.menu().addAction("")
        action.setCheckable(True)
        action.setData(sort_by)
        self._group.addAction(action)
        return action

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        texts = {
            SortBy.NAME: self.tr("Name"),
            SortBy.TEMPO: self.tr("Tempo"),
            SortBy.KEY: self.tr("Key"),
            SortBy.KIND: self.tr("Kind"),
            SortBy.PITCH: self.tr("Note"),
            SortBy.LENGTH: self.tr("Length"),
            SortBy.BRIGHTNESS: self.tr("Brightness"),
            SortBy.LOUDNESS: self.tr("Loudness"),
            SortBy.ADDED: self.tr("Recently added"),
            SortBy.SIMILARITY: self.tr("Similarity"),
        }
        for sort_by, action in self._actions.items():
            action.setText(texts[sort_by])
        self._show()

    def set_similar(self, is_similar: bool) -> None:
        """Offer to sort by similarity or not: there must be something to be similar to."""
        self._actions[SortBy.SIMILARITY].setVisible(is_similar)

    def show_order(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Show what the list is sorted by."""
        self._sort_by, self._is_falling = sort_by, is_falling
        self._show()

    def choose(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Sort in this way."""
        self.show_order(sort_by, is_falling=is_falling)
        self.order_chosen.emit(sort_by, is_falling)

    @Slot()
    def _show(self) -> None:
        action = self._actions[self._sort_by]
        action.setChecked(True)
        self.button.setText(action.text())
        self.button.updateGeometry()
        self.button.setAccessibleName(self.tr("Sorted by {what}").format(what=action.text()))
        self.button.setToolTip(self.tr("What the list is sorted by"))
        self.direction.setIcon(icon(self._theme, "falling" if self._is_falling else "rising", "text_dim"))
        text = self.tr("Falling") if self._is_falling else self.tr("Rising")
        self.direction.setAccessibleName(text)
        self.direction.setToolTip(text)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        sort_by = SortBy(action.data())
        # The same again turns it round; what is new is looked for from its newest.
        is_falling = not self._is_falling if sort_by == self._sort_by else sort_by == SortBy.ADDED
        self.choose(sort_by, is_falling=is_falling)

    @Slot()
    def _on_turned(self) -> None:
        self.choose(self._sort_by, is_falling=not self._is_falling)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
