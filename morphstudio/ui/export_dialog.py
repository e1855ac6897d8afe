"""Where the loop goes, and as what. Asks; writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import (
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
from morphstudio.ui.controls import em

_RATES_HZ = (44_100, 48_000, 88_200, 96_000, 192_000, 22_050)
_LOWEST_RATE_HZ, _HIGHEST_RATE_HZ = 8_000, 192_000
_FORMATS = (16, 24, 32)
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
        Where to start; the user's music folder where there is none.
    parent : QWidget or None
    """

    def __init__(
        self,
        name: str,
        n_frames: int,
        n_channels: int,
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._n_frames, self._n_channels = n_frames, n_channels
        self.setWindowTitle(self.tr("Export loop"))
        unit = em(self)
        self.setMinimumWidth(unit * 30)
        music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        start = folder or (Path(music) if Path(music).is_dir() else Path.home())
        self._name = QLineEdit(_UNSAFE.sub("_", name), self)
        self._folder = QLineEdit(str(start), self)
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._bits = QComboBox(self)
        for bits, label in zip(
            _FORMATS, (self.tr("16 bit, dithered"), self.tr("24 bit"), self.tr("32 bit float")), strict=True
        ):
            self._bits.addItem(label, bits)
        self._bits.setCurrentIndex(1)
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
        self._lay_out(unit)
        for field in (self._name, self._folder):
            field.textChanged.connect(self._on_changed)
        self._bits.currentIndexChanged.connect(self._on_changed)
        self._rate.editTextChanged.connect(self._on_changed)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._on_export_clicked)
        self._on_changed()
        self._name.selectAll()
        self._name.setFocus()

    def chosen(self) -> ExportChoice:
        """What was chosen; sound only after the dialog was accepted."""
        name = self._name.text().strip()
        name = name if name.lower().endswith(".wav") else f"{name}.wav"
        path = Path(self._folder.text().strip()).expanduser() / name
        return ExportChoice(path, int(self._bits.currentData()), self._rate_hz() or RATE_HZ)

    def _lay_out(self, unit: int) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.75))
        folder_row = QHBoxLayout()
        folder_row.addWidget(self._folder, 1)
        folder_row.addWidget(self._browse)
        rate_row = QHBoxLayout()
        rate_row.addWidget(self._rate, 1)
        rate_row.addWidget(QLabel("Hz", self))
        fields: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            (self.tr("File name"), self._name),
            (self.tr("Folder"), folder_row),
            (self.tr("Format"), self._bits),
            (self.tr("Rate"), rate_row),
        )
        for row, (title, field) in enumerate(fields):
            grid.addWidget(_dim(title), row, 0)
            if isinstance(field, QWidget):
                grid.addWidget(field, row, 1)
            else:
                grid.addLayout(field, row, 1)
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
        name = self._name.text().strip()
        if not name or _UNSAFE.search(name):
            return self.tr('Give the file a name without / \\ : * ? " < > |.')
        if not Path(self._folder.text().strip()).expanduser().is_dir():
            return self.tr("This folder does not exist.")
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
        self._summary.setProperty("warn", bool(problem))
        self._summary.setProperty("dim", not problem)
        self._summary.style().unpolish(self._summary)
        self._summary.style().polish(self._summary)

    @Slot()
    def _on_browse_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self._folder.text())
        if folder:
            self._folder.setText(folder)

    @Slot()
    def _on_export_clicked(self) -> None:
        path = self.chosen().path
        if path.exists():
            question = self.tr("%1 exists already. Replace it?").replace("%1", path.name)
            answer = QMessageBox.question(
                self,
                self.tr("Replace file"),
                question,
                QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
                QMessageBox.StandardButton.No,
            )
            if answer != QMessageBox.StandardButton.Yes:
                return
        self.setResult(QDialog.DialogCode.Accepted)
        self.accept()


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("dim", True)
    return label
