"""What the sounds of a library are compared by: vectors, with an embedding for timbre or without. No Qt.

Distances by embeddings and distances without are never in one list: embeddings count once every sound that
can get one has one; until then, and while sounds without one come, all are compared by what is built in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.library.analysis import EMBEDDING_VALUES, Analysis
from morphstudio.library.similarity import Similarity, Weights
from morphstudio.library.vector_layout import GROUP_SIZES, GROUPS

Vector = NDArray[np.float32]

_EMBEDDED_SIZES = GROUP_SIZES | {"timbre": EMBEDDING_VALUES}
EMBEDDED_GROUPS: Final = {
    name: slice(start, stop)
    for name, (start, stop) in zip(
        _EMBEDDED_SIZES, pairwise(accumulate(_EMBEDDED_SIZES.values(), initial=0)), strict=True
    )
}
"""Where each group is in a vector that has an embedding for timbre."""


class Comparison:
    """Sounds that were listened to, by id."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Vector, Vector | None]] = {}
        self._without: set[str] = set()
        self._given_up: set[str] = set()
        self._is_chosen = self._is_by_embedding = False
        self._similarity = self._made()

    def __contains__(self, sound: object) -> bool:
        return sound in self._similarity

    @property
    def is_by_embedding(self) -> bool:
        """Whether embeddings count now."""
        return self._is_by_embedding

    @property
    def without_embedding(self) -> frozenset[str]:
        """Sounds for whose embeddings the comparison waits."""
        return frozenset(self._without)

    def choose_embedding(self, is_chosen: bool) -> None:
        """Compare by embeddings, as soon as they are there, or not."""
        self._is_chosen = is_chosen
        self._given_up.clear()
        self._without = {sound for sound, (_, embedding) in self._known.items() if embedding is None}
        self._choose()

    def learn(self, sound: str, heard: Analysis) -> None:
        """A sound was listened to; one that tells nothing to compare is left out."""
        if heard.vector is None:
            self.forget([sound])
            return
        has_embedding = heard.embedding is not None and heard.embedding.shape == (EMBEDDING_VALUES,)
        known = heard.vector, heard.embedding if has_embedding else None
        self._known[sound] = known
        self._note(sound, has_embedding)
        if not self._choose() and (vector := self._vector(*known)) is not None:
            self._similarity.add(sound, vector)

    def give_up(self, sounds: Iterable[str]) -> None:
        """These get no embedding: they are left out while embeddings are compared."""
        given_up = self._without.intersection(sounds)
        self._given_up |= given_up
        self._without -= given_up
        self._choose()

    def forget(self, sounds: Iterable[str]) -> None:
        """Leave these out from now on."""
        for sound in sounds:
            self._known.pop(sound, None)
            self._without.discard(sound)
            self._given_up.discard(sound)
            self._similarity.remove(sound)
        self._choose()

    def neighbours(
        self, sound: str, weights: Weights | None = None, n: int = 20, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """As `Similarity.neighbours`."""
        return self._similarity.neighbours(sound, weights, n, among)

    def places(self, sounds: Sequence[str]) -> NDArray[np.float32]:
        """As `Similarity.places`."""
        return self._similarity.places(sounds)

    def _note(self, sound: str, has_embedding: bool) -> None:
        if has_embedding:
            self._without.discard(sound)
            self._given_up.discard(sound)
        elif sound not in self._given_up:
            self._without.add(sound)

    def _choose(self) -> bool:
        """Whether all is compared by something else now."""
        is_by_embedding = self._is_chosen and not self._without
        if is_by_embedding == self._is_by_embedding:
            return False
        self._is_by_embedding = is_by_embedding
        self._similarity = self._made()
        return True

    def _made(self) -> Similarity[str]:
        found = {sound: self._vector(*known) for sound, known in self._known.items()}
        there = {sound: vector for sound, vector in found.items() if vector is not None}
        groups = EMBEDDED_GROUPS if self._is_by_embedding else GROUPS
        n_values = max(group.stop for group in groups.values())
        matrix = np.stack(list(there.values())) if there else np.zeros((0, n_values), np.float32)
        return Similarity(list(there), matrix, groups)

    def _vector(self, vector: Vector, embedding: Vector | None) -> Vector | None:
        """What is compared of a sound now; None of one that cannot be."""
        if not self._is_by_embedding:
            return vector
        if embedding is None:
            return None
        parts = (embedding if name == "timbre" else vector[group] for name, group in GROUPS.items())
        return np.concatenate(list(parts))
