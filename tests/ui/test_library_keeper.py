"""What becomes of files that somebody waits to hear while others are read."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile as sf
from PySide6.QtWidgets import QWidget

from morphstudio.audio.clip_store import ClipStore
from morphstudio.library.entries import entry_of_file
from morphstudio.session import Session
from morphstudio.settings import SettingsFile
from morphstudio.ui.importer import Importer
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.undo import History


@pytest.fixture
def window(qtbot, themed_app, theme, home, tmp_path):
    """A window with a library; its `heard` are the sounds that somebody is to hear."""
    pad = LatentPad(theme)
    window = MainWindow(theme, pad, QWidget())
    qtbot.addWidget(window)
    store, session = ClipStore(tmp_path / "cache"), Session()
    window.importer = importer = Importer(store)
    editor = SessionEditor(session, History(window), window)
    settings = SettingsFile(home / "settings.json")
    window.library = LibraryKeeper(session, editor, importer, settings, window, pad, window)
    window.heard = []
    window.library.sound_auditioned.connect(lambda sound: window.heard.append(session.sound(sound).clip.name))
    yield window
    window.library.stop()
    store.close()


def handed_out(qtbot, window, condition):
    def is_met():
        window.library.hand_out()
        return condition()

    qtbot.waitUntil(is_met)


def test_a_file_that_was_mended_is_heard_though_others_are_still_read(qtbot, monkeypatch, window, tmp_path):
    path = tmp_path / "loop.wav"
    path.write_bytes(b"RIFF nothing")
    browser, bar = window.browser, window.message_bar
    browser.shelf.add_entries([entry_of_file(path)])
    monkeypatch.setattr(window.importer, "add", lambda _paths: None)  # a drop that takes its time
    window.library.start([tmp_path])
    browser.gestures.entry_auditioned.emit(str(path))
    handed_out(qtbot, window, lambda: any("loop.wav" in line for m in bar.messages for line in m.details))
    assert window.library.is_busy
    sf.write(path, 0.1 * np.sin(np.linspace(0, 900, 20_000)), 44_100)
    browser.gestures.entry_auditioned.emit(str(path))
    handed_out(qtbot, window, lambda: window.heard == ["loop"])
