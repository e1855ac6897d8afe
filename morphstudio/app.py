"""Composition root of the window: the only place that builds and wires objects."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.player import Player
from morphstudio.crashes import crash_path, last_crash, watch_for_crashes
from morphstudio.logs import log_path
from morphstudio.memory import settle_objects
from morphstudio.morph.pad_layout import load_libraries
from morphstudio.paths import demo_loops_dir, resources_dir, user_dir
from morphstudio.settings import SettingsFile
from morphstudio.threads import share_interpreter
from morphstudio.tuning import TUNING_S
from morphstudio.ui.command_keeper import CommandKeeper
from morphstudio.ui.controller import Controller, Views
from morphstudio.ui.fault_reporter import FaultReporter
from morphstudio.ui.importer import Importer
from morphstudio.ui.language import LanguageKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.second_listening import SecondListening
from morphstudio.ui.settings_keeper import SettingsKeeper
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.theme import apply_theme, load_theme
from morphstudio.ui.theme_keeper import ThemeKeeper
from morphstudio.ui.tuner import Tuner

_END_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, a polite kill, a terminal that closes; not every system has all."""


class Studio:
    """The running application: window, threads and player.

    Parameters
    ----------
    app : QApplication
    player : Player
    """

    def __init__(self, app: QApplication, player: Player) -> None:
        share_interpreter()
        self.clips = ClipStore(user_dir() / "cache")
        self.worker = RenderWorker(player, self.clips)
        threading.Thread(target=load_libraries, name="libraries", daemon=True).start()
        self.settings = SettingsFile(user_dir() / "settings.json")
        problem = self.settings.load()
        looks = self.settings.settings.appearance
        theme = load_theme(resources_dir() / "themes" / "dark.json")
        self._themes = ThemeKeeper(theme, looks.theme, app)
        apply_theme(app, theme)
        self._language = LanguageKeeper(resources_dir() / "translations", app)
        self._language.speak(looks.language)
        self.player = player
        self.pad = LatentPad(theme)
        self.spectrogram = LiveSpectrogram(theme)
        self.window = MainWindow(theme, self.pad, self.spectrogram)
        self.window.restore_layout(self.settings.settings.window)
        self.importer = Importer(self.clips)
        self.tuner = Tuner(TUNING_S)
        bar = self.window.message_bar
        if problem is not None:
            bar.show_error(problem, "warning")
        settings = SettingsKeeper(theme, self.settings, self._themes, self._language, self.window)
        self.window.closing.connect(settings.keep_at_end)  # first: what closes may be hidden
        views = Views(self.window, self.pad, self.spectrogram)
        self.controller = Controller(
            theme, views, player, self.worker, self.importer, self.tuner, self.settings
        )
        self.spectrogram.set_view(settings.view)
        self.spectrogram.view_changed.connect(settings.keep_view)
        settings.library_changed.connect(self.controller.library.show_library)
        controls = self.controller.remote.controls
        settings.control_changed.connect(controls.apply)
        settings.dialog_made.connect(lambda dialog: controls.show_on(dialog.control))
        self._embedding = settings.embedding
        self._compare(self.controller.library.places.second_listening)
        self.faults = FaultReporter(theme, bar, self.window, self.controller.sessions.rescue)
        self.faults.quit_chosen.connect(self.window.close)
        self.commands = CommandKeeper(theme, self.window, self.pad, self.controller, settings)

    def _compare(self, listening: SecondListening) -> None:
        """Have sounds compared by what the settings say, and the settings say what compares them."""
        listening.comparison_changed.connect(self._embedding.set_in_use)
        listening.failed.connect(self._embedding.give_up)
        self._embedding.folder_changed.connect(listening.embed_by)
        listening.embed_by(self._embedding.folder)

    def start(self, paths: Iterable[Path]) -> None:
        """Show the window and open these files, or the demo loops where there are none."""
        settle_objects()
        self.window.show()
        self.controller.start(list(paths) or [demo_loops_dir()])

    def tell_of_crash(self, report: Path) -> None:
        """Say that the last run ended by itself, and offer what was written down then."""
        translate = QCoreApplication.translate  # a Studio is no QObject: it has no `tr`
        self.window.message_bar.show_message(
            "warning",
            translate("Studio", "MorphStudio ended unexpectedly last time"),
            translate("Studio", "Files and exports are as they were."),
            action_text=translate("Studio", "Show report"),
            action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report))),
        )

    def shut_down(self) -> None:
        """End threads, processes and sound, and let go of the clips; again, it does nothing."""
        self._embedding.shut_down()
        self.controller.shut_down()
        self.clips.close()


def run_window(paths: Iterable[Path]) -> int:
    """Open the window and run until it closes; returns the exit code."""
    app = QApplication([sys.argv[0]])
    app.setApplicationName("MorphStudio")
    logs = log_path().parent
    crash = last_crash(logs)
    watch_for_crashes(logs)
    studio = Studio(app, Player())
    studio.faults.install()
    if crash is not None:
        studio.tell_of_crash(crash_path(logs))
    studio.controller.sessions.offer_unsaved()
    _close_on_signals(studio.window)
    try:
        studio.start(paths)
        return int(app.exec())
    finally:
        studio.shut_down()  # a running thread would abort the process


def _close_on_signals(window: MainWindow) -> None:
    """Close the window on a signal to end; a second one ends the process at once.

    Python looks at signals between two of its own instructions; the display timer sees to it that these
    come. The slot that is interrupted is finished first.
    """
    signals = [getattr(signal, name) for name in _END_SIGNALS if hasattr(signal, name)]
    signals = [number for number in signals if signal.getsignal(number) != signal.SIG_IGN]

    def close(_number: int, _frame: object) -> None:
        for number in signals:
            signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, window.close)

    for number in signals:
        signal.signal(number, close)
