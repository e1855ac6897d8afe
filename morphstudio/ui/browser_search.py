"""The search field of the browser, and a menu of what can be typed into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from morphstudio.library.query import EXAMPLES
from morphstudio.ui.controls import em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme


class SearchField(QLineEdit):
    """Esc empties it; Esc again, Enter and the arrow down leave it for the list.

    It says how many sounds there are, and, to who is about to type, what may be typed.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._resting = ""
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # a file dropped here belongs to the window

    def show_hint(self, resting: str) -> None:
        """Say this while nothing is typed."""
        self._resting = resting
        self._show()

    def _show(self) -> None:
        self.setPlaceholderText(EXAMPLES[0] if self.hasFocus() else self._resting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()


class SearchRow(QWidget):
    """The field, and beside it a button that lists what it understands.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = SearchField(self)
        self._glass = self.field.addAction(
            icon(theme, "search", "text_dim"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.help_button = QToolButton(self)
        self.help_button.setProperty("flat", True)
        self.help_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.help_button)
        self._menu.triggered.connect(self._on_example_chosen)
        self.help_button.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(em(self) // 4)
        row.addWidget(self.field, 1)
        row.addWidget(self.help_button)
        self.help_button.setFixedWidth(round(em(self) * 1.9))
        theme.changed.connect(self._on_theme_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self.field.setAccessibleName(self.tr("Search sounds"))
        self.help_button.setText("?")
        self.help_button.setToolTip(self.tr("What can be searched for"))
        self.help_button.setAccessibleName(self.tr("What can be searched for"))
        self._menu.clear()
        for text, example in (
            (self.tr("Names, folders and tags"), "amen drums"),
            (self.tr("Just these words"), '"vinyl hiss"'),
            (self.tr("Without a word"), "-loop"),
            (self.tr("Your own tags"), "#dusty"),
            (self.tr("Favourites"), "fav"),
            (self.tr("Kind"), "kick"),
            (self.tr("Loops or one-shots"), "one-shot"),
            (self.tr("Tempo"), "120-128bpm"),
            (self.tr("Key"), "F#m"),
            (self.tr("Note"), "C3"),
            (self.tr("Length"), "<500ms"),
            (self.tr("Brightness"), "bright"),
            (self.tr("Brightness from and to"), "1-4khz"),
            (self.tr("Loudness"), ">-14lufs"),
        ):
            self._menu.addAction(f"{text}\t{example}").setData(example)

    @Slot(QAction)
    def _on_example_chosen(self, action: QAction) -> None:
        words = [self.field.text().strip(), str(action.data())]
        self.field.setText(" ".join(word for word in words if word))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._glass.setIcon(icon(self._theme, "search", "text_dim"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
