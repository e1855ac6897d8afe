"""The classic VAE, its file and its training: layers as published, refusals, resumption."""

import json
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import N_BINS, CircularStft
from morphstudio.errors import FileError, ModelError, ParameterError
from morphstudio.model.checkpoint import (
    ClassicModel,
    LatentStatistics,
    LoadedModel,
    load_any_model,
    load_model,
    save_model,
)
from morphstudio.model.classic import (
    CLASSIC_RATE_HZ,
    LEVEL,
    AllBins,
    ClassicConfig,
    ClassicVae,
    evaluate_classic,
    layer_shapes,
    mono_loop,
    resample_columns,
    to_level,
    training_loop,
)
from morphstudio.model.classic_train import ClassicSettings, ClassicTrainer, train_classic
from morphstudio.model.vae import StudioVae, VaeConfig
from morphstudio.synth.random_loops import random_loop

TINY = ClassicConfig(n_columns=16, width=16, n_latent=8)
CPU = torch.device("cpu")


def tiny_vae(seed: int = 0) -> ClassicVae:
    torch.manual_seed(seed)
    return ClassicVae(TINY).eval().requires_grad_(False)


def statistics(n_latent: int = 8) -> LatentStatistics:
    return LatentStatistics(torch.zeros(n_latent), torch.ones(n_latent), torch.eye(n_latent)[:4])


def rendered_clips(n_loops: int) -> list[AudioClip]:
    rng = np.random.default_rng(0)
    return [AudioClip(random_loop(rng, 1.0), f"loop {i}") for i in range(n_loops)]


def trainer(out, clips, **options) -> ClassicTrainer:
    return ClassicTrainer(ClassicSettings(config=TINY, **options), clips, [], [], out, {}, CPU)


def test_the_layers_are_those_of_the_literature():
    layers = [layer for layer in layer_shapes(ClassicConfig()) if layer.n_parameters]
    assert [layer.name for layer in layers] == [
        "Conv2d 1->256, kernel 1025x1, stride 1",
        "Conv2d 256->256, kernel 1x37, stride 37",
        "Conv2d 256->256, kernel 1x4, stride 4",
        "Linear 256->152",
        "Linear 16->256",
        "ConvTranspose2d 256->256, kernel 1x4, stride 4",
        "ConvTranspose2d 256->256, kernel 1x37, stride 37",
        "ConvTranspose2d 256->1, kernel 1025x1, stride 1",
    ]
    assert [layer.output for layer in layers] == [
        *[(256, 1, 148), (256, 1, 4), (256, 1, 1), (16 + 16 * 17 // 2,)],
        *[(256,), (256, 1, 4), (256, 1, 148), (1, 1025, 148)],
    ]
    all_bins, quarter, short = 256 * 1025, 256 * 256 * 37, 256 * 256 * 4
    biases = 256 * 6 + 152 + 1
    wanted = 2 * (all_bins + quarter + short) + 256 * 152 + 16 * 256 + biases
    assert sum(layer.n_parameters for layer in layers) == wanted
    assert sum(p.numel() for p in ClassicVae().parameters()) == wanted
    assert ClassicConfig().n_frames / CLASSIC_RATE_HZ == pytest.approx(3.4, abs=0.05)


@pytest.mark.parametrize("n_columns", [4, 148, 176])
def test_kernels_follow_the_number_of_columns(n_columns):
    vae = ClassicVae(ClassicConfig(n_columns, 8, 4))
    y, posterior = vae(torch.rand(2, N_BINS, n_columns), torch.randn(2, 4))
    assert y.shape == (2, N_BINS, n_columns)
    assert bool((y >= 0.0).all())
    assert posterior.mean.shape == (2, 4)


@pytest.mark.parametrize("sizes", [(150, 8, 4), (0, 8, 4), (10**6, 8, 4), (148, 0, 4), (148, 8, 10**6)])
def test_impossible_sizes_are_told(sizes):
    with pytest.raises(ParameterError, match="not possible"):
        ClassicConfig(*sizes)


def test_the_quick_last_layer_is_the_transposed_convolution():
    layer = AllBins(8)
    torch.nn.init.normal_(layer.bias)
    x = torch.randn(2, 8, 1, 12)
    assert torch.allclose(layer(x), torch.nn.ConvTranspose2d.forward(layer, x), atol=1e-5)


def test_the_posterior_is_a_gaussian_with_full_covariance():
    posterior = tiny_vae().encode(torch.rand(3, N_BINS, 16) * 40.0)
    assert torch.equal(posterior.factor, posterior.factor.tril())
    assert float(posterior.factor.diagonal(dim1=1, dim2=2).min()) > 0.0
    assert float(posterior.factor.tril(-1).abs().max()) > 0.0
    gaussian = torch.distributions.MultivariateNormal(posterior.mean, scale_tril=posterior.factor)
    standard = torch.distributions.MultivariateNormal(torch.zeros(8), torch.eye(8))
    wanted = torch.distributions.kl_divergence(gaussian, standard)
    assert torch.allclose(posterior.kl(), wanted, rtol=1e-4)
    drawn = posterior.sample(torch.eye(8)[:1].expand(3, -1))
    assert torch.allclose(drawn - posterior.mean, posterior.factor[:, :, 0], atol=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_no_network_starts_dead(seed):
    """ReLU at the output: where all is zero at first, nothing is ever learnt."""
    torch.manual_seed(seed)
    y, _ = ClassicVae()(torch.rand(2, N_BINS, 148), torch.randn(2, 16))
    assert 0.2 < float((y > 0.0).float().mean()) < 0.8


def test_columns_are_resampled_round_the_loop():
    x = torch.rand(1, 3, 60)
    assert torch.equal(resample_columns(x, 60), x)
    for n_columns in (16, 148):
        assert torch.allclose(resample_columns(torch.ones(1, 3, 60), n_columns), torch.ones(1, 3, n_columns))
    # The mean stays, so no hit is lost, wherever it lies.
    for place in range(60):
        hit = torch.nn.functional.one_hot(torch.tensor([[place]]), 60).float()
        assert float(resample_columns(hit, 20).mean()) == pytest.approx(1 / 60, rel=1e-4)
    turned = resample_columns(x.roll(6, dims=-1), 20)
    assert torch.allclose(turned, resample_columns(x, 20).roll(2, dims=-1), atol=1e-6)


def test_loops_are_seen_at_one_level_and_silence_stays_silent():
    x = torch.rand(3, N_BINS, 16) * torch.tensor([0.1, 1.0, 0.0])[:, None, None]
    y, factor = to_level(x)
    assert torch.allclose(y * factor, x, atol=1e-6)
    assert y.square().mean(dim=(1, 2)).sqrt().tolist() == pytest.approx([LEVEL, LEVEL, 0.0], rel=1e-4)


def test_loops_are_heard_mono_at_half_the_rate():
    turns = 2 * np.pi * np.arange(44_100)[:, None] / 44_100
    stereo = np.hstack([0.8 * np.sin(turns * 1000), 0.4 * np.sin(turns * 1000)]).astype(np.float32)
    loop = mono_loop(AudioClip(stereo, "tone"))
    assert loop.shape == (1, 22_050)
    assert float(loop.abs().max()) == pytest.approx(0.6, abs=0.01)
    spectrum = torch.fft.rfft(loop[0]).abs()
    assert int(spectrum.argmax()) == 1000
    assert training_loop(AudioClip(stereo, "tone"), TINY).shape == (TINY.n_frames,)


def test_a_model_file_brings_back_the_model(tmp_path):
    path, vae = tmp_path / "m.safetensors", tiny_vae()
    save_model(path, vae, statistics(), {"name": "Old"})
    loaded = load_any_model(path)
    assert isinstance(loaded, ClassicModel)
    assert (loaded.name, loaded.vae.config) == ("Old", TINY)
    z = torch.randn(2, 8)
    assert torch.allclose(loaded.vae.decode(z), vae.decode(z), atol=1e-2)
    with pytest.raises(ModelError, match="preset classic"):
        load_model(path)


def test_either_preset_is_told_by_its_file(tmp_path):
    path = tmp_path / "m.safetensors"
    save_model(path, StudioVae(VaeConfig(16, 16, 16, 8)), statistics(), {"name": "New"})
    assert isinstance(load_any_model(path), LoadedModel)
    assert load_model(path).name == "New"


def test_bad_model_files_get_one_sentence(tmp_path):
    good = tmp_path / "good.safetensors"
    save_model(good, tiny_vae(), statistics(), {"name": "x"})
    with safe_open(good, "pt") as file:
        header = json.loads(file.metadata()["morphstudio"])
    tensors, sizes = load_file(good), header["arguments"]

    def written(name, changed=None, **fields):
        metadata = {"morphstudio": json.dumps({**header, **fields})}
        save_file({**tensors, **(changed or {})}, tmp_path / name, metadata=metadata)
        return tmp_path / name

    first = "vae.decoder.0.weight"
    bad = {
        written("odd", arguments={**sizes, "n_columns": 18}): "cannot be built",
        written("long", arguments={**sizes, "n_columns": 8000}): "cannot be built",
        written("wide", arguments={**sizes, "width": 10**9}): "cannot be built",
        written("true", arguments={**sizes, "width": True}): "cannot be built",
        written("text", arguments={**sizes, "width": "16"}): "cannot be built",
        written("list", arguments=[16, 16, 8]): "cannot be built",
        written("lies", arguments={**sizes, "width": 32}): "wrong shape",
        written("swap", preset="studio"): "another kind",
        written("rate", stft={**header["stft"], "rate_hz": 44_100}): "another kind",
        written("kind", preset=["classic"]): "another kind",
        written("more", {"vae.more": torch.zeros(3)}): "does not belong",
        written("nan", {first: torch.full_like(tensors[first], float("nan"))}): "NaN",
    }
    for path, part in bad.items():
        with pytest.raises(ModelError, match=part) as caught:
            load_any_model(path)
        assert path.name in str(caught.value)


def test_training_comes_nearer_to_the_loops(tmp_path):
    clips = rendered_clips(3)
    before = evaluate_classic(tiny_vae(), clips)
    seen = []
    after = trainer(tmp_path / "m.safetensors", clips, epochs=150, learning_rate=3e-3).run(seen.append)
    assert after.mse < 0.7 * before.mse
    assert after.cosine > before.cosine + 0.1
    shares = [progress.share for progress in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    bests = [progress.best_loss for progress in seen]
    assert bests == sorted(bests, reverse=True)
    assert [path.name for path in tmp_path.iterdir()] == ["m.safetensors"]
    loaded = load_any_model(tmp_path / "m.safetensors")
    assert loaded.card["epochs"] == 150
    assert loaded.card["figures"]["cosine"] == after.cosine
    # What is kept is the best, up to the rounding of its weights.
    assert evaluate_classic(loaded.vae, clips).mse == pytest.approx(after.mse, rel=0.05)


def test_the_best_epoch_is_kept_not_the_last(tmp_path, monkeypatch):
    clips, losses = rendered_clips(1), iter([3.0, 1.0, 2.0])
    run = trainer(tmp_path / "m.safetensors", clips, epochs=3)
    seen = []

    def update(chosen):
        seen.append({name: value + len(seen) for name, value in run._vae.state_dict().items()})
        run._vae.load_state_dict(seen[-1])
        return next(losses)

    monkeypatch.setattr(run, "_update", update)
    run.run()
    saved = load_any_model(tmp_path / "m.safetensors").vae.state_dict()
    assert torch.allclose(saved["decoder.0.bias"], seen[1]["decoder.0.bias"], atol=1e-3)


def test_a_stopped_run_ends_as_one_that_was_not(tmp_path):
    clips = rendered_clips(5)
    options = {"epochs": 4, "batch_size": 2}
    whole, parts = tmp_path / "whole.safetensors", tmp_path / "parts.safetensors"
    wanted = trainer(whole, clips, **options).run()
    for n_batches in (4, 3, 100):  # in the midst of an epoch, and at its end
        run = trainer(parts, clips, **options)
        assert run.resume() == parts.exists()
        done = []
        figures = run.run(done.append, lambda done=done, n=n_batches: len(done) >= n)
        assert parts.with_suffix(".state.safetensors").exists() == (n_batches < 100)
    assert figures.mse == pytest.approx(wanted.mse, rel=1e-4)
    for name, value in load_file(whole).items():
        assert torch.allclose(value.float(), load_file(parts)[name].float(), atol=1e-3), name


def test_what_was_best_on_other_sounds_is_forgotten(tmp_path):
    out, clips = tmp_path / "m.safetensors", rendered_clips(3)
    done = []
    trainer(out, clips, epochs=9).run(done.append, lambda: len(done) >= 2)
    assert not trainer(out, clips, epochs=9, seed=1).resume()
    other = trainer(out, clips[:2], epochs=9)
    assert other.resume()
    assert other._place.epoch == 2
    assert other._place.best_loss == float("inf")
    other.run()
    assert load_any_model(out).card["epochs"] == 9


def test_seconds_end_training_too(tmp_path):
    out = tmp_path / "m.safetensors"
    assert trainer(out, rendered_clips(1), epochs=10**6, seconds=0.5).run().mse > 0.0
    assert load_any_model(out).card["training_s"] <= 5


def test_faults_are_told_before_training(tmp_path):
    with pytest.raises(ParameterError, match="no sound"):
        trainer(tmp_path / "m.safetensors", [])
    with pytest.raises(ParameterError, match="epochs"):
        train_classic(rendered_clips(1), tmp_path / "m.safetensors", epochs=0, device=CPU, card={})
    steps = []
    with pytest.raises(FileError, match="could not be written"):
        trainer(tmp_path / "no" / "m.safetensors", rendered_clips(1)).run(steps.append)
    assert steps == []
    (tmp_path / "m.state.safetensors").write_bytes(b"nonsense")
    with pytest.raises(ModelError, match="damaged"):
        trainer(tmp_path / "m.safetensors", rendered_clips(1)).resume()


PROCESS = """
import sys
from pathlib import Path
import numpy as np
import torch
import morphstudio.model.classic_train as training
from morphstudio.audio.clip import AudioClip
from morphstudio.model.classic import ClassicConfig

training._SAVE_EVERY_S = 0.2
noise = np.random.default_rng(0).uniform(-1, 1, (4, 9000, 1)).astype(np.float32)
clips = [AudioClip(samples, "noise") for samples in noise]
settings = training.ClassicSettings(epochs=int(sys.argv[2]), config=ClassicConfig(16, 16, 8))
device = torch.device("cpu")
trainer = training.ClassicTrainer(settings, clips, [], [], Path(sys.argv[1]), {}, device)
print("resumed" if trainer.resume() else "fresh", trainer._place.epoch)
trainer.run()
"""


def test_killed_training_resumes(tmp_path):
    """Killed again and again without warning, it goes on from its last state, and ends."""
    out, state = tmp_path / "m.safetensors", tmp_path / "m.state.safetensors"
    command = [sys.executable, "-c", PROCESS, str(out)]
    epochs = []
    for _ in range(2):
        process = subprocess.Popen([*command, "1000000"], stdout=subprocess.PIPE, text=True)
        before_ns = state.stat().st_mtime_ns if state.exists() else 0
        n_saves, deadline_s = 0, time.monotonic() + 60.0
        while n_saves < 3 and time.monotonic() < deadline_s:
            time.sleep(0.02)
            now_ns = state.stat().st_mtime_ns if state.exists() else 0
            n_saves, before_ns = n_saves + (now_ns != before_ns), now_ns
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with safe_open(state, "pt") as file:
            epochs.append(json.loads(file.metadata()["progress"])["epoch"])
    assert 0 < epochs[0] < epochs[1]
    assert isinstance(load_any_model(out), ClassicModel)
    last = str(epochs[1] + 5)
    done = subprocess.run([*command, last], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["resumed", str(epochs[1])]
    assert load_any_model(out).card["epochs"] == epochs[1] + 5
    assert not state.exists()


def test_spectrograms_have_the_columns_of_the_literature():
    config = ClassicConfig()
    transform = CircularStft(config.n_frames)
    assert (transform.n_columns, transform.hop) == (148, 512.0)
