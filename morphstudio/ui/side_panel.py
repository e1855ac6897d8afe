"""The right column: how the morph sounds, which model makes it, what the last render measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from morphstudio.ui.controls import Heading, Slider, Switch, em
from morphstudio.ui.model_panel import ModelPanel
from morphstudio.ui.theme import Theme, tabular

_DETAIL_STEPS = 100


@dataclass(frozen=True, slots=True)
class MorphSwitches:
    """How a morph is made, as far as it can be switched."""

    align: bool = True
    match_loudness: bool = True
    even_spacing: bool = True


class SidePanel(QScrollArea):
    """Controls and figures of the morph.

    Parameters
    ----------
    theme : Theme
    """

    detail_changed = Signal(float)
    """0..1."""
    switches_changed = Signal(object)
    """`MorphSwitches`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.detail = Slider(0, _DETAIL_STEPS, _DETAIL_STEPS)
        self.detail_value = QLabel()
        self.align = Switch(theme, self.tr("Align hits"))
        self.match_loudness = Switch(theme, self.tr("Match loudness"))
        self.even_spacing = Switch(theme, self.tr("Even spacing"))
        self.model = ModelPanel(theme)
        self._figures = QFormLayout()
        self._figures_heading = Heading(self.tr("This morph"))
        self._dress()
        self._lay_out()
        self.detail.valueChanged.connect(self._on_detail_moved)
        for switch in (self.align, self.match_loudness, self.even_spacing):
            switch.toggled.connect(self._on_switched)
        self._show_detail()
        self.set_figures([])

    def set_detail(self, detail: float) -> None:
        """Put the slider somewhere, 0..1; says nothing back where it is there already."""
        self.detail.setValue(round(detail * _DETAIL_STEPS))

    @property
    def switches(self) -> MorphSwitches:
        """How the switches stand."""
        return MorphSwitches(
            self.align.isChecked(), self.match_loudness.isChecked(), self.even_spacing.isChecked()
        )

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
        self.detail.setAccessibleName(self.tr("Detail"))
        self.detail.setToolTip(
            self.tr("How much of the sources' own detail is kept; double click for all of it")
        )
        self.detail_value.setFont(tabular(self.detail_value.font()))
        self.detail_value.setProperty("dim", True)
        self.detail_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.detail_value.setFixedWidth(self.detail_value.fontMetrics().horizontalAdvance("0000"))
        initial = MorphSwitches()
        self.align.setChecked(initial.align)
        self.align.setToolTip(
            self.tr("Move the hits of both loops to times in between, so that you hear one groove, not two")
        )
        self.match_loudness.setChecked(initial.match_loudness)
        self.match_loudness.setToolTip(self.tr("Keep the level steady on the way from one loop to the next"))
        self.even_spacing.setChecked(initial.even_spacing)
        self.even_spacing.setToolTip(
            self.tr("Make equal distances on the pad sound like equal changes, half way sound like half way")
        )

    def _lay_out(self) -> None:
        unit = em(self)
        morph = QGridLayout()
        morph.setHorizontalSpacing(unit)
        morph.addWidget(QLabel(self.tr("Detail")), 0, 0)
        morph.addWidget(self.detail, 0, 1)
        morph.addWidget(self.detail_value, 0, 2)
        morph.setColumnStretch(1, 1)
        self._figures.setVerticalSpacing(round(unit * 0.55))
        self._figures.setHorizontalSpacing(unit)
        self._figures.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._figures.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(unit, round(unit * 0.9), unit, unit)
        column.setSpacing(round(unit * 0.5))
        column.addWidget(Heading(self.tr("Morph")))
        column.addLayout(morph)
        for switch in (self.align, self.match_loudness, self.even_spacing):
            column.addWidget(switch)
        column.addSpacing(round(unit * 0.9))
        column.addWidget(self.model)
        column.addSpacing(round(unit * 0.9))
        column.addWidget(self._figures_heading)
        column.addLayout(self._figures)
        column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(unit * 14)

    def _show_detail(self) -> None:
        self.detail_value.setText(str(self.detail.value()))

    def _on_detail_moved(self, value: int) -> None:
        self._show_detail()
        self.detail_changed.emit(value / _DETAIL_STEPS)

    def _on_switched(self) -> None:
        self.switches_changed.emit(self.switches)
