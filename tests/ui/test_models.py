"""Models in the window: which one plays, tuning, the way back, files; and the switches of the morph."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.decks import PUBLISHED, SharedDecks
from morphstudio.audio.export import ExportOptions
from morphstudio.audio.player import Player
from morphstudio.morph.request import MorphRequest
from morphstudio.session import MorphOptions
from morphstudio.ui import render_worker
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.model_keeper import ModelKeeper
from morphstudio.ui.render_worker import ModelChoice, RenderWorker
from morphstudio.ui.side_panel import SidePanel
from morphstudio.ui.tuner import Tuner

LEFT = Qt.MouseButton.LeftButton
FAKE = Path(__file__).with_name("fake_tuning.py")
N_FRAMES = 2000
WAIT_MS = 20_000
"""Processes are started meanwhile."""


needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to end by")


@pytest.fixture
def log(tmp_path, monkeypatch):
    """Returns a function: what the process that renders has done so far, of one kind."""
    path = tmp_path / "fake.log"
    monkeypatch.setenv("FAKE_LOG", str(path))

    def lines(kind):
        content = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.removeprefix(f"{kind} ") for line in content if line.startswith(kind)]

    return lines


@pytest.fixture
def player():
    player = Player()
    yield player
    player.close()


@pytest.fixture
def worker(qapp, log, player, tmp_path):
    store = ClipStore(tmp_path)
    worker = RenderWorker(player, store, (sys.executable, "-m", "tests.ui.fake_renderer"))
    worker.player = player
    worker.start()
    yield worker
    worker.stop()
    store.close()


@pytest.fixture
def clip():
    return AudioClip(np.zeros((N_FRAMES, 1), np.float32), "a")


@pytest.fixture
def request_(clip):
    return MorphRequest((clip,), (1.0,), N_FRAMES)


@pytest.fixture
def open_window(qtbot, themed_app, theme, worker, monkeypatch, clip, tmp_path):
    """Returns a function that opens a window whose tuning process behaves in a given way."""
    keepers = []

    def open_it(how="well", factory="factory.safetensors"):
        monkeypatch.setenv("FAKE", how)
        window = MainWindow(theme, QWidget(), QWidget())
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        panel, bar = window.side_panel.model, window.message_bar
        tuner = Tuner(60.0, (sys.executable, str(FAKE)))
        keeper = ModelKeeper(worker, tuner, panel, bar, tmp_path / factory, window)
        keeper.panel, keeper.bar, keeper.tuner = panel, bar, tuner
        keepers.append(keeper)
        keeper.set_clips([clip, clip])
        assert not panel.tune_button.isEnabled()
        is_good = "bad" not in factory
        with qtbot.waitSignal(keeper.model_changed if is_good else keeper.model_missing, timeout=WAIT_MS):
            keeper.start()
        return keeper

    yield open_it
    for keeper in keepers:
        keeper.shut_down()


def tune(qtbot, keeper):
    with qtbot.waitSignal(keeper.model_changed, timeout=WAIT_MS):
        QTest.mouseClick(keeper.panel.tune_button, LEFT)


def rendered(qtbot, worker, request):
    """The constant that is published for a request: it tells the model."""
    with qtbot.waitSignal(worker.render_finished, timeout=WAIT_MS) as finished:
        worker.submit(request)
    decks = SharedDecks(worker.player.deck_memory.buffer)
    published = int(decks.words[PUBLISHED])
    assert published >> 2 == finished.args[1].generation
    return round(float(decks.decks[published & 3][0, 0]), 3)


def titles(keeper):
    return [message.title for message in keeper.bar.messages]


def test_the_factory_model_is_shown_and_can_be_tuned_once_there_are_sounds(open_window):
    keeper = open_window()
    assert keeper.panel.name.text() == "Factory"
    assert "4.2" in keeper.panel.description.text()
    assert keeper.panel.tune_button.isEnabled()
    assert not keeper.panel.others_button.isVisible()
    keeper.set_clips([])
    assert not keeper.panel.tune_button.isEnabled()


def test_a_tuned_model_takes_over_and_the_old_one_can_be_had_back(qtbot, open_window, worker, log, request_):
    keeper = open_window()
    assert rendered(qtbot, worker, request_) == 0.1
    tune(qtbot, keeper)
    assert keeper.panel.name.text() == "Tuned on 2 sounds"
    assert "8.0 → 4.0 dB" in keeper.panel.description.text()
    assert rendered(qtbot, worker, request_) == 0.2
    for name, level in (("Factory", 0.1), ("Tuned on 2 sounds", 0.2)):
        with qtbot.waitSignal(keeper.model_changed, timeout=WAIT_MS):
            QTest.mouseClick(keeper.panel.others_button, LEFT)
        assert keeper.panel.name.text() == name
        assert rendered(qtbot, worker, request_) == level


def test_a_tuning_goes_on_from_the_model_that_plays(qtbot, open_window):
    keeper = open_window()
    tune(qtbot, keeper)
    first = keeper._current
    tune(qtbot, keeper)
    arguments = json.loads(keeper._current.path.read_text())["arguments"]
    assert arguments[arguments.index("--from") + 1] == str(first.path)
    assert keeper.panel.name.text() == "Tuned on 2 sounds (2)"
    ways = [action.text() for action in keeper.panel._others_menu.actions()]
    assert ways == ["Back to factory", "Back to: Tuned on 2 sounds"]
    with qtbot.waitSignal(keeper.model_changed, timeout=WAIT_MS):
        keeper.panel._others_menu.actions()[1].trigger()
    assert keeper._current is first


def test_while_it_learns_the_panel_tells_and_a_stop_keeps_the_best(qtbot, open_window):
    keeper = open_window("slow")
    keeper.panel.tune_button.setFocus()
    QTest.keyClick(keeper.panel.tune_button, Qt.Key.Key_Return)
    assert not keeper.panel.tune_button.isVisible()
    assert keeper.panel.stop_button.hasFocus()
    qtbot.waitUntil(lambda: "→ 6.0" in keeper.panel.plot.caption, timeout=WAIT_MS)
    assert keeper.panel.status.text() == "Learning 2 loops · 0:58 left"
    assert keeper.panel.name.text() == "Factory"
    with qtbot.waitSignal(keeper.model_changed, timeout=WAIT_MS):
        QTest.keyClick(keeper.panel.stop_button, Qt.Key.Key_Return)
        assert not keeper.panel.stop_button.isEnabled()
    assert keeper.panel.name.text() == "Tuned on 2 sounds"
    assert keeper.panel.tune_button.isVisible()
    assert not keeper.panel.plot.isVisible()


@pytest.mark.parametrize(
    ("how", "title"), [("worse", "Nothing to gain"), ("refuses", "Can't tune"), ("crashes", "Can't tune")]
)
def test_without_a_better_model_the_old_one_stays(qtbot, open_window, how, title):
    keeper = open_window(how)
    with qtbot.assertNotEmitted(keeper.model_changed):
        QTest.mouseClick(keeper.panel.tune_button, LEFT)
        qtbot.waitUntil(lambda: titles(keeper) == [title], timeout=WAIT_MS)
    assert keeper.panel.name.text() == "Factory"
    assert keeper.panel.tune_button.isVisible()


@needs_signals
@pytest.mark.parametrize("how", ["early", "hasty"])
def test_a_stop_before_anything_was_learnt_leaves_the_old_model(qtbot, open_window, how):
    keeper = open_window(how)
    with qtbot.assertNotEmitted(keeper.model_changed):
        QTest.mouseClick(keeper.panel.tune_button, LEFT)
        qtbot.waitUntil(lambda: "8.0" in keeper.panel.plot.caption, timeout=WAIT_MS)
        QTest.mouseClick(keeper.panel.stop_button, LEFT)
        qtbot.waitUntil(lambda: titles(keeper) == ["Tuning stopped"], timeout=WAIT_MS)
    assert keeper.panel.name.text() == "Factory"


def test_a_model_file_is_opened_and_a_bad_one_is_a_sentence(qtbot, open_window, log, tmp_path):
    keeper = open_window()
    with qtbot.waitSignal(keeper.model_changed, timeout=WAIT_MS):
        keeper._on_file_opened(str(tmp_path / "mine & yours.safetensors"))
    assert keeper.panel.name.text() == "mine & yours.safetensors"
    with qtbot.waitSignal(keeper.model_changed, timeout=WAIT_MS):
        keeper._on_file_opened(str(tmp_path / "mine & yours.safetensors"))
    assert log("made") == ["factory.safetensors", *["mine & yours.safetensors"] * 2]
    assert keeper.panel.others_button.text() == "Back to factory"
    keeper._on_file_opened(str(tmp_path / "bad.safetensors"))
    qtbot.waitUntil(lambda: titles(keeper) == ["Can't load it"], timeout=WAIT_MS)
    assert keeper.panel.name.text() == "mine & yours.safetensors"


def test_without_a_model_there_is_no_render_until_one_is_opened(
    qtbot, open_window, worker, request_, tmp_path
):
    keeper = open_window(factory="bad.safetensors")
    assert keeper.panel.name.text() == "No model"
    assert not keeper.panel.tune_button.isEnabled()
    assert not keeper.panel.save_button.isEnabled()
    with qtbot.assertNotEmitted(worker.render_finished, wait=200):
        worker.submit(request_)
    with qtbot.waitSignal(worker.render_finished, timeout=WAIT_MS):
        keeper._on_file_opened(str(tmp_path / "mine.safetensors"))
    assert keeper.panel.tune_button.isEnabled()


def test_what_plays_is_saved_by_the_dialog(qtbot, open_window, tmp_path, themed_app):
    (tmp_path / "factory.safetensors").write_bytes(b"weights")
    keeper = open_window()
    QTest.mouseClick(keeper.panel.save_button, LEFT)
    dialog = keeper._window.findChild(QFileDialog)
    assert dialog.defaultSuffix() == "safetensors"
    dialog.fileSelected.emit(str(tmp_path / "kept.safetensors"))
    dialog.close()
    assert (tmp_path / "kept.safetensors").read_bytes() == b"weights"
    keeper._on_save_chosen(str(tmp_path / "nowhere" / "kept.safetensors"))
    assert titles(keeper) == ["Model saved", "Can't save kept.safetensors"]


def test_the_old_model_renders_on_where_the_new_one_is_refused(qtbot, worker, request_, tmp_path):
    with qtbot.waitSignal(worker.model_loaded, timeout=WAIT_MS):
        worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert rendered(qtbot, worker, request_) == 0.1
    with qtbot.waitSignal(worker.model_failed, timeout=WAIT_MS) as failed:
        worker.use_model(ModelChoice(tmp_path / "bad.safetensors", "B"))
    assert "bad.safetensors" in str(failed.args[1])
    assert rendered(qtbot, worker, request_) == 0.1


def test_what_is_heard_is_encoded_and_what_is_not_is_left_alone(qtbot, worker, log, request_, clip, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    silent = AudioClip(np.ones((N_FRAMES, 1), np.float32), "silent")
    rendered(qtbot, worker, MorphRequest((clip, silent), (1.0, 0.0), N_FRAMES))
    assert log("prepared") == ["a"]


def test_until_there_is_a_model_the_nearest_sound_is_heard(qtbot, worker, clip, tmp_path):
    loud = AudioClip(np.full((N_FRAMES, 1), 0.7, np.float32), "loud")
    decks = SharedDecks(worker.player.deck_memory.buffer)

    def heard():
        return round(float(decks.decks[int(decks.words[PUBLISHED]) & 3][0, 0]), 3)

    with qtbot.waitSignal(worker.draft_published, timeout=WAIT_MS):
        worker.submit(MorphRequest((loud,), (1.0,), N_FRAMES))
    assert heard() == 0.7
    worker.submit(MorphRequest((clip, loud), (0.6, 0.4), N_FRAMES))
    qtbot.waitUntil(lambda: heard() == 0.0, timeout=WAIT_MS)
    with qtbot.waitSignal(worker.render_finished, timeout=WAIT_MS):
        worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert heard() == 0.1


def test_a_press_is_rendered_from_where_it_will_be_heard(qtbot, worker, log, request_, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    rendered(qtbot, worker, request_)
    with qtbot.waitSignal(worker.draft_published, timeout=WAIT_MS):
        worker.submit(request_, 700)
    assert log("drafted from")[-1] == "700"


@needs_signals
def test_a_renderer_that_is_killed_comes_back_with_all_that_was_asked_for(qtbot, worker, request_, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert rendered(qtbot, worker, request_) == 0.1
    first = worker.pid
    os.kill(first, signal.SIGSTOP)
    worker.submit_export(request_, tmp_path / "out.wav", ExportOptions(bits=32))
    worker.submit(request_)
    with qtbot.waitSignals([worker.export_finished, worker.render_finished], timeout=WAIT_MS):
        os.kill(first, signal.SIGKILL)
    assert worker.pid != first
    assert (tmp_path / "out.wav").is_file()
    assert rendered(qtbot, worker, request_) == 0.1


@pytest.fixture
def deadly():
    """A request that ends the process which drafts it, and which exports it."""
    clip = AudioClip(np.full((N_FRAMES, 1), 0.2, np.float32), "deadly")
    return MorphRequest((clip,), (1.0,), N_FRAMES)


def test_a_request_that_kills_the_renderer_each_time_ends_in_a_sentence(
    qtbot, worker, log, request_, deadly, tmp_path
):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    with qtbot.waitSignal(worker.failed, timeout=WAIT_MS) as failed:
        worker.submit(deadly)
    assert "ended twice" in str(failed.args[0])
    assert len(log("died")) == 2
    assert rendered(qtbot, worker, request_) == 0.1


def test_an_export_that_kills_the_renderer_each_time_is_given_up(qtbot, worker, request_, deadly, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    with qtbot.waitSignal(worker.export_failed, timeout=WAIT_MS) as failed:
        worker.submit_export(deadly, tmp_path / "out.wav", ExportOptions(bits=32))
    assert failed.args[1] == tmp_path / "out.wav"
    assert "out.wav" in str(failed.args[2])
    assert rendered(qtbot, worker, request_) == 0.1


def test_a_renderer_that_always_dies_is_given_up_with_all_that_waits(qtbot, worker, deadly, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    with qtbot.waitSignal(worker.gave_up, timeout=WAIT_MS):
        for _ in range(2):
            with qtbot.waitSignal(worker.failed, timeout=WAIT_MS) as failed:
                worker.submit(deadly)
    assert "several times" in str(failed.args[0])
    with qtbot.waitSignal(worker.export_failed, timeout=WAIT_MS):
        worker.submit_export(deadly, tmp_path / "out.wav", ExportOptions(bits=32))


@needs_signals
def test_after_a_refused_model_a_new_renderer_has_the_one_that_played(qtbot, worker, request_, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert rendered(qtbot, worker, request_) == 0.1
    with qtbot.waitSignal(worker.model_failed, timeout=WAIT_MS):
        worker.use_model(ModelChoice(tmp_path / "bad.safetensors", "B"))
    with qtbot.waitSignal(worker.render_finished, timeout=WAIT_MS):
        os.kill(worker.pid, signal.SIGKILL)


def test_a_renderer_that_cannot_read_a_message_is_replaced(qtbot, worker, request_, clip, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert rendered(qtbot, worker, request_) == 0.1
    unheard_of = AudioClip(np.ones((N_FRAMES, 1), np.float32), "unheard of")
    first = worker.pid
    worker._client._told.add(unheard_of.digest)
    with qtbot.waitSignal(worker.render_finished, timeout=WAIT_MS):
        worker.submit(MorphRequest((unheard_of,), (1.0,), N_FRAMES))
    assert worker.pid != first


def test_an_export_before_the_model_is_there_outlives_the_window(worker, request_, tmp_path):
    worker.submit_export(request_, tmp_path / "out.wav", ExportOptions(bits=32))
    worker.use_model(ModelChoice(tmp_path / "a slow one.safetensors", "A"))
    worker.stop()
    assert (tmp_path / "out.wav").is_file()


def test_an_export_without_any_model_is_refused(qtbot, worker, request_, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "bad.safetensors", "B"))
    with qtbot.waitSignal(worker.export_failed, timeout=WAIT_MS):
        worker.submit_export(request_, tmp_path / "out.wav", ExportOptions(bits=32))
    assert not (tmp_path / "out.wav").exists()


def slow_request():
    clip = AudioClip(np.full((N_FRAMES, 1), 0.3, np.float32), "slow")
    return MorphRequest((clip,), (1.0,), N_FRAMES)


def test_an_export_tells_how_far_it_is(qtbot, worker, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    told = []
    worker.export_progressed.connect(lambda number, share: told.append((number, share)))
    with qtbot.waitSignal(worker.export_finished, timeout=WAIT_MS) as finished:
        number = worker.submit_export(slow_request(), tmp_path / "out.wav", ExportOptions(repeats=4))
    assert finished.args == [number, tmp_path / "out.wav"]
    assert {told_number for told_number, _ in told} == {number}
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert len(shares) > 3


def test_exports_are_cancelled_while_they_wait_and_while_they_run(qtbot, worker, log, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    cancelled = []
    worker.export_cancelled.connect(cancelled.append)
    paths = [tmp_path / f"{index}.wav" for index in range(3)]
    numbers = [worker.submit_export(slow_request(), path, ExportOptions()) for path in paths]
    qtbot.waitUntil(lambda: len(log("rendering slow")) == 1, timeout=WAIT_MS)
    with qtbot.waitSignal(worker.export_finished, timeout=WAIT_MS) as finished:
        for number in numbers[:2]:
            worker.cancel_export(number)
    assert finished.args == [numbers[2], paths[2]]
    assert sorted(cancelled) == numbers[:2]
    assert [path.exists() for path in paths] == [False, False, True]


@needs_signals
def test_a_cancelled_export_does_not_come_back_with_the_renderer(qtbot, worker, request_, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert rendered(qtbot, worker, request_) == 0.1
    os.kill(worker.pid, signal.SIGSTOP)
    number = worker.submit_export(request_, tmp_path / "out.wav", ExportOptions())
    worker.cancel_export(number)
    with qtbot.waitSignal(worker.export_cancelled, timeout=WAIT_MS) as cancelled:
        os.kill(worker.pid, signal.SIGKILL)
    assert cancelled.args == [number]
    assert rendered(qtbot, worker, request_) == 0.1
    assert not (tmp_path / "out.wav").exists()


def test_a_press_does_not_wait_for_an_export(qtbot, worker, log, request_, tmp_path):
    worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    assert rendered(qtbot, worker, request_) == 0.1
    worker.submit_export(slow_request(), tmp_path / "out.wav", ExportOptions(bits=32))
    qtbot.waitUntil(lambda: len(log("rendering slow")) == 1, timeout=WAIT_MS)
    with qtbot.waitSignals([worker.draft_published, worker.export_finished], timeout=WAIT_MS, order="strict"):
        worker.submit(request_)
    assert len(log("rendering slow")) == 2


@needs_signals
def test_a_renderer_that_hangs_does_not_hold_the_window(worker, monkeypatch):
    monkeypatch.setattr(render_worker, "_END_MS", 200)
    os.kill(worker.pid, signal.SIGSTOP)
    for _ in range(300):
        worker.forget()  # a pipe has room for some of these only
    worker.stop()
    assert not worker.isRunning()


@pytest.fixture
def panel(qtbot, themed_app, theme):
    panel = SidePanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    panel.told = []
    panel.options_changed.connect(panel.told.append)
    return panel


def test_the_controls_tell_how_they_stand(panel):
    assert panel.options == MorphOptions()
    QTest.mouseClick(panel.align, LEFT)
    panel.even_spacing.setFocus()
    QTest.keyClick(panel.even_spacing, Qt.Key.Key_Return)
    QTest.keyClick(panel.match_loudness, Qt.Key.Key_Space)
    QTest.keyClick(panel.detail, Qt.Key.Key_Home)
    QTest.keyClick(panel.pitch, Qt.Key.Key_Right)
    assert panel.told == [
        MorphOptions(1.0, False, True, True, 0),
        MorphOptions(1.0, False, True, False, 0),
        MorphOptions(1.0, False, False, False, 0),
        MorphOptions(0.0, False, False, False, 0),
        MorphOptions(0.0, False, False, False, 1),
    ]
    assert panel.pitch_value.text() == "+1 st"


def test_controls_that_are_put_somewhere_say_nothing_back(panel):
    panel.set_options(MorphOptions(0.5, False, True, False, -3))
    panel.set_sides("Amen", "House")
    assert panel.told == []
    assert (panel.detail.value(), panel.pitch.value(), panel.pitch_value.text()) == (50, -3, "\u22123 st")
    assert not panel.align.isChecked()


def test_the_way_from_a_to_b_is_open_when_there_are_both(qtbot, panel):
    ways = []
    panel.way_slid.connect(ways.append)
    assert not panel.way.isEnabled()
    panel.set_sides("Amen", "")
    assert not panel.way.isEnabled()
    panel.set_sides("Amen", "House")
    QTest.keyClick(panel.way, Qt.Key.Key_End)
    QTest.keyClick(panel.way, Qt.Key.Key_Home)
    assert ways == [1.0, 0.0]
    with qtbot.waitSignal(panel.sides_swapped):
        QTest.mouseClick(panel.swap_button, LEFT)


def test_every_control_has_a_name_and_a_word_of_help_and_takes_the_focus(panel):
    model = panel.model
    model.show_others(["Back to factory"])
    panel.set_sides("Amen", "House")
    controls = [panel.detail, panel.pitch, panel.align, panel.match_loudness, panel.even_spacing,
                panel.swap_button, panel.way, model.tune_button,
                model.others_button, model.open_button, model.save_button]  # fmt: skip
    for control in controls:
        assert control.accessibleName() or control.text()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    model.set_tune_enabled(True)
    model.set_save_enabled(True)
    panel.detail.setFocus()
    for control in controls[1:]:
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert control.hasFocus()


def test_a_switch_looks_as_it_stands(panel):
    on = panel.align.grab().toImage()
    panel.align.setChecked(False)
    assert panel.align.grab().toImage() != on


def test_the_plot_draws_what_it_is_told(panel):
    plot = panel.model.plot
    panel.model.show_tuning("Learning")
    empty = plot.grab().toImage()
    assert plot.caption == plot.accessibleName() == "measuring the error…"
    plot.set_points([(0.0, 8.0), (30.0, 5.0), (60.0, 6.0)], 60.0)
    assert plot.caption == plot.accessibleName() == "spectral error 8.0 → 5.0 dB"
    assert plot.grab().toImage() != empty
