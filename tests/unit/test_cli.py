"""The command line as scripts use it: real processes, files, exit codes."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile

from morphstudio import __version__
from morphstudio.audio.export import write_wav
from morphstudio.cli import _run
from morphstudio.synth.random_loops import random_loop

N_FRAMES = 44_100


def run_in_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "morphstudio", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=100)


def run(capfd, *arguments) -> tuple[int, str, str]:
    code = _run([str(argument) for argument in arguments])
    out, err = capfd.readouterr()
    return code, out, err


@pytest.fixture
def sounds(tmp_path):
    paths = []
    for seed, (n_frames, n_channels) in enumerate([(N_FRAMES, 2), (30_000, 1), (60_000, 2)]):
        loop = random_loop(np.random.default_rng(seed), n_frames / 44_100)
        path = tmp_path / f"{'abc'[seed]} #1 ü%.wav"
        write_wav(path, np.resize(loop[:, :n_channels], (n_frames, n_channels)), bits=32)
        paths.append(path)
    return paths


def read(path):
    return soundfile.read(path, dtype="float32", always_2d=True)[0]


def test_version_is_quick_and_plain():
    done = run_in_process("--version")
    assert (done.returncode, done.stdout) == (0, f"MorphStudio {__version__}\n")


def test_the_ends_are_the_sources_and_the_report_is_true(sounds, tmp_path, capfd):
    a, b, _ = sounds
    code, out, _ = run(capfd, "morph", a, b, "-o", tmp_path / "0.wav", "--at", "0", "--bits", "32", "--json")
    report = json.loads(out)
    assert code == 0
    assert set(report) == {
        "out",
        "weights",
        "frames",
        "sample_rate",
        "channels",
        "render_ms",
        "spectral_convergence_db",
    }
    assert report["weights"] == [1.0, 0.0]
    assert report["frames"] == N_FRAMES
    assert np.array_equal(read(tmp_path / "0.wav"), read(a))
    code, out, _ = run(capfd, "morph", a, b, "-o", tmp_path / "1.wav", "--at", "1", "--bits", "32", "--json")
    assert code == 0
    assert np.array_equal(read(tmp_path / "1.wav"), np.resize(read(b), (N_FRAMES, 1)))
    assert json.loads(out)["channels"] == 1


def test_twice_the_same_bytes_from_two_processes(sounds, tmp_path):
    for name in ("x.wav", "y.wav"):
        done = run_in_process("morph", *map(str, sounds[:2]), "-o", str(tmp_path / name), "--at", "0.5")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.wav").read_bytes() == (tmp_path / "y.wav").read_bytes()


def test_weights_bits_and_rate(sounds, tmp_path, capfd):
    out = tmp_path / "w.wav"
    options = ["--weights", "2,3,5", "--bits", "16", "--rate", "22050", "--detail", "0.5", "--json"]
    code, text, _ = run(capfd, "morph", *sounds, "-o", out, *options)
    info = soundfile.info(out)
    assert code == 0
    assert json.loads(text)["weights"] == pytest.approx([0.2, 0.3, 0.5])
    assert (info.samplerate, info.frames, info.channels, info.subtype) == (22_050, 22_050, 2, "PCM_16")
    assert (json.loads(text)["frames"], json.loads(text)["sample_rate"]) == (22_050, 22_050)


def test_steps_make_a_folder_from_a_to_b(sounds, tmp_path, capfd):
    a, _, c = sounds
    code, text, _ = run(
        capfd, "morph", a, c, "-o", tmp_path / "pack", "--steps", "3", "--bits", "32", "--json"
    )
    report = json.loads(text)
    assert code == 0
    assert [path.name for path in sorted((tmp_path / "pack").iterdir())] == [
        f"{a.stem}-{c.stem}_0{i}.wav" for i in (1, 2, 3)
    ]
    assert report["weights"] == [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]
    assert np.array_equal(read(report["out"][0]), read(a))
    assert np.array_equal(read(report["out"][2]), read(c)[:N_FRAMES])


@pytest.mark.parametrize(
    "arguments",
    [
        ["morph", "{a}", "-o", "{out}"],
        ["morph", "{a}", "{b}"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--at", "1.5"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--at", "nan"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--at", "x"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--at", "0.5", "--steps", "3"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--steps", "1"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--weights", "1"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--weights", "0,0"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--weights", "1,nan"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--detail", "2"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--bits", "8"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--rate", "1"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--model", "{a}"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--device", "abacus"],
        ["morph", "{a}", "{missing}", "-o", "{out}"],
        ["morph", "{a}", "{b}", "-o", "{missing}/out.wav"],
        ["morph", "{a}", "{b}", "-o", "{a}", "--steps", "3"],
        ["train", "{missing}", "-o", "{out}"],
        ["train", "{missing}", "-o", "{missing}.safetensors"],
        ["morph", "--no-such-option"],
        ["--no-such-option"],
    ],
)
def test_wrong_input_is_one_line_and_exit_2(sounds, tmp_path, capfd, arguments):
    names = {"a": sounds[0], "b": sounds[1], "out": tmp_path / "out.wav", "missing": tmp_path / "no"}
    code, out, err = run(capfd, *(argument.format(**names) for argument in arguments))
    assert code == 2
    assert out == ""
    assert err.startswith("morphstudio: ")
    assert err.count("\n") == 1
    assert not (tmp_path / "out.wav").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_fault_is_one_line_and_exit_1(sounds, tmp_path, capfd, monkeypatch, home):
    monkeypatch.setattr("morphstudio.cli._load", lambda path: 1 / 0)
    code, _, err = run(capfd, "morph", sounds[0], sounds[1], "-o", tmp_path / "out.wav")
    assert code == 1
    assert err.count("\n") == 1
    assert str(home) in err
