"""The optional embedding: with its file, sounds become vectors without a connection."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ModelError
from morphstudio.library.analysis import EMBEDDING_VALUES
from morphstudio.library.embedding import Embedder
from tests.weights_server import TinyBundle, tiny_weights


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "embedding"


@pytest.fixture
def tiny(folder):
    """Random weights, in the folder as if they had been fetched."""
    content, weights = tiny_weights()
    folder.mkdir()
    (folder / weights.file_name).write_bytes(content)
    return weights


@pytest.fixture
def embedder(tiny, folder):
    return Embedder(TinyBundle(), folder, tiny)


def tone(hz=220.0, seconds=1.0):
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def noise(seconds=1.0):
    return np.random.default_rng(1).standard_normal(round(seconds * RATE_HZ)).astype(np.float32)


def test_a_vector_has_length_one_and_is_the_same_for_the_same_sound(embedder):
    vector = embedder.vector(tone())
    assert vector.shape == (EMBEDDING_VALUES,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(vector, embedder.vector(tone()))


def test_level_does_not_count_and_kind_of_sound_does(embedder):
    vector = embedder.vector(tone())
    quieter, other = embedder.vector(0.05 * tone()), embedder.vector(noise())
    assert vector @ quieter > 0.9999
    assert vector @ other < vector @ embedder.vector(tone(223.0))


def test_of_a_long_sound_the_loudest_part_counts(embedder):
    silence = np.zeros(6 * RATE_HZ, np.float32)
    part = np.tile(tone(), 5)
    long = np.concatenate([silence, part, silence])
    assert embedder.vector(long) @ embedder.vector(part) > 0.9999


@pytest.mark.parametrize(
    "sound", [np.zeros(0), np.zeros(9), np.ones(1), np.full(50, np.nan), tone(440.0, 0.01)]
)
def test_sounds_with_next_to_nothing_in_them_have_finite_vectors(embedder, sound):
    vector = embedder.vector(np.asarray(sound, np.float32))
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


def test_without_its_file_nothing_is_fetched_behind_ones_back(folder, tiny):
    (folder / "tiny.pth").unlink()
    with pytest.raises(ModelError, match=r"tiny.pth is not in") as raised:
        Embedder(TinyBundle(), folder, tiny)
    assert "Fetch it" in raised.value.hint


class Trap:
    """What a hostile file would have run."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (type(self.path).touch, (self.path,))


def hostile(path, tmp_path):
    path.write_bytes(pickle.dumps({"a": Trap(tmp_path / "sprung")}, 2))


def hostile_zip(path, tmp_path):
    torch.save({"a": Trap(tmp_path / "sprung")}, path)


def of_another_network(path, tmp_path):
    torch.save({"encoder.weight": torch.zeros(3)}, path)


def noise_bytes(path, tmp_path):
    path.write_bytes(np.random.default_rng(1).bytes(5000))


@pytest.mark.parametrize(
    "make", [hostile, hostile_zip, of_another_network, noise_bytes, lambda p, _: p.touch()]
)
def test_a_file_that_is_something_else_is_refused_and_runs_nothing(folder, tiny, tmp_path, make):
    path = folder / "tiny.pth"
    path.unlink()
    make(path, tmp_path)
    weights = replace(tiny, n_bytes=path.stat().st_size)
    with pytest.raises(ModelError, match="damaged"):
        Embedder(TinyBundle(), folder, weights)
    assert not (tmp_path / "sprung").exists()
