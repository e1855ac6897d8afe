"""A hand at the browser: it types searches, sorts and scrolls, and notes how long until each is painted."""

from __future__ import annotations

import random
import threading
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from morphstudio.library.catalogue import SortBy

SEARCHES = ("kick", "snare 1", "loop 120-128bpm", "pad", "hat <500ms", "melody 140", "dark bass", "F#m loop")
WHATS = ("search", "sort", "scroll")
PAUSE_S = 0.25
FEWEST = 20
"""So often each thing is done before the hand may rest."""
_ASKED = QEvent.Type.User
_WHEEL = 360
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class Hand(QObject):
    """Asks from a thread of its own; what it asks for is done in the window's, when that gets to it."""

    def __init__(self, browser) -> None:
        super().__init__()
        self._browser, self._random = browser, random.Random(0)
        self.done = {what: [] for what in WHATS}
        self._action = None
        self._is_done, self._has_ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    @property
    def is_satisfied(self) -> bool:
        return min(len(done) for done in self.done.values()) >= FEWEST

    def times_ms(self, what) -> list[float]:
        return [ms for _, ms in self.done[what]]

    def start(self) -> None:
        self._thread.start()

    def rest(self) -> None:
        """Do nothing more; the window must go on until `is_resting`."""
        self._has_ended.set()

    @property
    def is_resting(self) -> bool:
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            text = self._random.choice(SEARCHES)
            for character in text:
                self._do("search", lambda character=character: self._type(character))
            for _ in range(4):
                self._do("scroll", self._turn_wheel)
            self._do("scroll", self._drag_scroll_bar)
            sort_by = self._random.choice([one for one in SortBy if one != SortBy.SIMILARITY])
            self._do("sort", lambda sort_by=sort_by: self._sort(sort_by))
            self._do("search", self._browser.search_field.clear)
            sort_by = self._random.choice([one for one in SortBy if one != SortBy.SIMILARITY])
            self._do("sort", lambda sort_by=sort_by: self._sort(sort_by))
            for _ in range(4):
                self._do("scroll", self._turn_wheel)
            self._do("scroll", self._drag_scroll_bar)
            if self._has_ended.is_set():
                return

    def _do(self, what, action) -> None:
        if self._has_ended.wait(PAUSE_S):
            return
        self._is_done.clear()
        self._action = action
        began_s = time.monotonic()
        QCoreApplication.postEvent(self, QEvent(_ASKED))
        self._is_done.wait()
        self.done[what].append((began_s, 1e3 * (self._done_s - began_s)))

    def _type(self, character) -> None:
        press = QKeyEvent(QEvent.Type.KeyPress, 0, _NO_KEYS, character)
        QCoreApplication.sendEvent(self._browser.search_field, press)

    def _sort(self, sort_by) -> None:
        self._browser.sort_bar.choose(sort_by, is_falling=self._random.random() < 0.5)

    def _turn_wheel(self) -> None:
        area = self._browser.list_view.viewport()
        place = QPointF(area.rect().center())
        turn = QPoint(0, self._random.choice((-_WHEEL, -_WHEEL, _WHEEL)))
        phase, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        on_screen = QPointF(area.mapToGlobal(place.toPoint()))
        QCoreApplication.sendEvent(
            area, QWheelEvent(place, on_screen, QPoint(), turn, none, _NO_KEYS, phase, False)
        )

    def _drag_scroll_bar(self) -> None:
        bar = self._browser.list_view.verticalScrollBar()
        bar.setValue(self._random.randint(bar.minimum(), bar.maximum()))

    def event(self, event) -> bool:
        if event.type() != _ASKED:
            return super().event(event)
        self._action()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.sendPostedEvents(self._browser.window(), QEvent.Type.UpdateRequest)
        self._done_s = time.monotonic()
        self._is_done.set()
        return True
