"""Where the loop goes, and as what. Asks; writes nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.audio.clip import RATE_HZ
from morphstudio.ui.controls import em, restyle

_RATES_HZ = (44_100, 48_000, 88_200, 96_000, 192_000, 22_050)
_LOWEST_RATE_HZ, _HIGHEST_RATE_HZ = 8_000, 192_000
_FORMATS = (16, 24, 32)
_USUAL_FORMAT = 24
_LONGEST_NAME_BYTES = 255
_LONGEST_SUGGESTION_BYTES = 120
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """A file to write: `bits` is 16, 24 or 32 (float)."""

    path: Path
    bits: int
    rate_hz: int


class ExportDialog(QDialog):
    """Asks for folder, name, bits and rate.

    Parameters
    ----------
    name : str
        Suggested file name, without ending.
    n_frames, n_channels : int
        Of the loop at 44.1 kHz, to tell its length and size.
    folder : Path or None
        Where to start; the user's music folder where there is none, or it has gone.
    taken : collection of Path
        Files that do not exist yet but soon will.
    parent : QWidget or None
    """

    def __init__(
        self,
        name: str,
        n_frames: int,
        n_channels: int,
        folder: Path | None = None,
        taken: Collection[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._n_frames, self._n_channels = n_frames, n_channels
        self.setWindowTitle(self.tr("Export loop"))
        unit = em(self)
        self.setMinimumWidth(unit * 30)
        music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        places = (folder, Path(music) if music else None)
        start = next((place for place in places if place and place.is_dir()), Path.home())
        self._name = QLineEdit(_free_name(name, start, taken), self)
        self._folder = QLineEdit(str(start), self)
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._bits = QButtonGroup(self)
        self._rate = QComboBox(self)
        self._rate.setEditable(True)
        self._rate.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._rate.addItems([str(rate) for rate in _RATES_HZ])
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setMinimumHeight(unit * 2)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._export = QPushButton(self.tr("Export"), self)
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        self._browse.setAutoDefault(False)
        self._lay_out(unit)
        for field in (self._name, self._folder):
            field.textChanged.connect(self._on_changed)
        self._bits.idToggled.connect(self._on_changed)
        self._rate.editTextChanged.connect(self._on_changed)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._on_export_clicked)
        self._on_changed()
        self._name.selectAll()
        self._name.setFocus()

    @property
    def rate_field(self) -> QLineEdit:
        """Where a rate is typed."""
        field = self._rate.lineEdit()
        assert field is not None
        return field

    def chosen(self) -> ExportChoice:
        """Return what was chosen; sound only after the dialog was accepted."""
        name = self._name.text().strip()
        name = name if name.lower().endswith(".wav") else f"{name}.wav"
        path = Path(self._folder.text().strip()).expanduser() / name
        return ExportChoice(path, self._bits.checkedId(), self._rate_hz() or RATE_HZ)

    def _lay_out(self, unit: int) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.75))
        folder_row, rate_row, bits_row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (folder_row, rate_row, bits_row):
            row.setSpacing(unit // 2)
        folder_row.addWidget(self._folder, 1)
        folder_row.addWidget(self._browse)
        rate_row.addWidget(self._rate, 1)
        rate_row.addWidget(_dim("Hz"))
        labels = (self.tr("16 bit, dithered"), self.tr("24 bit"), self.tr("32 bit float"))
        for bits, label in zip(_FORMATS, labels, strict=True):
            button = QPushButton(label, self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(bits == _USUAL_FORMAT)
            self._bits.addButton(button, bits)
            bits_row.addWidget(button, 1)
        fields: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (self.tr("File name"), self._name),
            (self.tr("Folder"), folder_row),
            (self.tr("Format"), bits_row),
            (self.tr("Rate"), rate_row),
        )
        for index, (title, field) in enumerate(fields):
            grid.addWidget(_dim(title), index, 0)
            if isinstance(field, QWidget):
                grid.addWidget(field, index, 1)
            else:
                grid.addLayout(field, index, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit * 3 // 2, unit * 3 // 2, unit * 3 // 2, unit)
        layout.setSpacing(unit)
        layout.addLayout(grid)
        layout.addWidget(self._summary)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _rate_hz(self) -> int | None:
        text = self._rate.currentText().strip()
        rate_hz = int(text) if text.isascii() and text.isdigit() else 0
        return rate_hz if _LOWEST_RATE_HZ <= rate_hz <= _HIGHEST_RATE_HZ else None

    def _problem(self) -> str:
        """Return a sentence on what cannot be exported so, or nothing."""
        name, folder = self._name.text().strip(), self.chosen().path.parent
        if not name.lower().removesuffix(".wav").strip(". ") or _UNSAFE.search(name):
            return self.tr('Give the file a name without / \\ : * ? " < > |.')
        if len(os.fsencode(self.chosen().path.name)) > _LONGEST_NAME_BYTES:
            return self.tr("The file name is too long.")
        if not folder.is_absolute() or not folder.is_dir():
            return self.tr("This folder does not exist.")
        if not os.access(folder, os.W_OK):
            return self.tr("Nothing may be written in this folder.")
        if self.chosen().path.is_dir():
            return self.tr("There is a folder of this name.")
        if self._rate_hz() is None:
            return self.tr("Give a rate from 8000 to 192000 Hz.")
        return ""

    @Slot()
    def _on_changed(self) -> None:
        problem = self._problem()
        self._export.setEnabled(not problem)
        if problem:
            self._summary.setText(problem)
        else:
            choice = self.chosen()
            n_frames = round(self._n_frames * choice.rate_hz / RATE_HZ)
            size_mb = n_frames * self._n_channels * choice.bits / 8 / 1e6
            channels = self.tr("stereo") if self._n_channels == 2 else self.tr("mono")
            text = self.tr("%1 s, %2, %3 frames, %4 MB. It loops without a seam.")
            for key, value in (
                ("%1", f"{self._n_frames / RATE_HZ:.2f}"),
                ("%2", channels),
                ("%3", f"{n_frames:,}"),
                ("%4", f"{size_mb:.1f}"),
            ):
                text = text.replace(key, value)
            self._summary.setText(text)
        restyle(self._summary, "warn", bool(problem))
        restyle(self._summary, "dim", not problem)

    @Slot()
    def _on_browse_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self._folder.text())
        if folder:
            self._folder.setText(folder)

    def _shortened(self, name: str) -> str:
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, em(self) * 24)

    @Slot()
    def _on_export_clicked(self) -> None:
        path = self.chosen().path
        if self._problem():
            self._on_changed()  # the folder may have gone since
        elif not path.exists():
            self.accept()
        else:
            question = QMessageBox(self)
            question.setWindowTitle(self.tr("Replace file"))
            question.setText(
                self.tr("%1 exists already. Replace it?").replace("%1", self._shortened(path.name))
            )
            replace = question.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
            # A standard button would bring an icon of the style's own.
            cancel = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
            question.setDefaultButton(cancel)
            question.setEscapeButton(cancel)
            replace.clicked.connect(self.accept)
            question.open()


def _free_name(name: str, folder: Path, taken: Collection[Path]) -> str:
    """Make a name that can be written, is not too long, and belongs to no file yet."""
    # Names of files from elsewhere may hold bytes that are no text.
    whole = name.encode("utf-8", "replace").decode("utf-8")
    stem = _UNSAFE.sub("_", whole).encode()[:_LONGEST_SUGGESTION_BYTES].decode("utf-8", "ignore").strip()
    names = chain([stem], (f"{stem} {number}" for number in count(2)))
    paths = ((free, folder / f"{free}.wav") for free in names)
    return next(free for free, path in paths if path not in taken and not path.exists())


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("dim", True)
    return label
