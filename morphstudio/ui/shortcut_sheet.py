"""Every key and gesture at a glance, by group. Made anew from the commands at each opening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from morphstudio.ui.commands import Commands, Group
from morphstudio.ui.controls import Heading, em
from morphstudio.ui.icons import icon
from morphstudio.ui.overlay import Overlay, paint_keys
from morphstudio.ui.theme import Theme, scaled

_MOST_COLUMNS = 3
_ROW, _GAP = 1.75, 1.0
"""Height of a line and distance of groups, in ems."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something that hands do with the mouse, or that no command stands for.

    Parameters
    ----------
    keys, text : str
        "Wheel" and "Zoom".
    """

    keys: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading."""

    title: str
    lines: tuple[Gesture, ...]


class ShortcutSheet(Overlay):
    """Shows what every key does.

    Parameters
    ----------
    commands : Commands
        Each with a shortcut has a line.
    gestures : callable
        Makes the gestures of the pad in the language of the moment.
    theme : Theme
    window : QWidget
        What it opens over; also the parent.
    """

    def __init__(
        self,
        commands: Commands,
        gestures: Callable[[], Sequence[Gesture]],
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(theme, window)
        self._commands = commands
        self._gestures = gestures
        self._title = QLabel(self.box)
        self._title.setFont(scaled(self._title.font(), 1.25, QFont.Weight.DemiBold))
        self.close_button = QToolButton(self.box)
        self.close_button.setProperty("flat", True)
        self.close_button.setProperty("small", True)
        self.close_button.clicked.connect(self.close_overlay)
        self._head = QHBoxLayout()
        self._area = QScrollArea(self.box)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()

    @Slot()
    def toggle(self) -> None:
        """Open it, or close it where it is open."""
        if self.isVisible():
            self.close_overlay()
            return
        self.open_over(self.box)

    @property
    def sections(self) -> list[Section]:
        """What the sheet says, in order; groups without a line are left out."""
        sections = []
        for group in Group:
            lines = [
                Gesture(" / ".join(command.keys[:2]), command.title.removesuffix("…"))
                for command in self._commands.in_group(group)
                if command.keys
            ]
            sections.append(Section(self._commands.group_title(group), tuple(lines)))
            if group is Group.PAD:
                sections.append(Section(self.tr("Mouse on the pad"), tuple(self._gestures())))
        return [section for section in sections if section.lines]

    def retranslate(self) -> None:
        """Make every text again."""
        self._title.setText(self.tr("Keys and gestures"))
        self.box.setAccessibleName(self.tr("Keys and gestures"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close"))
        if self.isVisible():
            self.place_box()

    def place_box(self) -> None:
        unit = em(self)
        sections = self.sections
        metrics = self.fontMetrics()
        widest = max((_width(line, metrics) for part in sections for line in part.lines), default=0)
        column = max(widest, unit * 12)
        gap, frame = unit * 3, unit * 4
        fitting = (self.width() - 2 * unit - frame + gap) // (column + gap)
        n_columns = max(1, min(_MOST_COLUMNS, fitting, len(sections)))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(gap)
        for part in _balanced(sections, n_columns):
            columns.addWidget(self._column(part, column), 0, Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(content)
        height = content.sizeHint().height()
        layout = self.box.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        head = self._head.sizeHint().height() + layout.spacing() + margins.top() + margins.bottom()
        width = n_columns * column + (n_columns - 1) * gap + frame
        size = QSize(width, height + head).boundedTo(self.size() - QSize(2 * unit, 2 * unit))
        if size.height() < height + head:  # the scroll bar takes its share
            size.setWidth(min(size.width() + unit, self.width() - 2 * unit))
        self.box.resize(size)
        self.box.move((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        self.update()

    def _column(self, sections: Sequence[Section], width: int) -> QWidget:
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for index, section in enumerate(sections):
            if index:
                layout.addSpacing(round(em(self) * _GAP))
            heading = Heading(section.title)
            heading.setFixedHeight(round(em(self) * _ROW))
            layout.addWidget(heading)
            for line in section.lines:
                layout.addWidget(_Line(line, self.theme))
        column.setFixedWidth(width)
        return column

    def _lay_out(self) -> None:
        unit = em(self)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.close_button)
        layout = QVBoxLayout(self.box)
        layout.setContentsMargins(2 * unit, round(unit * 1.2), 2 * unit, round(unit * 1.5))
        layout.setSpacing(unit)
        layout.addLayout(self._head)
        layout.addWidget(self._area, 1)

    @Slot()
    def _tint(self) -> None:
        self.close_button.setIcon(icon(self.theme, "close", "text_dim"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._area.verticalScrollBar()
        steps = {
            Qt.Key.Key_Up: -em(self),
            Qt.Key.Key_Down: em(self),
            Qt.Key.Key_PageUp: -self._area.height(),
            Qt.Key.Key_PageDown: self._area.height(),
        }
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        elif event.text() == "?":
            self.close_overlay()
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Line(QWidget):
    """What is done at the left, the keys that do it at the right."""

    def __init__(self, line: Gesture, theme: Theme) -> None:
        super().__init__()
        self._line = line
        self._theme = theme
        self.setAccessibleName(f"{line.text}: {line.keys}")

    def sizeHint(self) -> QSize:
        return QSize(_width(self._line, self.fontMetrics()), round(em(self) * _ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setFont(scaled(self.font(), 0.88))
        width = paint_keys(painter, self._theme, rect, self._line.keys)
        painter.setFont(self.font())
        painter.setPen(self._theme.role("text"))
        rect.setRight(rect.right() - width - em(self))
        text = self.fontMetrics().elidedText(
            self._line.text, Qt.TextElideMode.ElideRight, round(rect.width())
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _width(line: Gesture, metrics: QFontMetrics) -> int:
    return metrics.horizontalAdvance(line.text) + metrics.horizontalAdvance(line.keys) + 3 * metrics.height()


def _balanced(sections: Sequence[Section], n_columns: int) -> list[list[Section]]:
    """Share out sections in their order, so that the longest column is as short as it can be."""
    heights = [(1 + len(section.lines)) * _ROW + _GAP for section in sections]
    limit = max(heights, default=0.0)
    while True:
        columns: list[list[Section]] = [[]]
        filled = 0.0
        for section, height in zip(sections, heights, strict=True):
            if columns[-1] and filled + height > limit:
                columns.append([])
                filled = 0.0
            columns[-1].append(section)
            filled += height
        if len(columns) <= n_columns:
            return columns
        limit += _ROW
