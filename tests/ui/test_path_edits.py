"""The points of a path on the pad: moved, added and removed by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.request import PadPoint
from tests.ui.pad_driver import LEFT, NONE, RIGHT, SHIFT, at, drag, pixels, record, shown_pad
from tests.ui.path_desk import PathDesk

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
PATH = GesturePath(
    (PathPoint(0.0, 0.3, 0.4), PathPoint(2.0, 0.7, 0.4), PathPoint(4.0, 0.5, 0.7)), 2, "Path 1"
)


@pytest.fixture
def desk(qtbot, theme, make_sound):
    desk = PathDesk(shown_pad(qtbot, theme), make_sound)
    desk.shelf.add(PATH)
    desk.keeper.edit()
    yield desk
    desk.close()


def points(desk):
    return desk.shelf.path.points


def test_a_dragged_point_is_one_change_and_nothing_is_picked(desk):
    picked = record(desk.pad.point_picked)
    n_changes = desk.history.n_changes
    drag(desk.pad, LEFT, desk.place_of(1), at(desk.pad, 0.8, 0.6))
    assert (points(desk)[1].x, points(desk)[1].y) == pytest.approx((0.8, 0.6), abs=0.01)
    assert points(desk)[1].t_beats == 2.0
    assert points(desk)[0] == PATH.points[0]
    assert not picked
    assert desk.history.n_changes == n_changes + 1
    desk.history.undo()
    assert desk.shelf.path == PATH
    assert desk.pad.path_layer.is_editing


def test_a_point_does_not_leave_the_pad_and_does_not_jump_under_the_mouse(desk):
    grip = desk.place_of(1) + QPoint(4, 3)
    QTest.mousePress(desk.pad, LEFT, NONE, grip)
    QTest.mouseMove(desk.pad, grip + QPoint(10, 0))
    moved = desk.place_of(1) - desk.pad.frame().to_px(_place(PATH.points[1])).toPoint()
    assert (moved - QPoint(10, 0)).manhattanLength() <= 1
    QTest.mouseMove(desk.pad, QPoint(9000, -9000))
    QTest.mouseRelease(desk.pad, LEFT, NONE, QPoint(9000, -9000))
    assert (points(desk)[1].x, points(desk)[1].y) == (1.0, 1.0)


def _place(point):
    return PadPoint(point.x, point.y)


def test_what_is_dragged_is_heard_before_it_is_let_go(desk):
    desk.keeper.play()
    desk.go_to(2.0)
    QTest.mousePress(desk.pad, LEFT, NONE, desk.place_of(1))
    QTest.mouseMove(desk.pad, at(desk.pad, 0.9, 0.2))
    desk.go_to(2.0)
    assert desk.keeper.state == "playing"
    assert desk.hearing.point.x == pytest.approx(0.9, abs=0.01)
    assert desk.shelf.path == PATH
    QTest.mouseRelease(desk.pad, LEFT, NONE, at(desk.pad, 0.9, 0.2))
    assert desk.shelf.path != PATH


def test_escape_puts_a_dragged_point_back_and_then_ends(desk):
    QTest.mousePress(desk.pad, LEFT, NONE, desk.place_of(1))
    QTest.mouseMove(desk.pad, at(desk.pad, 0.9, 0.2))
    desk.key(KEY.Key_Escape)
    assert desk.pad.path_layer.path == PATH
    QTest.mouseRelease(desk.pad, LEFT, NONE, at(desk.pad, 0.9, 0.2))
    assert desk.shelf.path == PATH
    desk.key(KEY.Key_Escape)
    assert not desk.pad.path_layer.is_editing
    drag(desk.pad, LEFT, desk.place_of(1), at(desk.pad, 0.9, 0.2))
    assert desk.shelf.path == PATH


def test_a_double_click_on_the_line_adds_a_point_there(desk):
    place = at(desk.pad, 0.5, 0.4)  # halfway from the first to the second
    picked = record(desk.pad.point_picked)
    QTest.mouseClick(desk.pad, LEFT, NONE, place)
    QTest.mouseDClick(desk.pad, LEFT, NONE, place)
    assert len(points(desk)) == 4
    assert points(desk)[1].t_beats == pytest.approx(1.0, abs=0.05)
    assert (points(desk)[1].x, points(desk)[1].y) == pytest.approx((0.5, 0.4), abs=0.01)
    assert desk.pad.path_layer.selected == 1
    assert not picked
    desk.history.undo()
    assert desk.shelf.path == PATH


def test_beside_the_line_the_pad_is_as_ever(desk):
    picked = record(desk.pad.point_picked)
    desk.press(0.2, 0.8)
    desk.release(0.2, 0.8)
    assert len(picked) == 1


@pytest.mark.parametrize("key", [KEY.Key_Delete, KEY.Key_Backspace])
def test_delete_removes_the_selected_point_and_no_dot(desk, key):
    removed = record(desk.pad.removals_requested)
    QTest.mouseClick(desk.pad, LEFT, NONE, desk.place_of(1))
    desk.key(key)
    assert points(desk) == (PATH.points[0], PATH.points[2])
    assert not removed


def test_the_last_point_stays(desk):
    for _ in range(5):
        QTest.mouseClick(desk.pad, LEFT, NONE, desk.place_of(0))
        desk.key(KEY.Key_Delete)
    assert len(points(desk)) == 1


@pytest.mark.parametrize(
    ("key", "modifiers", "change"),
    [
        (KEY.Key_Right, NONE, (0.0, 0.01, 0.0)),
        (KEY.Key_Down, SHIFT, (0.0, 0.0, -0.002)),
        (KEY.Key_Left, ALT, (-0.25, 0.0, 0.0)),
        (KEY.Key_Right, ALT, (0.25, 0.0, 0.0)),
    ],
)
def test_keys_select_and_move_a_point_each_as_a_change(desk, key, modifiers, change):
    picked = record(desk.pad.point_picked)
    desk.key(KEY.Key_Tab)
    desk.key(KEY.Key_Tab)
    assert "2" in desk.pad.accessibleName()
    desk.key(key, modifiers)
    now, was = points(desk)[1], PATH.points[1]
    assert (now.t_beats - was.t_beats, now.x - was.x, now.y - was.y) == pytest.approx(change)
    assert not picked
    desk.history.undo()
    assert desk.shelf.path == PATH


def test_a_point_stays_between_its_neighbours_in_time(desk):
    QTest.mouseClick(desk.pad, LEFT, NONE, desk.place_of(1))
    for _ in range(20):
        desk.key(KEY.Key_Right, ALT)
    assert points(desk)[1].t_beats == 4.0
    assert [point.t_beats for point in points(desk)] == [0.0, 4.0, 4.0]


def test_insert_adds_a_point_after_the_selected_one(desk):
    desk.key(KEY.Key_Backtab)
    desk.key(KEY.Key_Insert)
    assert points(desk)[3].t_beats == 6.0
    assert desk.pad.path_layer.selected == 3


def test_tab_leaves_the_points_after_the_last(desk):
    for _ in range(4):
        desk.key(KEY.Key_Tab)
    assert desk.pad.path_layer.selected is None


def test_arrows_without_a_selected_point_are_the_pads(desk):
    picked = record(desk.pad.point_picked)
    desk.key(KEY.Key_Right)
    assert len(picked) == 1


@pytest.mark.parametrize(
    ("place", "text", "n_points"),
    [
        ((0.7, 0.4), "Remove point", 2),
        ((0.7, 0.4), "Add point after it", 4),
        ((0.5, 0.4), "Add point here", 4),
    ],
)
def test_the_menu_of_a_point_and_of_the_line(desk, place, text, n_points):
    QTest.mouseClick(desk.pad, RIGHT, NONE, at(desk.pad, *place))
    menu = next(menu for menu in desk.pad.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()
    QTest.qWait(1)
    assert len(points(desk)) == n_points


def test_undo_in_the_midst_of_a_drag_lets_go(desk):
    desk.key(KEY.Key_Tab)
    desk.key(KEY.Key_Right)
    QTest.mousePress(desk.pad, LEFT, NONE, desk.place_of(1))
    QTest.mouseMove(desk.pad, at(desk.pad, 0.9, 0.2))
    desk.history.undo()
    QTest.mouseMove(desk.pad, at(desk.pad, 0.9, 0.3))
    QTest.mouseRelease(desk.pad, LEFT, NONE, at(desk.pad, 0.9, 0.3))
    assert desk.shelf.path == PATH


def test_editing_ends_with_the_path_and_in_the_other_mode(desk):
    desk.pad.set_mode("explore")
    assert not desk.pad.path_layer.is_editing
    desk.pad.set_mode("blend")
    desk.keeper.edit()
    desk.shelf.remove()
    assert not desk.pad.path_layer.is_editing
    assert not desk.pad.path_bar.view.is_editing
    picked = record(desk.pad.point_picked)
    desk.press(0.3, 0.4)
    desk.release(0.3, 0.4)
    assert len(picked) == 1


def test_points_are_seen_only_while_they_can_be_moved(desk):
    edited = pixels(desk.pad)
    x, y = desk.place_of(1).toTuple()
    desk.keeper.toggle_editing()
    plain = pixels(desk.pad)
    spot = (slice(y - 6, y + 7), slice(x - 6, x + 7))
    assert not (edited[spot] == plain[spot]).all()


def test_the_line_follows_zoom_and_size(desk):
    desk.pad.zoom_about(desk.pad.frame().to_px(_place(PATH.points[1])), 3.0)
    drag(desk.pad, LEFT, desk.place_of(1), at(desk.pad, 0.72, 0.45))
    assert (points(desk)[1].x, points(desk)[1].y) == pytest.approx((0.72, 0.45), abs=0.01)
    desk.pad.resize(500, 400)
    QTest.qWait(1)
    desk.pad.show_all()
    drag(desk.pad, LEFT, desk.place_of(1), at(desk.pad, 0.6, 0.2))
    assert (points(desk)[1].x, points(desk)[1].y) == pytest.approx((0.6, 0.2), abs=0.01)
