"""Where dots go by what they sound like: embedding in the plane, spreading, free places.

Pure numpy and scipy; every function gives the same answer for the same input.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LOW, HIGH = 0.06, 0.94
"""Dots are laid out between these on both axes, so that glow and label have room."""


def load_libraries() -> None:
    """Load what the first dots need, half a second of a core; for a thread, while the window is made."""
    import scipy.optimize
    import scipy.spatial  # noqa: F401


def min_distance(n_dots: int) -> float:
    """Least distance between two laid-out dots, in pad units.

    About half of what the densest packing would reach, so that similar dots still lie closer
    together than others.
    """
    return min(0.24, 0.5 * (HIGH - LOW) / math.sqrt(max(n_dots, 1)))


def embed(features: Array) -> Array:
    """Places for sounds: like sounds close together, none overlapping, the pad filled.

    Parameters
    ----------
    features : float, shape (sounds, entries)

    Returns
    -------
    float, shape (sounds, 2), in LOW..HIGH
        Any two at least `min_distance` apart.
    """
    n_dots = len(features)
    if n_dots == 0:
        return np.empty((0, 2))
    if n_dots == 1:
        return np.array([[0.5, 0.5]])
    if n_dots == 2:  # a level line with room at both ends
        return np.array([[0.2, 0.5], [0.8, 0.5]])
    places = _smacof(_distances(_standardised(features)))
    # Ranks keep one odd sound from squeezing all others into a corner.
    ranks = places.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (n_dots - 1)
    wanted = _filled(0.5 * _filled(places) + 0.5 * _filled(ranks))
    wanted += np.random.default_rng(0).uniform(-1e-3, 1e-3, wanted.shape)
    return _filled(_relaxed(_filled(wanted), min_distance(n_dots)))


def free_spot(feature: Array, others: Array, places: Array, apart: float) -> tuple[float, float]:
    """Place for one more dot: near those it sounds like, `apart` from all where there is room.

    Parameters
    ----------
    feature : float, shape (entries,)
    others : float, shape (sounds, entries)
    places : float, shape (sounds, 2)
        Where the others are.
    apart : float
        In pad units.
    """
    if not len(others):
        return 0.5, 0.5
    rows = _standardised(np.vstack([feature, others]))
    distance = np.sqrt(((rows[1:] - rows[0]) ** 2).sum(axis=1))
    nearest = np.argsort(distance, kind="stable")[:3]
    pull = 1.0 / (distance[nearest] + 1e-3 * (1.0 + distance.max())) ** 2
    target = (pull[:, None] * places[nearest]).sum(axis=0) / pull.sum()
    axis = np.linspace(LOW, HIGH, 89)
    spots = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    spots = spots[np.argsort(((spots - target) ** 2).sum(axis=1), kind="stable")]
    from scipy.spatial import cKDTree  # later than the window

    room = cKDTree(places).query(spots)[0]
    best = spots[int(np.argmax(room >= apart))] if (room >= apart).any() else spots[int(room.argmax())]
    return float(best[0]), float(best[1])


def _standardised(features: Array) -> Array:
    spread = features.std(axis=0)
    used = spread > 1e-9 * (1.0 + np.abs(features).max(axis=0, initial=0.0))
    scaled: Array = (features[:, used] - features[:, used].mean(axis=0)) / spread[used]
    return scaled


def _distances(rows: Array) -> Array:
    squares = (rows**2).sum(axis=1)
    gap: Array = np.sqrt(np.maximum(squares[:, None] + squares[None, :] - 2.0 * rows @ rows.T, 0.0))
    np.fill_diagonal(gap, 0.0)
    return gap


def _smacof(wanted: Array, n_steps: int = 40) -> Array:
    """Plane in which distances are as wanted: classical scaling, then stress majorisation.

    Torgerson (1952) for the start, de Leeuw (1977) for the steps.
    """
    n_dots = len(wanted)
    centring = np.eye(n_dots) - 1.0 / n_dots
    values, vectors = np.linalg.eigh(-0.5 * centring @ wanted**2 @ centring)
    top = vectors[:, -1:-3:-1]
    signs = np.sign(top[np.abs(top).argmax(axis=0), range(2)])
    places = top * signs * np.sqrt(np.maximum(values[-1:-3:-1], 0.0))
    for _ in range(n_steps):
        now = _distances(places)
        ratio = np.divide(wanted, now, out=np.zeros_like(now), where=now > 1e-9)
        places = (ratio.sum(axis=1)[:, None] * places - ratio @ places) / n_dots
    return np.asarray(places, dtype=np.float64)


def _filled(places: Array) -> Array:
    """Each axis stretched to LOW..HIGH; an axis without extent goes to the middle."""
    low, high = places.min(axis=0), places.max(axis=0)
    extent = high - low
    share = np.divide(places - low, extent, out=np.full_like(places, 0.5), where=extent > 1e-12)
    filled: Array = LOW + (HIGH - LOW) * share
    return filled


def _relaxed(places: Array, apart: float, n_steps: int = 300) -> Array:
    """Push dots from each other until all are `apart`; a grid where that does not settle."""
    for _ in range(n_steps):
        delta = places[:, None, :] - places[None, :, :]
        gap = np.sqrt((delta**2).sum(axis=2))
        np.fill_diagonal(gap, np.inf)
        if gap.min() >= apart:
            return places
        push = np.maximum(1.02 * apart - gap, 0.0) / np.maximum(gap, 1e-9)
        places = np.clip(places + 0.45 * (push[:, :, None] * delta).sum(axis=1), LOW, HIGH)
    side = int(np.ceil(np.sqrt(len(places))))
    axis = np.linspace(LOW, HIGH, side)
    spots = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    cost = ((places[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2)
    from scipy.optimize import linear_sum_assignment  # later than the window

    return np.asarray(spots[linear_sum_assignment(cost)[1]], dtype=np.float64)
