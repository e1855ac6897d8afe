"""Errors that nobody expected: one is told, many ask, none asks twice; and what a native crash leaves."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from morphstudio.crashes import crash_path, last_crash
from morphstudio.logs import log_path
from morphstudio.ui import crash_dialog, fault_reporter
from morphstudio.ui.crash_dialog import CrashDialog, Rescue
from morphstudio.ui.fault_reporter import FaultReporter
from morphstudio.ui.message_bar import MessageBar

LEFT = Qt.MouseButton.LeftButton


class Button(QObject):
    """Something whose slots fail, each in a place of its own."""

    pressed = Signal(int)

    def __init__(self):
        super().__init__()
        self.pressed.connect(self.on_pressed)

    def on_pressed(self, number):
        if number == 0:
            raise ZeroDivisionError("number 0")
        if number == 1:
            raise KeyError("number 1")
        if number == 2:
            raise OSError("number 2")
        raise (ValueError, IndexError, TypeError)[number % 3](f"number {number}")


class Desk:
    def __init__(self, qtbot, theme, save_session=None):
        self.qtbot = qtbot
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.bar = MessageBar(theme, self.window)
        self.window.show()
        self.faults = FaultReporter(theme, self.bar, self.window, save_session)
        self.button = Button()

    @property
    def dialogs(self):
        return [dialog for dialog in self.window.findChildren(CrashDialog) if dialog.isVisible()]

    def press(self, *numbers):
        for number in numbers:
            self.button.pressed.emit(number)
        self.qtbot.wait(1)


@pytest.fixture
def desk(qtbot, themed_app, theme, monkeypatch):
    """Returns a function that makes a window whose unexpected errors are taken, as in the program."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    desks = []

    def make(save_session=None):
        desks.append(Desk(qtbot, theme, save_session))
        desks[-1].faults.install()
        return desks[-1]

    yield make
    for desk in desks:
        for dialog in desk.dialogs:
            dialog.accept()


def test_one_fault_is_told_once_and_logged_each_time(desk, caplog):
    desk = desk()
    with caplog.at_level(logging.ERROR):
        desk.press(0, 0, 0)
    assert [message.title for message in desk.bar.messages] == ["Something went wrong"]
    assert str(log_path()) in desk.bar.messages[0].hint
    assert caplog.text.count("ZeroDivisionError: number 0") == 3
    assert desk.dialogs == []


def test_three_different_faults_ask_after_saving_once(desk, tmp_path):
    saved = []

    def save_session():
        saved.append(True)
        return tmp_path / "rescued.morph"

    desk = desk(save_session)
    desk.press(0, 0, 1, 1)
    assert (desk.dialogs, saved) == ([], [])
    desk.press(2)
    [dialog] = desk.dialogs
    assert saved == [True]
    assert "session is saved" in dialog.sentence.text()
    assert dialog.saved_label.text() == str(tmp_path / "rescued.morph")
    for text in ("number 0", "number 1", "number 2"):
        assert text in dialog.report


def test_faults_far_apart_in_time_do_not_ask(desk, monkeypatch):
    now_s = [0.0]
    monkeypatch.setattr(fault_reporter.time, "monotonic", lambda: now_s[0])
    desk = desk()
    for number in range(3):
        desk.press(number)
        now_s[0] += 6.0
    assert desk.dialogs == []


def test_no_dialog_over_a_dialog(desk):
    desk = desk()
    desk.press(0, 1, 2)
    [dialog] = desk.dialogs
    desk.press(3, 0, 1, 2)
    assert desk.dialogs == [dialog]
    assert "number 3" in dialog.report


def test_who_goes_on_is_not_asked_about_the_same_again(desk, qtbot):
    desk = desk()
    desk.press(0, 1, 2)
    QTest.mouseClick(desk.dialogs[0].go_on_button, LEFT)
    assert desk.dialogs == []
    desk.press(0, 1, 2)
    assert desk.dialogs == []
    with qtbot.assertNotEmitted(desk.faults.quit_chosen, wait=10):
        desk.press(3)
    assert desk.dialogs == []


def test_who_wants_to_quit_does(desk, qtbot):
    desk = desk()
    desk.press(0, 1, 2)
    with qtbot.waitSignal(desk.faults.quit_chosen):
        QTest.mouseClick(desk.dialogs[0].quit_button, LEFT)
    assert desk.dialogs == []


def test_esc_goes_on(desk, qtbot):
    desk = desk()
    desk.press(0, 1, 2)
    with qtbot.assertNotEmitted(desk.faults.quit_chosen, wait=10):
        QTest.keyClick(desk.dialogs[0], Qt.Key.Key_Escape)
    assert desk.dialogs == []


def test_saving_that_fails_is_said_and_does_not_ask_again(desk, caplog):
    def save_session():
        raise OSError("no disk")

    desk = desk(save_session)
    desk.press(0, 1, 2)
    [dialog] = desk.dialogs
    assert "could not save" in dialog.sentence.text()
    assert not dialog.saved_label.isVisible()
    assert "no disk" in caplog.text


def test_nothing_to_save_is_not_talked_about(desk):
    desk = desk(lambda: None)
    desk.press(0, 1, 2)
    assert "session" not in desk.dialogs[0].sentence.text()


def test_a_dialog_that_fails_is_logged_and_the_next_one_tried(desk, monkeypatch, caplog):
    def fail(*_args):
        raise RuntimeError("no dialog")

    desk = desk()
    with monkeypatch.context() as broken:
        broken.setattr(fault_reporter, "CrashDialog", fail)
        desk.press(0, 1, 2)
    assert "no dialog" in caplog.text
    desk.press(3, 4, 5)
    assert len(desk.dialogs) == 1


def test_faults_of_threads_are_told_in_the_window(desk):
    desk = desk()
    thread = threading.Thread(target=desk.button.on_pressed, args=(0,))
    thread.start()
    thread.join()
    desk.qtbot.waitUntil(lambda: len(desk.bar.messages) == 1)


def test_details_are_copied_with_the_versions(desk):
    desk = desk()
    desk.press(0, 1, 2)
    [dialog] = desk.dialogs
    QTest.mouseClick(dialog.copy_button, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("MorphStudio ")
    assert "Traceback" in copied


def test_the_log_is_shown(qtbot, themed_app, theme, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(crash_dialog.QDesktopServices, "openUrl", opened.append)
    dialog = CrashDialog(theme, "report", tmp_path / "a #1.log", Rescue.NOTHING_TO_SAVE)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.log_button, LEFT)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "a #1.log"]
    assert dialog.isVisible()


def crash_in(folder, how):
    script = f"""
import faulthandler, pathlib, sys
from morphstudio.crashes import watch_for_crashes
watch_for_crashes(pathlib.Path(sys.argv[1]))
{how}
"""
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)], check=False, capture_output=True
    ).returncode


def test_a_native_crash_is_told_once_at_the_next_start(tmp_path):
    folder = tmp_path / "logs"
    assert last_crash(folder) is None
    assert crash_in(folder, "faulthandler._sigsegv()") != 0
    told = last_crash(folder)
    assert "Fatal Python error: Segmentation fault" in told
    assert crash_path(folder).read_text() == told
    assert last_crash(folder) is None


def test_a_quiet_end_is_no_crash(tmp_path):
    assert crash_in(tmp_path, "raise SystemExit(3)") == 3
    assert last_crash(tmp_path) is None
    (tmp_path / "crashes.txt").write_text("Windows fatal exception: code 0x8001010d\n")
    assert last_crash(tmp_path) is None
    assert not crash_path(tmp_path).exists()


def test_crashes_are_watched_without_a_folder_to_write(tmp_path):
    (tmp_path / "logs").write_text("a file")
    assert crash_in(tmp_path / "logs", "") == 0
    assert last_crash(tmp_path / "logs") is None
