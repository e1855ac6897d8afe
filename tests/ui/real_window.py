"""The whole window as a program, which tells on stdout what it shows, a line of JSON each time that changes.

Its arguments are files for its pad. A quick stand-in renders; places are in pixels of the screen.
"""

import json
import sys
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from morphstudio import app as app_module
from morphstudio.app import Studio
from morphstudio.audio.player import Player
from morphstudio.ui.render_worker import RenderWorker
from tests.ui.studio import QUICK


def middle(widget):
    return at(widget, widget.rect().center())


def at(widget, place):
    spot = widget.mapToGlobal(place)
    return spot.x(), spot.y()


class Teller:
    def __init__(self, studio):
        self._studio, self._told = studio, ""
        self._window, self._pad = studio.window, studio.pad

    def tell(self):
        line = json.dumps(self.state())
        if line != self._told:
            self._told = line
            print(line, flush=True)

    def state(self):
        studio, window, pad = self._studio, self._window, self._pad
        request, dots = studio.controller.last_request, pad._dots_scene.dots
        names, rows = window.browser.shown_names(), window.browser.list_view
        heard = zip(request.clips, request.weights, strict=True) if request else ()
        return {
            "model": window.side_panel.model.name.text(),
            "busy": studio.controller.library.is_busy,
            "dots": {dot.name: at(pad, pad.place_of(i).toPoint()) for i, dot in dots.items()},
            "rows": {
                name: at(rows.viewport(), rows.visualRect(rows.model().index(row, 0)).center())
                for row, name in enumerate(names)
            },
            "heard": {clip.name: round(weight, 3) for clip, weight in heard},
            "playing": studio.player.is_playing,
            "light": window.grab(window.rect().adjusted(2, 2, 3 - window.width(), 3 - window.height()))
            .toImage()
            .pixelColor(0, 0)
            .lightnessF()
            > 0.5,
            "pad": middle(pad),
            "zoom": round(pad.zoom, 2),
            "palette": studio.commands.palette.isVisible(),
            "sheet": studio.commands.sheet.isVisible(),
            "places": {
                "play": middle(window.transport.play_button),
                "close": middle(window.message_bar.close_button),
            },
            "says": [message.title for message in window.message_bar.messages],
            "size": (window.width(), window.height()),
        }


def main(paths):
    app = QApplication(sys.argv[:1])
    app_module.RenderWorker = partial(RenderWorker, command=QUICK)
    studio = Studio(app, Player())
    teller, timer = Teller(studio), QTimer()
    timer.timeout.connect(teller.tell)
    studio.window.move(0, 0)
    studio.start(paths)
    studio.window.activateWindow()
    timer.start(80)
    app.exec()
    timer.stop()
    studio.shut_down()
    print(json.dumps({"ended": True}), flush=True)


if __name__ == "__main__":
    from pathlib import Path

    main([Path(argument) for argument in sys.argv[1:]])
