"""What a panel shows of one loop in time, and of the keys of others. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from morphstudio.morph.musical_key import semitones_between
from morphstudio.morph.musical_time import LoopTime


@dataclass(frozen=True, slots=True)
class KeyOfLoop:
    """Another loop: its key, such as "F#m", and by how many semitones it is shifted itself."""

    name: str
    key: str
    semitones: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class LoopTimeFacts:
    """What the panel shows.

    Parameters
    ----------
    sound_id, name : str
    n_frames : int
        Its length.
    peaks : float32, shape (parts,)
        Its outline, 0 to 1.
    loop_time : LoopTime
        What was set by hand.
    bpm : float
        Its tempo: set, else heard, else guessed.
    heard_bpm : float or None
    beats_per_bar : int
    key : str
        Such as "F#m"; empty where nobody knows.
    others : sequence of KeyOfLoop
        Whose keys it may be brought to.
    """

    sound_id: str
    name: str
    n_frames: int
    peaks: NDArray[np.float32]
    loop_time: LoopTime
    bpm: float
    heard_bpm: float | None = None
    beats_per_bar: int = 4
    key: str = ""
    others: Sequence[KeyOfLoop] = ()


def shift_to(key: str, other: KeyOfLoop) -> int:
    """By how much a loop in a key is shifted to go with another as that sounds now, the nearer way.

    >>> shift_to("Am", KeyOfLoop("bass", "C")), shift_to("C", KeyOfLoop("pad", "D", 1))
    (0, 3)
    """
    return (semitones_between(key, other.key) + other.semitones + 6) % 12 - 6
