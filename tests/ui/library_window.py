"""The whole window as a program that can be killed; it tells on stdout how many sounds it has heard.

Its arguments are a file for its pad and a folder for its browser. Stand-ins render and listen.
"""

import json
import signal
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from morphstudio import app as app_module
from morphstudio.app import Studio
from morphstudio.audio.player import Player
from morphstudio.ui import place_keeper
from morphstudio.ui.analysis_reader import AnalysisReader
from morphstudio.ui.render_worker import RenderWorker
from tests.ui.studio import QUICK

LISTENING = (sys.executable, "-m", "tests.unit.fake_listening")


def main(file, folder):
    app = QApplication(sys.argv[:1])
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    app_module.RenderWorker = partial(RenderWorker, command=QUICK)
    place_keeper.AnalysisReader = partial(AnalysisReader, command=LISTENING)
    studio = Studio(app, Player())
    browser = studio.window.browser

    def tell():
        files = list(Path(folder).iterdir())
        entries = [browser.shelf.entry(str(path)) for path in files]
        found = [entry for entry in entries if entry is not None]
        state = {
            "n_files": len(files),
            "n_found": len(found),
            "n_heard": sum(entry.analysis is not None for entry in found),
            "is_busy": browser.scan_strip.isVisible(),
            "says": [f"{m.title}: {m.text}" for m in studio.window.message_bar.messages],
        }
        print(json.dumps(state), flush=True)

    timer = QTimer()
    timer.timeout.connect(tell)
    studio.start([Path(file)])
    browser.add_place(folder)
    timer.start(50)
    app.exec()
    timer.stop()
    studio.shut_down()


if __name__ == "__main__":
    main(*sys.argv[1:])
