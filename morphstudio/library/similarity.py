"""Which sounds are like a sound. numpy only: what a vector is made of, `vector_layout` says.

Sounds are compared by direction, seen from the middle of the library: by what makes each unlike the average,
not by how much. By plain distances, sounds near the middle would be the nearest of all others ("hubs"; Suzuki
et al., 2013, remove them by the cosine of centred data).

Brute force: one product of a matrix and a vector. `tests/benchmarks/neighbours.py` says how long it takes.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from math import isfinite
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from morphstudio.errors import ParameterError
from morphstudio.library.vector_layout import GROUPS

Id = TypeVar("Id", bound=Hashable)
Vector = NDArray[np.float32]

_FIRST_CAPACITY = 256
_N_MEASURED = 4096
_TAIL_PERCENT = 5.0
_CLIP = 3.0
_REFIT_SHARE = 0.1
_FEW_SHARE = 0.25
_SPARE = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each group counts in a distance; 0 leaves it out. Only their ratios matter.

    Parameters
    ----------
    timbre, pitch, rhythm, loudness : float
        At least 0, and one of them above it.

    Raises
    ------
    ParameterError
        If they are not.
    """

    timbre: float = 1.0
    pitch: float = 0.4
    rhythm: float = 0.25
    loudness: float = 0.0

    def __post_init__(self) -> None:
        values = astuple(self)
        if not all(isfinite(value) and value >= 0.0 for value in values) or not any(values):
            raise ParameterError(
                "Can't compare sounds",
                f"These weights, {', '.join(f'{value:g}' for value in values)}, leave nothing to compare.",
                "Turn up at least one of timbre, pitch, rhythm and loudness.",
            )


class Similarity(Generic[Id]):
    """The vectors of a library, each dimension with mean 0 and variance 1 over the library.

    Mean and variance are those of the values between the 5th and the 95th percentile, and no value counts as
    more than three deviations, so that a few odd sounds do not squeeze all others together. They are measured
    anew whenever a tenth of the sounds is new or gone. To be used by one thread at a time.

    Parameters
    ----------
    ids : sequence of hashables
        What calls the sounds; each once.
    matrix : float32, shape (sounds, dimensions)
        Their vectors.
    groups : mapping of str to slice
        Where each field of `Weights` is in a vector.

    Raises
    ------
    ParameterError
        If shapes do not fit, or a number is not finite.
    """

    def __init__(
        self, ids: Sequence[Id], matrix: NDArray[np.floating], groups: Mapping[str, slice] = GROUPS
    ) -> None:
        self._groups = [groups.get(field.name, slice(0, 0)) for field in fields(Weights)]
        self._n_dimensions = max(group.stop for group in self._groups)
        self._ids: list[Id] = list(ids)
        self._rows = {sound: row for row, sound in enumerate(self._ids)}
        if len(self._rows) != len(self._ids) or np.shape(matrix) != (len(self._ids), self._n_dimensions):
            raise _not_comparable()
        capacity = max(len(self._ids), _FIRST_CAPACITY)
        self._raw = np.zeros((capacity, self._n_dimensions), dtype=np.float32)
        self._raw[: len(self._ids)] = matrix
        if not np.isfinite(self._raw).all():
            raise _not_comparable()
        self._scaled = np.zeros_like(self._raw)
        self._squares = np.zeros((capacity, len(self._groups)), dtype=np.float32)
        self._centre = np.zeros(self._n_dimensions, dtype=np.float32)
        self._scale = np.ones(self._n_dimensions, dtype=np.float32)
        self._n_changed = len(self._ids)
        self._stale: set[int] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, sound: object) -> bool:
        return sound in self._rows

    def add(self, sound: Id, vector: NDArray[np.floating]) -> None:
        """Take a sound in, or its new vector where it is known.

        Raises
        ------
        ParameterError
            If the vector has another length, or a number in it is not finite.
        """
        checked = self._checked(vector)
        row = self._rows.get(sound)
        if row is None:
            row = len(self._ids)
            if row == len(self._raw):
                self._grow()
            self._ids.append(sound)
            self._rows[sound] = row
        self._raw[row] = checked
        self._stale.add(row)
        self._n_changed += 1

    def remove(self, sound: Id) -> None:
        """Leave a sound out from now on; nothing happens where it is not known."""
        row = self._rows.pop(sound, None)
        if row is None:
            return
        # The last one takes its place, so that no other moves.
        last = len(self._ids) - 1
        moved = self._ids.pop()
        if row != last:
            self._ids[row] = moved
            self._rows[moved] = row
            self._raw[row] = self._raw[last]
            self._stale.add(row)
        self._stale.discard(last)
        self._n_changed += 1

    def neighbours(
        self,
        to: Id | Vector,
        weights: Weights | None = None,
        n: int = 20,
        among: Collection[Id] | None = None,
    ) -> list[tuple[Id, float]]:
        """Sounds that are most like one, the nearest first.

        Parameters
        ----------
        to : id or float32, shape (dimensions,)
            A sound of the library, which is not its own neighbour, or the vector of any sound.
        weights : Weights, optional
        n : int
            At most so many.
        among : collection of ids, optional
            Only these; those that are not known are passed over.

        Returns
        -------
        list of (id, distance)
            0 is as good as the same, 1.4 nothing in common, 2 the opposite.

        Raises
        ------
        KeyError
            If there is no such sound.
        ParameterError
            If the vector does not fit.
        """
        self._bring_up_to_date()
        factors, shares = self._factors(weights or Weights())
        own = None
        if isinstance(to, np.ndarray):
            query = self._normalised(self._checked(to))
        else:
            own = self._rows[to]
            query = self._scaled[own]
        rows = self._candidates(among)
        distances = self._squared_distances(query, factors, shares, rows)
        rows = np.arange(len(self._ids)) if rows is None else rows
        if own is not None:
            distances, rows = distances[rows != own], rows[rows != own]
        n = min(n, len(rows))
        if n <= 0:
            return []
        n_kept = min(n + _SPARE, len(rows))
        kept = np.sort(rows[np.argpartition(distances, n_kept - 1)[:n_kept]])
        # Once more without the difference of large numbers, which tells near duplicates apart badly.
        points = _directions(np.concatenate([query[None], self._scaled[kept]]), factors)
        exact = np.linalg.norm(points[1:] - points[0], axis=1)
        order = np.argsort(exact, kind="stable")[:n]
        return [(self._ids[kept[place]], float(exact[place])) for place in order]

    def places(self, sounds: Sequence[Id], weights: Weights | None = None) -> NDArray[np.float32]:
        """Points whose Euclidean distances are those of `neighbours`, for `spread`.

        Parameters
        ----------
        sounds : sequence of ids
            All of them known.
        weights : Weights, optional

        Returns
        -------
        float32, shape (sounds, dimensions that count)

        Raises
        ------
        KeyError
            If one is not known.
        """
        self._bring_up_to_date()
        factors, _ = self._factors(weights or Weights())
        rows = np.fromiter((self._rows[sound] for sound in sounds), dtype=np.intp, count=len(sounds))
        return _directions(self._scaled[rows], factors)

    def _factors(self, weights: Weights) -> tuple[Vector, Vector]:
        """What a squared difference counts in each dimension, and a squared length in each group."""
        sizes = np.array([group.stop - group.start for group in self._groups])
        given = np.where(sizes > 0, np.array(astuple(weights)), 0.0)
        total = given.sum()
        if total <= 0.0:
            raise _not_comparable()
        shares = (given / total / np.maximum(sizes, 1)).astype(np.float32)
        factors = np.zeros(self._n_dimensions, dtype=np.float32)
        for group, share in zip(self._groups, shares, strict=True):
            factors[group] = share
        return factors, shares

    def _candidates(self, among: Collection[Id] | None) -> NDArray[np.intp] | None:
        if among is None:
            return None
        allowed = np.zeros(len(self._ids), dtype=bool)
        allowed[[self._rows[sound] for sound in among if sound in self._rows]] = True
        return np.flatnonzero(allowed)

    def _squared_distances(
        self, query: Vector, factors: Vector, shares: Vector, rows: NDArray[np.intp] | None
    ) -> Vector:
        """Of each sound, but for a constant that is the same for all."""
        n_sounds = len(self._ids)
        scaled, squares = self._scaled[:n_sounds], self._squares[:n_sounds]
        if rows is not None and len(rows) < _FEW_SHARE * n_sounds:
            scaled, squares, rows = scaled[rows], squares[rows], None
        length = np.sqrt(squares @ shares)
        alike = (scaled @ (factors * query)) / np.where(length > 0.0, length, 1.0)
        own_length = float(np.sqrt(factors @ query**2)) or 1.0
        distances: Vector = np.sign(length) - 2.0 * alike / own_length
        return distances if rows is None else distances[rows]

    def _bring_up_to_date(self) -> None:
        n_sounds = len(self._ids)
        if self._n_changed > _REFIT_SHARE * n_sounds:
            self._measure()
            self._n_changed = 0
            self._write(slice(0, n_sounds))
        elif self._stale:
            self._write(np.fromiter(self._stale, dtype=np.intp))
        self._stale.clear()

    def _measure(self) -> None:
        n_sounds = len(self._ids)
        if not n_sounds:
            return
        measured = self._raw[: n_sounds : -(-n_sounds // _N_MEASURED)]
        low, high = np.percentile(measured, (_TAIL_PERCENT, 100.0 - _TAIL_PERCENT), axis=0)
        inner = np.clip(measured, low, high)
        deviation = inner.std(axis=0)
        self._centre = inner.mean(axis=0).astype(np.float32)
        # What is the same in all sounds tells none from the others, nor does the rounding in it.
        alike = deviation <= 1e-5 * np.maximum(np.abs(self._centre), 1.0)
        self._scale = np.where(alike, np.inf, deviation).astype(np.float32)

    def _write(self, rows: slice | NDArray[np.intp]) -> None:
        scaled = self._normalised(self._raw[rows])
        self._scaled[rows] = scaled
        squared = scaled**2
        self._squares[rows] = np.stack([squared[:, group].sum(axis=1) for group in self._groups], axis=1)

    def _normalised(self, raw: Vector) -> Vector:
        normal: Vector = np.clip((raw - self._centre) / self._scale, -_CLIP, _CLIP)
        return normal

    def _checked(self, vector: NDArray[np.floating]) -> Vector:
        if vector.shape != (self._n_dimensions,) or not np.isfinite(vector).all():
            raise _not_comparable()
        return vector.astype(np.float32)

    def _grow(self) -> None:
        self._raw, self._scaled, self._squares = (
            np.concatenate([array, np.zeros_like(array)])
            for array in (self._raw, self._scaled, self._squares)
        )


def _directions(scaled: Vector, factors: Vector) -> Vector:
    """Points at distance 1 from the middle, shape (sounds, dimensions that count); what is there stays."""
    used = np.flatnonzero(factors)
    points: Vector = scaled[:, used] * np.sqrt(factors[used])
    length = np.linalg.norm(points, axis=1, keepdims=True)
    points /= np.where(length > 0.0, length, 1.0)
    return points


def _not_comparable() -> ParameterError:
    return ParameterError(
        "Can't compare sounds",
        "What was found of a sound cannot be compared with what was found of the others.",
        "Listen to the folder again.",
    )
