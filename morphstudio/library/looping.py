"""Whether a sound is made to be repeated: by its name, else by how it goes on. numpy only."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.library.tempo import Onsets

_LOOP_WORDS = frozenset(("loop", "loops", "break", "breaks", "breakbeat", "groove", "grooves"))
_SHOT_WORDS = frozenset(("oneshot", "oneshots", "shot", "shots", "hit", "hits", "stab", "stabs"))
_SHORTEST_S = 0.4
_LEVEL_FRAMES, _LEVEL_HOP = 2205, 441
_RANGE_DB = 60.0
_LATE_COLUMNS = 30
_WEIGHTS = np.array([1.64, 4.52, 0.34, 0.29, 0.28, 1.05, -4.92])
"""Of `loop_features`; fitted to rendered loops, rendered hits and notes of General MIDI instruments."""


def told_by_name(stem: str) -> bool | None:
    """Whether a file's name says that it is a loop; None where it says nothing, or both.

    >>> told_by_name("drum_loop 12"), told_by_name("Bass One Shot"), told_by_name("kick 3")
    (True, False, None)
    """
    words = set(re.findall(r"[a-z]+", stem.lower()))
    is_loop, is_shot = bool(words & _LOOP_WORDS), bool(words & _SHOT_WORDS)
    return is_loop if is_loop != is_shot else None


def sounds_like_loop(mono: Samples, onsets: Onsets) -> bool:
    """Whether a sound goes on to its end as loops do, instead of dying away.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz.
    """
    if onsets.duration_s < _SHORTEST_S:
        return False
    return bool(loop_features(mono, onsets) @ _WEIGHTS > 0.0)


def loop_features(mono: Samples, onsets: Onsets) -> NDArray[np.float64]:
    """What tells loops from other sounds, of 50 ms and more: float64, shape (7,), the last one 1."""
    sums = np.cumsum(np.pad(mono.astype(np.float64) ** 2, (1, 0)))
    level = 10.0 * np.log10((sums[_LEVEL_FRAMES:] - sums[:-_LEVEL_FRAMES])[::_LEVEL_HOP] + 1e-9)
    level = np.maximum(level - level.max(), -_RANGE_DB)
    strength = onsets.strengths.sum(axis=0)
    late = strength[_LATE_COLUMNS:].max(initial=0.0) / (strength.max() + 1e-9)
    greatest_rise = (level - np.minimum.accumulate(level)).max()
    all_rises = np.maximum(np.diff(level), 0.0).sum()
    end, last_quarter = level[-3:].mean(), level[len(level) * 3 // 4 :].mean()
    return np.array(
        [
            np.log2(len(mono) / RATE_HZ), late, end / 10.0, last_quarter / 10.0,
            greatest_rise / 10.0, all_rises / 100.0, 1.0,
        ]
    )  # fmt: skip
