"""Packs: what their files are made of, that nothing comes twice, and that steps are as even as estimated."""

from __future__ import annotations

import datetime
import itertools
import math

import numpy as np
import pytest

from morphstudio.audio.naming import NameFields, NameProblem, NamingError, make_free_folder, pack_names
from morphstudio.errors import ParameterError
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.packs import around_pack, grid_pack, hull, path_pack, way_pack
from morphstudio.morph.pad import PadModel
from morphstudio.morph.request import PadPoint

TODAY = datetime.date(2025, 3, 1)
CORNERS = {"a": (0.1, 0.1), "b": (0.9, 0.2), "c": (0.5, 0.9), "d": (0.45, 0.4)}
FEATURES = {name: np.eye(4)[index] for index, name in enumerate("abcd")}


def pad_of(places):
    pad = PadModel()
    for index, (name, place) in enumerate(places.items()):
        pad.place(name, np.eye(len(places))[index], PadPoint(*place))
    return pad


def path_of(*places):
    points = tuple(PathPoint(float(beat), x, y) for beat, (x, y) in enumerate(places))
    return GesturePath(points, 2)


def mixture(blend, features=FEATURES):
    return sum(w * features[i] for i, w in zip(blend.sound_ids, blend.weights, strict=True))


def variation(steps):
    return np.std(steps) / np.mean(steps)


@pytest.mark.parametrize("n", [2, 3, 8, 64])
def test_a_way_goes_from_one_sound_alone_to_the_other_alone_in_equal_steps(n):
    items = way_pack("a", "b", n)
    assert len(items) == n
    assert (items[0].blend.sound_ids, items[-1].blend.sound_ids) == (("a",), ("b",))
    shares_b = [dict(zip(i.blend.sound_ids, i.blend.weights, strict=True)).get("b", 0.0) for i in items]
    assert np.diff(shares_b) == pytest.approx(1 / (n - 1))
    for item in items:
        assert sum(item.blend.weights) == pytest.approx(1.0, abs=1e-12)
        assert list(item.blend.weights) == sorted(item.blend.weights, reverse=True)
        assert item.sound_ids == ("a", "b")


@pytest.mark.parametrize("n", [-1, 0, 1, 65])
def test_too_few_and_too_many_are_refused(n):
    with pytest.raises(ParameterError, match="2 to 64"):
        way_pack("a", "b", n)


def test_steps_of_a_path_change_equally_much_though_some_loops_differ_more():
    pad = pad_of({"a": (0.0, 0.5), "b": (0.5, 0.5), "c": (1.0, 0.5)})
    features = {"a": np.array([0.0]), "b": np.array([1.0]), "c": np.array([10.0])}
    items = path_pack(path_of((0.0, 0.5), (1.0, 0.5)), 8, 11, pad.blend_at, features.__getitem__)
    heard = [float(mixture(item.blend, features)[0]) for item in items]
    assert heard == pytest.approx(np.arange(11), abs=0.05)
    assert items[0].blend.sound_ids == ("a",)
    assert items[-1].blend.sound_ids == ("c",)
    # Equal steps on the pad would not have been even.
    assert items[5].point.x > 0.65


def test_steps_of_a_crooked_path_are_even():
    pad = pad_of(CORNERS)
    path = path_of((0.15, 0.15), (0.8, 0.25), (0.8, 0.25), (0.5, 0.8), (0.3, 0.4))
    items = path_pack(path, 8, 24, pad.blend_at, FEATURES.__getitem__)
    steps = [np.linalg.norm(mixture(p.blend) - mixture(q.blend)) for p, q in itertools.pairwise(items)]
    # What is equal is the way along the path; over its corners the straight line is shorter.
    assert variation(steps) < 0.2
    assert [item.share for item in items] == pytest.approx(np.linspace(0, 1, 24))


def test_a_path_that_comes_back_does_not_come_to_its_beginning_twice():
    pad = pad_of(CORNERS)
    items = path_pack(path_of(*[CORNERS[name] for name in "abca"]), 8, 6, pad.blend_at, FEATURES.__getitem__)
    heard = [mixture(item.blend) for item in items]
    gaps = [np.linalg.norm(p - q) for p, q in itertools.combinations(heard, 2)]
    assert min(gaps) > 0.3
    assert items[0].blend.sound_ids == ("a",)


def test_nothing_of_a_pack_lies_where_a_path_jumps():
    pad = pad_of(CORNERS)
    places = [(0.0, 0.1, 0.1), (2.0, 0.2, 0.15), (2.0, 0.85, 0.2), (4.0, 0.9, 0.2)]
    path = GesturePath(tuple(PathPoint(*place) for place in places), 2)
    items = path_pack(path, 8, 12, pad.blend_at, FEATURES.__getitem__)
    assert {item.point.x < 0.21 or item.point.x > 0.84 for item in items} == {True}


def test_a_path_does_not_go_back_to_its_beginning_for_a_pack():
    pad = pad_of(CORNERS)
    items = path_pack(path_of((0.1, 0.1), (0.9, 0.2)), 8, 5, pad.blend_at, FEATURES.__getitem__)
    xs = [item.point.x for item in items]
    assert xs == sorted(xs)
    assert (xs[0], xs[-1]) == pytest.approx((0.1, 0.9))


@pytest.mark.parametrize("places", [[(0.1, 0.1)] * 3, [(0.1, 0.1)], [], [(0.0, 0.0), (0.05, 0.05)]])
def test_a_path_on_which_nothing_changes_is_refused(places):
    with pytest.raises(ParameterError, match="one sound"):
        path_pack(path_of(*places), 8, 4, pad_of(CORNERS).blend_at, FEATURES.__getitem__)


@pytest.mark.parametrize(("rows", "columns"), [(1, 2), (2, 1), (3, 4), (8, 8)])
def test_a_grid_is_all_inside_row_by_row_and_nothing_twice(rows, columns):
    pad = pad_of(CORNERS)
    items = grid_pack(pad.dots, rows, columns, pad.blend_at)
    assert len(items) == rows * columns
    heights = [item.point.y for item in items]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == rows
    for start in range(0, len(items), columns):
        row = items[start : start + columns]
        xs = [item.point.x for item in row]
        assert np.ptp(np.diff(xs)) < 1e-9 if columns > 1 else True
        assert xs == sorted(xs)
    for one, other in itertools.combinations(items, 2):
        assert np.linalg.norm(mixture(one.blend) - mixture(other.blend)) > 1e-3


def test_a_grid_spreads_over_the_hull_alone():
    pad = pad_of(CORNERS)
    corners = hull(pad.dots)
    assert {tuple(corner) for corner in corners} == {CORNERS[name] for name in "abc"}
    for item in grid_pack(pad.dots, 6, 6, pad.blend_at):
        x, y = item.point.x, item.point.y
        ends = zip(corners, np.roll(corners, -1, axis=0), strict=True)
        turns = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for (ax, ay), (bx, by) in ends]
        assert min(turns) > 0.0


@pytest.mark.parametrize(
    "places", [{"a": (0, 0), "b": (1, 1)}, {"a": (0, 0), "b": (0.5, 0.5), "c": (1, 1)}, {}]
)
def test_there_is_no_grid_on_a_line(places):
    pad = pad_of(places)
    with pytest.raises(ParameterError, match="line"):
        grid_pack(pad.dots, 2, 2, pad.blend_at)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("centre", [(0.45, 0.4), (0.1, 0.1), (0.0, 0.95), (0.9, 0.2)])
@pytest.mark.parametrize("n", [2, 8, 64])
def test_places_around_a_point_are_near_it_inside_and_apart(seed, centre, n):
    pad, radius = pad_of(CORNERS), 0.25
    items = around_pack(pad.dots, PadPoint(*centre), radius, n, seed, pad.blend_at)
    points = np.array([(item.point.x, item.point.y) for item in items])
    assert len(points) == n
    inside = hull(pad.dots)
    along = np.roll(inside, -1, axis=0) - inside
    away = points[:, None] - inside[None]
    assert (along[:, 0] * away[..., 1] - along[:, 1] * away[..., 0]).min() > -1e-9
    gaps = [math.dist(p, q) for p, q in itertools.combinations(points, 2)]
    area = np.ptp(points, axis=0).prod()
    assert min(gaps) > 0.3 * math.sqrt(area / n)
    if centre != (0.0, 0.95):  # which is outside: its nearest point counts
        assert max(math.dist(point, centre) for point in points) <= radius + 1e-9
    heard = [mixture(item.blend) for item in items]
    assert min(np.linalg.norm(p - q) for p, q in itertools.combinations(heard, 2)) > 2e-3


def test_another_seed_gives_other_places_and_the_same_the_same():
    pad = pad_of(CORNERS)

    def points(seed):
        return [item.point for item in around_pack(pad.dots, PadPoint(0.5, 0.4), 0.2, 8, seed, pad.blend_at)]

    assert points(1) == points(1)
    assert not set(points(1)) & set(points(2))


def test_between_two_dots_places_lie_on_the_line():
    pad = pad_of({"a": (0.2, 0.2), "b": (0.8, 0.2)})
    items = around_pack(pad.dots, PadPoint(0.5, 0.9), 0.1, 8, 0, pad.blend_at)
    xs = sorted(item.point.x for item in items)
    assert all(item.point.y == pytest.approx(0.2) for item in items)
    assert xs[0] >= 0.4 - 1e-9
    assert xs[-1] <= 0.6 + 1e-9
    assert min(np.diff(xs)) > 0.005


def test_names_of_a_pack_are_never_alike():
    files = [NameFields(("Amen", "Jungle"), index=f"{i:02}", share=str(10 * i)) for i in range(1, 4)]
    assert pack_names("{index} {a} {b} {share}", files, ".wav", TODAY) == (
        "01 Amen Jungle 10.wav", "02 Amen Jungle 20.wav", "03 Amen Jungle 30.wav",
    )  # fmt: skip
    assert pack_names("{a}", files, ".flac", TODAY) == ("Amen.flac", "Amen 2.flac", "Amen 3.flac")
    tricky = [NameFields((name,)) for name in ("é", "e\u0301", "E", "e", "e 2")]
    names = pack_names("{a}", tricky, ".wav", TODAY)
    assert len({name.casefold() for name in names}) == 5
    with pytest.raises(NamingError) as caught:
        pack_names("x" * 300, files, ".wav", TODAY)
    assert caught.value.problem is NameProblem.LONG


def test_a_free_folder_is_never_one_that_was_there(tmp_path):
    (tmp_path / "Pack 2").write_text("a file of this name")
    made = [make_free_folder(tmp_path, "Pack").name for _ in range(3)]
    assert made == ["Pack", "Pack 3", "Pack 4"]
    with pytest.raises(FileNotFoundError):
        make_free_folder(tmp_path / "gone", "Pack")
