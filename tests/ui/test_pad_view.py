"""Zoom and pan: what is near the mouse stays there, nothing leaves the pad, picks stay right."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad_view import MOST_ZOOM, PadFrame, PadView
from tests.ui.pad_driver import LEFT, MIDDLE, NONE, RIGHT, SHIFT, at, drag, fill, record, shown_pad

WHOLE = PadFrame(16.0, 50.0, 900.0, 600.0)


@pytest.fixture
def pad(qtbot, theme):
    return fill(shown_pad(qtbot, theme))


def wheel(pad, place, notches, modifiers=NONE, pixels=(0, 0), phase=Qt.ScrollPhase.NoScrollPhase):
    dx, dy = notches if isinstance(notches, tuple) else (0, notches)
    event = QWheelEvent(
        QPointF(place),
        QPointF(pad.mapToGlobal(place)),
        QPoint(*pixels),
        QPoint(round(120 * dx), round(120 * dy)),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
    )
    QApplication.sendEvent(pad, event)


def corners_seen(pad) -> tuple[PadPoint, PadPoint]:
    whole, frame = pad._scene.whole, pad.frame()
    low = QPointF(whole.left, whole.top + whole.height)
    return frame.to_pad(low), frame.to_pad(QPointF(whole.left + whole.width, whole.top))


@pytest.mark.parametrize("factor", [1.3, 4.0, 100.0])
def test_what_lies_under_the_mouse_stays_there(factor):
    rng = np.random.default_rng(0)
    view = PadView()
    for x, y in rng.uniform(0.2, 0.8, (20, 2)):
        place = QPointF(WHOLE.left + x * WHOLE.width, WHOLE.top + y * WHOLE.height)
        before = view.frame(WHOLE).to_pad(place)
        nearer = view.zoomed(factor, place, WHOLE)
        after = nearer.frame(WHOLE).to_pad(place)
        assert (after.x, after.y) == pytest.approx((before.x, before.y))
        assert 1.0 < nearer.zoom <= MOST_ZOOM


def test_the_view_never_leaves_the_pad():
    rng = np.random.default_rng(1)
    view = PadView()
    for factor, *place in rng.uniform([0.4, -500, -500], [2.5, 1500, 1500], (300, 3)):
        view = view.zoomed(factor, QPointF(*place), WHOLE).panned(QPointF(*place) / 3, WHOLE)
        frame = view.frame(WHOLE)
        assert frame.left <= WHOLE.left + 1e-6
        assert frame.top <= WHOLE.top + 1e-6
        assert frame.left + frame.width >= WHOLE.left + WHOLE.width - 1e-6
        assert frame.top + frame.height >= WHOLE.top + WHOLE.height - 1e-6
        assert 1.0 <= view.zoom <= MOST_ZOOM


def test_the_wheel_zooms_and_a_badge_says_so(pad):
    assert not pad.zoom_badge.isVisible()
    place = at(pad, 0.3, 0.3)
    wheel(pad, place, 3)
    assert 1.5 < pad.zoom < 2.0
    assert pad.zoom_badge.isVisible()
    assert f"{round(100 * pad.zoom)}" in pad.zoom_badge.text()
    wheel(pad, place, 50)
    assert pad.zoom == MOST_ZOOM
    QTest.mouseClick(pad.zoom_badge, LEFT)
    assert pad.zoom == 1.0
    assert not pad.zoom_badge.isVisible()


def test_picks_and_dragged_dots_are_right_from_near(pad):
    wheel(pad, at(pad, 0.3, 0.3), 6)
    picked, moved = record(pad.point_picked), record(pad.dots_moved)
    place = at(pad, 0.35, 0.35)
    assert pad.rect().contains(place)
    QTest.mouseClick(pad, LEFT, NONE, place)
    assert (picked[-1].x, picked[-1].y) == pytest.approx((0.35, 0.35), abs=1e-3)
    drag(pad, RIGHT, at(pad, 0.2, 0.2), at(pad, 0.25, 0.3))
    assert (moved[-1]["a"].x, moved[-1]["a"].y) == pytest.approx((0.25, 0.3), abs=2e-3)


def test_snapping_is_as_near_in_pixels_whatever_the_zoom(pad):
    picked = record(pad.point_picked)
    for _ in range(2):
        QTest.mouseClick(pad, LEFT, NONE, at(pad, 0.2, 0.2) + QPoint(5, 4))
        assert picked[-1] == PadPoint(0.2, 0.2)
        assert pad._scene.is_snapped
        QTest.mouseClick(pad, LEFT, NONE, at(pad, 0.2, 0.2) + QPoint(9, 7))
        assert picked[-1] != PadPoint(0.2, 0.2)
        assert not pad._scene.is_snapped
        wheel(pad, at(pad, 0.2, 0.2), 8)


def test_the_middle_button_and_two_fingers_pan(pad):
    wheel(pad, at(pad, 0.5, 0.5), 6)
    picked = record(pad.point_picked)
    low, _ = corners_seen(pad)
    drag(pad, MIDDLE, QPoint(400, 300), QPoint(440, 280))
    after, _ = corners_seen(pad)
    width, height = pad.frame().width, pad.frame().height
    assert (after.x - low.x, after.y - low.y) == pytest.approx((-40 / width, -20 / height), abs=1e-6)
    wheel(pad, QPoint(400, 300), 0, pixels=(-30, 0), phase=Qt.ScrollPhase.ScrollUpdate)
    assert corners_seen(pad)[0].x == pytest.approx(after.x + 30 / width)
    before = corners_seen(pad)[0]
    wheel(pad, QPoint(400, 300), -1, SHIFT)
    assert corners_seen(pad)[0].x > before.x
    assert corners_seen(pad)[0].y == before.y
    assert not picked


def test_a_double_click_beside_dots_and_the_key_0_show_all(pad):
    wheel(pad, at(pad, 0.5, 0.5), 6)
    QTest.mouseDClick(pad, LEFT, NONE, at(pad, 0.5, 0.45))
    assert pad.zoom == 1.0
    picked = record(pad.point_picked)
    QTest.mouseDClick(pad, LEFT, NONE, at(pad, 0.5, 0.45))
    assert len(picked) >= 1, "on a pad that is seen whole it is a quick press like any other"
    QTest.keyClick(pad, Qt.Key.Key_Plus)
    assert pad.zoom > 1.0
    QTest.keyClick(pad, Qt.Key.Key_0)
    assert pad.zoom == 1.0


def test_keys_keep_what_they_pick_in_sight(pad):
    pad.set_cursor(PadPoint(0.5, 0.5))
    for _ in range(8):
        QTest.keyClick(pad, Qt.Key.Key_Plus)
    for _ in range(40):
        QTest.keyClick(pad, Qt.Key.Key_Right)
        assert pad.rect().contains(pad.frame().to_px(pad._scene.cursor).toPoint())
    assert pad._scene.cursor.x == pytest.approx(0.9)
