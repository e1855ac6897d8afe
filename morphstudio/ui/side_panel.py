"""The right column: how the morph sounds, the way from A to B, the model, what the last render measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from morphstudio.morph.request import MOST_SEMITONES
from morphstudio.session import MorphOptions
from morphstudio.ui.controls import Heading, Slider, Switch, em
from morphstudio.ui.figures import signed_text
from morphstudio.ui.model_panel import ModelPanel
from morphstudio.ui.theme import Theme, tabular
from morphstudio.ui.way_section import WaySection

_DETAIL_STEPS = 100


class SidePanel(QScrollArea):
    """Controls and figures of the morph.

    Parameters
    ----------
    theme : Theme
    """

    options_changed = Signal(object)
    """`MorphOptions`, on each move of a control."""
    way_slid = Signal(float)
    """0 at A, 1 at B, on each move of the slider between them."""
    sides_swapped = Signal()
    pack_requested = Signal(int)
    """A pack of so many steps was asked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = MorphOptions()
        self._is_showing = False
        self._texts: list[tuple[Callable[[str], None], Callable[[], str]]] = []
        self.detail = Slider(0, _DETAIL_STEPS, _DETAIL_STEPS)
        self.detail_value = QLabel()
        self.align = Switch(theme, "")
        self.match_loudness = Switch(theme, "")
        self.even_spacing = Switch(theme, "")
        self.pitch = Slider(-MOST_SEMITONES, MOST_SEMITONES, 0)
        self.pitch_value = QLabel()
        self.sides = WaySection(theme)
        self.way, self.swap_button = self.sides.way, self.sides.swap_button
        self.model = ModelPanel(theme)
        self._figures = QFormLayout()
        self._figures_heading = Heading("")
        self._column = QVBoxLayout()
        self._dress()
        self._lay_out()
        self.detail.valueChanged.connect(self._on_option_changed)
        self.pitch.valueChanged.connect(self._on_option_changed)
        for switch in (self.align, self.match_loudness, self.even_spacing):
            switch.toggled.connect(self._on_option_changed)
        self.sides.way_slid.connect(self.way_slid)
        self.sides.sides_swapped.connect(self.sides_swapped)
        self.sides.pack_requested.connect(self.pack_requested)
        self.model.tuning_shown.connect(self._on_tuning_shown, Qt.ConnectionType.QueuedConnection)
        self.retranslate()
        self.set_options(self._options)
        self.set_figures([])

    # --- what is shown ------------------------------------------------------------------------

    @property
    def options(self) -> MorphOptions:
        """How the controls stand."""
        return self._options

    def set_options(self, options: MorphOptions) -> None:
        """Put the controls somewhere; says nothing back."""
        self._is_showing = True
        self.detail.setValue(round(options.detail * _DETAIL_STEPS))
        self.align.setChecked(options.align)
        self.match_loudness.setChecked(options.match_loudness)
        self.even_spacing.setChecked(options.even_spacing)
        self.pitch.setValue(options.pitch_st)
        self._is_showing = False
        self._options = options
        self._show_values()

    def set_sides(self, a: str, b: str) -> None:
        """Name the sounds at the ends of the slider; empty where none is chosen."""
        self.sides.set_sides(a, b)

    def add_section(self, content: QWidget) -> None:
        """Put a widget, which has its own heading, below the others."""
        self._column.insertSpacing(self._column.count() - 1, round(em(self) * 0.7))
        self._column.insertWidget(self._column.count() - 1, content)

    def set_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show rows of (label, value); none hides the section."""
        self._figures_heading.setVisible(bool(figures))
        while self._figures.rowCount() > len(figures):
            self._figures.removeRow(self._figures.rowCount() - 1)
        for row, (label, value) in enumerate(figures):
            if row == self._figures.rowCount():
                self._figures.addRow(QLabel(), QLabel())
                self._dress_figure(row)
            self._figure(row, QFormLayout.ItemRole.LabelRole).setText(label)
            self._figure(row, QFormLayout.ItemRole.FieldRole).setText(value)

    def figures(self) -> list[tuple[str, str]]:
        """Return the rows that are shown."""
        roles = QFormLayout.ItemRole
        return [
            (self._figure(row, roles.LabelRole).text(), self._figure(row, roles.FieldRole).text())
            for row in range(self._figures.rowCount())
        ]

    def retranslate(self) -> None:
        """Say everything in the language that is chosen now."""
        for set_text, text in self._texts:
            set_text(text())
        self._show_values()

    # --- how it is made -----------------------------------------------------------------------

    def _say(self, set_text: Callable[[str], None], text: Callable[[], str]) -> None:
        self._texts.append((set_text, text))

    def _name(self, control: QWidget, name: Callable[[], str], tip: Callable[[], str]) -> None:
        self._say(control.setAccessibleName, name)
        self._say(control.setToolTip, tip)

    def _figure(self, row: int, role: QFormLayout.ItemRole) -> QLabel:
        item = self._figures.itemAt(row, role)
        label = item.widget() if item is not None else None
        assert isinstance(label, QLabel)
        return label

    def _dress_figure(self, row: int) -> None:
        self._figure(row, QFormLayout.ItemRole.LabelRole).setProperty("dim", True)
        value = self._figure(row, QFormLayout.ItemRole.FieldRole)
        value.setFont(tabular(value.font()))
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _dress(self) -> None:
        self.detail.setPageStep(10)
        self.pitch.setPageStep(MOST_SEMITONES)
        self._name(
            self.detail,
            lambda: self.tr("Detail"),
            lambda: self.tr("How much of the sources' own detail is kept; double click for all of it"),
        )
        self._name(
            self.pitch,
            lambda: self.tr("Pitch in semitones"),
            lambda: self.tr("Shift what you hear by semitones, in the same time; double click for none"),
        )
        switches: tuple[tuple[Switch, Callable[[], str], Callable[[], str]], ...] = (
            (
                self.align,
                lambda: self.tr("Align hits"),
                lambda: self.tr(
                    "Move the hits of both loops to times in between, so that you hear one groove, not two"
                ),
            ),
            (
                self.match_loudness,
                lambda: self.tr("Match loudness"),
                lambda: self.tr("Keep the level steady on the way from one loop to the next"),
            ),
            (
                self.even_spacing,
                lambda: self.tr("Even spacing"),
                lambda: self.tr(
                    "Make equal distances on the pad sound like equal changes, half way sound like half way"
                ),
            ),
        )
        for switch, name, tip in switches:
            self._say(switch.setText, name)
            self._name(switch, name, tip)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in (self.detail_value, self.pitch_value):
            value.setFont(tabular(value.font()))
            value.setProperty("dim", True)
            value.setAlignment(right)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance(f"{signed_text(-MOST_SEMITONES)} st"))
        self._say(self._figures_heading.setText, lambda: self.tr("This morph"))

    def _lay_out(self) -> None:
        unit = em(self)
        morph = QGridLayout()
        morph.setHorizontalSpacing(unit)
        morph.setVerticalSpacing(round(unit * 0.5))
        rows: tuple[tuple[Callable[[], str], Slider, QLabel], ...] = (
            (lambda: self.tr("Detail"), self.detail, self.detail_value),
            (lambda: self.tr("Pitch"), self.pitch, self.pitch_value),
        )
        for row, (name, slider, value) in enumerate(rows):
            label = QLabel()
            label.setBuddy(slider)
            self._say(label.setText, name)
            morph.addWidget(label, row, 0)
            morph.addWidget(slider, row, 1)
            morph.addWidget(value, row, 2)
        morph.setColumnStretch(1, 1)
        self._figures.setVerticalSpacing(round(unit * 0.55))
        self._figures.setHorizontalSpacing(unit)
        self._figures.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._figures.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        morph_heading = Heading("")
        self._say(morph_heading.setText, lambda: self.tr("Morph"))
        content = QWidget()
        column = self._column
        content.setLayout(column)
        column.setContentsMargins(unit, round(unit * 0.9), unit, unit)
        column.setSpacing(round(unit * 0.5))
        column.addWidget(morph_heading)
        column.addLayout(morph)
        for switch in (self.align, self.match_loudness, self.even_spacing):
            column.addWidget(switch)
        column.addSpacing(round(unit * 0.7))
        column.addWidget(self.sides)
        column.addSpacing(round(unit * 0.7))
        column.addWidget(self.model)
        column.addSpacing(round(unit * 0.7))
        column.addWidget(self._figures_heading)
        column.addLayout(self._figures)
        column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.installEventFilter(self)
        self._fit_width()

    def _fit_width(self) -> None:
        """Be as wide as the content needs, in any language: nothing scrolls sideways."""
        content = self.widget()
        assert content is not None
        bar = self.verticalScrollBar().sizeHint().width()
        needed = content.minimumSizeHint().width() + bar + 2 * self.frameWidth()
        self.setMinimumWidth(max(em(self) * 14, needed))

    def _show_values(self) -> None:
        self.detail_value.setText(str(self.detail.value()))
        semitones = signed_text(self.pitch.value())
        self.pitch_value.setText(self.tr("{semitones} st").format(semitones=semitones))

    @Slot()
    def _on_option_changed(self) -> None:
        self._show_values()
        if not self._is_showing:
            self._options = MorphOptions(
                self.detail.value() / _DETAIL_STEPS,
                self.align.isChecked(),
                self.match_loudness.isChecked(),
                self.even_spacing.isChecked(),
                self.pitch.value(),
            )
            self.options_changed.emit(self._options)

    @Slot()
    def _on_tuning_shown(self) -> None:
        """Scroll to where it can be stopped: in a low window it would be out of view."""
        self._column.activate()
        self.ensureWidgetVisible(self.model.stop_button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit_width()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
