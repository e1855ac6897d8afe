"""What every export asks for, in rows of a dialog: folder, format, bits, rate and level. Writes nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.encoding import takes_rate
from morphstudio.audio.export import BIT_DEPTHS, FORMATS, MAX_RATE_HZ, MIN_RATE_HZ, NORMALISATIONS
from morphstudio.audio.naming import UNSAFE_CHARACTERS, NameProblem
from morphstudio.settings import ExportSettings
from morphstudio.ui.controls import em, restyle
from morphstudio.ui.export_places import music_folder
from morphstudio.ui.segments import Segments

_RATES_HZ = (44_100, 48_000, 88_200, 96_000, 192_000, 22_050)


class ExportFields(QObject):
    """Five rows of a dialog; its owner lays them out and has them retranslated.

    Parameters
    ----------
    settings : ExportSettings
        What was chosen last. Where its folder has gone, the user's music folder is suggested.
    parent : QWidget
        The dialog.
    """

    changed = Signal()

    def __init__(self, settings: ExportSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._dialog = parent
        folder = Path(settings.folder) if settings.folder else None
        self.folder = QLineEdit(str(folder if folder and folder.is_dir() else music_folder()), parent)
        self._browse = QPushButton(parent)
        self.format = Segments(FORMATS, parent)
        self.bits = Segments([str(bits) for bits in BIT_DEPTHS], parent)
        self.rate = QComboBox(parent)
        self.normalise = Segments(NORMALISATIONS, parent)
        self.level_hint = QLabel(parent)
        self._hertz = QLabel(parent)
        self.titles = [QLabel(parent) for _ in range(5)]
        self._fill_in(settings)
        self.retranslate()
        self.folder.textChanged.connect(self._on_changed)
        for segments in (self.format, self.bits, self.normalise):
            segments.value_changed.connect(self._on_changed)
        self.rate.editTextChanged.connect(self._on_changed)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._show_possible()

    @property
    def rate_field(self) -> QLineEdit:
        """Where a rate is typed."""
        field = self.rate.lineEdit()
        assert field is not None
        return field

    @property
    def folder_path(self) -> Path:
        """What is typed as the folder."""
        return Path(self.folder.text().strip()).expanduser()

    def applied_to(self, settings: ExportSettings) -> ExportSettings:
        """Other settings with what is chosen here."""
        return replace(
            settings,
            folder=str(self.folder_path),
            format=self.format.value,
            bits=int(self.bits.value),
            rate_hz=self._rate_hz() or RATE_HZ,
            normalise=self.normalise.value,
        )

    def place_problem(self) -> str:
        """What is wrong with the folder, as a sentence; empty where nothing is."""
        folder = self.folder_path
        if not folder.is_absolute() or not folder.is_dir():
            problem = self.tr("This folder does not exist.")
        elif not os.access(folder, os.W_OK):
            problem = self.tr("Nothing may be written in this folder.")
        else:
            problem = ""
        restyle(self.folder, "bad", bool(problem))
        return problem

    def rate_problem(self) -> str:
        """What is wrong with the rate, as a sentence; empty where nothing is."""
        rate_hz = self._rate_hz()
        if rate_hz is None:
            text = self.tr("Give a rate from {lowest} to {highest} Hz.")
            return text.format(lowest=MIN_RATE_HZ, highest=MAX_RATE_HZ)
        if not takes_rate(self.format.value, rate_hz):
            return self.tr("FLAC takes so high a rate in tens only, such as 88200.")
        return ""

    def name_problem(self, problem: NameProblem) -> str:
        """What is wrong with a template of names, as a sentence."""
        match problem:
            case NameProblem.EMPTY:
                return self.tr("Give the file a name.")
            case NameProblem.BRACES:
                return self.tr("A brace in the name has no partner: write fields such as {field}.").format(
                    field="{bpm}"
                )
            case NameProblem.UNSAFE:
                text = self.tr("Give the file a name without {characters} .")
                return text.format(characters=UNSAFE_CHARACTERS)
            case NameProblem.LONG:
                return self.tr("The file name is too long.")

    def add_folder_to(self, grid: QGridLayout, row: int) -> None:
        """Lay out the folder."""
        folder_row = QHBoxLayout()
        folder_row.setSpacing(em(self._dialog) // 2)
        folder_row.addWidget(self.folder, 1)
        folder_row.addWidget(self._browse)
        grid.addWidget(self.titles[0], row, 0)
        grid.addLayout(folder_row, row, 1)

    def add_kind_to(self, grid: QGridLayout, row: int) -> int:
        """Lay out format, bits, rate and level from a row on; returns the next."""
        unit = em(self._dialog)
        rate_row, level_column = QHBoxLayout(), QVBoxLayout()
        rate_row.setSpacing(unit // 2)
        rate_row.addWidget(self.rate, 1)
        rate_row.addWidget(self._hertz)
        level_column.setSpacing(unit // 4)
        level_column.addWidget(self.normalise)
        level_column.addWidget(self.level_hint)
        self.level_hint.setMinimumHeight(unit * 2)  # or all below it would jump
        self.level_hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        contents: tuple[QWidget | QLayout, ...] = (self.format, self.bits, rate_row, level_column)
        for title, content in zip(self.titles[1:], contents, strict=True):
            # Beside the field, not beside what is said below it.
            title.setMinimumHeight(self.format.sizeHint().height())
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(content, QWidget):
                grid.addWidget(content, row, 1)
            else:
                grid.addLayout(content, row, 1)
            row += 1
        return row

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        names = (
            self.tr("Folder"),
            self.tr("Format"),
            self.tr("Bits"),
            self.tr("Sample rate"),
            self.tr("Level"),
        )
        for label, text in zip(self.titles, names, strict=True):
            label.setText(text)
        self.folder.setAccessibleName(names[0])
        self.format.set_texts(names[1], ("WAV", "AIFF", "FLAC"))
        depths = (self.tr("16 bit, dithered"), self.tr("24 bit"), self.tr("32 bit float"))
        self.bits.set_texts(names[2], depths)
        for widget in (self.rate, self.rate_field):
            widget.setAccessibleName(names[3])
        self._hertz.setText(self.tr("Hz"))
        levels = (self.tr("As heard"), self.tr("Peak -1 dB"), self.tr("Loudness -14 LUFS"))
        self.normalise.set_texts(names[4], levels, self._level_hints())
        self._browse.setText(self.tr("Browse…"))
        self._show_possible()

    def _fill_in(self, settings: ExportSettings) -> None:
        self.rate.setEditable(True)
        self.rate.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.rate.addItems([str(rate) for rate in _RATES_HZ])
        self.rate.setEditText(str(settings.rate_hz))
        self.format.choose(settings.format)
        self.bits.choose(str(settings.bits))
        self.normalise.choose(settings.normalise)
        self._browse.setAutoDefault(False)
        for label in (*self.titles, self._hertz, self.level_hint):
            label.setProperty("dim", True)
        self.level_hint.setWordWrap(True)

    def _level_hints(self) -> tuple[str, str, str]:
        return (
            self.tr("The level stays as it is heard."),
            self.tr("The highest peak comes to -1 dBTP: a true peak, measured between the samples too."),
            self.tr("The loop comes to -14 LUFS, as far as its true peak stays below -1\u00a0dBTP."),
        )

    def _rate_hz(self) -> int | None:
        text = self.rate.currentText().strip()
        rate_hz = int(text) if text.isascii() and text.isdigit() else 0
        return rate_hz if MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ else None

    def _show_possible(self) -> None:
        is_flac = self.format.value == "flac"
        self.bits.set_possible("32", not is_flac)
        if is_flac and self.bits.value == "32":
            self.bits.choose("24")
        self.level_hint.setText(self._level_hints()[NORMALISATIONS.index(self.normalise.value)])

    @Slot()
    def _on_changed(self) -> None:
        self._show_possible()
        self.changed.emit()

    @Slot()
    def _on_browse_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._dialog, self.tr("Export to"), self.folder.text())
        if folder:
            self.folder.setText(folder)
