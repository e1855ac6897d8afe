"""A window of ours from which a morph is dragged; its arguments are the kept folder and a file to export to.

It renders with the factory model in the real process. Beside the handle stands something for the pad: a press
with Alt drags from it.
"""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.files import load_clip
from morphstudio.audio.naming import NameFields
from morphstudio.audio.player import Player
from morphstudio.morph.request import MorphRequest
from morphstudio.paths import demo_loops_dir, factory_model_path, resources_dir, user_dir
from morphstudio.settings import Settings
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.export_places import options_of
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.render_worker import ModelChoice, RenderWorker
from morphstudio.ui.theme import load_theme

N_FRAMES = 88_200
BAR_S = 2.0


class Pad(QWidget):
    drag_out_requested = Signal()

    def mousePressEvent(self, event):
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.drag_out_requested.emit()


def main(kept, export):
    app = QApplication(sys.argv[:1])
    theme = load_theme(resources_dir() / "themes" / "dark.json")
    player, store = Player(), ClipStore(user_dir() / "cache")
    worker = RenderWorker(player, store)
    clips = tuple(load_clip(demo_loops_dir() / f"{name}.flac")[0] for name in ("House drums", "Dub chords"))
    # So many that the mouse is there before the file is.
    request = MorphRequest(clips, (0.6, 0.4), N_FRAMES, n_iterations=150)
    settings = Settings(renders_folder=kept)
    settings = replace(settings, export=replace(settings.export, template="{a}_{bpm}"))
    names = NameFields(tuple(clip.name for clip in clips), 120.0)

    window = QWidget()
    handle, pad, bar = DragOutHandle(theme), Pad(), MessageBar(theme)
    layout = QVBoxLayout(window)
    for widget in (handle, pad, bar):
        layout.addWidget(widget)
    window.setGeometry(50, 100, 300, 300)
    drag_out = DragOut(worker, lambda: settings, bar, window)
    handle.picked_up.connect(lambda: drag_out.begin(request, names, BAR_S, handle))
    pad.drag_out_requested.connect(lambda: drag_out.begin(request, names, BAR_S, pad))
    window.show()

    def say(number, path):
        if path == Path(export):
            places = [widget.mapToGlobal(widget.rect().center()) for widget in (handle, pad)]
            print("ready", *(f"{place.x()} {place.y()}" for place in places), flush=True)

    worker.export_finished.connect(say, Qt.ConnectionType.QueuedConnection)
    worker.start()
    worker.use_model(ModelChoice(factory_model_path(), "Studio"))
    worker.submit_export(request, Path(export), options_of(settings.export, BAR_S))
    app.exec()
    worker.stop()
    store.close()
    player.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
