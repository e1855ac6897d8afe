"""The export dialog: what can be chosen, what cannot, and what is asked first."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox, QPushButton

from morphstudio.ui.export_dialog import ExportDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot, themed_app, tmp_path):
    dialog = ExportDialog("Amen + Jungle", 176_400, 2, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    return dialog


def button(parent, text):
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text)


def said(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def type_name(dialog, text):
    field = dialog.findChildren(QLineEdit)[0]
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    field.insert(text)  # keyClicks knows ASCII only


def type_rate(dialog, text):
    field = dialog.rate_field
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def test_what_is_suggested_can_be_exported_at_once(dialog, tmp_path):
    QTest.mouseClick(button(dialog, "Export"), LEFT)
    assert dialog.result() == QDialog.DialogCode.Accepted
    choice = dialog.chosen()
    assert choice.path == tmp_path / "Amen + Jungle.wav"
    assert (choice.bits, choice.rate_hz) == (24, 44_100)
    assert not choice.path.exists()


@pytest.mark.parametrize(("label", "bits"), [("16 bit, dithered", 16), ("24 bit", 24), ("32 bit float", 32)])
def test_bits_are_chosen_by_button(dialog, label, bits):
    QTest.mouseClick(button(dialog, label), LEFT)
    assert dialog.chosen().bits == bits


def test_length_and_size_follow_format_and_rate(dialog):
    QTest.mouseClick(button(dialog, "16 bit, dithered"), LEFT)
    assert "4.00 s" in said(dialog)
    assert "176,400" in said(dialog)
    assert "0.7 MB" in said(dialog)
    type_rate(dialog, "88200")
    assert "352,800" in said(dialog)
    QTest.mouseClick(button(dialog, "32 bit float"), LEFT)
    assert "2.8 MB" in said(dialog)


@pytest.mark.parametrize(("name", "file"), [("x", "x.wav"), ("x.WAV", "x.WAV"), ("ä #%.1", "ä #%.1.wav")])
def test_a_name_gets_its_ending_once(dialog, name, file):
    type_name(dialog, name)
    assert dialog.chosen().path.name == file


@pytest.mark.parametrize("name", ["", "  ", "a/b", "a\\b", "what?", "x" * 300])
def test_an_impossible_name_disables_the_export_and_says_so(dialog, name):
    type_name(dialog, name)
    assert not button(dialog, "Export").isEnabled()
    assert "name" in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    type_name(dialog, "fine")
    assert button(dialog, "Export").isEnabled()


@pytest.mark.parametrize(
    ("text", "possible"),
    [("8000", True), ("192000", True), ("44101", True), ("7999", False), ("192001", False), ("", False),
     ("fast", False), ("-44100", False), ("4.41e4", False)],
)  # fmt: skip
def test_rates_from_8_to_192_khz_are_possible(dialog, text, possible):
    type_rate(dialog, text)
    assert button(dialog, "Export").isEnabled() is possible
    if possible:
        assert dialog.chosen().rate_hz == int(text)
    else:
        assert "rate" in said(dialog)


def test_a_folder_that_is_not_there_is_refused(dialog, tmp_path):
    field = dialog.findChildren(QLineEdit)[1]
    field.setText(str(tmp_path / "gone"))
    assert not button(dialog, "Export").isEnabled()
    assert "does not exist" in said(dialog)


def test_a_folder_that_goes_meanwhile_is_noticed(qtbot, themed_app, tmp_path):
    folder = tmp_path / "short-lived"
    folder.mkdir()
    dialog = ExportDialog("x", 100, 1, folder)
    qtbot.addWidget(dialog)
    dialog.show()
    folder.rmdir()
    QTest.mouseClick(button(dialog, "Export"), LEFT)
    assert dialog.isVisible()
    assert "does not exist" in said(dialog)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(dialog, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    dialog.findChildren(QLineEdit)[1].setText(str(folder))
    assert not button(dialog, "Export").isEnabled()


@pytest.mark.parametrize("answer", ["Replace", "Cancel"])
def test_an_existing_file_is_replaced_only_when_told(qtbot, dialog, tmp_path, answer):
    (tmp_path / "Amen + Jungle.wav").write_bytes(b"precious")
    QTest.mouseClick(button(dialog, "Export"), LEFT)
    assert dialog.isVisible()
    question = dialog.findChild(QMessageBox)
    qtbot.waitUntil(question.isVisible)
    assert "Amen + Jungle.wav" in question.text()
    QTest.mouseClick(button(question, answer), LEFT)
    assert dialog.isVisible() is (answer == "Cancel")
    assert (dialog.result() == QDialog.DialogCode.Accepted) is (answer == "Replace")


def test_a_suggestion_that_no_file_can_have_is_made_possible(qtbot, themed_app, tmp_path):
    dialog = ExportDialog("a/b: <c>", 100, 1, tmp_path)
    qtbot.addWidget(dialog)
    assert button(dialog, "Export").isEnabled()
    assert dialog.chosen().path.parent == tmp_path
