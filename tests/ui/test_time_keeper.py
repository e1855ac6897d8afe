"""Tempo and bars in the window: typed, tapped, heard, followed; and the sound that goes on meanwhile."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.sounds import Family
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.session import Session
from morphstudio.ui import time_keeper as time_keeper_module
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad, PadDot
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.time_keeper import TimeKeeper
from morphstudio.ui.undo import History
from tests.ui.pad_driver import record
from tests.ui.studio import KEY, LEFT, WAIT_MS


def keeper_of(desk) -> TimeKeeper:
    controller = desk.controller
    keeper = getattr(controller, "tempo", None)
    if keeper is None:
        parts = (controller._session, controller._editor, controller._hearing)
        keeper = TimeKeeper(desk.transport._theme, *parts, desk.window, desk.pad, controller)
    return keeper


class HeardNothing:
    """Stands where `Hearing` would: counts what is to be heard anew."""

    def __init__(self):
        self.blend, self.n_anew = None, 0

    def hear_anew(self):
        self.n_anew += 1


class Rig:
    """The window with two loops on its pad, and nothing that renders."""

    def __init__(self, theme, make_sound):
        self.pad = LatentPad(theme)
        self.window = MainWindow(theme, self.pad, QWidget())
        self.transport, self.bar = self.window.transport, self.window.message_bar
        self.tempo, self.bars = self.transport.tempo_field, self.transport.bars_field
        self.shelf = self.window.browser.shelf
        self.session, self.hearing = Session(), HeardNothing()
        self.history = History(self.window)
        self.editor = SessionEditor(self.session, self.history, self.window)
        self.keeper = TimeKeeper(
            theme, self.session, self.editor, self.hearing, self.window, self.pad, self.window
        )
        self.ids = []
        for name, seconds in (("drums", 2.0), ("bass", 1.0)):
            self.add(make_sound(name, seconds=seconds))

    def add(self, sound):
        self.session.learn(sound, np.zeros(8, np.float32))
        self.shelf.add_sound(sound)
        self.ids.append(sound.sound_id)
        self.editor.place({sound.sound_id: PadPoint(0.2 + 0.3 * len(self.ids), 0.5)}, lambda: "Add")
        self.pad.set_dots(
            [
                PadDot(i, self.session.sound(i).clip.name, Family.DRUMS, p)
                for i, p in self.session.dots.items()
            ]
        )

    def listen(self, sound_id, **told):
        """A listener tells something of a loop."""
        self.shelf.model.put([replace(self.shelf.entry_of_sound(sound_id), **told)])

    def type(self, field, text):
        QTest.mouseClick(field, LEFT, pos=QPoint(8, field.height() // 2))
        QTest.keyClicks(field.typed, text)
        QTest.keyClick(field.typed, KEY.Key_Return)

    @property
    def said(self):
        return " ".join(f"{message.title} {message.text}" for message in self.bar.messages)


@pytest.fixture
def rig(qtbot, themed_app, theme, make_sound):
    rig = Rig(theme, make_sound)
    qtbot.addWidget(rig.window)
    rig.window.resize(1280, 720)
    rig.window.show()
    rig.window.activateWindow()
    qtbot.waitActive(rig.window)
    return rig


def test_a_typed_tempo_keeps_the_first_loops_bars_and_is_taken_back(rig):
    assert rig.tempo.value_text == "free"
    assert rig.bars.value_text == "2.00 s"
    rig.type(rig.tempo, "128")
    assert rig.session.time == MusicalTime(128.0, 1)
    assert (rig.tempo.value_text, rig.bars.value_text) == ("128.0", "1 bar")
    rig.history.undo()
    assert (rig.session.time, rig.session.n_frames) == (None, 2 * RATE_HZ)
    assert (rig.tempo.value_text, rig.bars.value_text) == ("free", "2.00 s")


def test_a_tempo_that_is_known_says_how_many_bars_a_loop_has(rig, make_sound):
    rig.listen(rig.ids[0], told_bpm=240.0)
    rig.keeper.hear_tempos()
    rig.type(rig.tempo, "230")
    assert rig.session.time.bars == 2
    rig.keeper.choose_free()
    rig.type(rig.tempo, "115")  # at half of it, it has half of the bars
    assert rig.session.time.bars == 1


def test_without_any_loop_there_is_a_usual_time(rig):
    rig.editor.take_off(rig.ids)
    assert rig.bars.value_text == "—"
    rig.type(rig.bars, "4")
    assert rig.session.time == MusicalTime(120.0, 4)
    rig.type(rig.tempo, "90")
    assert rig.session.time == MusicalTime(90.0, 4)


def test_bars_make_a_time_of_the_first_loop(rig):
    rig.listen(rig.ids[0], told_bpm=118.0)
    rig.keeper.hear_tempos()
    rig.type(rig.bars, "4")
    time = rig.session.time
    assert time.bars == 4
    assert time.bpm == pytest.approx(120.0, abs=0.01)  # a whole number of beats: it is not stretched


def test_the_third_tap_sets_the_tempo_and_the_second_shows_it(rig, monkeypatch):
    moments = iter([10.0, 10.5, 11.0, 11.5, 20.0])
    clock = SimpleNamespace(monotonic=lambda: next(moments))
    monkeypatch.setattr(time_keeper_module, "time", clock)
    button, before = rig.transport.tap_button, rig.history.n_changes

    def tap():
        QTest.mousePress(button, LEFT)
        seen = rig.tempo.value_text, rig.session.time
        QTest.mouseRelease(button, LEFT)
        return seen

    assert tap() == ("free", None)
    assert tap() == ("120.0", None)
    assert tap()[1].bpm == 120.0
    tap()
    assert rig.history.n_changes == before + 1
    rig.keeper._on_taps_ended()
    tap()
    assert rig.session.time.bpm == 120.0
    rig.keeper._tap_end.stop()


def test_taps_that_end_after_two_leave_nothing(rig, qtbot, monkeypatch):
    rig.keeper._tap_end.setInterval(100)
    for _ in range(2):
        QTest.mouseClick(rig.transport.tap_button, LEFT)
        QTest.qWait(40)
    qtbot.waitUntil(lambda: not rig.keeper._tap_end.isActive())
    assert rig.tempo.value_text == "free"
    assert rig.session.time is None


def test_what_cannot_be_is_said_and_nothing_changes(rig):
    rig.keeper.choose_bpm(60.0)
    rig.keeper.choose_bars(16)
    before = rig.session.time
    rig.type(rig.tempo, "31")
    assert "too long" in rig.said
    assert rig.session.time == before
    assert rig.tempo.value_text == "60.0"
    rig.type(rig.tempo, "nonsense")
    assert rig.tempo.typed.hint
    assert rig.session.time == before


def test_a_tempo_that_is_heard_later_is_heard_at_once(rig, qtbot):
    first, second = rig.ids
    told = record(rig.keeper.tempos_heard)
    rig.keeper.choose_bpm(90.0)
    rig.hearing.blend = Blend((second,), (1.0,))
    rig.listen(second, told_bpm=100.0)
    qtbot.waitUntil(lambda: rig.session.heard_bpm(second) == 100.0)
    assert rig.session.time_of(second).bpm == 100.0
    assert told == [(second,)]
    assert rig.hearing.n_anew == 1
    rig.listen(first, told_bpm=95.0)
    qtbot.waitUntil(lambda: rig.session.heard_bpm(first) == 95.0)
    rig.keeper.choose_free()
    rig.listen(second, told_bpm=101.0)
    qtbot.waitUntil(lambda: rig.session.heard_bpm(second) == 101.0)
    assert rig.hearing.n_anew == 1  # who does not sound, or is free, sounds as before


def test_a_loop_comes_with_the_tempo_in_its_name(rig, make_sound):
    heard = []
    rig.editor.edited.connect(lambda _before, _after: heard.append(rig.session.heard_bpm("id of 93bpm x")))
    rig.add(make_sound("93bpm x", seconds=1.0))
    assert heard == [93.0]


def test_a_hit_is_no_loop_to_take_a_tempo_from(rig, make_sound):
    rig.add(make_sound("hit", seconds=0.05))
    rig.keeper.take_tempo(rig.ids[-1])
    assert rig.session.time is None
    assert rig.bar.messages[-1].text == "hit is too short to have a tempo."


def test_the_tempo_of_a_loop_is_taken(rig):
    first, second = rig.ids
    rig.keeper.choose_bpm(90.0)
    rig.keeper.choose_bars(2)
    rig.keeper.take_tempo(first)
    assert rig.session.time.bpm == pytest.approx(120.0, abs=0.01)
    assert rig.session.time.bars == 2
    rig.editor.choose_loop_time(second, LoopTime(250.0))
    rig.keeper.take_tempo(second)
    assert rig.session.time.bpm == pytest.approx(240.0, abs=0.01)  # four whole beats
    rig.tempo.menu_opening.emit()
    assert [action.data() for action in rig.tempo.loops_menu.actions()] == [second]


def test_a_clock_that_trembles_changes_nothing(rig, monkeypatch):
    keeper, edits = rig.keeper, []
    keeper.choose_bpm(120.0)
    rig.editor.edited.connect(lambda _before, after: edits.append(after.time and after.time.bpm))
    for bpm in (120.03, 119.96, 120.12, 119.9, 120.0, 119.88):
        keeper.follow_tempo(bpm)
    assert edits == []
    keeper.follow_tempo(121.52)
    assert edits == [121.5]
    monkeypatch.setattr(time_keeper_module, "_OFF_S", 0.02)
    keeper.follow_tempo(121.6)
    QTest.qWait(30)
    keeper.follow_tempo(121.6)
    assert edits == [121.5, 121.6]
    for impossible in (0.0, 1000.0, float("nan")):
        keeper.follow_tempo(impossible)
    assert len(edits) == 2
    keeper.choose_bars(16)
    keeper.follow_tempo(30.0)
    assert edits[-1] == 30.0
    assert rig.session.time.bars == 8
    keeper.choose_free()
    edits.clear()
    keeper.follow_tempo(127.96)
    assert edits == [128.0]


def test_the_panel_of_a_loop_follows_the_session(rig):
    first, panel = rig.ids[0], rig.keeper.panel
    rig.keeper.open_loop(first)
    assert panel.isVisible()
    assert panel.title.text() == "drums"
    QTest.mouseClick(panel.later_button, LEFT)
    assert rig.session.time_of(first).downbeat_frame == round(RATE_HZ / 8)
    assert panel.picture.downbeat_frame == round(RATE_HZ / 8)
    assert panel.start_line.text() == "125.0 ms"
    rig.history.undo()
    assert panel.start_line.text() == "0.0 ms"
    rig.editor.take_off([first])
    assert panel.isHidden()


def test_keeping_pitch_and_the_metre_are_the_sessions(rig):
    rig.keeper.choose_bpm(120.0)
    rig.tempo.pitch_action.trigger()
    assert not rig.session.keeps_pitch
    assert not rig.tempo.pitch_action.isChecked()
    rig.tempo.metre_menu.actions()[0].trigger()
    assert rig.session.time.beats_per_bar == 3
    assert rig.tempo.metre_menu.actions()[0].isChecked()


def test_the_bar_fits_and_says_less_where_it_is_narrow(rig, qtbot):
    transport = rig.transport
    parts = (transport.tempo_field, transport.bars_field, transport.tap_button, transport.export_button)
    for width in (1100, 1280, 1600):
        rig.window.resize(width, 720)
        qtbot.waitUntil(lambda width=width: transport.width() == width)
        for part in parts:
            assert transport.rect().contains(part.geometry())
    assert transport.volume_label.isVisible()
    least = transport.minimumSizeHint().width()
    assert least < 1100
    transport.resize(least, transport.height())
    assert not transport.volume_label.isVisible()
    assert not transport._brand.isVisible()


def beats(path, bpm, hz):
    """A bar with a hit on each beat over a tone that never stops."""
    n_frames = round(4 * 60 * RATE_HZ / bpm)
    times_s = np.arange(n_frames) / RATE_HZ
    hits = np.exp(-60.0 * (times_s % (60 / bpm)))
    noise = np.random.default_rng(3).uniform(-1.0, 1.0, n_frames)
    tone = np.sin(2 * np.pi * round(hz * n_frames / RATE_HZ) * np.arange(n_frames) / n_frames)
    soundfile.write(path, 0.4 * hits * noise + 0.1 * tone, RATE_HZ, subtype="FLOAT")
    return path


def test_the_sound_goes_on_while_the_tempo_changes(make_desk, jack, tmp_path):
    """By the real renderer and a real device: no silence, and no beat is left out or repeated."""
    paths = [beats(tmp_path / f"{name} 120bpm.wav", 120.0, hz) for name, hz in (("a", 110), ("b", 220))]
    desk = make_desk(renderer=None).open(paths, 2)
    desk.wait(lambda: desk.player.status.is_open)
    keeper = keeper_of(desk)
    keeper.choose_bpm(120.0)
    ids = [dot.sound_id for dot in desk.pad._dots_scene.dots.values()]
    first, second = (desk.pad.place_of(sound_id).toPoint() for sound_id in ids)
    request = desk.rendered(lambda: desk.click(desk.pad, (first + second) / 2))
    assert request.n_frames == 88_200
    desk.wait(lambda: desk.player.is_playing)
    desk.controller.display_timer.stop()
    QTest.qWait(200)
    while desk.player.read_tap():
        pass
    chunks = []

    def read():
        while chunk := desk.player.read_tap():
            chunks.append(chunk)

    for bpm in (128.0, 124.0):
        before = len(desk.requests)
        QTest.qWait(250)
        read()
        keeper.choose_bpm(bpm)
        desk.wait(lambda before=before: (read(), len(desk.requests) > before)[1], timeout=WAIT_MS)
        QTest.qWait(250)
        read()
    lengths = [chunk.n_loop for chunk in chunks]
    assert {88_200, MusicalTime(128.0, 1).n_frames, MusicalTime(124.0, 1).n_frames} <= set(lengths)
    samples = np.concatenate([chunk.samples for chunk in chunks])
    level = np.sqrt((samples[: len(samples) // 512 * 512].reshape(-1, 1024) ** 2).mean(axis=1))
    assert level.min() > 0.05 * np.median(level)  # two tempos that fade may cancel each other in part
    for before, after in pairwise(chunks):
        ended = (before.loop_start + len(before.samples)) % before.n_loop / before.n_loop * 4
        begun = after.loop_start / after.n_loop * 4
        assert abs((begun - ended + 2) % 4 - 2) < 0.002


def test_a_loop_that_is_no_whole_bars_long_is_not_stretched_by_its_own_tempo(rig, make_sound):
    rig.add(make_sound("three beats 150bpm", seconds=1.2))
    sound_id = rig.ids[-1]
    rig.keeper.take_tempo(sound_id)
    assert rig.session.time.bpm == 150.0 == rig.session.time_of(sound_id).bpm
