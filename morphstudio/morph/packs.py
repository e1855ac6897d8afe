"""Packs: many morphs of one session as a list of blends, evenly spaced to the ear. No torch, no Qt.

From A to B the engine itself makes equal steps of weight equal audible changes (`spacing`). Elsewhere the
distance between two morphs is estimated from what is known of their loops, as vectors.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from morphstudio.errors import ParameterError
from morphstudio.morph.gesture import GesturePath
from morphstudio.morph.request import Blend, PadPoint

FEWEST, MOST = 2, 64
"""Files of a pack."""
MOST_LINES = 8
"""Rows, and columns, of a grid."""

Array = NDArray[np.float64]
BlendAt = Callable[[PadPoint], Blend]
FeaturesOf = Callable[[str], NDArray[np.floating]]

_PATH_STEPS = 1024
_JUMP = 0.05
"""In pad units: no hand moves as far between two of those."""
_CLOSED = 0.02
"""A path that ends as near to its beginning as this share of its length goes round."""
_TINY = 1e-9
_FLAT = 1e-6
"""In pad units: a hull thinner than this is a line."""
_GOLDEN = 0.6180339887498949
_PLASTIC = 1.324717957244746
_CANDIDATES_PER_POINT = 64
_SPREAD = 0.7
"""How far points keep from each other, as a share of what would be possible if they lay on a lattice."""
_CLOSER = 0.8
_N_CLOSER = 16


class PackKind(StrEnum):
    """What the files of a pack lie on."""

    WAY = "way"
    PATH = "path"
    GRID = "grid"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class PackAsk:
    """What somebody wants a pack of; each kind reads what it needs.

    Parameters
    ----------
    kind : PackKind
    n : int
        How many files, but for a grid.
    rows, columns : int
        Of a grid.
    path : int
        Which of the session's paths.
    radius : float
        Around the cursor, in pad units.
    seed : int
        Of the places around the cursor.
    """

    kind: PackKind = PackKind.WAY
    n: int = 8
    rows: int = 4
    columns: int = 4
    path: int = 0
    radius: float = 0.15
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PackItem:
    """One file of a pack.

    Parameters
    ----------
    blend : Blend
    sound_ids : tuple of str
        Sounds to name it by, in that order: A and B, or those that are heard, the loudest first.
    share : float
        How far it is on the way, 0 to 1; elsewhere the weight of the sound that is heard most.
    point : PadPoint or None
        Where it lies on the pad; None where it lies between two sounds wherever they are.
    """

    blend: Blend
    sound_ids: tuple[str, ...]
    share: float
    point: PadPoint | None = None


def way_pack(a: str, b: str, n: int) -> list[PackItem]:
    """Steps from one sound to another, both included.

    Parameters
    ----------
    a, b : str
        Two ids.
    n : int
        `FEWEST` to `MOST`.
    """
    _check_count(n)
    items = []
    for step in range(n):
        share = step / (n - 1)
        parts = [(weight, i) for weight, i in ((1.0 - share, a), (share, b)) if weight > 0.0]
        parts.sort(key=lambda part: -part[0])
        blend = Blend(tuple(i for _, i in parts), tuple(weight for weight, _ in parts))
        items.append(PackItem(blend, (a, b), share))
    return items


def path_pack(
    path: GesturePath, n_beats: float, n: int, blend_at: BlendAt, features_of: FeaturesOf
) -> list[PackItem]:
    """Places along a gesture between which, as far as the loops' features tell, equally much changes.

    From its first point to its last; one that ends where it began is gone round once, so that no place comes
    twice. Where it jumps, nothing lies in between.

    Parameters
    ----------
    path : GesturePath
    n_beats : float
        How long one time round is.
    n : int
        `FEWEST` to `MOST`.
    blend_at : callable
        What is heard at a point.
    features_of : callable
        Vector of a sound, by its id; all are equally long and of one scale.

    Raises
    ------
    ParameterError
        If nothing changes on the path.
    """
    _check_count(n)
    places = _along(path, n_beats)
    blends = [blend_at(PadPoint(x, y)) for x, y in places.tolist()]
    heard = _mixtures(blends, features_of)
    travelled = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(heard, axis=0), axis=1))])
    whole = float(travelled[-1])
    if whole <= _TINY:
        raise ParameterError(
            "Nothing changes on this path",
            "The path stays at one sound, so a pack of it would be one loop many times.",
            "Draw one that leads from sound to sound.",
        )
    is_closed = float(np.linalg.norm(heard[-1] - heard[0])) <= _CLOSED * whole
    wanted = np.linspace(0.0, whole, n, endpoint=not is_closed)
    # Where nothing changes for a while, the first moment of it is taken.
    indices = np.interp(wanted, *_rising(travelled, np.arange(len(travelled), dtype=np.float64)))
    steps = np.append(np.linalg.norm(np.diff(places, axis=0), axis=1), 0.0)
    indices = np.where(steps[indices.astype(int)] > _JUMP, np.round(indices), indices)
    xs, ys = (np.interp(indices, np.arange(len(places)), places[:, axis]) for axis in (0, 1))
    points = [PadPoint(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    shares = (wanted / whole).tolist()
    return [_item(blend_at(point), point, share) for point, share in zip(points, shares, strict=True)]


def grid_pack(dots: Mapping[str, PadPoint], rows: int, columns: int, blend_at: BlendAt) -> list[PackItem]:
    """Rows and columns over the hull of all dots, row by row from the top, each from left to right.

    Each row is spread over as much of the hull as there is at its height.

    Raises
    ------
    ParameterError
        If there are too few or too many, or the dots span no area.
    """
    if not (1 <= rows <= MOST_LINES and 1 <= columns <= MOST_LINES):
        raise ParameterError("Bad grid", f"{rows} x {columns} is no possible grid.", "Choose 1 to 8 each.")
    _check_count(rows * columns)
    corners = hull(dots)
    if len(corners) < 3:
        raise ParameterError(
            "No room for a grid", "The dots of the pad lie on one line.", "Move one, or add another loop."
        )
    low, high = float(corners[:, 1].min()), float(corners[:, 1].max())
    items = []
    for row in range(rows):
        y = high - (row + 0.5) / rows * (high - low)
        left, right = _width_at(corners, y)
        for column in range(columns):
            point = PadPoint(left + (column + 0.5) / columns * (right - left), y)
            items.append(_heard_item(blend_at(point), point))
    return items


def around_pack(
    dots: Mapping[str, PadPoint], centre: PadPoint, radius: float, n: int, seed: int, blend_at: BlendAt
) -> list[PackItem]:
    """Random places around a point, well spread, all where there is something between the dots.

    They come from a low-discrepancy sequence (the additive recurrence of the golden ratio and its sibling in
    the plane, Roberts 2018), of which those are taken that keep away from all before.

    Parameters
    ----------
    dots : mapping of str to PadPoint
        Two at least.
    centre : PadPoint
        Outside the hull its nearest point counts.
    radius : float
        In pad units, above 0.
    n : int
        `FEWEST` to `MOST`.
    seed : int
        Another one gives other places.
    blend_at : callable
        What is heard at a point.

    Raises
    ------
    ParameterError
        If all dots lie in one place, or a number is outside what is possible.
    """
    _check_count(n)
    corners = hull(dots)
    if len(corners) < 2 or not radius > 0.0:
        raise ParameterError(
            "No room around the cursor", "There are no two places on the pad.", "Add another loop."
        )
    middle = _nearest(corners, np.array([centre.x, centre.y]))
    is_line = len(corners) == 2
    candidates = _on_line(corners, middle, radius, n, seed) if is_line else _in_disc(corners, middle, radius,
                                                                                     n, seed)  # fmt: skip
    if len(candidates) < n:  # a corner so thin that nothing falls into it
        candidates = _on_line(np.stack([middle, corners.mean(axis=0)]), middle, radius, n, seed)
    chosen = _spread_out(candidates, n)
    points = [PadPoint(x, y) for x, y in candidates[chosen].tolist()]
    return [_heard_item(blend_at(point), point) for point in points]


def hull(dots: Mapping[str, PadPoint]) -> Array:
    """Corners of the convex hull of all dots, anticlockwise: float, shape (corners, 2).

    Two where the dots lie on a line, one where all lie in one place, none where there are none.
    """
    points = sorted({(point.x, point.y) for point in dots.values()})
    if len(points) < 3:
        return np.array(points).reshape(-1, 2)
    halves: list[list[tuple[float, float]]] = []
    for order in (points, points[::-1]):  # Andrew's monotone chain
        half: list[tuple[float, float]] = []
        for point in order:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= _FLAT * math.dist(half[-2], point):
                half.pop()
            half.append(point)
        halves.append(half)
    return np.array(halves[0][:-1] + halves[1][:-1])


# --- parts of them --------------------------------------------------------------------------------


def _check_count(n: int) -> None:
    if not FEWEST <= n <= MOST:
        raise ParameterError("Bad pack", f"A pack of {n} loops is not possible.", "Choose 2 to 64.")


def _item(blend: Blend, point: PadPoint, share: float) -> PackItem:
    return PackItem(blend, blend.sound_ids, share, point)


def _heard_item(blend: Blend, point: PadPoint) -> PackItem:
    return _item(blend, point, blend.weights[0])


def _along(path: GesturePath, n_beats: float) -> Array:
    """Where a path is at times near each other, from its first point to its last: shape (times, 2)."""
    known = np.array([point.t_beats for point in path.points if point.t_beats < n_beats])
    if not len(known):
        return np.zeros((1, 2))
    times = np.union1d(np.linspace(known[0], known[-1], _PATH_STEPS), known)
    return path.places_at(times, n_beats)


def _mixtures(blends: Sequence[Blend], features_of: FeaturesOf) -> Array:
    """Where blends are among the features of all sounds in them: shape (blends, sounds' features)."""
    ids = sorted({sound_id for blend in blends for sound_id in blend.sound_ids})
    row_of = {sound_id: row for row, sound_id in enumerate(ids)}
    features = np.stack([np.asarray(features_of(sound_id), dtype=np.float64) for sound_id in ids])
    weights = np.zeros((len(blends), len(ids)))
    for index, blend in enumerate(blends):
        for sound_id, weight in zip(blend.sound_ids, blend.weights, strict=True):
            weights[index, row_of[sound_id]] = weight
    mixed: Array = weights @ features
    return mixed


def _rising(xs: Array, ys: Array) -> tuple[Array, Array]:
    """The same curve without the points at which x stands still."""
    kept = np.concatenate([[True], np.diff(xs) > 0.0])
    return xs[kept], ys[kept]


def _width_at(corners: Array, y: float) -> tuple[float, float]:
    """Left and right end of a convex polygon at a height."""
    crossed: list[float] = []
    for (x1, y1), (x2, y2) in itertools.pairwise([*corners.tolist(), corners[0].tolist()]):
        if min(y1, y2) <= y <= max(y1, y2):
            crossed += [x1, x2] if y1 == y2 else [x1 + (y - y1) / (y2 - y1) * (x2 - x1)]
    return min(crossed), max(crossed)


def _turn(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    """Above 0 where the way from a by b to c turns to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _inside(corners: Array, points: Array) -> NDArray[np.bool_]:
    """Which points lie in a convex polygon."""
    along = np.roll(corners, -1, axis=0) - corners
    away = points[:, None, :] - corners[None, :, :]
    turns = along[None, :, 0] * away[:, :, 1] - along[None, :, 1] * away[:, :, 0]
    return np.asarray((turns >= 0.0).all(axis=1))


def _nearest(corners: Array, place: Array) -> Array:
    """The point itself if it is in the hull, else the hull's nearest point."""
    if len(corners) > 2 and _inside(corners, place[None])[0]:
        return place
    along = np.roll(corners, -1, axis=0) - corners
    length_2 = np.maximum((along**2).sum(axis=1), _TINY)
    share = np.clip(((place - corners) * along).sum(axis=1) / length_2, 0.0, 1.0)
    feet: Array = corners + share[:, None] * along
    nearest: Array = feet[((feet - place) ** 2).sum(axis=1).argmin()]
    return nearest


def _offsets(seed: int, n: int) -> Array:
    return np.random.default_rng(seed).random(n)


def _on_line(ends: Array, middle: Array, radius: float, n: int, seed: int) -> Array:
    """Places on a line, not farther than a radius from a point of it."""
    along = ends[1] - ends[0]
    length = float(np.linalg.norm(along))
    at = float((middle - ends[0]) @ along) / length
    low, high = max(0.0, at - radius), min(length, at + radius)
    steps = (_offsets(seed, 1) + np.arange(1, n * _CANDIDATES_PER_POINT + 1) * _GOLDEN) % 1.0
    places: Array = ends[0] + (low + steps * (high - low))[:, None] * along / length
    return places


def _in_disc(corners: Array, middle: Array, radius: float, n: int, seed: int) -> Array:
    """Places in a disc and a polygon at once."""
    low = np.maximum(corners.min(axis=0), middle - radius)
    high = np.minimum(corners.max(axis=0), middle + radius)
    numbers = np.arange(1, n * _CANDIDATES_PER_POINT + 1)[:, None]
    steps = (_offsets(seed, 2) + numbers * np.array([1.0 / _PLASTIC, 1.0 / _PLASTIC**2])) % 1.0
    places: Array = low + steps * (high - low)
    is_near = ((places - middle) ** 2).sum(axis=1) <= radius**2
    kept: Array = places[is_near & _inside(corners, places)]
    return kept


def _spread_out(candidates: Array, n: int) -> list[int]:
    """Indices of the first places that keep away from those before; as far as there are enough of them."""
    extent = np.ptp(candidates, axis=0)
    is_line = extent.min() <= _FLAT * extent.max()
    rough = float(extent.max()) / n if is_line else math.sqrt(float(extent.prod()) / n)
    apart = _SPREAD * rough
    for _ in range(_N_CLOSER):
        chosen: list[int] = []
        gap = np.full(len(candidates), np.inf)
        while len(chosen) < n and gap.max() >= apart:
            chosen.append(int((gap >= apart).argmax()))
            gap = np.minimum(gap, np.linalg.norm(candidates - candidates[chosen[-1]], axis=1))
        if len(chosen) == n:
            return chosen
        apart *= _CLOSER
    return list(range(n))
