"""Every action of the window in one place: its text, its keys, its menu. What it does is in its slot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from morphstudio.ui.key_guard import KeyGuard
from morphstudio.ui.matching import match

Text = Callable[[], str]
"""Makes a text in the language of the moment, such as `lambda: self.tr("Export…")`."""
Keys = str | QKeySequence | QKeySequence.StandardKey


class Group(Enum):
    """Where an action belongs, in the order of the menu."""

    FILE = "file"
    EDIT = "edit"
    PAD = "pad"
    PLAYBACK = "playback"
    VIEW = "view"
    MODEL = "model"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Command:
    """An action and what it is known by.

    Parameters
    ----------
    name : str
        Unique, such as "export"; nobody sees it.
    group : Group
    action : QAction
    text, tip : callable or None
        None where the action's owner keeps its text.
    """

    name: str
    group: Group
    action: QAction
    text: Text | None = None
    tip: Text | None = None

    @property
    def title(self) -> str:
        """What people read, without the marks of a menu."""
        return self.action.text().replace("&&", "&")

    @property
    def keys(self) -> tuple[str, ...]:
        """Shortcuts as this system writes them, such as "Ctrl+K"."""
        native = QKeySequence.SequenceFormat.NativeText
        return tuple(keys.toString(native) for keys in self.action.shortcuts())


@dataclass(frozen=True, slots=True)
class Found:
    """A command that was looked for, and which letters of its title were meant."""

    command: Command
    places: frozenset[int]


class Commands(QObject):
    """The actions of a window. Their shortcuts work everywhere in it, but for keys that a field needs.

    Parameters
    ----------
    window : QWidget
        Is given every action; also the parent.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._guard = KeyGuard(self)

    def add(
        self,
        name: str,
        text: Text,
        slot: Callable[..., object],
        *,
        group: Group,
        shortcut: Iterable[Keys] = (),
        tip: Text | None = None,
    ) -> QAction:
        """Make an action.

        Parameters
        ----------
        name : str
            Unique.
        text : callable
            Makes what the menu says. Called again when the language changes.
        slot : callable
            Called without arguments.
        group : Group
        shortcut : iterable of str, QKeySequence or StandardKey
            The first is shown. Keys that stand for letters work only where none can be typed.
        tip : callable or None
            Makes a sentence that says more than the text.

        Raises
        ------
        ValueError
            If the name or a shortcut is taken.
        """
        action = QAction(self)
        action.setAutoRepeat(False)
        action.triggered.connect(lambda: slot())
        self._register(Command(name, group, action, text, tip), shortcut)
        return action

    def include(self, name: str, action: QAction, *, group: Group, shortcut: Iterable[Keys] = ()) -> None:
        """Take in an action whose text another object keeps, such as "Undo Move dot".

        Raises
        ------
        ValueError
            If the name or a shortcut is taken.
        """
        self._register(Command(name, group, action), shortcut)
        action.changed.connect(self._on_included_changed)

    def action(self, name: str) -> QAction:
        """Return the action of a name; a `KeyError` names one that does not exist."""
        return self._commands[name].action

    def in_group(self, group: Group) -> tuple[Command, ...]:
        """Commands of a group, as they were added."""
        return tuple(command for command in self._commands.values() if command.group is group)

    def group_title(self, group: Group) -> str:
        """What people read."""
        return {
            Group.FILE: self.tr("File"),
            Group.EDIT: self.tr("Edit"),
            Group.PAD: self.tr("Pad"),
            Group.PLAYBACK: self.tr("Playback"),
            Group.VIEW: self.tr("View"),
            Group.MODEL: self.tr("Model"),
            Group.HELP: self.tr("Help"),
        }[group]

    def find(self, words: str, recent: Sequence[str] = ()) -> list[Found]:
        """Commands that fit what was typed, the best first.

        Parameters
        ----------
        words : str
            Words, starts or initials; nothing finds all, by group.
        recent : sequence of str
            Names of commands that come first among those that fit as well; then shorter titles do.
        """
        found: list[tuple[float, int, int, Found]] = []
        order = [command for group in Group for command in self.in_group(group)]
        for command in order:
            fit = match(words, command.title, self.group_title(command.group))
            if fit is not None:
                rank = recent.index(command.name) if command.name in recent else len(recent)
                length = len(command.title) if words.strip() else 0
                found.append((-fit.score, rank, length, Found(command, fit.places)))
        return [entry for *_, entry in sorted(found, key=lambda entry: entry[:3])]

    def retranslate(self) -> None:
        """Make every text again."""
        for command in self._commands.values():
            self._dress(command)

    def _register(self, command: Command, shortcut: Iterable[Keys]) -> None:
        if command.name in self._commands:
            raise ValueError(f"two commands are called {command.name}")
        keys = [sequence for sequence in (QKeySequence(one) for one in shortcut) if not sequence.isEmpty()]
        taken = {sequence for known in self._commands.values() for sequence in known.action.shortcuts()}
        twice = [sequence.toString() for sequence in keys if sequence in taken]
        if twice:
            raise ValueError(f"{command.name} has a shortcut that is taken: {', '.join(twice)}")
        command.action.setShortcuts(keys)
        command.action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self._commands[command.name] = command
        self._window.addAction(command.action)
        self._dress(command)

    def _dress(self, command: Command) -> None:
        if command.text is not None:
            text = command.text().replace("&", "&&")
            command.action.setText(text)
        says = command.tip() if command.tip is not None else command.title.removesuffix("…")
        keys = command.keys
        tip = self.tr("{text} ({keys})").format(text=says, keys=keys[0]) if keys else says
        if command.action.toolTip() != tip:  # setting it is a change, too
            command.action.setToolTip(tip)

    @Slot()
    def _on_included_changed(self) -> None:
        for command in self._commands.values():
            if command.text is None:
                self._dress(command)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().event(event)


class CommandMenu(QMenu):
    """The window's menu: a menu for each group that holds something, its commands as they were added.

    Parameters
    ----------
    commands : Commands
    parent : QWidget
    """

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._menus: dict[Group, QMenu] = {}
        for group in Group:
            if held := commands.in_group(group):
                menu = self._menus[group] = self.addMenu("")
                menu.addActions([command.action for command in held])
        self.retranslate()

    def retranslate(self) -> None:
        """Make every text again."""
        self.setAccessibleName(self.tr("Main menu"))
        for group, menu in self._menus.items():
            menu.setTitle(self._commands.group_title(group))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
