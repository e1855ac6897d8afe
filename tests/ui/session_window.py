"""The whole window as a program that can be killed; it tells on stdout what is on its pad and what it says.

Its arguments are files for its pad. What is written to its stdin is done: "slide", "bring back" or "quit".
"""

import json
import sys
import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from morphstudio import app as app_module
from morphstudio.app import Studio
from morphstudio.audio.player import Player
from morphstudio.ui.render_worker import RenderWorker
from tests.ui.studio import QUICK


def main(paths):
    app = QApplication(sys.argv[:1])
    app_module.RenderWorker = partial(RenderWorker, command=QUICK)
    studio = Studio(app, Player())
    window, orders = studio.window, []

    def read_orders():
        for line in sys.stdin:
            orders.append(line.strip())

    threading.Thread(target=read_orders, daemon=True).start()

    def tick():
        while orders:
            order = orders.pop(0)
            if order == "slide":
                window.side_panel.detail.setValue(window.side_panel.detail.value() // 2)
            elif order == "bring back":
                window.message_bar.action_button.click()
            elif order == "close":
                window.message_bar.close_newest()
            elif order == "quit":
                window.close()
        dots = studio.pad._dots_scene.dots.values()
        state = {
            "busy": studio.controller.library.is_busy,
            "dots": {dot.name: [round(dot.point.x, 6), round(dot.point.y, 6)] for dot in dots},
            "detail": window.side_panel.detail.value(),
            "says": [f"{m.title}: {m.text}" for m in window.message_bar.messages],
        }
        print(json.dumps(state), flush=True)

    timer = QTimer()
    timer.timeout.connect(tick)
    studio.controller.sessions.offer_unsaved()
    studio.start(paths)
    timer.start(50)
    app.exec()
    timer.stop()
    studio.shut_down()


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
