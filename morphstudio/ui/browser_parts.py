"""Small parts of the browser: search field, chips, a scan that runs, what an empty list says."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from morphstudio.library.catalogue import Filter
from morphstudio.library.sounds import Family
from morphstudio.ui.controls import FlowLayout, em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.entry_model import family_text
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled, tabular

Reason = Literal["empty", "filtered", "scanning"]
"""Why a list may be empty."""


class ScanStrip(QWidget):
    """One line about the scan that runs, and a button that ends it; hidden while none does.

    Parameters
    ----------
    theme : Theme
    """

    scan_cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place, self._n_found = "", 0
        self.label = ElidedLabel(self)
        self.label.setFont(tabular(scaled(self.label.font(), 0.92)))
        self.label.setProperty("dim", True)
        self.cancel_button = QToolButton(self)
        self.cancel_button.setProperty("flat", True)
        self.cancel_button.setProperty("small", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self.scan_cancelled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self.cancel_button.setToolTip(self.tr("Stop scanning"))
        self.cancel_button.setAccessibleName(self.tr("Stop scanning"))
        self._show()

    def set_progress(self, place: str, n_found: int) -> None:
        """Show that a folder is scanned, and what was found in it."""
        self._place, self._n_found = place, n_found
        self._show()
        self.show()

    def _show(self) -> None:
        text = self.tr("Scanning {place} · {count} sounds")
        if self._n_found == 1:
            text = self.tr("Scanning {place} · 1 sound")
        count = self.locale().toString(self._n_found)
        self.label.setText(text.format(place=self._place, count=count))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.cancel_button.setIcon(icon(self._theme, "close", "text_dim"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class SearchField(QLineEdit):
    """Esc empties it; Esc again, Enter and the arrow down leave it for the list."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # a file dropped here belongs to the window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ChipBar(QWidget):
    """Buttons that narrow the list down; families add up, and none means all."""

    toggled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.families = {family: self._make_chip() for family in Family}
        self.favourites, self.on_pad = self._make_chip(), self._make_chip()
        flow = FlowLayout(em(self) // 3)
        for chip in self._all():
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

    def filter(self, text: str, place: str) -> Filter:
        """What is to be shown, with words and a place that are chosen elsewhere."""
        families = frozenset(family for family, chip in self.families.items() if chip.isChecked())
        return Filter(text, families, self.favourites.isChecked(), self.on_pad.isChecked(), place)

    def clear(self) -> None:
        """Narrow nothing down."""
        for chip in self._all():
            chip.setChecked(False)

    @Slot()
    def _on_toggled(self) -> None:
        self.toggled.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class EmptyPage(QWidget):
    """Says why the list is empty, and what to do about it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._reason: Reason = "empty"
        self.label = QLabel(self)
        self.label.setProperty("dim", True)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place_button, self.clear_button = QPushButton(self), QPushButton(self)
        unit = em(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(unit, unit, unit, unit)
        rows.setSpacing(unit)
        rows.addStretch(1)
        rows.addWidget(self.label)
        for button in (self.place_button, self.clear_button):
            button.setAutoDefault(True)
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self.place_button.setText(self.tr("Add folder…"))
        self.clear_button.setText(self.tr("Show all sounds"))
        self.show_reason(self._reason)

    def show_reason(self, reason: Reason) -> None:
        """Tell a list without sounds from one in which none matches, and from one that is being filled."""
        self._reason = reason
        texts = {
            "empty": self.tr("No sounds yet. Drop some loops below, or add a folder of them."),
            "filtered": self.tr("No sound matches."),
            "scanning": self.tr("Looking for sounds…"),
        }
        self.label.setText(texts[reason])
        self.place_button.setVisible(reason == "empty")
        self.clear_button.setVisible(reason == "filtered")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
