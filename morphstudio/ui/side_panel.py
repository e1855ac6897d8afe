"""The right column: how the morph sounds, the way from A to B, the model, what the last render measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.morph.request import MOST_SEMITONES
from morphstudio.session import MorphOptions
from morphstudio.ui.controls import Heading, Slider, Switch, em
from morphstudio.ui.figures import signed_text
from morphstudio.ui.icons import icon
from morphstudio.ui.model_panel import ModelPanel
from morphstudio.ui.theme import Theme, tabular

_DETAIL_STEPS = 100
_WAY_STEPS = 200


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
        self.side_a, self.side_b = QLabel(), QLabel()
        self.way = Slider(0, _WAY_STEPS, 0)
        self.swap_button = QToolButton()
        self._sides_hint = QLabel()
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
        self.way.valueChanged.connect(self._on_way_moved)
        self.swap_button.clicked.connect(self.sides_swapped)
        self.model.tuning_shown.connect(self._on_tuning_shown, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()
        self.set_options(self._options)
        self.set_sides("", "")
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
        for label, name in ((self.side_a, a), (self.side_b, b)):
            label.setToolTip(name)
            label.setProperty("full", name)
        has_both = bool(a and b)
        self.way.setEnabled(has_both)
        self.swap_button.setEnabled(bool(a or b))
        self._sides_hint.setVisible(not has_both)
        self._show_sides()

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
        self._show_sides()

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
        self.way.setPageStep(_WAY_STEPS // 8)
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
        self._name(
            self.way,
            lambda: self.tr("From A to B"),
            lambda: self.tr("Slide from one sound to the other"),
        )
        self._name(self.swap_button, lambda: self.tr("Swap A and B"), lambda: self.tr("Swap A and B"))
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
        self.side_b.setAlignment(right)
        for label in (self.side_a, self.side_b, self._sides_hint):
            label.setProperty("dim", True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._sides_hint.setWordWrap(True)
        self.swap_button.setProperty("flat", True)
        self.swap_button.setProperty("small", True)
        self._say(self._figures_heading.setText, lambda: self.tr("This morph"))
        self._say(
            self._sides_hint.setText,
            lambda: self.tr("Right-click two sounds on the pad and choose Set as A, Set as B."),
        )

    def _lay_out(self) -> None:
        unit = em(self)
        morph, sides = QGridLayout(), QHBoxLayout()
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
        sides.setSpacing(unit // 2)
        sides.addWidget(self.side_a, 1)
        sides.addWidget(self.swap_button)
        sides.addWidget(self.side_b, 1)
        self._figures.setVerticalSpacing(round(unit * 0.55))
        self._figures.setHorizontalSpacing(unit)
        self._figures.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._figures.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        morph_heading, sides_heading = Heading(""), Heading("")
        self._say(morph_heading.setText, lambda: self.tr("Morph"))
        self._say(sides_heading.setText, lambda: self.tr("A to B"))
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
        column.addWidget(sides_heading)
        column.addLayout(sides)
        column.addWidget(self.way)
        column.addWidget(self._sides_hint)
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

    def _show_sides(self) -> None:
        room_px = max(em(self) * 4, (self.viewport().width() - em(self) * 5) // 2)
        for label, letter in ((self.side_a, "A"), (self.side_b, "B")):
            name = str(label.property("full") or letter)
            label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room_px))

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

    @Slot(int)
    def _on_way_moved(self, value: int) -> None:
        self.way_slid.emit(value / _WAY_STEPS)

    @Slot()
    def _on_tuning_shown(self) -> None:
        """Scroll to where it can be stopped: in a low window it would be out of view."""
        self._column.activate()
        self.ensureWidgetVisible(self.model.stop_button)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.swap_button.setIcon(icon(self._theme, "swap", "text_dim"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit_width()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_sides()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
