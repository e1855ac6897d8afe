"""What a producer can change and take back: dots, options, sides. No Qt, no torch, no files.

A state is a value: a change makes another one, and whoever keeps the one before can go back to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from morphstudio.morph.request import PadPoint

LOWEST_ST, HIGHEST_ST = -12, 12
"""Of the pitch, in semitones."""


@dataclass(frozen=True, slots=True)
class MorphOptions:
    """How morphs are made, whatever they are made of.

    Parameters
    ----------
    detail : float
        0..1: how much of the loops' own detail is kept.
    align, match_loudness, even_spacing : bool
        As in `MorphRequest`.
    pitch_st : int
        What is heard is shifted by so many semitones.
    """

    detail: float = 1.0
    align: bool = True
    match_loudness: bool = True
    even_spacing: bool = True
    pitch_st: int = 0


@dataclass(frozen=True, slots=True)
class SessionState:
    """All of a session that undo brings back.

    Parameters
    ----------
    dots : tuple of (str, PadPoint)
        Sounds on the pad, and where; in the order in which they came.
    options : MorphOptions
    side_a, side_b : str
        Sounds between which the slider goes; empty where none is chosen.
    n_frames : int
        Length of the loop; 0 where there is none yet.
    is_laid_by_hand : bool
        Whether a dot was moved: then the dots are not arranged anew.
    """

    dots: tuple[tuple[str, PadPoint], ...] = ()
    options: MorphOptions = field(default_factory=MorphOptions)
    side_a: str = ""
    side_b: str = ""
    n_frames: int = 0
    is_laid_by_hand: bool = False
