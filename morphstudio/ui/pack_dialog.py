"""What a pack is made of, how many files, what they are called and where they go. Asks; writes nothing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.audio.export import ExportOptions
from morphstudio.audio.naming import PACK_FIELDS, NameFields, NamingError, check_length, filled, pack_names
from morphstudio.errors import MorphStudioError
from morphstudio.morph.packs import FEWEST, MOST, MOST_LINES, PackAsk, PackKind
from morphstudio.settings import ExportSettings
from morphstudio.ui.controls import SpinBox, em, restyle
from morphstudio.ui.export_fields import ExportFields
from morphstudio.ui.export_places import options_of
from morphstudio.ui.name_field import NameField
from morphstudio.ui.pack_picture import PackPicture
from morphstudio.ui.pack_source import PackFile, PackSource
from morphstudio.ui.segments import Segments
from morphstudio.ui.theme import Theme

_RADII = {"near": 0.07, "around": 0.15, "far": 0.3}
"""In pad units."""


@dataclass(frozen=True, slots=True, eq=False)
class PackChoice:
    """A pack to write, and what is to be remembered for the next.

    Parameters
    ----------
    ask : PackAsk
    files : tuple of PackFile
    names : tuple of str
        Of the files, with their endings.
    parent : Path
        Folder in which the pack gets a folder of its own.
    folder : str
        What that is to be called; where there is one of that name, a number is added.
    template : str
    options : ExportOptions
        Of every file, but for its facts.
    settings : ExportSettings
    """

    ask: PackAsk
    files: tuple[PackFile, ...]
    names: tuple[str, ...]
    parent: Path
    folder: str
    template: str
    options: ExportOptions
    settings: ExportSettings


class PackDialog(QDialog):
    """Asks what a pack is to be.

    Parameters
    ----------
    theme : Theme
    source : PackSource
        There must be something that it can be made of.
    ask : PackAsk
        What is suggested; another kind where that is not possible now.
    template : str
        Of the names of files.
    settings : ExportSettings
        What exports were asked for last.
    parent : QWidget or None
    """

    def __init__(
        self,
        theme: Theme,
        source: PackSource,
        ask: PackAsk,
        template: str,
        settings: ExportSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._settings, self._seed = source, settings, ask.seed
        self._choices = source.choices
        self._files: tuple[PackFile, ...] = ()
        self._refusal = ""
        self.kind = QComboBox(self)
        self.count = SpinBox(FEWEST, MOST, self)
        self.rows, self.columns = SpinBox(1, MOST_LINES, self), SpinBox(1, MOST_LINES, self)
        self._times = QLabel(self)
        self.radius = Segments(tuple(_RADII), self)
        self.others_button = QPushButton(self)
        self.picture = PackPicture(theme, source.dots, self)
        self.name = NameField(template, PACK_FIELDS, self)
        self.export_fields = ExportFields(settings, self)
        self.folder_name = QLineEdit(self)
        self._is_named_by_hand = False
        self._titles = [QLabel(self) for _ in range(5)]
        self._summary = QLabel(self)
        self._cancel = QPushButton(self)
        self._export = QPushButton(self)
        self._fill_in(ask)
        self.retranslate()
        self._lay_out()
        self._connect()
        self._on_ask_changed()
        self.kind.setFocus()

    @property
    def ask(self) -> PackAsk:
        """What is asked for."""
        return replace(
            self._choices[self.kind.currentIndex()],
            n=self.count.value(),
            rows=self.rows.value(),
            columns=self.columns.value(),
            radius=_RADII[self.radius.value],
            seed=self._seed,
        )

    def chosen(self) -> PackChoice:
        """Return what was chosen; sound only after the dialog was accepted.

        Raises
        ------
        NamingError
            If files or folder have no name.
        """
        settings = self.export_fields.applied_to(self._settings)
        once = replace(settings, repeats=1, has_tail=False)
        folder = self._folder()
        parent, options = self.export_fields.folder_path, options_of(once, 0.0)
        return PackChoice(
            self.ask, self._files, self._names(), parent, folder, self.name.text, options, settings
        )

    def retranslate(self) -> None:
        """Put the texts in the language that is spoken now."""
        self.setWindowTitle(self.tr("Export pack"))
        names = (
            self.tr("What"),
            self.tr("How many"),
            self.tr("How far"),
            self.tr("File names"),
            self.tr("New folder"),
        )
        for label, text in zip(self._titles, names, strict=True):
            label.setText(text)
        for widget, name in zip(
            (self.kind, self.count, self.folder_name), (*names[:2], names[4]), strict=True
        ):
            widget.setAccessibleName(name)
        for index, choice in enumerate(self._choices):
            self.kind.setItemText(index, self._kind_text(choice))
        self.rows.setAccessibleName(self.tr("Rows"))
        self.columns.setAccessibleName(self.tr("Columns"))
        self.rows.setToolTip(self.tr("Rows"))
        self.columns.setToolTip(self.tr("Columns"))
        self._times.setText("\u00d7")
        self.radius.set_texts(names[2], (self.tr("Close"), self.tr("Near"), self.tr("Wide")))
        self.others_button.setText(self.tr("Others"))
        self.others_button.setToolTip(self.tr("Choose other places by chance"))
        self._cancel.setText(self.tr("Cancel"))
        self._export.setText(self.tr("Export pack"))
        self.picture.setAccessibleName(self.tr("Where the loops of the pack lie on the pad"))

    def _kind_text(self, choice: PackAsk) -> str:
        match choice.kind:
            case PackKind.WAY:
                a, b = self._source.sides
                text = self.tr("From {a} to {b}").format(a=a, b=b)
            case PackKind.PATH:
                text = self._path_text(choice)
            case PackKind.GRID:
                text = self.tr("Grid over the whole pad")
            case PackKind.AROUND:
                text = self.tr("Around the cursor")
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, em(self) * 20)

    def _path_text(self, choice: PackAsk) -> str:
        name = self._source.path_name(choice.path)
        if name:
            return self.tr("Along the path {name}").format(name=name)
        return self.tr("Along path {number}").format(number=choice.path + 1)

    def _suggested_folder(self) -> str:
        """A name for the folder of what is asked for, without what no file may be called."""
        match self.ask.kind:
            case PackKind.WAY:
                text = self.tr("{a} to {b}").format(a=self._source.sides[0], b=self._source.sides[1])
            case PackKind.PATH:
                text = self._source.path_name(self.ask.path) or self.tr("Path {number}").format(
                    number=self.ask.path + 1
                )
            case PackKind.GRID:
                text = self.tr("Grid")
            case PackKind.AROUND:
                text = self.tr("Around {name}").format(name=self._source.heard)
        return filled("{name}", NameFields((), name=text), datetime.date.today())

    def _fill_in(self, ask: PackAsk) -> None:
        self.kind.addItems([""] * len(self._choices))
        wanted = next((i for i, c in enumerate(self._choices) if (c.kind, c.path) == (ask.kind, ask.path)), 0)
        self.kind.setCurrentIndex(wanted)
        self.count.setValue(ask.n)
        self.rows.setValue(ask.rows)
        self.columns.setValue(ask.columns)
        self.radius.choose(min(_RADII, key=lambda name: abs(_RADII[name] - ask.radius)))
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        for button in (self._cancel, self.others_button):
            button.setAutoDefault(False)
        self.others_button.setProperty("flat", True)
        for label in (*self._titles, self._times):
            label.setProperty("dim", True)
        self._summary.setWordWrap(True)
        self._summary.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        unit = em(self)
        self.setMinimumWidth(unit * 38)
        count_row, radius_row = QHBoxLayout(), QHBoxLayout()
        for widget in (self.count, self.rows, self._times, self.columns):
            count_row.addWidget(widget, int(widget is not self._times))
        radius_row.addWidget(self.radius, 1)
        radius_row.addWidget(self.others_button)
        for line in (count_row, radius_row):
            line.setSpacing(unit // 2)
        asked, files = QGridLayout(), QGridLayout()
        for grid in (asked, files):
            grid.setHorizontalSpacing(unit)
            grid.setVerticalSpacing(round(unit * 0.75))
            grid.setColumnStretch(1, 1)
        asked.addWidget(self._titles[0], 0, 0)
        asked.addWidget(self.kind, 0, 1)
        asked.addWidget(self._titles[1], 1, 0)
        asked.addLayout(count_row, 1, 1)
        asked.addWidget(self._titles[2], 2, 0)
        asked.addLayout(radius_row, 2, 1)
        asked.setRowStretch(3, 1)
        asked.addWidget(self.picture, 0, 2, 4, 1, Qt.AlignmentFlag.AlignTop)
        # Beside the field, not beside what is said below it.
        self._titles[3].setMinimumHeight(self.export_fields.format.sizeHint().height())
        files.addWidget(self._titles[3], 0, 0, Qt.AlignmentFlag.AlignTop)
        files.addWidget(self.name, 0, 1)
        files.addWidget(self._titles[4], 1, 0)
        files.addWidget(self.folder_name, 1, 1)
        self.export_fields.add_folder_to(files, 2)
        self.export_fields.add_kind_to(files, 3)
        self._align_titles()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit * 3 // 2, unit * 3 // 2, unit * 3 // 2, unit)
        layout.setSpacing(unit)
        layout.addLayout(asked)
        layout.addLayout(files)
        self._summary.setMinimumHeight(unit * 2)
        layout.addWidget(self._summary)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _align_titles(self) -> None:
        """Make the titles of both grids equally wide, in any language."""
        titles = [*self._titles, *self.export_fields.titles]
        widest = max(title.sizeHint().width() for title in titles)
        for title in titles:
            title.setMinimumWidth(widest)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_ask_changed)
        for spin in (self.count, self.rows, self.columns):
            spin.valueChanged.connect(self._on_ask_changed)
        self.radius.value_changed.connect(self._on_ask_changed)
        self.others_button.clicked.connect(self._on_others_clicked)
        self.name.changed.connect(self._on_changed)
        self.folder_name.textEdited.connect(self._on_folder_typed)
        self.export_fields.changed.connect(self._on_changed)
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._on_export_clicked)

    def _names(self) -> tuple[str, ...]:
        suffix, today = f".{self.export_fields.format.value}", datetime.date.today()
        return pack_names(self.name.text, [file.names for file in self._files], suffix, today)

    def _folder(self) -> str:
        name = filled(self.folder_name.text(), NameFields(()), datetime.date.today())
        check_length(f"{name} 0000")
        return name

    def _name_problem(self) -> str:
        try:
            names = self._names()
        except NamingError as error:
            self.name.show_preview("", True)
            return self.export_fields.name_problem(error.problem)
        self.name.show_preview(" … ".join(dict.fromkeys((names[0], names[-1]))) if names else "", False)
        return ""

    def _folder_problem(self) -> str:
        try:
            self._folder()
        except NamingError as error:
            problem = self.export_fields.name_problem(error.problem)
        else:
            problem = ""
        restyle(self.folder_name, "bad", bool(problem))
        return problem

    @Slot()
    def _on_ask_changed(self) -> None:
        ask = self.ask
        is_grid, is_around = ask.kind is PackKind.GRID, ask.kind is PackKind.AROUND
        self.count.setVisible(not is_grid)
        for of_grid in (self.rows, self._times, self.columns):
            of_grid.setVisible(is_grid)
        for of_around in (self._titles[2], self.radius, self.others_button):
            of_around.setEnabled(is_around)
        try:
            self._files, self._refusal = self._source.files(ask), ""
        except MorphStudioError as error:
            self._files, self._refusal = (), error.message
        is_way = ask.kind in (PackKind.WAY, PackKind.PATH)
        self.picture.show_points([file.point for file in self._files], is_way=is_way)
        if not self._is_named_by_hand:
            self.folder_name.setText(self._suggested_folder())
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        name_problem, folder_problem = self._name_problem(), self._folder_problem()
        place_problem, rate_problem = self.export_fields.place_problem(), self.export_fields.rate_problem()
        problem = self._refusal or name_problem or folder_problem or place_problem or rate_problem
        self._export.setEnabled(not problem)
        self._summary.setText(problem or self._summary_text())
        restyle(self._summary, "warn", bool(problem))
        restyle(self._summary, "dim", not problem)

    def _summary_text(self) -> str:
        options = self.chosen().options
        n_bytes, request = 0, self._files[0].request
        for file in self._files:
            n_channels = max(clip.n_channels for clip in file.request.clips)
            n_bytes += options.n_bytes(request.n_frames, n_channels)
        if options.format == "flac":
            text = self.tr("{count} loops of {seconds} s, together less than {size} MB.")
        else:
            text = self.tr("{count} loops of {seconds} s, together {size} MB.")
        seconds = options.n_frames(request.n_frames) / options.rate_hz
        return text.format(count=len(self._files), seconds=f"{seconds:.2f}", size=f"{n_bytes / 1e6:.1f}")

    @Slot()
    def _on_folder_typed(self) -> None:
        self._is_named_by_hand = True
        self._on_changed()

    @Slot()
    def _on_others_clicked(self) -> None:
        self._seed += 1
        self._on_ask_changed()

    @Slot()
    def _on_export_clicked(self) -> None:
        self._on_changed()  # the folder may have gone since
        if self._export.isEnabled():
            self.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.export_fields.retranslate()
            self.retranslate()
            self._align_titles()
            self._on_ask_changed()
        super().changeEvent(event)
