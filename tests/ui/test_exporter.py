"""Exports from the question to the file: what is asked, written, remembered and said."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import soundfile as sf
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.naming import NameFields
from morphstudio.morph.request import MorphRequest
from morphstudio.settings import SettingsFile
from morphstudio.ui.export_dialog import ExportDialog
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.message_bar import MessageBar

LEFT = Qt.MouseButton.LeftButton
N_FRAMES = 2000
WAIT_MS = 20_000


@pytest.fixture
def window(qtbot, themed_app, theme, worker, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.bar = MessageBar(theme, window)
    window.settings = SettingsFile(tmp_path / "s.json")
    window.worker = worker
    window.exporter = Exporter(worker, window.bar, window.settings, window)
    window.folder = tmp_path / "exports"
    window.folder.mkdir()
    window.show()
    return window


def ask(qtbot, window, clip_name="a"):
    clip = AudioClip(np.full((N_FRAMES, 1), 0.1, np.float32), clip_name)
    request = MorphRequest((clip,), (1.0,), N_FRAMES)
    window.exporter.ask(request, NameFields((clip_name,), 120.0), 0.01)
    dialog = window.findChildren(ExportDialog)[-1]
    qtbot.waitUntil(dialog.isVisible)
    dialog.folder.setText(str(window.folder))
    return dialog


def press(dialog, text):
    QTest.mouseClick(next(b for b in dialog.findChildren(QPushButton) if b.text() == text), LEFT)


def works(window):
    """What runs, as the bar shows it."""
    return [row.work for row in window.bar.work.rows]


def ended(qtbot, window):
    qtbot.waitUntil(lambda: not works(window), timeout=WAIT_MS)


def test_what_is_chosen_is_written_remembered_and_said(qtbot, window, monkeypatch):
    dialog = ask(qtbot, window)
    press(dialog, "FLAC")
    dialog.repeats.setValue(3)
    dialog.tail.click()
    dialog.name.field.setText("{name} {bpm}")
    press(dialog, "Export")
    assert works(window)[-1].title == "Exporting a 120.flac"
    ended(qtbot, window)
    path = window.folder / "a 120.flac"
    assert sf.info(path).frames == 3 * N_FRAMES + 441
    (message,) = window.bar.messages
    assert message.level == "info"
    assert str(path) in message.text
    shown = []
    monkeypatch.setattr("morphstudio.ui.file_manager.QDesktopServices.openUrl", shown.append)
    QTest.mouseClick(window.bar.action_button, LEFT)
    assert sys.platform != "linux" or shown == [QUrl.fromLocalFile(str(window.folder))]
    kept = SettingsFile(window.settings._path)
    assert kept.load() is None
    export = kept.settings.export
    assert (export.format, export.repeats, export.has_tail) == ("flac", 3, True)
    assert (export.folder, export.template) == (str(window.folder), "{name} {bpm}")
    assert ask(qtbot, window).chosen().options.repeats == 3


def test_by_keyboard_alone(qtbot, window):
    dialog = ask(qtbot, window)
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    QTest.keyClicks(dialog.focusWidget(), "typed")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    ended(qtbot, window)
    assert [path.name for path in window.folder.iterdir()] == ["typed.wav"]


def test_cancelling_the_dialog_writes_and_remembers_nothing(qtbot, window):
    dialog = ask(qtbot, window)
    press(dialog, "FLAC")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert works(window) == []
    assert list(window.folder.iterdir()) == []
    assert window.settings.settings.export.format == "wav"


def test_a_running_export_is_cancelled(qtbot, window):
    press(ask(qtbot, window, "slow"), "Export")
    (row,) = window.bar.work.rows
    qtbot.waitUntil(row.cancel_button.isVisible)
    QTest.mouseClick(row.cancel_button, LEFT)
    ended(qtbot, window)
    assert list(window.folder.iterdir()) == []
    (message,) = window.bar.messages
    assert "slow.wav" in message.text


def test_progress_is_told_to_the_work(qtbot, window):
    dialog = ask(qtbot, window, "slow")
    shares = []
    press(dialog, "Export")
    (work,) = works(window)
    work.changed.connect(lambda: shares.append(work.share))
    ended(qtbot, window)
    assert shares
    assert shares == sorted(shares)


def test_a_second_export_of_the_same_name_is_another_file(qtbot, window):
    press(ask(qtbot, window, "slow"), "Export")
    press(ask(qtbot, window, "slow"), "Export")
    assert len(works(window)) == 2
    ended(qtbot, window)
    assert sorted(path.name for path in window.folder.iterdir()) == ["slow 2.wav", "slow.wav"]


def test_a_failure_is_said(qtbot, window):
    press(ask(qtbot, window, "slow"), "Export")  # which is rendered before it is written
    window.folder.rmdir()
    ended(qtbot, window)
    (message,) = window.bar.messages
    assert message.level == "error"
    assert str(window.folder) in message.text


def test_settings_that_cannot_be_kept_do_not_stop_an_export(qtbot, window, tmp_path):
    window.settings = window.exporter._settings = SettingsFile(tmp_path / "file" / "s.json")
    (tmp_path / "file").touch()
    dialog = ask(qtbot, window)
    press(dialog, "FLAC")
    press(dialog, "Export")
    ended(qtbot, window)
    assert (window.folder / "a.flac").is_file()
    assert [message.level for message in window.bar.messages] == ["warning", "info"]
