"""What a path's render depends on, as a value that travels to the engine. No torch, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ, AudioClip
from morphstudio.errors import ParameterError
from morphstudio.morph.request import MorphRequest

KNOT_FRAMES = 512
"""A path says at least so often what is heard; as often as a spectrogram has columns."""

Weights = NDArray[np.float64]


def knot_count(n_frames: int) -> int:
    """How many knots a path of so many frames has.

    >>> knot_count(1), knot_count(513)
    (1, 2)
    """
    return -(-n_frames // KNOT_FRAMES)


def check_length(n_frames: int) -> None:
    """Refuse a path that is longer than a loop can be."""
    if not 1 <= n_frames <= round(MAX_LOOP_S * RATE_HZ):
        raise ParameterError(
            "That path is too long",
            f"The path takes {n_frames / RATE_HZ:.0f} s, more than {MAX_LOOP_S:g} s.",
            "Choose fewer bars or a higher tempo.",
        )


@dataclass(frozen=True, slots=True, eq=False)
class PathRequest:
    """A morph that goes its way and comes round; callable on any thread. Same request, same bytes.

    The loop repeats under it: a path of four bars hears a loop of two bars twice.

    Parameters
    ----------
    morph : MorphRequest
        All sounds that are touched, and how they are blended; its weights are those at the beginning, its
        length is the loop's.
    weights : float64, shape (knots, sounds)
        Of each sound at times that are spread evenly from the beginning on; rows are not negative and sum
        to 1. Made read-only.
    n_frames : int
        Length of the result in frames.
    """

    morph: MorphRequest
    weights: Weights
    n_frames: int

    def __post_init__(self) -> None:
        check_length(self.n_frames)
        weights = self.weights
        if weights.ndim != 2 or not len(weights) or weights.shape[1] != len(self.morph.clips):
            raise ParameterError("Bad weights", "The path does not say how much of each sound is heard.")
        if not (weights.min() >= 0.0 and np.abs(weights.sum(axis=1) - 1.0).max() <= 1e-6):
            raise ParameterError("Bad weights", "The path's weights are not shares with a sum of 1.")
        if self.morph.is_exploring:
            raise ParameterError("Bad place", "A path cannot lie around one sound.", "Put it between sounds.")
        weights.setflags(write=False)

    @property
    def clips(self) -> tuple[AudioClip, ...]:
        """The sounds that it touches."""
        return self.morph.clips

    @property
    def n_channels(self) -> int:
        """Of the result: the most that one of the sounds has."""
        return max(clip.n_channels for clip in self.clips)

    @property
    def seed(self) -> int:
        """Of everything random."""
        return self.morph.seed

    @property
    def whole(self) -> MorphRequest:
        """A morph that hears all of the sounds."""
        n_clips = len(self.clips)
        return replace(self.morph, weights=(1.0 / n_clips,) * n_clips)

    def runs(self, n_columns: int) -> list[tuple[slice, tuple[float, ...]]]:
        """Weights at columns that are spread evenly from the beginning on: those that are the same in one."""
        n_knots = len(self.weights)
        knots = np.rint(np.arange(n_columns) * (n_knots / n_columns)).astype(np.intp) % n_knots
        rows = self.weights[knots]
        is_other = np.any(rows[1:] != rows[:-1], axis=1)
        begins = [0, *(np.flatnonzero(is_other) + 1).tolist(), n_columns]
        return [(slice(begin, end), tuple(rows[begin].tolist())) for begin, end in pairwise(begins)]
