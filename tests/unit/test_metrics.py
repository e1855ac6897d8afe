"""The measures of a morph: zero where it is right, large where it is known to be wrong."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.dsp.loudness import SILENT_LUFS, loudness_lufs
from morphstudio.dsp.stft import CircularStft
from morphstudio.morph.baselines import LogMagnitude, Magnitude, Mix, PrincipalComponents
from morphstudio.morph.metrics import (
    Listener,
    evenness,
    mel_distance_db,
    place_between,
    presence,
    residual_db,
)
from morphstudio.morph.report import chosen_pairs, evaluation_loops, prepared

N_FRAMES = 2 * RATE_HZ
LISTENER = Listener(N_FRAMES)


def bursts(times_s, seed, gain=0.3):
    rng = np.random.default_rng(seed)
    loop = rng.normal(0, 1e-4, (N_FRAMES, 1))
    burst = rng.normal(0, gain, (5000, 1)) * np.exp(-np.arange(5000) / 900)[:, None]
    for time_s in times_s:
        loop[(round(time_s * RATE_HZ) + np.arange(5000)) % N_FRAMES] += burst
    return loop.astype(np.float32)


A, B = bursts([0.2, 0.7, 1.2, 1.7], 1), bursts([0.3, 0.8, 1.3, 1.8], 2)


def test_a_series_that_jumps_is_uneven_and_one_that_creeps_is_not():
    jumping = LISTENER.series([A, A, A, B, B], A, B)
    creeping = LISTENER.series([(1 - t) * A + t * B for t in np.linspace(0, 1, 5)], A, B)
    assert jumping.evenness > 0.2
    assert creeping.evenness < jumping.evenness
    assert jumping.step_variation > 1.0
    assert jumping.ends_db == creeping.ends_db == -200.0


def test_hits_of_a_mix_are_too_many_and_in_the_wrong_place():
    mixed = LISTENER.series([A, 0.5 * (A + B), B], A, B)
    between = LISTENER.series([A, bursts([0.25, 0.75, 1.25, 1.75], 3), B], A, B)
    assert mixed.hits == pytest.approx(1.0)
    assert mixed.timing_ms == pytest.approx(50.0, abs=5.0)
    assert between.hits == 0.0
    assert between.timing_ms < 5.0


def test_a_mix_is_present_twice_and_something_else_is_not():
    a, b = LISTENER.hear(A), LISTENER.hear(B)
    assert presence(LISTENER.hear((0.3 * A + 0.7 * B).astype(np.float32)), a, b) > 0.9
    assert presence(LISTENER.hear(bursts([0.25, 0.75, 1.25, 1.75], 3)), a, b) < 0.3
    assert presence(a, a, b) == pytest.approx(1.0, abs=1e-5)


def test_distances_are_zero_to_oneself_and_places_lie_between():
    a, b = LISTENER.hear(A), LISTENER.hear(B)
    assert mel_distance_db(a, a) == 0.0
    assert mel_distance_db(a, b) == mel_distance_db(b, a) > 5.0
    assert (place_between(a, a, b), place_between(b, a, b)) == (0.0, 1.0)


def test_levels_are_told_in_loudness_units():
    quiet = (A * np.float32(0.5)).astype(np.float32)
    assert LISTENER.series([A, quiet, A], A, A).level_lu == pytest.approx(-6.02, abs=0.2)


def test_loudness_is_that_of_the_standard_and_goes_round_the_seam():
    """A full-scale sine of 997 Hz has -3.01 LUFS in one channel by definition, so 0.0 in two."""
    turns = np.arange(2 * RATE_HZ) / RATE_HZ
    sine = torch.from_numpy(np.sin(2 * np.pi * 997 * turns).astype(np.float32))[None]
    assert loudness_lufs(sine) == pytest.approx(0.0, abs=0.35)
    assert loudness_lufs(8.0 * sine) == pytest.approx(18.06, abs=0.35)  # beyond full scale, as on the way
    high = torch.from_numpy(np.sin(2 * np.pi * 5000 * turns).astype(np.float32))[None]  # lifted on the way
    assert loudness_lufs(high) - loudness_lufs(0.1 * high) == pytest.approx(20.0, abs=0.05)
    assert loudness_lufs(torch.zeros(2, 1000)) == SILENT_LUFS
    loop = torch.from_numpy(A.T.copy())
    turned = [loudness_lufs(loop.roll(shift, -1)) for shift in (0, 20_000, 50_000)]
    assert max(turned) - min(turned) < 0.4
    assert loudness_lufs(loop[:, :9000]) > SILENT_LUFS


def test_residuals():
    assert residual_db(A, A) == -200.0
    assert residual_db(A * np.float32(0.9), A) == pytest.approx(-20.0, abs=0.01)


@pytest.mark.parametrize("kind", [Mix, Magnitude, LogMagnitude])
def test_baselines_end_where_they_should(kind):
    method = kind(CircularStft(N_FRAMES))
    a, b = AudioClip(A, "a"), AudioClip(B, "b")
    ends = [LISTENER.hear(end) for end in (A, B)]
    for position in (0.0, 1.0):
        found = LISTENER.hear(method.between(a, b, position))
        assert abs(place_between(found, *ends) - position) < 0.25


def test_components_keep_what_they_were_made_of():
    transform = CircularStft(N_FRAMES)
    clips = [AudioClip(A, "a"), AudioClip(B, "b")]
    exact = torch.from_numpy(A.T.copy())
    errors = []
    for n in (4, 64):
        decoded = PrincipalComponents(transform, clips, n).reconstructed(clips[0])
        errors.append(float((decoded - transform.forward(exact).abs()).norm()))
    assert errors[1] < 0.7 * errors[0]


def test_loops_are_chosen_by_name_or_by_length_and_pairs_by_seed():
    clips = [AudioClip(A, name) for name in ("loop_a", "Loop b", "kick", "bass")]
    assert [clip.name for clip in evaluation_loops(clips)] == ["loop_a", "Loop b"]
    short = AudioClip(A[:1000], "tick")
    assert evaluation_loops([*clips[2:], short]) == clips[2:]
    assert len(chosen_pairs(clips, 99, 0)) == 6
    assert chosen_pairs(clips, 3, 5) == chosen_pairs(clips, 3, 5)
    assert prepared(short).n_frames == 4 * RATE_HZ


def test_evenness_is_one_where_a_loop_sounds_as_its_weights_say():
    a, b = LISTENER.hear(A), LISTENER.hear(B)
    x = LISTENER.hear((0.3 * A + 0.7 * B).astype(np.float32))
    place = place_between(x, a, b)
    assert evenness(x, (a, b), (1.0 - place, place)) == pytest.approx(1.0)
    assert evenness(x, (a, b), (0.9 - place, place + 0.1)) == pytest.approx(0.8)
    assert evenness(a, (a, b), (0.5, 0.5)) == pytest.approx(0.0, abs=1e-6)
    assert evenness(a, (a, b, x), (1.0, 0.0, 0.0)) == pytest.approx(1.0)
