"""The export dialog: what can be chosen, what cannot, and what is asked first."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton

from morphstudio.audio.export import ExportOptions
from morphstudio.audio.naming import NameFields
from morphstudio.settings import ExportSettings
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.export_dialog import ExportDialog, LoopLength

LEFT = Qt.MouseButton.LeftButton
FOUR_SECONDS = LoopLength(176_400, 2, bar_s=2.0)
NAMES = NameFields(("Amen", "Jungle"), 140.0, "F#m")


@pytest.fixture
def open_dialog(qtbot, themed_app, tmp_path):
    """Returns a function that opens the dialog with other settings than the usual."""

    def open_it(names=NAMES, length=FOUR_SECONDS, taken=(), **settings):
        settings = {"folder": str(tmp_path)} | settings
        dialog = ExportDialog(names, length, ExportSettings(**settings), taken)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitActive(dialog)
        return dialog

    return open_it


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()


def button(parent, text):
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text)


def said(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def type_name(dialog, text):
    field = dialog.name.field
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
    assert choice.options == ExportOptions("wav", 24, 44_100)
    assert choice.settings == ExportSettings(folder=str(tmp_path))
    assert not choice.path.exists()


@pytest.mark.parametrize(("label", "bits"), [("16 bit, dithered", 16), ("24 bit", 24), ("32 bit float", 32)])
def test_bits_are_chosen_by_button(dialog, label, bits):
    QTest.mouseClick(button(dialog, label), LEFT)
    assert dialog.chosen().options.bits == bits


def test_length_and_size_follow_format_and_rate(dialog):
    QTest.mouseClick(button(dialog, "16 bit, dithered"), LEFT)
    assert "4.00 s" in said(dialog)
    assert "176,400" in said(dialog)
    assert "0.7 MB" in said(dialog)
    type_rate(dialog, "88200")
    assert "352,800" in said(dialog)
    QTest.mouseClick(button(dialog, "32 bit float"), LEFT)
    assert "2.8 MB" in said(dialog)


@pytest.mark.parametrize(("name", "file"), [("x", "x.wav"), ("x.WAV", "x.wav"), ("ä #%.1", "ä #%.1.wav")])
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
        assert dialog.chosen().options.rate_hz == int(text)
    else:
        assert "rate" in said(dialog)


def test_a_folder_that_is_not_there_is_refused(dialog, tmp_path):
    field = dialog.folder
    field.setText(str(tmp_path / "gone"))
    assert not button(dialog, "Export").isEnabled()
    assert "does not exist" in said(dialog)


def test_a_folder_that_goes_meanwhile_is_noticed(open_dialog, tmp_path):
    folder = tmp_path / "short-lived"
    folder.mkdir()
    dialog = open_dialog(folder=str(folder))
    folder.rmdir()
    QTest.mouseClick(button(dialog, "Export"), LEFT)
    assert dialog.isVisible()
    assert "does not exist" in said(dialog)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(dialog, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    dialog.folder.setText(str(folder))
    assert not button(dialog, "Export").isEnabled()


@pytest.mark.parametrize("answer", ["Replace", "Cancel"])
def test_an_existing_file_is_replaced_only_when_told(qtbot, dialog, tmp_path, answer):
    type_name(dialog, "Mine")
    (tmp_path / "Mine.wav").write_bytes(b"precious")
    QTest.mouseClick(button(dialog, "Export"), LEFT)
    assert dialog.isVisible()
    question = dialog.findChild(QMessageBox)
    qtbot.waitUntil(question.isVisible)
    assert "Mine.wav" in question.text()
    QTest.mouseClick(button(question, answer), LEFT)
    assert dialog.isVisible() is (answer == "Cancel")
    assert (dialog.result() == QDialog.DialogCode.Accepted) is (answer == "Replace")
    assert dialog.chosen().path == tmp_path / "Mine.wav"


def test_a_suggestion_that_no_file_can_have_is_made_possible(open_dialog, tmp_path):
    dialog = open_dialog(NameFields(("a/b: <c>",)))
    assert button(dialog, "Export").isEnabled()
    assert dialog.chosen().path.parent == tmp_path


def test_a_template_is_filled_in_and_never_takes_a_file_that_is_there(dialog, tmp_path):
    type_name(dialog, "{a}_{bpm}_{c}_{key}")
    assert dialog.chosen().path.name == dialog.name.preview.text() == "Amen_140_F#m.wav"
    (tmp_path / "Amen_140_F#m.wav").touch()
    QTest.mouseClick(button(dialog, "Export"), LEFT)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen().path.name == "Amen_140_F#m 2.wav"
    assert dialog.chosen().settings.template == "{a}_{bpm}_{c}_{key}"


def test_a_file_that_is_being_written_is_not_taken_either(open_dialog, tmp_path):
    dialog = open_dialog(taken={tmp_path / "Amen + Jungle.wav"})
    assert dialog.chosen().path.name == "Amen + Jungle 2.wav"


def test_a_name_for_one_file_is_not_remembered_as_a_template(open_dialog):
    dialog = open_dialog(template="{name} {bpm}")
    type_name(dialog, "just this")
    assert dialog.chosen().path.name == "just this.wav"
    assert dialog.chosen().settings.template == "{name} {bpm}"


def test_a_brace_without_a_partner_is_a_sentence(dialog):
    type_name(dialog, "{name")
    assert "partner" in said(dialog)
    assert not button(dialog, "Export").isEnabled()
    assert dialog.name.preview.text() == ""
    QTest.keyClicks(dialog.name.field, "}")
    assert button(dialog, "Export").isEnabled()


def test_a_field_is_inserted_where_the_cursor_stands(dialog):
    type_name(dialog, "x ")
    menu = dialog.name.insert_button.menu()
    next(action for action in menu.actions() if action.data() == "bpm").trigger()
    assert dialog.chosen().path.name == "x 140.wav"
    assert dialog.name.field.hasFocus()


@pytest.mark.parametrize(("label", "suffix"), [("WAV", ".wav"), ("AIFF", ".aiff"), ("FLAC", ".flac")])
def test_the_format_is_the_ending(dialog, label, suffix):
    QTest.mouseClick(button(dialog, label), LEFT)
    assert dialog.chosen().path.suffix == suffix
    assert dialog.name.preview.text().endswith(suffix)
    assert dialog.chosen().options.suffix == suffix


def test_flac_has_no_floats(dialog):
    QTest.mouseClick(button(dialog, "32 bit float"), LEFT)
    QTest.mouseClick(button(dialog, "FLAC"), LEFT)
    assert not button(dialog, "32 bit float").isEnabled()
    assert dialog.chosen().options.bits == 24
    type_rate(dialog, "96001")
    assert not button(dialog, "Export").isEnabled()
    assert "FLAC" in said(dialog)
    QTest.mouseClick(button(dialog, "WAV"), LEFT)
    assert button(dialog, "32 bit float").isEnabled()
    assert button(dialog, "Export").isEnabled()


@pytest.mark.parametrize(("label", "normalise"), [("As heard", "off"), ("Peak -1 dB", "peak"),
                                                  ("Loudness -14 LUFS", "loudness")])  # fmt: skip
def test_the_level_is_chosen_and_explained(dialog, label, normalise):
    hints = set()
    for other in ("As heard", "Peak -1 dB", "Loudness -14 LUFS", label):
        QTest.mouseClick(button(dialog, other), LEFT)
        hints.add(dialog.kind.level_hint.text())
    assert dialog.chosen().options.normalise == normalise
    assert len(hints) == 3
    assert ("dBTP" in dialog.kind.level_hint.text()) is (normalise != "off")


def test_repeats_and_a_tail_make_it_longer(dialog):
    dialog.repeats.setFocus()
    dialog.repeats.selectAll()
    QTest.keyClicks(dialog.repeats, "3")
    assert dialog.chosen().options.repeats == 3
    assert "12.00 s" in said(dialog)
    assert "seam" in said(dialog)
    QTest.keyClick(dialog.tail, Qt.Key.Key_Space)
    assert dialog.chosen().options.tail_s == 2.0
    assert "14.00 s" in said(dialog)
    assert "seam" not in said(dialog)


def test_a_file_beyond_4_gb_is_refused(open_dialog):
    dialog = open_dialog(length=LoopLength(64 * 44_100, 2, 2.0), repeats=64, rate_hz=192_000, format="aiff")
    assert "4 GB" in said(dialog)
    assert not button(dialog, "Export").isEnabled()
    QTest.mouseClick(button(dialog, "FLAC"), LEFT)
    assert button(dialog, "Export").isEnabled()


def test_what_was_chosen_comes_back(open_dialog, tmp_path):
    settings = ExportSettings(str(tmp_path), "flac", 16, 48_000, "peak", "{a} {n}", 4, True)
    first = open_dialog(**{name: getattr(settings, name) for name in settings.__slots__})
    assert first.chosen().settings == settings
    assert first.chosen().options == ExportOptions("flac", 16, 48_000, "peak", 4, 2.0)


def test_a_folder_that_has_gone_is_replaced_by_one_that_is_there(open_dialog, tmp_path):
    dialog = open_dialog(folder=str(tmp_path / "gone"))
    assert button(dialog, "Export").isEnabled()
    assert dialog.chosen().path.parent.is_dir()


def test_everything_is_reached_and_chosen_by_keyboard(dialog):
    dialog.name.field.setFocus()
    seen = []
    for _ in range(20):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    wanted = [dialog.name.insert_button, dialog.folder, dialog.repeats, dialog.tail, button(dialog, "WAV"),
              button(dialog, "24 bit"), button(dialog, "As heard"), button(dialog, "Export")]  # fmt: skip
    assert all(widget in seen for widget in wanted)
    for widget in seen:
        assert widget.accessibleName() or widget.text()
    button(dialog, "WAV").setFocus()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    assert dialog.chosen().options.format == "flac"


def test_it_fits_a_small_screen(dialog):
    assert dialog.sizeHint().width() < 1000
    assert dialog.sizeHint().height() < 650


class Marking(QTranslator):
    """A language in which everything is as in English, between marks."""

    def isEmpty(self):
        return False

    def translate(self, context, source, disambiguation=None, n=-1):
        return f"«{source}»"


def test_the_language_changes_while_it_is_open(qtbot, dialog, themed_app, theme):
    handle = DragOutHandle(theme)
    qtbot.addWidget(handle)
    translator = Marking()
    themed_app.installTranslator(translator)
    try:
        qtbot.waitUntil(lambda: handle.text().startswith("«"))
        texts = [label.text() for label in dialog.findChildren(QLabel) if label is not dialog.name.preview]
        texts += [b.text() for b in dialog.findChildren(QPushButton)]
        texts += [dialog.tail.text(), dialog.windowTitle(), dialog.folder.accessibleName(), handle.toolTip()]
        foreign = [text for text in texts if text and not text.startswith("«")]
        assert sorted(foreign) == ["AIFF", "FLAC", "WAV"]
    finally:
        themed_app.removeTranslator(translator)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export loop")
