"""Sessions in the real window: saved, opened, dropped, brought back; nothing of them is ever lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QLineEdit

from morphstudio import saving
from morphstudio.journal import journals_dir, recoverable
from morphstudio.paths import demo_loops_dir
from morphstudio.session_file import open_session
from tests.conftest import REPOSITORY, child_processes
from tests.ui.studio import CONTROL, KEY, NAMES, SHIFT, mime_of

KICK, BASS, TEXTURE = NAMES
PATIENCE_S = 60.0


def answer(desk, path):
    """Choose a file or a folder in the dialog that is open."""
    dialog = desk.dialog(QFileDialog)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()


def save_as(desk, path):
    desk.key(KEY.Key_S, CONTROL | SHIFT)
    answer(desk, path)
    desk.wait(lambda: is_saved(desk, path))


def is_saved(desk, path):
    return (
        path.exists()
        and desk.window.windowTitle().startswith(path.stem)
        and not desk.window.isWindowModified()
    )


def slide(desk, value=30):
    desk.panel.detail.setValue(value)
    desk.wait(desk.window.isWindowModified)


def opened(desk, path, n_sounds=3):
    sessions = desk.controller.sessions
    desk.wait(lambda: sessions.path == path and len(desk.pad._dots_scene.dots) == n_sounds)


def shown(desk):
    """All of the session that can be seen, by names."""
    name_of = {dot.sound_id: dot.name for dot in desk.pad._dots_scene.dots.values()}
    state = desk.controller._session.state
    places = {name_of[sound_id]: point for sound_id, point in state.dots}
    return places, state.options, name_of.get(state.side_a, ""), name_of.get(state.side_b, ""), state.n_frames


@pytest.fixture
def arranged(desk):
    """A window with a session that differs in all from a new one, and a point that is heard."""
    desk.drag(desk.pad, desk.dot(KICK), desk.dot(KICK) + QPoint(40, 30), modifiers=CONTROL)
    desk.controller._editor.choose_side("a", desk.sound_id(TEXTURE))
    desk.controller._editor.choose_side("b", desk.sound_id(KICK))
    slide(desk)
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    return desk


def test_a_session_is_saved_left_for_a_new_one_and_opened_as_it_was(arranged, tmp_path):
    desk, path = arranged, tmp_path / "my set.morph"
    before, heard = shown(desk), desk.heard()
    desk.key(KEY.Key_S, CONTROL)
    answer(desk, tmp_path / "my set")
    desk.wait(lambda: is_saved(desk, path))
    assert desk.player.is_playing

    desk.key(KEY.Key_N, CONTROL)
    desk.wait(lambda: not desk.on_pad)
    assert desk.window.windowTitle().startswith("Untitled")
    assert not desk.player.is_playing
    assert desk.panel.detail.value() != 30
    desk.key(KEY.Key_Z, CONTROL)
    assert not desk.on_pad, "what was done in another session is not taken back"

    desk.key(KEY.Key_O, CONTROL)
    answer(desk, path)
    opened(desk, path)
    assert shown(desk) == before
    desk.wait(lambda: desk.controller.last_request is not None)
    assert desk.heard() == pytest.approx(heard)
    assert not desk.window.isWindowModified()
    assert not desk.controller.history.undo_action.isEnabled()

    slide(desk, 60)
    desk.key(KEY.Key_S, CONTROL)
    desk.wait(lambda: is_saved(desk, path))
    assert open_session(path, tmp_path / "x").document.options == desk.controller._session.options
    assert desk.controller.sessions.recent == [path]


def test_a_dropped_session_takes_the_place_of_what_sounds_and_goes_on(arranged, make_desk, loops, tmp_path):
    path = tmp_path / "set.morph"
    save_as(arranged, path)
    before = shown(arranged)
    desk = make_desk().open(loops[:2], 2)
    desk.close_message()
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(KICK)))
    desk.drop(desk.at(desk.pad), mime_of([path]))
    opened(desk, path)
    assert shown(desk) == before
    assert desk.player.is_playing
    desk.wait(lambda: set(desk.heard()) == {KICK, BASS})


def test_a_gesture_is_not_recorded_into_another_session(arranged, tmp_path):
    desk, path, keeper = arranged, tmp_path / "set.morph", arranged.controller.paths
    save_as(desk, path)
    slide(desk, 70)
    desk.click(desk.pad.path_bar.button)
    desk.press(desk.pad, desk.dot(KICK))
    desk.move(desk.pad, desk.between(KICK, BASS))
    assert keeper.state == "recording"
    desk.drop(desk.at(desk.browser), mime_of([path]))
    desk.wait(lambda: desk.panel.detail.value() == 30)
    assert keeper.state == "idle"
    desk.move(desk.pad, desk.between(BASS, KICK, 0.3))
    assert not desk.pad.path_layer.trace
    desk.release(desk.pad, desk.dot(BASS))


def test_what_was_not_saved_is_offered_at_the_next_start_and_brought_back(arranged, make_desk):
    before = shown(arranged)
    arranged.window.close()
    arranged.studio.shut_down()
    desk = make_desk()
    desk.controller.sessions.offer_unsaved()
    desk.open([demo_loops_dir()])
    desk.wait(lambda: len(desk.on_pad) > 3)
    assert "There is an unsaved session from" in desk.said
    assert "3 sounds" in desk.said
    while "unsaved" not in desk.bar.messages[-1].title:
        desk.bar.close_newest()
    desk.click(desk.bar.action_button)
    desk.wait(lambda: desk.on_pad == set(NAMES))
    assert shown(desk) == before
    desk.wait(desk.window.isWindowModified)
    assert len(list(journals_dir().glob("*.lock"))) == 1, "that of the demo loops is gone"


def test_a_saved_session_the_demo_loops_and_an_empty_pad_leave_nothing_to_offer(desk, make_desk, tmp_path):
    save_as(desk, tmp_path / "set.morph")
    demo, empty = make_desk().open([demo_loops_dir()]), make_desk().open([])
    demo.wait(lambda: len(demo.on_pad) > 3 and not demo.controller.library.is_busy)
    for one in (desk, demo, empty):
        one.wait(lambda one=one: not one.window.isWindowModified())
        one.window.close()
        one.studio.shut_down()
    assert recoverable(journals_dir()) == []
    assert list(journals_dir().iterdir()) == []


def test_a_new_session_keeps_what_was_not_saved(desk):
    slide(desk)
    desk.key(KEY.Key_N, CONTROL)
    desk.wait(lambda: not desk.on_pad)
    [kept] = recoverable(journals_dir())
    assert {dot.loop.name for dot in kept.opened.document.dots} == set(NAMES)
    assert not kept.is_saved


def test_missing_loops_are_named_located_and_stay_in_the_session(arranged, make_desk, loops, tmp_path):
    path = tmp_path / "set.morph"
    save_as(arranged, path)
    before = shown(arranged)
    elsewhere = tmp_path / "elsewhere" / "deep"
    elsewhere.mkdir(parents=True)
    shutil.move(loops[0], elsewhere)
    desk = make_desk().open([path], 2)
    opened(desk, path, 2)
    desk.wait(lambda: "1 loop of the session is missing" in desk.said)
    assert KICK in desk.said
    slide(desk, 80)
    desk.key(KEY.Key_S, CONTROL)
    desk.wait(lambda: is_saved(desk, path))
    assert len(open_session(path, tmp_path / "x").document.dots) == 3
    desk.panel.detail.setValue(30)

    while "missing" not in desk.bar.messages[-1].title:
        desk.bar.close_newest()
    desk.click(desk.bar.action_button)
    answer(desk, tmp_path / "elsewhere")
    desk.wait(lambda: desk.on_pad == set(NAMES))
    places, *rest = shown(desk)
    assert places == before[0]
    assert rest == list(before[1:])


def test_loops_inside_come_with_the_file_and_stay_inside(arranged, make_desk, loops, tmp_path):
    path = tmp_path / "whole.morph"
    arranged.controller.sessions.ask_where_to_collect()
    answer(arranged, path)
    arranged.wait(lambda: is_saved(arranged, path))
    before = shown(arranged)
    for loop in loops:
        loop.unlink()
    desk = make_desk().open([path], 3)
    opened(desk, path)
    assert shown(desk) == before
    slide(desk, 80)
    desk.key(KEY.Key_S, CONTROL)
    desk.wait(lambda: is_saved(desk, path))
    with zipfile.ZipFile(path) as archive:
        assert sum(name.startswith("loops/") for name in archive.namelist()) == 3


def test_a_session_of_a_newer_version_is_read_but_not_written_over(desk, make_desk, tmp_path):
    path = tmp_path / "set.morph"
    save_as(desk, path)
    content = json.loads(zipfile.ZipFile(path).read("session.json"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("session.json", json.dumps(content | {"format": 2}))
    written = path.read_bytes()
    newer = make_desk().open([path], 3)
    newer.wait(lambda: "A newer MorphStudio saved set" in newer.said)
    assert not newer.studio.commands.commands.action("save_session").isEnabled()
    slide(newer)
    newer.key(KEY.Key_S, CONTROL | SHIFT)
    answer(newer, path)
    newer.wait(lambda: "it is not written over" in newer.said)
    assert path.read_bytes() == written
    save_as(newer, tmp_path / "other.morph")
    assert newer.studio.commands.commands.action("save_session").isEnabled()


def test_a_file_that_is_none_or_a_place_that_takes_none_is_one_sentence(desk, tmp_path):
    bad = tmp_path / "bad.morph"
    bad.write_bytes(b"no zip at all")
    desk.drop(desk.at(desk.pad), mime_of([bad]))
    desk.wait(lambda: "Can't open bad.morph" in desk.said)
    assert desk.on_pad == set(NAMES)
    assert len(list(journals_dir().glob("*.lock"))) == 1
    desk.controller.sessions._save(tmp_path / "not there" / "set.morph", is_collected=False)
    desk.wait(lambda: "Can't save set.morph" in desk.said)
    assert desk.controller.sessions.path is None


def test_two_windows_keep_a_journal_each(desk, make_desk, loops):
    other = make_desk().open(loops[:1], 1)
    desk.wait(lambda: len(list(journals_dir().glob("*/journal.jsonl"))) == 2)
    assert recoverable(journals_dir()) == [], "both are alive"
    for one in (desk, other):
        one.window.close()
        one.studio.shut_down()
    assert sorted(len(kept.opened.document.dots) for kept in recoverable(journals_dir())) == [1, 3]


def test_faults_find_the_session_written_down(desk):
    path = desk.controller.sessions.rescue()
    assert path is not None
    assert KICK in path.read_text()


def test_recent_sessions_are_in_the_menu_as_long_as_they_are_there(desk, tmp_path):
    first, second = tmp_path / "first.morph", tmp_path / "second.morph"
    save_as(desk, first)
    save_as(desk, second)
    menu = desk.studio.commands.commands.action("recent_sessions").menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["second", "first"]
    second.unlink()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["first"]
    menu.actions()[0].trigger()
    opened(desk, first)


def test_the_model_comes_with_the_session_and_goes_with_it(desk, make_desk, tmp_path):
    model, path = tmp_path / "mine.safetensors", tmp_path / "set.morph"
    model.write_bytes((2).to_bytes(8, "little") + b"{}" + b"\0" * 8)
    desk.click(desk.panel.model.open_button)
    answer(desk, model)
    desk.wait(lambda: desk.panel.model.name.text() == model.name)
    desk.wait(desk.window.isWindowModified)
    save_as(desk, path)
    desk.key(KEY.Key_N, CONTROL)
    desk.wait(lambda: desk.panel.model.name.text() == "Factory")
    model.unlink()
    other = make_desk().open([path], 3)
    other.wait(lambda: other.panel.model.name.text() == model.name)
    other.wait(lambda: not other.window.isWindowModified())


def test_a_full_disk_is_one_sentence_and_the_file_stays_as_it_was(desk, monkeypatch, tmp_path):
    path = tmp_path / "set.morph"
    save_as(desk, path)
    written = path.read_bytes()

    def fill(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(saving, "os", SimpleNamespace(fsync=fill, strerror=os.strerror))
    slide(desk)
    desk.key(KEY.Key_S, CONTROL)
    desk.wait(lambda: "The disk is full, so set.morph was not saved." in desk.said)
    assert desk.window.isWindowModified()
    assert path.read_bytes() == written


# --- a window that is killed ----------------------------------------------------------------------


class Program:
    """The window as a process."""

    def __init__(self, *paths):
        command = [sys.executable, "-m", "tests.ui.session_window", *map(str, paths)]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.state = {}

    def tell(self, order):
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()

    def wait(self, is_so):
        until_s = time.monotonic() + PATIENCE_S
        while not (self.state and is_so(self.state)):
            line = self.process.stdout.readline()
            assert line, "it has ended"
            assert time.monotonic() < until_s, self.state
            if line.startswith("{"):
                self.state = json.loads(line)
        return self.state

    def end(self, how):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.stdout.read()
        self.process.wait(PATIENCE_S)
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_window_that_was_killed_comes_back(loops, home, monkeypatch):
    monkeypatch.setenv("FAKE_LOG", str(home / "fake.log"))
    first = Program(*loops)
    try:
        first.wait(lambda state: len(state["dots"]) == 3 and not state["busy"])
        detail = first.state["detail"]
        first.tell("slide")
        first.wait(lambda state: state["detail"] != detail)
        time.sleep(2.0)
        state = first.state
    finally:
        first.end(signal.SIGKILL)
    again = Program(loops[0])
    try:
        again.wait(lambda s: len(s["dots"]) == 1 and any("unsaved session" in text for text in s["says"]))
        again.wait(lambda s: "unsaved session" in s["says"][-1] or again.tell("close"))
        again.tell("bring back")
        again.wait(lambda s: len(s["dots"]) == 3 and not s["busy"])
        assert again.state["dots"] == state["dots"]
        assert again.state["detail"] == state["detail"]
    finally:
        again.end(signal.SIGKILL)
    until_s = time.monotonic() + PATIENCE_S
    while child_processes() and time.monotonic() < until_s:
        time.sleep(0.05)
