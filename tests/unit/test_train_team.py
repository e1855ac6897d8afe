"""Training by several processes: the real `torchrun`, and the same result as by one."""

import json
import subprocess
import sys

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import write_wav
from morphstudio.cli import _run
from morphstudio.model.checkpoint import load_model
from morphstudio.synth.random_loops import random_loop
from tests.unit.train_tiny import train

TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]


@pytest.fixture
def sounds(tmp_path):
    folder = tmp_path / "sounds"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for index in range(2):
        clip = AudioClip(random_loop(rng, 2.0), f"loop {index}")
        write_wav(folder / f"{index}.wav", clip.samples, bits=16)
    return folder


def run_in_team(*arguments):
    """Run a module by two processes; what they print."""
    command = [*TORCHRUN, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stderr
    return done.stdout


def mean_loss(out):
    lines = [json.loads(line) for line in out.with_suffix(".metrics.jsonl").read_text().splitlines()]
    lines = [line for line in lines if "loss" in line]
    n_steps = sum(line["steps"] for line in lines)
    return sum(line["loss"] * line["steps"] for line in lines) / n_steps, n_steps


def weights(out):
    return torch.cat([value.flatten() for value in load_model(out).vae.state_dict().values()])


@pytest.mark.timeout(360)
def test_two_processes_learn_what_one_learns(sounds, tmp_path):
    """The same global batch, step by step; what differs is the order in which gradients are added up."""
    one, two = tmp_path / "one.safetensors", tmp_path / "two.safetensors"
    train(sounds, one, "steps=40")
    assert run_in_team("tests.unit.train_tiny", sounds, two, "steps=40").strip() == "fresh"
    (mean_one, n_one), (mean_two, n_two) = mean_loss(one), mean_loss(two)
    assert n_one == n_two == 40
    assert mean_two == pytest.approx(mean_one, rel=0.001)
    assert float((weights(one) - weights(two)).norm()) < 0.01 * float(weights(one).norm())
    assert {path.name for path in tmp_path.iterdir()} == {
        "sounds",
        "one.safetensors",
        "one.metrics.jsonl",
        "two.safetensors",
        "two.metrics.jsonl",
    }


@pytest.mark.timeout(360)
def test_the_same_command_runs_under_torchrun(sounds, tmp_path, capfd):
    """The real model; rank 0 alone writes and prints."""
    one, two = tmp_path / "one.safetensors", tmp_path / "two.safetensors"
    options = ["--steps", "3", "--batch-size", "2", "--json", "--device", "cpu"]
    assert _run(["train", str(sounds), "-o", str(one), *options]) == 0
    by_one = capfd.readouterr().out
    by_two = run_in_team("morphstudio", "train", sounds, "-o", two, *options)
    for out, told in ((one, by_one), (two, by_two)):
        lines = [json.loads(line) for line in told.splitlines()]
        assert [line["stage"] for line in lines].count("done") == 1
        assert lines[-1]["out"] == str(out)
        assert lines[-2]["step"] == 3
    assert mean_loss(two)[0] == pytest.approx(mean_loss(one)[0], rel=0.02)
