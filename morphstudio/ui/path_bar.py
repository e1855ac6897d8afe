"""The button that records a path on the pad, its menu, and what to do next in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme

PathState = Literal["idle", "armed", "recording", "playing"]
BAR_CHOICES = (1, 2, 4, 8)
_ICONS = {
    "idle": ("record", "text"),
    "armed": ("armed", "bad"),
    "recording": ("record", "bad"),
    "playing": ("record", "accent_text"),
}


@dataclass(frozen=True, slots=True)
class PathView:
    """What the button and its menu say.

    Parameters
    ----------
    state : PathState
    n_bars : int
        How many the next recording takes, or the one that goes on.
    bar : int
        Which of them is being recorded, from 1 on.
    names : tuple of str
        Of the session's paths; may be empty.
    index : int or None
        Which of them is on the pad.
    is_smooth, is_editing : bool
        Whether it is a curve, and whether its points are shown.
    """

    state: PathState = "idle"
    n_bars: int = 4
    bar: int = 1
    names: tuple[str, ...] = ()
    index: int | None = None
    is_smooth: bool = False
    is_editing: bool = False


class PathMenu(QMenu):
    """What can be done with paths; made anew for each time that it opens.

    Parameters
    ----------
    view : PathView
    parent : QWidget
    """

    chosen = Signal(str, object)
    """What, and with which value: "record" and how many bars, "show" and an index or None, "quantise" and
    beats, "edit" or "curve" and whether, else None: "play", "smooth", "rename", "remove", "export"."""

    def __init__(self, view: PathView, parent: QWidget) -> None:
        super().__init__(parent)
        group = QActionGroup(self)
        for n_bars in BAR_CHOICES:
            text = self.tr("Record {bars} bars").format(bars=n_bars)
            action = self._add(self.tr("Record 1 bar") if n_bars == 1 else text, "record", n_bars)
            group.addAction(action)
            action.setCheckable(True)
            action.setChecked(n_bars == view.n_bars)
        self._add_path(view)
        if view.names:
            self.addSeparator()
        known = QActionGroup(self)
        known.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for index, name in enumerate(view.names):
            action = self._add((name or self.tr("Untitled path")).replace("&", "&&"), "show", index)
            known.addAction(action)
            action.setCheckable(True)
            action.setChecked(index == view.index)
        self.triggered.connect(self._on_triggered)

    def _add_path(self, view: PathView) -> None:
        first = len(self.actions())
        self.addSeparator()
        is_playing = view.state == "playing"
        self._add(self.tr("Stop path") if is_playing else self.tr("Play path"), "play", None)
        self._add_switch(self.tr("Edit points"), "edit", view.is_editing)
        self.addSeparator()
        self._add_switch(self.tr("Curved"), "curve", view.is_smooth)
        self._add(self.tr("Smooth"), "smooth", None)
        self._add(self.tr("Quantise to beats"), "quantise", 1.0)
        self._add(self.tr("Quantise to half beats"), "quantise", 0.5)
        self.addSeparator()
        self._add(self.tr("Rename…"), "rename", None)
        self._add(self.tr("Delete path"), "remove", None)
        self._add(self.tr("Export path…"), "export", None)
        for action in self.actions()[first:]:
            action.setEnabled(view.index is not None and view.state in ("idle", "playing"))

    def _add(self, text: str, what: str, value: object) -> QAction:
        action = self.addAction(text)
        action.setData((what, value))
        return action

    def _add_switch(self, text: str, what: str, is_on: bool) -> None:
        action = self._add(text, what, not is_on)
        action.setCheckable(True)
        action.setChecked(is_on)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        what, value = action.data()
        is_off = what == "show" and not action.isChecked()
        self.chosen.emit(what, None if is_off else value)


class PathBar(QWidget):
    """A chip that records over some bars, and one that opens the menu of paths.

    Parameters
    ----------
    theme : Theme
    parent : QWidget
        The pad.
    """

    pressed = Signal()
    """The button: record, or stop what goes on."""
    chosen = Signal(str, object)
    """Of the menu; see `PathMenu`."""
    hint_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = PathView()
        self.button, self.menu_button = QPushButton(self), QPushButton(self)
        # The dot comes after the word.
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.button.setCheckable(True)
        self.button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.button, self.menu_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.button.clicked.connect(self._on_clicked)
        self.button.customContextMenuRequested.connect(self.open_menu)
        self.menu_button.clicked.connect(self.open_menu)
        theme.changed.connect(self._dress)
        self.retranslate()

    @property
    def view(self) -> PathView:
        """What is said."""
        return self._view

    def show_view(self, view: PathView) -> None:
        """Say something else; emits `hint_changed` where the hint is another one now."""
        if view == self._view:
            return
        hint, state, self._view = self.hint, self._view.state, view
        if view.state != state:
            self._dress()
        self._name()
        if self.hint != hint:
            self.hint_changed.emit()

    def set_possible(self, is_possible: bool) -> None:
        """Allow everything or nothing."""
        self.button.setEnabled(is_possible)
        self.menu_button.setEnabled(is_possible)

    @property
    def hint(self) -> str:
        """What to do now, or what goes on; empty where nothing has to be said."""
        view = self._view
        if view.state == "armed":
            one, more = (
                self.tr("Press the pad to record 1 bar"),
                self.tr("Press the pad to record {bars} bars"),
            )
            return one if view.n_bars == 1 else more.format(bars=view.n_bars)
        if view.state == "recording":
            return self.tr("Recording bar {bar} of {bars}").format(bar=view.bar, bars=view.n_bars)
        if view.is_editing:
            return self.tr("Drag points · Double-click the line to add one · Esc when done")
        return ""

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.button.setText(self.tr("Path"))
        self.menu_button.setAccessibleName(self.tr("Paths"))
        self.menu_button.setToolTip(self.tr("Record, play, change and export paths"))
        self._dress()
        self._name()

    @Slot()
    def open_menu(self) -> None:
        """Open the menu of paths below the button."""
        menu = PathMenu(self._view, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self.chosen)
        size, unit = menu.sizeHint(), em(self) // 4
        below = self.mapToGlobal(QPoint(self.width() - size.width(), self.height() + unit))
        menu.popup(below)

    def _name(self) -> None:
        view = self._view
        one, more = self.tr("Record a path over 1 bar"), self.tr("Record a path over {bars} bars")
        tips = {
            "idle": one if view.n_bars == 1 else more.format(bars=view.n_bars),
            "armed": self.tr("Do not record"),
            "recording": self.tr("Stop recording and keep nothing"),
            "playing": self.tr("Stop the path"),
        }
        said = {
            "idle": self.tr("Path"),
            "armed": self.tr("Path: press the pad to record"),
            "recording": self.tr("Path: recording"),
            "playing": self.tr("Path: playing"),
        }
        self.button.setToolTip(tips[view.state])
        self.button.setAccessibleName(said[view.state])
        self.button.setAccessibleDescription(tips[view.state])

    @Slot()
    def _dress(self) -> None:
        size = QSize(em(self), em(self))
        self.button.setIcon(icon(self._theme, *_ICONS[self._view.state]))
        self.menu_button.setIcon(icon(self._theme, "more", "text"))
        for button in (self.button, self.menu_button):
            button.setIconSize(size)
        self.menu_button.setFixedWidth(self.menu_button.sizeHint().height())
        self.button.setChecked(self._view.state != "idle")

    @Slot()
    def _on_clicked(self) -> None:
        self.button.setChecked(self._view.state != "idle")  # what goes on decides, not the click
        self.pressed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
