"""Which commands there are, and what each does: the one table of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton

from morphstudio.logs import log_path
from morphstudio.ui.commands import CommandMenu, Commands, Group
from morphstudio.ui.controller import Controller
from morphstudio.ui.file_manager import open_folder
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.palette import Palette
from morphstudio.ui.settings_keeper import SettingsKeeper
from morphstudio.ui.shortcut_sheet import Gesture, ShortcutSheet
from morphstudio.ui.theme import Theme

_BUTTON_CHANGES = (QEvent.Type.EnabledChange, QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
_VOLUME_STEPS = 4


class CommandKeeper(QObject):
    """Makes the commands of the window, its menu, the palette and the sheet of shortcuts.

    Parameters
    ----------
    theme : Theme
    window : MainWindow
        Also the parent.
    pad : LatentPad
    controller : Controller
    settings : SettingsKeeper
    """

    def __init__(
        self,
        theme: Theme,
        window: MainWindow,
        pad: LatentPad,
        controller: Controller,
        settings: SettingsKeeper,
    ) -> None:
        super().__init__(window)
        self._window, self._pad, self._controller, self._settings = window, pad, controller, settings
        self._followers: dict[QPushButton, QAction] = {}
        self.commands = Commands(window)
        self.palette = Palette(self.commands, theme, window)
        self.sheet = ShortcutSheet(self.commands, self._gestures, theme, window)
        self._recent = QMenu(window)
        self._recent.setToolTipsVisible(True)
        self._add_file()
        self._add_edit()
        self._add_pad()
        self._add_paths()
        self._add_playback()
        self._add_view()
        self._add_model()
        self._add_help()
        self._menu = CommandMenu(self.commands, window)
        window.transport.set_menu(self._menu)
        window.installEventFilter(self)

    def _add_file(self) -> None:
        add, window = self.commands.add, self._window
        self._add_session()
        library = self._controller.library
        add("add", lambda: self.tr("Add loops…"), library.ask_for_files, group=Group.FILE,
            shortcut=("Ctrl+I",))  # fmt: skip
        add("demo", lambda: self.tr("Add the demo loops"), library.add_demo_loops, group=Group.FILE)
        add("place", lambda: self.tr("Add a folder to the browser…"), library.ask_for_place, group=Group.FILE)
        outlet = self._controller.outlet
        export = add("export", lambda: self.tr("Export…"), outlet.export, group=Group.FILE,
            shortcut=("Ctrl+E",))  # fmt: skip
        render = add("render", lambda: self.tr("Keep a render for the DAW"), outlet.keep_render,
            group=Group.FILE, shortcut=("Ctrl+Shift+E",),
            tip=lambda: self.tr("Write what you hear into the folder of renders"))  # fmt: skip
        for action in (export, render):
            action.setEnabled(False)  # nothing is heard yet
            outlet.allowed.connect(action.setEnabled)
        pack = self._window.side_panel.sides.pack_button
        self._follow(
            {pack: add("export_pack", lambda: self.tr("Export pack…"), pack.click, group=Group.FILE)}
        )
        add("settings", lambda: self.tr("Settings…"), lambda: self._settings.show_dialog(),
            group=Group.FILE, shortcut=("Ctrl+,",))  # fmt: skip
        add("quit", lambda: self.tr("Quit"), window.close, group=Group.FILE, shortcut=("Ctrl+Q",))

    def _add_session(self) -> None:
        add, sessions = self.commands.add, self._controller.sessions
        add("new_session", lambda: self.tr("New session"), sessions.new, group=Group.FILE,
            shortcut=("Ctrl+N",))  # fmt: skip
        add("open_session", lambda: self.tr("Open session…"), sessions.ask_what_to_open, group=Group.FILE,
            shortcut=(QKeySequence.StandardKey.Open,))  # fmt: skip
        recent = add("recent_sessions", lambda: self.tr("Open recent"), self._show_recent, group=Group.FILE)
        recent.setMenu(self._recent)
        self._recent.aboutToShow.connect(self._fill_recent)
        save = add("save_session", lambda: self.tr("Save session"), sessions.save, group=Group.FILE,
            shortcut=("Ctrl+S",))  # fmt: skip
        sessions.save_allowed.connect(save.setEnabled)
        add("save_session_as", lambda: self.tr("Save session as…"), sessions.ask_where_to_save,
            group=Group.FILE, shortcut=("Ctrl+Shift+S",))  # fmt: skip
        add("collect_session", lambda: self.tr("Save session with its loops inside…"),
            sessions.ask_where_to_collect, group=Group.FILE,
            tip=lambda: self.tr("One file that plays on another machine, too"))  # fmt: skip

    def _fill_recent(self) -> None:
        """List the sessions of late that are there."""
        self._recent.clear()
        sessions = self._controller.sessions
        for path in sessions.recent:
            action = self._recent.addAction(path.stem.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: sessions.open(path))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("No sessions yet")).setEnabled(False)

    def _show_recent(self) -> None:
        self._recent.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _add_edit(self) -> None:
        history, add = self._controller.history, self.commands.add
        undo, redo = history.undo_action, history.redo_action
        self.commands.include("undo", undo, group=Group.EDIT, shortcut=("Ctrl+Z",))
        self.commands.include("redo", redo, group=Group.EDIT, shortcut=("Ctrl+Shift+Z", "Ctrl+Y"))
        add("search", lambda: self.tr("Search sounds"), self._window.browser.focus_search,
            group=Group.EDIT, shortcut=("Ctrl+F", "/"))  # fmt: skip
        add("let_go", lambda: self.tr("Close message or search"), self._window.let_go, group=Group.EDIT,
            shortcut=("Esc",))  # fmt: skip

    def _add_pad(self) -> None:
        add, pad = self.commands.add, self._pad
        add("blend", lambda: self.tr("Blend loops"), lambda: self._controller.choose_mode("blend"),
            group=Group.PAD, shortcut=("Ctrl+1",))  # fmt: skip
        explore, by_key = self._controller.choose_mode, Qt.FocusReason.ShortcutFocusReason
        add("explore", lambda: self.tr("Explore around one loop"), lambda: explore("explore"),
            group=Group.PAD, shortcut=("Ctrl+2",))  # fmt: skip
        add("focus_pad", lambda: self.tr("Go to the pad"), lambda: pad.setFocus(by_key), group=Group.PAD,
            shortcut=("Ctrl+P",))  # fmt: skip
        add(
            "arrange",
            lambda: self.tr("Arrange dots anew"),
            self._controller.dot_keeper.arrange,
            group=Group.PAD,
        )
        add("show_all", lambda: self.tr("Show the whole pad"), pad.show_all, group=Group.PAD, shortcut=("0",))
        add("swap", lambda: self.tr("Swap A and B"), self._controller.swap_sides, group=Group.PAD)

    def _add_paths(self) -> None:
        add, paths = self.commands.add, self._controller.paths
        add("record_path", lambda: self.tr("Record a path"), paths.toggle_recording, group=Group.PAD,
            shortcut=("Ctrl+R",),
            tip=lambda: self.tr("Record a gesture on the pad, or stop"))  # fmt: skip
        add("play_path", lambda: self.tr("Play or stop the path"), paths.toggle_play, group=Group.PAD,
            shortcut=("Ctrl+Shift+R",))  # fmt: skip
        add("edit_path", lambda: self.tr("Edit the path's points"), paths.toggle_editing, group=Group.PAD,
            shortcut=("Ctrl+Shift+P",))  # fmt: skip
        add("smooth_path", lambda: self.tr("Smooth the path"), paths.shelf.smooth, group=Group.PAD)
        add("quantise_path", lambda: self.tr("Quantise the path to beats"),
            lambda: paths.shelf.quantise(1.0), group=Group.PAD)  # fmt: skip
        add("path_menu", lambda: self.tr("Paths…"), self._pad.path_bar.open_menu, group=Group.PAD)
        add("export_path", lambda: self.tr("Export the path…"), paths.export, group=Group.PAD)

    def _add_playback(self) -> None:
        add, transport = self.commands.add, self._window.transport

        def louder(steps: int) -> Callable[[], None]:
            return lambda: transport.volume.setValue(transport.volume.value() + steps)

        add("play", lambda: self.tr("Play or stop"), transport.toggle_play, group=Group.PLAYBACK,
            shortcut=("Space",))  # fmt: skip
        tempo = self._controller.tempo
        add("tap", lambda: self.tr("Tap the tempo"), tempo.tap, group=Group.PLAYBACK, shortcut=("T",))
        add("type_tempo", lambda: self.tr("Type the tempo"), transport.tempo_field.begin_typing,
            group=Group.PLAYBACK, shortcut=("Shift+T",))  # fmt: skip
        add("free_tempo", lambda: self.tr("Let each loop keep its own tempo"), tempo.choose_free,
            group=Group.PLAYBACK)  # fmt: skip
        add("louder", lambda: self.tr("Louder"), louder(_VOLUME_STEPS), group=Group.PLAYBACK,
            shortcut=("Ctrl+Up",))  # fmt: skip
        add("quieter", lambda: self.tr("Quieter"), louder(-_VOLUME_STEPS), group=Group.PLAYBACK,
            shortcut=("Ctrl+Down",))  # fmt: skip
        add("devices", lambda: self.tr("Sound device…"), lambda: self._settings.show_dialog("audio"),
            group=Group.PLAYBACK)  # fmt: skip

    def _add_view(self) -> None:
        add = self.commands.add
        add("palette", lambda: self.tr("All commands…"), self.palette.toggle, group=Group.VIEW,
            shortcut=("Ctrl+K",))  # fmt: skip
        add("theme", lambda: self.tr("Switch dark and light"), self._settings.switch_theme, group=Group.VIEW)
        add("language", lambda: self.tr("Language…"), lambda: self._settings.show_dialog("language"),
            group=Group.VIEW)  # fmt: skip
        add("full_screen", lambda: self.tr("Full screen"), self._window.switch_full_screen, group=Group.VIEW,
            shortcut=("F11",))  # fmt: skip

    def _add_model(self) -> None:
        add, panel = self.commands.add, self._window.side_panel.model
        tune, stop, save = panel.tune_button, panel.stop_button, panel.save_button
        self._follow(
            {
                tune: add("tune", lambda: self.tr("Tune to these loops"), tune.click, group=Group.MODEL),
                stop: add("stop_tuning", lambda: self.tr("Stop tuning"), stop.click, group=Group.MODEL),
            }
        )
        add("open_model", lambda: self.tr("Open a model…"), panel.open_button.click, group=Group.MODEL)
        self._follow(
            {save: add("save_model", lambda: self.tr("Save the model as…"), save.click, group=Group.MODEL)}
        )

    def _follow(self, buttons: dict[QPushButton, QAction]) -> None:
        """Offer what a button does while there is such a button."""
        self._followers |= buttons
        for button in buttons:
            button.installEventFilter(self)
            self._match(button)

    def _match(self, button: QPushButton) -> None:
        self._followers[button].setEnabled(button.isEnabled() and not button.isHidden())

    def _add_help(self) -> None:
        add = self.commands.add
        add("shortcuts", lambda: self.tr("Keys and gestures"), self.sheet.toggle, group=Group.HELP,
            shortcut=("?", "F1"))  # fmt: skip
        add("log", lambda: self.tr("Show the log"), self._on_log_wanted, group=Group.HELP)

    def _gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(self.tr("Press, drag"), self.tr("Hear what lies there")),
            Gesture(self.tr("Ctrl+drag, right-drag"), self.tr("Move a dot")),
            Gesture(self.tr("Shift+drag"), self.tr("Select dots")),
            Gesture(self.tr("Alt+drag"), self.tr("Drag what you hear into the DAW")),
            Gesture(self.tr("Wheel, pinch"), self.tr("Zoom")),
            Gesture(self.tr("Middle drag"), self.tr("Move the view")),
            Gesture(self.tr("Double click"), self.tr("Show the whole pad")),
            Gesture(self.tr("Right click"), self.tr("More, on a dot or beside")),
            Gesture(self.tr("Arrows, Shift for less"), self.tr("Move the point")),
            Gesture(self.tr("Home"), self.tr("Go to the centre")),
            Gesture(self.tr("Tab, Enter"), self.tr("Go from dot to dot, hear one")),
            Gesture(self.tr("Delete"), self.tr("Take selected dots off")),
            Gesture(self.tr("Double click on a path"), self.tr("Add a point while its points are edited")),
            Gesture(self.tr("Alt+Left, Alt+Right"), self.tr("Move a path's point in time")),
        )

    @Slot()
    def _on_log_wanted(self) -> None:
        open_folder(log_path().parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QPushButton) and event.type() in _BUTTON_CHANGES:
            self._match(watched)
        if watched is self._window and event.type() == QEvent.Type.LanguageChange:
            self.commands.retranslate()
            self._controller.retranslate()
        return False
