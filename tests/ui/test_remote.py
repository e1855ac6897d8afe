"""What controllers are told of the session, through the real window's parts."""

from __future__ import annotations

import socket
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pythonosc.osc_message_builder import build_msg

from morphstudio.audio.player import Player
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.session import Session
from morphstudio.settings import MidiSettings, OscSettings, SettingsFile
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.remote import Remote
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.undo import History


def test_a_tempo_is_told_when_it_changes_and_not_with_every_other_change(qtbot, themed_app, theme, tmp_path):
    pad = LatentPad(theme)
    window = MainWindow(theme, pad, QWidget())
    qtbot.addWidget(window)
    session = Session()
    editor = SessionEditor(session, History(window), window)
    settings = SettingsFile(tmp_path / "settings.json")
    remote = Remote(session, editor, Player(), settings, window, pad, lambda _: None, window)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(10)
        place = f"127.0.0.1:{receiver.getsockname()[1]}"
        remote.controls.apply(MidiSettings(), OscSettings(True, 0, reply=place))
        editor.choose_time(MusicalTime(96.0, 2))
        editor.choose_options(replace(session.options, detail=0.5))
        editor.choose_keeps_pitch(False)
        editor.choose_time(MusicalTime(97.0, 2))
        for bpm in (96.0, 97.0):
            assert receiver.recv(1000) == build_msg("/morph/tempo", [bpm]).dgram
    remote.controls.stop()
