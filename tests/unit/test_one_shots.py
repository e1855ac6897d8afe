"""Rendered sounds of every kind: what holds for each of them, and what sets kinds apart."""

from __future__ import annotations

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.kinds import Kind
from morphstudio.synth.one_shot_parts import Strike, cloud
from morphstudio.synth.one_shot_treatment import MIN_S, replayed, treated
from morphstudio.synth.one_shots import random_sound

N_SOUNDS = 5


def sounds_of(kind, n=N_SOUNDS):
    return [random_sound(np.random.default_rng([seed, list(Kind).index(kind)]), kind) for seed in range(n)]


def centroid_hz(sound):
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float(np.fft.rfftfreq(sound.size, 1 / RATE_HZ) @ power / power.sum())


@pytest.mark.parametrize("kind", Kind)
def test_a_sound_of_every_kind_can_be_heard_and_used(kind):
    for sound in sounds_of(kind):
        assert sound.dtype == np.float32
        assert sound.ndim == 1
        assert np.isfinite(sound).all()
        assert MIN_S * RATE_HZ <= sound.size < 12 * RATE_HZ
        assert 10 ** (-31 / 20) < np.abs(sound).max() <= 1.0


@pytest.mark.parametrize("kind", [Kind.KICK, Kind.VOCAL, Kind.DRUM_LOOP])
def test_a_seed_is_a_sound_and_another_seed_another(kind):
    first, second = (random_sound(np.random.default_rng(7), kind) for _ in range(2))
    other = random_sound(np.random.default_rng(8), kind)
    assert np.array_equal(first, second)
    assert first.size != other.size or not np.allclose(first, other)


def test_kicks_are_low_snares_higher_and_hats_highest():
    middle = {
        kind: np.median([centroid_hz(sound) for sound in sounds_of(kind, 15)])
        for kind in (Kind.KICK, Kind.SNARE, Kind.HAT)
    }
    assert middle[Kind.KICK] < middle[Kind.SNARE] < middle[Kind.HAT]
    assert middle[Kind.KICK] < 400
    assert middle[Kind.HAT] > 4000


def test_cymbals_ring_longer_than_hats():
    def ring_s(sound):
        power = np.cumsum(sound.astype(float) ** 2)
        start, end = np.searchsorted(power, [0.001 * power[-1], 0.99 * power[-1]])
        return (end - start) / RATE_HZ

    hats, cymbals = ([ring_s(sound) for sound in sounds_of(kind, 15)] for kind in (Kind.HAT, Kind.CYMBAL))
    assert np.median(cymbals) > 1.5 * np.median(hats)


def test_a_cloud_dies_at_the_rate_asked_for_and_is_loudest_where_asked_for():
    strike = Strike(1000, 4000, decay_s=0.5, decay_tilt=0.0)
    sounds = [cloud(np.random.default_rng(seed), 1.0, strike) for seed in range(8)]
    blocks = np.array([np.mean(sound[: 40 * 1024].reshape(40, -1) ** 2, axis=1) for sound in sounds]).mean(0)
    fall_db = 10 * np.log10(blocks[2] / blocks[12])
    wanted_db = 60.0 * 10 * 1024 / RATE_HZ / 0.5
    assert fall_db == pytest.approx(wanted_db, rel=0.35)
    spectrum = np.mean([np.abs(np.fft.rfft(sound)) ** 2 for sound in sounds], axis=0)
    freq = np.fft.rfftfreq(sounds[0].size, 1 / RATE_HZ)

    def level(hz):
        return spectrum[(freq > hz * 0.8) & (freq < hz * 1.25)].mean()

    assert level(4000) > 5 * level(1000) > 5 * level(300)


def test_treating_keeps_any_sound_usable():
    for seed, n_frames in enumerate([1, 2, 50, 441, 44_100]):
        rng = np.random.default_rng(seed)
        sound = treated(rng, rng.standard_normal(n_frames))
        assert np.isfinite(sound).all()
        assert sound.size >= MIN_S * RATE_HZ
    assert np.isfinite(treated(np.random.default_rng(0), np.zeros(1000))).all()


def test_replaying_changes_length_and_pitch_together():
    tone = np.sin(2 * np.pi * 1000 * np.arange(RATE_HZ) / RATE_HZ)
    for seed in range(5):
        sound = replayed(np.random.default_rng(seed), tone)
        ratio = tone.size / sound.size
        assert 2 ** (-3 / 12) - 1e-3 <= ratio <= 2 ** (3 / 12) + 1e-3
        assert centroid_hz(sound) == pytest.approx(1000 * ratio, rel=0.01)
