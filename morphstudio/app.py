"""Composition root of the window: the only place that builds and wires objects."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if sys.platform == "win32":
    import torch  # noqa: F401 before Qt, or its libraries fail to load

from PySide6.QtWidgets import QApplication

from morphstudio.audio.player import Player
from morphstudio.paths import demo_loops_dir, factory_model_path, resources_dir
from morphstudio.threads import share_interpreter
from morphstudio.ui.controller import Controller, Views
from morphstudio.ui.importer import Importer
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.theme import apply_theme, load_theme

if TYPE_CHECKING:
    from morphstudio.morph.engine import MorphEngine

_log = logging.getLogger(__name__)


class Studio:
    """The running application: window, threads and player.

    Parameters
    ----------
    app : QApplication
    player : Player
    """

    def __init__(self, app: QApplication, player: Player) -> None:
        share_interpreter()
        theme = load_theme(resources_dir() / "themes" / "dark.json")
        apply_theme(app, theme)
        self.player = player
        self.pad = LatentPad(theme)
        self.spectrogram = LiveSpectrogram(theme)
        self.window = MainWindow(theme, self.pad, self.spectrogram)
        self.worker = RenderWorker(make_engine, player)
        self.importer = Importer()
        views = Views(self.window, self.pad, self.spectrogram)
        self.controller = Controller(views, player, self.worker, self.importer)

    def start(self, paths: Iterable[Path]) -> None:
        """Show the window and open these files, or the demo loops where there are none."""
        self.window.show()
        self.controller.start(list(paths) or [demo_loops_dir()])


def make_engine() -> MorphEngine:
    """Engine with the factory model, on the best device; imports torch, so call it off the GUI thread."""
    import torch

    from morphstudio.model.checkpoint import load_model
    from morphstudio.morph.engine import MorphEngine

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return MorphEngine(load_model(factory_model_path()), device)


def run_window(paths: Iterable[Path]) -> int:
    """Open the window and run until it closes; returns the exit code."""
    sys.excepthook = _log_exception
    threading.excepthook = _log_thread_exception
    app = QApplication([sys.argv[0]])
    app.setApplicationName("MorphStudio")
    studio = Studio(app, Player())
    studio.start(paths)
    return int(app.exec())


def _log_exception(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    _log.error("Unexpected error", exc_info=(kind, error, traceback))


def _log_thread_exception(details: threading.ExceptHookArgs) -> None:
    if details.exc_value is not None:
        _log_exception(details.exc_type, details.exc_value, details.exc_traceback)
