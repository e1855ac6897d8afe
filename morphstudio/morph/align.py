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
_CLOSEST_FRAMES = 0.03 * RATE_HZ
_PATH_STEP_FRAMES = 64.0

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


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """By how much each moment of one loop is ahead of its counterpart in another: float64 (knots,) each.

    `frames` rise; between them, and round the end of the loop, `ahead` is interpolated.
    """

    frames: Frames
    ahead: Frames


def field_between(a: Onsets, b: Onsets, pairs: Pairs, n_frames: int) -> Field:
    """Field that takes the matched hits of one loop to those of another.

    It is level from just before each hit until most of the way to the next, so that attacks stay as they are.
    """
    frames = a.frames[pairs[:, 0]]
    ahead = b.frames[pairs[:, 1]] - frames
    ahead = (ahead + n_frames / 2) % n_frames - n_frames / 2
    keep = np.flatnonzero(np.diff(frames, prepend=-np.inf) >= _CLOSEST_FRAMES).tolist()
    if len(keep) > 1 and frames[keep[0]] + n_frames - frames[keep[-1]] < _CLOSEST_FRAMES:
        keep.pop()
    frames, ahead = frames[keep], ahead[keep]
    if not len(frames):
        return Field(np.zeros(1), np.zeros(1))
    room = np.append(frames[1:], frames[0] + n_frames) - frames
    before = np.minimum(_BEFORE_S * RATE_HZ, room.min() * (1.0 - _HELD_SHARE) / 2)
    knots = np.stack([frames - before, frames + _HELD_SHARE * (room - before)], axis=1).reshape(-1)
    return Field(knots, np.repeat(ahead, 2))


def read_path(fields: Sequence[Field], weights: Sequence[float], at: Frames, n_frames: int) -> Frames:
    """Where to read a loop so that its hits come at their weighted places among its counterparts.

    Parameters
    ----------
    fields : sequence of Field
        From the loop to each of the others.
    weights : sequence of float
        Of the others.
    at : float64, shape (columns,)
        Times in the morph, in frames.
    n_frames : int

    Returns
    -------
    float64, shape (columns,)
        Times in the loop, in frames; may lie a little outside it, meaning round its end.
    """
    if not any(weight > 0.0 and np.any(f.ahead) for f, weight in zip(fields, weights, strict=True)):
        return at.copy()
    margin = min(FARTHEST_S * RATE_HZ, n_frames / 4)
    moments = np.arange(-margin, n_frames + margin + _PATH_STEP_FRAMES, _PATH_STEP_FRAMES)
    places = moments.copy()
    for one, weight in zip(fields, weights, strict=True):
        knots = np.concatenate([one.frames - n_frames, one.frames, one.frames + n_frames])
        places += weight * np.interp(moments, knots, np.tile(one.ahead, 3))
    # Where hits close in on each other faster than time goes by, what is between them is left out.
    path: Frames = np.interp(at, np.maximum.accumulate(places), moments)
    return path


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
    fields: dict[tuple[int, int], Field],
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
    onsets : sequence of Onsets
    pairs, fields : dict
        `match_onsets` for loops (i, j) with i < j, and `field_between` for all i and j that differ.
    weights : sequence of float
        What times and hits follow.
    shares : sequence of float
        How much of each loop is heard away from its own hits.
    at : float64, shape (columns,)
        Times in the morph, in frames.
    n_frames : int
    """
    base = np.asarray(shares, np.float64)
    found: list[Reading] = []
    for which in range(len(weights)):
        others = [other for other in range(len(weights)) if other != which]
        own_fields = [fields[which, other] for other in others]
        path = read_path(own_fields, [weights[other] for other in others], at, n_frames)
        frames = onsets[which].frames
        alone, there, lifts = _still_there(which, onsets, pairs, weights)
        quiet_path, quiet, lifted = path.copy(), np.zeros(len(at)), np.zeros(len(at))
        following = np.diff(np.append(frames, frames[:1] + n_frames))
        for hit, kept, lift in zip(alone, there, lifts, strict=True):
            since = (path - frames[hit] + n_frames / 2) % n_frames - n_frames / 2
            length = min(following[hit] - _LOOK_AHEAD_S * RATE_HZ, _LONGEST_HIT_S * RATE_HZ)
            length = max(length, 1.0)
            fall = min(_FALL_S * RATE_HZ, length / 2)
            begin = -_LOOK_AHEAD_S * RATE_HZ
            rise = _RISE_S * RATE_HZ
            bump = np.interp(since, [begin - rise, begin, length - fall, length], [0.0, 1.0, 1.0, 0.0])
            lifted = np.maximum(lifted, bump * kept * lift)
            left_out = bump * (1.0 - kept)
            first, last = _quiet_zone(onsets[which], hit, following, begin - rise, length - fall, n_frames)
            # Slowly through it, once: what is repeated would be heard as a flutter.
            passed = np.clip((since - begin + rise) / max(length - fall - begin + rise, 1.0), 0.0, 1.0)
            slow = first + (last - first) * passed
            quiet_path = np.where(left_out > quiet, slow, quiet_path)
            quiet = np.maximum(quiet, left_out)
        found.append(Reading(path, lifted, quiet_path, quiet))
    lifted_by = np.stack([reading.share for reading in found]) * (1.0 - base[:, None])
    heard = (base[:, None] + lifted_by) / (1.0 + lifted_by.sum(axis=0))
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
) -> tuple[NDArray[np.intp], Frames, Frames]:
    """Hits of one loop without a partner in every other; how much of each is there; how far it stands out.

    A hit counts as far as it lacks partners, so that a loop that is hardly heard changes hardly anything.
    """
    support = np.full(len(onsets[which]), weights[which], np.float64)
    for (i, j), matches in pairs.items():
        if which in (i, j):
            support[matches[:, 0 if which == i else 1]] += weights[j if which == i else i]
    lacking = (1.0 - support) / max(1.0 - weights[which], 1e-9)
    order = np.argsort(-onsets[which].strengths, kind="stable")
    before = np.zeros(len(order))
    before[order] = np.cumsum(lacking[order]) - lacking[order] / 2.0
    threshold = _FADE_WIDTH / 2 + (1.0 - _FADE_WIDTH) * before / max(float(lacking.sum()), 1.0)
    there = np.clip((support - threshold) / _FADE_WIDTH + 0.5, 0.0, 1.0)
    alone = np.flatnonzero((lacking > 1e-9) & (weights[which] < 1.0 - 1e-9))
    # What partners keep up needs no lift of its own.
    lift = lacking * weights[which] / np.maximum(support, 1e-9)
    return alone, there[alone], lift[alone]
