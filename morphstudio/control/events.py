"""What controllers ask for, from whichever wire it came. Values only: no Qt, no ports, no sockets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointMoved:
    """The pad is to be here, in pad units, 0..1; None where that axis stays as it is."""

    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class DetailChanged:
    """How much detail, 0..1."""

    detail: float


@dataclass(frozen=True, slots=True)
class PlayRequested:
    """Play or stop; None is the other of what is now. `is_from_start` begins at the loop's first frame."""

    wants_play: bool | None = None
    is_from_start: bool = False


@dataclass(frozen=True, slots=True)
class DotTriggered:
    """A dot is to be heard: by its number, 0 for the first, or by the name of its sound.

    `velocity` is how hard the key was hit, over 0 and up to 1.
    """

    dot: int | str
    velocity: float = 1.0


@dataclass(frozen=True, slots=True)
class TempoHeard:
    """The tempo of another machine, in beats a minute."""

    bpm: float


ControlEvent = PointMoved | DetailChanged | PlayRequested | DotTriggered | TempoHeard
