"""The chips of the browser: families, kinds, favourites, what is on the pad."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from morphstudio.library.catalogue import Filter
from morphstudio.library.kinds import Kind
from morphstudio.library.query import Field, Query, Term
from morphstudio.library.sounds import Family
from morphstudio.ui.controls import FlowLayout, em
from morphstudio.ui.entry_model import family_text
from morphstudio.ui.kind_menu import ChevronChip
from morphstudio.ui.sound_texts import kind_text
from morphstudio.ui.theme import Theme


class KindChip(ChevronChip):
    """Opens a menu in which kinds are ticked, several at a time, and loops or one-shots.

    Parameters
    ----------
    theme : Theme
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._tick_menu = _TickMenu(self)
        self.setMenu(self._tick_menu)
        self.kinds = {kind: self._add(kind.value) for kind in Kind}
        self._tick_menu.addSeparator()
        lengths = QActionGroup(self)
        lengths.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self.loops, self.one_shots = self._add("loops"), self._add("one-shots")
        lengths.addAction(self.loops)
        lengths.addAction(self.one_shots)
        self._tick_menu.addSeparator()
        self.everything = self._tick_menu.addAction("")
        self.everything.triggered.connect(self.clear)
        self._is_quiet = False
        self.retranslate()

    def _add(self, name: str) -> QAction:
        action = self._tick_menu.addAction(name)
        action.setCheckable(True)
        action.toggled.connect(self._on_toggled)
        return action

    @property
    def chosen(self) -> frozenset[Kind]:
        """Kinds that are ticked."""
        return frozenset(kind for kind, action in self.kinds.items() if action.isChecked())

    @property
    def is_narrowing(self) -> bool:
        """Whether anything is ticked."""
        return bool(self._names())

    def narrowed(self, query: Query) -> Query:
        """A query that asks for loops or one-shots as well, if one of these is ticked."""
        ticked = [
            number for number, action in ((1.0, self.loops), (0.0, self.one_shots)) if action.isChecked()
        ]
        terms = tuple(Term(field=Field.LOOP, low=number, high=number) for number in ticked)
        return Query((*query.terms, *terms))

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        for kind, action in self.kinds.items():
            action.setText(kind_text(kind))
        self.loops.setText(self.tr("Loops"))
        self.one_shots.setText(self.tr("One-shots"))
        self.everything.setText(self.tr("All kinds"))
        self._show()

    @Slot()
    def clear(self) -> None:
        """Narrow nothing down."""
        was = self._names()
        self._is_quiet = True
        for action in (*self.kinds.values(), self.loops, self.one_shots):
            action.setChecked(False)
        self._is_quiet = False
        self._show()
        if was:
            self.changed.emit()

    def _names(self) -> list[str]:
        actions: Iterable[QAction] = (*self.kinds.values(), self.loops, self.one_shots)
        return [action.text() for action in actions if action.isChecked()]

    def _show(self) -> None:
        names = self._names()
        text = self.tr("Kinds")
        if len(names) == 1:
            text = names[0]
        elif names:
            text = self.tr("Kinds: {count}").format(count=self.locale().toString(len(names)))
        self.setText(text)
        self.set_lit(bool(names))
        spoken = ", ".join(names) if names else self.tr("all")
        self.setAccessibleName(self.tr("Kinds: {names}").format(names=spoken))
        self.setToolTip(", ".join(names) if names else self.tr("What sort of sound"))
        self.everything.setEnabled(bool(names))

    @Slot()
    def _on_toggled(self) -> None:
        if not self._is_quiet:
            self._show()
            self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _TickMenu(QMenu):
    """Stays open while things are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class ChipBar(QWidget):
    """Buttons that narrow the list down; families add up, and none means all.

    Parameters
    ----------
    theme : Theme
    """

    toggled = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.families = {family: self._make_chip() for family in Family}
        self.favourites, self.on_pad = self._make_chip(), self._make_chip()
        self.kinds = KindChip(theme, self)
        self.kinds.changed.connect(self._on_toggled)
        flow = FlowLayout(em(self) // 3)
        for chip in (*self._all(), self.kinds):
            flow.addWidget(chip)
        self.setLayout(flow)
        self.retranslate()

    def _make_chip(self) -> QPushButton:
        chip = QPushButton(self)
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setAutoDefault(True)
        chip.toggled.connect(self._on_toggled)
        return chip

    def _all(self) -> tuple[QPushButton, ...]:
        return (*self.families.values(), self.favourites, self.on_pad)

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        for family, chip in self.families.items():
            chip.setText(family_text(family))
        self.favourites.setText("★")
        self.favourites.setAccessibleName(self.tr("Favourites"))
        self.favourites.setToolTip(self.tr("Favourites"))
        self.on_pad.setText(self.tr("On pad"))

    def filter(self) -> Filter:
        """What is to be shown, but for words and the place, which are chosen elsewhere."""
        return Filter(
            families=frozenset(family for family, chip in self.families.items() if chip.isChecked()),
            kinds=self.kinds.chosen,
            is_favourite=self.favourites.isChecked(),
            is_on_pad=self.on_pad.isChecked(),
        )

    @property
    def is_narrowing(self) -> bool:
        """Whether any chip is on."""
        return any(chip.isChecked() for chip in self._all()) or self.kinds.is_narrowing

    def clear(self) -> None:
        """Narrow nothing down."""
        for chip in self._all():
            chip.setChecked(False)
        self.kinds.clear()

    @Slot()
    def _on_toggled(self) -> None:
        self.toggled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
