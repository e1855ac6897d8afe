"""Above a wide list: what its columns are called, and what it is sorted by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from morphstudio.library.catalogue import SortBy
from morphstudio.ui.controls import PaintedButton, em
from morphstudio.ui.entry_columns import Column, RowLayout, column_text
from morphstudio.ui.icon_painter import IconPainter
from morphstudio.ui.theme import Theme, scaled

_ORDERS = {
    Column.NAME: SortBy.NAME,
    Column.KIND: SortBy.KIND,
    Column.TEMPO: SortBy.TEMPO,
    Column.KEY: SortBy.KEY,
    Column.LENGTH: SortBy.LENGTH,
    Column.BRIGHTNESS: SortBy.BRIGHTNESS,
    Column.LOUDNESS: SortBy.LOUDNESS,
}


class ColumnHeader(QWidget):
    """A button above each column. Tab stops once; the arrows go from column to column.

    Parameters
    ----------
    theme : Theme
    """

    order_chosen = Signal(object, bool)
    """A `SortBy`, and whether it falls."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sort_by, self._is_falling = SortBy.NAME, False
        self.buttons = {column: HeaderButton(theme, self) for column in Column}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for column, button in self.buttons.items():
            button.setProperty("column", column.value)
            button.clicked.connect(self._on_clicked)
            button.arrow_pressed.connect(self._on_arrow_pressed)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        for column, button in self.buttons.items():
            button.setText(column_text(column))
        self._show()

    def show_order(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Show what the list is sorted by."""
        self._sort_by, self._is_falling = sort_by, is_falling
        self._show()

    def place(self, layout: RowLayout) -> None:
        """Stand above the columns of a list; hidden above a narrow one."""
        # By hand: what is about to be shown is not visible yet.
        pad = em(self) // 2
        for column, button in self.buttons.items():
            span = layout.columns.get(column)
            button.setVisible(span is not None)
            if span is not None:
                button.setGeometry(
                    QRect(round(span.left) - pad, 0, round(span.width) + pad * 2, self._height())
                )
        self.setVisible(layout.is_wide)
        self._show()

    def _height(self) -> int:
        return round(em(self) * 1.7)

    def _shown(self) -> list[HeaderButton]:
        return [button for button in self.buttons.values() if not button.isHidden()]

    def _show(self) -> None:
        stop = next(
            (b for c, b in self.buttons.items() if _ORDERS[c] == self._sort_by and not b.isHidden()),
            self.buttons[Column.NAME],
        )
        for column, button in self.buttons.items():
            is_sorted = _ORDERS[column] == self._sort_by
            button.show_direction("" if not is_sorted else "falling" if self._is_falling else "rising")
            # A button that has the keyboard keeps it until it is left.
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus
                if button is stop or button.hasFocus()
                else Qt.FocusPolicy.ClickFocus
            )
            text = self.tr("Sort by {what}")
            if is_sorted:
                text = (
                    self.tr("Sorted by {what}, falling")
                    if self._is_falling
                    else self.tr("Sorted by {what}, rising")
                )
            text = text.format(what=button.text())
            button.setAccessibleName(text)
            button.setToolTip(text)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, HeaderButton):
            sort_by = _ORDERS[Column(button.property("column"))]
            is_falling = not self._is_falling if sort_by == self._sort_by else False
            self.order_chosen.emit(sort_by, is_falling)

    @Slot(int)
    def _on_arrow_pressed(self, step: int) -> None:
        button, shown = self.sender(), self._shown()
        if isinstance(button, HeaderButton) and button in shown:
            at = min(max(shown.index(button) + step, 0), len(shown) - 1)
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._show()

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 10, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRect(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(line, self._theme.role("border"))


class HeaderButton(PaintedButton):
    """The name of a column, with an arrow where the list is sorted by it.

    Parameters
    ----------
    theme : Theme
    """

    arrow_pressed = Signal(int)
    """-1 for the column before, 1 for the one after."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._direction = ""
        self._pad_px = em(parent) // 2
        self.setFont(scaled(self.font(), 0.92))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._icons = IconPainter(theme, self)

    @property
    def direction(self) -> str:
        """Which way the list is sorted by this column, "rising" or "falling"; empty where it is not."""
        return self._direction

    def show_direction(self, direction: str) -> None:
        """Show which way the list is sorted by this column, if it is."""
        if direction != self._direction:
            self._direction = direction
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.arrow_pressed.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + em(self) * 2, em(self) * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, unit = QPainter(self), em(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -2)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.role("pressed" if self.isDown() else "hover"))
            painter.drawRoundedRect(box, unit * 0.3, unit * 0.3)
        side = round(unit * 0.8) if self._direction else 0
        pad = self._pad_px
        room = self.rect().adjusted(pad, 0, -side - 2, 0)
        is_strong = bool(self._direction) or self.underMouse() or self.hasFocus()
        painter.setPen(self._theme.role("text" if is_strong else "text_dim"))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags), text)
        if self._direction:
            arrow = QRect(room.left() + self.fontMetrics().horizontalAdvance(text) + 2, 0, side, side)
            arrow.moveTop((self.height() - side) // 2)
            self._icons.paint(painter, self._direction, "text", arrow, side)
        if self.hasFocus():
            painter.setPen(self._theme.role("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, unit * 0.3, unit * 0.3)
