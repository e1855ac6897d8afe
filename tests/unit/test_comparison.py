"""Embeddings count once every sound has one: what is compared with what is never mixed."""

from __future__ import annotations

import numpy as np
import pytest

from morphstudio.library.analysis import EMBEDDING_VALUES, Analysis
from morphstudio.library.comparison import EMBEDDED_GROUPS, Comparison
from morphstudio.library.similarity import Weights
from morphstudio.library.vector_layout import GROUP_SIZES, GROUPS, N_DIMENSIONS

TIMBRE = Weights(timbre=1.0, pitch=0.0, rhythm=0.0, loudness=0.0)
PITCH = Weights(timbre=0.0, pitch=1.0, rhythm=0.0, loudness=0.0)
PAIRS = [(f"{vector}{other}", vector, other) for vector in "abc" for other in "xyz"]


def of(letter, n_values):
    return np.random.default_rng(ord(letter)).normal(size=n_values).astype(np.float32)


def heard(by_vector, by_embedding=None):
    """An analysis whose vector is that of one letter, and its embedding of another."""
    embedding = None if by_embedding is None else of(by_embedding, EMBEDDING_VALUES)
    return Analysis(vector=of(by_vector, N_DIMENSIONS), embedding=embedding)


@pytest.fixture
def sounds():
    comparison = Comparison()
    for sound, vector, other in PAIRS:
        comparison.learn(sound, heard(vector, other))
    return comparison


def nearest(comparison, sound, weights=TIMBRE):
    return {other for other, distance in comparison.neighbours(sound, weights) if distance < 0.1}


def test_timbre_is_the_embeddings_once_that_is_chosen_and_at_once(sounds):
    assert nearest(sounds, "ax") == {"ay", "az"}
    sounds.choose_embedding(True)
    assert sounds.is_by_embedding
    assert nearest(sounds, "ax") == {"bx", "cx"}
    sounds.choose_embedding(False)
    assert nearest(sounds, "ax") == {"ay", "az"}


def test_all_but_timbre_stays_the_vectors(sounds):
    sounds.choose_embedding(True)
    assert nearest(sounds, "ax", PITCH) == {"ay", "az"}
    sizes = {name: group.stop - group.start for name, group in EMBEDDED_GROUPS.items()}
    assert sizes == GROUP_SIZES | {"timbre": EMBEDDING_VALUES}
    assert list(EMBEDDED_GROUPS) == list(GROUPS)


def test_one_sound_without_an_embedding_holds_up_all_until_it_has_one(sounds):
    sounds.choose_embedding(True)
    sounds.learn("new", heard("a"))
    assert not sounds.is_by_embedding
    assert sounds.without_embedding == {"new"}
    assert nearest(sounds, "ax") == {"ay", "az", "new"}
    sounds.learn("new", heard("a", "x"))
    assert sounds.is_by_embedding
    assert nearest(sounds, "ax") == {"bx", "cx", "new"}


def test_what_gets_none_is_left_out_and_comes_back_with_one_or_without_the_choice(sounds):
    sounds.learn("odd", heard("a"))
    sounds.choose_embedding(True)
    sounds.give_up(["odd", "nobody knows it", "ax"])
    assert sounds.is_by_embedding
    assert "odd" not in sounds
    assert "ax" in sounds
    sounds.learn("odd", heard("b"))  # again without
    assert sounds.is_by_embedding
    sounds.choose_embedding(False)
    assert nearest(sounds, "odd") == {"bx", "by", "bz"}
    sounds.choose_embedding(True)
    assert sounds.without_embedding == {"odd"}


@pytest.mark.parametrize(
    "forget", [lambda c: c.forget(["new"]), lambda c: c.learn("new", Analysis(error="Gone."))]
)
def test_who_is_not_listed_or_cannot_be_read_holds_up_nobody(sounds, forget):
    sounds.choose_embedding(True)
    sounds.learn("new", heard("a"))
    forget(sounds)
    assert sounds.is_by_embedding
    assert "new" not in sounds


def test_an_embedding_of_another_size_is_none(sounds):
    sounds.choose_embedding(True)
    sounds.learn("new", Analysis(vector=of("a", N_DIMENSIONS), embedding=of("x", 7)))
    assert sounds.without_embedding == {"new"}


def test_without_sounds_there_is_nothing_to_wait_for():
    comparison = Comparison()
    comparison.choose_embedding(True)
    assert comparison.is_by_embedding
    comparison.learn("ax", heard("a", "x"))
    assert comparison.is_by_embedding
    assert "ax" in comparison
