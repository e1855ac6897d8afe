"""The page about controllers, by mouse and keys: what it asks for, and what it says of what goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from morphstudio.settings import MidiSettings, OscSettings, Settings
from morphstudio.storage import storage_places
from morphstudio.ui.control_status import ControlStatus
from morphstudio.ui.settings_dialog import SettingsDialog

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
ON = Settings(
    midi=MidiSettings(True, x="cc 1 16", play="note 10 36"),
    osc=OscSettings(True, reply="127.0.0.1:9001"),
)
TWO = ControlStatus(midi_ports=("Keys", "Knobs"), midi_opened=("Keys", "Knobs"), osc_port=9000)


@pytest.fixture
def dialog(qtbot, themed_app, theme, home):
    dialog = SettingsDialog(theme, Settings(), storage_places())
    qtbot.addWidget(dialog)
    dialog.open_page("control")
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def page(dialog):
    return dialog.control


@pytest.fixture
def changes(dialog):
    kept = []
    dialog.settings_changed.connect(kept.append)
    return kept


def test_everything_is_off_until_it_is_switched_on(page, changes):
    off = [page.midi.ports, page.midi.clock, page.osc.port, page.osc.others, page.osc.reply]
    assert not any(widget.isEnabled() for widget in off)
    assert not any(row.learn.isEnabled() for row in page.midi.rows.values())
    QTest.mouseClick(page.midi.switch, LEFT)
    page.osc.switch.setFocus()
    QTest.keyClick(page.osc.switch, KEY.Key_Space)
    assert changes[-1] == Settings(midi=MidiSettings(True), osc=OscSettings(True))
    assert all(widget.isEnabled() for widget in off)
    QTest.mouseClick(page.midi.clock, LEFT)
    QTest.mouseClick(page.osc.others, LEFT)
    assert changes[-1].midi.follows_clock
    assert changes[-1].osc.allows_others


def test_what_is_missing_is_told_with_what_to_do(page, dialog, changes):
    dialog.set_settings(ON)
    page.set_status(ControlStatus(has_midi=False, has_osc=False))
    said = page.midi._port_note.text() + page.osc._state_note.text()
    assert 'pip install "morphstudio[midi]"' in said
    assert 'pip install "morphstudio[osc]"' in said
    for switch in (page.midi.switch, page.osc.switch):
        assert not switch.isEnabled()
        assert not switch.isChecked()
    assert not changes  # what was chosen stays for when they are there


def test_an_input_is_chosen_by_keys(page, dialog, changes):
    dialog.set_settings(ON)
    page.set_status(TWO)
    page.midi.ports.setFocus()
    QTest.keyClick(page.midi.ports, KEY.Key_Down)
    QTest.keyClick(page.midi.ports, KEY.Key_Down)
    assert [change.midi.port for change in changes] == ["Keys", "Knobs"]
    page.set_status(ControlStatus(midi_ports=("Keys",)))
    assert page.midi.ports.currentData() == "Knobs"
    assert "not there" in page.midi.ports.currentText()
    assert "plugged in" in page.midi._port_note.text()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_the_list_of_inputs_does_not_move_while_it_is_open(qtbot, page, dialog):
    dialog.set_settings(ON)
    page.set_status(TWO)
    page.midi.ports.showPopup()
    page.set_status(ControlStatus())
    assert page.midi.ports.count() == 3
    page.midi.ports.hidePopup()
    qtbot.waitUntil(lambda: page.midi.ports.count() == 2)


def test_a_control_is_learnt_and_taken_from_what_it_did_before(qtbot, page, dialog, changes):
    dialog.set_settings(ON)
    page.set_status(TWO)
    row = page.midi.rows["y"]
    assert "none" in row.control.text()
    with qtbot.waitSignal(page.learning_requested) as asked:
        QTest.mouseClick(row.learn, LEFT)
    assert asked.args == ["y"]
    page.set_status(ControlStatus(midi_ports=("Keys",), learning="y"))
    assert "move" in row.control.text()
    page.take_learnt("y", "cc 1 16")
    page.set_status(TWO)
    assert changes[-1].midi == MidiSettings(True, y="cc 1 16", play="note 10 36")
    assert "CC 16" in row.control.text()
    assert "none" in page.midi.rows["x"].control.text()
    assert changes[-1].osc == ON.osc


def test_learning_is_cancelled_by_the_same_button_or_by_leaving(qtbot, page, dialog):
    dialog.set_settings(ON)
    page.set_status(ControlStatus(learning="x"))
    with qtbot.waitSignal(page.learning_cancelled):
        QTest.mouseClick(page.midi.rows["x"].learn, LEFT)
    with qtbot.waitSignal(page.learning_cancelled):
        dialog.open_page("audio")
    dialog.open_page("control")
    with qtbot.waitSignal(page.learning_cancelled):
        QTest.keyClick(dialog, KEY.Key_Escape)


def test_a_control_is_cleared(page, dialog, changes):
    dialog.set_settings(ON)
    QTest.mouseClick(page.midi.rows["play"].clear, LEFT)
    assert changes[-1].midi == MidiSettings(True, x="cc 1 16")
    assert not page.midi.rows["play"].clear.isEnabled()


def test_a_port_is_typed_and_counts_when_it_is_whole(page, dialog, changes):
    dialog.set_settings(ON)
    page.osc.port.setFocus()
    page.osc.port.selectAll()
    QTest.keyClicks(page.osc.port, "8765")
    assert not changes
    QTest.keyClick(page.osc.port, KEY.Key_Return)
    assert [change.osc.port for change in changes] == [8765]


def type_reply(page, text):
    page.osc.reply.setFocus()
    page.osc.reply.selectAll()
    QTest.keyClicks(page.osc.reply, text) if text else QTest.keyClick(page.osc.reply, KEY.Key_Delete)
    QTest.keyClick(page.osc.reply, KEY.Key_Return)


def test_a_place_of_replies_is_taken_where_it_is_one(page, dialog, changes):
    dialog.set_settings(ON)
    type_reply(page, "my studio")
    assert not changes
    assert "no address" in page.osc._reply_note.text()
    type_reply(page, "192.168.1.7:9001")
    assert changes[-1].osc.reply == "192.168.1.7:9001"
    assert "Allow other machines" in page.osc._reply_note.text()
    QTest.mouseClick(page.osc.others, LEFT)
    assert "Allow other machines" not in page.osc._reply_note.text()
    type_reply(page, "")
    assert changes[-1].osc.reply == ""


def test_what_osc_listens_to_is_said(page, dialog):
    dialog.set_settings(ON)
    page.set_status(TWO)
    assert "this machine alone" in page.osc._state_note.text()
    assert "9000" in page.osc._state_note.text()
    page.set_status(ControlStatus(osc_problem="Port 9000 cannot be used."))
    assert page.osc._state_note.text() == "Port 9000 cannot be used."
    assert page.osc._state_note.property("warn")


def test_whatever_takes_the_focus_says_what_it_is(page, dialog):
    dialog.set_settings(ON)
    page.set_status(TWO)
    names = [row.learn.accessibleName() for row in page.midi.rows.values()]
    names += [row.clear.accessibleName() for row in page.midi.rows.values()]
    assert len(set(names)) == 8
