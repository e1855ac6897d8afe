"""The pad model: places, triangles, blends, and every degenerate set of dots."""

from __future__ import annotations

import time

import numpy as np
import pytest

from morphstudio.errors import ParameterError
from morphstudio.morph.pad import MIN_WEIGHT, PadModel
from morphstudio.morph.pad_layout import HIGH, LOW, min_distance
from morphstudio.morph.request import Blend, PadPoint


def pad_of(places) -> PadModel:
    pad = PadModel()
    for i in range(len(places)):
        pad.add(f"s{i}", np.array([float(i)]))
    for i, (x, y) in enumerate(places):
        pad.move(f"s{i}", PadPoint(x, y))
    return pad


def random_pad(n_dots: int, seed: int = 1) -> PadModel:
    rng = np.random.default_rng(seed)
    pad = PadModel()
    pad.layout({f"s{i}": row for i, row in enumerate(rng.normal(size=(n_dots, 6)))})
    return pad


def place_of(pad: PadModel, blend: Blend) -> np.ndarray:
    dots = pad.dots
    return sum(
        w * np.array([dots[i].x, dots[i].y]) for i, w in zip(blend.sound_ids, blend.weights, strict=True)
    )


def distance(blend_a: Blend, blend_b: Blend) -> float:
    a = dict(zip(blend_a.sound_ids, blend_a.weights, strict=True))
    b = dict(zip(blend_b.sound_ids, blend_b.weights, strict=True))
    return sum(abs(a.get(i, 0.0) - b.get(i, 0.0)) for i in a.keys() | b.keys())


def all_gaps(pad: PadModel) -> np.ndarray:
    xy = np.array([(p.x, p.y) for p in pad.dots.values()])
    gaps = np.linalg.norm(xy[:, None] - xy[None], axis=-1)
    return gaps[~np.eye(len(xy), dtype=bool)]


def random_points(n_points: int, seed: int = 2):
    return [PadPoint(float(x), float(y)) for x, y in np.random.default_rng(seed).uniform(0, 1, (n_points, 2))]


@pytest.mark.parametrize("n_dots", [1, 2, 3, 4, 18, 200])
@pytest.mark.parametrize("sort", ["random", "identical", "line", "outlier"])
def test_a_layout_fills_the_pad_without_overlap(n_dots, sort):
    rng = np.random.default_rng(0)
    features = {
        "random": rng.normal(size=(n_dots, 12)),
        "identical": np.ones((n_dots, 12)),
        "line": np.arange(n_dots)[:, None] * np.ones(12),
        "outlier": np.vstack([rng.normal(size=(n_dots - 1, 12)), np.full((1, 12), 1e6)]),
    }[sort]
    pad = PadModel()
    pad.layout({f"s{i}": row for i, row in enumerate(features)})
    assert len(pad) == n_dots
    xy = np.array([(p.x, p.y) for p in pad.dots.values()])
    assert xy.min() >= LOW - 1e-9
    assert xy.max() <= HIGH + 1e-9
    if n_dots > 1:
        assert all_gaps(pad).min() >= min_distance(n_dots)
    if n_dots > 2:
        assert np.allclose(xy.min(axis=0), LOW)
        assert np.allclose(xy.max(axis=0), HIGH)


def test_a_layout_is_the_same_twice():
    assert random_pad(40).dots == random_pad(40).dots


def test_sounds_that_are_alike_lie_closer_than_others():
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(4, 10)) * 5
    family = np.repeat(np.arange(4), 8)
    pad = PadModel()
    pad.layout({f"s{i}": centres[f] + rng.normal(size=10) for i, f in enumerate(family)})
    xy = np.array([(p.x, p.y) for p in pad.dots.values()])
    gaps = np.linalg.norm(xy[:, None] - xy[None], axis=-1)
    np.fill_diagonal(gaps, np.inf)
    nearest = gaps.argmin(axis=1)
    assert np.mean(family[nearest] == family) > 0.85


def test_an_odd_feature_does_no_harm():
    pad = PadModel()
    pad.layout({"a": np.array([np.nan, 1.0]), "b": np.array([np.inf, 2.0]), "c": np.array([0.0, 5.0])})
    assert all(np.isfinite([p.x, p.y]).all() for p in pad.dots.values())


def test_features_of_different_lengths_are_refused():
    pad = PadModel()
    pad.layout({"a": np.ones(3)})
    with pytest.raises(ParameterError):
        pad.add("b", np.ones(4))
    assert list(pad.dots) == ["a"]


def test_a_new_dot_lands_by_its_likes_and_moves_nobody():
    rng = np.random.default_rng(4)
    centres = rng.normal(size=(3, 8)) * 6
    pad = PadModel()
    pad.layout({f"{f}-{i}": centres[f] + rng.normal(size=8) for f in range(3) for i in range(6)})
    before = pad.dots
    for family in range(3):
        place = pad.add(f"new-{family}", centres[family])
        near = min(before, key=lambda i: np.hypot(before[i].x - place.x, before[i].y - place.y))
        assert near.startswith(f"{family}-")
    assert {i: p for i, p in pad.dots.items() if i in before} == before
    assert all_gaps(pad).min() >= 0.9 * min_distance(21)


def test_dots_can_be_added_one_by_one_from_nothing():
    pad = PadModel()
    rng = np.random.default_rng(5)
    for i in range(30):
        pad.add(f"s{i}", rng.normal(size=4))
    assert all_gaps(pad).min() >= 0.9 * min_distance(30)


def test_a_moved_dot_stays_on_the_pad_and_a_removed_one_is_gone():
    pad = random_pad(5)
    pad.move("s1", PadPoint(1.7, -0.2))
    assert pad.dots["s1"] == PadPoint(1.0, 0.0)
    pad.remove("s1")
    pad.remove("never there")
    assert "s1" not in pad
    assert all("s1" not in triangle for triangle in pad.triangles())


@pytest.mark.parametrize("n_dots", [2, 3, 5, 18, 200])
def test_weights_are_a_partition_of_unity(n_dots):
    pad = random_pad(n_dots)
    for point in random_points(200):
        blend = pad.blend_at(point)
        assert sum(blend.weights) == 1.0
        assert sum(reversed(blend.weights)) == 1.0
        assert list(blend.weights) == sorted(blend.weights, reverse=True)
        assert min(blend.weights) >= MIN_WEIGHT * 0.99
        assert 1 <= len(blend.sound_ids) <= 3
        assert len(set(blend.sound_ids)) == len(blend.sound_ids)


def test_inside_the_hull_the_blend_reproduces_the_point():
    pad = random_pad(40)
    xy = np.array([(p.x, p.y) for p in pad.dots.values()])
    rng = np.random.default_rng(6)
    for _ in range(300):
        point = rng.dirichlet(np.ones(len(xy))) @ xy
        blend = pad.blend_at(PadPoint(*point))
        exact = 1e-9 if len(blend.weights) == 3 else 3e-4
        assert np.linalg.norm(place_of(pad, blend) - point) < exact


def test_an_edge_is_the_internal_division_of_its_ends():
    pad = random_pad(25)
    dots = pad.dots
    for one, other in pad.edges():
        for share in (0.1, 0.25, 0.5, 0.8):
            x = (1 - share) * dots[one].x + share * dots[other].x
            y = (1 - share) * dots[one].y + share * dots[other].y
            blend = pad.blend_at(PadPoint(x, y))
            weights = dict(zip(blend.sound_ids, blend.weights, strict=True))
            assert weights.keys() == {one, other}
            assert weights[other] == pytest.approx(share, abs=1e-9)


def test_a_dot_is_its_sound_alone():
    pad = random_pad(60)
    for sound_id, point in pad.dots.items():
        assert pad.blend_at(point) == Blend((sound_id,), (1.0,))
        assert pad.blend_at(PadPoint(point.x + 5e-7, point.y)) == Blend((sound_id,), (1.0,))


def test_a_small_step_changes_the_blend_a_little():
    """Along long paths, across edges, dots and the hull; the bound is the flattest triangle's slope."""
    pad = random_pad(18)
    rng = np.random.default_rng(7)
    for _ in range(15):
        start, end = rng.uniform(0, 1, (2, 2))
        n_steps = 400
        path = start + np.linspace(0, 1, n_steps)[:, None] * (end - start)
        blends = [pad.blend_at(PadPoint(*p)) for p in path]
        step = np.linalg.norm(end - start) / n_steps
        for p, a, b in zip(path, blends, blends[1:], strict=False):
            if distance(a, b) > 60 * step + 4 * MIN_WEIGHT:  # a thin triangle: finer steps must be smaller
                finer = pad.blend_at(PadPoint(*(p + (end - start) / n_steps * 1e-3)))
                assert distance(a, finer) < 0.1


def test_both_sides_of_every_edge_agree():
    pad = random_pad(50)
    dots = pad.dots
    for one, other in pad.edges():
        a, b = (np.array([dots[i].x, dots[i].y]) for i in (one, other))
        normal = np.array([-(b - a)[1], (b - a)[0]]) / np.linalg.norm(b - a)
        middle = 0.6 * a + 0.4 * b
        sides = [pad.blend_at(PadPoint(*(middle + sign * 1e-7 * normal))) for sign in (-1, 1)]
        assert distance(*sides) < 5 * MIN_WEIGHT


def test_outside_the_hull_the_nearest_point_of_the_hull_counts():
    pad = pad_of([(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)])
    for point in random_points(300):
        nearest = np.clip([point.x, point.y], 0.3, 0.7)
        assert np.linalg.norm(place_of(pad, pad.blend_at(point)) - nearest) < 3e-4
    assert pad.blend_at(PadPoint(0.0, 0.0)) == Blend(("s0",), (1.0,))
    assert pad.blend_at(PadPoint(0.5, 0.0)) == Blend(("s0", "s1"), (0.5, 0.5))


def test_no_dots():
    pad = PadModel()
    pad.layout({})
    assert pad.blend_at(PadPoint(0.5, 0.5)) == Blend((), ())
    assert pad.triangles() == []
    assert pad.edges() == []


def test_one_dot_is_always_heard():
    pad = pad_of([(0.2, 0.9)])
    assert all(pad.blend_at(p) == Blend(("s0",), (1.0,)) for p in random_points(20))


def test_two_dots_are_a_line():
    pad = pad_of([(0.2, 0.5), (0.6, 0.5)])
    assert pad.edges() == [("s0", "s1")]
    assert pad.triangles() == []
    assert pad.blend_at(PadPoint(0.3, 0.99)) == Blend(("s0", "s1"), (0.75, 0.25))
    assert pad.blend_at(PadPoint(0.9, 0.1)) == Blend(("s1",), (1.0,))


@pytest.mark.parametrize("tilt", [0.0, 0.37, 1.0])
@pytest.mark.parametrize("noise", [0.0, 1e-12, 1e-8])
def test_dots_on_a_line_are_a_chain(tilt, noise):
    rng = np.random.default_rng(8)
    along = np.array([0.5, 0.1, 0.9, 0.3, 0.7])
    places = np.stack([along, 0.05 + tilt * 0.9 * along], axis=1) + rng.uniform(-noise, noise, (5, 2))
    pad = pad_of(places)
    assert {frozenset(edge) for edge in pad.edges()} == {
        frozenset(edge) for edge in [("s1", "s3"), ("s3", "s0"), ("s0", "s4"), ("s4", "s2")]
    }
    middle = places[[1, 3]].mean(axis=0)
    assert set(pad.blend_at(PadPoint(*middle)).sound_ids) == {"s1", "s3"}
    for point in random_points(50):
        assert sum(pad.blend_at(point).weights) == 1.0


def test_dots_in_one_place_share_it():
    one_place = pad_of([(0.4, 0.4)] * 3)
    assert one_place.blend_at(PadPoint(0.1, 0.9)).weights == (1.0,)
    assert one_place.edges() == []
    pad = pad_of([(0.2, 0.2), (0.8, 0.2), (0.5, 0.8), (0.5, 0.8), (0.2, 0.2)])
    assert pad.triangles()
    assert sorted(pad.triangles()[0]) == ["s0", "s1", "s2"]
    for point in random_points(50):
        assert set(pad.blend_at(point).sound_ids) <= {"s0", "s1", "s2"}


@pytest.mark.parametrize("height", [1e-3, 1e-5, 3e-6, 1e-6, 3e-7, 1e-9])
def test_thin_triangles_stay_sane(height):
    pad = pad_of([(0.1, 0.5), (0.9, 0.5), (0.5, 0.5 + height), (0.3, 0.5 + height / 2)])
    for point in random_points(100):
        blend = pad.blend_at(point)
        assert sum(blend.weights) == 1.0
        nearest = np.array([np.clip(point.x, 0.1, 0.9), 0.5])
        assert np.linalg.norm(place_of(pad, blend) - nearest) < 3e-3


def test_a_regular_grid_is_triangulated_throughout():
    axis = np.linspace(0.1, 0.9, 6)
    pad = pad_of([(x, y) for x in axis for y in axis])
    assert len(pad.triangles()) == 50
    for point in random_points(300):
        nearest = np.clip([point.x, point.y], 0.1, 0.9)
        assert np.linalg.norm(place_of(pad, pad.blend_at(point)) - nearest) < 3e-4


def test_edges_are_those_of_the_triangles_once_each():
    pad = random_pad(30)
    edges = [frozenset(edge) for edge in pad.edges()]
    assert len(edges) == len(set(edges))
    assert set(edges) == {frozenset(pair) for a, b, c in pad.triangles() for pair in ((a, b), (b, c), (c, a))}


def test_two_hundred_dots_are_quick():
    pad = random_pad(200)
    points = random_points(500)
    pad.blend_at(points[0])
    best = np.inf
    for _ in range(3):
        start = time.perf_counter()
        for point in points:
            pad.blend_at(point)
        best = min(best, (time.perf_counter() - start) / len(points))
    assert best < 2e-3, "ten times the aim of 0.2 ms: a loop over dots in Python has crept in"


def test_several_dots_move_at_once_as_they_would_one_by_one():
    together, apart = random_pad(30), random_pad(30)
    points = {f"s{i}": point for i, point in enumerate(random_points(10))}
    points |= {"s3": PadPoint(-2.0, 3.0), "never there": PadPoint(0.5, 0.5)}
    together.move_all(points)
    for sound_id, point in points.items():
        apart.move(sound_id, point)
    assert together.dots == apart.dots
    assert together.dots["s3"] == PadPoint(0.0, 1.0)
    assert "never there" not in together
    for point in random_points(50):
        assert together.blend_at(point) == apart.blend_at(point)


def test_a_sound_is_placed_where_it_was_dropped():
    pad = random_pad(12)
    before = pad.dots
    pad.place("new", np.ones(6), PadPoint(0.31, 0.77))
    assert pad.dots == before | {"new": PadPoint(0.31, 0.77)}
    assert pad.blend_at(PadPoint(0.31, 0.77)) == Blend(("new",), (1.0,))
    with pytest.raises(ParameterError):
        pad.place("other", np.ones(5), PadPoint(0.5, 0.5))
    assert "other" not in pad


def test_what_is_restored_is_exactly_what_was():
    """Also in its order, which decides between dots in one place."""
    pad = random_pad(25)
    pad.move("s4", pad.dots["s9"])
    before, edges = pad.dots, pad.edges()
    pad.move_all({f"s{i}": point for i, point in enumerate(random_points(25))})
    pad.remove("s2")
    pad.place("s2", np.zeros(6), PadPoint(0.1, 0.1))
    pad.restore(before)
    assert pad.dots == before
    assert list(pad.dots) == list(before)
    assert pad.edges() == edges
    assert pad.blend_at(before["s9"]) == Blend(("s4",), (1.0,))
    pad.place("later", np.zeros(6), PadPoint(0.2, 0.9))
    pad.restore(before)
    assert pad.dots["later"] == PadPoint(0.2, 0.9)


def test_five_hundred_dots_move_and_arrive_quickly():
    """A loop over pairs of dots or places in Python would take seconds."""
    pad = random_pad(500)
    points = {f"s{i}": point for i, point in enumerate(random_points(100))}
    start = time.perf_counter()
    for i in range(10):
        pad.move_all(points)
        pad.edges()
        pad.add(f"new{i}", np.full(6, 0.1 * i))
    assert (time.perf_counter() - start) / 10 < 0.25
