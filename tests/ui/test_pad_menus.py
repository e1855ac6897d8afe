"""The pad's menus, modes, drops and hints."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from morphstudio.library.sounds import Family
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.paths import resources_dir
from morphstudio.ui.entry_model import ENTRIES_MIME
from morphstudio.ui.theme import load_theme
from tests.ui.pad_driver import LEFT, NONE, RIGHT, at, drag, fill, pixels, record, shown_pad

pops_up = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def pad(qtbot, theme):
    return shown_pad(qtbot, theme)


@pytest.fixture
def filled(pad):
    return fill(pad)


def open_menu(pad, qtbot, place) -> QMenu:
    QTest.mouseClick(pad, RIGHT, NONE, place)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    return QApplication.activePopupWidget()


def choose(menu, what):
    next(action for action in menu.actions() if action.data() == what).trigger()
    menu.close()


@pops_up
@pytest.mark.parametrize(
    ("what", "signal", "told"),
    [
        ("audition", "audition_requested", "b"),
        ("replace", "replacement_requested", "b"),
        ("similar", "similar_requested", "b"),
        ("time", "loop_time_requested", "b"),
        ("take_tempo", "tempo_taken", "b"),
        ("side_a", "side_chosen", ("a", "b")),
        ("side_b", "side_chosen", ("b", "b")),
        ("remove", "removals_requested", ("b",)),
    ],
)
def test_the_menu_of_a_dot(filled, qtbot, what, signal, told):
    got = record(getattr(filled, signal))
    choose(open_menu(filled, qtbot, at(filled, 0.8, 0.2)), what)
    assert got == [told]


@pops_up
def test_the_menu_removes_all_selected_dots_if_it_is_of_one_of_them(filled, qtbot):
    filled.select(["a", "b"])
    removed = record(filled.removals_requested)
    choose(open_menu(filled, qtbot, at(filled, 0.8, 0.2)), "remove")
    choose(open_menu(filled, qtbot, at(filled, 0.5, 0.8)), "remove")
    assert removed == [("a", "b"), ("c",)]


@pops_up
@pytest.mark.parametrize(
    ("what", "signal"), [("add", "files_requested"), ("arrange", "arrangement_requested")]
)
def test_the_menu_beside_dots(filled, qtbot, what, signal):
    got, picked = [], record(filled.point_picked)
    getattr(filled, signal).connect(lambda: got.append(1))
    choose(open_menu(filled, qtbot, at(filled, 0.5, 0.4)), what)
    assert got == [1]
    assert not picked


@pops_up
def test_the_menu_shows_all_where_something_is_out_of_sight(filled, qtbot):
    menu = open_menu(filled, qtbot, at(filled, 0.5, 0.4))
    assert not next(a for a in menu.actions() if a.data() == "show_all").isEnabled()
    menu.close()
    filled.zoom_about(QPointF(400, 300), 4.0)
    choose(open_menu(filled, qtbot, filled.rect().center()), "show_all")
    assert filled.zoom == 1.0


@pops_up
def test_the_keyboard_opens_menus(filled, qtbot):
    filled.setFocus()
    QTest.keyClick(filled, Qt.Key.Key_Tab)
    QTest.keyClick(filled, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    got = record(filled.audition_requested)
    choose(QApplication.activePopupWidget(), "audition")
    assert got == ["a"]


def test_sides_are_marked_and_joined(filled):
    plain = pixels(filled)
    filled.set_sides("a", "b")
    x, y = at(filled, 0.5, 0.2).toTuple()
    strip = (slice(y - 2, y + 3), slice(x - 60, x + 60))
    assert (pixels(filled)[strip] != plain[strip]).any()
    filled.set_sides("", "gone")
    assert np.array_equal(pixels(filled), plain)


def test_escape_is_the_windows_unless_something_is_selected(filled, qtbot):
    closed = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), filled)
    shortcut.activated.connect(lambda: closed.append(1))
    filled.activateWindow()
    filled.setFocus()
    qtbot.waitUntil(filled.hasFocus)
    filled.select(["a"])
    QTest.keyClick(filled, Qt.Key.Key_Escape)
    assert not closed
    assert filled.selected == ()
    QTest.keyClick(filled, Qt.Key.Key_Escape)
    assert closed == [1]


# --- modes ---------------------------------------------------------------------------------------


@pytest.fixture
def exploring(filled):
    filled.set_explore("Amen", Family.DRUMS, "brighter", "busier")
    QTest.mouseClick(filled.mode_chips.explore_button, LEFT)
    return filled


def test_a_chip_changes_the_mode(filled):
    modes = record(filled.mode_changed)
    QTest.mouseClick(filled.mode_chips.explore_button, LEFT)
    QTest.mouseClick(filled.mode_chips.explore_button, LEFT)
    assert modes == ["explore"]
    QTest.mouseClick(filled.mode_chips.blend_button, LEFT)
    filled.set_mode("explore")
    assert modes == ["explore", "blend"]
    assert filled.mode == "explore"
    assert filled.mode_chips.explore_button.isChecked()


def test_exploring_picks_around_the_loop(exploring):
    picked, blended, ended = (
        record(exploring.explore_picked), record(exploring.point_picked), record(exploring.pick_ended)
    )  # fmt: skip
    QTest.mouseClick(exploring, LEFT, NONE, at(exploring, 0.75, 0.4))
    assert picked[-1] == pytest.approx((0.5, -0.2), abs=5e-3)
    QTest.mouseClick(exploring, LEFT, NONE, at(exploring, 0.5, 0.5))
    assert picked[-1] == (0.0, 0.0), "the loop itself"
    QTest.keyClick(exploring, Qt.Key.Key_Up)
    assert picked[-1] == pytest.approx((0.0, 0.02))
    assert len(ended) == 3
    assert not blended


def test_exploring_says_how_far_it_went(exploring):
    exploring.set_explore_cursor(0.4, -0.25)
    spoken = exploring.heard_chips.spoken
    assert all(part in spoken for part in ("Amen", "brighter +40%", "busier", "25%"))
    plain = pixels(exploring)
    exploring.set_explore("Bass", Family.BASS, "darker", "calmer")
    assert not np.array_equal(pixels(exploring), plain)
    assert "darker 0%" in exploring.heard_chips.spoken


def test_nothing_is_moved_or_removed_while_exploring(exploring):
    moved, removed = record(exploring.dots_moved), record(exploring.removals_requested)
    drag(exploring, RIGHT, at(exploring, 0.5, 0.5), at(exploring, 0.7, 0.7))
    QTest.mouseMove(exploring, at(exploring, 0.5, 0.5))
    QTest.keyClick(exploring, Qt.Key.Key_Delete)
    assert not moved
    assert not removed
    assert not exploring.selected


def test_each_mode_keeps_its_own_cursor_and_view(exploring):
    exploring.set_mode("blend")
    QTest.mouseClick(exploring, LEFT, NONE, at(exploring, 0.3, 0.6))
    exploring.zoom_about(QPointF(400, 300), 3.0)
    exploring.set_mode("explore")
    assert exploring.zoom == 1.0
    assert exploring._scene.cursor == PadPoint(0.5, 0.5)
    exploring.set_mode("blend")
    assert exploring.zoom == pytest.approx(3.0)
    assert (exploring._scene.cursor.x, exploring._scene.cursor.y) == pytest.approx((0.3, 0.6), abs=3e-3)


def test_the_loop_to_explore_is_the_selected_or_the_nearest(filled):
    filled.set_cursor(PadPoint(0.7, 0.3))
    assert filled.explore_subject() == "b"
    filled.select(["c"])
    assert filled.explore_subject() == "c"


def test_an_empty_pad_has_nothing_to_explore(exploring):
    exploring.set_dots([])
    assert exploring.mode == "blend"
    assert not exploring.mode_chips.explore_button.isEnabled()
    assert exploring.explore_subject() == ""


# --- drops ---------------------------------------------------------------------------------------


def entries(*ids) -> QMimeData:
    data = QMimeData()
    data.setData(ENTRIES_MIME, json.dumps(ids).encode())
    return data


def enter(pad, data, place):
    copy = Qt.DropAction.CopyAction
    event = QDragEnterEvent(place, copy, data, Qt.MouseButton.LeftButton, NONE)
    event.ignore()
    QApplication.sendEvent(pad, event)
    return event


def test_loops_from_the_browser_are_dropped_where_the_mouse_is(filled):
    dropped = record(filled.entries_dropped)
    data, place = entries("e1", "e2"), at(filled, 0.6, 0.5)
    plain = pixels(filled)
    assert enter(filled, data, place).isAccepted()
    x, y = place.toTuple()
    ghost = (slice(y - 15, y + 15), slice(x - 15, x + 15))
    assert (pixels(filled)[ghost] != plain[ghost]).any()
    event = QDropEvent(
        QPointF(place), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE, QEvent.Type.Drop
    )
    QApplication.sendEvent(filled, event)
    assert event.isAccepted()
    assert len(dropped) == 1
    ids, point = dropped[0]
    assert ids == ("e1", "e2")
    assert (point.x, point.y) == pytest.approx((0.6, 0.5), abs=2e-3)
    assert np.array_equal(pixels(filled), plain)


def test_the_ghost_goes_with_the_mouse(filled):
    plain = pixels(filled)
    enter(filled, entries("e1"), at(filled, 0.6, 0.5))
    QApplication.sendEvent(filled, QDragLeaveEvent())
    assert np.array_equal(pixels(filled), plain)


@pytest.mark.parametrize("bad", [b"", b"{", b"3", b'["a", 3]', b"[]", b"\xff\xfe"])
def test_broken_drops_and_files_are_left_to_the_window(filled, bad):
    data = QMimeData()
    data.setData(ENTRIES_MIME, bad)
    assert not enter(filled, data, at(filled, 0.5, 0.5)).isAccepted()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/loop.wav")])
    assert not enter(filled, files, at(filled, 0.5, 0.5)).isAccepted()


# --- hints, colours, readers -----------------------------------------------------------------------


def test_an_empty_pad_says_how_to_begin_and_offers_the_demo(pad):
    assert pad.welcome.isVisible()
    got = []
    pad.demo_requested.connect(lambda: got.append(1))
    QTest.mouseClick(pad.welcome.demo_button, LEFT)
    assert got == [1]
    for size in ((280, 220), (1004, 706)):
        pad.resize(*size)
        assert pad.rect().contains(pad.welcome.geometry())
        assert not pad.welcome.geometry().intersects(pad.mode_chips.geometry())
    fill(pad)
    assert not pad.welcome.isVisible()


def test_the_colours_change_while_it_is_shown(qtbot):
    theme = load_theme(resources_dir() / "themes" / "dark.json")
    pad = fill(shown_pad(qtbot, theme))
    pad.set_blend(Blend(("a", "b"), (0.6, 0.4)))
    pad.set_cursor(PadPoint(0.5, 0.3))
    dark = pixels(pad)
    theme.load(resources_dir() / "themes" / "light.json")
    light = pixels(pad)
    assert light.mean() > dark.mean() + 100
    fresh = fill(shown_pad(qtbot, theme))
    fresh.set_blend(Blend(("a", "b"), (0.6, 0.4)))
    fresh.set_cursor(PadPoint(0.5, 0.3))
    assert np.array_equal(pixels(fresh), light), "nothing is left of the colours before"


def test_texts_are_told_anew_when_the_language_changes(filled):
    filled.setAccessibleName("")
    filled.mode_chips.blend_button.setText("")
    QApplication.sendEvent(filled, QEvent(QEvent.Type.LanguageChange))
    QApplication.sendEvent(filled.mode_chips, QEvent(QEvent.Type.LanguageChange))
    assert filled.accessibleName()
    assert filled.mode_chips.blend_button.text()


def test_screen_readers_are_told_what_is_heard_and_where(filled):
    QAccessible.setActive(True)
    try:
        filled.set_cursor(PadPoint(0.25, 0.5))
        filled.set_blend(Blend(("a", "c"), (0.7, 0.3)))
    finally:
        QAccessible.setActive(False)
    assert filled.heard_chips.spoken == "Amen 70%, Choir 30%"
    assert filled.heard_chips.accessibleDescription() == filled.heard_chips.spoken
    assert filled.heard_chips.accessibleName()
