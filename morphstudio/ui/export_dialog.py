"""Where the loop goes, and as what. Asks; writes nothing."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
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
from morphstudio.audio.encoding import takes_rate
from morphstudio.audio.export import (
    BIT_DEPTHS,
    FORMATS,
    MAX_RATE_HZ,
    MAX_REPEATS,
    MIN_RATE_HZ,
    NORMALISATIONS,
    ExportOptions,
)
from morphstudio.audio.naming import (
    UNSAFE_CHARACTERS,
    NameFields,
    NameProblem,
    NamingError,
    check_length,
    filled,
    free_path,
    has_field,
)
from morphstudio.settings import ExportSettings
from morphstudio.ui.controls import SpinBox, em, restyle
from morphstudio.ui.export_places import music_folder, options_of
from morphstudio.ui.name_field import NameField
from morphstudio.ui.segments import Segments

_RATES_HZ = (44_100, 48_000, 88_200, 96_000, 192_000, 22_050)
_ENDINGS = (".wav", ".aiff", ".aif", ".flac")


@dataclass(frozen=True, slots=True)
class LoopLength:
    """Of the loop at 44.1 kHz; `bar_s` is how long one of its bars takes."""

    n_frames: int
    n_channels: int
    bar_s: float


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """A file to write, and what is to be remembered for the next."""

    path: Path
    options: ExportOptions
    settings: ExportSettings


class ExportDialog(QDialog):
    """Asks for name, folder, format, bits, rate, level, repeats and tail.

    Parameters
    ----------
    fields : NameFields
        What is known of the morph, to name its file by.
    length : LoopLength
    settings : ExportSettings
        What was chosen last. Where its folder has gone, the user's music folder is suggested.
    taken : collection of Path
        Files that do not exist yet but soon will.
    parent : QWidget or None
    """

    def __init__(
        self,
        fields: NameFields,
        length: LoopLength,
        settings: ExportSettings,
        taken: Collection[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields, self._length, self._settings, self._taken = fields, length, settings, taken
        folder = Path(settings.folder) if settings.folder else None
        self.name = NameField(settings.template, self)
        self.folder = QLineEdit(str(folder if folder and folder.is_dir() else music_folder()), self)
        self._browse = QPushButton(self)
        self.format = Segments(FORMATS, self)
        self.bits = Segments([str(bits) for bits in BIT_DEPTHS], self)
        self._rate = QComboBox(self)
        self.normalise = Segments(NORMALISATIONS, self)
        self._level_hint = QLabel(self)
        self.repeats = SpinBox(1, MAX_REPEATS, self)
        self.tail = QCheckBox(self)
        self._summary = QLabel(self)
        self._cancel = QPushButton(self)
        self._export = QPushButton(self)
        self._titles = [QLabel(self) for _ in range(7)]
        self._hertz = QLabel(self)
        self._lay_out()
        self._fill_in(settings)
        self.retranslate()
        self._connect()
        self._on_changed()
        self.name.field.selectAll()
        self.name.setFocus()

    @property
    def rate_field(self) -> QLineEdit:
        """Where a rate is typed."""
        field = self._rate.lineEdit()
        assert field is not None
        return field

    def chosen(self) -> ExportChoice:
        """Return what was chosen; sound only after the dialog was accepted.

        Raises
        ------
        NamingError
            If there is no name.
        """
        template = self._template()
        settings = ExportSettings(
            folder=str(self._folder_path()),
            format=self.format.value,
            bits=int(self.bits.value),
            rate_hz=self._rate_hz() or RATE_HZ,
            normalise=self.normalise.value,
            # A name that was typed for one file is no template for others.
            template=template if has_field(template) else self._settings.template,
            repeats=self.repeats.value(),
            has_tail=self.tail.isChecked(),
        )
        return ExportChoice(self._path(), options_of(settings, self._length.bar_s), settings)

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        self.setWindowTitle(self.tr("Export loop"))
        names = (
            self.tr("File name"),
            self.tr("Folder"),
            self.tr("Format"),
            self.tr("Bits"),
            self.tr("Sample rate"),
            self.tr("Level"),
            self.tr("Repeats"),
        )
        for label, text in zip(self._titles, names, strict=True):
            label.setText(text)
        self.folder.setAccessibleName(names[1])
        self.format.set_texts(names[2], ("WAV", "AIFF", "FLAC"))
        depths = (self.tr("16 bit, dithered"), self.tr("24 bit"), self.tr("32 bit float"))
        self.bits.set_texts(names[3], depths)
        for widget in (self._rate, self.rate_field):
            widget.setAccessibleName(names[4])
        self._hertz.setText(self.tr("Hz"))
        levels = (self.tr("As heard"), self.tr("Peak -1 dB"), self.tr("Loudness -14 LUFS"))
        self.normalise.set_texts(names[5], levels, self._level_hints())
        self.repeats.setAccessibleName(names[6])
        self.repeats.setToolTip(self.tr("How many times the loop is in the file"))
        self.tail.setText(self.tr("Tail of one bar"))
        self.tail.setToolTip(
            self.tr("After the last repeat the loop begins once more and fades out within one bar")
        )
        self._browse.setText(self.tr("Browse…"))
        self._cancel.setText(self.tr("Cancel"))
        self._export.setText(self.tr("Export"))

    def _level_hints(self) -> tuple[str, str, str]:
        return (
            self.tr("The level stays as it is heard."),
            self.tr("The highest peak comes to -1 dBTP: a true peak, measured between the samples too."),
            self.tr("The loop comes to -14 LUFS, as far as its true peak stays below -1\u00a0dBTP."),
        )

    def _fill_in(self, settings: ExportSettings) -> None:
        self._rate.setEditable(True)
        self._rate.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._rate.addItems([str(rate) for rate in _RATES_HZ])
        self._rate.setEditText(str(settings.rate_hz))
        self.format.choose(settings.format)
        self.bits.choose(str(settings.bits))
        self.normalise.choose(settings.normalise)
        self.repeats.setValue(settings.repeats)
        self.tail.setChecked(settings.has_tail)
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        for button in (self._browse, self._cancel):
            button.setAutoDefault(False)
        for label in (*self._titles, self._hertz, self._level_hint):
            label.setProperty("dim", True)
        for label in (self._level_hint, self._summary):
            label.setWordWrap(True)

    def _connect(self) -> None:
        self.name.changed.connect(self._on_changed)
        self.folder.textChanged.connect(self._on_changed)
        for segments in (self.format, self.bits, self.normalise):
            segments.value_changed.connect(self._on_changed)
        self._rate.editTextChanged.connect(self._on_changed)
        self.repeats.valueChanged.connect(self._on_changed)
        self.tail.toggled.connect(self._on_changed)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._on_export_clicked)

    def _lay_out(self) -> None:
        unit = em(self)
        self.setMinimumWidth(unit * 34)
        folder_row, rate_row, repeats_row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        folder_row.addWidget(self.folder, 1)
        folder_row.addWidget(self._browse)
        rate_row.addWidget(self._rate, 1)
        rate_row.addWidget(self._hertz)
        repeats_row.addWidget(self.repeats, 1)
        repeats_row.addWidget(self.tail, 1)
        for line in (folder_row, rate_row, repeats_row):
            line.setSpacing(unit // 2)
        level_column = QVBoxLayout()
        level_column.setSpacing(unit // 4)
        level_column.addWidget(self.normalise)
        level_column.addWidget(self._level_hint)
        self._level_hint.setMinimumHeight(unit * 2)  # or all below it would jump
        self._level_hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.75))
        grid.setColumnStretch(1, 1)
        for index, title in enumerate(self._titles):
            # Beside the field, not beside what is said below it.
            title.setMinimumHeight(self.format.sizeHint().height())
            grid.addWidget(title, index, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.name, 0, 1)
        grid.addLayout(folder_row, 1, 1)
        grid.addWidget(self.format, 2, 1)
        grid.addWidget(self.bits, 3, 1)
        grid.addLayout(rate_row, 4, 1)
        grid.addLayout(level_column, 5, 1)
        grid.addLayout(repeats_row, 6, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit * 3 // 2, unit * 3 // 2, unit * 3 // 2, unit)
        layout.setSpacing(unit)
        layout.addLayout(grid)
        self._summary.setMinimumHeight(unit * 2)
        layout.addWidget(self._summary)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _rate_hz(self) -> int | None:
        text = self._rate.currentText().strip()
        rate_hz = int(text) if text.isascii() and text.isdigit() else 0
        return rate_hz if MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ else None

    def _folder_path(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    def _template(self) -> str:
        text = self.name.text
        ending = next((ending for ending in _ENDINGS if text.lower().endswith(ending)), "")
        return text[: len(text) - len(ending)]

    def _path(self) -> Path:
        """The file to write: a template gives one that is free, a name may be that of a file."""
        template, today = self._template(), datetime.date.today()
        folder, suffix = self._folder_path(), f".{self.format.value}"
        if has_field(template):
            return free_path(folder, template, self._fields, suffix, today, self._taken)
        path = folder / f"{filled(template, self._fields, today)}{suffix}"
        check_length(path.name)
        return path

    def _name_problem(self) -> str:
        try:
            path = self._path()
        except NamingError as error:
            return self._sentence(error.problem)
        return self.tr("There is a folder of this name.") if path.is_dir() else ""

    def _sentence(self, problem: NameProblem) -> str:
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

    def _place_problem(self) -> str:
        folder = self._folder_path()
        if not folder.is_absolute() or not folder.is_dir():
            return self.tr("This folder does not exist.")
        if not os.access(folder, os.W_OK):
            return self.tr("Nothing may be written in this folder.")
        return ""

    def _kind_problem(self) -> str:
        rate_hz = self._rate_hz()
        if rate_hz is None:
            text = self.tr("Give a rate from {lowest} to {highest} Hz.")
            return text.format(lowest=MIN_RATE_HZ, highest=MAX_RATE_HZ)
        if not takes_rate(self.format.value, rate_hz):
            return self.tr("FLAC takes so high a rate in tens only, such as 88200.")
        if self.chosen().options.is_too_large(self._length.n_frames, self._length.n_channels):
            return self.tr("The file would be larger than 4 GB: choose fewer repeats, or FLAC.")
        return ""

    @Slot()
    def _on_changed(self) -> None:
        is_flac = self.format.value == "flac"
        self.bits.set_possible("32", not is_flac)
        if is_flac and self.bits.value == "32":
            self.bits.choose("24")
        self._level_hint.setText(self._level_hints()[NORMALISATIONS.index(self.normalise.value)])
        name_problem, place_problem = self._name_problem(), self._place_problem()
        problem = name_problem or place_problem or self._kind_problem()
        self.name.show_preview("" if name_problem else self._path().name, bool(name_problem))
        restyle(self.folder, "bad", bool(place_problem))
        self._export.setEnabled(not problem)
        self._summary.setText(problem or self._summary_text())
        restyle(self._summary, "warn", bool(problem))
        restyle(self._summary, "dim", not problem)

    def _summary_text(self) -> str:
        options = self.chosen().options
        n_frames = options.n_frames(self._length.n_frames)
        size_mb = options.n_bytes(self._length.n_frames, self._length.n_channels) / 1e6
        if options.format == "flac":
            text = self.tr("{seconds} s, {channels}, {frames} frames, less than {size} MB.")
        else:
            text = self.tr("{seconds} s, {channels}, {frames} frames, {size} MB.")
        said = text.format(
            seconds=f"{n_frames / options.rate_hz:.2f}",
            channels=self.tr("stereo") if self._length.n_channels == 2 else self.tr("mono"),
            frames=f"{n_frames:,}",
            size=f"{size_mb:.1f}",
        )
        ending = self.tr("It ends in a tail.") if options.tail_s else self.tr("It loops without a seam.")
        return f"{said} {ending}"

    @Slot()
    def _on_browse_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    @Slot()
    def _on_export_clicked(self) -> None:
        self._on_changed()  # the folder may have gone since
        if not self._export.isEnabled():
            return
        path = self.chosen().path
        if path not in self._taken and not os.path.lexists(path):
            self.accept()
            return
        question = QMessageBox(self)
        question.setWindowTitle(self.tr("Replace file"))
        question.setText(
            self.tr("{file} exists already. Replace it?").format(file=self._shortened(path.name))
        )
        replacing = question.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        # A standard button would bring an icon of the style's own.
        cancel = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(cancel)
        question.setEscapeButton(cancel)
        replacing.clicked.connect(self.accept)
        question.open()

    def _shortened(self, name: str) -> str:
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, em(self) * 24)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._on_changed()
        super().changeEvent(event)
