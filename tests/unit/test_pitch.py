"""Loops at another pitch: frequency, length, seam, hits, level, place in the room; and in a morph."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.files import load_clip
from morphstudio.errors import ParameterError
from morphstudio.model.checkpoint import load_model
from morphstudio.morph import shaping as shaping_module
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.pitch import pitched
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.shaping import ShapedClips
from morphstudio.paths import demo_loops_dir, factory_model_path

RATE_HZ = 44_100
N_FRAMES = 4 * RATE_HZ


def tone(hz, n_frames=N_FRAMES, n_channels=1) -> AudioClip:
    wave = 0.5 * np.sin(2 * np.pi * hz * np.arange(n_frames) / RATE_HZ)
    return AudioClip(np.repeat(wave[:, None], n_channels, axis=1).astype(np.float32), f"{hz}")


def loudest_hz(samples) -> float:
    spectrum = np.log(np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples)), 4 * len(samples))) + 1e-12)
    peak = int(spectrum.argmax())
    below, here, above = spectrum[peak - 1 : peak + 2]
    return (peak + 0.5 * (below - above) / (below - 2 * here + above)) * RATE_HZ / (4 * len(samples))


def level_db(samples) -> float:
    return 10.0 * float(np.log10(np.mean(np.square(samples.astype(np.float64)))))


def bends(samples) -> np.ndarray:
    """Second differences round the loop; the last two go over the seam."""
    return np.abs(np.diff(np.concatenate([samples, samples[:2]]), n=2, axis=0)).max(axis=1)


HIT_FRAMES = np.array([0, 11_000, 22_050, 33_100, 38_000, 55_000, 66_150, 77_000])


def drums() -> AudioClip:
    """Bursts of noise over a soft bass note, the first on the seam."""
    rng = np.random.default_rng(0)
    n_frames = 2 * RATE_HZ
    burst = rng.normal(0, 0.25, (3000, 1)) * np.exp(-np.arange(3000) / 500)[:, None]
    samples = 0.003 * np.sin(2 * np.pi * 55.0 * np.arange(n_frames) / RATE_HZ)[:, None]
    for frame in HIT_FRAMES:
        samples[(frame + np.arange(3000)) % n_frames] += burst
    return AudioClip(samples.astype(np.float32), "drums")


def rise_frames(samples) -> np.ndarray:
    """Where the energy of each burst is first a tenth of its largest, within 20 ms of where it should be."""
    energy = np.square(samples.mean(axis=1))
    energy = np.convolve(np.concatenate([energy, energy[:64]]), np.ones(64) / 64, "valid")[: len(samples)]
    around = energy[(HIT_FRAMES[:, None] + np.arange(-882, 883)) % len(samples)]
    return (around > 0.1 * around.max(axis=1, keepdims=True)).argmax(axis=1) - 882


@pytest.mark.parametrize("semitones", [7, -5, 12, -12, 1])
def test_a_tone_is_shifted_as_asked_and_nothing_clicks(semitones):
    clip = tone(440.0)
    shifted = pitched(clip, semitones)
    wanted_hz = 440.0 * 2 ** (semitones / 12)
    assert abs(1200 * np.log2(loudest_hz(shifted.samples) / wanted_hz)) < 3.0
    assert shifted.samples.shape == clip.samples.shape
    bent = bends(shifted.samples)
    assert bent[-3:].max() <= bent[:-3].max()
    assert level_db(shifted.samples) == pytest.approx(level_db(clip.samples), abs=0.2)


@pytest.mark.parametrize("semitones", [7, -5, 12, -12])
def test_hits_stay_where_they_are_and_sharp(semitones):
    clip = drums()
    shifted = pitched(clip, semitones).samples
    moved = rise_frames(shifted) - rise_frames(clip.samples)
    assert np.abs(moved).max() / RATE_HZ * 1000 < 5.0
    # What a phase vocoder smears comes before the hit.
    before = shifted[(HIT_FRAMES[:, None] + np.arange(-900, -200)) % len(shifted), 0]
    after = shifted[(HIT_FRAMES[:, None] + np.arange(700)) % len(shifted), 0]
    assert level_db(before) - level_db(after) < -25.0


@pytest.mark.parametrize("name", ["Funk break", "Pad chords", "Acid bass", "Vinyl texture"])
def test_demo_loops_keep_level_and_close(name):
    clip = load_clip(demo_loops_dir() / f"{name}.flac")[0]
    for semitones in (5, -7):
        shifted = pitched(clip, semitones).samples
        assert level_db(shifted) == pytest.approx(level_db(clip.samples), abs=1.0)
        assert np.abs(shifted).max() <= 1.0
        bent = bends(shifted)
        assert bent[-3:].max() <= bent[:-3].max()


def test_a_sound_stays_where_it_is_between_the_loudspeakers():
    mono = drums().samples
    shifted = pitched(AudioClip(np.concatenate([mono, -0.25 * mono], axis=1), "wide"), 4).samples
    assert np.abs(shifted[:, 1] + 0.25 * shifted[:, 0]).max() < 1e-5


def test_no_shift_is_the_clip_itself_and_each_shift_has_its_digest():
    clip = drums()
    assert pitched(clip, 0) is clip
    digests = {pitched(clip, semitones).digest for semitones in (1, 2, -1)} | {clip.digest}
    assert len(digests) == 4
    assert pitched(clip, 2).digest == pitched(drums(), 2).digest


@pytest.mark.parametrize("n_frames", [1, 7, 500, 3001])
def test_loops_of_any_length_and_silence(n_frames):
    for samples in (np.zeros((n_frames, 2), np.float32), np.ones((n_frames, 1), np.float32) * 0.3):
        for semitones in (12, -12):
            shifted = pitched(AudioClip(samples, "x"), semitones).samples
            assert shifted.shape == samples.shape
            assert np.isfinite(shifted).all()


# --- in a morph --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine():
    return MorphEngine(load_model(factory_model_path()), torch.device("cpu"))


@pytest.fixture(scope="module")
def clips():
    return drums(), tone(220.0, 2 * RATE_HZ, 2), tone(330.0, 2 * RATE_HZ)


def request(clips, weights, **options):
    return MorphRequest(tuple(clips), tuple(weights), clips[0].n_frames, **options)


def test_at_a_dot_the_shifted_sound_is_heard(engine, clips):
    _, a, b = clips
    found = engine.render(request([a, b], [1, 0], pitch_st=5)).samples
    assert np.array_equal(found, pitched(a, 5).samples)
    ((_, draft),) = engine.draft(request([a, b], [1, 0], pitch_st=5), 0)
    assert np.array_equal(draft, found)
    plain = engine.render(request([a, b], [1, 0], pitch_st=0)).samples
    assert np.array_equal(plain, a.samples)


def test_between_sounds_all_of_them_are_shifted(engine, clips):
    _, a, b = clips
    shifted = engine.render(request([a, b], [0.5, 0.5], pitch_st=7, n_iterations=4))
    by_hand = engine.render(request([pitched(a, 7), pitched(b, 7)], [0.5, 0.5], n_iterations=4))
    assert shifted.samples.tobytes() == by_hand.samples.tobytes()


def test_what_is_too_long_is_cut_before_it_is_shifted(engine):
    long, short = tone(220.0), tone(220.0, 30_000)
    found = engine.render(MorphRequest((long,), (1.0,), 30_000, pitch_st=3)).samples
    assert np.array_equal(found, pitched(short, 3).samples)


def test_getting_ready_gives_way_between_sounds_and_goes_on_from_there(clips):
    engine = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    wanted = request(clips, [0.4, 0.3, 0.3], pitch_st=-3)
    assert [engine.get_ready(wanted, lambda: True) for _ in range(3)] == [False, False, True]


def test_rehearsing_shifts_a_sound_at_a_time(clips, monkeypatch):
    engine = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    calls = []
    shift = pitched
    monkeypatch.setattr(shaping_module, "pitched", lambda *given: calls.append(1) or shift(*given))
    wanted = request(clips, [0.4, 0.3, 0.3], pitch_st=2, even_spacing=False)
    counts = []
    while engine.rehearse(wanted):
        counts.append(len(calls))
    assert counts[:3] == [1, 2, 3]
    engine.get_ready(wanted)
    assert len(calls) == 3


def test_only_so_much_is_kept(clips, monkeypatch):
    kept = ShapedClips()
    monkeypatch.setattr(shaping_module, "_MOST_BYTES", 3 * clips[0].samples.nbytes)
    for semitones in range(1, 8):
        kept.shaped(request(clips[:1], [1.0], pitch_st=semitones))
    assert [kept.holds(request(clips[:1], [1.0], pitch_st=n)) for n in (1, 4, 5, 7)] == [
        False,
        False,
        True,
        True,
    ]
    # What one request hears is kept, however long it is.
    monkeypatch.setattr(shaping_module, "_MOST_BYTES", 1)
    kept.shaped(request(clips, [0.4, 0.3, 0.3], pitch_st=1))
    assert kept.holds(request(clips, [0.4, 0.3, 0.3], pitch_st=1))


@pytest.mark.parametrize("semitones", [13, -13])
def test_more_than_an_octave_is_refused(clips, semitones):
    with pytest.raises(ParameterError, match="semitones"):
        request(clips[:1], [1.0], pitch_st=semitones)


def test_the_seam_of_a_sound_that_clicks_is_closed():
    clip = AudioClip(tone(110.3).samples[: 2 * RATE_HZ + 123], "open")
    assert bends(pitched(clip, 4).samples)[-3:].max() < 0.01 * bends(clip.samples)[-3:].max()
