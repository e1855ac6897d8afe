import numpy as np
import pytest

from morphstudio.library.spread import NEAR_DUPLICATE, spread


@pytest.fixture
def points():
    return np.random.default_rng(5).normal(size=(400, 12)).astype(np.float32)


def apart(points):
    return np.linalg.norm(points[:, None] - points[None], axis=2)


def test_each_of_several_heaps_is_met_before_any_is_met_twice():
    generator = np.random.default_rng(6)
    centres = generator.normal(size=(8, 12)) * 10.0
    heaps = np.repeat(np.arange(8), 50)
    points = (centres[heaps] + generator.normal(size=(400, 12)) * 0.3).astype(np.float32)
    assert {heaps[row] for row in spread(range(400), points, 8)} == set(range(8))


def test_the_first_is_the_most_central_and_each_next_the_farthest_from_all_before(points):
    chosen = spread(range(400), points, 12)
    assert chosen[0] == np.argmin(np.linalg.norm(points - points.mean(axis=0), axis=1))
    for count in range(1, 12):
        nearest = apart(points)[chosen[:count]].min(axis=0)
        assert nearest[chosen[count]] == pytest.approx(nearest.max(), rel=1e-4)


def test_chosen_sounds_are_farther_from_each_other_than_random_ones(points):
    def least(rows):
        return np.min(apart(points[rows])[~np.eye(len(rows), dtype=bool)])

    generator = np.random.default_rng(7)
    by_chance = max(least(generator.choice(400, 16, replace=False)) for _ in range(50))
    assert least(spread(range(400), points, 16)) > by_chance


def test_the_same_set_gives_the_same_sounds(points):
    assert spread(range(400), points, 20) == spread(range(400), points.copy(), 20)
    order = np.random.default_rng(8).permutation(400)
    assert spread(list(order), points[order], 20) == spread(range(400), points, 20)


def test_near_duplicates_are_met_once(points):
    generator = np.random.default_rng(9)
    copies = np.concatenate([points[:10] + generator.normal(size=(10, 12)) * 1e-4 for _ in range(5)])
    chosen = spread(range(50), copies.astype(np.float32), 50)
    assert sorted(row % 10 for row in chosen) == list(range(10))
    assert apart(copies[chosen])[~np.eye(10, dtype=bool)].min() > NEAR_DUPLICATE


def test_of_equal_sounds_the_first_is_enough():
    assert spread("abc", np.ones((3, 4), dtype=np.float32), 3) == ["a"]


def test_no_more_than_there_are_and_none_of_none(points):
    assert sorted(spread(range(400), points, 1000)) == list(range(400))
    assert spread(range(400), points, 0) == []
    assert spread([], np.zeros((0, 12), dtype=np.float32), 5) == []
