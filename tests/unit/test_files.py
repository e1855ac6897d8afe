"""Sound files in: what is kept, what is refused, and with which sentence."""

import os
import struct
import time
import tracemalloc
from fractions import Fraction

import av
import numpy as np
import pytest
import soundfile as sf

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.files import AUDIO_SUFFIXES, find_audio_files, load_clip
from morphstudio.errors import FileError


def tone(n_frames=RATE_HZ // 2, rate_hz=RATE_HZ, hz=440.0, n_channels=2, gain=0.5):
    """A sine, quieter with each channel."""
    wave = np.sin(2 * np.pi * hz * np.arange(n_frames) / rate_hz)
    return (gain * wave[:, None] / (1 + np.arange(n_channels))).astype(np.float32)


def write(path, samples, rate_hz=RATE_HZ, **options):
    sf.write(path, samples, rate_hz, **options)
    return path


def write_av(path, samples, codec, rate_hz=RATE_HZ):
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, 0, Fraction(1, rate_hz)
        converter = av.AudioResampler(format=stream.codec_context.format, layout="stereo", rate=rate_hz)
        for part in [*converter.resample(frame), None]:
            container.mux(stream.encode(part))
    return path


@pytest.mark.parametrize("n_channels", [1, 2])
@pytest.mark.parametrize(("suffix", "subtype"), [(".wav", "FLOAT"), (".aiff", "FLOAT"), (".caf", "FLOAT")])
def test_what_is_already_right_is_kept_bit_for_bit(tmp_path, suffix, subtype, n_channels):
    samples = tone(n_channels=n_channels)
    clip, note = load_clip(write(tmp_path / f"a{suffix}", samples, subtype=subtype))
    assert np.array_equal(clip.samples, samples)
    assert clip.samples.dtype == np.float32
    assert (clip.name, clip.path, note) == ("a", tmp_path / f"a{suffix}", "")


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".mp3"])
def test_compressed_files_keep_length_and_sound(tmp_path, suffix):
    samples = tone()
    clip, note = load_clip(write(tmp_path / f"a{suffix}", samples))
    assert clip.samples.shape == samples.shape
    assert note == ""
    middle = slice(4000, -4000)
    assert np.abs(clip.samples[middle] - samples[middle]).max() < 0.02


@pytest.mark.parametrize(("suffix", "codec"), [(".m4a", "aac"), (".m4a", "alac"), (".mka", "pcm_s16le")])
def test_what_soundfile_cannot_read_is_read_by_ffmpeg(tmp_path, suffix, codec):
    samples = tone()
    clip, note = load_clip(write_av(tmp_path / f"a{suffix}", samples, codec))
    assert note == ""
    assert clip.n_frames == len(samples)
    middle = slice(4000, len(samples) - 4000)
    assert np.abs(clip.samples[middle] - samples[middle]).max() < 0.05


@pytest.mark.parametrize("rate_hz", [4000, 22050, 44101, 48000, 96000, 384000])
def test_other_rates_keep_pitch_level_and_length(tmp_path, rate_hz):
    clip, _ = load_clip(write(tmp_path / "a.wav", tone(rate_hz, rate_hz), rate_hz, subtype="FLOAT"))
    assert abs(clip.n_frames - RATE_HZ) <= 1
    expected = tone(clip.n_frames)
    middle = slice(2000, -2000)
    assert np.abs(clip.samples[middle] - expected[middle]).max() < 2e-4


@pytest.mark.parametrize("n_channels", range(3, 9))
def test_more_channels_fold_to_stereo_without_clipping(tmp_path, n_channels):
    path = write(tmp_path / "a.wav", np.ones((1000, n_channels), np.float32), subtype="FLOAT")
    assert load_clip(path)[0].samples == pytest.approx(np.ones((1000, 2)), abs=1e-6)
    only_left = np.zeros((1000, n_channels), np.float32)
    only_left[:, 0] = 1
    left, right = load_clip(write(path, only_left, subtype="FLOAT"))[0].samples.T
    assert left.min() > 0.25
    assert not right.any()


def test_level_is_not_touched(tmp_path):
    loud = tone(gain=30.0)
    assert np.array_equal(load_clip(write(tmp_path / "a.wav", loud, subtype="FLOAT"))[0].samples, loud)


@pytest.mark.parametrize(
    "name", ["späte Schleife.wav", "100% #1 loop.wav", "鼓 🥁.wav", "a:b?c=d&e.wav", "%20.m4a"]
)
def test_odd_names(tmp_path, name):
    path = tmp_path / "ordner mit # und %d" / name
    path.parent.mkdir()
    write_av(path, tone(), "aac") if path.suffix == ".m4a" else write(path, tone())
    assert load_clip(path)[0].name == path.stem


@pytest.mark.parametrize("rate_hz", [RATE_HZ, 48000])
def test_only_the_first_64_s(tmp_path, rate_hz):
    samples = np.full((round(65 * rate_hz), 1), 0.1, np.float32)
    path = write(tmp_path / "long.wav", samples, rate_hz)
    clip, note = load_clip(path)
    assert clip.n_frames == 64 * RATE_HZ
    assert note == "Only the first 64 s of long.wav are used."
    clip, note = load_clip(write(path, samples[: 64 * rate_hz], rate_hz))
    assert (clip.n_frames, note) == (64 * RATE_HZ, "")


def test_a_bomb_is_not_unfolded(tmp_path):
    path = tmp_path / "bomb.flac"
    quiet = np.zeros((RATE_HZ * 60, 8), np.int16)
    quiet[:, 0] = 1000
    with sf.SoundFile(path, "w", RATE_HZ, 8) as file:
        for _ in range(10):
            file.write(quiet)
    del quiet
    tracemalloc.start()
    clip, note = load_clip(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert clip.n_frames == 64 * RATE_HZ
    assert "first 64 s" in note
    assert peak < 4 * clip.samples.nbytes


def refused(path, *words):
    with pytest.raises(FileError) as caught:
        load_clip(path)
    error = caught.value
    assert path.name in error.title
    assert path.name in error.message
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    assert "\n" not in str(error)
    for word in words:
        assert word in error.message
    return error


def test_missing_folder_empty(tmp_path):
    refused(tmp_path / "gone.wav", "does not exist")
    (tmp_path / "folder.wav").mkdir()
    refused(tmp_path / "folder.wav", "folder")
    (tmp_path / "empty.wav").touch()
    refused(tmp_path / "empty.wav", "empty")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    refused(tmp_path / "pipe.wav", "regular file")


def test_no_permission(tmp_path, monkeypatch):
    path = write(tmp_path / "secret.wav", tone())

    def deny(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(type(path), "open", deny)
        refused(path, "may not read")


@pytest.mark.parametrize("n_bytes", [4, 12, 30, 40])
def test_truncated_header(tmp_path, n_bytes):
    path = write(tmp_path / "cut.wav", tone())
    path.write_bytes(path.read_bytes()[:n_bytes])
    refused(path, "damaged")


def test_header_without_samples(tmp_path):
    path = write(tmp_path / "head.wav", tone())
    path.write_bytes(path.read_bytes()[:44])
    refused(path, "too short")


def test_a_name_too_long(tmp_path):
    path = tmp_path / ("x" * 300 + ".wav")
    assert find_audio_files([path]) == [path]
    refused(path, "cannot be read")


@pytest.mark.parametrize("name", ["text.mp3", "text.wav", "text.m4a", "text.raw", "playlist.m3u8"])
def test_text_in_disguise(tmp_path, name, capfd):
    path = tmp_path / name
    path.write_text("#EXTM3U\n" + "not a sound at all\n" * 500)
    refused(path, "not an audio file")
    assert capfd.readouterr() == ("", "")


def test_picture_in_disguise(tmp_path):
    path = tmp_path / "picture.wav"
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 40)
    refused(path, "not an audio file")


def test_noise_bytes_never_escape_as_another_error(tmp_path):
    rng = np.random.default_rng(5)
    for magic in (
        b"",
        b"RIFF",
        b"fLaC",
        b"OggS",
        b"ID3\x04",
        b"\xff\xfb\x90\x64",
        b"\0\0\0\x20ftypM4A ",
        b"FORM",
    ):
        path = tmp_path / "noise.wav"
        path.write_bytes(magic + rng.bytes(5000))
        refused(path)


def test_a_playlist_does_not_open_other_files(tmp_path):
    write(tmp_path / "target.wav", tone())
    playlist = tmp_path / "list.wav"
    playlist.write_text("ffconcat version 1.0\nfile target.wav\n")
    refused(playlist, "not an audio file")


@pytest.mark.parametrize("gain", [0.0, 2e-5])
def test_silence(tmp_path, gain):
    refused(write(tmp_path / "quiet.wav", tone(gain=gain), subtype="FLOAT"), "silent")


def test_quiet_is_not_silent(tmp_path):
    load_clip(write(tmp_path / "quiet.wav", tone(gain=1e-4), subtype="FLOAT"))


@pytest.mark.parametrize("n_frames", [1, 440])
def test_too_short(tmp_path, n_frames):
    path = write(tmp_path / "tick.wav", np.ones((n_frames, 1), np.float32))
    refused(path, "too short", f"{n_frames} frames")


def test_shortest(tmp_path):
    assert load_clip(write(tmp_path / "tick.wav", np.ones((441, 1), np.float32)))[0].n_frames == 441


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("rate_hz", [44100, 48000])
def test_not_numbers(tmp_path, value, rate_hz):
    samples = tone(n_channels=1)
    samples[15_000] = value
    refused(write(tmp_path / "nan.wav", samples, rate_hz, subtype="FLOAT"), "not numbers")


@pytest.mark.parametrize("n_channels", [9, 1024])
def test_too_many_channels(tmp_path, n_channels):
    refused(write(tmp_path / "many.wav", np.ones((1000, n_channels))), f"{n_channels} channels")


@pytest.mark.parametrize("rate_hz", [1, 3999, 384_001])
def test_impossible_rates(tmp_path, rate_hz):
    refused(write(tmp_path / "rate.wav", tone(), rate_hz), f"{rate_hz} Hz")


@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".flac", ".mp3"])
def test_cut_short_is_taken_with_a_note(tmp_path, suffix, capfd):
    path = write(tmp_path / f"cut{suffix}", np.random.default_rng(1).normal(0, 0.1, (2 * RATE_HZ, 2)))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    clip, note = load_clip(path)
    assert 0.7 < clip.duration_s < 1.1
    assert note == f"cut{suffix} is damaged or cut short: only its first {clip.duration_s:.2f} s are used."
    assert capfd.readouterr() == ("", "")


def test_sizes_of_a_piped_wav_are_no_damage(tmp_path):
    path = write(tmp_path / "pipe.wav", tone())
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(content)
    clip, note = load_clip(path)
    assert (clip.n_frames, note) == (RATE_HZ // 2, "")


def test_of_a_folder_of_300_mixed_files_each_good_one_loads_and_each_bad_one_is_told(tmp_path):
    good = write(tmp_path / "good.wav", tone(4410)).read_bytes()
    kinds = [good, b"", b"text", b"RIFF", good[:30], good]
    (tmp_path / "good.wav").unlink()
    for index in range(300):
        (tmp_path / f"{index:03}.wav").write_bytes(kinds[index % len(kinds)])
    before = sorted(tmp_path.iterdir())
    started = time.monotonic()
    loaded = []
    for index, path in enumerate(find_audio_files([tmp_path])):
        if kinds[index % len(kinds)] == good:
            loaded.append(load_clip(path)[0].name)
        else:
            refused(path)
    assert len(loaded) == 100
    assert time.monotonic() - started < 20
    assert sorted(tmp_path.iterdir()) == before


def test_folders_are_searched_in_order(tmp_path):
    for name in [
        "b/2.WAV",
        "b/a/1.flac",
        "a.mp3",
        "C.ogg",
        ".hidden.wav",
        ".dir/x.wav",
        "b/notes.txt",
        "b/._2.wav",
    ]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [path.relative_to(tmp_path).as_posix() for path in find_audio_files([tmp_path])]
    assert found == ["a.mp3", "C.ogg", "b/2.WAV", "b/a/1.flac"]


def test_what_was_given_itself_stays(tmp_path):
    (tmp_path / "a.wav").touch()
    given = [tmp_path / "notes.txt", tmp_path / "gone.wav", tmp_path / "a.wav"]
    assert find_audio_files([*given, tmp_path, tmp_path / "a.wav"]) == given


def test_link_loops_end(tmp_path):
    (tmp_path / "a.wav").touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.wav").touch()
    try:
        (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    (tmp_path / "other").symlink_to(tmp_path / "sub", target_is_directory=True)
    assert len(find_audio_files([tmp_path])) == 2


def test_limit(tmp_path):
    for index in range(30):
        (tmp_path / f"{index:02}.wav").touch()
    assert [path.stem for path in find_audio_files([tmp_path], limit=3)] == ["00", "01", "02"]


def test_suffixes_are_lower_case_with_a_dot():
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in AUDIO_SUFFIXES)
