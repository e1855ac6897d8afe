"""The whole window as tests use it: through its own window, with events that go where a hand's would.

What renders is a quick stand-in unless a test asks for the real process; without a sound server there is no
device. Nothing here calls what a gesture leads to.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QScrollArea, QWidget

from morphstudio import app as app_module
from morphstudio.app import Studio
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.player import Player
from morphstudio.morph.request import PadPoint
from morphstudio.ui import place_keeper
from morphstudio.ui.analysis_reader import AnalysisReader
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.tuner import Tuner
from tests.audio.published import published

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
N_FRAMES = 22_050
WAIT_MS = 20_000
NAMES = ("kick drum", "acid bass", "pad texture")
QUICK = (sys.executable, "-m", "tests.ui.fake_renderer")
FAKE_TUNING = (sys.executable, str(Path(__file__).with_name("fake_tuning.py")))


class Desk:
    """A window and the hands before it.

    Parameters
    ----------
    qtbot : QtBot
    studio : Studio
        Not shown yet.
    """

    def __init__(self, qtbot, studio):
        self.qtbot, self.studio = qtbot, studio
        self.window, self.pad = studio.window, studio.pad
        self.browser, self.list = studio.window.browser, studio.window.browser.list_view
        self.panel, self.bar = studio.window.side_panel, studio.window.message_bar
        self.transport, self.spectrogram = studio.window.transport, studio.spectrogram
        self.controller, self.player, self.worker = studio.controller, studio.player, studio.worker
        self.handle = studio.window.findChild(DragOutHandle)
        self.requests = []
        self.worker.render_finished.connect(self._on_render_finished)

    def _on_render_finished(self, request, _figures):
        self.requests.append(request)

    def open(self, paths, n_sounds=None):
        """Show the window with these files, and wait until they and the model are there."""
        with self.qtbot.waitSignal(self.worker.model_loaded, timeout=WAIT_MS):
            self.studio.start(paths)
        self.window.activateWindow()
        self.qtbot.waitActive(self.window)
        self.wait(lambda: not self.controller.library.is_busy)
        if n_sounds is not None:
            self.wait(lambda: len(self.pad._dots_scene.dots) == n_sounds)
        return self

    def close_message(self):
        """Close what is said once something is, so that nothing moves in the window any more."""
        self.wait(lambda: bool(self.bar.messages))
        led = QApplication.focusWidget()
        self.click(self.bar.close_button)
        assert not self.bar.isVisible()
        assert QApplication.focusWidget() is led

    def wait(self, is_so, timeout=WAIT_MS):
        self.qtbot.waitUntil(is_so, timeout=timeout)

    # --- mouse ---------------------------------------------------------------------------------

    def at(self, widget, place=None):
        """A point of a widget, its middle if no other is given, in its window."""
        place = widget.rect().center() if place is None else place
        return widget.mapTo(widget.window(), place)

    def reach(self, widget, place=None):
        """A point of a widget as a hand finds it: scrolled to, and nothing before it."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        spot = self.at(widget, place)
        hit = widget.window().childAt(spot)
        assert hit is widget or (hit is not None and widget.isAncestorOf(hit)), f"{hit} is before {widget}"
        return spot

    def click(self, widget, place=None, button=LEFT, modifiers=NONE):
        QTest.mouseClick(widget.window().windowHandle(), button, modifiers, self.reach(widget, place))

    def double_click(self, widget, place=None):
        QTest.mouseDClick(widget.window().windowHandle(), LEFT, NONE, self.reach(widget, place))

    def press(self, widget, place=None, button=LEFT, modifiers=NONE):
        QTest.mousePress(widget.window().windowHandle(), button, modifiers, self.reach(widget, place))

    def move(self, widget, place=None):
        QTest.mouseMove(widget.window().windowHandle(), self.at(widget, place))

    def release(self, widget, place=None, button=LEFT, modifiers=NONE):
        QTest.mouseRelease(widget.window().windowHandle(), button, modifiers, self.at(widget, place))

    def drag(self, widget, start, end, button=LEFT, modifiers=NONE, n_steps=6):
        self.press(widget, start, button, modifiers)
        for step in range(1, n_steps + 1):
            self.move(widget, start + (end - start) * step / n_steps)
        self.release(widget, end, button, modifiers)

    # --- keyboard ------------------------------------------------------------------------------

    def key(self, key, modifiers=NONE):
        """Press and let go a key, in whatever window has the keyboard."""
        QTest.keyClick(self._with_keyboard(), key, modifiers)

    def type(self, text):
        for letter in text:
            QTest.keyClick(self._with_keyboard(), letter)

    def _with_keyboard(self):
        window = QApplication.focusWindow()
        if window is None or not window.isVisible():  # no window manager gives it back when one has closed
            self.window.windowHandle().requestActivate()
            self.wait(lambda: QApplication.focusWindow() is self.window.windowHandle(), timeout=3000)
        return QApplication.focusWindow()

    # --- drops ---------------------------------------------------------------------------------

    def hold_over(self, place, mime):
        """Hold something over a point of the window; tells whether anybody there would take it."""
        widget = self.window.childAt(place) or self.window
        inside = widget.mapFrom(self.window, place)
        event = QDragEnterEvent(inside, _COPY_OR_MOVE, mime, LEFT, NONE)
        QApplication.sendEvent(widget, event)  # Qt asks its parents in turn
        if event.isAccepted():
            QApplication.sendEvent(widget, QDragMoveEvent(inside, _COPY_OR_MOVE, mime, LEFT, NONE))
        return event.isAccepted()

    def drop(self, place, mime):
        """Drop something at a point of the window, where somebody must take it."""
        assert self.hold_over(place, mime)
        widget = self.window.childAt(place) or self.window
        event = QDropEvent(QPointF(widget.mapFrom(self.window, place)), _COPY_OR_MOVE, mime, LEFT, NONE)
        event.setDropAction(Qt.DropAction.MoveAction)  # as file managers propose
        QApplication.sendEvent(widget, event)
        assert event.isAccepted()
        assert event.dropAction() == Qt.DropAction.CopyAction

    def leave(self):
        QApplication.sendEvent(self.window, QDragLeaveEvent())

    # --- the pad -------------------------------------------------------------------------------

    def dot(self, name):
        """Pixel of the dot of a sound, by its name."""
        return self.pad.place_of(self.sound_id(name)).toPoint()

    def sound_id(self, name):
        dots = self.pad._dots_scene.dots.values()
        return next(dot.sound_id for dot in dots if dot.name == name)

    def between(self, first, second, share=0.5):
        a, b = self.dot(first), self.dot(second)
        return a + (b - a) * share

    def point(self, name) -> PadPoint:
        return self.controller.dots[self.sound_id(name)]

    @property
    def on_pad(self):
        """Names of the dots that are shown."""
        return {dot.name for dot in self.pad._dots_scene.dots.values()}

    def rendered(self, act):
        """Do something and wait for the final that comes of it; returns its request."""
        before = len(self.requests)
        act()
        self.wait(lambda: len(self.requests) > before and self.requests[-1] is self.controller.last_request)
        return self.requests[-1]

    def heard(self):
        """Names and weights of what is asked to sound."""
        request = self.controller.last_request
        return {clip.name: weight for clip, weight in zip(request.clips, request.weights, strict=True)}

    def playing_samples(self):
        """What the newest deck holds: it is what a device would play."""
        return published(self.player)

    # --- what stands in the window --------------------------------------------------------------

    @property
    def said(self):
        """All that the message bar has to say."""
        return "\n".join("\n".join((m.title, m.text, m.hint, *m.details)) for m in self.bar.messages)

    def menu(self):
        """The menu that is open."""
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        return QApplication.activePopupWidget()

    def choose(self, text):
        """Click an entry of the open menu."""
        menu = self.menu()
        action = next(action for action in menu.actions() if action.text().startswith(text))
        assert action.isEnabled()
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())

    def row(self, name):
        """Middle of a row of the browser, by its name, in the list's viewport."""
        index = self.list.model().index(self.browser.shown_names().index(name), 0)
        self.list.scrollTo(index)
        return self.list.visualRect(index).center()

    def dialog(self, kind):
        """The open dialog of a kind."""
        self.wait(lambda: any(d.isVisible() for d in self.window.findChildren(kind)))
        dialog = next(d for d in self.window.findChildren(kind) if d.isVisible())
        dialog.activateWindow()
        self.qtbot.waitActive(dialog)
        return dialog

    def press_button(self, parent, text):
        button = next(b for b in parent.findChildren(QPushButton) if b.isVisible() and b.text() == text)
        self.click(button)

    def colour_at(self, widget: QWidget, place=None):
        place = widget.rect().center() if place is None else place
        return widget.grab().toImage().pixelColor(place * widget.devicePixelRatioF())


_COPY_OR_MOVE = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def mime_of(paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def write_loop(path, hz=220.0, n_frames=N_FRAMES):
    """Write a loop with a hit or two and a tone, stereo."""
    times_s = np.arange(n_frames) / RATE_HZ
    n_turns = round(hz * n_frames / RATE_HZ)
    tone = np.sin(2 * np.pi * n_turns * np.arange(n_frames) / n_frames)
    hits = np.exp(-((times_s % (n_frames / RATE_HZ / 2)) * 30))
    samples = (0.25 * tone * (0.3 + hits)).astype(np.float32)
    soundfile.write(path, np.stack([samples, 0.8 * samples], axis=1), RATE_HZ, subtype="FLOAT")
    return path


def listen_quickly(monkeypatch, tmp_path):
    """Have the windows' files listened to by a process that takes no time."""
    monkeypatch.setenv("LISTENED", str(tmp_path / "listened"))
    command = (sys.executable, "-m", "tests.unit.fake_listening")
    monkeypatch.setattr(place_keeper, "AnalysisReader", partial(AnalysisReader, command=command))


@pytest.fixture
def loops(tmp_path):
    """Three files of different kinds."""
    folder = tmp_path / "loops"
    folder.mkdir()
    return [write_loop(folder / f"{name}.wav", hz) for name, hz in zip(NAMES, (90, 330, 1800), strict=True)]


@pytest.fixture
def make_desk(qapp, qtbot, home, monkeypatch, request):
    """Returns a function that makes a window; `renderer` is what renders, or None for the real process."""
    desks = []
    monkeypatch.setenv("FAKE_LOG", str(home / "fake.log"))
    monkeypatch.setenv("FAKE", "slow")
    if not {"jack", "pulse"} & set(request.fixturenames):
        request.getfixturevalue("no_servers")

    def make(size=(1280, 720), renderer=QUICK):
        worker = RenderWorker if renderer is None else partial(RenderWorker, command=renderer)
        monkeypatch.setattr(app_module, "RenderWorker", worker)
        if renderer is not None:
            monkeypatch.setattr(app_module, "Tuner", partial(Tuner, command=FAKE_TUNING))
        desk = Desk(qtbot, Studio(qapp, Player()))
        if size is not None:
            desk.window.resize(*size)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        return desk

    yield make
    for desk in desks:
        desk.window.close()
        desk.studio.shut_down()


@pytest.fixture
def desk(make_desk, loops):
    """A window with three loops on its pad and nothing heard yet."""
    desk = make_desk().open(loops, 3)
    desk.close_message()  # there is no device
    return desk


def file_dialogs(monkeypatch, **answers):
    """Answer the system's file dialogs: their static functions are the only thing that is replaced."""
    for name, answer in answers.items():
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_args, answer=answer: answer))


def centre(widget: QWidget) -> QPoint:
    return widget.rect().center()
