"""Training: examples, masks, what is kept, what survives a kill."""

import json
import signal
import subprocess
import sys
import time
import types

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import write_wav
from morphstudio.dsp.stft import HOP, N_BINS, CircularStft, log_magnitude
from morphstudio.errors import FileError, ModelError, ParameterError
from morphstudio.model import train as training
from morphstudio.model.augment import (
    MaskSettings,
    SpectrogramMaker,
    SpectrogramMasks,
    latent_noise,
    random_tilt_db,
    stretched,
)
from morphstudio.model.checkpoint import load_model
from morphstudio.model.dataset import N_COLUMNS, N_FRAMES, ExampleSampler
from morphstudio.model.losses import Figures
from morphstudio.model.measure import evaluate
from morphstudio.model.team import Team
from morphstudio.model.train import Trainer, TrainSettings
from morphstudio.model.vae import StudioVae, VaeConfig
from morphstudio.synth.random_loops import random_loop

TINY = VaeConfig(full_width=16, half_width=16, latent_rate_width=16, n_latent=8)
CPU = torch.device("cpu")


def rendered_clips(n_loops: int, seed: int = 0) -> list[AudioClip]:
    rng = np.random.default_rng(seed)
    return [AudioClip(random_loop(rng, 2.0), f"loop {i}") for i in range(n_loops)]


def tiny_trainer(out, clips=None, held_out=(), **settings) -> Trainer:
    chosen = TrainSettings(**{"batch_size": 2, "config": TINY, **settings})
    return Trainer(chosen, clips or rendered_clips(2), [], held_out, out, {}, CPU)


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def weights(path):
    return torch.cat([value.flatten() for value in load_model(path).vae.state_dict().values()])


def test_examples_are_endless_distinct_and_seeded():
    clips = [*rendered_clips(2), AudioClip(random_loop(np.random.default_rng(9), 0.3), "hit")]
    batch = ExampleSampler(clips, clips, seed=3).batch(0, 40)
    assert batch.waves.shape == (40, N_FRAMES)
    assert batch.tilt_db.shape == (40, N_BINS)
    assert bool(torch.isfinite(batch.waves).all())
    assert len(set(batch.seeds)) == 40
    assert not torch.equal(batch.waves, ExampleSampler(clips, clips, seed=4).batch(0, 40).waves)
    # Whoever draws it, and whatever was drawn before: the same example.
    part = ExampleSampler(clips, clips, seed=3).batch(30, 5)
    assert torch.equal(part.waves, batch.waves[30:35])
    assert torch.equal(part.tilt_db, batch.tilt_db[30:35])
    assert part.seeds == batch.seeds[30:35]
    assert torch.equal(latent_noise(part.seeds, 8, 4), latent_noise(batch.seeds, 8, 4)[30:35])


def test_a_stretch_changes_the_tempo_and_not_the_pitch():
    time_s = np.arange(88_200) / 44_100
    tone = np.sin(2 * np.pi * 441.0 * time_s).astype(np.float32)
    swell = (0.5 - 0.5 * np.cos(2 * np.pi * 4.0 * time_s)).astype(np.float32)  # four a second
    for ratio in (0.75, 1.25):
        spectrum = np.abs(np.fft.rfft(stretched(tone, 0, ratio, 44_100)))
        assert abs(int(spectrum.argmax()) - 441) <= 1
        heard = stretched(tone * swell, 5000, ratio, 44_100)
        level = np.add.reduceat(heard**2, np.arange(0, 44_100, 441))
        assert np.abs(np.fft.rfft(level - level.mean()))[:12].argmax() == 4 * ratio


def test_spectrograms_are_those_of_the_morph():
    """Away from a loop's ends, torchaudio's columns are those that the engine makes."""
    noise = torch.randn(1, HOP * 40, generator=torch.Generator().manual_seed(0)) * 0.1
    whole = log_magnitude(CircularStft(HOP * 40).forward(noise))
    part = SpectrogramMaker()(noise)
    assert torch.allclose(part, whole[..., 2 : 2 + part.shape[-1]], atol=1e-2)
    tilt = torch.from_numpy(random_tilt_db(np.random.default_rng(0)))[None]
    assert torch.allclose(SpectrogramMaker()(noise, tilt) - part, tilt[:, :, None].expand_as(part), atol=1e-4)
    assert 2.0 < float(tilt.abs().max()) < 20.0


def test_masks_hide_a_span_of_columns_and_one_of_bins():
    x = torch.zeros(60, N_BINS, N_COLUMNS)
    masks = SpectrogramMasks(MaskSettings(share=0.5))
    seen = masks(x, range(60))
    assert float(x.abs().max()) == 0.0
    hidden = seen == -1.0
    columns, bins = hidden.all(dim=1).sum(dim=1), hidden.all(dim=2).sum(dim=1)
    n_masked = int(((columns > 0) | (bins > 0)).sum())
    assert 15 < n_masked < 45
    assert int(columns.max()) in (5, 6)
    assert 40 <= int(bins.max()) <= 48
    assert torch.equal(masks(x[10:20], range(10, 20)), seen[10:20])
    before = torch.random.get_rng_state()
    masks(x[:2], [1, 2])
    assert torch.equal(torch.random.get_rng_state(), before)


def test_training_lowers_the_error(tmp_path):
    clips = rendered_clips(4)
    settings = {"batch_size": 4, "learning_rate": 5e-3, "warm_up_steps": 5, "ema_decay": 0.9}
    torch.manual_seed(0)
    before = evaluate(StudioVae(TINY), clips[:1])[0]
    seen = []
    trainer = tiny_trainer(tmp_path / "m.safetensors", clips, clips[:1], steps=120, **settings)
    after = trainer.run(seen.append)
    assert after is not None
    assert after.log_spectral_distance_db < 0.5 * before.log_spectral_distance_db
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.metrics.jsonl", "m.safetensors"]
    card = load_model(tmp_path / "m.safetensors").card
    assert card["steps"] == 120
    assert card["figures"]["cosine"] == after.cosine
    assert seen[0].step == 1
    assert seen[-1].step == 120
    assert seen[-1].training_error_db < 0.7 * seen[0].training_error_db
    entries = lines(tmp_path / "m.metrics.jsonl")
    assert sum(entry.get("steps", 0) for entry in entries) == 120
    assert {"step", "elapsed_s", "loss", "terms", "learning_rate"} <= set(entries[0])
    assert entries[-1]["held_out"]["cosine"] == after.cosine
    assert entries[-2]["learning_rate"] < 0.01 * 5e-3


def test_the_best_weights_are_kept_not_the_last(tmp_path, monkeypatch):
    """Each measurement is worse than the first; what is saved is the first."""
    monkeypatch.setattr(training, "_SAVE_EVERY_S", 0.0)
    errors = iter([5.0, 6.0, 7.0, 8.0])
    kept = []

    def measured(vae, clips):
        kept.append(torch.cat([value.flatten().half().float() for value in vae.state_dict().values()]))
        return [Figures(next(errors), 1.0, 0.5)]

    monkeypatch.setattr(training, "evaluate", measured)
    out = tmp_path / "m.safetensors"
    best = tiny_trainer(out, held_out=rendered_clips(1), steps=3, learning_rate=5e-2, warm_up_steps=1).run()
    assert best is not None
    assert best.log_mel_error_db == 5.0
    assert len(kept) == 4
    assert torch.equal(weights(out), kept[0])
    assert not torch.equal(weights(out), kept[-1])
    assert load_model(out).card["figures"]["log_mel_error_db"] == 5.0


def test_a_run_by_steps_is_the_same_in_one_go_and_in_two(tmp_path):
    clips = rendered_clips(2)
    tiny_trainer(tmp_path / "one.safetensors", clips, steps=6, warm_up_steps=1).run()
    out = tmp_path / "two.safetensors"
    asked = []
    first = tiny_trainer(out, clips, steps=6, warm_up_steps=1)
    first.run(is_cancelled=lambda: asked.append(1) or len(asked) > 3)
    assert load_model(out).card["steps"] == 3
    again = tiny_trainer(out, clips, steps=6, warm_up_steps=1)
    assert again.resume()
    # What a killed process wrote beyond its last state, and the half line at its end.
    with (tmp_path / "two.metrics.jsonl").open("a") as file:
        file.write('{"step": 5, "loss": 9.0}\n{"step": 6, "lo')
    again.run()
    assert load_model(out).card["steps"] == 6
    assert torch.equal(weights(tmp_path / "one.safetensors"), weights(out))
    assert sum(entry["steps"] for entry in lines(tmp_path / "two.metrics.jsonl")) <= 6
    assert 9.0 not in [entry["loss"] for entry in lines(tmp_path / "two.metrics.jsonl")]


def test_a_state_of_another_model_is_left_alone(tmp_path):
    out = tmp_path / "m.safetensors"
    tiny_trainer(out, steps=2).run(is_cancelled=lambda: True)
    assert not tiny_trainer(out, steps=2, config=VaeConfig(16, 16, 16, 4)).resume()


def test_a_step_without_a_finite_gradient_changes_nothing(tmp_path, caplog):
    out = tmp_path / "m.safetensors"
    trainer = tiny_trainer(out, steps=1)
    trainer._normalised = lambda batch: torch.full((2, N_BINS, N_COLUMNS), float("nan"))
    before = [value.clone() for value in trainer._learner.vae.parameters()]
    trainer._update(*trainer._make_batch(0), 1e-2)
    assert all(torch.equal(a, b) for a, b in zip(before, trainer._learner.vae.parameters(), strict=True))
    assert "left out" in caplog.text


def test_figures_that_are_no_number_are_null(tmp_path):
    from morphstudio.model.progress import MetricsLog

    log = MetricsLog(tmp_path / "m.metrics.jsonl", 0)
    log.write(1, {"loss": float("nan"), "terms": {"mel": float("inf"), "kl": 2.0}})
    log.close()
    assert lines(tmp_path / "m.metrics.jsonl") == [
        {"step": 1, "loss": None, "terms": {"mel": None, "kl": 2.0}}
    ]


def test_tensorboard_is_used_where_it_is_installed(tmp_path, monkeypatch):
    written = []

    class Writer:
        def __init__(self, folder):
            written.append(folder)

        def add_scalar(self, name, value, step):
            written.append((name, step))

        def close(self):
            written.append("closed")

    board = types.ModuleType("torch.utils.tensorboard")
    board.SummaryWriter = Writer
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", board)
    tiny_trainer(tmp_path / "m.safetensors", steps=1).run()
    assert written[0] == str(tmp_path / "m.metrics.tensorboard")
    assert ("loss", 1) in written
    assert ("terms/mel", 1) in written
    assert written[-1] == "closed"


def test_without_tensorboard_there_is_the_file_alone(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    tiny_trainer(tmp_path / "m.safetensors", steps=1).run()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.metrics.jsonl", "m.safetensors"]


def test_a_fault_in_the_examples_ends_training(tmp_path, monkeypatch):
    def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(ExampleSampler, "batch", fail)
    with pytest.raises(ZeroDivisionError):
        tiny_trainer(tmp_path / "m.safetensors", seconds=60.0).run()


def test_a_place_that_cannot_be_written_to_is_told_before_training(tmp_path):
    seen = []
    with pytest.raises(FileError, match="could not be written"):
        tiny_trainer(tmp_path / "no" / "m.safetensors", seconds=60.0).run(seen.append)
    assert seen == []


@pytest.mark.parametrize("content", [b"nonsense", b""])
def test_a_damaged_state_is_told(tmp_path, content):
    (tmp_path / "m.state.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        tiny_trainer(tmp_path / "m.safetensors", seconds=1.0).resume()


def test_a_batch_that_cannot_be_shared_is_told():
    assert [list(Team(rank, 3).share_of(6)) for rank in range(3)] == [[0, 1], [2, 3], [4, 5]]
    with pytest.raises(ParameterError, match="multiple of 3"):
        Team(0, 3).share_of(16)


@pytest.mark.timeout(180)
def test_killed_training_resumes(tmp_path):
    """The real process, killed without warning, goes on from its last save."""
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    for index, clip in enumerate(rendered_clips(2)):
        write_wav(sounds / f"{index}.wav", clip.samples, bits=16)
    out = tmp_path / "m.safetensors"
    command = [sys.executable, "-m", "tests.unit.train_tiny", str(sounds), str(out)]
    process = subprocess.Popen([*command, "seconds=60"], stdout=subprocess.DEVNULL)
    metrics = tmp_path / "m.metrics.jsonl"
    deadline_s = time.monotonic() + 90.0
    # Killed after it has saved at least once: every second, here.
    while time.monotonic() < deadline_s:
        if metrics.exists() and lines_so_far(metrics)[-1:] > [2.0]:
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    reached_s = lines_so_far(metrics)[-1]
    assert not out.exists()
    done = subprocess.run(
        [*command, f"seconds={reached_s + 0.5}"], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "resumed"
    kept = lines_so_far(metrics)
    assert kept == sorted(kept)
    # It went on from no earlier than a save before the kill, and had no more than the rest to do.
    card = load_model(out).card
    assert card["steps"] > 0
    assert min(abs(elapsed_s - reached_s) for elapsed_s in kept) < 2.5
    assert not (tmp_path / "m.state.safetensors").exists()


def lines_so_far(path):
    whole = [line for line in path.read_text().splitlines(keepends=True) if line.endswith("}\n")]
    return [json.loads(line)["elapsed_s"] for line in whole]
