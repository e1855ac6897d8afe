"""The page about folders: those that the browser lists, and the one that keeps dragged-out renders."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QWidget

from morphstudio.storage import renders_folder_in
from morphstudio.ui.controls import FlowLayout, Heading, em
from morphstudio.ui.file_manager import open_folder
from morphstudio.ui.settings_page import Page, note, plain_button


class PlaceList(QListWidget):
    """A list that is content with a few rows, and takes what room there is."""

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 16, em(self) * 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class FoldersPage(Page):
    """Adds and removes places, and chooses where renders are kept.

    Parameters
    ----------
    default_renders : Path
        Where they are kept if nobody chose.
    """

    places_changed = Signal(object)
    """Tuple of str: absolute paths, as in `LibrarySettings.places`."""
    renders_folder_changed = Signal(str)
    """As in `Settings.renders_folder`: empty for ours."""

    def __init__(self, default_renders: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default_renders, self._renders = default_renders, ""
        self._places: tuple[str, ...] = ()
        self._places_heading, self._renders_heading = Heading(""), Heading("")
        self._places_note, self._renders_note, self._problem = note(), note(), note("warn")
        self.places = PlaceList()
        self.places.setObjectName("places")
        self.places.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.add, self.remove = plain_button(), plain_button()
        self.renders = QLineEdit()
        self.renders.setReadOnly(True)
        self.choose, self.open, self.reset = plain_button(), plain_button(), plain_button()
        self._lay_out()
        self.add.clicked.connect(self._on_add_clicked)
        self.remove.clicked.connect(self._on_remove_asked)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.places)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_remove_asked)
        self.places.itemSelectionChanged.connect(self._show_what_is_possible)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.open.clicked.connect(self._on_open_clicked)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.retranslate()
        self.set_folders((), "")

    def set_folders(self, places: tuple[str, ...], renders: str) -> None:
        """Show these; says nothing back.

        Parameters
        ----------
        places : tuple of str
            Absolute paths.
        renders : str
            Absolute path; empty for ours.
        """
        if places != self._places:
            self._places = places
            self.places.clear()
            self.places.addItems(list(places))
            for row, place in enumerate(places):
                self.places.item(row).setToolTip(place)
        self._renders = renders
        self.renders.setText(renders or str(self._default_renders))
        self.renders.setToolTip(self.renders.text())
        self.renders.setCursorPosition(0)
        self._show_what_is_possible()

    def retranslate(self) -> None:
        self.set_title(self.tr("Folders"))
        self._places_heading.setText(self.tr("Places"))
        self._places_note.setText(self.tr("The browser lists the sounds in these folders."))
        self.places.setAccessibleName(self.tr("Places"))
        self.add.setText(self.tr("Add…"))
        self.add.setAccessibleName(self.tr("Add a place"))
        self.remove.setText(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove the chosen places"))
        self.remove.setToolTip(self.tr("Take it off the list; the folder and its sounds stay (Delete)"))
        self._renders_heading.setText(self.tr("Dragged-out loops"))
        self._renders_note.setText(
            self.tr("What you drag into your DAW is kept here, because its projects point at these files.")
        )
        self.renders.setAccessibleName(self.tr("Folder of dragged-out loops"))
        self.choose.setText(self.tr("Choose…"))
        self.open.setText(self.tr("Open"))
        self.open.setToolTip(self.tr("Show the folder"))
        self.reset.setText(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Back to {folder}").format(folder=self._default_renders))

    def _lay_out(self) -> None:
        unit = em(self)
        place_buttons, render_buttons = FlowLayout(unit // 2), FlowLayout(unit // 2)
        for row, buttons in (
            (place_buttons, (self.add, self.remove)),
            (render_buttons, (self.choose, self.open, self.reset)),
        ):
            for button in buttons:
                row.addWidget(button)
        self.column.addWidget(self._places_heading)
        self.column.addWidget(self._places_note)
        self.column.addWidget(self.places, 1)
        self.column.addLayout(place_buttons)
        self.column.addSpacing(unit)
        self.column.addWidget(self._renders_heading)
        self.column.addWidget(self._renders_note)
        self.column.addWidget(self.renders)
        self.column.addLayout(render_buttons)
        self.column.addWidget(self._problem)
        self._problem.hide()

    @Slot()
    def _show_what_is_possible(self) -> None:
        self.remove.setEnabled(bool(self.places.selectedItems()))
        self.reset.setEnabled(bool(self._renders))

    def _say_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    @Slot()
    def _on_add_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Add a place"))
        if folder and str(Path(folder)) not in self._places:
            self.places_changed.emit((*self._places, str(Path(folder))))

    @Slot()
    def _on_remove_asked(self) -> None:
        rows = {self.places.row(item) for item in self.places.selectedItems()}
        if rows:
            kept = tuple(place for row, place in enumerate(self._places) if row not in rows)
            self.places_changed.emit(kept)

    @Slot()
    def _on_choose_clicked(self) -> None:
        text = QFileDialog.getExistingDirectory(self, self.tr("Keep dragged-out loops in"))
        if not text:
            return
        if not os.access(text, os.W_OK):
            self._say_problem(self.tr("Nothing may be written in {folder}.").format(folder=text))
            return
        self._say_problem("")
        folder = renders_folder_in(Path(text))
        self.renders_folder_changed.emit("" if folder == self._default_renders else str(folder))

    @Slot()
    def _on_open_clicked(self) -> None:
        open_folder(Path(self.renders.text()))

    @Slot()
    def _on_reset_clicked(self) -> None:
        self._say_problem("")
        self.renders_folder_changed.emit("")
