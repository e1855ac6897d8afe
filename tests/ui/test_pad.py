"""The latent pad as a widget: presses, drags and keys in, signals out."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from morphstudio.library.sounds import Family
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.ui.pad import PadDot
from morphstudio.ui.pad_chips import percentages
from tests.ui.pad_driver import (
    CONTROL,
    LEFT,
    NONE,
    RIGHT,
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
    return shown_pad(qtbot, theme)


@pytest.fixture
def filled(pad):
    return fill(pad)


def test_pixels_and_pad_units_are_inverse(pad):
    frame = pad.frame()
    for point in (PadPoint(0, 0), PadPoint(1, 1), PadPoint(0.3, 0.7)):
        back = frame.to_pad(frame.to_px(point))
        assert (back.x, back.y) == pytest.approx((point.x, point.y))
    assert frame.to_px(PadPoint(0.5, 1.0)).y() < frame.to_px(PadPoint(0.5, 0.0)).y()


def test_a_press_picks_a_point_in_pad_units(filled):
    picked, ended = record(filled.point_picked), record(filled.pick_ended)
    QTest.mousePress(filled, LEFT, NONE, at(filled, 0.5, 0.45))
    assert len(picked) == 1
    assert isinstance(picked[0], PadPoint)
    assert (picked[0].x, picked[0].y) == pytest.approx((0.5, 0.45), abs=2e-3)
    assert not ended
    QTest.mouseRelease(filled, LEFT, NONE, at(filled, 0.5, 0.45))
    assert len(ended) == 1


def test_a_drag_picks_on_every_move_and_stays_on_the_pad(filled):
    picked = record(filled.point_picked)
    drag(filled, LEFT, at(filled, 0.5, 0.5), QPoint(5000, -5000))
    assert len(picked) == 7
    assert all(0 <= p.x <= 1 and 0 <= p.y <= 1 for p in picked)
    assert picked[-1] == PadPoint(1.0, 1.0)


def test_a_press_on_a_dot_is_exactly_the_dot(filled):
    picked = record(filled.point_picked)
    QTest.mousePress(filled, LEFT, NONE, at(filled, 0.2, 0.2) + QPoint(3, -2))
    assert picked == [PadPoint(0.2, 0.2)]
    QTest.mouseRelease(filled, LEFT)


def test_a_press_ends_when_the_pad_is_hidden(filled):
    picked, ended = record(filled.point_picked), record(filled.pick_ended)
    QTest.mousePress(filled, LEFT, NONE, at(filled, 0.5, 0.5))
    filled.hide()
    assert len(ended) == 1
    filled.show()
    QTest.mouseMove(filled, at(filled, 0.6, 0.6))
    assert len(picked) == 1


def test_moving_without_a_press_picks_nothing(filled):
    picked = record(filled.point_picked)
    QTest.mouseMove(filled, at(filled, 0.5, 0.5))
    QTest.mouseMove(filled, at(filled, 0.6, 0.5))
    assert not picked


def test_an_empty_pad_picks_nothing(pad):
    picked = record(pad.point_picked)
    QTest.mouseClick(pad, LEFT, NONE, QPoint(300, 300))
    QTest.keyClick(pad, Qt.Key.Key_Right)
    assert not picked


@pytest.mark.parametrize(("button", "modifiers"), [(LEFT, CONTROL), (RIGHT, NONE)])
def test_a_dot_can_be_dragged(filled, button, modifiers):
    picked, moved, done = (
        record(s) for s in (filled.point_picked, filled.dots_moved, filled.dots_moved_finished)
    )
    drag(filled, button, at(filled, 0.2, 0.2), at(filled, 0.4, 0.5), modifiers)
    assert not picked
    assert all(points.keys() == {"a"} for points in moved)
    assert (moved[-1]["a"].x, moved[-1]["a"].y) == pytest.approx((0.4, 0.5), abs=5e-3)
    assert len(done) == 1
    assert (filled.place_of("a") - QPointF(at(filled, 0.4, 0.5))).manhattanLength() < 4


def test_a_dragged_dot_stays_on_the_pad(filled):
    moved = record(filled.dots_moved)
    drag(filled, RIGHT, at(filled, 0.2, 0.2), QPoint(-900, 9000))
    assert moved[-1]["a"] == PadPoint(0.0, 0.0)


def test_ctrl_drag_beside_dots_still_picks(filled):
    picked, moved = record(filled.point_picked), record(filled.dots_moved)
    drag(filled, LEFT, at(filled, 0.5, 0.4), at(filled, 0.5, 0.5), CONTROL)
    assert picked
    assert not moved


def test_the_answer_to_a_dragged_dot_does_not_end_the_drag(filled):
    """The controller sends all dots back on each move."""
    filled.dots_moved.connect(lambda _: filled.set_dots(list(filled.dots.values())))
    moved, done = record(filled.dots_moved), record(filled.dots_moved_finished)
    drag(filled, RIGHT, at(filled, 0.2, 0.2), at(filled, 0.6, 0.6))
    assert len(moved) == 6
    assert len(done) == 1


def test_a_dot_removed_while_it_is_dragged_is_let_go(filled):
    QTest.mousePress(filled, RIGHT, NONE, at(filled, 0.2, 0.2))
    filled.set_dots([PadDot("b", "Bass", Family.BASS, PadPoint(0.8, 0.2))])
    moved = record(filled.dots_moved)
    QTest.mouseMove(filled, at(filled, 0.5, 0.5))
    QTest.mouseRelease(filled, RIGHT, NONE, at(filled, 0.5, 0.5))
    assert not moved


def test_delete_asks_to_remove_the_hovered_dot_only(filled):
    removed = record(filled.removals_requested)
    QTest.mouseMove(filled, at(filled, 0.5, 0.4))
    QTest.keyClick(filled, Qt.Key.Key_Delete)
    assert not removed
    QTest.mouseMove(filled, at(filled, 0.5, 0.8))
    QTest.keyClick(filled, Qt.Key.Key_Delete)
    assert removed == [("c",)]


@pytest.mark.parametrize(
    ("key", "modifiers", "dx", "dy"),
    [
        (Qt.Key.Key_Right, NONE, 0.01, 0.0),
        (Qt.Key.Key_Left, NONE, -0.01, 0.0),
        (Qt.Key.Key_Up, NONE, 0.0, 0.01),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, 0.0, -0.002),
    ],
)
def test_arrows_move_the_cursor(filled, key, modifiers, dx, dy):
    filled.set_cursor(PadPoint(0.3, 0.4))
    picked, ended = record(filled.point_picked), record(filled.pick_ended)
    QTest.keyClick(filled, key, modifiers)
    assert (picked[0].x, picked[0].y) == pytest.approx((0.3 + dx, 0.4 + dy))
    assert len(ended) == 1


def test_home_goes_to_the_centre_and_arrows_stop_at_the_rim(filled):
    picked = record(filled.point_picked)
    QTest.keyClick(filled, Qt.Key.Key_Home)
    assert picked == [PadPoint(0.5, 0.5)]
    filled.set_cursor(PadPoint(0.995, 0.5))
    QTest.keyClick(filled, Qt.Key.Key_Right)
    assert picked[-1] == PadPoint(1.0, 0.5)


def test_setting_the_cursor_is_not_picking(filled):
    picked = record(filled.point_picked)
    filled.set_cursor(PadPoint(0.1, 0.1))
    filled.set_cursor(None)
    assert not picked


def test_what_is_heard_is_shown(filled):
    plain = pixels(filled)
    filled.set_cursor(PadPoint(0.5, 0.4))
    filled.set_blend(Blend(("a", "b", "c"), (0.5, 0.3, 0.2)))
    blended = pixels(filled)
    assert (blended != plain).any(axis=2).sum() > 5000
    x, y = at(filled, 0.5, 0.35).toTuple()
    assert blended[y, x].sum() > plain[y, x].sum()
    filled.set_cursor(None)
    filled.set_blend(None)
    assert np.array_equal(pixels(filled), plain)


def test_a_blend_of_unknown_sounds_is_no_trouble(filled):
    filled.set_blend(Blend(("gone", "a"), (0.7, 0.3)))
    filled.set_edges([("a", "gone")])
    assert pixels(filled).std() > 0


def test_the_hint_goes_after_the_first_press(filled):
    corner = (slice(-50, None), slice(-220, None))
    hinted = pixels(filled)[corner].copy()
    QTest.mouseClick(filled, LEFT, NONE, at(filled, 0.3, 0.5))
    assert not np.array_equal(pixels(filled)[corner], hinted)


def test_no_timer_runs_when_idle_or_hidden(filled, qtbot):
    assert not filled._timer.isActive()
    drag(filled, LEFT, at(filled, 0.4, 0.4), at(filled, 0.6, 0.6))
    assert filled._timer.isActive()
    qtbot.waitUntil(lambda: not filled._timer.isActive(), timeout=4000)
    drag(filled, LEFT, at(filled, 0.4, 0.4), at(filled, 0.6, 0.6))
    assert filled._timer.isActive()
    filled.hide()
    assert not filled._timer.isActive()


def test_percentages_sum_to_a_hundred():
    rng = np.random.default_rng(0)
    for n in (1, 2, 3):
        for weights in rng.dirichlet(np.ones(n), 200):
            whole = percentages(weights.tolist())
            assert sum(whole) == 100
            assert all(abs(w - 100 * e) < 1 for w, e in zip(whole, weights, strict=True))


def test_dragging_paints_far_faster_than_building_the_backdrop(pad):
    """The point of the kept backdrop, as a ratio: a move costs a small part of the whole picture."""
    pad.resize(1004, 706)
    model = crowd(pad, 200)
    image = QImage(pad.size(), QImage.Format.Format_ARGB32_Premultiplied)
    clock = QElapsedTimer()

    def cost_ms(prepare) -> float:
        times = []
        for i in range(9):
            prepare(i)
            clock.start()
            pad.render(image)
            times.append(clock.nsecsElapsed() / 1e6)
        return float(np.median(times))

    def move(i):
        point = PadPoint(0.3 + 0.02 * i, 0.5)
        pad.set_cursor(point)
        pad.set_blend(model.blend_at(point))

    whole_ms = cost_ms(lambda _: pad._painter.forget_dots())
    assert cost_ms(move) < 0.5 * whole_ms


def test_a_drag_paints_once_for_each_tick_not_for_each_move(filled, qtbot):
    """Also not for what follows the cursor: the sliders, the chips."""
    filled.point_picked.connect(lambda _: filled.set_blend(Blend(("a", "b"), (0.6, 0.4))))
    painted, n_moves = Paints(filled), 120
    filled.installEventFilter(painted)
    QTest.mousePress(filled, LEFT, NONE, at(filled, 0.3, 0.5))
    clock = QElapsedTimer()
    clock.start()
    for i in range(n_moves):
        QTest.mouseMove(filled, at(filled, 0.3 + 0.003 * i, 0.5))
        qtbot.wait(2)
    n_ticks = clock.elapsed() / 16
    QTest.mouseRelease(filled, LEFT)
    filled.removeEventFilter(painted)
    assert 2 <= painted.count <= n_ticks + 3
    assert painted.count < n_moves


class Paints(QObject):
    count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_it_has_a_name_for_screen_readers_and_takes_the_keyboard(pad):
    assert pad.accessibleName()
    assert "arrow" in pad.accessibleDescription().lower()
    assert pad.focusPolicy() == Qt.FocusPolicy.StrongFocus
