"""AIFF and FLAC, levels, repeats and tails: the same loop in other files."""

from __future__ import annotations

import errno
import os

import numpy as np
import pytest
import soundfile as sf

from morphstudio.audio import export
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.export import ExportOptions, write_loop, write_wav, writing_loop
from morphstudio.audio.metering import PlayedMeter
from morphstudio.audio.normalising import integrated_lufs, true_peak
from morphstudio.errors import FileError, MorphStudioError, ParameterError

FORMATS = [("wav", 16), ("wav", 24), ("wav", 32), ("aiff", 16), ("aiff", 24), ("aiff", 32),
           ("flac", 16), ("flac", 24)]  # fmt: skip
SUBTYPES = {16: "PCM_16", 24: "PCM_24", 32: "FLOAT"}


def noise(n_frames=5001, n_channels=2, gain=0.1):
    return np.random.default_rng(3).normal(0, gain, (n_frames, n_channels)).astype(np.float32)


def read(path, dtype="float32"):
    return sf.read(path, dtype=dtype, always_2d=True)[0]


def written(folder, samples, name="a", seed=0, **options):
    chosen = ExportOptions(**options)
    path = folder / f"{name}{chosen.suffix}"
    write_loop(path, samples, chosen, seed)
    return path


@pytest.mark.parametrize(("file_format", "bits"), FORMATS)
@pytest.mark.parametrize("n_channels", [1, 2])
def test_every_format_holds_the_samples_of_the_wav(tmp_path, file_format, bits, n_channels):
    samples = noise(n_channels=n_channels)
    path = written(tmp_path, samples, format=file_format, bits=bits, rate_hz=48_000, seed=5)
    info = sf.info(path)
    assert (info.format, info.subtype) == (file_format.upper(), SUBTYPES[bits])
    assert (info.samplerate, info.channels) == (48_000, n_channels)
    write_wav(tmp_path / "b.wav", samples, bits=bits, rate_hz=48_000, seed=5)
    assert np.array_equal(read(path), read(tmp_path / "b.wav"))


@pytest.mark.parametrize(("file_format", "bits"), FORMATS)
def test_same_loop_same_bytes_and_nothing_else_in_the_folder(tmp_path, file_format, bits):
    options = {"format": file_format, "bits": bits, "normalise": "loudness", "repeats": 2, "tail_s": 0.1}
    paths = [written(tmp_path, noise(), name, **options) for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths


@pytest.mark.parametrize("rate_hz", [8000, 22050, 44100, 44101, 96000, 192000])
@pytest.mark.parametrize("file_format", ["aiff", "flac"])
def test_rates_are_told_exactly(tmp_path, rate_hz, file_format):
    path = written(tmp_path, noise(441), format=file_format, rate_hz=rate_hz)
    assert sf.info(path).samplerate == rate_hz
    assert sf.info(path).frames == round(441 * rate_hz / RATE_HZ)


@pytest.mark.parametrize("file_format", ["wav", "aiff", "flac"])
def test_repeats_are_the_loop_again_and_again(tmp_path, file_format):
    once = read(written(tmp_path, noise(), "once", format=file_format, rate_hz=48_000))
    thrice = read(written(tmp_path, noise(), "thrice", format=file_format, rate_hz=48_000, repeats=3))
    assert np.array_equal(thrice, np.concatenate([once] * 3))


def test_repeats_are_dithered_anew(tmp_path):
    both = read(written(tmp_path, noise(), bits=16, repeats=2), "int16")
    first, second = np.split(both, 2)
    assert np.array_equal(first, read(written(tmp_path, noise(), "b", bits=16), "int16"))
    assert not np.array_equal(first, second)
    assert np.abs(first.astype(int) - second).max() <= 2


@pytest.mark.parametrize("tail_s", [0.05, 0.3])
def test_a_tail_begins_the_loop_again_and_fades_out(tmp_path, tail_s):
    """Also where it is longer than the loop."""
    samples = np.full((5001, 1), 0.5, np.float32)
    whole = read(written(tmp_path, samples, bits=32, repeats=2, tail_s=tail_s))[:, 0]
    body, tail = whole[: 2 * 5001], whole[2 * 5001 :]
    assert len(tail) == round(tail_s * RATE_HZ)
    assert np.all(body == 0.5)
    assert np.all(np.diff(tail) <= 0)
    assert tail[0] == pytest.approx(0.5, abs=1e-5)
    assert tail[-1] == 0
    spiky = noise(5001, 1)
    tail = read(written(tmp_path, spiky, bits=32, tail_s=tail_s))[5001:, 0]
    n_same = len(tail) // 20
    assert np.abs(tail[:n_same] - spiky[:n_same, 0]).max() < 0.02 * np.abs(spiky).max()


def between_the_samples(n_frames=4400):
    """A sine whose samples all lie 45 degrees from its peaks: 3 dB lower than what is heard."""
    phase = 2 * np.pi * np.arange(n_frames) / 4 + np.pi / 4
    return np.repeat(0.5 * np.sin(phase)[:, None], 2, axis=1).astype(np.float32)


def test_the_true_peak_lies_between_samples_too():
    loop = between_the_samples()
    assert np.abs(loop).max() == pytest.approx(0.3536, abs=1e-3)
    assert true_peak(loop) == pytest.approx(0.5, abs=2e-3)
    assert true_peak(np.roll(loop, 1, axis=0)) == pytest.approx(0.5, abs=2e-3)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_peak_brings_the_true_peak_to_minus_1_db(tmp_path, rate_hz):
    loop = read(written(tmp_path, between_the_samples(), normalise="peak", bits=32, rate_hz=rate_hz))
    assert 20 * np.log10(true_peak(loop)) == pytest.approx(-1.0, abs=0.05)


def test_loudness_brings_a_loop_to_minus_14_lufs(tmp_path):
    """By the meter that the window shows, playing the file round and round."""
    path = written(tmp_path, noise(88_200, gain=0.004), normalise="loudness", bits=32)
    meter = PlayedMeter()
    meter.set_loop(88_200)
    for _ in range(3):
        meter.write(read(path))
    assert meter.integrated_lufs == pytest.approx(-14.0, abs=0.1)


def test_loudness_stops_where_the_true_peak_would_go_beyond(tmp_path):
    loop = np.zeros((44_100, 1), np.float32)
    loop[::11_025] = 0.9
    loud = read(written(tmp_path, loop, normalise="loudness", bits=32))
    assert 20 * np.log10(true_peak(loud)) == pytest.approx(-1.0, abs=0.05)
    assert integrated_lufs(loud) < -14.0


@pytest.mark.parametrize("normalise", ["peak", "loudness"])
def test_silence_stays_silence(tmp_path, normalise):
    assert not read(written(tmp_path, np.zeros((999, 2), np.float32), normalise=normalise)).any()


@pytest.mark.parametrize("n_frames", [50, 4410, 30_000])
def test_the_loudness_of_a_loop_is_that_of_many_times_it(n_frames):
    """However short: what is measured is what is heard round and round."""
    loop = noise(n_frames)
    long = np.resize(loop, (220_500, 2))
    assert integrated_lufs(loop) == pytest.approx(integrated_lufs(long), abs=0.4)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"format": "mp3"}, "mp3"),
        ({"format": "flac", "bits": 32}, "32"),
        ({"format": "flac", "rate_hz": 96_001}, "96001"),
        ({"repeats": 0}, "0 times"),
        ({"repeats": 65}, "65 times"),
        ({"normalise": "up"}, "up"),
        ({"tail_s": -1.0}, "tail"),
        ({"tail_s": float("nan")}, "tail"),
    ],
)
def test_what_is_not_possible_is_a_sentence(tmp_path, options, word):
    with pytest.raises(ParameterError, match=word):
        write_loop(tmp_path / "a", noise(), ExportOptions(**options))
    assert list(tmp_path.iterdir()) == []


def test_more_than_4_gb_of_aiff_is_a_sentence(tmp_path):
    options = {"repeats": 64, "rate_hz": 192_000, "bits": 32}
    samples = np.zeros((64 * RATE_HZ, 2), np.float32)
    with pytest.raises(ParameterError, match="4 GB"):
        next(writing_loop(tmp_path / "a.aiff", samples, ExportOptions(format="aiff", **options)))
    assert not ExportOptions(**options).is_too_large(len(samples), 2)
    assert not ExportOptions(**options | {"format": "flac", "bits": 24}).is_too_large(len(samples), 2)


def test_writing_comes_in_pieces_and_may_be_given_up(tmp_path):
    path = tmp_path / "a.flac"
    path.write_text("the old file")
    writing = writing_loop(path, noise(), ExportOptions(format="flac", repeats=4))
    assert [next(writing), next(writing)] == [0.25, 0.5]
    writing.close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.flac"]
    assert path.read_text() == "the old file"
    assert list(writing_loop(path, noise(), ExportOptions(format="flac", repeats=2))) == [0.5, 1.0]
    assert sf.info(path).frames == 2 * 5001


class FullFile:
    """A file on a disk on which nothing more has room."""

    def __init__(self, file):
        self._file = file

    def write(self, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def __getattr__(self, name):
        return getattr(self._file, name)


@pytest.mark.parametrize("file_format", ["wav", "aiff", "flac"])
def test_a_disk_that_is_full_while_writing_is_a_sentence(tmp_path, monkeypatch, file_format):
    real = export.encoding
    monkeypatch.setattr(export, "encoding", lambda file, *rest: real(FullFile(file), *rest))
    path = tmp_path / f"a.{file_format}"
    with pytest.raises(MorphStudioError, match="disk is full") as caught:
        write_loop(path, noise(), ExportOptions(format=file_format))
    assert not isinstance(caught.value, FileError)
    assert list(tmp_path.iterdir()) == []
