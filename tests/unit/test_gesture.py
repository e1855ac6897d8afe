"""Gestures: where they are, how they go round, how they are recorded, thinned, smoothed and quantised."""

import math
from itertools import pairwise

import numpy as np
import pytest

from morphstudio.errors import ParameterError
from morphstudio.morph.gesture import GesturePath, PathPoint, PathRecorder
from morphstudio.morph.request import PadPoint

N_BEATS = 8.0
TIMES = np.arange(0.0, N_BEATS, 1 / 64)


def random_path(seed, n_points=9, is_smooth=False):
    rng = np.random.default_rng(seed)
    times = np.sort(rng.uniform(0.0, N_BEATS, n_points))
    places = rng.uniform(0.0, 1.0, (n_points, 2))
    points = tuple(PathPoint(*map(float, (t, x, y))) for t, (x, y) in zip(times, places, strict=True))
    return GesturePath(points, 2, is_smooth=is_smooth)


def hand(t_beats):
    """A gesture that a hand may make, for any time: (x, y)."""
    turn = 2.0 * math.pi * t_beats / N_BEATS
    return 0.5 + 0.35 * math.sin(turn), 0.5 + 0.3 * math.sin(2.0 * turn + 0.4)


def recorded(first, last, gesture=hand, step=1 / 30):
    recorder = PathRecorder(2)
    for beat in np.arange(first, last, step):
        recorder.add(float(beat), *gesture(beat))
    return recorder


@pytest.mark.parametrize("is_smooth", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_it_goes_through_its_points_and_round_its_end_without_a_jump(seed, is_smooth):
    path = random_path(seed, is_smooth=is_smooth)
    for point in path.points:
        place = path.place_at(point.t_beats, N_BEATS)
        assert (place.x, place.y) == pytest.approx((point.x, point.y))
        assert path.place_at(point.t_beats - 3 * N_BEATS, N_BEATS).x == pytest.approx(place.x)
    fine = path.places_at(np.arange(0.0, N_BEATS + 0.01, 1e-3), N_BEATS)
    speeds = [
        math.dist((a.x, a.y), (b.x, b.y)) / ((b.t_beats - a.t_beats) % N_BEATS)
        for a, b in pairwise([*path.points, path.points[0]])
    ]
    assert np.hypot(*np.diff(fine, axis=0).T).max() <= 3.0 * max(speeds) * 1e-3


@pytest.mark.parametrize("seed", range(5))
def test_a_curve_stays_between_neighbours_and_has_no_corners(seed):
    path = random_path(seed, is_smooth=True)
    straight = GesturePath(path.points, 2)
    for before, after in pairwise(path.points):
        times = np.linspace(before.t_beats, after.t_beats, 20)[:-1]
        places = path.places_at(times, N_BEATS)
        ends = np.array([(before.x, before.y), (after.x, after.y)])
        assert (places >= ends.min(axis=0) - 1e-9).all()
        assert (places <= ends.max(axis=0) + 1e-9).all()

    def corner(which):
        worst = 0.0
        for point in path.points:
            at = np.array(
                [point.t_beats - 2e-5, point.t_beats - 1e-5, point.t_beats + 1e-5, point.t_beats + 2e-5]
            )
            places = which.places_at(at, N_BEATS) * 1e5
            worst = max(worst, float(np.abs((places[1] - places[0]) - (places[3] - places[2])).max()))
        return worst

    assert corner(path) < 0.02 * corner(straight)


def test_a_place_that_is_held_is_held_on_a_curve_too():
    points = (
        PathPoint(0.0, 0.2, 0.2),
        PathPoint(1.0, 0.7, 0.5),
        PathPoint(3.0, 0.7, 0.5),
        PathPoint(5.0, 0.1, 0.9),
    )
    path = GesturePath(points, 2, is_smooth=True)
    assert {path.place_at(t, N_BEATS) for t in (1.0, 1.3, 2.9)} == {PadPoint(0.7, 0.5)}


def test_of_two_points_at_one_time_it_jumps_to_the_second():
    points = (
        PathPoint(0.0, 0.1, 0.1),
        PathPoint(2.0, 0.1, 0.1),
        PathPoint(2.0, 0.9, 0.9),
        PathPoint(4.0, 0.9, 0.9),
    )
    for is_smooth in (False, True):
        path = GesturePath(points, 2, is_smooth=is_smooth)
        assert path.place_at(1.999, N_BEATS).x == pytest.approx(0.1)
        assert path.place_at(2.0, N_BEATS).x == pytest.approx(0.9)


def test_one_point_is_everywhere_and_none_is_refused():
    path = GesturePath((PathPoint(3.0, 0.3, 0.4),), 1)
    assert path.place_at(0.0, 4.0) == path.place_at(3.9, 4.0) == PadPoint(0.3, 0.4)
    with pytest.raises(ParameterError, match="no points"):
        GesturePath((), 1, "empty").place_at(0.0, 4.0)


def test_what_lies_beyond_a_shorter_bar_is_passed_over():
    path = GesturePath((PathPoint(0.0, 0.1, 0.1), PathPoint(3.5, 0.9, 0.9)), 1)
    assert path.n_beats(3) == 3
    assert path.place_at(2.9, path.n_beats(3)) == PadPoint(0.1, 0.1)


def test_points_are_put_in_moved_and_taken_out():
    path = random_path(1)
    new = PathPoint(path.points[3].t_beats, 0.5, 1.4)
    longer = path.inserted(new)
    assert longer.points[4] == PathPoint(new.t_beats, 0.5, 1.0)
    assert longer.removed([4]) == path
    moved = path.moved(2, PathPoint(99.0, -0.3, 0.2), N_BEATS)
    assert moved.points[2] == PathPoint(path.points[3].t_beats, 0.0, 0.2)
    assert [p for i, p in enumerate(moved.points) if i != 2] == [
        p for i, p in enumerate(path.points) if i != 2
    ]
    assert path.moved(8, PathPoint(99.0, 0.5, 0.5), N_BEATS).points[8].t_beats < N_BEATS
    assert len(path.removed(range(9)).points) == 1


@pytest.mark.parametrize("seed", range(4))
def test_quantised_points_lie_on_the_grid_each_once(seed):
    path = random_path(seed, n_points=30)
    on_grid = path.quantised(0.5, N_BEATS)
    times = [point.t_beats for point in on_grid.points]
    assert all(time % 0.5 == 0.0 and 0.0 <= time < N_BEATS for time in times)
    assert times == sorted(set(times))
    assert on_grid.quantised(0.5, N_BEATS) == on_grid
    known = {(p.x, p.y): p.t_beats for p in path.points}
    assert all(abs((known[p.x, p.y] - p.t_beats + 4) % N_BEATS - 4) <= 0.25 + 1e-9 for p in on_grid.points)


@pytest.mark.parametrize("seed", range(4))
def test_smoothing_takes_the_edge_off_and_leaves_what_is_smooth(seed):
    path = random_path(seed, n_points=40)

    def travelled(which):
        return np.hypot(*np.diff(which.places_at(TIMES, N_BEATS), axis=0).T).sum()

    assert travelled(path.smoothed(0.5, N_BEATS)) < 0.9 * travelled(path)
    still = GesturePath(tuple(PathPoint(p.t_beats, 0.3, 0.6) for p in path.points), 2)
    for point in still.smoothed(1.0, N_BEATS).points:
        assert (point.x, point.y) == pytest.approx((0.3, 0.6))
    slow = recorded(0.0, N_BEATS).path()
    moved = slow.smoothed(0.25, N_BEATS).places_at(TIMES, N_BEATS) - slow.places_at(TIMES, N_BEATS)
    assert np.abs(moved).max() < 0.02


@pytest.mark.parametrize("is_smooth", [False, True])
@pytest.mark.parametrize("tolerance", [0.01, 0.03])
def test_a_recording_is_simplified_to_a_few_points_near_all_of_it(is_smooth, tolerance):
    path = recorded(0.0, N_BEATS).path(is_smooth=is_smooth)
    simple = path.simplified(N_BEATS, tolerance)
    assert len(path.points) > 200
    assert len(simple.points) <= 40
    assert set(simple.points) <= set(path.points)
    times = np.array([point.t_beats for point in path.points])
    off = simple.places_at(times, N_BEATS) - path.places_at(times, N_BEATS)
    assert np.hypot(*off.T).max() <= tolerance
    assert simple.simplified(N_BEATS, tolerance) == simple


def test_what_was_recorded_in_one_time_round_is_where_the_hand_was():
    path = recorded(0.0, N_BEATS).path("mine")
    assert (path.bars, path.name) == (2, "mine")
    places = path.places_at(TIMES, N_BEATS)
    wanted = np.array([hand(t) for t in TIMES])
    # The last quarter of a beat's way back to the beginning is not the hand's; this one was there anyway.
    assert np.hypot(*(places - wanted).T).max() < 0.02
    assert all(0.0 <= p.t_beats < N_BEATS for p in path.points)


def test_the_newest_time_round_counts():
    def gesture(beat):
        return (0.2, 0.2) if beat < 2 * N_BEATS else (0.8, 0.6)

    path = recorded(0.0, 2 * N_BEATS + 4.0, gesture).path()
    places = path.places_at(TIMES, N_BEATS)
    assert (places[TIMES < 3.9] == (0.8, 0.6)).all()
    assert (places[(TIMES > 4.3) & (TIMES < 7.9)] == (0.2, 0.2)).all()
    # Where they meet it moves over, rather than to jump.
    steps = np.hypot(*np.diff(places[(TIMES > 3.5) & (TIMES < 5.0)], axis=0).T)
    assert steps.max() <= math.dist((0.2, 0.2), (0.8, 0.6)) / (0.2 * 64)


def test_a_gesture_that_ends_elsewhere_leads_back_without_a_jump():
    path = recorded(0.0, N_BEATS, lambda beat: (beat / N_BEATS, 0.5)).path()
    places = path.places_at(np.arange(-1.0, 1.0, 1 / 64), N_BEATS)
    assert np.abs(np.diff(places[:, 0])).max() <= 1.0 / (0.2 * 64)
    assert path.place_at(7.9, N_BEATS).x == pytest.approx(7.9 / 8, abs=0.01)
    assert path.place_at(0.4, N_BEATS).x == pytest.approx(0.05, abs=0.01)


def test_a_hand_that_rests_stays_where_it_is():
    recorder = PathRecorder(2)
    for beat, x in ((0.0, 0.2), (3.0, 0.8), (7.9, 0.8)):
        recorder.add(beat, x, 0.5)
    path = recorder.path()
    assert path.place_at(2.8, N_BEATS).x == pytest.approx(0.2)
    assert path.place_at(3.0, N_BEATS).x == pytest.approx(0.8)
    assert path.place_at(1.0, N_BEATS).x == pytest.approx(0.2)


def test_nothing_recorded_is_no_path():
    recorder = PathRecorder(1)
    assert not recorder
    with pytest.raises(ParameterError, match="Nothing was recorded"):
        recorder.path()
