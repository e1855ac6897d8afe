"""The pack dialog: what is possible, what becomes of it, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from morphstudio.morph.musical_time import MusicalTime
from morphstudio.morph.packs import PackAsk, PackKind
from morphstudio.settings import ExportSettings
from morphstudio.ui.pack_dialog import PackDialog
from tests.ui.pack_session import TEMPLATE, session_of, source_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_dialog(qtbot, themed_app, theme, tmp_path):
    """Returns a function that opens the dialog for a session."""

    def open_it(session=None, ask=None, template=TEMPLATE, **settings):
        settings = ExportSettings(**({"folder": str(tmp_path)} | settings))
        source = source_of(session or session_of())
        dialog = PackDialog(theme, source, ask or PackAsk(), template, settings)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitActive(dialog)
        return dialog

    return open_it


def button(parent, text):
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text)


def said(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def kinds(dialog):
    return [dialog.kind.itemText(index) for index in range(dialog.kind.count())]


def choose(dialog, text):
    """Choose what the pack is made of, by keys."""
    dialog.kind.setFocus()
    QTest.keyClick(dialog.kind, Qt.Key.Key_Home)
    for _ in range(kinds(dialog).index(text)):
        QTest.keyClick(dialog.kind, Qt.Key.Key_Down)
    assert dialog.kind.currentText() == text


def test_what_is_suggested_is_a_way_of_eight_steps(open_dialog, tmp_path):
    dialog = open_dialog()
    QTest.mouseClick(button(dialog, "Export pack"), LEFT)
    assert dialog.result() == QDialog.DialogCode.Accepted
    choice = dialog.chosen()
    assert (choice.parent, choice.folder) == (tmp_path, "Amen to Bass")
    assert choice.names[0] == "01 Amen Bass 0.wav"
    assert choice.names[-1] == "08 Amen Bass 100.wav"
    assert len(choice.files) == len(choice.names) == 8
    assert choice.options.repeats == 1
    assert list(tmp_path.iterdir()) == []


def test_all_kinds_are_offered_and_shown(open_dialog):
    dialog = open_dialog()
    assert kinds(dialog) == [
        "From Amen to Bass", "Along the path Sweep", "Grid over the whole pad", "Around the cursor",
    ]  # fmt: skip
    folders = set()
    for text, n in zip(kinds(dialog), (8, 8, 16, 8), strict=True):
        choose(dialog, text)
        assert len(dialog.chosen().files) == len(dialog.picture.points) == n
        assert f"{n} loops of 0.05 s" in said(dialog)
        folders.add(dialog.chosen().folder)
    assert folders == {"Amen to Bass", "Sweep", "Grid", "Around Bass"}


@pytest.mark.parametrize(
    ("change", "possible"),
    [
        (lambda s: s.choose_side("a", "id Bass"), [PackKind.PATH, PackKind.GRID, PackKind.AROUND]),
        (lambda s: s.choose_paths([]), [PackKind.WAY, PackKind.GRID, PackKind.AROUND]),
        (lambda s: s.take_off(["id Choir"]), [PackKind.WAY, PackKind.PATH, PackKind.AROUND]),
        (lambda s: s.take_off(["id Choir", "id Bass"]), []),
        (lambda s: s.take_off(list(s.dots)), []),
    ],
    ids=["no side b", "no path", "a line", "one dot", "no dot"],
)
def test_only_what_is_possible_now_is_offered(change, possible):
    session = session_of()
    change(session)
    assert [choice.kind for choice in source_of(session).choices] == possible


def test_a_grid_has_rows_and_columns(open_dialog):
    dialog = open_dialog(ask=PackAsk(PackKind.GRID))
    assert not dialog.count.isVisible()
    dialog.rows.setValue(2)
    dialog.columns.setValue(5)
    assert len(dialog.chosen().files) == 10
    dialog.rows.setValue(1)
    dialog.columns.setValue(1)
    assert not button(dialog, "Export pack").isEnabled()


def test_other_places_around_the_cursor_and_how_far(open_dialog):
    dialog = open_dialog(ask=PackAsk(PackKind.AROUND))

    def spread():
        return np.ptp([(p.x, p.y) for p in dialog.picture.points], axis=0).max()

    before, near = dialog.picture.points, spread()
    QTest.mouseClick(button(dialog, "Others"), LEFT)
    assert dialog.picture.points != before
    QTest.mouseClick(button(dialog, "Wide"), LEFT)
    assert spread() > 1.3 * near
    QTest.mouseClick(button(dialog, "Close"), LEFT)
    assert spread() < near


def test_a_path_on_which_nothing_changes_is_refused_in_a_sentence(open_dialog):
    session = session_of()
    (path,) = session.paths
    session.choose_paths([type(path)((path.points[0],) * 3, 2)])
    dialog = open_dialog(session, PackAsk(PackKind.PATH))
    assert dialog.kind.currentText() == "Along path 1"
    assert "one sound" in said(dialog)
    assert not button(dialog, "Export pack").isEnabled()
    choose(dialog, "From Amen to Bass")
    assert button(dialog, "Export pack").isEnabled()


@pytest.mark.parametrize("bad", ["", "a/b", "{a", "x" * 300])
@pytest.mark.parametrize("field", ["name", "folder"])
def test_names_that_cannot_be_are_refused(open_dialog, field, bad):
    dialog = open_dialog()
    typed = dialog.name.field if field == "name" else dialog.folder_name
    typed.selectAll()
    QTest.keyClick(typed, Qt.Key.Key_Delete)
    if bad:
        typed.setFocus()
        typed.setText(bad) if field == "name" else QTest.keyClicks(typed, bad)
    assert not button(dialog, "Export pack").isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_name_typed_for_the_folder_stays_and_a_suggested_one_follows(open_dialog):
    dialog = open_dialog()
    choose(dialog, "Grid over the whole pad")
    assert dialog.folder_name.text() == "Grid"
    dialog.folder_name.selectAll()
    QTest.keyClicks(dialog.folder_name, "Mine")
    choose(dialog, "From Amen to Bass")
    assert dialog.chosen().folder == "Mine"


def test_a_folder_that_is_not_there_is_refused(open_dialog, tmp_path):
    dialog = open_dialog()
    dialog.export_fields.folder.setText(str(tmp_path / "gone"))
    assert not button(dialog, "Export pack").isEnabled()
    assert "does not exist" in said(dialog)


def test_files_tell_the_tempo_of_the_session(open_dialog):
    session, time = session_of(), MusicalTime(128.0, 2)
    session.choose_time(time)
    dialog = open_dialog(session, template="{index} {bpm}")
    choice = dialog.chosen()
    assert choice.names[0] == "01 128.wav"
    for file in choice.files:
        assert (file.facts.bpm, file.facts.n_beats) == (128.0, 8)
        assert file.request.n_frames == time.n_frames


def test_it_fits_a_small_screen(open_dialog):
    dialog = open_dialog()
    assert dialog.sizeHint().width() < 1000
    assert dialog.sizeHint().height() < 660
