"""The optional embedding: its file comes whole or not at all; sounds become vectors without a connection."""

from __future__ import annotations

import pickle
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
import torchaudio

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ModelError, MorphStudioError
from morphstudio.library import embedding_weights
from morphstudio.library.embedding import Embedder
from morphstudio.library.embedding_weights import WAV2VEC2, EmbeddingWeights, download, is_there
from tests.weights_server import LENGTH, WeightsServer

TINY = {
    "extractor_mode": "group_norm",
    "extractor_conv_layer_config": [(16, 10, 5), (16, 3, 2), (16, 3, 2), (16, 3, 2), (16, 3, 2), (16, 2, 2)],
    "extractor_conv_bias": False,
    "encoder_embed_dim": 24,
    "encoder_projection_dropout": 0.0,
    "encoder_pos_conv_kernel": 16,
    "encoder_pos_conv_groups": 4,
    "encoder_num_layers": 4,
    "encoder_num_heads": 3,
    "encoder_attention_dropout": 0.0,
    "encoder_ff_interm_features": 32,
    "encoder_ff_interm_dropout": 0.0,
    "encoder_dropout": 0.0,
    "encoder_layer_norm_first": False,
    "encoder_layer_drop": 0.0,
    "aux_num_out": None,
}


class TinyBundle:
    """Shaped as those of `torchaudio.pipelines`, and loading by torch's hub as they do."""

    sample_rate = 16_000.0

    def get_model(self, *, dl_kwargs=None):
        model = torchaudio.models.wav2vec2_model(**TINY)
        # Nobody listens there: what is not in the folder would be a failed connection.
        model.load_state_dict(torch.hub.load_state_dict_from_url("http://127.0.0.1:9/tiny.pth", **dl_kwargs))
        return model.eval()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "embedding"


@pytest.fixture
def tiny(folder):
    """Random weights, in the folder as if they had been fetched."""
    folder.mkdir()
    with torch.random.fork_rng():
        torch.manual_seed(3)
        torch.save(torchaudio.models.wav2vec2_model(**TINY).state_dict(), folder / "tiny.pth")
    return EmbeddingWeights("tiny", "tiny.pth", "", (folder / "tiny.pth").stat().st_size)


@pytest.fixture
def embedder(tiny, folder):
    return Embedder(TinyBundle(), folder, tiny)


def tone(hz=220.0, seconds=1.0):
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def noise(seconds=1.0):
    return np.random.default_rng(1).standard_normal(round(seconds * RATE_HZ)).astype(np.float32)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    server = WeightsServer()
    yield server
    server.close()


def left_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_what_is_fetched_is_the_file_and_progress_counts_up_to_its_size(server, folder):
    told = []
    assert not is_there(server.weights, folder)
    assert download(server.weights, folder, lambda done, total: told.append((done, total)))
    assert (folder / "weights.pth").read_bytes() == server.body
    assert is_there(server.weights, folder)
    assert told[0] == (0, len(server.body))
    assert told[-1] == (len(server.body), len(server.body))
    assert sorted(told) == told
    assert len(told) > 3
    assert left_in(folder) == ["weights.pth"]


def test_what_is_there_is_not_fetched_again(server, folder):
    download(server.weights, folder)
    assert download(server.weights, folder)
    assert server.n_asked == 1


def test_cancelling_leaves_nothing(server, folder):
    server.holds_after = LENGTH // 2
    cancelled = threading.Event()

    def watch(done, total):
        if done > total // 4:
            cancelled.set()

    assert not download(server.weights, folder, watch, cancelled.is_set)
    assert left_in(folder) == []
    assert not is_there(server.weights, folder)


def broken_off(server):
    server.body = server.body[: LENGTH // 2]


def refused(server):
    server.status = 404


def another_file(server):
    server.body, server.claims = b"Please log in", 13


def endless(server):
    server.body, server.claims = server.body * 2, None


@pytest.mark.parametrize(
    ("misbehave", "sentence"),
    [
        (broken_off, "broke off"),
        (refused, "answered 404"),
        (another_file, "not made-up"),
        (endless, "not made-up"),
        (lambda server: setattr(server, "claims", None) or broken_off(server), "broke off"),
    ],
)
def test_whatever_else_comes_is_one_sentence_and_leaves_nothing(server, folder, misbehave, sentence):
    misbehave(server)
    with pytest.raises(MorphStudioError, match=sentence) as raised:
        download(server.weights, folder)
    assert raised.value.hint
    assert left_in(folder) == []


def test_without_a_connection_it_says_so(server, folder):
    server.close()
    with pytest.raises(MorphStudioError, match="could not be reached") as raised:
        download(server.weights, folder)
    assert "internet" in raised.value.hint


def test_a_full_disk_is_said_before_anything_is_asked_for(server, folder, monkeypatch):
    usage = embedding_weights.shutil.disk_usage
    monkeypatch.setattr(embedding_weights.shutil, "disk_usage", lambda path: usage(path)._replace(free=1000))
    with pytest.raises(MorphStudioError, match="no room for 3 MB"):
        download(server.weights, folder)
    assert server.n_asked == 0


def test_a_half_fetched_file_does_not_count(server, folder):
    folder.mkdir()
    (folder / "weights.pth").write_bytes(server.body[: LENGTH // 2])
    assert not is_there(server.weights, folder)
    assert download(server.weights, folder)
    assert (folder / "weights.pth").read_bytes() == server.body


def test_the_size_that_people_are_told_is_that_of_the_weights():
    with torch.device("meta"):
        model = torchaudio.models.wav2vec2_model(**torchaudio.pipelines.WAV2VEC2_BASE._params)
    n_bytes = sum(value.numel() * value.element_size() for value in model.state_dict().values())
    assert WAV2VEC2.n_bytes == pytest.approx(n_bytes, rel=0.001)
    assert WAV2VEC2.url.endswith(torchaudio.pipelines.WAV2VEC2_BASE._path)
    assert WAV2VEC2.size_mb == 378


def test_a_vector_has_length_one_and_is_the_same_for_the_same_sound(embedder):
    vector = embedder.vector(tone())
    assert vector.shape == (embedder.n_values,) == (48,)
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
