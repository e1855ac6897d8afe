"""What files tell of their loops, by libsndfile and by a reader of our own; and their samples."""

from __future__ import annotations

import re
import wave

import av
import numpy as np
import pytest
import soundfile as sf

from morphstudio.audio.chunks import NOTES, FileFacts, LoopFacts, root_note_of, wav_chunks
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.encoding import MAX_CHUNKED_BYTES, quantised, wav_header
from morphstudio.audio.export import ExportOptions, write_loop
from morphstudio.audio.files import load_clip
from morphstudio.errors import ParameterError
from morphstudio.library.acid import AcidFacts
from morphstudio.library.acid import read_acid as read_library_acid
from tests.unit.chunk_reader import (
    read_acid,
    read_aiff,
    read_flac_comments,
    read_marks,
    read_riff,
    read_smpl,
)

FORMATS = [("wav", 16), ("wav", 24), ("wav", 32), ("aiff", 16), ("aiff", 24), ("aiff", 32),
           ("flac", 16), ("flac", 24)]  # fmt: skip
N_FRAMES = round(8 * 60 / 128 * RATE_HZ)
"""Two bars at 128 BPM."""
FACTS = LoopFacts(128.0, 8, 4, 45)


def noise(n_frames=N_FRAMES, n_channels=2):
    values = np.random.default_rng(5).normal(0, 0.1, (n_frames, n_channels))
    return np.clip(values, -0.9, 0.9).astype(np.float32)


def written(folder, samples, name="a", **options):
    chosen = ExportOptions(**{"facts": FACTS, **options})
    path = folder / f"{name}{chosen.suffix}"
    write_loop(path, samples, chosen)
    return path


def libsndfile_log(path):
    return sf.info(path, verbose=True).extra_info


def independent(path):
    content = path.read_bytes()
    return read_aiff(content) if path.suffix == ".aiff" else read_riff(content)


def decoded(path, bits):
    """The samples by the reader that is not libsndfile."""
    told = independent(path)
    big = path.suffix == ".aiff"
    data = told.chunks["SSND"][8:] if big else told.chunks["data"]
    order = ">" if big else "<"
    if bits == 24:
        raw = np.frombuffer(data, np.uint8).reshape(-1, 3)
        raw = raw if big else raw[:, ::-1]
        whole = (
            (raw[:, 0].astype(np.int8).astype(np.int32) << 16) | (raw[:, 1].astype(np.int32) << 8) | raw[:, 2]
        )
        return whole.reshape(-1, told.n_channels) / 2**23
    kind = f"{order}i2" if bits == 16 else f"{order}f4"
    return np.frombuffer(data, kind).reshape(-1, told.n_channels) / (2**15 if bits == 16 else 1)


# --- the samples -------------------------------------------------------------------------------


@pytest.mark.parametrize(("file_format", "bits"), FORMATS)
@pytest.mark.parametrize("n_channels", [1, 2])
@pytest.mark.parametrize("facts", [None, FACTS], ids=["tells nothing", "tells"])
def test_a_round_trip_keeps_every_sample(tmp_path, file_format, bits, n_channels, facts):
    """Within half a step, or one and a half where there is dither; the length is the same."""
    samples = noise(5001, n_channels)
    path = written(tmp_path, samples, format=file_format, bits=bits, facts=facts)
    clip, note = load_clip(path)
    assert not note
    assert clip.samples.shape == samples.shape
    most = {16: 1.5 / 2**15, 24: 0.5001 / 2**23, 32: 0.0}[bits]
    assert np.abs(clip.samples - samples).max() <= most
    if file_format != "flac":
        assert np.array_equal(decoded(path, bits), sf.read(path, always_2d=True)[0])


@pytest.mark.parametrize(("file_format", "bits"), FORMATS)
def test_what_is_told_changes_no_sample(tmp_path, file_format, bits):
    paths = [
        written(tmp_path, noise(5001), name, format=file_format, bits=bits, facts=facts)
        for name, facts in (("a", FACTS), ("b", None))
    ]
    assert np.array_equal(*(sf.read(path)[0] for path in paths))
    assert paths[0].stat().st_size > paths[1].stat().st_size


def test_pythons_own_reader_agrees(tmp_path):
    with wave.open(str(written(tmp_path, noise(), bits=16))) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (N_FRAMES, RATE_HZ, 2)
        steps = np.frombuffer(file.readframes(N_FRAMES), "<i2").reshape(-1, 2)
    assert np.abs(steps / 2**15 - noise()).max() <= 1.5 / 2**15


@pytest.mark.parametrize(("file_format", "rate_hz"), [("wav", 44_100), ("aiff", 48_000), ("flac", 96_000)])
@pytest.mark.parametrize("bpm", [97.0, 123.45, 174.0])
def test_a_loop_of_beats_is_as_long_as_its_beats_at_every_rate(tmp_path, file_format, rate_hz, bpm):
    facts = LoopFacts(bpm, 4)
    samples = noise(round(4 * 60 / bpm * RATE_HZ), 1)
    path = written(tmp_path, samples, format=file_format, rate_hz=rate_hz, facts=facts)
    assert sf.info(path).frames == round(4 * 60 / bpm * rate_hz)


def test_a_loop_that_is_not_as_long_as_its_beats_keeps_its_length():
    assert ExportOptions(rate_hz=48_000, facts=FACTS).n_frames(44_100) == 48_000


# --- the dither --------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [0.0, 0.25, 0.5, 0.9])
def test_the_dither_leaves_the_mean_and_a_noise_that_does_not_follow_the_signal(level):
    steps = quantised(np.full((400_000, 1), level / 2**15, np.float32), 16, np.random.default_rng(1))
    error = steps[:, 0] - level
    assert abs(error.mean()) < 0.005
    assert error.var() == pytest.approx(0.25, rel=0.01)


def test_the_noise_floor_is_white_and_where_theory_has_it():
    """A quarter of a step's square, 93.3 dB below a full-scale sine; and no harmonic of a soft sine."""
    n_frames, n_turns = 2**17, 997
    sine = 2.2 / 2**15 * np.sin(2 * np.pi * n_turns * np.arange(n_frames) / n_frames)
    error = quantised(sine[:, None].astype(np.float32), 16, np.random.default_rng(2))[:, 0] - sine * 2**15
    floor_db = 10 * np.log10((error**2).mean() / (2**30 / 2))
    assert floor_db == pytest.approx(-93.3, abs=0.1)
    power = np.abs(np.fft.rfft(error)) ** 2 / n_frames
    harmonics = power[n_turns : 12 * n_turns : n_turns]
    assert harmonics.max() < 12 * power.mean()  # of noise, one in 160 000 is louder
    undithered = np.rint(sine * 2**15) - sine * 2**15
    power = np.abs(np.fft.rfft(undithered)) ** 2 / n_frames
    assert power[n_turns : 12 * n_turns : n_turns].max() > 1000 * 0.25


# --- WAV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [16, 24, 32])
@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_a_wav_tells_its_loop_tempo_beats_and_note(tmp_path, bits, rate_hz):
    path = written(tmp_path, noise(), bits=bits, rate_hz=rate_hz)
    n_frames = round(8 * 60 / 128 * rate_hz)
    told = independent(path)
    assert (told.n_frames, told.rate_hz, told.bits) == (n_frames, rate_hz, bits)
    smpl = read_smpl(told.chunks["smpl"])
    assert smpl["loops"] == [{"id": 0, "kind": 0, "start": 0, "end": n_frames - 1, "fraction": 0, "times": 0}]
    assert (smpl["note"], smpl["period_ns"]) == (45, round(1e9 / rate_hz))
    assert read_acid(told.chunks["acid"]) == {
        "is_one_shot": False, "note": 45, "stretches": True, "n_beats": 8, "metre": (4, 4), "bpm": 128.0,
    }  # fmt: skip
    log = libsndfile_log(path)
    for line in (
        r"Beats\s*: 8",
        r"Meter\s*: 4/4",
        r"Tempo\s*: 128\.0",
        r"Loop Count\s*: 1",
        r"(?i)midi note\s*: 45",
    ):
        assert re.search(line, log), line
    assert re.search(rf"Start :\s+0 +End :\s+{n_frames - 1}", log)
    assert "Unknown" not in log
    assert "*** " not in log
    assert read_library_acid(path) == AcidFacts(128.0, 8, "A")


def test_a_wav_of_three_beats_to_the_bar_says_so(tmp_path):
    path = written(tmp_path, noise(), facts=LoopFacts(96.0, 6, 3))
    assert read_acid(independent(path).chunks["acid"])["metre"] == (3, 4)
    assert re.search(r"Meter\s*: 3/4", libsndfile_log(path))


def test_repeats_are_so_many_beats_and_one_long_loop(tmp_path):
    told = independent(written(tmp_path, noise(), repeats=3))
    assert read_acid(told.chunks["acid"])["n_beats"] == 24
    assert [loop["end"] for loop in read_smpl(told.chunks["smpl"])["loops"]] == [3 * N_FRAMES - 1]


def test_a_file_with_a_tail_is_a_one_shot(tmp_path):
    path = written(tmp_path, noise(), tail_s=0.5)
    told = independent(path)
    assert read_smpl(told.chunks["smpl"])["loops"] == []
    acid = read_acid(told.chunks["acid"])
    assert (acid["is_one_shot"], acid["stretches"], acid["note"]) == (True, False, 45)
    assert read_library_acid(path).bpm is None


def test_where_no_tempo_is_known_there_are_loop_points_alone(tmp_path):
    told = independent(written(tmp_path, noise(), facts=LoopFacts()))
    assert "acid" not in told.chunks
    assert len(read_smpl(told.chunks["smpl"])["loops"]) == 1
    assert list(independent(written(tmp_path, noise(), facts=None)).chunks) == ["fmt ", "data"]


def test_a_wav_beyond_4_gb_is_rf64(tmp_path):
    """The file has holes where the samples would be."""
    n_frames = 800_000_000
    assert n_frames * 8 > MAX_CHUNKED_BYTES
    head = wav_header(32, 192_000, 2, n_frames, wav_chunks(FileFacts(FACTS, 192_000, n_frames)))
    told = read_riff(head)
    assert (told.n_frames, told.rate_hz, told.bits) == (n_frames, 192_000, 32)
    assert read_smpl(told.chunks["smpl"])["loops"][0]["end"] == n_frames - 1
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(len(head) + n_frames * 8)
    info = sf.info(path)
    assert (info.format, info.frames, info.samplerate) == ("RF64", n_frames, 192_000)
    assert wav_header(32, 192_000, 2, 500_000_000)[:4] == b"RIFF"


# --- AIFF and FLAC -----------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_an_aiff_tells_its_loop_and_tempo(tmp_path, bits):
    path = written(tmp_path, noise(n_channels=1), format="aiff", bits=bits)
    told = independent(path)
    marks = read_marks(told.chunks["MARK"])
    assert {frame for frame, _ in marks.values()} == {0, N_FRAMES}
    inst = told.chunks["INST"]
    assert len(inst) == 20
    assert inst[0] == 45
    mode, begin, end = np.frombuffer(inst[8:14], ">i2").tolist()
    assert (mode, marks[begin][0], marks[end][0]) == (1, 0, N_FRAMES)
    log = libsndfile_log(path)
    assert re.search(r"Num Beats\s*: (0x)?8", log)
    assert re.search(r"Loop Type\s*: 0x1", log)
    assert "*** " not in log


def test_an_aiff_with_a_tail_has_no_loop(tmp_path):
    told = independent(written(tmp_path, noise(), format="aiff", tail_s=0.5))
    assert "MARK" not in told.chunks
    assert not any(told.chunks["INST"][8:])


@pytest.mark.parametrize("bits", [16, 24])
@pytest.mark.parametrize("n_frames", [441, N_FRAMES])
def test_a_flac_tells_its_loop_in_comments(tmp_path, bits, n_frames):
    path = written(tmp_path, noise(n_frames), format="flac", bits=bits, facts=LoopFacts(123.456, 8, 4, 66))
    wanted = {"BPM": "123.456", "KEY": "F#", "LOOPSTART": "0", "LOOPLENGTH": str(n_frames)}
    assert read_flac_comments(path.read_bytes()) == wanted
    with av.open(str(path)) as container:
        said = {name.upper(): value for name, value in container.metadata.items()}
        n_decoded = sum(frame.samples for frame in container.decode(audio=0))
    assert wanted.items() <= said.items()
    assert n_decoded == n_frames
    assert sf.info(path).frames == n_frames


def test_a_flac_with_a_tail_or_without_facts_has_no_loop(tmp_path):
    path = written(tmp_path, noise(), format="flac", tail_s=0.5)
    assert read_flac_comments(path.read_bytes()) == {"BPM": "128", "KEY": "A"}
    path = written(tmp_path, noise(), format="flac", facts=None)
    assert read_flac_comments(path.read_bytes()) == {}


@pytest.mark.parametrize(
    ("key", "note"),
    [("C", 60), ("Am", 69), ("F#m", 66), ("Gbm", 66), ("Cb", 71), ("B#", 60), ("", None), ("?", None)],
)
def test_the_root_of_a_key_is_a_note(key, note):
    assert root_note_of(key) == note
    assert LoopFacts(root_note=note).key == ("" if note is None else NOTES[note % 12])


# --- what cannot be ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"bpm": 0.0, "n_beats": 4}, "0 BPM"),
        ({"bpm": float("nan"), "n_beats": 4}, "nan BPM"),
        ({"bpm": 120.0}, "0 beats"),
        ({"n_beats": 4}, "4 beats"),
        ({"bpm": 120.0, "n_beats": 70_000}, "70000 beats"),
        ({"root_note": 128}, "128"),
        ({"beats_per_bar": 0}, "bar of 0"),
    ],
)
def test_facts_that_cannot_be_are_a_sentence(values, word):
    with pytest.raises(ParameterError, match=word):
        LoopFacts(**values)
