"""What an empty list says, and what fills the pad from a list that is not."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme

Reason = Literal["empty", "filtered", "scanning"]
"""Why a list may be empty."""
FILLINGS = (8, 16, 32)
"""How many sounds the pad may be filled with."""


class FillButton(QToolButton):
    """A menu that fills the pad with some of what is listed, as different as possible.

    Parameters
    ----------
    theme : Theme
    """

    fill_requested = Signal(int)
    """How many sounds are to be on the pad."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("flat", True)
        self.setProperty("small", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for count in FILLINGS:
            menu.addAction("").setData(count)
        menu.triggered.connect(self._on_chosen)
        self.setMenu(menu)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        text = self.tr("Fill the pad from this list")
        self.setToolTip(text)
        self.setAccessibleName(text)
        for action in self.menu().actions():
            count = self.locale().toString(int(action.data()))
            action.setText(self.tr("{count} sounds that differ most").format(count=count))

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.fill_requested.emit(int(action.data()))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setIcon(icon(self._theme, "fill", "text_dim"))

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
