"""The menu in which a hand says what a sound is, and the chips that open menus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from morphstudio.library.kinds import Kind
from morphstudio.library.sounds import Family
from morphstudio.ui.controls import em
from morphstudio.ui.icon_painter import IconPainter
from morphstudio.ui.sound_texts import kind_text
from morphstudio.ui.theme import Theme

_WIDEST_EM = 13


class KindMenu(QMenu):
    """Offers every kind, and to go by ear again."""

    kind_chosen = Signal(object)
    """A `Kind`, or None for what listening tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for kind in Kind:
            action = self.addAction("")
            action.setCheckable(True)
            action.setData(kind)
            self._group.addAction(action)
        self.addSeparator()
        self.as_heard = self.addAction("")
        self._group.triggered.connect(self._on_kind_chosen)
        self.as_heard.triggered.connect(self._on_as_heard_chosen)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        for action in self._group.actions():
            action.setText(kind_text(Kind(action.data())))
        self.as_heard.setText(self.tr("As listened"))

    def show_choice(self, kind: Kind | None, *, is_by_hand: bool) -> None:
        """Tick the kind that it is taken for, and offer to take that back where a hand chose it."""
        for action in self._group.actions():
            action.setChecked(kind is not None and action.data() == kind)
        self.as_heard.setEnabled(is_by_hand)

    @Slot(QAction)
    def _on_kind_chosen(self, action: QAction) -> None:
        self.kind_chosen.emit(Kind(action.data()))

    @Slot()
    def _on_as_heard_chosen(self) -> None:
        self.kind_chosen.emit(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class ChevronChip(QPushButton):
    """A chip that opens a menu; its text gives way where there is little room.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._family: Family | None = None
        self._is_lit = False
        self._icons = IconPainter(theme, self)
        self.setProperty("chip", True)
        self.setAutoDefault(True)

    def set_lit(self, is_lit: bool) -> None:
        """Look like a chip that is switched on, or off."""
        self._is_lit = is_lit
        self.updateGeometry()
        self.update()

    def show_family(self, family: Family | None) -> None:
        """Lead with a dot in a family's colour; None is no dot."""
        self._family = family
        self.updateGeometry()
        self.update()

    def _dot_px(self) -> int:
        return round(em(self) * 0.95) if self._family is not None else 0

    def sizeHint(self) -> QSize:
        unit = em(self)
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._dot_px() + round(unit * 2.1)
        return QSize(min(width, unit * _WIDEST_EM), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self) * 3, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        if self._is_lit:
            option.state |= QStyle.StateFlag.State_On
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, middle = em(self), self.height() / 2
        left = round(unit * 0.65)
        if self._family is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.family_colour(self._family))
            painter.drawEllipse(QPointF(left + unit * 0.3, middle), unit * 0.24, unit * 0.24)
        side = round(unit * 0.75)
        room = QRect(left + self._dot_px(), 0, 0, self.height())
        room.setRight(self.width() - side - round(unit * 0.6))
        role = "text_disabled" if not self.isEnabled() else "accent_soft_text" if self._is_lit else "text"
        painter.setPen(self._theme.role(role))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(flags), text)
        chevron = QRect(0, 0, side, side)
        chevron.moveCenter(QPoint(self.width() - side // 2 - round(unit * 0.5), round(middle) + 1))
        role = "accent_soft_text" if self._is_lit else "text_dim"
        self._icons.paint(painter, "expand", role, chevron, side)


class KindButton(ChevronChip):
    """Names a kind, and opens the menu that corrects it.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.kind_menu = KindMenu(self)
        self.setMenu(self.kind_menu)

    def show_kind(self, text: str, family: Family | None) -> None:
        """Name a kind; without a family there is no dot."""
        self.setText(text)
        self.show_family(family)
