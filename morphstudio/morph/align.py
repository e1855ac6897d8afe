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

    `frames` rise, from a turn of the loop before it to a turn after it; between them `ahead` is interpolated.
    """

    frames: Frames
    ahead: Frames

    @property
    def moves(self) -> bool:
        """Whether anything is ahead or behind."""
        return bool(self.ahead.any())


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
    return Field(np.concatenate([knots - n_frames, knots, knots + n_frames]), np.tile(np.repeat(ahead, 2), 3))


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
    heard = [(f, w) for f, w in zip(fields, weights, strict=True) if w > 0.0 and f.moves]
    if not heard:
        return at.copy()
    # Every place is moved by a weighted mean of what lies in a field: straight from knot to knot of all.
    margin = min(FARTHEST_S * RATE_HZ, n_frames / 4)
    moments = np.concatenate([(-margin, n_frames + margin), *(field.frames for field, _ in heard)])
    moments = np.sort(moments[(moments >= -margin) & (moments <= n_frames + margin)])
    places = moments + sum(weight * np.interp(moments, field.frames, field.ahead) for field, weight in heard)
    # Where hits close in on each other faster than time goes by, what is between them is left out.
    reached = np.maximum.accumulate(places)
    again = np.flatnonzero((places[:-1] < reached[:-1]) & (places[1:] > reached[:-1]))
    part = (reached[again] - places[again]) / (places[again + 1] - places[again])
    moments[again] += part * (moments[again + 1] - moments[again])
    path: Frames = np.interp(at, reached, moments)
    # Rounded, a part of a frame would become a whole one: what is hardly moved is not moved at all.
    return path if bool(np.any(np.abs(path - at) >= 1.0)) else at.copy()


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The hits of one loop, and what is read where one of them is left out: float64 (hits,) each, in frames.

    A hit is seen from `begin` on (the same for all), `frames` being 0, and has gone after `length`, falling
    for `fall`; `quiet_first` to `quiet_last` is what is softer, before it or after it. `strengths` are in dB.
    """

    frames: Frames
    strengths: Frames
    begin: float
    length: Frames
    fall: Frames
    quiet_first: Frames
    quiet_last: Frames

    @classmethod
    def of(cls, onsets: Onsets, n_frames: int) -> Hits:
        """Look at what surrounds each hit of a loop of `n_frames`."""
        frames = onsets.frames
        following = np.diff(np.append(frames, frames[:1] + n_frames))
        begin = -_LOOK_AHEAD_S * RATE_HZ
        length = np.maximum(np.minimum(following + begin, _LONGEST_HIT_S * RATE_HZ), 1.0)
        fall = np.minimum(_FALL_S * RATE_HZ, length / 2)
        first = begin - _RISE_S * RATE_HZ
        zones = [
            _quiet_zone(onsets, hit, following[hit - 1], first, length[hit] - fall[hit], n_frames)
            for hit in range(len(frames))
        ]
        quiet_first, quiet_last = np.array(zones, np.float64).reshape(-1, 2).T
        return cls(frames, onsets.strengths.astype(np.float64), begin, length, fall, quiet_first, quiet_last)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How one loop is read at each column of the morph: arrays of shape (columns,).

    `path` is where, in frames; `lift` (0 to 1) how far its own hits stand out of its share of the blend. Hits
    that are left out are read over: `quiet_path` is where instead, `quiet` (0 to 1) how much instead.
    """

    path: Frames
    lift: Frames
    quiet_path: Frames
    quiet: Frames


def readings(
    hits: Sequence[Hits],
    pairs: dict[tuple[int, int], Pairs],
    fields: dict[tuple[int, int], Field],
    weights: Sequence[float],
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
    hits : sequence of Hits
    pairs, fields : dict
        `match_onsets` for loops (i, j) with i < j, and `field_between` for all i and j that differ.
    weights : sequence of float
        What times and hits follow.
    at : float64, shape (columns,)
        Times in the morph, in frames.
    n_frames : int
    """
    found: list[Reading] = []
    rise = _RISE_S * RATE_HZ
    for which, own in enumerate(hits):
        others = [other for other in range(len(weights)) if other != which]
        own_fields = [fields[which, other] for other in others]
        path = read_path(own_fields, [weights[other] for other in others], at, n_frames)
        alone, kept, lift = _still_there(which, hits, pairs, weights)
        if not len(alone):
            found.append(Reading(path, np.zeros(len(at)), path, np.zeros(len(at))))
            continue
        since = path - own.frames[alone, None]
        since -= n_frames * np.rint(since / n_frames)
        first, last = own.begin - rise, (own.length - own.fall)[alone, None]
        bump = np.minimum((since - first) / rise, (own.length[alone, None] - since) / own.fall[alone, None])
        np.clip(bump, 0.0, 1.0, out=bump)
        lifted = (bump * (kept * lift)[:, None]).max(axis=0)
        left_out = bump * (1.0 - kept)[:, None]
        most = left_out.argmax(axis=0)
        columns = np.arange(len(at))
        quiet = left_out[most, columns]
        # Slowly through it, once: what is repeated would be heard as a flutter.
        passed = (since[most, columns] - first) / np.maximum(last[most, 0] - first, 1.0)
        quiet_first, quiet_last = own.quiet_first[alone][most], own.quiet_last[alone][most]
        slow = quiet_first + (quiet_last - quiet_first) * np.clip(passed, 0.0, 1.0)
        found.append(Reading(path, lifted, np.where(quiet > 0.0, slow, path), quiet))
    return tuple(found)


def heard_shares(lifts: Frames, shares: Frames) -> Frames:
    """How much of each loop is heard: its share, and more where a hit of its own stands out.

    Parameters
    ----------
    lifts : float64, shape (..., loops, columns)
    shares : float64, shape (..., loops)
        Summing to 1.

    Returns
    -------
    float64, shape (..., loops, columns)
        Summing to 1 over the loops.
    """
    base = shares[..., None]
    lifted_by = lifts * (1.0 - base)
    heard: Frames = (base + lifted_by) / (1.0 + lifted_by.sum(axis=-2, keepdims=True))
    return heard


def _quiet_zone(
    onsets: Onsets, hit: int, before: float, begin: float, end: float, n_frames: int
) -> tuple[float, float]:
    """From which frame to which a loop is read where one of its hits is left out.

    Backwards from the hit, or forwards to where it has died away, whichever is softer; either way without a
    jump where it matters. `begin` and `end` are where the hit is seen, in frames relative to it; `before` is
    how far back the one before it is.
    """
    at = float(onsets.frames[hit])
    n_columns = len(onsets.levels)
    zones, levels = [], []
    for edge, room in ((begin, before), (end, end - begin)):
        length = max(min(_ZONE_SHARE * room, _ZONE_S * RATE_HZ), 1.0)
        zone = (at + edge, at + edge - length)
        columns = np.round(np.linspace(*zone, 5) / n_frames * n_columns).astype(np.intp)
        zones.append(zone)
        levels.append(float(onsets.levels[columns % n_columns].mean()))
    before_it, after_it = zones
    return (after_it[1], after_it[0]) if levels[1] < levels[0] else before_it


def _still_there(
    which: int, hits: Sequence[Hits], pairs: dict[tuple[int, int], Pairs], weights: Sequence[float]
) -> tuple[NDArray[np.intp], Frames, Frames]:
    """Hits of one loop without a partner in every other; how much of each is there; how far it stands out.

    A hit counts as far as it lacks partners, so that a loop that is hardly heard changes hardly anything.
    """
    support = np.full(len(hits[which].frames), weights[which], np.float64)
    for (i, j), matches in pairs.items():
        if which in (i, j):
            support[matches[:, 0 if which == i else 1]] += weights[j if which == i else i]
    lacking = (1.0 - support) / max(1.0 - weights[which], 1e-9)
    order = np.argsort(-hits[which].strengths, kind="stable")
    before = np.zeros(len(order))
    before[order] = np.cumsum(lacking[order]) - lacking[order] / 2.0
    threshold = _FADE_WIDTH / 2 + (1.0 - _FADE_WIDTH) * before / max(float(lacking.sum()), 1.0)
    there = np.clip((support - threshold) / _FADE_WIDTH + 0.5, 0.0, 1.0)
    alone = np.flatnonzero((lacking > 1e-9) & (weights[which] < 1.0 - 1e-9))
    # What partners keep up needs no lift of its own.
    lift = lacking * weights[which] / np.maximum(support, 1e-9)
    return alone, there[alone], lift[alone]
