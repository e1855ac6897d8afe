"""Sound files out: exact, seamless, and whole or not there."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.export import write_wav
from morphstudio.audio.resampling import resample_loop
from morphstudio.errors import FileError, InputError, MorphStudioError, ParameterError


def circle(n_frames=4410, n_turns=44, n_channels=2, gain=0.5):
    """A sine that closes: whole turns in the loop."""
    wave = np.sin(2 * np.pi * n_turns * np.arange(n_frames) / n_frames)
    return (gain * wave[:, None] / (1 + np.arange(n_channels))).astype(np.float32)


def noise(n_frames=5000, n_channels=2, gain=0.3):
    return np.random.default_rng(3).normal(0, gain, (n_frames, n_channels)).astype(np.float32)


@pytest.mark.parametrize("n_channels", [1, 2])
@pytest.mark.parametrize("n_frames", [1, 441, 4999])
def test_float_is_bit_exact(tmp_path, n_channels, n_frames):
    samples = noise(n_frames, n_channels, gain=2.0)
    write_wav(tmp_path / "a.wav", samples, bits=32)
    read, rate_hz = sf.read(tmp_path / "a.wav", dtype="float32", always_2d=True)
    assert rate_hz == RATE_HZ
    assert np.array_equal(read, samples)
    assert sf.info(tmp_path / "a.wav").subtype == "FLOAT"


@pytest.mark.parametrize("n_channels", [1, 2])
@pytest.mark.parametrize("n_frames", [441, 5001])
def test_24_bit_is_within_half_a_step(tmp_path, n_channels, n_frames):
    samples = noise(n_frames, n_channels, gain=0.1)
    write_wav(tmp_path / "a.wav", samples, bits=24)
    info = sf.info(tmp_path / "a.wav")
    assert (info.subtype, info.frames) == ("PCM_24", n_frames)
    read = sf.read(tmp_path / "a.wav", always_2d=True)[0]
    assert np.abs(read - samples).max() <= 0.5001 / 2**23


def test_16_bit_dither_is_triangular_and_independent_of_the_signal(tmp_path):
    constant = np.full((200_000, 1), 0.3 / 32768, np.float32)
    write_wav(tmp_path / "a.wav", constant, bits=16)
    steps = sf.read(tmp_path / "a.wav", dtype="int16")[0].astype(float)
    error = steps - 0.3
    assert np.abs(error).max() < 1.5
    assert abs(error.mean()) < 0.01  # undithered: 0.3
    assert error.var() == pytest.approx(0.25, abs=0.01)  # 1/12 rounding and 2/12 dither
    spectrum = np.abs(np.fft.rfft(error)) ** 2
    halves = spectrum[1 : len(spectrum) // 2].mean() / spectrum[len(spectrum) // 2 :].mean()
    assert halves == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize(("bits", "rate_hz"), [(16, 44100), (16, 48000), (24, 22050), (32, 96000)])
def test_same_loop_same_bytes(tmp_path, bits, rate_hz):
    for name in ("a.wav", "b.wav"):
        write_wav(tmp_path / name, noise(), bits=bits, rate_hz=rate_hz, seed=7)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_another_seed_is_another_dither(tmp_path):
    for seed in (0, 1):
        write_wav(tmp_path / f"{seed}.wav", noise(), bits=16, seed=seed)
    assert (tmp_path / "0.wav").read_bytes() != (tmp_path / "1.wav").read_bytes()


@pytest.mark.parametrize("bits", [16, 24])
def test_too_loud_stops_at_full_scale(tmp_path, bits):
    samples = circle(gain=3.0, n_channels=1)
    write_wav(tmp_path / "a.wav", samples, bits=bits)
    read = sf.read(tmp_path / "a.wav")[0]
    step = 2.0 ** (1 - bits)
    assert read.max() == 1 - step
    assert read.min() == -1
    assert np.abs(read - np.clip(samples[:, 0], -1, 1)).max() <= 3 * step


@pytest.mark.parametrize("rate_hz", [8000, 22050, 44101, 48000, 96000, 192000])
@pytest.mark.parametrize("n_frames", [441, 4410, 44_101, 88_200])
def test_any_rate_gives_the_same_circle(tmp_path, rate_hz, n_frames):
    n_turns = max(1, n_frames // 200)
    write_wav(tmp_path / "a.wav", circle(n_frames, n_turns), bits=32, rate_hz=rate_hz)
    read, told_hz = sf.read(tmp_path / "a.wav")
    assert told_hz == rate_hz
    assert len(read) == round(n_frames * rate_hz / RATE_HZ)
    # The sine of the same number of turns in the new length, up to the last frame: no seam anywhere.
    assert np.abs(read - circle(len(read), n_turns)).max() < 1e-5


@pytest.mark.parametrize("n_out", [800, 4999, 5443, 21768])
def test_resampling_commutes_with_turning_the_loop(n_out):
    samples = noise(5000)
    n_turned = 1250
    turned = resample_loop(np.roll(samples, n_turned, axis=0), n_out)
    plain = resample_loop(samples, n_out)
    if n_turned * n_out % 5000 == 0:
        assert np.abs(turned - np.roll(plain, n_turned * n_out // 5000, axis=0)).max() < 1e-5
    spectra = [np.abs(np.fft.rfft(x, axis=0)) for x in (turned, plain)]
    assert np.abs(spectra[0] - spectra[1]).max() < 1e-3 * spectra[1].max()


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_not_numbers_write_nothing(tmp_path, value):
    samples = noise()
    samples[40, 1] = value
    with pytest.raises(FileError, match=r"a\.wav.*not numbers"):
        write_wav(tmp_path / "a.wav", samples, bits=16)
    assert only(tmp_path) == []


@pytest.mark.parametrize(
    "samples", [np.zeros((0, 2), np.float32), np.zeros((9, 3), np.float32), np.zeros(9, np.float32)]
)
def test_no_sound(tmp_path, samples):
    with pytest.raises(FileError, match="no sound"):
        write_wav(tmp_path / "a.wav", samples, bits=16)


@pytest.mark.parametrize("bits", [0, 8, 20, 64])
def test_bad_bits(tmp_path, bits):
    with pytest.raises(ParameterError, match=f"{bits} bits"):
        write_wav(tmp_path / "a.wav", noise(), bits=bits)


@pytest.mark.parametrize("rate_hz", [-1, 0, 7999, 192_001, float("nan"), 44100.5])
def test_bad_rate(tmp_path, rate_hz):
    with pytest.raises(ParameterError, match="sample rate"):
        write_wav(tmp_path / "a.wav", noise(), bits=16, rate_hz=rate_hz)
    assert only(tmp_path) == []


def test_places_that_cannot_be(tmp_path):
    with pytest.raises(FileError, match="does not exist"):
        write_wav(tmp_path / "gone" / "a.wav", noise(), bits=16)
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="does not exist"):
        write_wav(tmp_path / "file" / "a.wav", noise(), bits=16)
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(FileError, match=r"folder\.wav is a folder"):
        write_wav(tmp_path / "folder.wav", noise(), bits=16)
    with pytest.raises(FileError, match="cannot be written"):
        write_wav(tmp_path / ("x" * 300 + ".wav"), noise(), bits=16)
    assert only(tmp_path) == ["file", "folder.wav"]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EPERM])
def test_read_only_folder(tmp_path, monkeypatch, code):
    def deny(*args, **kwargs):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", deny)
        with pytest.raises(FileError, match="may not be written to") as caught:
            write_wav(tmp_path / "a.wav", noise(), bits=16)
    assert str(tmp_path) in caught.value.message


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, call, code):
    path = tmp_path / "a.wav"
    path.write_text("the old file")

    def fail(*args, **kwargs):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os if call == "fsync" else Path, call, fail)
        with pytest.raises(MorphStudioError, match=r"a\.wav") as caught:
            write_wav(path, noise(), bits=24)
    assert not isinstance(caught.value, InputError)
    assert caught.value.exit_code == 1
    assert only(tmp_path) == ["a.wav"]
    assert path.read_text() == "the old file"


def test_an_interruption_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_wav(tmp_path / "a.wav", noise(), bits=24)
    assert only(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_devices_and_pipes_are_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(FileError, match=r"pipe\.wav cannot be written: it is a device or a pipe"):
        write_wav(tmp_path / "pipe.wav", noise(), bits=16)
    assert (tmp_path / "pipe.wav").is_fifo()
    assert only(tmp_path) == ["pipe.wav"]


def test_an_existing_file_is_replaced(tmp_path):
    path = tmp_path / "Späte #1 100%.wav"
    path.write_text("old")
    write_wav(path, noise(), bits=32)
    assert np.array_equal(sf.read(path, dtype="float32")[0], noise())
    assert only(tmp_path) == [path.name]
