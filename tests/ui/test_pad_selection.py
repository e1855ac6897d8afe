"""Several dots at once: selected by a box or keys, moved and removed together; dots walked by Tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad import LatentPad
from tests.ui.pad_driver import (
    ALT,
    CONTROL,
    LEFT,
    NONE,
    RIGHT,
    SHIFT,
    at,
    crowd,
    drag,
    fill,
    pixels,
    record,
    shown_pad,
)


@pytest.fixture
def pad(qtbot, theme):
    return fill(shown_pad(qtbot, theme))


@pytest.mark.parametrize(("button", "modifiers"), [(LEFT, SHIFT), (RIGHT, NONE)])
def test_a_box_selects_the_dots_in_it(pad, button, modifiers):
    picked, selections = record(pad.point_picked), record(pad.selection_changed)
    plain = pixels(pad)
    drag(pad, button, at(pad, 0.05, 0.05), at(pad, 0.95, 0.4), modifiers)
    assert selections[-1] == ("a", "b")
    assert pad.selected == ("a", "b")
    assert not picked
    x, y = pad.place_of("a").toPoint().toTuple()
    around = (slice(y - 12, y + 12), slice(x - 12, x + 12))
    assert (pixels(pad)[around] != plain[around]).any()


def test_shift_adds_to_the_selection_by_box_and_by_press(pad):
    pad.select(["c"])
    drag(pad, LEFT, at(pad, 0.1, 0.1), at(pad, 0.4, 0.4), SHIFT)
    assert set(pad.selected) == {"a", "c"}
    QTest.mouseClick(pad, LEFT, SHIFT, at(pad, 0.8, 0.2))
    assert set(pad.selected) == {"a", "b", "c"}
    QTest.mouseClick(pad, LEFT, SHIFT, at(pad, 0.5, 0.8))
    assert set(pad.selected) == {"a", "b"}


def test_selecting_all_removing_and_letting_go(pad):
    removed, selections = record(pad.removals_requested), record(pad.selection_changed)
    QTest.keyClick(pad, Qt.Key.Key_A, CONTROL)
    assert selections[-1] == ("a", "b", "c")
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert removed == [("a", "b", "c")]
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    assert selections[-1] == ()
    QTest.mouseMove(pad, at(pad, 0.5, 0.5))
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert len(removed) == 1


def test_a_removed_dot_is_no_longer_selected(pad):
    pad.select(["a", "b"])
    selections = record(pad.selection_changed)
    pad.set_dots([dot for i, dot in pad.dots.items() if i != "a"])
    assert selections == [("b",)]


def test_selected_dots_move_together_and_keep_their_shape(pad):
    pad.select(["a", "b"])
    moved, done = record(pad.dots_moved), record(pad.dots_moved_finished)
    drag(pad, RIGHT, at(pad, 0.2, 0.2), at(pad, 0.3, 0.4))
    assert moved[-1].keys() == {"a", "b"}
    a, b = moved[-1]["a"], moved[-1]["b"]
    assert (a.x, a.y) == pytest.approx((0.3, 0.4), abs=5e-3)
    assert (b.x - a.x, b.y - a.y) == pytest.approx((0.6, 0.0))
    assert len(done) == 1
    drag(pad, RIGHT, at(pad, 0.3, 0.4), QPoint(5000, -3000))
    assert (moved[-1]["b"].x, moved[-1]["a"].y) == pytest.approx((1.0, 1.0))
    assert moved[-1]["b"].x - moved[-1]["a"].x == pytest.approx(0.6)


def test_a_dot_beside_the_selection_moves_alone(pad):
    pad.select(["a", "b"])
    moved = record(pad.dots_moved)
    drag(pad, RIGHT, at(pad, 0.5, 0.8), at(pad, 0.5, 0.6))
    assert all(points.keys() == {"c"} for points in moved)


def test_alt_and_a_drag_take_what_is_heard_out(pad):
    lifted, picked, moved = record(pad.drag_out_requested), record(pad.point_picked), record(pad.dots_moved)
    QTest.mouseClick(pad, LEFT, ALT, at(pad, 0.5, 0.5))
    assert not lifted
    drag(pad, LEFT, at(pad, 0.5, 0.5), at(pad, 0.7, 0.7), ALT)
    assert len(lifted) == 1
    assert not picked
    assert not moved
    assert not pad.is_held
    QTest.mouseClick(pad, LEFT, NONE, at(pad, 0.5, 0.5))
    assert len(picked) == 1


@pytest.fixture
def between(qtbot, theme):
    """A pad between two buttons, in an active window."""
    window = QWidget()
    qtbot.addWidget(window)
    before, after = QPushButton("before"), QPushButton("after")
    pad = fill(LatentPad(theme))
    column = QVBoxLayout(window)
    for widget in (before, pad, after):
        column.addWidget(widget)
    window.resize(900, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus(Qt.FocusReason.TabFocusReason)
    yield before, pad, after
    window.close()


def test_tab_walks_the_dots_and_leaves_after_the_last(between):
    before, pad, after = between
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert pad.hasFocus()
    walked = []
    for _ in range(3):
        QTest.keyClick(pad, Qt.Key.Key_Tab)
        walked.append(pad._scene.focused)
    assert walked == ["a", "c", "b"], "from left to right"
    assert "Bass" in pad.accessibleName()
    QTest.keyClick(pad, Qt.Key.Key_Backtab)
    assert pad._scene.focused == "c"
    reached = []
    for _ in range(8):
        here = pad.window().focusWidget()
        reached.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert pad.mode_chips.blend_button in reached or pad.mode_chips.explore_button in reached
    assert {pad.sliders.across, pad.sliders.up, after} <= set(reached)


def test_backtab_leaves_through_the_pad_itself(between):
    before, pad, _ = between
    QTest.keyClick(before, Qt.Key.Key_Tab)
    QTest.keyClick(pad, Qt.Key.Key_Tab)
    QTest.keyClick(pad, Qt.Key.Key_Backtab)
    assert pad.hasFocus()
    assert pad._scene.focused == ""
    QTest.keyClick(pad, Qt.Key.Key_Backtab)
    assert before.hasFocus()


def test_the_focused_dot_is_heard_and_removed_by_keys(between):
    before, pad, _ = between
    heard, removed = record(pad.audition_requested), record(pad.removals_requested)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert not heard
    QTest.keyClick(pad, Qt.Key.Key_Tab)
    QTest.keyClick(pad, Qt.Key.Key_Return)
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert (heard, removed) == (["a"], [("a",)])


def test_a_walked_dot_comes_into_sight(pad):
    crowd(pad, 60)
    pad.setFocus()
    pad.zoom_about(pad.rect().center().toPointF(), 6.0)
    for _ in range(20):
        QTest.keyClick(pad, Qt.Key.Key_Tab)
        assert pad.rect().contains(pad.place_of(pad._scene.focused).toPoint())


def test_the_sliders_follow_and_pick(pad):
    picked, ended = record(pad.point_picked), record(pad.pick_ended)
    pad.set_cursor(PadPoint(0.1234, 0.75))
    across, up = pad.sliders.across, pad.sliders.up
    assert (across.value(), up.value()) == (123, 750)
    assert across.accessibleName() != up.accessibleName()
    assert not picked
    QTest.keyClick(up, Qt.Key.Key_Up)
    assert picked == [PadPoint(0.1234, 0.76)]
    assert len(ended) == 1
    QTest.keyClick(across, Qt.Key.Key_Left)
    assert picked[-1] == PadPoint(0.113, 0.76)


def test_the_sliders_are_seen_only_with_the_focus_and_never_in_the_mouse_s_way(between):
    _, pad, _ = between
    corner = (slice(-8, None), slice(None))
    resting = pixels(pad)[corner]
    pad.sliders.across.setFocus()
    assert not (pixels(pad)[corner] == resting).all()
    picked = record(pad.point_picked)
    QTest.mouseClick(pad, LEFT, NONE, QPoint(3, pad.height() - 3))
    assert len(picked) == 1
