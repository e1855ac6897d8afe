"""A pad with a session behind it, on which paths are recorded and played; the clock is set by hand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest

from morphstudio.audio.player import Player
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.session import Session
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.pad import PadDot
from morphstudio.ui.path_keeper import PathKeeper
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.undo import History
from tests.ui.pad_driver import LEFT, NONE, at, record

PLACES = {"a": PadPoint(0.1, 0.1), "b": PadPoint(0.9, 0.1), "c": PadPoint(0.5, 0.9)}


class SilentWorker:
    """Takes what is to be rendered, and renders nothing."""

    explore_words = (("darker", "brighter"), ("noisier", "purer"))

    def __init__(self):
        self.requests = []

    def submit(self, request, _start):
        self.requests.append(request)

    def rehearse(self, requests):
        list(requests)

    def forget(self):
        self.requests.clear()


class PathDesk:
    """Three dots in a session of two bars at 120 beats a minute; a hand on the pad and one at the clock.

    Parameters
    ----------
    pad : LatentPad
        Shown, and empty.
    make_sound : callable
    """

    def __init__(self, pad, make_sound):
        self.pad, self.beat = pad, 0.0
        self._root = QObject()
        self.session, self.player, self.worker = Session(), Player(), SilentWorker()
        rng = np.random.default_rng(0)
        for name, point in PLACES.items():
            sound = make_sound(name)
            self.session.learn(sound, rng.normal(size=6).astype(np.float32))
            self.session.place(sound.sound_id, point)
        self.session.choose_time(MusicalTime(120.0, 2))
        self.history = History(self._root)
        self.editor = SessionEditor(self.session, self.history, self._root)
        self.hearing = Hearing(self.session, self.player, self.worker, pad, self._root)
        pad.point_picked.connect(self._on_point_picked)
        self.editor.edited.connect(self._on_edited)
        self.keeper = PathKeeper(
            self.session, self.editor, self.hearing, self.player, pad, self._root, now=lambda: self.beat
        )
        self.shelf = self.keeper.shelf
        self.states = record(self.keeper.state_changed)
        self._n_ticks = 0
        self.keeper._timer.timeout.connect(self._on_tick)
        self._show_dots()

    def _on_tick(self):
        self._n_ticks += 1

    def _show_dots(self):
        self.pad.set_dots(
            [
                PadDot(i, self.session.sound(i).clip.name, self.session.sound(i).family, point)
                for i, point in self.session.dots.items()
            ]
        )

    def _on_point_picked(self, point):
        self.hearing.hear_point(point, starts=True)

    def _on_edited(self, _before, _after):
        self.hearing.follow((), has_moved=True, has_other_options=False)

    def close(self):
        self.keeper.stop()
        self.player.close()

    # --- time ----------------------------------------------------------------------------------

    def go_to(self, beat):
        """Let it be this beat, and whoever looks at the clock have looked."""
        self.beat, self._n_ticks = beat, 0
        QTest.qWait(1)
        while self._n_ticks < 2 and self.keeper._timer.isActive():
            QTest.qWait(2)

    # --- hands ---------------------------------------------------------------------------------

    def press(self, x, y):
        QTest.mousePress(self.pad, LEFT, NONE, at(self.pad, x, y))

    def move(self, x, y):
        QTest.mouseMove(self.pad, at(self.pad, x, y))

    def release(self, x, y):
        QTest.mouseRelease(self.pad, LEFT, NONE, at(self.pad, x, y))

    def key(self, key, modifiers=NONE):
        QTest.keyClick(self.pad, key, modifiers)

    def press_button(self):
        QTest.mouseClick(self.pad.path_bar.button, Qt.MouseButton.LeftButton)

    def record_square(self):
        """Record four bars: at each a corner of a square is led to, and rested at."""
        self.press_button()
        self.beat = 0.0
        self.press(0.3, 0.3)
        for bar, (x, y) in enumerate(((0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.3))):
            before = ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))[bar]
            for step in range(1, 37):
                self.beat = 4.0 * bar + 0.1 * step
                share = step / 36
                self.move(before[0] + share * (x - before[0]), before[1] + share * (y - before[1]))
        self.go_to(16.0)
        return self.session.paths[-1]

    def place_of(self, index) -> QPoint:
        """Pixel of a point of the path on the pad."""
        return self.pad.path_layer.place_of(index, self.pad.frame()).toPoint()
