"""The command line as scripts use it: real processes, files, exit codes."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

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


def test_twice_the_same_bytes_from_two_processes(sounds, tmp_path, capfd):
    done = run_in_process("morph", *map(str, sounds[:2]), "-o", str(tmp_path / "x.wav"), "--at", "0.5")
    assert done.returncode == 0, done.stderr
    assert run(capfd, "morph", *sounds[:2], "-o", tmp_path / "y.wav", "--at", "0.5")[0] == 0
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


def test_pitch_shifts_by_semitones_and_keeps_the_length(tmp_path, capfd):
    tone = 0.5 * np.sin(2 * np.pi * 440.0 * np.arange(N_FRAMES) / 44_100)
    for name in "ab":
        soundfile.write(tmp_path / f"{name}.wav", tone, 44_100, "FLOAT")
    out = tmp_path / "up.wav"
    a, b = tmp_path / "a.wav", tmp_path / "b.wav"
    code, _, _ = run(capfd, "morph", a, b, "-o", out, "--at", "0", "--pitch", "12", "--bits", "32")
    assert code == 0
    shifted = read(out)[:, 0]
    assert len(shifted) == N_FRAMES
    assert np.abs(np.fft.rfft(shifted)).argmax() == pytest.approx(880.0 * N_FRAMES / 44_100, abs=1.0)


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
        ["morph", "{a}", "{b}", "-o", "{out}", "--pitch", "13"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--pitch", "0.5"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--bits", "8"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--rate", "1"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--model", "{a}"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--device", "abacus"],
        ["morph", "{a}", "{missing}", "-o", "{out}"],
        ["morph", "{a}", "{b}", "-o", "{missing}/out.wav"],
        ["morph", "{a}", "{b}", "-o", "{a}", "--steps", "3"],
        ["morph", "{a}", "{b}", "-o", "{a}"],
        ["morph", "{a}", "{b}", "-o", "{folder}"],
        ["morph", "{a}", "{b}", "-o", "{out}.mp3"],
        ["morph", "{a}", "{b}", "-o", "{long}"],
        ["morph", "{a}", "{b}", "-o", "{out}", "--seed", "-1", "--bits", "16"],
        ["morph", "{a}", "{b}", "-o", "{missing}", "--steps", "3", "--rate", "1"],
        ["morph", "{a}", "{b}", "-o", "{missing}", "--steps", "3", "--detail", "nan"],
        ["morph", "{a}", "{b}", "-o", "{missing}/pack", "--steps", "3"],
        ["morph", "{longer}", "{missing}", "-o", "{out}"],
        ["train", "{missing}", "-o", "{out}"],
        ["train", "{missing}", "-o", "{missing}.safetensors"],
        ["train", "{folder}", "-o", "{missing}/m.safetensors"],
        ["train", "{folder}", "-o", "{missing}.safetensors"],
        ["train", "{broken}", "-o", "{missing}.safetensors"],
        ["train", "{a}", "-o", "{missing}.safetensors", "--hold-out", "*"],
        ["train", "{a}", "-o", "{missing}.safetensors", "--minutes", "nan"],
        ["train", "{a}", "-o", "{missing}.safetensors", "--rendered", "-1"],
        ["train", "{a}", "-o", "{missing}.safetensors", "--rendered", "nan"],
        ["train", "{a}", "-o", "{missing}.safetensors", "--seed", "-1"],
        ["morph", "--no-such-option"],
        ["--no-such-option"],
    ],
)
def test_wrong_input_is_one_line_and_exit_2(sounds, tmp_path, capfd, arguments):
    names = {"a": sounds[0], "b": sounds[1], "out": tmp_path / "out.wav", "missing": tmp_path / "no"}
    names |= {"folder": tmp_path / "folder", "broken": tmp_path / "broken", "long": tmp_path / ("x" * 300)}
    names["folder"].mkdir()
    names["broken"].mkdir()
    for name in ("1.wav", "2.wav"):
        (names["broken"] / name).write_text("no sound")
    if "{longer}" in arguments:
        names["longer"] = tmp_path / "longer.wav"
        soundfile.write(names["longer"], np.full(65 * 44_100, 0.1), 44_100)
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run(capfd, *(argument.format(**names) for argument in arguments))
    assert code == 2
    assert out == ""
    assert err.startswith("morphstudio: ")
    assert err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def bad_sound(kind, path):
    """A file that no morph can be made of."""
    noise = np.random.default_rng(0).normal(0, 0.1, (4410, 2)).astype(np.float32)
    rate_hz = 1 if kind == "1 Hz" else 44_100
    if kind == "NaN":
        noise[7] = np.nan
    samples = {"silent": noise * 0, "1 frame": noise[:1], "1024 channels": np.ones((2000, 1024))}
    soundfile.write(path, samples.get(kind, noise), rate_hz, subtype="FLOAT")
    contents = {"empty": b"", "truncated": path.read_bytes()[:40], "no audio": b"A letter to a friend. " * 99}
    if kind in contents:
        path.write_bytes(contents[kind])


@pytest.mark.parametrize(
    "kind", ["empty", "truncated", "no audio", "silent", "1 frame", "NaN", "1024 channels", "1 Hz"]
)
def test_a_bad_sound_is_one_line_that_names_it(sounds, tmp_path, capfd, kind):
    bad = tmp_path / "this one.wav"
    bad_sound(kind, bad)
    before = sorted(tmp_path.iterdir())
    for pair in ([sounds[0], bad], [bad, sounds[0]]):
        code, out, err = run(capfd, "morph", *pair, "-o", tmp_path / "out.wav", "--json")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "this one.wav" in err
    assert sorted(tmp_path.iterdir()) == before


def test_a_pickle_is_no_model(sounds, tmp_path, capfd):
    class Trap:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "sprung",))

    trap = tmp_path / "trap.safetensors"
    trap.write_bytes(pickle.dumps(Trap()))
    code, out, err = run(capfd, "morph", *sounds[:2], "-o", tmp_path / "out.wav", "--model", trap)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "trap.safetensors" in err
    assert not (tmp_path / "sprung").exists()
    assert not (tmp_path / "out.wav").exists()


def test_ctrl_c_is_one_line_and_leaves_whole_files_only(sounds, tmp_path, capfd, monkeypatch):
    from morphstudio.audio import export

    real_fsync, calls = os.fsync, []

    def interrupt_the_second(file):
        calls.append(file)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real_fsync(file)

    monkeypatch.setattr(export.os, "fsync", interrupt_the_second)
    code, out, err = run(capfd, "morph", *sounds[:2], "-o", tmp_path / "pack", "--steps", "3")
    assert (code, out, err) == (130, "", "morphstudio: Stopped.\n")
    assert len(list((tmp_path / "pack").iterdir())) == 1


def test_a_fault_is_one_line_and_exit_1(sounds, tmp_path, capfd, monkeypatch, home):
    monkeypatch.setattr("morphstudio.cli._load", lambda path: 1 / 0)
    code, _, err = run(capfd, "morph", sounds[0], sounds[1], "-o", tmp_path / "out.wav")
    assert code == 1
    assert err.count("\n") == 1
    assert str(home) in err


def test_a_render_that_fails_leaves_no_folder(sounds, tmp_path, capfd, monkeypatch):
    def fail(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("morphstudio.audio.export.os.fsync", fail)
    code, out, err = run(capfd, "morph", sounds[0], sounds[1], "-o", tmp_path / "pack", "--steps", "3")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "disk is full" in err
    assert not (tmp_path / "pack").exists()


def test_a_longer_file_is_told_beside_the_json(sounds, tmp_path, capfd):
    longer = tmp_path / "longer.wav"
    soundfile.write(longer, np.full(65 * 44_100, 0.1), 44_100)
    code, out, err = run(capfd, "morph", sounds[0], longer, "-o", tmp_path / "out.wav", "--at", "1", "--json")
    assert code == 0
    assert json.loads(out)["frames"] == N_FRAMES
    assert err == "morphstudio: Only the first 64 s of longer.wav are used.\n"


def test_names_too_long_for_two_are_cut(tmp_path, capfd):
    names = ["ü" * 110 + ".wav", "b" * 240 + ".wav"]
    for name in names:
        write_wav(tmp_path / name, np.full((N_FRAMES, 1), 0.1, np.float32), bits=16)
    pack = tmp_path / "pack"
    code, _, err = run(capfd, "morph", *(tmp_path / name for name in names), "-o", pack, "--steps", "2")
    assert (code, err) == (0, "")
    assert [path.name[-7:] for path in sorted(pack.iterdir())] == ["_01.wav", "_02.wav"]


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [([], []), (["a.wav", "b"], ["a.wav", "b"]), (["./morph"], ["morph"]), (["--", "-a.wav"], ["-a.wav"])],
)
def test_what_is_no_command_is_opened(monkeypatch, tmp_path, arguments, opened):
    seen = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("morphstudio.app.run_window", lambda paths: seen.extend(paths) or 0)
    assert _run(arguments) == 0
    assert seen == [tmp_path / name for name in opened]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_no_screen_is_told_before_qt_ends_the_process(monkeypatch, capfd):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    code, _, err = run(capfd)
    assert (code, err.count("\n")) == (1, 1)
    assert "no screen" in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_closed_stdout_is_no_fault(sounds, tmp_path):
    command = [
        sys.executable,
        "-m",
        "morphstudio",
        "morph",
        *map(str, sounds[:2]),
        "--at",
        "0",
        "-o",
        "o.wav",
    ]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command], cwd=tmp_path, stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert soundfile.info(tmp_path / "o.wav").frames == N_FRAMES


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_stopped_training_keeps_the_model_and_goes_on_from_there(sounds, tmp_path, capfd):
    """Ctrl+C on the real command."""
    out, state = tmp_path / "m.safetensors", tmp_path / "m.state.safetensors"
    training = ["train", str(sounds[0]), "-o", str(out), "--batch-size", "4"]
    command = [sys.executable, "-m", "morphstudio", *training, "--minutes", "5"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline_s = time.monotonic() + 60.0
    while not state.exists() and time.monotonic() < deadline_s:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    told, err = process.communicate(timeout=60)
    assert (process.returncode, told.decode().strip()) == (0, str(out))
    assert b"Traceback" not in err
    assert out.exists()
    assert state.exists()
    code, _, told = run(capfd, *training, "--minutes", "0.001")
    assert code == 0
    assert "Resuming" in told
    assert not state.exists()
