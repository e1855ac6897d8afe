"""Hits: found, matched round the seam, and met at their weighted times without stretching attacks."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.onsets import Onsets, find_onsets
from morphstudio.dsp.stft import CircularStft
from morphstudio.morph.align import (
    FARTHEST_S,
    Hits,
    field_between,
    heard_shares,
    match_onsets,
    read_path,
    readings,
)

N_FRAMES = 2 * RATE_HZ
MATRIX = mel_matrix()


def clicks(times_s, n_frames=N_FRAMES, seed=0):
    """Decaying bursts of noise over a quiet floor."""
    rng = np.random.default_rng(seed)
    loop = rng.normal(0, 1e-4, n_frames)
    burst = rng.normal(0, 0.3, 4000) * np.exp(-np.arange(4000) / 700)
    for time_s in times_s:
        loop[(round(time_s * RATE_HZ) + np.arange(4000)) % n_frames] += burst
    return torch.from_numpy(loop[None].astype(np.float32))


def onsets_of(loop):
    return find_onsets(loop, CircularStft(loop.shape[-1]).forward(loop).abs(), MATRIX)


def onsets_at(times_s) -> Onsets:
    n = len(times_s)
    return Onsets(
        np.array(times_s) * RATE_HZ,
        np.ones(n, np.float32),
        np.zeros((n, 64), np.float32),
        np.zeros(100, np.float32),
    )


def apart_s(a, b, n_frames=N_FRAMES):
    return np.abs((a - b + n_frames / 2) % n_frames - n_frames / 2) / RATE_HZ


@pytest.mark.parametrize("times_s", [[0.0, 0.5, 1.0, 1.5], [0.1, 0.35, 0.8, 1.99], [0.7]])
def test_hits_are_found_where_they_are(times_s):
    found = onsets_of(clicks(times_s))
    assert len(found) == len(times_s)
    for time_s in times_s:
        assert apart_s(found.frames, time_s * RATE_HZ).min() < 0.003


@pytest.mark.parametrize("gain", [0.01, 1.0])
def test_steady_sound_has_no_hits_at_any_level(gain):
    tone = gain * torch.sin(2 * np.pi * 440.0 * torch.arange(N_FRAMES) / RATE_HZ)[None]
    noise = gain * torch.randn(1, N_FRAMES, generator=torch.Generator().manual_seed(0))
    assert len(onsets_of(tone)) == 0
    assert len(onsets_of(noise)) == 0
    assert len(onsets_of(torch.zeros(1, N_FRAMES))) == 0


def test_hits_match_across_the_seam_and_not_from_afar():
    a, b = onsets_at([0.01, 0.5, 1.0]), onsets_at([0.55, 1.3, 1.98])
    assert match_onsets(a, b, N_FRAMES).tolist() == [[0, 2], [1, 0]]
    assert match_onsets(a, onsets_at([]), N_FRAMES).shape == (0, 2)
    far = onsets_at([0.01 + FARTHEST_S * 1.05])
    assert len(match_onsets(onsets_at([0.01]), far, N_FRAMES)) == 0


def test_matching_is_the_same_from_either_side():
    rng = np.random.default_rng(3)
    a, b = (onsets_at(np.sort(rng.uniform(0.2, 1.8, 9))) for _ in range(2))
    forth, back = match_onsets(a, b, N_FRAMES), match_onsets(b, a, N_FRAMES)
    assert sorted(forth.tolist()) == sorted(back[:, ::-1].tolist())


def heard_at(path, at, frame, n_frames=N_FRAMES):
    """When in the morph a frame of the loop is read."""
    apart = np.abs((path - frame + n_frames / 2) % n_frames - n_frames / 2)
    return at[int(np.argmin(apart))]


def ready(onsets, n_frames=N_FRAMES):
    pairs, fields = {}, {}
    for i in range(len(onsets)):
        for j in range(i + 1, len(onsets)):
            pairs[i, j] = match_onsets(onsets[i], onsets[j], n_frames)
            back = pairs[i, j][np.argsort(pairs[i, j][:, 1]), ::-1]
            fields[i, j] = field_between(onsets[i], onsets[j], pairs[i, j], n_frames)
            fields[j, i] = field_between(onsets[j], onsets[i], back, n_frames)
    return pairs, fields


AT = np.arange(0, N_FRAMES, 32.0)


def read(onsets, weights):
    hits = [Hits.of(one, N_FRAMES) for one in onsets]
    return readings(hits, *ready(onsets), weights, AT, N_FRAMES)


@pytest.mark.parametrize("weight", [0.0, 0.25, 0.5, 1.0])
def test_matched_hits_meet_in_between(weight):
    onsets = [onsets_at([0.1, 0.6, 1.2]), onsets_at([0.16, 0.55, 1.3])]
    found = read(onsets, (1 - weight, weight))
    for a, b in zip(onsets[0].frames, onsets[1].frames, strict=True):
        places = [heard_at(found[0].path, AT, a), heard_at(found[1].path, AT, b)]
        assert np.allclose(places, (1 - weight) * a + weight * b, atol=64)


def test_three_hits_meet_in_one_place():
    onsets = [onsets_at([0.5]), onsets_at([0.55]), onsets_at([0.62])]
    weights = (0.5, 0.3, 0.2)
    found = read(onsets, weights)
    places = [heard_at(r.path, AT, o.frames[0]) for r, o in zip(found, onsets, strict=True)]
    assert np.allclose(places, sum(w * o.frames for w, o in zip(weights, onsets, strict=True)), atol=64)


def test_the_path_is_straight_at_hits_and_goes_on_round_the_seam():
    onsets = [onsets_at([0.2, 0.9, 1.6]), onsets_at([0.25, 0.86, 1.6])]
    _, fields = ready(onsets)
    path = read_path([fields[0, 1]], [1.0], AT, N_FRAMES)
    for a, b in zip(onsets[0].frames, onsets[1].frames, strict=True):
        near = (b <= AT) & (b + 4000 > AT)
        assert np.allclose(path[near], AT[near] + a - b, atol=1.0)
    assert (np.diff(path) >= 0).all()
    assert path[0] + N_FRAMES - path[-1] == pytest.approx(N_FRAMES - AT[-1], rel=0.3)


def test_the_path_turns_places_round_even_where_hits_overtake_each_other():
    onsets = [onsets_at([0.2, 0.5, 0.68, 1.3]), onsets_at([0.22, 0.62, 0.64, 1.25])]
    field = ready(onsets)[1][0, 1]
    path = read_path([field], [1.0], AT, N_FRAMES)
    moments = np.arange(-N_FRAMES / 4, N_FRAMES * 1.25)
    places = moments + np.interp(moments, field.frames, field.ahead)
    assert (np.diff(places) < 0).any()
    reached = np.interp(AT, np.maximum.accumulate(places), moments)
    jumps = np.diff(reached, append=np.inf) > 200
    assert np.allclose(path[~jumps], reached[~jumps], atol=2.0)
    assert (np.diff(path) >= 0).all()


def test_without_matches_or_weight_nothing_moves():
    onsets = [onsets_at([0.2, 0.9]), onsets_at([0.5]), onsets_at([0.25, 0.95])]
    _, fields = ready(onsets)
    assert np.array_equal(read_path([fields[0, 1]], [0.7], AT, N_FRAMES), AT)
    assert np.array_equal(read_path([fields[0, 2]], [0.0], AT, N_FRAMES), AT)


def settings_of(onsets, weights):
    found = read(onsets, weights)
    shares = heard_shares(np.stack([r.lift for r in found]), np.array(weights))
    assert np.allclose(shares.sum(axis=0), 1.0)
    return np.stack([[r.path / RATE_HZ, share, r.quiet] for r, share in zip(found, shares, strict=True)])


def test_the_readings_follow_the_weights_without_jumps():
    onsets = [onsets_at([0.1, 0.4, 0.62, 1.2, 1.9]), onsets_at([0.13, 0.33, 0.66, 1.45])]
    before = settings_of(onsets, (0.0, 1.0))
    for weight in np.linspace(0.0, 1.0, 401)[1:]:
        now = settings_of(onsets, (weight, 1.0 - weight))
        assert np.abs(now - before).max() < 0.05
        before = now


def test_a_third_loop_comes_in_without_a_jump():
    onsets = [
        onsets_at([0.1, 0.4, 0.62, 1.2, 1.9]),
        onsets_at([0.13, 0.33, 0.8, 1.45]),
        onsets_at([0.2, 1.0]),
    ]
    without = settings_of(onsets[:2], (0.5, 0.5))
    barely = settings_of(onsets, (0.49995, 0.49995, 0.0001))
    assert np.abs(barely[:2] - without).max() < 0.01


def test_hits_without_a_partner_leave_one_by_one_the_weakest_first():
    onsets = [onsets_at([0.2, 0.6, 1.0, 1.4]), onsets_at([])]
    onsets[0].strengths[:] = [4.0, 1.0, 3.0, 2.0]
    left = []
    for weight in np.linspace(1.0, 0.0, 21):
        weights = (weight, 1.0 - weight)
        quiet = read(onsets, weights)[0].quiet
        gone = [quiet[int(t * RATE_HZ / 32) + 20] > 0.5 for t in (0.2, 0.6, 1.0, 1.4)]
        left += [index for index in np.flatnonzero(gone).tolist() if index not in left]
        assert abs((4 - sum(gone)) - 4 * weight) <= 1.0
    assert left == [1, 3, 2, 0]


def test_where_a_hit_has_left_what_is_read_is_softer():
    onsets = onsets_at([0.5, 1.5])
    onsets.levels[:] = np.where((np.arange(100) >= 25) & (np.arange(100) < 30), -10.0, -60.0)
    both = [onsets, onsets_at([])]
    weights = (0.02, 0.98)
    found = read(both, weights)[0]
    over = found.quiet > 0.99
    assert over.any()
    columns = np.round(found.quiet_path[over] / N_FRAMES * 100).astype(int) % 100
    assert onsets.levels[columns].max() < -50.0
