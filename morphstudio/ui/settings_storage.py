"""The page about what lies on the disk: where, how much, and clearing old renders. Counted in a thread."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QMessageBox,
    QToolButton,
    QWidget,
)

from morphstudio.storage import (
    OLD_DAYS,
    RENDERS_FOLDER,
    StoragePlaces,
    Usage,
    clear_old_renders,
    old_renders,
    usage,
)
from morphstudio.ui.controls import em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.file_manager import open_folder
from morphstudio.ui.icons import icon
from morphstudio.ui.settings_page import Page, note, plain_button
from morphstudio.ui.theme import Theme, tabular

_KEYS = ("renders", "cache", "embedding", "logs", "settings")


class Counting(QObject):
    """Counts once, in a thread of its own: a folder on the network may not answer for minutes.

    Parameters
    ----------
    places : mapping of str to Path
        What to count, by what it is called in `measured`.
    renders : Path
        Folder of kept renders.
    clears : bool
        Whether the old ones are deleted first.
    """

    measured = Signal(object, str, object)
    """This object, what was counted, and its `Usage`."""
    old_found = Signal(object, object)
    """This object, and the `Usage` of the renders that may be cleared."""
    cleared = Signal(object)
    """`Usage` of what is gone."""

    def __init__(self, places: Mapping[str, Path], renders: Path, *, clears: bool) -> None:
        super().__init__()
        self._places, self._renders, self._clears = dict(places), renders, clears
        self._has_given_up = threading.Event()

    def start(self) -> None:
        """Begin; ends by itself."""
        # A daemon: the program does not wait for a disk that does not answer.
        threading.Thread(target=self._run, name="storage", daemon=True).start()

    def give_up(self) -> None:
        """Nobody waits any more."""
        self._has_given_up.set()

    def _run(self) -> None:
        if self._clears:
            self.cleared.emit(clear_old_renders(self._renders))
        for key, place in self._places.items():
            found = usage(place, self._has_given_up)
            if self._has_given_up.is_set():
                return
            self.measured.emit(self, key, found)
            if key == "renders":
                self.old_found.emit(self, old_renders(self._renders))


class StoragePage(Page):
    """What is where, with sizes; counted anew whenever the page is shown.

    Parameters
    ----------
    theme : Theme
    places : StoragePlaces
    """

    embedding_delete_requested = Signal()

    def __init__(self, theme: Theme, places: StoragePlaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paths = {
            "renders": places.default_renders,
            "cache": places.cache,
            "embedding": places.embedding,
            "logs": places.logs,
            "settings": places.settings_file,
        }
        self._usages: dict[str, Usage] = {}
        self._old = Usage()
        self._gone: Usage | None = None
        self._counting: Counting | None = None
        self._names = {key: QLabel() for key in _KEYS}
        self._places = {key: ElidedLabel() for key in _KEYS}
        self.sizes = {key: QLabel() for key in _KEYS}
        self.openers = {key: QToolButton() for key in _KEYS}
        self.clear, self.delete_embedding, self.note = plain_button(), plain_button(), note()
        self._dress()
        self._lay_out()
        self._opening = QButtonGroup(self)
        for index, key in enumerate(_KEYS):
            self._opening.addButton(self.openers[key], index)
        self._opening.idClicked.connect(self._on_open_clicked)
        self.clear.clicked.connect(self._on_clear_clicked)
        self.delete_embedding.clicked.connect(self._on_delete_embedding_clicked)
        theme.changed.connect(self._dress)
        self.retranslate()

    @property
    def is_counting(self) -> bool:
        """Whether sizes are still to come."""
        return self._counting is not None

    def set_renders_folder(self, folder: Path) -> None:
        """Count another folder as that of kept renders."""
        if folder != self._paths["renders"]:
            self._paths["renders"] = folder
            self._gone = None
            if self.isVisible():
                self._count(clears=False)
            self._show()

    def retranslate(self) -> None:
        self.set_title(self.tr("Storage"))
        names = {
            "renders": self.tr("Dragged-out loops"),
            "cache": self.tr("Work files"),
            "embedding": self.tr("Neural embedding"),
            "logs": self.tr("Log"),
            "settings": self.tr("Settings"),
        }
        for key, name in names.items():
            self._names[key].setText(name)
            self.openers[key].setAccessibleName(self.tr("Open the folder: {name}").format(name=name))
            self.openers[key].setToolTip(self.tr("Show the folder"))
        self.clear.setText(self.tr("Clear loops older than {days} days…").format(days=OLD_DAYS))
        self.delete_embedding.setText(self.tr("Delete neural embedding"))
        self.delete_embedding.setToolTip(self.tr("It can be fetched again, under Similarity."))
        self._show()

    def _lay_out(self) -> None:
        unit, grid = em(self), QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.15))
        for row, key in enumerate(_KEYS):
            top = 3 * row
            grid.addWidget(self._names[key], top, 0)
            grid.addWidget(self._places[key], top + 1, 0)
            grid.addWidget(self.sizes[key], top, 1, 2, 1)
            grid.addWidget(self.openers[key], top, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.setRowMinimumHeight(top + 2, round(unit * 0.6))
        grid.setColumnStretch(0, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.note)
        self.column.addWidget(self.delete_embedding, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    @Slot()
    def _dress(self) -> None:
        for key in _KEYS:
            self._places[key].setProperty("dim", True)
            self.sizes[key].setFont(tabular(self.font()))
            self.sizes[key].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.openers[key].setIcon(icon(self._theme, "folder", "text_dim"))
            self.openers[key].setProperty("flat", True)
            self.openers[key].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _show(self) -> None:
        for key, path in self._paths.items():
            self._places[key].setText(str(path))
            self.sizes[key].setText(self._said(self._usages.get(key)))
        is_ours = self._paths["renders"].name == RENDERS_FOLDER
        self.clear.setEnabled(not self.is_counting and is_ours and self._old.n_files > 0)
        self.delete_embedding.setEnabled(self._usages.get("embedding", Usage()).n_files > 0)
        self.note.setText(self._remark(is_ours))

    def _said(self, found: Usage | None) -> str:
        if found is None:
            return self.tr("counting…")
        if found.n_files == 0:
            return self.tr("nothing yet")
        size = self._size(found.n_bytes)
        if found.n_files == 1:
            return size
        return self.tr("{size} in {count} files").format(size=size, count=f"{found.n_files:,}")

    def _remark(self, is_ours: bool) -> str:
        if not is_ours:
            return self.tr("Only a folder called “{name}” is ever cleared.").format(name=RENDERS_FOLDER)
        if self._gone is not None and not self._gone.is_whole:
            return self.tr("Some loops could not be deleted. Close the program that uses them and try again.")
        if self._gone is not None:
            return self.tr("{size} freed.").format(size=self._size(self._gone.n_bytes))
        if not self.is_counting and self._old.n_files == 0:
            return self.tr("No loop is older than {days} days.").format(days=OLD_DAYS)
        return ""

    def _size(self, n_bytes: int) -> str:
        return QLocale().formattedDataSize(n_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)

    def _count(self, *, clears: bool) -> None:
        self._give_up()
        self._usages.pop("renders", None)
        counting = self._counting = Counting(self._paths, self._paths["renders"], clears=clears)
        counting.measured.connect(self._on_measured)
        counting.old_found.connect(self._on_old_found)
        counting.cleared.connect(self._on_cleared)
        counting.start()

    def _give_up(self) -> None:
        if self._counting is not None:
            self._counting.give_up()
            self._counting = None

    @Slot(object, str, object)
    def _on_measured(self, counting: Counting, key: str, found: Usage) -> None:
        if counting is self._counting:
            self._usages[key] = found
            if key == _KEYS[-1]:
                self._counting = None
            self._show()

    @Slot(object, object)
    def _on_old_found(self, counting: Counting, found: Usage) -> None:
        if counting is self._counting:
            self._old = found

    @Slot(object)
    def _on_cleared(self, gone: Usage) -> None:
        self._gone = gone
        self._show()

    @Slot(int)
    def _on_open_clicked(self, index: int) -> None:
        open_folder(self._paths[_KEYS[index]])

    @Slot()
    def _on_clear_clicked(self) -> None:
        question = QMessageBox(self)
        question.setWindowTitle(self.tr("Clear old loops"))
        question.setText(
            self.tr("Delete {count} dragged-out loops ({size}) that are older than {days} days?").format(
                count=f"{self._old.n_files:,}", size=self._size(self._old.n_bytes), days=OLD_DAYS
            )
        )
        question.setInformativeText(
            self.tr("DAW projects that use them from this folder will not find them any more.")
        )
        delete = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        # A standard button would bring an icon of the style's own.
        cancel = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(cancel)
        question.setEscapeButton(cancel)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(self._on_delete_clicked)
        question.open()

    @Slot()
    def _on_delete_embedding_clicked(self) -> None:
        self.embedding_delete_requested.emit()
        self._count(clears=False)
        self._show()

    @Slot()
    def _on_delete_clicked(self) -> None:
        self._count(clears=True)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._gone = None
        self._count(clears=False)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._give_up()
