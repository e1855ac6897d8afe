"""Hits that belong together, and the times at which they meet. numpy only.

Between two loops a hit of one and a hit of the other become one hit at the weighted time between them. Each
loop is therefore read along a path of its own: around a hit without any stretching, so that attacks stay as
they are; what the hits are moved by is made up for in the quiet before the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.onsets import Onsets

FARTHEST_S = 0.18
"""Hits farther apart than this are different hits."""

_GAP_COST = 0.5
_TIMBRE_SCALE_DB = 40.0
_BEFORE_S = 0.012
_HELD_SHARE = 0.6
_CLOSEST_S = 0.03

_FADE_WIDTH = 0.15
_RISE_S = 0.012
_LOOK_AHEAD_S = 0.023
_LONGEST_HIT_S = 0.4
_FALL_S = 0.04
_ZONE_S = 0.1
_ZONE_SHARE = 0.4

Frames = NDArray[np.float64]
Pairs = NDArray[np.intp]


def match_onsets(a: Onsets, b: Onsets, n_frames: int) -> Pairs:
    """Match hits of two loops of `n_frames`, keeping their order (Needleman and Wunsch, 1970).

    Returns
    -------
    intp, shape (matches, 2)
        Index in `a` and index in `b`; each hit at most once. Near the seam a hit at the end of one loop may
        meet one at the beginning of the other.
    """
    farthest = min(FARTHEST_S * RATE_HZ, n_frames / 4)
    # Hits near the seam stand on both sides of it.
    places = np.concatenate([b.frames - n_frames, b.frames, b.frames + n_frames])
    near = np.flatnonzero((places >= -farthest) & (places <= n_frames + farthest))
    if not len(a) or not len(near):
        return np.zeros((0, 2), np.intp)
    frames_b, index_b = places[near], near % len(b)
    apart = np.abs(a.frames[:, None] - frames_b[None, :])
    unlike = np.abs(a.timbres[:, None, :] - b.timbres[index_b][None, :, :]).mean(axis=2) / _TIMBRE_SCALE_DB
    cost = np.where(apart <= farthest, apart / farthest + unlike, np.inf)
    pairs = _cheapest_path(cost)
    best: dict[int, tuple[float, int]] = {}
    for i, j in pairs:
        known = best.get(int(index_b[j]))
        if known is None or cost[i, j] < known[0]:
            best[int(index_b[j])] = (float(cost[i, j]), i)
    return np.array(sorted((i, j) for j, (_, i) in best.items()), np.intp).reshape(-1, 2)


def _cheapest_path(cost: NDArray[np.float64]) -> list[tuple[int, int]]:
    n, m = cost.shape
    total = np.zeros((n + 1, m + 1))
    total[:, 0] = np.arange(n + 1) * _GAP_COST
    total[0, :] = np.arange(m + 1) * _GAP_COST
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            total[i, j] = min(
                total[i - 1, j - 1] + cost[i - 1, j - 1],
                total[i - 1, j] + _GAP_COST,
                total[i, j - 1] + _GAP_COST,
            )
    pairs = []
    i, j = n, m
    while i and j:
        if total[i, j] == total[i - 1, j - 1] + cost[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif total[i, j] == total[i - 1, j] + _GAP_COST:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def moved_by(
    which: int,
    onsets: Sequence[Onsets],
    pairs: dict[tuple[int, int], Pairs],
    weights: Sequence[float],
    n_frames: int,
) -> tuple[Frames, Frames]:
    """By how much each matched hit of one loop moves, to its weighted place among its matches.

    Parameters
    ----------
    which : int
        The loop.
    onsets : sequence of Onsets
    pairs : dict
        `match_onsets` for loops (i, j) with i < j.
    weights : sequence of float
    n_frames : int

    Returns
    -------
    frames, shifts : float64, shape (matched hits,)
        Where the hits are, and what to add to that; later is positive.
    """
    n_hits = len(onsets[which])
    pull, total = np.zeros(n_hits), np.full(n_hits, weights[which])
    is_matched = np.zeros(n_hits, bool)
    for (i, j), matches in pairs.items():
        if which not in (i, j) or not len(matches):
            continue
        other = j if which == i else i
        own, others = (matches[:, 0], matches[:, 1]) if which == i else (matches[:, 1], matches[:, 0])
        ahead = onsets[other].frames[others] - onsets[which].frames[own]
        ahead = (ahead + n_frames / 2) % n_frames - n_frames / 2
        pull[own] += weights[other] * ahead
        total[own] += weights[other]
        is_matched[own] = True
    frames = onsets[which].frames[is_matched]
    return frames, pull[is_matched] / np.maximum(total[is_matched], 1e-9)


def read_path(frames: Frames, shifts: Frames, at: Frames, n_frames: int) -> Frames:
    """Where to read a loop so that its hits come `shifts` later.

    Parameters
    ----------
    frames, shifts : float64, shape (hits,)
        As from `moved_by`.
    at : float64, shape (columns,)
        Times in the morph, in frames.
    n_frames : int

    Returns
    -------
    float64, shape (columns,)
        Times in the loop, in frames; may lie a little outside it, meaning round its end.
    """
    if not len(frames) or not np.any(shifts):
        return at.copy()
    places = frames + shifts
    order = np.argsort(places)
    places, shifts = places[order], shifts[order]
    keep = [0]
    for index in range(1, len(places)):
        if places[index] - places[keep[-1]] >= _CLOSEST_S * RATE_HZ:
            keep.append(index)
    if len(keep) > 1 and places[keep[0]] + n_frames - places[keep[-1]] < _CLOSEST_S * RATE_HZ:
        keep.pop()
    places, shifts = places[keep], shifts[keep]
    following = np.append(places[1:], places[0] + n_frames)
    room = following - places
    before = np.minimum(_BEFORE_S * RATE_HZ, room.min() * (1.0 - _HELD_SHARE) / 2)
    # Each hit holds its shift from just before it until most of the way to the next.
    knots = np.stack([places - before, places + _HELD_SHARE * (room - before)], axis=1).reshape(-1)
    values = np.repeat(shifts, 2)
    knots = np.concatenate([knots - n_frames, knots, knots + n_frames])
    moved: Frames = np.interp(at, knots, np.tile(values, 3))
    return at - moved


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How one loop is read at each column of the morph: arrays of shape (columns,).

    `path` is where, in frames; `share` how much of the blend it is. Hits that are left out are read over:
    `quiet_path` is where instead, `quiet` (0 to 1) how much instead.
    """

    path: Frames
    share: Frames
    quiet_path: Frames
    quiet: Frames


def readings(
    onsets: Sequence[Onsets],
    pairs: dict[tuple[int, int], Pairs],
    weights: Sequence[float],
    shares: Sequence[float],
    at: Frames,
    n_frames: int,
) -> tuple[Reading, ...]:
    """How to read each loop so that matched hits meet, and those without a partner come and go one by one.

    Between two loops a fading hit would be a ghost of itself wherever the other is silent. Instead each hit
    without a partner has a place of its own on the way, the weakest leaving first, so that the number of
    hits follows the weights. Where a hit has left, its loop goes on as it is before it or after it,
    whichever is softer.

    Parameters
    ----------
    onsets, pairs, weights
        As for `moved_by`; times and hits follow the weights.
    shares : sequence of float
        How much of each loop is heard away from its own hits.
    at : float64, shape (columns,)
        Times in the morph, in frames.
    n_frames : int
    """
    base = np.asarray(shares, np.float64)
    found: list[Reading] = []
    for which in range(len(weights)):
        path = read_path(*moved_by(which, onsets, pairs, weights, n_frames), at, n_frames)
        frames = onsets[which].frames
        alone, there = _still_there(which, onsets, pairs, weights)
        quiet_path, quiet, lifted = path.copy(), np.zeros(len(at)), np.zeros(len(at))
        following = np.diff(np.append(frames, frames[:1] + n_frames))
        for hit, kept in zip(alone, there, strict=True):
            since = (path - frames[hit] + n_frames / 2) % n_frames - n_frames / 2
            length = min(following[hit] - _LOOK_AHEAD_S * RATE_HZ, _LONGEST_HIT_S * RATE_HZ)
            fall = min(_FALL_S * RATE_HZ, max(length, 1.0) / 2)
            begin = -_LOOK_AHEAD_S * RATE_HZ
            rise = _RISE_S * RATE_HZ
            bump = np.interp(since, [begin - rise, begin, length - fall, length], [0.0, 1.0, 1.0, 0.0])
            lifted = np.maximum(lifted, bump * kept)
            left_out = bump * (1.0 - kept)
            first, last = _quiet_zone(onsets[which], hit, following, begin - rise, length - fall, n_frames)
            # Slowly through it, once: what is repeated would be heard as a flutter.
            passed = np.clip((since - begin + rise) / max(length - fall - begin + rise, 1.0), 0.0, 1.0)
            slow = first + (last - first) * passed
            quiet_path = np.where(left_out > quiet, slow, quiet_path)
            quiet = np.maximum(quiet, left_out)
        found.append(Reading(path, lifted, quiet_path, quiet))
    lifts = np.stack([reading.share for reading in found]) * (1.0 - base[:, None])
    heard = (base[:, None] + lifts) / (1.0 + lifts.sum(axis=0))
    return tuple(Reading(r.path, own, r.quiet_path, r.quiet) for r, own in zip(found, heard, strict=True))


def _quiet_zone(
    onsets: Onsets, hit: np.intp, following: Frames, begin: float, end: float, n_frames: int
) -> tuple[float, float]:
    """From which frame to which a loop is read where one of its hits is left out.

    Backwards from the hit, or forwards to where it has died away, whichever is softer; either way without a
    jump where it matters. `begin` and `end` are where the hit is seen, in frames relative to it.
    """
    at = onsets.frames[hit]
    n_columns = len(onsets.levels)
    zones, levels = [], []
    for edge, room in ((begin, following[hit - 1]), (end, end - begin)):
        length = max(min(_ZONE_SHARE * room, _ZONE_S * RATE_HZ), 1.0)
        zone = (at + edge, at + edge - length)
        columns = np.round(np.linspace(*zone, 5) / n_frames * n_columns).astype(np.intp)
        zones.append(zone)
        levels.append(float(onsets.levels[columns % n_columns].mean()))
    return zones[1][::-1] if levels[1] < levels[0] else zones[0]


def _still_there(
    which: int, onsets: Sequence[Onsets], pairs: dict[tuple[int, int], Pairs], weights: Sequence[float]
) -> tuple[NDArray[np.intp], Frames]:
    """Hits of one loop without a partner in every other, and how much of each is there, 0 to 1."""
    support = np.full(len(onsets[which]), weights[which])
    for (i, j), matches in pairs.items():
        if which in (i, j):
            support[matches[:, 0 if which == i else 1]] += weights[j if which == i else i]
    alone = np.flatnonzero(support < 1.0 - 1e-9)
    rank = np.empty(len(alone))
    rank[np.argsort(-onsets[which].strengths[alone])] = np.arange(len(alone))
    threshold = _FADE_WIDTH / 2 + (1.0 - _FADE_WIDTH) * (rank + 0.5) / max(len(alone), 1)
    return alone, np.clip((support[alone] - threshold) / _FADE_WIDTH + 0.5, 0.0, 1.0)
