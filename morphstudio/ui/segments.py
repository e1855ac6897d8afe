"""A row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from morphstudio.ui.controls import em


class Segments(QWidget):
    """Chooses one of a few values.

    Parameters
    ----------
    values : sequence of str
        In the order of the buttons, which have no texts yet.
    """

    value_changed = Signal(str)

    def __init__(self, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(em(self) // 2)
        for index in range(len(self._values)):
            button = QPushButton(self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button, index)
            layout.addWidget(button, 1)
        self._button(0).setChecked(True)
        self.setFocusProxy(self._button(0))
        self._group.idToggled.connect(self._on_toggled)

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Choose a value."""
        self._button(self._values.index(value)).setChecked(True)

    def set_texts(self, name: str, texts: Sequence[str], tips: Sequence[str] = ()) -> None:
        """Say what the row, and each of its buttons, is called."""
        self.setAccessibleName(name)
        for index, text in enumerate(texts):
            self._button(index).setText(text)
            self._button(index).setAccessibleName(f"{name}: {text}")
            self._button(index).setToolTip(tips[index] if tips else "")

    def set_possible(self, value: str, is_possible: bool) -> None:
        """Allow a value or not; what is chosen stays."""
        self._button(self._values.index(value)).setEnabled(is_possible)

    def _button(self, index: int) -> QAbstractButton:
        return self._group.button(index)

    @Slot(int, bool)
    def _on_toggled(self, index: int, is_checked: bool) -> None:
        if is_checked:
            self.setFocusProxy(self._button(index))
            self.value_changed.emit(self._values[index])
