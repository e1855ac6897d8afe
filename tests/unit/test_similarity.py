import numpy as np
import pytest

from morphstudio.errors import ParameterError
from morphstudio.library.similarity import Similarity, Weights
from morphstudio.library.vector_layout import GROUP_SIZES, GROUPS, N_DIMENSIONS

N_SOUNDS = 300


@pytest.fixture
def matrix():
    # Dimensions of very different sizes, as decibels, shares and logarithms are.
    scales = np.geomspace(1e-3, 1e3, N_DIMENSIONS)
    values = np.random.default_rng(3).normal(size=(N_SOUNDS, N_DIMENSIONS))
    return (values * scales + scales).astype(np.float32)


@pytest.fixture
def sounds():
    return [f"sound {number}" for number in range(N_SOUNDS)]


@pytest.fixture
def similarity(sounds, matrix):
    return Similarity(sounds, matrix)


def ids(found):
    return [sound for sound, _ in found]


def test_the_groups_fill_the_vector_without_a_gap():
    covered = np.concatenate([np.arange(N_DIMENSIONS)[group] for group in GROUPS.values()])
    np.testing.assert_array_equal(covered, np.arange(N_DIMENSIONS))
    assert sum(GROUP_SIZES.values()) == N_DIMENSIONS
    assert list(GROUPS) == ["timbre", "pitch", "rhythm", "loudness"]


def test_a_nearly_equal_sound_is_the_nearest_and_a_sound_is_not_its_own_neighbour(similarity, matrix):
    similarity.add("twin", matrix[7] * 1.001)
    found = similarity.neighbours("sound 7", n=5)
    assert found[0][0] == "twin"
    assert "sound 7" not in ids(found)
    assert ids(similarity.neighbours(matrix[7], n=2)) == ["sound 7", "twin"]
    assert similarity.neighbours(matrix[7], n=1)[0][1] == pytest.approx(0.0, abs=1e-6)


def test_neighbours_come_nearest_first_as_a_plain_comparison_of_all_has_them(similarity, sounds):
    weights = Weights(1.0, 0.5, 0.25, 2.0)
    points = similarity.places(sounds, weights).astype(np.float64)
    apart = np.linalg.norm(points - points[11], axis=1)
    apart[11] = np.inf
    found = similarity.neighbours("sound 11", weights, n=25)
    assert ids(found) == [sounds[row] for row in np.argsort(apart)[:25]]
    np.testing.assert_allclose([distance for _, distance in found], np.sort(apart)[:25], rtol=1e-4)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_of_weight_zero_makes_no_difference_and_one_alone_decides(group, similarity, matrix):
    similar = matrix[5].copy()
    others = np.ones(N_DIMENSIONS, dtype=bool)
    others[GROUPS[group]] = False
    similar[others] = matrix[6][others]
    alone = Weights(**{name: float(name == group) for name in GROUPS})
    without = Weights(**{name: float(name != group) for name in GROUPS})
    similarity.add("mixed", similar)
    assert similarity.neighbours("sound 5", alone, n=1) == [("mixed", pytest.approx(0.0, abs=1e-6))]
    assert similarity.neighbours("sound 6", without, n=1) == [("mixed", pytest.approx(0.0, abs=1e-6))]


def test_groups_count_alike_however_many_numbers_they_have(similarity, sounds):
    places = similarity.places(sounds, Weights(1.0, 1.0, 1.0, 1.0))
    shares = [np.square(places[:, group]).sum(axis=1).mean() for group in GROUPS.values()]
    assert shares == pytest.approx([0.25] * 4, abs=0.03)


def test_a_sound_near_the_average_is_not_the_nearest_of_all_others(similarity, matrix, sounds):
    similarity.add("average", np.median(matrix, axis=0) + 0.1 * (matrix[0] - np.median(matrix, axis=0)))
    nearest = [similarity.neighbours(sound, n=1)[0][0] for sound in sounds]
    assert nearest.count("average") < 0.05 * N_SOUNDS


def test_only_the_ratios_of_weights_matter(similarity):
    once = similarity.neighbours("sound 3", Weights(1.0, 0.5, 0.25, 0.125))
    twice = similarity.neighbours("sound 3", Weights(2.0, 1.0, 0.5, 0.25))
    assert ids(once) == ids(twice)


@pytest.mark.parametrize("n_allowed", [3, 40, 250])
def test_neighbours_are_looked_for_among_the_allowed_alone(n_allowed, similarity, sounds):
    allowed = {*sounds[:n_allowed], "a stranger"}
    expected = [sound for sound in ids(similarity.neighbours("sound 1", n=N_SOUNDS)) if sound in allowed]
    assert ids(similarity.neighbours("sound 1", n=N_SOUNDS, among=allowed)) == expected
    assert len(expected) == n_allowed - 1
    assert similarity.neighbours("sound 1", among=[]) == []


def test_more_neighbours_than_there_are_is_all_of_them(similarity, matrix):
    assert len(similarity.neighbours("sound 0", n=10_000)) == N_SOUNDS - 1
    assert len(similarity.neighbours(matrix[0], n=10_000)) == N_SOUNDS
    assert similarity.neighbours("sound 0", n=0) == []


def test_an_empty_library_has_no_neighbours():
    empty = Similarity([], np.zeros((0, N_DIMENSIONS), dtype=np.float32))
    assert empty.neighbours(np.zeros(N_DIMENSIONS, dtype=np.float32)) == []
    empty.add("first", np.ones(N_DIMENSIONS, dtype=np.float32))
    assert empty.neighbours("first") == []
    assert ids(empty.neighbours(np.zeros(N_DIMENSIONS, dtype=np.float32))) == ["first"]


def test_a_library_that_grew_and_shrank_is_the_same_as_one_made_at_once(matrix, sounds):
    grown = Similarity(sounds[:10], matrix[:10])
    for sound, vector in zip(sounds[10:], matrix[10:], strict=True):
        grown.add(sound, vector * 2.0)
        grown.neighbours("sound 0", n=1)
    for sound in sounds[:150]:
        grown.remove(sound)
    grown.remove("never there")
    for sound, vector in zip(sounds[150:], matrix[150:], strict=True):
        grown.add(sound, vector)
    at_once = Similarity(sounds[150:], matrix[150:])
    assert len(grown) == len(at_once) == 150
    assert "sound 3" not in grown
    for sound in sounds[150:160]:
        assert dict(grown.neighbours(sound, n=149)) == pytest.approx(dict(at_once.neighbours(sound, n=149)))


def test_a_removed_sound_is_neither_found_nor_known(similarity):
    nearest = similarity.neighbours("sound 2", n=1)[0][0]
    similarity.remove(nearest)
    assert nearest not in similarity
    assert nearest not in ids(similarity.neighbours("sound 2", n=N_SOUNDS))
    with pytest.raises(KeyError):
        similarity.neighbours(nearest)


def test_one_broken_sound_does_not_make_all_others_alike(matrix, sounds):
    plain = Similarity(sounds, matrix).places(sounds)
    broken = matrix.copy()
    broken[0] *= 1e6
    beside = Similarity(sounds, broken).places(sounds)
    assert np.einsum("ij,ij->i", plain, beside)[1:].min() > 0.98


def test_a_number_that_is_the_same_in_all_sounds_tells_nothing(matrix, sounds):
    matrix[:, 4] = 12.5
    places = Similarity(sounds, matrix).places(sounds)
    assert np.isfinite(places).all()
    np.testing.assert_array_equal(places[:, 4], 0.0)


def test_other_vectors_have_other_groups(sounds):
    embeddings = np.random.default_rng(4).normal(size=(N_SOUNDS, 16)).astype(np.float32)
    similarity = Similarity(sounds, embeddings, {"timbre": slice(0, 16)})
    assert ids(similarity.neighbours(embeddings[9], n=1)) == ["sound 9"]
    with pytest.raises(ParameterError):
        similarity.neighbours("sound 9", Weights(timbre=0.0, pitch=1.0))


@pytest.mark.parametrize(
    "weights", [(0, 0, 0, 0), (-1, 1, 1, 1), (float("nan"), 1, 1, 1), (float("inf"), 0, 0, 0)]
)
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(ParameterError, match="leave nothing"):
        Weights(*weights)


def test_vectors_that_cannot_be_compared_are_refused(similarity, matrix, sounds):
    with pytest.raises(ParameterError):
        similarity.add("short", matrix[0][:-1])
    with pytest.raises(ParameterError):
        similarity.add("broken", np.where(np.arange(N_DIMENSIONS) == 3, np.nan, matrix[0]))
    with pytest.raises(ParameterError):
        similarity.neighbours(matrix[0][:5])
    with pytest.raises(ParameterError):
        Similarity(sounds[:-1], matrix)
    with pytest.raises(ParameterError):
        Similarity(["twice"] * N_SOUNDS, matrix)
    assert len(similarity) == N_SOUNDS
    assert "short" not in similarity


def test_adding_to_a_large_library_copies_little(matrix):
    """Bytes of arrays made anew per sound added stay far below those of the library."""
    similarity = Similarity(list(range(N_SOUNDS)), matrix)
    buffers = {id(similarity._raw)}
    for number in range(N_SOUNDS, 3000):
        similarity.add(number, matrix[number % N_SOUNDS])
        buffers.add(id(similarity._raw))
    assert len(similarity) == 3000
    assert len(buffers) <= 6
