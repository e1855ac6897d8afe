"""Where the columns of the browser's list are: the delegate paints by it, the header stands above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from morphstudio.library.kinds import Kind
from morphstudio.ui.controls import em
from morphstudio.ui.figures import decibel_text
from morphstudio.ui.sound_texts import kind_text
from morphstudio.ui.theme import tabular

_GAP_EM, _WIDE_GAP_EM = 1.1, 0.8
"""Between columns; the first holds the decimal of the few tempos that have one."""
_NAME_EM = 9.0
"""A name has so much before another column appears."""
_WIDEST_EM = 8.0


class Column(StrEnum):
    """What a row tells in words and figures, from left to right."""

    NAME = "name"
    KIND = "kind"
    TEMPO = "tempo"
    KEY = "key"
    LENGTH = "length"
    BRIGHTNESS = "brightness"
    LOUDNESS = "loudness"


_APPEARING = (Column.KIND, Column.LENGTH, Column.BRIGHTNESS, Column.LOUDNESS)
"""In this order, as the list grows wider; the others are always there."""


def column_text(column: Column) -> str:
    """What a column is called."""
    texts = {
        Column.NAME: QCoreApplication.translate("Column", "Name"),
        Column.KIND: QCoreApplication.translate("Column", "Kind"),
        Column.TEMPO: QCoreApplication.translate("Column", "Tempo"),
        Column.KEY: QCoreApplication.translate("Column", "Key"),
        Column.LENGTH: QCoreApplication.translate("Column", "Length"),
        Column.BRIGHTNESS: QCoreApplication.translate("Column", "Brightness"),
        Column.LOUDNESS: QCoreApplication.translate("Column", "Loudness"),
    }
    return texts[column]


@dataclass(frozen=True, slots=True)
class Span:
    """From where a part of a row is, and how wide, in the list's pixels."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The parts of a row.

    Parameters
    ----------
    dot_x : float
        Middle of the dot.
    wave, star : Span
    columns : mapping of Column to Span
        Those that have room, from left to right.
    """

    dot_x: float
    wave: Span
    star: Span
    columns: Mapping[Column, Span]

    @property
    def is_wide(self) -> bool:
        """Whether there is more than what even the narrowest list shows."""
        return any(column in self.columns for column in _APPEARING)


Widths = Mapping[Column, float]
"""In pixels."""


class ColumnRuler:
    """Measures texts once, and divides rows of any width.

    Parameters
    ----------
    view : QWidget
        Whose font the rows are painted with.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._widths: tuple[Widths, Widths] | None = None
        self._layouts: dict[int, RowLayout] = {}

    def forget(self) -> None:
        """Measure anew: the font or the language is another one."""
        self._widths = None
        self._layouts.clear()

    def layout(self, width_px: int) -> RowLayout:
        """Divide a row."""
        if width_px not in self._layouts:
            if self._widths is None:
                self._widths = self._measured()
            if len(self._layouts) > 8:  # the list is being dragged wider
                self._layouts.clear()
            self._layouts[width_px] = _divided(width_px, em(self._view), *self._widths)
        return self._layouts[width_px]

    @property
    def full_width(self) -> int:
        """So many pixels give every column room."""
        if self._widths is None:
            self._widths = self._measured()
        columns = [column for column in Column if column != Column.NAME]
        return ceil(_needed(em(self._view), self._widths[1], columns))

    def _measured(self) -> tuple[Widths, Widths]:
        """Widths of what is in a column, and those with its header."""
        metrics = QFontMetricsF(tabular(self._view.font()))

        def widest(*texts: str) -> float:
            return max(metrics.horizontalAdvance(text) for text in texts)

        unit = em(self._view)
        figures = {
            Column.TEMPO: ("188",),
            Column.KEY: ("G♯m", "G#m"),
            Column.KIND: tuple(kind_text(kind) for kind in Kind),
            Column.LENGTH: ("88.8 s", "88:88"),
            Column.BRIGHTNESS: ("8.88 kHz",),
            Column.LOUDNESS: (decibel_text(-88.8, 1),),
        }
        plain = {column: min(widest(*texts), unit * _WIDEST_EM) for column, texts in figures.items()}
        # With room for the arrow of what the list is sorted by.
        headed = {
            column: max(width, min(widest(column_text(column)) + unit, unit * _WIDEST_EM))
            for column, width in plain.items()
        }
        return plain, headed


def _needed(unit: int, headed: Widths, there: Sequence[Column]) -> float:
    """Width in pixels with room for a waveform, a name and these columns."""
    figures = sum(headed[column] + unit * _WIDE_GAP_EM for column in there)
    return unit * (1.6 + 4.6 + 0.6 + _NAME_EM + 1.5) + figures


def _divided(width_px: int, unit: int, plain: Widths, headed: Widths) -> RowLayout:
    # Where there is little room, the name has it.
    wave = Span(round(unit * 1.6), round(min(unit * 4.6, max(unit * 1.6, width_px - unit * 14))))
    name_left = wave.right + unit * 0.6
    there: list[Column] = [column for column in Column if column not in (*_APPEARING, Column.NAME)]
    for column in _APPEARING:
        if width_px < _needed(unit, headed, (*there, column)):
            break
        there.append(column)
    is_wide = any(column in _APPEARING for column in there)
    widths, gap = (headed, unit * _WIDE_GAP_EM) if is_wide else (plain, unit * _GAP_EM)
    columns: dict[Column, Span] = {}
    right = width_px - unit * 0.5
    for column in reversed(Column):
        if column in there:
            columns[column] = Span(right - widths[column], widths[column])
            right -= widths[column] + gap
    right += gap
    columns[Column.NAME] = Span(name_left, right - unit * 0.5 - name_left)
    in_order = {column: columns[column] for column in Column if column in columns}
    return RowLayout(float(unit), wave, Span(right - unit * 1.5, unit * 1.3), in_order)
