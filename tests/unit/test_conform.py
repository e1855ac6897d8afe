"""Loops in a session's time: length, hits on the grid and sharp, pitch, seam, repeats, cuts, down-beat."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.files import load_clip
from morphstudio.dsp.hits import find_hits
from morphstudio.errors import ParameterError
from morphstudio.morph.conform import conform
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.paths import demo_loops_dir

BURST_FRAMES = 2500
TEMPOS = [90.0, 104.5, 127.0, 128.0, 140.0, 174.0]


def beats(bpm, n_beats=8, n_channels=1, tone_hz=55.0) -> AudioClip:
    """A burst of noise on each beat, each of another level, over a soft bass note."""
    rng = np.random.default_rng(0)
    n_frames = round(n_beats * 60 / bpm * RATE_HZ)
    n_periods = round(tone_hz * n_frames / RATE_HZ)
    samples = 0.003 * np.sin(2 * np.pi * n_periods * np.arange(n_frames) / n_frames)[:, None]
    for beat in range(n_beats):
        burst = rng.normal(0, 0.2, (BURST_FRAMES, 1)) * np.exp(-np.arange(BURST_FRAMES) / 500)[:, None]
        at = round(beat * n_frames / n_beats) + np.arange(BURST_FRAMES)
        samples[at % n_frames] += burst * level_of_beat(beat, n_beats)
    return AudioClip(np.repeat(samples, n_channels, axis=1).astype(np.float32), "beats")


def level_of_beat(beat, n_beats):
    return 1.0 - 0.7 * beat / n_beats


def tone(hz, duration_s) -> AudioClip:
    wave = 0.5 * np.sin(2 * np.pi * hz * np.arange(round(duration_s * RATE_HZ)) / RATE_HZ)
    return AudioClip(wave[:, None].astype(np.float32), "tone")


def level_db(samples) -> float:
    return 10.0 * float(np.log10(np.mean(np.square(samples.astype(np.float64))) + 1e-20))


def loudest_hz(samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples)), 4 * len(samples)))
    return float(spectrum.argmax()) * RATE_HZ / (4 * len(samples))


def bends(samples) -> np.ndarray:
    """Second differences round the loop; the last two go over the seam."""
    return np.abs(np.diff(np.concatenate([samples, samples[:2]]), n=2, axis=0)).max(axis=1)


def rise_offsets_ms(samples, frames) -> np.ndarray:
    """How late each burst has a tenth of its largest energy, among what is within 25 ms of `frames`."""
    n_frames = len(samples)
    energy = np.square(samples.astype(np.float64).mean(axis=1))
    energy = np.convolve(np.concatenate([energy[-64:], energy]), np.ones(64) / 64, "valid")[:n_frames]
    around = energy[(np.asarray(frames)[:, None] + np.arange(-1102, 1103)) % n_frames]
    return ((around > 0.1 * around.max(axis=1, keepdims=True)).argmax(axis=1) - 1102) * 1000 / RATE_HZ


def beat_levels_db(samples, time) -> np.ndarray:
    return np.array(
        [
            level_db(np.take(samples, np.arange(frame, frame + 1500), axis=0, mode="wrap"))
            for frame in map(time.beat_frame, range(time.n_beats))
        ]
    )


@pytest.mark.parametrize("bpm", TEMPOS)
@pytest.mark.parametrize("keeps_pitch", [True, False])
def test_length_is_exact_and_hits_are_on_the_grid(bpm, keeps_pitch):
    time = MusicalTime(128.0, 2)
    found = conform(beats(bpm), bpm, time, keeps_pitch)
    assert found.samples.shape == (time.n_frames, 1)
    off = rise_offsets_ms(found.samples, [time.beat_frame(beat) for beat in range(8)])
    assert np.abs(off).max() < 5.0
    bent = bends(found.samples)
    assert bent[-3:].max() <= bent[:-3].max()


@pytest.mark.parametrize("bpm", [90.0, 174.0])
def test_hits_stay_sharp_and_keep_their_level(bpm):
    time, clip = MusicalTime(128.0, 2), beats(bpm)
    found = conform(clip, bpm, time, keeps_pitch=True).samples
    frames = np.array([time.beat_frame(beat) for beat in range(8)])
    # What a phase vocoder smears comes before the hit.
    before = found[(frames[:, None] + np.arange(-900, -200)) % len(found), 0]
    after = found[(frames[:, None] + np.arange(700)) % len(found), 0]
    assert level_db(before) - level_db(after) < -25.0
    itself = np.concatenate([clip.samples[round(b * clip.n_frames / 8) :][:700, 0] for b in range(8)])
    assert level_db(after) == pytest.approx(level_db(itself), abs=1.0)


def test_faint_hits_are_found_beside_loud_ones():
    samples = beats(120.0, 8).samples.copy()
    faint = (
        0.01 * np.random.default_rng(3).normal(0, 1.0, (1200, 1)) * np.exp(-np.arange(1200) / 200)[:, None]
    )
    frames = [11_025 + 22_050 * beat for beat in (1, 4)]
    for frame in frames:
        samples[frame : frame + 1200] += faint
    found = find_hits(torch.from_numpy(samples.T.copy()))
    for frame in frames:
        assert np.abs(found - frame).min() < 0.005 * RATE_HZ
    assert np.all(np.diff(found) > 0)


@pytest.mark.parametrize(("bpm", "keeps_pitch"), [(96.0, True), (160.0, True), (96.0, False), (160.0, False)])
def test_pitch_is_kept_or_follows(bpm, keeps_pitch):
    duration_s = 8 * 60 / bpm
    clip = tone(440.0, duration_s)
    found = conform(clip, bpm, MusicalTime(128.0, 2), keeps_pitch)
    wanted_hz = 440.0 if keeps_pitch else 440.0 * 128.0 / bpm
    assert abs(1200 * np.log2(loudest_hz(found.samples) / wanted_hz)) < 3.0
    assert level_db(found.samples) == pytest.approx(level_db(clip.samples), abs=0.3)


@pytest.mark.parametrize("keeps_pitch", [True, False])
@pytest.mark.parametrize("semitones", [5, -4])
def test_the_shift_comes_on_top(semitones, keeps_pitch):
    time = MusicalTime(128.0, 2)
    found = conform(tone(440.0, 4.0), 120.0, time, keeps_pitch, semitones=semitones)
    wanted_hz = 440.0 * 2 ** (semitones / 12) * (1.0 if keeps_pitch else 128.0 / 120.0)
    assert abs(1200 * np.log2(loudest_hz(found.samples) / wanted_hz)) < 3.0
    assert found.n_frames == time.n_frames
    drums = conform(beats(120.0), 120.0, time, keeps_pitch, semitones=semitones).samples
    off = rise_offsets_ms(drums, [time.beat_frame(beat) for beat in range(8)])
    assert np.abs(off).max() < 5.0


@pytest.mark.parametrize(
    ("n_beats", "bars", "wanted"),
    [
        (4, 4, [0, 1, 2, 3] * 4),
        (12, 4, [*range(12), 0, 1, 2, 3]),
        (16, 2, list(range(8))),
        (6, 2, [0, 1, 2, 3] * 2),
        (2, 2, [0, 1] * 4),
        (3, 2, [0, 1, 2, 0] * 2),
        (1, 1, [0] * 4),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_other_lengths_repeat_and_are_cut_at_bar_lines(n_beats, bars, wanted):
    time = MusicalTime(131.0, bars)
    found = conform(beats(120.0, n_beats), 120.0, time, keeps_pitch=False).samples
    assert len(found) == time.n_frames
    off = rise_offsets_ms(found, [time.beat_frame(beat) for beat in range(time.n_beats)])
    assert np.abs(off).max() < 1.0
    # Each beat has a level of its own, by which it is known.
    levels = beat_levels_db(found, time)
    expected = 20 * np.log10([level_of_beat(beat, n_beats) for beat in wanted])
    assert np.abs((levels - levels[0]) - (expected - expected[0])).max() < 1.2


def test_repeats_do_not_drift():
    time = MusicalTime(127.3, 16)
    found = conform(beats(133.7, 4), 133.7, time, keeps_pitch=False).samples
    off = rise_offsets_ms(found, [time.beat_frame(beat) for beat in range(time.n_beats)])
    assert np.ptp(off) < 0.5


def test_a_tail_is_cut_and_what_is_missing_rests():
    whole, time = beats(120.0, 8), MusicalTime(120.0, 2)
    with_tail = AudioClip(np.concatenate([whole.samples, whole.samples[BURST_FRAMES:9000]]), "tail")
    assert np.array_equal(conform(with_tail, 120.0, time, True).samples[:80_000], whole.samples[:80_000])
    short = AudioClip(whole.samples[:-5000], "short")
    found = conform(short, 120.0, time, True).samples
    assert np.array_equal(found[1000:150_000], whole.samples[1000:150_000])
    assert not found[-4700:-200].any()


def test_tempos_that_were_rounded_are_taken_as_meant():
    clip = beats(127.6)
    time = MusicalTime(140.0, 2)
    found = conform(clip, 128.0, time, keeps_pitch=False).samples
    off = rise_offsets_ms(found, [time.beat_frame(beat) for beat in range(8)])
    assert np.abs(off).max() < 1.0


def test_the_down_beat_comes_first_and_the_rest_goes_round():
    clip, time = beats(120.0), MusicalTime(120.0, 2)
    turned = AudioClip(np.roll(clip.samples, 9000, axis=0), "turned")
    for frame in (9000, 9000 - clip.n_frames):
        found = conform(turned, 120.0, time, True, downbeat_frame=frame)
        assert np.array_equal(found.samples, clip.samples)


def test_nothing_clicks_where_a_loop_is_cut():
    # Whole at the seam, open wherever it is cut.
    clip = tone(443.0, 12 * 0.5)
    itself = bends(clip.samples).max()
    for bars in (1, 2, 4):
        bent = bends(conform(clip, 120.0, MusicalTime(120.0, bars), True).samples)
        assert bent.max() < 2.0 * itself
    # At another tempo, and beside a rest, of which the beginning is a hit.
    bent = bends(conform(clip, 118.0, MusicalTime(126.0, 2), True).samples)
    assert bent.max() < 4.0 * itself


def test_what_fits_is_itself_and_each_way_has_its_digest():
    clip = beats(120.0)
    assert conform(clip, 120.0, MusicalTime(120.0, 2), keeps_pitch=True) is clip
    ways = [
        conform(clip, 120.0, MusicalTime(bpm, bars), keeps, downbeat, semitones)
        for bpm, bars, keeps, downbeat, semitones in (
            (121.0, 2, True, 0, 0),
            (121.0, 2, False, 0, 0),
            (121.0, 1, True, 0, 0),
            (121.0, 2, True, 100, 0),
            (121.0, 2, True, 0, 1),
        )
    ]
    assert len({clip.digest} | {way.digest for way in ways}) == 6
    again = conform(beats(120.0), 120.0, MusicalTime(121.0, 2), True)
    assert again.digest == ways[0].digest
    assert np.array_equal(again.samples, ways[0].samples)


@pytest.mark.parametrize("name", ["Funk break", "Pad chords", "Acid bass"])
def test_demo_loops_keep_level_and_close(name):
    clip = load_clip(demo_loops_dir() / f"{name}.flac")[0]
    for bpm in (98.0, 150.0):
        found = conform(clip, 120.0, MusicalTime(bpm, 2), keeps_pitch=True).samples
        assert level_db(found) == pytest.approx(level_db(clip.samples), abs=1.5)
        assert np.abs(found).max() <= 1.0
        bent = bends(found)
        assert bent[-3:].max() <= bent[:-3].max()


def test_a_sound_stays_where_it_is_between_the_loudspeakers():
    mono = beats(100.0).samples
    clip = AudioClip(np.concatenate([mono, -0.25 * mono], axis=1), "wide")
    found = conform(clip, 100.0, MusicalTime(128.0, 2), keeps_pitch=True).samples
    assert np.abs(found[:, 1] + 0.25 * found[:, 0]).max() < 1e-5


@pytest.mark.parametrize("n_frames", [1, 2, 7, 500, 3001])
@pytest.mark.parametrize("keeps_pitch", [True, False])
def test_sounds_of_any_length_and_silence(n_frames, keeps_pitch):
    time = MusicalTime(250.0, 1)
    for level in (0.0, 0.3):
        clip = AudioClip(np.full((n_frames, 2), level, np.float32), "x")
        found = conform(clip, 120.0, time, keeps_pitch).samples
        assert found.shape == (time.n_frames, 2)
        assert np.isfinite(found).all()
        assert found.any() == bool(level)


def test_what_is_no_tempo_is_refused():
    clip, time = beats(120.0), MusicalTime(120.0, 1)
    for bpm in (0.0, -1.0, 1e-9, 1e9, float("nan"), float("inf")):
        with pytest.raises(ParameterError, match="tempo"):
            conform(clip, bpm, time, keeps_pitch=True)
    with pytest.raises(ParameterError, match="empty"):
        conform(AudioClip(np.zeros((0, 1), np.float32), "nothing"), 120.0, time, keeps_pitch=True)
    with pytest.raises(ParameterError, match="semitones"):
        conform(clip, 120.0, time, keeps_pitch=True, semitones=25)
