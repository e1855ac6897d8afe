"""The pad: where the dots are, and which blend of them a point stands for. No torch, no Qt.

The dots are triangulated (Delaunay). Inside a triangle a point blends three dots by barycentric
weights, on an edge two, at a dot one; outside the hull the nearest point of the hull counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from morphstudio.errors import ParameterError
from morphstudio.morph.pad_layout import embed, free_spot, min_distance
from morphstudio.morph.request import Blend, PadPoint

Array = NDArray[np.float64]

AT_DOT = 1e-6
"""In pad units: nearer than this is at the dot."""
MIN_WEIGHT = 1e-4
"""Lighter sounds would cost a decode and not be heard."""
_FLAT = 1e-6
"""In pad units: a triangle or a set of dots thinner than this is a line."""
_GRID = 2.0**40
"""Weights are multiples of 1 / _GRID, so that their sum is exactly 1 in any order."""


class PadModel:
    """Dots on the unit square and the blends between them."""

    def __init__(self) -> None:
        self._dots: dict[str, PadPoint] = {}
        self._features: dict[str, Array] = {}
        self._mesh: _Mesh | None = None

    def __len__(self) -> int:
        return len(self._dots)

    def __contains__(self, sound_id: object) -> bool:
        return sound_id in self._dots

    @property
    def dots(self) -> dict[str, PadPoint]:
        """A copy of where each sound is, in the order in which they came."""
        return dict(self._dots)

    def layout(self, features: Mapping[str, NDArray[np.floating]]) -> None:
        """Replace all dots by one for each feature; what sounds alike comes to lie close.

        Parameters
        ----------
        features : vectors of equal length, one for each sound
            What the sounds are like; the scale of each entry does not matter.
        """
        vectors = {sound_id: _vector(feature) for sound_id, feature in features.items()}
        places = embed(_stacked(vectors.values()))
        self._features = vectors
        self._dots = {sound_id: _clamped(x, y) for sound_id, (x, y) in zip(vectors, places, strict=True)}
        self._mesh = None

    def add(self, sound_id: str, feature: NDArray[np.floating]) -> PadPoint:
        """Place a new dot (or a known one anew) near those it sounds like; the others stay.

        Returns
        -------
        PadPoint
            Where it went.
        """
        vector = _vector(feature)
        others = {known: vec for known, vec in self._features.items() if known != sound_id}
        rows = _stacked([vector, *others.values()])
        self.remove(sound_id)
        near = np.array([[self._dots[known].x, self._dots[known].y] for known in others]).reshape(-1, 2)
        x, y = free_spot(rows[0], rows[1:], near, min_distance(len(others) + 1))
        self._features[sound_id] = vector
        self._dots[sound_id] = _clamped(x, y)
        self._mesh = None
        return self._dots[sound_id]

    def place(self, sound_id: str, feature: NDArray[np.floating], point: PadPoint) -> None:
        """Put a new dot (or a known one) at a point; beyond the pad counts as its rim.

        Parameters
        ----------
        sound_id : str
        feature : as long as those of the other sounds
        point : PadPoint
        """
        vector = _vector(feature)
        _stacked([vector, *islice(self._features.values(), 1)])
        self._features[sound_id] = vector
        self._dots[sound_id] = _clamped(point.x, point.y)
        self._mesh = None

    def move(self, sound_id: str, point: PadPoint) -> None:
        """Put a dot somewhere else; points outside the pad go to its rim. Unknown ids are ignored."""
        self.move_all({sound_id: point})

    def move_all(self, points: Mapping[str, PadPoint]) -> None:
        """Put several dots somewhere else, as `move` does; they are triangulated once."""
        moved = {i: _clamped(point.x, point.y) for i, point in points.items() if i in self._dots}
        if moved:
            self._dots |= moved
            self._mesh = None

    def restore(self, dots: Mapping[str, PadPoint]) -> None:
        """Put dots back exactly where they were, and in that order; the others stay and come last.

        Parameters
        ----------
        dots : as `dots` gave them
            Unknown ids are ignored.
        """
        back = {sound_id: point for sound_id, point in dots.items() if sound_id in self._dots}
        self._dots = back | {i: point for i, point in self._dots.items() if i not in back}
        self._mesh = None

    def remove(self, sound_id: str) -> None:
        """Take a dot away; unknown ids are ignored."""
        if self._dots.pop(sound_id, None) is not None:
            del self._features[sound_id]
            self._mesh = None

    def blend_at(self, point: PadPoint) -> Blend:
        """Tell what is heard at a point: up to three sounds; none where there are no dots."""
        mesh = self._ready_mesh()
        return mesh.blend_at(point.x, point.y)

    def triangles(self) -> list[tuple[str, str, str]]:
        """Ids at the corners of each triangle."""
        mesh = self._ready_mesh()
        return [(mesh.ids[a], mesh.ids[b], mesh.ids[c]) for a, b, c in mesh.triangles.tolist()]

    def edges(self) -> list[tuple[str, str]]:
        """Pairs of ids that are joined by a line, each once."""
        mesh = self._ready_mesh()
        pairs = {pair for corners in mesh.triangles.tolist() for pair in combinations(sorted(corners), 2)}
        pairs |= {(min(a, b), max(a, b)) for a, b in mesh.rim.tolist()}
        return [(mesh.ids[a], mesh.ids[b]) for a, b in sorted(pairs)]

    def _ready_mesh(self) -> _Mesh:
        if self._mesh is None:
            self._mesh = _Mesh(self._dots)
        return self._mesh


class _Mesh:
    """A triangulation as arrays, made once for each set of positions.

    `triangles` is int (n, 3); `rim` is int (m, 2), the outline as segments, or the chain of dots
    where they lie on one line. Of dots in one place only the first takes part.
    """

    def __init__(self, dots: Mapping[str, PadPoint]) -> None:
        distinct: dict[tuple[float, float], str] = {}
        for sound_id, point in dots.items():
            distinct.setdefault((round(point.x, 9), round(point.y, 9)), sound_id)
        self.ids = list(distinct.values())
        self.points: Array = np.array([(dots[i].x, dots[i].y) for i in self.ids]).reshape(-1, 2)
        self.triangles = _triangulate(self.points)
        self.rim = _outline(self.triangles) if len(self.triangles) else _chain(self.points)
        self._to_weights = _barycentric_rows(self.points[self.triangles])
        self._start = self.points[self.rim[:, 0]]
        self._along = self.points[self.rim[:, 1]] - self._start
        self._length_2 = np.maximum((self._along**2).sum(axis=1), 1e-300)

    def blend_at(self, x: float, y: float) -> Blend:
        if not self.ids:
            return Blend((), ())
        place = np.array([x, y])
        distance_2 = ((self.points - place) ** 2).sum(axis=1)
        nearest = int(distance_2.argmin())
        if len(self.ids) == 1 or distance_2[nearest] <= AT_DOT**2:
            return Blend((self.ids[nearest],), (1.0,))
        if len(self.triangles):
            weights = (self._to_weights @ (x, y, 1.0)).reshape(-1, 3)
            best = int(weights.min(axis=1).argmax())
            if weights[best].min() >= -1e-9:
                return self._blend(self.triangles[best], weights[best])
        share = np.clip(((place - self._start) * self._along).sum(axis=1) / self._length_2, 0.0, 1.0)
        gap = self._start + share[:, None] * self._along - place
        best = int((gap**2).sum(axis=1).argmin())
        return self._blend(self.rim[best], np.array([1.0 - share[best], share[best]]))

    def _blend(self, corners: NDArray[np.intp], weights: Array) -> Blend:
        weights = np.where(weights < MIN_WEIGHT, 0.0, weights)
        whole = np.round(weights / weights.sum() * _GRID)
        whole[whole.argmax()] += _GRID - whole.sum()
        order = [i for i in np.argsort(-whole, kind="stable").tolist() if whole[i] > 0]
        return Blend(
            tuple(self.ids[corners[i]] for i in order), tuple(float(whole[i] / _GRID) for i in order)
        )


def _triangulate(points: Array) -> NDArray[np.intp]:
    """Delaunay triangles without slivers, int (n, 3); none for fewer than three dots or a line."""
    none = np.empty((0, 3), dtype=np.intp)
    if len(points) < 3:
        return none
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    if spread[1] < _FLAT:
        return none
    from scipy.spatial import Delaunay, QhullError  # takes half a second: the window is up before

    try:
        triangles = Delaunay(points).simplices.astype(np.intp)
    except QhullError:  # thinner than Qhull's own tolerance
        return none
    a, b, c = (points[triangles[:, i]] for i in range(3))
    twice_area = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    longest = np.sqrt(np.max([((p - q) ** 2).sum(axis=1) for p, q in ((a, b), (b, c), (c, a))], axis=0))
    kept: NDArray[np.intp] = triangles[twice_area > _FLAT * longest]
    return kept


def _outline(triangles: NDArray[np.intp]) -> NDArray[np.intp]:
    """Edges that belong to one triangle only, int (m, 2)."""
    uses = Counter(pair for corners in triangles.tolist() for pair in combinations(sorted(corners), 2))
    return np.array([pair for pair, n in uses.items() if n == 1], dtype=np.intp).reshape(-1, 2)


def _chain(points: Array) -> NDArray[np.intp]:
    """Segments joining the dots of a line in their order, int (n - 1, 2)."""
    if len(points) < 2:
        return np.empty((0, 2), dtype=np.intp)
    centred = points - points.mean(axis=0)
    direction = np.linalg.svd(centred, full_matrices=False)[2][0]
    order = np.argsort(centred @ direction, kind="stable").tolist()
    return np.array(list(pairwise(order)), dtype=np.intp)


def _barycentric_rows(corners: Array) -> Array:
    """Rows that turn (x, y, 1) into the weights of all triangles.

    Parameters
    ----------
    corners : float, shape (triangles, 3, 2)

    Returns
    -------
    float, shape (triangles * 3, 3)
    """
    if not len(corners):
        return np.empty((0, 3))
    columns = np.concatenate([corners, np.ones((len(corners), 3, 1))], axis=2)
    inverse = np.linalg.inv(columns)  # of rows (x, y, 1): its columns hold each corner's weight
    return np.ascontiguousarray(inverse.transpose(0, 2, 1)).reshape(-1, 3)


def _vector(feature: NDArray[np.floating]) -> Array:
    return np.nan_to_num(np.asarray(feature, dtype=np.float64).ravel(), posinf=0.0, neginf=0.0)


def _stacked(vectors: Iterable[Array]) -> Array:
    rows = list(vectors)
    if len({len(row) for row in rows}) > 1:
        raise ParameterError("Bad features", "The sounds have descriptions of different lengths.")
    return np.array(rows).reshape(len(rows), -1) if rows else np.empty((0, 0))


def _clamped(x: float, y: float) -> PadPoint:
    return PadPoint(float(min(max(x, 0.0), 1.0)), float(min(max(y, 0.0), 1.0)))
