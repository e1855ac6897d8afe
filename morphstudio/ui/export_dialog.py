"""Where the loop goes, and as what. Asks; writes nothing."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.audio.export import MAX_REPEATS, ExportOptions
from morphstudio.audio.naming import (
    FIELDS,
    NameFields,
    NamingError,
    check_length,
    filled,
    free_path,
    has_field,
)
from morphstudio.settings import ExportSettings
from morphstudio.ui.controls import SpinBox, em, restyle
from morphstudio.ui.export_fields import ExportFields
from morphstudio.ui.export_places import options_of
from morphstudio.ui.name_field import NameField

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
        self.name = NameField(settings.template, FIELDS, self)
        self.kind = ExportFields(settings, self)
        self.folder, self.rate_field = self.kind.folder, self.kind.rate_field
        self.repeats = SpinBox(1, MAX_REPEATS, self)
        self.tail = QCheckBox(self)
        self._summary = QLabel(self)
        self._cancel = QPushButton(self)
        self._export = QPushButton(self)
        self._name_title, self._repeats_title = QLabel(self), QLabel(self)
        self._lay_out()
        self._fill_in(settings)
        self.retranslate()
        self._connect()
        self._on_changed()
        self.name.field.selectAll()
        self.name.setFocus()

    def chosen(self) -> ExportChoice:
        """Return what was chosen; sound only after the dialog was accepted.

        Raises
        ------
        NamingError
            If there is no name.
        """
        template = self._template()
        settings = replace(
            self.kind.applied_to(self._settings),
            # A name that was typed for one file is no template for others.
            template=template if has_field(template) else self._settings.template,
            repeats=self.repeats.value(),
            has_tail=self.tail.isChecked(),
        )
        return ExportChoice(self._path(), options_of(settings, self._length.bar_s), settings)

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        self.setWindowTitle(self.tr("Export loop"))
        self._name_title.setText(self.tr("File name"))
        self._repeats_title.setText(self.tr("Repeats"))
        self.repeats.setAccessibleName(self.tr("Repeats"))
        self.repeats.setToolTip(self.tr("How many times the loop is in the file"))
        self.tail.setText(self.tr("Tail of one bar"))
        self.tail.setToolTip(
            self.tr("After the last repeat the loop begins once more and fades out within one bar")
        )
        self._cancel.setText(self.tr("Cancel"))
        self._export.setText(self.tr("Export"))

    def _fill_in(self, settings: ExportSettings) -> None:
        self.repeats.setValue(settings.repeats)
        self.tail.setChecked(settings.has_tail)
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        self._cancel.setAutoDefault(False)
        for label in (self._name_title, self._repeats_title):
            label.setProperty("dim", True)
        self._summary.setWordWrap(True)

    def _connect(self) -> None:
        self.name.changed.connect(self._on_changed)
        self.kind.changed.connect(self._on_changed)
        self.repeats.valueChanged.connect(self._on_changed)
        self.tail.toggled.connect(self._on_changed)
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._on_export_clicked)

    def _lay_out(self) -> None:
        unit = em(self)
        self.setMinimumWidth(unit * 34)
        repeats_row = QHBoxLayout()
        repeats_row.setSpacing(unit // 2)
        repeats_row.addWidget(self.repeats, 1)
        repeats_row.addWidget(self.tail, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.75))
        grid.setColumnStretch(1, 1)
        # Beside the field, not beside what is said below it.
        self._name_title.setMinimumHeight(self.kind.format.sizeHint().height())
        grid.addWidget(self._name_title, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.name, 0, 1)
        self.kind.add_folder_to(grid, 1)
        row = self.kind.add_kind_to(grid, 2)
        grid.addWidget(self._repeats_title, row, 0)
        grid.addLayout(repeats_row, row, 1)
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

    def _template(self) -> str:
        text = self.name.text
        ending = next((ending for ending in _ENDINGS if text.lower().endswith(ending)), "")
        return text[: len(text) - len(ending)]

    def _path(self) -> Path:
        """The file to write: a template gives one that is free, a name may be that of a file."""
        template, today = self._template(), datetime.date.today()
        folder, suffix = self.kind.folder_path, f".{self.kind.format.value}"
        if has_field(template):
            return free_path(folder, template, self._fields, suffix, today, self._taken)
        path = folder / f"{filled(template, self._fields, today)}{suffix}"
        check_length(path.name)
        return path

    def _name_problem(self) -> str:
        try:
            path = self._path()
        except NamingError as error:
            return self.kind.name_problem(error.problem)
        return self.tr("There is a folder of this name.") if path.is_dir() else ""

    def _size_problem(self) -> str:
        if self.chosen().options.is_too_large(self._length.n_frames, self._length.n_channels):
            return self.tr("The file would be larger than 4 GB: choose fewer repeats, or FLAC.")
        return ""

    @Slot()
    def _on_changed(self) -> None:
        name_problem, place_problem = self._name_problem(), self.kind.place_problem()
        kind_problem = self.kind.rate_problem() or ("" if name_problem else self._size_problem())
        problem = name_problem or place_problem or kind_problem
        self.name.show_preview("" if name_problem else self._path().name, bool(name_problem))
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
            self.kind.retranslate()
            self.retranslate()
            self._on_changed()
        super().changeEvent(event)
