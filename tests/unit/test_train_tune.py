"""Tuning: what it learns, what it leaves alone, how it is stopped; and the command that does it."""

import gc
import json
import signal
import subprocess
import sys
import weakref
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import write_wav
from morphstudio.cli import _run
from morphstudio.errors import FileError, ParameterError
from morphstudio.model import tune
from morphstudio.model.checkpoint import LoadedModel, load_model
from morphstudio.model.measure import evaluate, mean_figures
from morphstudio.model.train import Trainer, TrainSettings, latent_statistics
from morphstudio.model.tune import Tuner, TuneSettings
from morphstudio.model.vae import VaeConfig
from morphstudio.paths import factory_model_path
from morphstudio.synth.random_loops import random_loop

SMALL = VaeConfig(full_width=32, half_width=32, latent_rate_width=32, n_latent=16)
CPU = torch.device("cpu")


def rendered_clips(n_loops: int, seed: int, duration_s: float = 1.5) -> list[AudioClip]:
    rng = np.random.default_rng(seed)
    return [AudioClip(random_loop(rng, duration_s), f"loop {seed}.{i}") for i in range(n_loops)]


@pytest.fixture(scope="module")
def model_path(tmp_path_factory):
    """A small model that has learnt a little, of other loops."""
    out = tmp_path_factory.mktemp("model") / "start.safetensors"
    settings = TrainSettings(steps=30, batch_size=4, learning_rate=3e-3, warm_up_steps=5, config=SMALL)
    card = {"name": "Start", "licence": "CC0-1.0"}
    Trainer(settings, rendered_clips(3, 1), [], rendered_clips(2, 2), out, card, CPU).run()
    return out


@pytest.fixture
def steady_clock(monkeypatch):
    """Let the tuner's time go on by a tenth of a second whenever it looks, however fast the machine is."""
    ticks = count()
    monkeypatch.setattr(tune, "time", SimpleNamespace(monotonic=lambda: next(ticks) / 10))


def flat(module) -> torch.Tensor:
    return torch.cat([value.flatten() for value in module.state_dict().values()])


def tuned(model_path, out, clips, seconds=4.0, **options):
    model = load_model(model_path)
    settings = TuneSettings(seconds=seconds, batch_size=4, n_columns=32, learning_rate=3e-3)
    seen = []
    result = Tuner(settings, model, clips, out, {"name": "Mine"}, CPU).run(seen.append, **options)
    return result, seen, model


def test_tuning_lowers_the_error_and_leaves_the_encoder_alone(model_path, tmp_path, steady_clock):
    clips = rendered_clips(2, 3)
    out = tmp_path / "m.safetensors"
    result, seen, start = tuned(model_path, out, clips, 15.0)
    assert result.after.log_mel_error_db < 0.9 * result.before.log_mel_error_db
    loaded = load_model(out)
    assert torch.equal(flat(loaded.vae.encoder), flat(start.vae.encoder))
    assert not torch.equal(flat(loaded.vae.decoder), flat(start.vae.decoder))
    measured = mean_figures(evaluate(loaded.vae, clips))
    assert measured.log_mel_error_db == pytest.approx(result.after.log_mel_error_db, abs=0.05)
    assert measured.log_mel_error_db < 0.9 * mean_figures(evaluate(start.vae, clips)).log_mel_error_db
    # Measured before anything is learnt, and the best never gets worse.
    first = next(progress for progress in seen if progress.latest is not None)
    assert (first.step, first.first) == (0, result.before)
    best = [progress.best.log_mel_error_db for progress in seen if progress.best is not None]
    assert best == sorted(best, reverse=True)
    assert len(set(best)) > 2
    assert [path.name for path in tmp_path.iterdir()] == ["m.safetensors"]


def test_the_card_tells_what_was_learnt(model_path, tmp_path, steady_clock):
    clip = rendered_clips(1, 2)[0]  # held out of the start's training
    result, _, start = tuned(model_path, tmp_path / "m.safetensors", [clip], 3.0)
    card = load_model(tmp_path / "m.safetensors").card
    assert start.card["held_out"] == ["loop 2.0", "loop 2.1"]
    assert card["held_out"] == ["loop 2.1"]
    assert (card["name"], card["licence"]) == ("Mine", "CC0-1.0")
    assert card["tuned"]["loops"] == ["loop 2.0"]
    assert card["tuned"]["from"] == "Start"
    assert card["tuned"]["steps"] == result.steps > 0
    assert card["tuned"]["before"]["cosine"] == result.before.cosine
    assert "figures" not in card


def test_the_best_so_far_is_in_the_file_as_soon_as_it_is_known(model_path, tmp_path, steady_clock):
    """Whoever ends the process without asking loses nothing of it."""
    out = tmp_path / "m.safetensors"
    settings = TuneSettings(seconds=10.0, batch_size=4, n_columns=32, learning_rate=3e-3)
    clips, told = rendered_clips(2, 3), []

    def on_progress(progress):
        card = load_model(out).card
        if progress.best is not None:
            assert card["tuned"]["after"]["log_mel_error_db"] == progress.best.log_mel_error_db
            told.append(progress.best.log_mel_error_db)

    Tuner(settings, load_model(model_path), clips, out, {}, CPU).run(on_progress)
    assert len(set(told)) > 1
    measured = mean_figures(evaluate(load_model(out).vae, clips))
    assert measured.log_mel_error_db == pytest.approx(min(told), abs=0.02)


@pytest.mark.parametrize("n_asked", [0, 1, 10])
def test_a_stopped_tuning_keeps_the_best_so_far(model_path, tmp_path, monkeypatch, n_asked):
    monkeypatch.setattr(tune, "_FIRST_LEARNING_S", 1e9)  # nothing better is measured
    asked = []

    def is_cancelled():
        asked.append(1)
        return len(asked) > n_asked

    out = tmp_path / "m.safetensors"
    result, _, start = tuned(model_path, out, rendered_clips(2, 3), 600.0, is_cancelled=is_cancelled)
    assert (result.steps > 0) == (n_asked == 10)
    assert result.after == result.before
    assert torch.equal(flat(load_model(out).vae), flat(start.vae))


def test_worse_weights_are_not_kept(model_path, tmp_path, steady_clock):
    model = load_model(model_path)
    settings = TuneSettings(seconds=4.0, batch_size=2, n_columns=16, learning_rate=30.0)
    out = tmp_path / "m.safetensors"
    result = Tuner(settings, model, rendered_clips(1, 3), out, {}, CPU).run()
    assert result.steps > 0
    assert result.after == result.before
    assert torch.equal(flat(load_model(out).vae), flat(model.vae))


def test_any_loop_can_be_learnt(model_path, tmp_path, monkeypatch, steady_clock):
    """Shorter than an example, of one channel, and more sound than is measured."""
    monkeypatch.setattr(tune, "_MEASURED_S", 15.0)
    monkeypatch.setattr(tune, "_LONGEST_MEASURED_S", 3.0)
    rng = np.random.default_rng(0)
    short = AudioClip((rng.standard_normal((700, 1)) * 0.1).astype(np.float32), "short")
    long = AudioClip(np.tile(random_loop(rng, 2.0), (4, 1))[: 7 * 44_100], "long")
    clips = [short, long, AudioClip(long.samples[::-1].copy(), "a"), AudioClip(-long.samples, "b")]
    result, _, _ = tuned(model_path, tmp_path / "m.safetensors", clips)
    assert result.steps > 0
    assert result.after is not None
    with pytest.raises(ParameterError, match="no sound"):
        tuned(model_path, tmp_path / "m.safetensors", [])


def test_a_tuning_keeps_no_decoder_that_it_does_not_need(model_path, tmp_path):
    """It runs beside the instrument: the one that it began with would be there to no end."""
    model = load_model(model_path)
    base = [weakref.ref(value) for value in model.vae.decoder.parameters()]
    tuner = Tuner(TuneSettings(), model, rendered_clips(1, 3), tmp_path / "m.safetensors", {}, CPU)
    del model
    gc.collect()
    assert tuner is not None
    assert base
    assert all(value() is None for value in base)


def test_a_place_that_cannot_be_written_to_is_told_before_learning(model_path, tmp_path):
    with pytest.raises(FileError, match="could not be written"):
        tuned(model_path, tmp_path / "no" / "m.safetensors", rendered_clips(1, 3))


@pytest.fixture
def loop_files(tmp_path):
    folder = tmp_path / "my loops"
    folder.mkdir()
    for clip in rendered_clips(2, 3):
        write_wav(folder / f"{clip.name}.wav", clip.samples, bits=32)
    return folder


def test_the_command_tunes_and_says_how_it_goes(model_path, loop_files, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    command = ["train", str(loop_files), "--from", str(model_path), "--seconds", "4", "--json"]
    assert _run(command) == 0
    out, err = capfd.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert {line["stage"] for line in lines[:-1]} == {"tuning"}
    assert set(lines[0]) == {
        "stage",
        "elapsed_s",
        "total_s",
        "step",
        "loss",
        "log_mel_error_db",
        "first_log_mel_error_db",
        "best_log_mel_error_db",
    }
    assert lines[0]["log_mel_error_db"] is None
    assert lines[-2]["best_log_mel_error_db"] < lines[-2]["first_log_mel_error_db"]
    assert lines[-2]["elapsed_s"] < lines[-2]["total_s"] + 3.0
    done = lines[-1]
    assert (done["stage"], done["out"]) == ("done", "my loops-tuned.safetensors")
    assert done["after"]["log_mel_error_db"] < done["before"]["log_mel_error_db"]
    assert load_model(tmp_path / done["out"]).name == "Start (tuned)"
    # A second one does not take the first one's place.
    assert _run([*command[:-1], "--seconds", "1"]) == 0
    out, err = capfd.readouterr()
    assert out == "my loops-tuned 2.safetensors\n"
    assert "Before: log-mel error" in err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--from", "nothing.safetensors", "-o", "{out}"], "There is no model file"),
        (["--from", "factory", "-o", "{factory}"], "factory model itself"),
        (["--from", "factory", "-o", "m.txt"], "no model file name"),
        (["--from", "factory", "-o", "{out}", "--steps", "3"], "--from and --steps exclude"),
        (["--from", "factory", "-o", "{out}", "--hold-out", "*"], "--from and --hold-out exclude"),
        (["--from", "factory", "-o", "{out}", "--rendered", "1"], "--from and --rendered exclude"),
        (["--from", "factory", "-o", "{out}", "--preset", "classic"], "exclude each other"),
        (["--from", "factory", "-o", "{out}", "--seconds", "nan"], "--seconds nan is not possible"),
        (["-o", "{out}", "--seconds", "1", "--minutes", "1"], "--minutes and --seconds exclude"),
        (["-o", "{out}", "--steps", "0"], "--steps 0 is not possible"),
        (["-o", "{out}", "--batch-size", "0"], "--batch-size 0 is not possible"),
        (["-o", "{out}", "--epochs", "3"], "--epochs is for --preset classic"),
        (["-o", "{out}", "--preset", "classic", "--steps", "3"], "exclude each other"),
        (["-o", "{out}", "--preset", "classic", "--epochs", "0"], "--epochs 0 is not possible"),
        ([], "needs a place for the model"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(loop_files, tmp_path, monkeypatch, capfd, options, told):
    monkeypatch.chdir(tmp_path)
    before = factory_model_path().read_bytes()
    names = {"out": "m.safetensors", "factory": str(factory_model_path())}
    code = _run(["train", str(loop_files), *(option.format(**names) for option in options)])
    out, err = capfd.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert [path.name for path in tmp_path.iterdir()] == ["my loops"]
    assert factory_model_path().read_bytes() == before


def test_several_processes_are_for_the_studio_preset(loop_files, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("WORLD_SIZE", "2")
    for options in (["--from", "factory"], ["--preset", "classic"]):
        assert _run(["train", str(loop_files), "-o", str(tmp_path / "m.safetensors"), *options]) == 2
        assert "Leave torchrun out" in capfd.readouterr().err


def test_the_classic_preset_is_trained(loop_files, tmp_path, capfd):
    from morphstudio.model.checkpoint import load_any_model

    out = tmp_path / "c.safetensors"
    options = ["-o", str(out), "--preset", "classic", "--epochs", "1", "--device", "cpu", "--json"]
    assert _run(["train", str(loop_files), *options]) == 0
    done = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert set(done["figures"]) == {"mse", "cosine"}
    assert not isinstance(load_any_model(out), LoadedModel)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_real_command_stops_when_told_to(loop_files, tmp_path, number):
    """With the factory model: it ends soon and leaves a whole model."""
    out = tmp_path / "m.safetensors"
    command = [sys.executable, "-m", "morphstudio", "train", str(loop_files), "--from", "factory"]
    process = subprocess.Popen(
        [*command, "--seconds", "60", "--json", "-o", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if json.loads(line)["step"] > 0:
            break
    process.send_signal(number)
    told, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    done = json.loads(told.splitlines()[-1])
    assert (done["stage"], done["out"]) == ("done", str(out))
    assert done["before"] is not None
    assert load_model(out).vae.config == load_model(factory_model_path()).vae.config


def test_statistics_are_of_every_step():
    z = (
        torch.randn(6, 4, 10, generator=torch.Generator().manual_seed(0))
        * torch.tensor([1, 2, 3, 4])[:, None]
    )
    found = latent_statistics(z)
    assert torch.allclose(found.spread, torch.tensor([1.0, 2.0, 3.0, 4.0]), rtol=0.3)
    assert found.directions.shape == (4, 4)
    assert torch.allclose(found.directions @ found.directions.T, torch.eye(4), atol=1e-5)
