"""Above the list while it shows what sounds like something: like what, and what counts how much."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from morphstudio.library.similarity import Weights
from morphstudio.ui.controls import Slider, em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled

ASPECTS = tuple(aspect.name for aspect in fields(Weights))
"""What can be weighted, in the order of the sliders."""
_MOST = 100
"""In per cent."""
_EVEN = Weights(1.0, 1.0, 1.0, 1.0)
"""Where every slider is at its end nothing tells one aspect from another."""


class SimilarBar(QWidget):
    """Names the sound, and holds a slider for each aspect.

    Parameters
    ----------
    theme : Theme
    """

    weights_changed = Signal(object)
    """The `Weights` that are set now."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self.title = ElidedLabel(self)
        self.title.setFont(scaled(self.title.font(), 1.0, QFont.Weight.DemiBold))
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setProperty("small", True)
        usual = Weights()
        self.sliders = {
            aspect: Slider(0, _MOST, round(getattr(usual, aspect) * _MOST), self) for aspect in ASPECTS
        }
        self._labels = {aspect: QLabel(self) for aspect in ASPECTS}
        self._lay_out()
        for slider in self.sliders.values():
            slider.setPageStep(20)
            slider.setSingleStep(10)
            slider.valueChanged.connect(self._on_weight_changed)
        self.close_button.clicked.connect(self.closed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        unit = em(self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(0)
        for index, aspect in enumerate(ASPECTS):
            label = self._labels[aspect]
            label.setFont(scaled(label.font(), 0.85))
            label.setProperty("dim", True)
            label.setBuddy(self.sliders[aspect])
            row, column = divmod(index, 2)
            grid.addWidget(label, row * 2, column)
            grid.addWidget(self.sliders[aspect], row * 2 + 1, column)
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, unit // 3)
        layout.setSpacing(unit // 6)
        layout.addLayout(head)
        layout.addLayout(grid)

    @property
    def weights(self) -> Weights:
        """How much each aspect counts."""
        values = [self.sliders[aspect].value() / _MOST for aspect in ASPECTS]
        return Weights(*values) if any(values) else _EVEN

    def show_name(self, name: str) -> None:
        """Name the sound that others are like."""
        self._name = name
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        texts = {
            "timbre": self.tr("Timbre"),
            "pitch": self.tr("Pitch"),
            "rhythm": self.tr("Rhythm"),
            "loudness": self.tr("Loudness"),
        }
        for aspect, text in texts.items():
            self._labels[aspect].setText(text)
            self.sliders[aspect].setAccessibleName(self.tr("How much counts: {what}").format(what=text))
            self._show_weight(aspect)
        self.title.setText(self.tr("Like {name}").format(name=self._name))
        self.close_button.setToolTip(self.tr("Show all sounds again"))
        self.close_button.setAccessibleName(self.tr("Show all sounds again"))

    def _show_weight(self, aspect: str) -> None:
        slider = self.sliders[aspect]
        text = self.tr("Counts for nothing")
        if slider.value():
            text = self.tr("Counts {percent} %").format(percent=self.locale().toString(slider.value()))
        slider.setToolTip(text)
        slider.setAccessibleDescription(text)

    @Slot()
    def _on_weight_changed(self) -> None:
        for aspect in ASPECTS:
            self._show_weight(aspect)
        self.weights_changed.emit(self.weights)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.close_button.setIcon(icon(self._theme, "close", "text_dim"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
