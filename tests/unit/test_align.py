"""Hits: found, matched round the seam, and met at their weighted times without stretching attacks."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.onsets import Onsets, find_onsets
from morphstudio.dsp.stft import CircularStft
from morphstudio.morph.align import FARTHEST_S, match_onsets, moved_by, read_path

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


@pytest.mark.parametrize("weight", [0.0, 0.25, 0.5, 1.0])
def test_matched_hits_meet_in_between(weight):
    onsets = [onsets_at([0.1, 0.6, 1.2]), onsets_at([0.16, 0.55, 1.3])]
    pairs = {(0, 1): match_onsets(*onsets, N_FRAMES)}
    weights = (1 - weight, weight)
    (at_a, by_a), (at_b, by_b) = (moved_by(i, onsets, pairs, weights, N_FRAMES) for i in (0, 1))
    assert np.allclose(at_a + by_a, at_b + by_b)
    assert np.allclose(at_a + by_a, (1 - weight) * onsets[0].frames + weight * onsets[1].frames)


def test_three_hits_meet_in_one_place():
    onsets = [onsets_at([0.5]), onsets_at([0.55]), onsets_at([0.62])]
    pairs = {(i, j): match_onsets(onsets[i], onsets[j], N_FRAMES) for i, j in ((0, 1), (0, 2), (1, 2))}
    weights = (0.5, 0.3, 0.2)
    places = [sum(moved_by(i, onsets, pairs, weights, N_FRAMES)) for i in range(3)]
    expected = sum(w * o.frames for w, o in zip(weights, onsets, strict=True))
    assert np.allclose(places, expected)


def test_the_path_is_even_at_hits_and_brings_them_to_their_places():
    frames, shifts = np.array([10_000.0, 40_000.0, 70_000.0]), np.array([2000.0, -1500.0, 0.0])
    at = np.arange(0, N_FRAMES, 500.0)
    path = read_path(frames, shifts, at, N_FRAMES)
    for frame, shift in zip(frames, shifts, strict=True):
        near = (at >= frame + shift) & (at < frame + shift + 4000)
        assert np.allclose(path[near], at[near] - shift)
    assert (np.diff(path) > 0).all()
    # Round the seam the path goes on as it began.
    assert path[0] + N_FRAMES - path[-1] == pytest.approx(N_FRAMES - at[-1], rel=0.3)


def test_without_shifts_nothing_moves():
    at = np.arange(0, N_FRAMES, 507.0)
    assert np.array_equal(read_path(np.array([]), np.array([]), at, N_FRAMES), at)
    assert np.array_equal(read_path(np.array([100.0]), np.array([0.0]), at, N_FRAMES), at)


def test_the_path_follows_the_weights_without_jumps():
    onsets = [onsets_at([0.1, 0.4, 0.62, 1.2, 1.9]), onsets_at([0.13, 0.33, 0.66, 1.31, 1.95])]
    pairs = {(0, 1): match_onsets(*onsets, N_FRAMES)}
    at = np.arange(0, N_FRAMES, 500.0)
    previous = None
    for weight in np.linspace(0, 1, 201):
        path = read_path(*moved_by(0, onsets, pairs, (1 - weight, weight), N_FRAMES), at, N_FRAMES)
        if previous is not None:
            assert np.abs(path - previous).max() < 0.02 * RATE_HZ
        previous = path
