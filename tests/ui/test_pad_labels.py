"""Names on the pad: they cover neither each other, nor dots, nor the ring, nor the controls."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer, QPointF, QRectF
from PySide6.QtTest import QTest

from morphstudio.library.sounds import Family
from morphstudio.morph.pad import PadModel
from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad import PadDot
from morphstudio.ui.pad_art import LIT_SCALE, dot_radius
from morphstudio.ui.pad_labels import RING_REACH_PX, place_labels
from tests.ui.pad_driver import NONE, RIGHT, crowd, record, shown_pad


@pytest.fixture
def pad(qtbot, theme):
    return shown_pad(qtbot, theme, (1004, 706))


def shown_names(pad) -> dict[str, QRectF]:
    """Where each name is in the picture that would be painted now, by its text's picture."""
    scene, picture = pad._scene, pad._picture()
    radius = dot_radius(len(scene.dots), pad.zoom)
    ring = None if scene.cursor is None else scene.frame.to_px(scene.cursor)
    task = pad._painter._label_task(scene, picture, radius, ring)
    pieces = pad._painter._labels.pieces(task)
    return {f"{i}": QRectF(place, text.deviceIndependentSize()) for i, (place, text) in enumerate(pieces)}


def gap(rect: QRectF, place: QPointF) -> float:
    x = min(max(place.x(), rect.left()), rect.right())
    y = min(max(place.y(), rect.top()), rect.bottom())
    return float(np.hypot(x - place.x(), y - place.y()))


def check(pad) -> int:
    """Nothing is covered; tells how many names are shown."""
    scene, rects = pad._scene, list(shown_names(pad).values())
    radius = dot_radius(len(scene.dots), pad.zoom) * LIT_SCALE
    controls = [QRectF(c.geometry()) for c in (pad.mode_chips, pad.zoom_badge) if c.isVisible()]
    for i, rect in enumerate(rects):
        assert QRectF(pad.rect()).contains(rect)
        assert not any(rect.intersects(other) for other in [*rects[i + 1 :], *controls])
        assert rect.bottom() <= pad.heard_chips.geometry().top()
        if scene.cursor is not None:
            assert gap(rect, scene.frame.to_px(scene.cursor)) >= RING_REACH_PX - 1e-6
        assert all(gap(rect, scene.places[lit]) >= radius - 1e-6 for lit in scene.lit)
    return len(rects)


@pytest.mark.parametrize("n_dots", [3, 18, 200])
@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_no_name_covers_anything_wherever_the_cursor_is(pad, n_dots, zoom):
    model = crowd(pad, n_dots)
    pad.zoom_about(QPointF(500, 350), zoom)
    rng = np.random.default_rng(n_dots)
    spots = [PadPoint(*spot) for spot in rng.uniform(0, 1, (25, 2))] + list(model.dots.values())[:10]
    for point in spots:
        pad.set_cursor(point)
        pad.set_blend(model.blend_at(point))
        check(pad)


def test_names_are_where_there_is_room(pad):
    crowd(pad, 18)
    assert check(pad) >= 17


def test_what_is_heard_keeps_its_name_even_in_a_crowd(pad):
    dots = [
        PadDot(f"s{i}", f"A rather long name {i}", Family.SYNTH, PadPoint(0.45 + 0.01 * i, 0.5))
        for i in range(12)
    ]
    pad.set_dots(dots)
    assert len(shown_names(pad)) < len(dots)
    model = PadModel()
    for i, dot in enumerate(dots):
        model.place(dot.sound_id, np.array([float(i)]), dot.point)
    for dot in dots:
        pad.set_cursor(dot.point)
        pad.set_blend(model.blend_at(dot.point))
        check(pad)
        assert bold_names(pad) == {dot.name}


def bold_names(pad) -> set[str]:
    labels = pad._painter._labels
    labels._texts = {key: text for key, text in labels._texts.items() if not key[1]}
    shown_names(pad)
    return {name for name, is_bold, _ in labels._texts if is_bold}


def test_hidden_names_appear_under_the_mouse_and_from_near(pad):
    crowd(pad, 200)
    everything = len(pad.dots)
    n_shown = check(pad)
    assert n_shown < everything
    hidden = hidden_dot(pad)
    QTest.mouseMove(pad, pad.place_of(hidden).toPoint())
    assert near_names(pad, hidden)
    check(pad)
    pad.zoom_about(pad.place_of(hidden), 8.0)
    QTest.mouseMove(pad, pad.rect().bottomLeft())
    assert near_names(pad, hidden)


def hidden_dot(pad) -> str:
    shown_names(pad)
    resting = pad._painter._labels._resting
    return next(i for i in pad.dots if i not in resting)


def near_names(pad, sound_id) -> bool:
    return any(gap(rect, pad.place_of(sound_id)) < 26 for rect in shown_names(pad).values())


def test_a_name_stays_on_its_side_while_nothing_is_in_its_way(pad):
    """Small moves of the cursor far away move no name."""
    model = crowd(pad, 18)
    seen = []
    for i in range(12):
        point = PadPoint(0.5 + 0.0005 * i, 0.5)
        pad.set_cursor(point)
        pad.set_blend(model.blend_at(point))
        seen.append(sorted(rect.topLeft().toTuple() for rect in shown_names(pad).values()))
    assert len({tuple(places) for places in seen}) <= 2


@pytest.mark.parametrize("n_dots", [1, 18, 60, 200])
@pytest.mark.parametrize("size", [(1004, 706), (690, 430), (280, 220)])
def test_names_at_rest_cover_neither_dots_nor_each_other(n_dots, size, pad):
    pad.resize(*size)
    model = crowd(pad, n_dots)
    rng = np.random.default_rng(n_dots)
    places = [pad.frame().to_px(point) for point in model.dots.values()]
    sizes = [(float(w), 18.0) for w in rng.integers(20, 150, n_dots)]
    radius, area = dot_radius(n_dots), QRectF(pad.rect())
    placed = [place[1] for place in place_labels(sizes, places, radius, area) if place is not None]
    assert placed or n_dots > 1
    for i, rect in enumerate(placed):
        assert area.contains(rect)
        assert not any(rect.intersects(other) for other in placed[i + 1 :])
        assert all(gap(rect, place) > radius for place in places)
    if size == (1004, 706):
        assert len(placed) >= min(n_dots, 60) * 0.9 or n_dots == 200


def test_two_hundred_names_cost_little_while_the_cursor_moves(pad):
    """As a ratio: placing all of them anew on each move would cost ten times as much."""
    model = crowd(pad, 200)
    clock, moving, anew = QElapsedTimer(), [], []
    for i in range(15):
        point = PadPoint(0.3 + 0.02 * i, 0.5)
        pad.set_cursor(point)
        pad.set_blend(model.blend_at(point))
        for times in (moving, anew):
            if times is anew:
                pad._painter._labels.forget_places()
            clock.start()
            shown_names(pad)
            times.append(clock.nsecsElapsed())
    assert np.median(moving) < 0.5 * np.median(anew)


def test_moving_a_dot_moves_no_other_name(pad):
    crowd(pad, 40)
    before = {i: rect.topLeft().toTuple() for i, rect in resting(pad).items()}
    moved = record(pad.dots_moved)
    dot = pad.place_of("s7").toPoint()
    QTest.mousePress(pad, RIGHT, NONE, dot)
    QTest.mouseMove(pad, dot * 0.9)
    assert moved
    now = {i: rect.topLeft().toTuple() for i, rect in resting(pad).items()}
    assert now == {i: place for i, place in before.items() if i != "s7"}
    QTest.mouseRelease(pad, RIGHT, NONE, dot * 0.9)


def resting(pad) -> dict[str, QRectF]:
    shown_names(pad)
    return pad._painter._labels._resting
