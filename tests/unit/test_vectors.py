import numpy as np
import pytest
import soxr
import torch

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.similarity import Similarity, Weights
from morphstudio.library.vector_layout import GROUPS, N_DIMENSIONS
from morphstudio.library.vectors import sound_vector

LEVEL = GROUPS["loudness"]
HEARD = slice(0, LEVEL.start)


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def seconds(duration_s):
    return np.arange(round(duration_s * RATE_HZ)) / RATE_HZ


def tone(hz, duration_s=1.0, n_partials=6, decay_s=0.0):
    t = seconds(duration_s)
    wave = sum(np.sin(2 * np.pi * hz * k * t) / k for k in range(1, n_partials + 1))
    return (0.3 * wave * (np.exp(-t / decay_s) if decay_s else 1.0)).astype(np.float32)


def noise(duration_s=1.0, decay_s=0.0, seed=0):
    t = seconds(duration_s)
    wave = np.random.default_rng(seed).normal(size=len(t))
    return (0.1 * wave * (np.exp(-t / decay_s) if decay_s else 1.0)).astype(np.float32)


def kick(hz, decay_s):
    t = seconds(0.5)
    sweep = hz * (t + 0.05 * (1 - np.exp(-t / 0.02)))
    return (0.8 * np.sin(2 * np.pi * sweep) * np.exp(-t / decay_s)).astype(np.float32)


def hits(bpm, seed=0):
    wave = np.zeros(4 * RATE_HZ, dtype=np.float32)
    hit = noise(0.1, 0.02, seed)
    for start in np.arange(0.0, 3.8, 60.0 / bpm):
        first = round(start * RATE_HZ)
        wave[first : first + len(hit)] += hit
    return wave


KINDS = {
    "kick": [kick(50.0, 0.12), kick(46.0, 0.15), kick(56.0, 0.1)],
    "hat": [np.diff(noise(0.2, 0.02, seed)) for seed in range(3)],
    "bass": [tone(hz, 1.5, 10, 0.8) for hz in (55.0, 58.0, 62.0)],
    "whistle": [tone(hz, 1.0, 1) for hz in (1100.0, 1300.0, 1500.0)],
    "wash": [noise(5.0, seed=seed) * np.hanning(5 * RATE_HZ).astype(np.float32) for seed in range(3)],
    "beat": [hits(bpm) for bpm in (118.0, 120.0, 122.0)],
}


@pytest.fixture(scope="module")
def library():
    sounds = [(kind, number) for kind, waves in KINDS.items() for number in range(len(waves))]
    vectors = [sound_vector(KINDS[kind][number]) for kind, number in sounds]
    return Similarity(sounds, np.stack(vectors))


def apart(one, other, group):
    return np.linalg.norm(sound_vector(one)[GROUPS[group]] - sound_vector(other)[GROUPS[group]])


def test_the_nearest_of_a_sound_is_of_its_kind(library):
    for kind, waves in KINDS.items():
        for number in range(len(waves)):
            (nearest, _), *_ = library.neighbours((kind, number))
            assert nearest[0] == kind


def test_a_sound_that_is_not_in_the_library_finds_its_kind(library):
    (nearest, _), *_ = library.neighbours(sound_vector(kick(52.0, 0.13)))
    assert nearest[0] == "kick"


@pytest.mark.parametrize("gain_db", [-40.0, -12.0, 12.0])
def test_the_level_makes_no_difference_but_to_the_loudness(gain_db):
    wave = tone(220.0, decay_s=0.3) + noise(seed=2, decay_s=0.1)
    plain, louder = sound_vector(wave), sound_vector(wave * np.float32(10 ** (gain_db / 20.0)))
    np.testing.assert_allclose(louder[HEARD], plain[HEARD], rtol=1e-3, atol=2e-2)
    np.testing.assert_allclose(louder[LEVEL] - plain[LEVEL], gain_db, atol=0.1)


@pytest.mark.parametrize("before_s", [0.013, 0.5, 3.0])
def test_silence_before_a_sound_makes_no_difference(before_s):
    wave = kick(50.0, 0.1)
    later = np.concatenate([np.zeros(round(before_s * RATE_HZ), dtype=np.float32), wave])
    np.testing.assert_allclose(sound_vector(later), sound_vector(wave), atol=1e-3)


def test_the_same_sound_twice_has_the_same_vector_bit_by_bit():
    np.testing.assert_array_equal(sound_vector(hits(100.0)), sound_vector(hits(100.0)))


def test_the_sound_itself_is_left_as_it_is():
    wave = tone(200.0)
    wave.flags.writeable = False
    before = wave.copy()
    sound_vector(wave)
    np.testing.assert_array_equal(wave, before)


@pytest.mark.parametrize(
    "wave",
    [
        np.zeros(0),
        np.zeros(1),
        np.zeros(RATE_HZ),
        np.ones(1),
        np.full(3, -0.5),
        np.ones(RATE_HZ),
        np.full(1000, 1e-6),
        np.eye(1, 30_000, 12_000)[0],
        1e6 * noise(0.3),
        np.where(np.arange(9000) % 100 == 0, np.nan, 0.1),
        np.sin(2 * np.pi * 20_000.0 * seconds(0.5)),
        noise(0.02),
    ],
    ids=[
        "no frame",
        "one silent frame",
        "silence",
        "one frame",
        "three frames",
        "a constant",
        "a whisper of one",
        "a click",
        "far beyond full scale",
        "with holes",
        "beyond what is heard",
        "20 ms",
    ],
)
def test_whatever_a_file_holds_the_vector_is_finite(wave):
    vector = sound_vector(wave.astype(np.float32))
    assert vector.shape == (N_DIMENSIONS,)
    assert vector.dtype == np.float32
    assert np.isfinite(vector).all()
    # As the index keeps it.
    assert np.abs(vector).max() < 1000.0


def test_silence_is_told_from_a_quiet_sound_by_its_loudness_alone():
    silent, quiet = sound_vector(np.zeros(9000, dtype=np.float32)), sound_vector(0.01 * noise())
    assert (silent[LEVEL] < quiet[LEVEL] - 20.0).all()
    np.testing.assert_array_equal(silent[HEARD], 0.0)


def test_a_note_an_octave_up_has_the_same_pitch_class():
    chroma = slice(GROUPS["pitch"].start, GROUPS["pitch"].start + 12)
    low, high, other = (sound_vector(tone(hz, n_partials=3))[chroma] for hz in (220.0, 440.0, 311.1))
    assert np.argmax(low) == np.argmax(high) == 9
    assert np.linalg.norm(low - high) < 0.3 * np.linalg.norm(low - other)


def test_each_group_hears_what_it_is_called_by():
    steady, dying = noise(seed=1), noise(seed=1, decay_s=0.05)
    assert apart(steady, dying, "rhythm") > 5.0 * apart(steady, noise(seed=2), "rhythm")
    low, high = tone(220.0), tone(311.1)
    assert apart(low, high, "pitch") > 5.0 * apart(low, low + 0.01 * noise(), "pitch")
    bright, dull = tone(220.0, n_partials=30), tone(220.0, n_partials=2)
    assert apart(bright, dull, "timbre") > 2.0 * apart(bright, tone(233.1, n_partials=30), "timbre")


def test_a_loop_is_nearer_to_one_of_its_tempo_than_to_one_of_another():
    base, same, other = hits(120.0, 1), hits(121.0, 2), hits(86.0, 1)
    tempogram = slice(LEVEL.start - 12, LEVEL.start)
    of_base, of_same, of_other = (sound_vector(wave)[tempogram] for wave in (base, same, other))
    assert np.linalg.norm(of_base - of_same) < 0.5 * np.linalg.norm(of_base - of_other)


@pytest.mark.parametrize(
    "changed",
    [
        lambda wave: np.concatenate([np.zeros(90, dtype=np.float32), wave])[: len(wave)],
        lambda wave: (np.round(wave * 32_767.0) / 32_767.0).astype(np.float32),
        lambda wave: soxr.resample(soxr.resample(wave, 44_100, 48_000), 48_000, 44_100),
        lambda wave: 0.5 * wave,
    ],
    ids=["2 ms late", "16 bits", "resampled", "quieter"],
)
def test_a_copy_that_sounds_the_same_stays_much_nearer_than_another_sound(changed, library):
    for kind in KINDS:
        wave = KINDS[kind][1]
        (first, distance), (_, next_distance), *_ = library.neighbours(sound_vector(changed(wave)), Weights())
        assert first == (kind, 1)
        assert distance < 0.5 * next_distance
