"""A few sounds that stand for many: far from each other, none like another. numpy only."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Id = TypeVar("Id", bound=Hashable)

NEAR_DUPLICATE = 0.25
"""Distance, as of `similarity.Similarity.places`, below which two sounds are as good as one: copies that went
through Vorbis are at 0.15 on average, the nearest of other sounds seldom below 0.4."""


def spread(
    ids: Sequence[Id], matrix: NDArray[np.float32], n: int, nearest: float = NEAR_DUPLICATE
) -> list[Id]:
    """Up to `n` sounds spread over a set: the most central, then always the farthest from all so far.

    That is Gonzalez' farthest-first traversal (1985): as many cannot cover the set with half the radius.
    The same set gives the same sounds; of equals the first in `ids` is taken.

    Parameters
    ----------
    ids : sequence
    matrix : float32, shape (sounds, dimensions)
        Where they are: `similarity.Similarity.places`.
    n : int
    nearest : float
        No two of the result are nearer than that, so that there may be fewer.

    Returns
    -------
    list of ids
    """
    if not len(ids) or n <= 0:
        return []
    points = np.ascontiguousarray(matrix - matrix.mean(axis=0), dtype=np.float32)
    squares = np.einsum("ij,ij->i", points, points)
    chosen = [int(np.argmin(squares))]
    left = _squared_distances(points, squares, chosen[0])
    while len(chosen) < n:
        farthest = int(np.argmax(left))
        if left[farthest] <= nearest**2:
            break
        chosen.append(farthest)
        np.minimum(left, _squared_distances(points, squares, farthest), out=left)
    return [ids[row] for row in chosen]


def _squared_distances(
    points: NDArray[np.float32], squares: NDArray[np.float32], row: int
) -> NDArray[np.float32]:
    distances: NDArray[np.float32] = squares - 2.0 * (points @ points[row]) + squares[row]
    # Rounding must not choose a sound twice.
    distances[row] = 0.0
    return distances
