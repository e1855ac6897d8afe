"""The field for a file name with its template's fields, and what the file will be called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from morphstudio.ui.controls import em, restyle


class NameField(QWidget):
    """Takes a name or a template such as `{name}_{bpm}`, and shows what becomes of it.

    Parameters
    ----------
    template : str
        To begin with.
    fields : sequence of str
        What is offered to be inserted, in that order.
    """

    changed = Signal()

    def __init__(self, template: str, fields: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(template, self)
        self.insert_button = QPushButton(self)
        self.preview = QLabel(self)
        self._preview_text = ""
        self._menu = QMenu(self)
        for name in fields:
            self._menu.addAction(_action(name, self._menu))
        self._lay_out()
        self.retranslate()
        self._menu.triggered.connect(self._on_field_chosen)
        self.field.textChanged.connect(self._on_text_changed)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text().strip()

    def show_preview(self, name: str, is_bad: bool) -> None:
        """Show what the file will be called, nothing where the template makes no name."""
        self._preview_text = name
        self.preview.setToolTip(name)
        self.preview.setAccessibleName(name)
        self._elide()
        restyle(self.field, "bad", is_bad)

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        names = {
            "name": self.tr("Name of the morph"),
            "a": self.tr("First loop"),
            "b": self.tr("Second loop"),
            "c": self.tr("Third loop"),
            "bpm": self.tr("Tempo"),
            "key": self.tr("Key"),
            "date": self.tr("Date"),
            "n": self.tr("Free number"),
            "index": self.tr("Number in the pack"),
            "share": self.tr("Per cent of the way"),
        }
        for action in self._menu.actions():
            action.setText(f"{names[action.data()]}\t{{{action.data()}}}")
        self.field.setAccessibleName(self.tr("File name"))
        self.field.setToolTip(self.tr("Fields in braces are filled in, as far as they are known"))
        self.insert_button.setText(self.tr("Insert…"))
        self.insert_button.setToolTip(self.tr("Insert a field that is filled in for each file"))

    def _lay_out(self) -> None:
        unit = em(self)
        self.insert_button.setMenu(self._menu)
        self.insert_button.setAutoDefault(False)
        self.preview.setProperty("dim", True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)  # a loop may be called <b>
        self.preview.setMinimumWidth(unit * 8)
        row = QHBoxLayout()
        row.setSpacing(unit // 2)
        row.addWidget(self.field, 1)
        row.addWidget(self.insert_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit // 4)
        layout.addLayout(row)
        layout.addWidget(self.preview)
        self.setFocusProxy(self.field)

    def _elide(self) -> None:
        metrics = self.preview.fontMetrics()
        mode = Qt.TextElideMode.ElideMiddle
        self.preview.setText(metrics.elidedText(self._preview_text, mode, self.preview.width()))

    def _on_field_chosen(self, action: QAction) -> None:
        self.field.insert(f"{{{action.data()}}}")
        self.field.setFocus()

    def _on_text_changed(self) -> None:
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QEvent) -> None:
        self._elide()


def _action(name: str, menu: QMenu) -> QAction:
    action = QAction(menu)
    action.setData(name)
    return action
