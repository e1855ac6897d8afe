"""Packs that are written: folder, names, progress, what is kept when they are stopped, the drag of all."""

from __future__ import annotations

import shutil

import pytest
import soundfile as sf
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import MorphStudioError
from morphstudio.morph.packs import PackAsk, PackKind
from morphstudio.settings import Settings
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.pack_exporter import PackExporter
from morphstudio.ui.way_section import WaySection
from tests.ui.pack_session import choice_of, session_of, tone

LEFT = Qt.MouseButton.LeftButton
N_FRAMES = 2000
SLOW = {"slow": AudioClip(tone(0, N_FRAMES), "slow"), "b": AudioClip(tone(1, N_FRAMES), "b"),
        "c": AudioClip(tone(2, N_FRAMES), "c")}  # fmt: skip
"""The quick stand-in takes a second for what has the first of these in it."""
SLOW_PLACES = {"slow": (0.9, 0.2), "b": (0.1, 0.1), "c": (0.5, 0.9)}


@pytest.fixture
def window(qtbot, themed_app, theme, worker, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.bar = MessageBar(theme, window)
    window.section = WaySection(theme, window)
    layout = QVBoxLayout(window)
    for widget in (window.section, window.bar):
        layout.addWidget(widget)
    window.worker = worker
    window.packs = []
    window.exporter = PackExporter(worker, window.bar, window)
    window.exporter.pack_written.connect(window.packs.append)
    window.drag_out = DragOut(worker, Settings, window.bar, window)
    window.folder = tmp_path / "exports"
    window.folder.mkdir()
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def export(window, theme):
    """Returns a function that exports a pack as the dialog suggests it."""

    def export_it(session=None, ask=None, **settings):
        choice = choice_of(theme, session or session_of(), window.folder, ask, **settings)
        window.exporter.export(choice)
        return choice

    return export_it


def slow_session():
    """From a quick loop to a slow one: only the first file is done at once."""
    session = session_of(SLOW, SLOW_PLACES)
    session.swap_sides()
    return session


def ended(qtbot, window):
    qtbot.waitUntil(lambda: not window.bar.work.rows)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("kind", PackKind)
def test_a_pack_is_a_folder_of_files_with_names_in_order(qtbot, window, export, kind):
    choice = export(ask=PackAsk(kind, n=5, rows=2, columns=3), format="flac")
    (row,) = window.bar.work.rows
    assert choice.folder in row.work.title
    ended(qtbot, window)
    (pack,) = window.packs
    assert pack.folder == window.folder / choice.folder
    assert [path.name for path in pack.paths] == list(choice.names)
    assert names(pack.folder) == sorted(choice.names)
    assert {sf.info(path).frames for path in pack.paths} == {N_FRAMES}
    (message,) = window.bar.messages
    assert message.level == "info"
    assert f"{len(pack.paths)} loops are in {pack.folder}" in message.text


def test_progress_rises_over_all_files(qtbot, window, export):
    shares = []
    export(ask=PackAsk(n=4))
    (row,) = window.bar.work.rows
    row.work.changed.connect(lambda: shares.append(row.work.share))
    ended(qtbot, window)
    assert shares == sorted(shares)
    assert {0.25, 0.5, 0.75, 1.0} <= set(shares)


def test_the_same_pack_again_gets_a_folder_of_its_own(qtbot, window, export):
    for _ in range(2):
        export(ask=PackAsk(n=2))
    assert len(window.bar.work.rows) == 2
    ended(qtbot, window)
    assert names(window.folder) == ["Amen to Bass", "Amen to Bass 2"]
    assert [len(pack.paths) for pack in window.packs] == [2, 2]


def test_cancelling_in_the_middle_keeps_what_is_finished_and_says_so(qtbot, window, export):
    choice = export(slow_session(), PackAsk(n=6))
    (row,) = window.bar.work.rows
    qtbot.waitUntil(lambda: row.work.text == choice.names[1])
    qtbot.waitUntil(row.cancel_button.isVisible)
    QTest.mouseClick(row.cancel_button, LEFT)
    ended(qtbot, window)
    (pack,) = window.packs
    assert 1 <= len(pack.paths) < 6
    assert names(pack.folder) == list(choice.names[: len(pack.paths)])
    (message,) = window.bar.messages
    assert f"{len(pack.paths)} of 6 loops" in message.text


def test_cancelling_before_the_first_file_leaves_nothing(qtbot, window, export):
    session = slow_session()
    session.swap_sides()
    export(session, PackAsk(n=3))
    (row,) = window.bar.work.rows
    row.work.cancel()
    ended(qtbot, window)
    assert names(window.folder) == []
    assert window.packs == []
    assert "Nothing was written" in window.bar.messages[0].text


def test_a_folder_that_goes_meanwhile_ends_the_pack_in_one_sentence(qtbot, window, export):
    choice = export(slow_session(), PackAsk(n=4))
    (run,) = window.exporter._runs
    qtbot.waitUntil(lambda: len(run.done) == 1)
    shutil.rmtree(window.folder / choice.folder)
    ended(qtbot, window)
    (message,) = window.bar.messages
    assert message.level == "error"
    assert "does not exist" in message.text


def test_a_place_where_no_folder_can_be_made_is_a_sentence(window, theme):
    choice = choice_of(theme, session_of(), window.folder)
    window.folder.rmdir()
    window.folder.write_text("a file in its place")
    window.exporter.export(choice)
    (message,) = window.bar.messages
    assert message.level == "error"
    assert str(window.folder) in message.text
    assert not window.bar.work.rows


def test_a_full_disk_ends_the_pack_and_keeps_what_there_is(qtbot, window, export):
    full = MorphStudioError("Can't write x", "The disk is full.", "Free some space.")
    choice = export(slow_session(), PackAsk(n=4))
    (run,) = window.exporter._runs
    qtbot.waitUntil(lambda: len(run.done) == 1)
    (number,) = run.under_way
    window.worker.cancel_export(number)
    window.worker.export_failed.emit(number, run.under_way[number], full)
    ended(qtbot, window)
    (pack,) = window.packs
    assert names(pack.folder) == list(choice.names[: len(pack.paths)])
    (message,) = window.bar.messages
    assert (message.level, message.hint) == ("error", "Free some space.")
    assert message.text.startswith("The disk is full. 1 of 4 loops")


def test_a_single_export_comes_in_between(qtbot, window, export, tmp_path):
    finished = []
    window.worker.export_finished.connect(lambda _number, path: finished.append(path.name))
    choice = export(slow_session(), PackAsk(n=3))
    window.worker.submit_export(choice.files[0].request, tmp_path / "alone.wav", choice.options)
    ended(qtbot, window)
    assert finished.index("alone.wav") < 2


def test_what_waits_is_handed_over_when_the_window_closes(qtbot, window, export):
    choice = export(ask=PackAsk(n=12))
    window.exporter.hand_over()
    window.worker.stop()  # which finishes what it has been given
    assert names(window.folder / choice.folder) == list(choice.names)


# --- the drag ---------------------------------------------------------------------------------------


@pytest.fixture
def caught(monkeypatch):
    """What is dragged, and nobody takes."""
    drags = []

    def catch(drag, actions):
        drags.append((drag.mimeData().urls(), actions))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", catch)
    return drags


@pytest.fixture
def written(qtbot, window, export):
    """A pack of three that can be taken hold of."""
    export(ask=PackAsk(n=3))
    ended(qtbot, window)
    (pack,) = window.packs
    window.section.set_last_pack(pack.folder.name, len(pack.paths))
    handle = window.section.pack_handle
    window.section.pack_picked_up.connect(lambda: window.drag_out.carry(pack.paths, handle))
    window.bar.clear()
    return pack


def pull(handle):
    for x in (0, 5, 60):
        where = QPointF(handle.rect().center() + QPoint(x, 0))
        event = QMouseEvent(QEvent.Type.MouseMove, where, handle.mapToGlobal(where),
                            Qt.MouseButton.NoButton, LEFT, Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(handle, event)


def test_the_handle_drags_copies_of_all_files(window, written, caught):
    handle = window.section.pack_handle
    assert handle.text() == "Drag 3 loops"
    assert window.section.last_label.text() == "3 loops in Amen to Bass"
    QTest.mousePress(handle, LEFT)
    pull(handle)
    assert caught == [([QUrl.fromLocalFile(str(path)) for path in written.paths], Qt.DropAction.CopyAction)]
    assert not handle.isDown()
    QTest.mouseRelease(handle, LEFT)
    pull(handle)
    assert len(caught) == 1


def test_files_that_have_gone_are_left_out_of_the_drag(window, written, caught):
    written.paths[1].unlink()
    QTest.mousePress(window.section.pack_handle, LEFT)
    pull(window.section.pack_handle)
    QTest.mouseRelease(window.section.pack_handle, LEFT)
    assert [url.toLocalFile() for url in caught[0][0]] == [str(written.paths[0]), str(written.paths[2])]


def test_a_pack_that_has_gone_is_said(window, written, caught):
    shutil.rmtree(written.folder)
    QTest.mousePress(window.section.pack_handle, LEFT)
    pull(window.section.pack_handle)
    QTest.mouseRelease(window.section.pack_handle, LEFT)
    assert caught == []
    assert window.bar.messages[-1].level == "warning"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_from_the_keyboard_the_place_is_told(window, written, caught, key):
    window.section.pack_handle.setFocus()
    QTest.keyClick(window.section.pack_handle, key)
    assert f"3 loops are in {written.folder}" in window.bar.messages[-1].text
    assert caught == []


# --- the section ------------------------------------------------------------------------------------


def test_the_section_asks_for_as_many_steps_as_are_chosen(window):
    section, asked = window.section, []
    section.pack_requested.connect(asked.append)
    QTest.mouseClick(section.pack_button, LEFT)
    assert asked == []  # nothing to make one of
    section.set_pack_possible(True)
    QTest.mouseClick(section.pack_button, LEFT)
    section.steps.setFocus()
    QTest.keyClick(section.steps, Qt.Key.Key_Down)
    QTest.mouseClick(section.pack_button, LEFT)
    section.set_steps(7)
    QTest.mouseClick(section.pack_button, LEFT)
    assert asked == [8, 12, 7]
    assert section.steps.currentText() == "7 steps"


def test_there_is_no_handle_before_the_first_pack(window):
    assert not window.section.pack_handle.isVisible()
    window.section.set_last_pack("Folder", 1)
    assert window.section.pack_handle.text() == "Drag 1 loop"
    assert window.section.pack_handle.isVisible()
