"""The section of the side panel for the way from A to B, and for packs: how many steps, and the last one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from morphstudio.ui.controls import Heading, Slider, em
from morphstudio.ui.drag_handle import PackHandle
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme

_WAY_STEPS = 200
_COUNTS = (4, 5, 8, 12, 16, 24, 32, 64)
_USUAL_COUNT = 8


class WaySection(QWidget):
    """Slides from A to B, and asks for packs.

    Parameters
    ----------
    theme : Theme
    """

    way_slid = Signal(float)
    """0 at A, 1 at B, on each move of the slider between them."""
    sides_swapped = Signal()
    pack_requested = Signal(int)
    """A pack of so many steps was asked for."""
    pack_shown = Signal()
    """The folder of the last pack was asked for."""
    pack_picked_up = Signal()
    """The files of the last pack were taken hold of, by mouse or keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pack: tuple[str, int] | None = None
        self._heading = Heading("")
        self.side_a, self.side_b = QLabel(), QLabel()
        self.way = Slider(0, _WAY_STEPS, 0)
        self.swap_button = QToolButton()
        self._hint = QLabel()
        self.steps = _Steps()
        self.pack_button = QPushButton()
        self._last = QWidget()
        self.last_label = ElidedLabel()
        self.show_button = QPushButton()
        self.pack_handle = PackHandle(theme)
        self._dress()
        self._lay_out()
        self.way.valueChanged.connect(self._on_way_moved)
        self.swap_button.clicked.connect(self.sides_swapped)
        self.pack_button.clicked.connect(self._on_pack_clicked)
        self.show_button.clicked.connect(self.pack_shown)
        self.pack_handle.picked_up.connect(self.pack_picked_up)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()
        self.set_sides("", "")
        self.set_pack_possible(False)
        self.set_last_pack("", 0)

    def set_sides(self, a: str, b: str) -> None:
        """Name the sounds at the ends of the slider; empty where none is chosen."""
        for label, name in ((self.side_a, a), (self.side_b, b)):
            label.setToolTip(name)
            label.setProperty("full", name)
        has_both = bool(a and b)
        self.way.setEnabled(has_both)
        self.swap_button.setEnabled(bool(a or b))
        self._hint.setVisible(not has_both)
        self._show_sides()

    def set_pack_possible(self, is_possible: bool) -> None:
        """Offer packs or not."""
        self.pack_button.setEnabled(is_possible)
        self.steps.setEnabled(is_possible)

    def set_steps(self, n_steps: int) -> None:
        """Show how many steps a pack had; one of those on offer, or another."""
        self.steps.choose(n_steps)

    def set_last_pack(self, folder: str, n_files: int) -> None:
        """Offer the pack that was written last: its folder's name, how many files are in it; 0 for none."""
        self._pack = (folder, n_files) if n_files else None
        self._last.setVisible(bool(n_files))
        self.pack_handle.set_count(n_files)
        self._show_last()

    def retranslate(self) -> None:
        """Say everything in the language that is chosen now."""
        self._heading.setText(self.tr("A to B"))
        self.way.setAccessibleName(self.tr("From A to B"))
        self.way.setToolTip(self.tr("Slide from one sound to the other"))
        self.swap_button.setAccessibleName(self.tr("Swap A and B"))
        self.swap_button.setToolTip(self.tr("Swap A and B"))
        self._hint.setText(self.tr("Right-click two sounds on the pad and choose Set as A, Set as B."))
        self.steps.set_texts(self.tr("Steps of the pack"), self.tr("{count} steps"))
        self.pack_button.setText(self.tr("Export pack…"))
        self.pack_button.setToolTip(
            self.tr("Write many loops at once: from A to B, along a path, over the pad, around the cursor")
        )
        self.show_button.setText(self.tr("Show"))
        self.show_button.setToolTip(self.tr("Show the folder of the pack"))
        self._show_sides()
        self._show_last()

    def _dress(self) -> None:
        self.way.setPageStep(_WAY_STEPS // 8)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.side_b.setAlignment(right)
        for label in (self.side_a, self.side_b, self._hint):
            label.setProperty("dim", True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.last_label.setProperty("dim", True)
        self._hint.setWordWrap(True)
        self.swap_button.setProperty("flat", True)
        self.swap_button.setProperty("small", True)
        for button in (self.pack_button, self.show_button):
            button.setAutoDefault(True)

    def _lay_out(self) -> None:
        unit = em(self)
        sides, packs, last = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self._last)
        for row in (sides, packs):
            row.setSpacing(unit // 2)
        sides.addWidget(self.side_a, 1)
        sides.addWidget(self.swap_button)
        sides.addWidget(self.side_b, 1)
        packs.addWidget(self.steps)
        packs.addStretch(1)
        packs.addWidget(self.pack_button)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(round(unit * 0.35))
        last.addWidget(self.last_label)
        last_row = QHBoxLayout()
        last_row.setSpacing(unit // 2)
        last_row.addWidget(self.show_button)
        last_row.addStretch(1)
        last_row.addWidget(self.pack_handle)
        last.addLayout(last_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.5))
        column.addWidget(self._heading)
        column.addLayout(sides)
        column.addWidget(self.way)
        column.addWidget(self._hint)
        column.addLayout(packs)
        column.addWidget(self._last)

    def _show_sides(self) -> None:
        room_px = max(em(self) * 4, (self.width() - em(self) * 3) // 2)
        for label, letter in ((self.side_a, "A"), (self.side_b, "B")):
            name = str(label.property("full") or letter)
            label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room_px))

    def _show_last(self) -> None:
        if self._pack is None:
            return
        folder, n_files = self._pack
        if n_files == 1:
            text = self.tr("1 loop in {folder}").format(folder=folder)
        else:
            text = self.tr("{count} loops in {folder}").format(count=n_files, folder=folder)
        self.last_label.setText(text)
        self.last_label.setAccessibleName(text)

    @Slot(int)
    def _on_way_moved(self, value: int) -> None:
        self.way_slid.emit(value / _WAY_STEPS)

    @Slot()
    def _on_pack_clicked(self) -> None:
        self.pack_requested.emit(self.steps.count_chosen)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.swap_button.setIcon(icon(self._theme, "swap", "text_dim"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_sides()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _Steps(QComboBox):
    """How many; the wheel belongs to the panel that scrolls, unless this has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self._text = "{count}"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for count in _COUNTS:
            self.addItem("", count)
        self.choose(_USUAL_COUNT)

    @property
    def count_chosen(self) -> int:
        """How many steps."""
        return int(self.currentData())

    def choose(self, count: int) -> None:
        """Choose a number of steps, which is offered from now on."""
        index = self.findData(count)
        if index < 0:
            index = sum(int(self.itemData(i)) < count for i in range(self.count()))
            self.insertItem(index, self._text.format(count=count), count)
        self.setCurrentIndex(index)

    def set_texts(self, name: str, text: str) -> None:
        """Say what it is called, and how a number of steps reads."""
        self._text = text
        self.setAccessibleName(name)
        self.setToolTip(name)
        for index in range(self.count()):
            self.setItemText(index, text.format(count=self.itemData(index)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
