"""Dragging into a DAW: pressed, rendered to a kept file, dropped; and what happens when it goes otherwise."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile as sf
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import ExportOptions
from morphstudio.audio.naming import NameFields
from morphstudio.morph.request import MorphRequest
from morphstudio.settings import ExportSettings, Settings
from morphstudio.storage import storage_places
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.render_worker import ModelChoice

# The badge is a window on top of others; the offscreen platform has no others, and says so.
badge_shows = pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
LEFT = Qt.MouseButton.LeftButton
N_FRAMES = 2000
WAIT_MS = 20_000
NAMES = NameFields(("Amen", "Jungle"), 140.0)


@pytest.fixture
def window(qtbot, themed_app, theme, worker, tmp_path):
    """A window with a handle; what is dragged is its `request`."""
    window = QWidget()
    qtbot.addWidget(window)
    window.handle = DragOutHandle(theme, window)
    window.bar = MessageBar(theme, window)
    layout = QVBoxLayout(window)
    for widget in (window.handle, window.bar):
        layout.addWidget(widget)
    window.settings = Settings(renders_folder=str(tmp_path / "kept"))
    window.kept = tmp_path / "kept"
    window.request = request_of("a")
    window.worker = worker
    window.drag_out = DragOut(worker, lambda: window.settings, window.bar, window)
    window.handle.picked_up.connect(lambda: window.drag_out.begin(window.request, NAMES, 2.0, window.handle))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


def request_of(name, weight=1.0):
    clips = (AudioClip(np.full((N_FRAMES, 1), 0.1, np.float32), name),
             AudioClip(np.full((N_FRAMES, 1), 0.2, np.float32), "b"))  # fmt: skip
    return MorphRequest(clips, (weight, 1.0 - weight), N_FRAMES)


@pytest.fixture
def caught(monkeypatch):
    """What is dragged, and nobody takes."""
    drags = []

    def catch(drag, actions):
        drags.append((drag.mimeData().urls(), actions))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", catch)
    return drags


def pull(window):
    """Move the pressed handle so far that it is a drag."""
    for x in (0, 5, 60):
        move(window.handle, window.handle.rect().center() + QPoint(x, 0))


def move(widget, place):
    where = QPointF(place)
    event = QMouseEvent(QEvent.Type.MouseMove, where, widget.mapToGlobal(where), Qt.MouseButton.NoButton,
                        LEFT, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(widget, event)


def finished(qtbot, window):
    return qtbot.waitSignal(window.worker.export_finished, timeout=WAIT_MS)


def kept_names(window):
    return sorted(path.name for path in window.kept.iterdir())


def test_pressing_renders_into_the_kept_folder_at_once_and_says_so_when_let_go(qtbot, window, caught):
    with finished(qtbot, window) as told:
        QTest.mousePress(window.handle, LEFT)
    assert kept_names(window) == ["Amen + Jungle.wav"]
    assert window.bar.messages == ()
    QTest.mouseRelease(window.handle, LEFT)
    (message,) = window.bar.messages
    assert "Amen + Jungle.wav" in message.text
    assert str(window.kept) in message.text
    assert caught == []
    assert told.args[1] == window.kept / "Amen + Jungle.wav"


def test_moving_drags_a_copy_of_the_finished_file(qtbot, window, caught):
    with finished(qtbot, window):
        QTest.mousePress(window.handle, LEFT)
    pull(window)
    url = QUrl.fromLocalFile(str(window.kept / "Amen + Jungle.wav"))
    assert caught == [([url], Qt.DropAction.CopyAction)]
    assert not window.handle.isDown()
    assert len(sf.read(url.toLocalFile())[0]) == N_FRAMES
    QTest.mouseRelease(window.handle, LEFT)
    assert len(caught) == 1


@badge_shows
def test_a_drag_that_begins_too_early_waits_beside_the_mouse(qtbot, window, caught):
    window.request = request_of("slow")
    QTest.mousePress(window.handle, LEFT)
    pull(window)
    badge = window.drag_out._badge
    assert badge.isVisible()
    assert badge.text
    assert caught == []
    with finished(qtbot, window):
        pass
    qtbot.waitUntil(lambda: len(caught) == 1)
    assert not badge.isVisible()
    QTest.mouseRelease(window.handle, LEFT)


@badge_shows
def test_letting_go_before_it_is_rendered_leaves_the_file_and_says_so(qtbot, window, caught):
    window.request = request_of("slow")
    QTest.mousePress(window.handle, LEFT)
    pull(window)
    QTest.mouseRelease(window.handle, LEFT)
    assert not window.drag_out._badge.isVisible()
    with finished(qtbot, window):
        pass
    qtbot.waitUntil(lambda: len(window.bar.messages) == 1)
    assert caught == []
    assert kept_names(window) == ["Amen + Jungle.wav"]


def test_the_same_request_reuses_its_file_and_another_gets_its_own(qtbot, window, caught):
    def press(weight):
        window.request = request_of("a", weight)
        QTest.mousePress(window.handle, LEFT)
        qtbot.wait(20)
        qtbot.waitUntil(lambda: not window.drag_out._rendering)
        pull(window)
        QTest.mouseRelease(window.handle, LEFT)

    for weight in (1.0, 1.0, 0.5, 1.0):
        press(weight)
    names = [urls[0].fileName() for urls, _ in caught]
    assert names == ["Amen + Jungle.wav", "Amen + Jungle.wav", "Amen + Jungle 2.wav", "Amen + Jungle.wav"]
    first = window.kept / "Amen + Jungle.wav"
    first.write_bytes(b"edited elsewhere")
    press(1.0)
    assert caught[-1][0][0].fileName() == "Amen + Jungle 3.wav"
    assert first.read_bytes() == b"edited elsewhere"


def test_another_model_renders_anew(qtbot, window, caught, tmp_path):
    for _ in range(2):
        with finished(qtbot, window):
            QTest.mousePress(window.handle, LEFT)
        QTest.mouseRelease(window.handle, LEFT)
        with qtbot.waitSignal(window.worker.model_loaded, timeout=WAIT_MS):
            window.worker.use_model(ModelChoice(tmp_path / "b.safetensors", "B"))
        qtbot.wait(10)
    assert len(kept_names(window)) == 2


def test_what_is_dragged_is_what_an_export_writes(qtbot, window, caught, tmp_path):
    export = ExportSettings(format="aiff", bits=16, normalise="peak", repeats=2, template="{a} {bpm} {n}")
    window.settings = Settings(export=export, renders_folder=window.settings.renders_folder)
    with finished(qtbot, window):
        QTest.mousePress(window.handle, LEFT)
    QTest.mouseRelease(window.handle, LEFT)
    with finished(qtbot, window):
        options = ExportOptions("aiff", 16, normalise="peak", repeats=2)
        window.worker.submit_export(window.request, tmp_path / "out.aiff", options)
    assert kept_names(window) == ["Amen 140 1.aiff"]
    assert (window.kept / "Amen 140 1.aiff").read_bytes() == (tmp_path / "out.aiff").read_bytes()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_from_the_keyboard_the_file_is_kept_and_its_place_told(qtbot, window, caught, key):
    window.handle.setFocus()
    with finished(qtbot, window):
        QTest.keyClick(window.handle, key)
    qtbot.waitUntil(lambda: len(window.bar.messages) == 1)
    assert str(window.kept) in window.bar.messages[0].text
    assert kept_names(window) == ["Amen + Jungle.wav"]


def test_a_folder_that_cannot_be_made_is_a_sentence(qtbot, window, caught):
    window.kept.write_text("a file in its place")
    QTest.mousePress(window.handle, LEFT)
    pull(window)
    QTest.mouseRelease(window.handle, LEFT)
    assert window.bar.messages[0].level == "error"
    assert str(window.kept) in window.bar.messages[0].text
    assert caught == []


def test_a_template_that_makes_no_name_is_no_obstacle(qtbot, window, caught):
    window.settings = Settings(
        export=ExportSettings(template="{"), renders_folder=window.settings.renders_folder
    )
    with finished(qtbot, window):
        QTest.mousePress(window.handle, LEFT)
    QTest.mouseRelease(window.handle, LEFT)
    assert kept_names(window) == ["Amen + Jungle 1.wav"]


def test_renders_are_kept_where_the_settings_count_and_clear_them(qtbot, window, caught):
    window.settings = Settings()
    with finished(qtbot, window):
        QTest.mousePress(window.handle, LEFT)
    QTest.mouseRelease(window.handle, LEFT)
    assert [path.suffix for path in storage_places().default_renders.iterdir()] == [".wav"]
