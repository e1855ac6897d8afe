"""Facts side by side, as many in a row as there is room for: what each is called, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.theme import scaled, tabular

_MOST_COLUMNS = 4
_LINE_EM, _GAP_EM = 1.35, 0.9
_VALUE_EM = 3.4
"""With room for less a value would be hard to guess."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a sound.

    Parameters
    ----------
    name, value : str
        "Tempo" and "120".
    tip : str
        What else there is to say.
    """

    name: str
    value: str
    tip: str = ""


class FactGrid(QWidget):
    """Shows facts; values that are too long lose their middles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._names: list[QLabel] = []
        self._values: list[QLabel] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, row by row."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        while len(self._names) < len(facts):
            self._add_pair()
        for index, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            is_used = index < len(facts)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                fact = facts[index]
                name.setText(fact.name)
                value.setText(fact.value)
                value.setAccessibleName(f"{fact.name}: {fact.value}")
                value.setAccessibleDescription(fact.tip)
        self._arrange()
        self.updateGeometry()

    def _add_pair(self) -> None:
        name, value = ElidedLabel(self), ElidedLabel(self)
        for label in (name, value):
            label.setFont(tabular(scaled(self.font(), 0.88)))
        name.setProperty("dim", True)
        value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._names.append(name)
        self._values.append(value)

    def _n_columns(self, width: int) -> int:
        gap = round(em(self) * _GAP_EM)
        widest = max((label.sizeHint().width() for label in self._names[: len(self._facts)]), default=1)
        cell = widest + gap // 2 + round(em(self) * _VALUE_EM)
        n_columns = min(_MOST_COLUMNS, max(1, (width + gap) // (cell + gap)))
        n_rows = -(-len(self._facts) // n_columns)
        return -(-len(self._facts) // max(n_rows, 1)) or 1  # as full as the others

    def _arrange(self) -> None:
        n_columns, n_facts = self._n_columns(self.width()), len(self._facts)
        line, gap = round(em(self) * _LINE_EM), round(em(self) * _GAP_EM)
        columns = [range(column, n_facts, n_columns) for column in range(n_columns)]
        called = [max((self._names[i].sizeHint().width() for i in column), default=0) for column in columns]
        said = [max((self._values[i].sizeHint().width() for i in column), default=0) for column in columns]
        # What is over is shared out; where something is missing, the longest give most.
        room = self.width() - gap * (n_columns - 1) - sum(called) - n_columns * (gap // 2)
        over = room - sum(said)
        left = 0
        for column, name_px, value_px in zip(columns, called, said, strict=True):
            share = over / n_columns if over > 0 else over * value_px / max(sum(said), 1)
            value_px = max(0, int(value_px + share))
            start = left + name_px + gap // 2
            for row, index in enumerate(column):
                self._names[index].setGeometry(QRect(left, row * line, name_px, line))
                self._values[index].setGeometry(QRect(start, row * line, value_px, line))
            left = start + value_px + gap

    def _fact_at(self, place: QPoint) -> Fact | None:
        pairs = zip(self._facts, self._names, self._values, strict=False)
        for fact, name, value in pairs:
            if name.geometry().united(value.geometry()).contains(place):
                return fact
        return None

    def event(self, event: QEvent) -> bool:
        # Labels that show their texts whole have no tips, and hand the event on.
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            fact = self._fact_at(event.pos())
            QToolTip.showText(event.globalPos(), fact.tip if fact else "", self)
            return True
        return super().event(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-len(self._facts) // self._n_columns(width)) * round(em(self) * _LINE_EM)

    def sizeHint(self) -> QSize:
        width = max(self.width(), em(self) * 10)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self) * 8, round(em(self) * _LINE_EM))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
