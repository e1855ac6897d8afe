"""The VAE, its figures and its file: shapes, regions, refusals."""

import errno
import json
import os

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import N_BINS
from morphstudio.errors import FileError, ModelError, MorphStudioError
from morphstudio.model.checkpoint import LatentStatistics, load_model, save_model
from morphstudio.model.losses import figures
from morphstudio.model.measure import evaluate
from morphstudio.model.vae import RANGE_DB, StudioVae, VaeConfig, denormalise, normalise, reference_level_db
from morphstudio.paths import factory_model_path
from morphstudio.synth.random_loops import random_loop

TINY = VaeConfig(full_width=16, half_width=16, latent_rate_width=16, n_latent=8)


def tiny_vae(seed: int = 0) -> StudioVae:
    torch.manual_seed(seed)
    vae = StudioVae(TINY).eval()
    for parameter in vae.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return vae


def statistics(n_latent: int = 8) -> LatentStatistics:
    return LatentStatistics(torch.zeros(n_latent), torch.ones(n_latent), torch.eye(n_latent)[:4])


def rendered_clips(n_loops: int, seed: int = 0) -> list[AudioClip]:
    rng = np.random.default_rng(seed)
    return [AudioClip(random_loop(rng, 2.0), f"loop {i}") for i in range(n_loops)]


@pytest.mark.parametrize("n_columns", [4, 8, 84, 348])
def test_shapes_for_any_loop(n_columns):
    vae = tiny_vae()
    mean, log_variance = vae.encode(torch.randn(2, N_BINS, n_columns))
    assert mean.shape == log_variance.shape == (2, TINY.n_latent, n_columns // 4)
    assert vae.decode(mean).shape == (2, N_BINS, n_columns)


def test_time_is_periodic():
    vae = tiny_vae()
    z = torch.randn(1, TINY.n_latent, 40)
    rolled = vae.decode(torch.roll(z, 3, dims=-1))
    assert torch.allclose(rolled, torch.roll(vae.decode(z), 12, dims=-1), atol=1e-5)


def test_levels_survive_normalising():
    level = torch.rand(2, 2, N_BINS, 8) * 60.0 - 70.0
    reference = reference_level_db(level)
    assert torch.allclose(denormalise(normalise(level, reference), reference), level, atol=1e-4)
    assert float(normalise(level, reference).max()) == 1.0
    assert float(normalise(torch.tensor(-500.0), torch.tensor(0.0))) == pytest.approx(-1.0)


def test_figures_of_the_same_and_of_a_quieter_spectrogram():
    x = torch.rand(1, N_BINS, 8) * 1.0
    same = figures(x, x)
    assert (same.log_mel_error_db, same.log_spectral_distance_db) == (0.0, 0.0)
    assert same.cosine == pytest.approx(1.0, abs=1e-5)
    quieter = figures(x - 6.0 * 2.0 / RANGE_DB, x)
    assert quieter.log_mel_error_db == pytest.approx(6.0, abs=0.01)
    assert quieter.log_spectral_distance_db == pytest.approx(6.0, abs=0.01)
    assert quieter.cosine == pytest.approx(1.0, abs=1e-5)


def test_a_model_file_brings_back_the_model(tmp_path):
    vae = tiny_vae()
    save_model(tmp_path / "m.safetensors", vae, statistics(), {"name": "Mine"})
    loaded = load_model(tmp_path / "m.safetensors")
    z = torch.randn(1, TINY.n_latent, 4)
    assert loaded.name == "Mine"
    assert torch.allclose(loaded.vae.decode(z), vae.decode(z), atol=1e-2)
    assert [path.name for path in tmp_path.iterdir()] == ["m.safetensors"]


def header_of(path) -> dict:
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        return json.loads(file.metadata()["morphstudio"])


def test_bad_model_files_get_one_sentence(tmp_path):
    good = tmp_path / "good.safetensors"
    save_model(good, tiny_vae(), statistics(), {"name": "x"})
    tensors, header = load_file(good), header_of(good)

    def written(name, changed=None, **fields):
        metadata = {"morphstudio": json.dumps({**header, **fields})}
        save_file({**tensors, **(changed or {})}, tmp_path / name, metadata=metadata)
        return tmp_path / name

    first = next(iter(name for name in tensors if name.startswith("vae.")))
    nan = torch.full_like(tensors[first], float("nan"))
    pickled = tmp_path / "pickle.safetensors"
    torch.save({"a": torch.zeros(2)}, pickled)
    empty = tmp_path / "empty.safetensors"
    empty.touch()
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(good.read_bytes()[:-100])
    boast = tmp_path / "boast.safetensors"
    boast.write_bytes((10 * 2**30).to_bytes(8, "little") + good.read_bytes()[8:])
    weights = b'{"a":{"dtype":"F32","shape":[2684354560],"data_offsets":[0,10737418240]}}'
    bomb = tmp_path / "bomb.safetensors"
    bomb.write_bytes(len(weights).to_bytes(8, "little") + weights + bytes(100))
    plain = tmp_path / "plain.safetensors"
    save_file(tensors, plain)
    bad = {
        tmp_path / "missing.safetensors": "There is no model file",
        pickled: "not a safetensors file",
        empty: "not a safetensors file",
        cut: "not a safetensors file",
        plain: "not a MorphStudio model",
        boast: "not a safetensors file",
        bomb: "not a safetensors file",
        written("more.safetensors", {"vae.more": torch.zeros(3)}): "does not belong",
        written("stft.safetensors", stft=[1]): "another kind",
        written("card.safetensors", card=None): "another kind",
        written("nan.safetensors", {first: nan}): "NaN",
        written("shape.safetensors", {first: torch.zeros(3)}): "wrong shape",
        written("future.safetensors", format=99): "format 99",
        written("huge.safetensors", arguments={**header["arguments"], "n_latent": 10**9}): "cannot be built",
        written("kind.safetensors", preset="other"): "another kind",
    }
    for path, part in bad.items():
        with pytest.raises(ModelError, match=part) as caught:
            load_model(path)
        assert path.name in str(caught.value)


def test_saving_into_a_missing_folder_is_told(tmp_path):
    with pytest.raises(FileError, match="could not be written"):
        save_model(tmp_path / "no" / "m.safetensors", tiny_vae(), statistics(), {})


@pytest.mark.parametrize(("code", "kind"), [(errno.ENOSPC, MorphStudioError), (errno.EROFS, FileError)])
def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, code, kind):
    path = tmp_path / "m.safetensors"
    path.write_text("the old file")

    def fail(*args):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(MorphStudioError, match=r"m\.safetensors") as caught:
            save_model(path, tiny_vae(), statistics(), {})
    assert type(caught.value) is kind
    assert [entry.name for entry in tmp_path.iterdir()] == ["m.safetensors"]
    assert path.read_text() == "the old file"


def test_the_factory_model_is_good_on_sounds_it_never_met(real_sounds):
    """Well under the prototype's figures on held-out recordings: 7.0 dB, 6.7 dB, 0.65."""
    from morphstudio.audio.files import load_clip
    from morphstudio.model.train import mean_figures

    loaded = load_model(factory_model_path())
    held_out = set(loaded.card["held_out"])
    clips = [load_clip(path)[0] for path in sorted(real_sounds.iterdir()) if path.stem in held_out]
    assert len(clips) >= 10
    mean = mean_figures(evaluate(loaded.vae, clips))
    assert mean.log_mel_error_db < 5.0
    assert mean.log_spectral_distance_db < 6.2
    assert mean.cosine > 0.75
