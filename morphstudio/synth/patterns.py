"""When things are played: the grid, swing, drum patterns, scales and chords. No sound here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from morphstudio.audio.clip import RATE_HZ

_VELOCITY = {".": 0.0, "o": 0.32, "-": 0.5, "x": 0.78, "X": 1.0}


@dataclass(frozen=True, slots=True)
class Grid:
    """Sixteenths of a loop: a whole number of beats in `n_frames`.

    `swing` is how far each second sixteenth is late, as a part of a sixteenth (0 to 0.4).
    """

    n_frames: int
    n_beats: int
    swing: float = 0.0

    @property
    def n_steps(self) -> int:
        """Sixteenths in the loop."""
        return 4 * self.n_beats

    @property
    def step_frames(self) -> float:
        """Frames of a sixteenth."""
        return self.n_frames / self.n_steps

    @property
    def step_s(self) -> float:
        """Seconds of a sixteenth."""
        return self.step_frames / RATE_HZ

    def frame(self, step: float) -> int:
        """Frame of a step; odd sixteenths are late by the swing."""
        late = self.swing if int(step) % 2 else 0.0
        return round((step + late) * self.step_frames)


def velocities(pattern: str, n_steps: int) -> list[float]:
    """Velocity of each of `n_steps` steps: X accent, x normal, - soft, o ghost, . rest; repeated to fit.

    >>> velocities("X.o.", 6)
    [1.0, 0.0, 0.32, 0.0, 1.0, 0.0]
    """
    steps = [_VELOCITY[char] for char in pattern if char in _VELOCITY]
    return [steps[index % len(steps)] for index in range(n_steps)]


def euclid(n_hits: int, n_steps: int, turn: int = 0) -> str:
    """`n_hits` spread as evenly as they go over `n_steps`, as a pattern.

    >>> euclid(3, 8)
    'x..x..x.'
    """
    marks = ["x" if (index * n_hits) % n_steps < n_hits else "." for index in range(n_steps)]
    turn %= n_steps
    return "".join(marks[turn:] + marks[:turn])


@dataclass(frozen=True, slots=True)
class Style:
    """A drum style: the tempi it is played at, its swing, and a pattern for each instrument."""

    tempo: tuple[float, float]
    swing: tuple[float, float]
    lanes: Mapping[str, str]


def styles() -> dict[str, Style]:
    """Drum styles by name; patterns are one or two bars of sixteenths."""
    return {
        "house": Style(
            (115, 130),
            (0.0, 0.25),
            {
                "kick": "X...X...X...X...",
                "clap": "....X.......X...",
                "hat": "o.-.o.-oo.-.o.-x",
                "open": "..x...x...x...x.",
                "shaker": "-o-o-o-o-o-o-o-o",
            },
        ),
        "techno": Style(
            (124, 145),
            (0.0, 0.1),
            {
                "kick": "X...X...X...X...X...X...X...X.o.",
                "hat": "..X...X...X...X.",
                "rim": "...x..x....x..x.",
                "clap": "....x.......x...",
                "tom": "...........o..-.",
            },
        ),
        "boombap": Style(
            (80, 98),
            (0.15, 0.4),
            {
                "kick": "X.....x..xX.....X..x....x.X...x.",
                "snare": "....X..o.o..X..o....X..o....X.oo",
                "hat": "x.-.x.-.x.-.x.-o",
                "open": "..............................x.",
            },
        ),
        "trap": Style(
            (130, 160),
            (0.0, 0.1),
            {
                "kick": "X......x..X.....X.....x...x.....",
                "clap": "........X...............X.......",
                "hat": "x-x-x-x-x-xxx-x-x-x-xxx-x-x-xxxx",
                "open": "..............x.................",
            },
        ),
        "breakbeat": Style(
            (120, 140),
            (0.05, 0.25),
            {
                "kick": "X.x.......xx....X.x.......x.....",
                "snare": "....X..o.o..X..o....X..o.o..X.o.",
                "hat": "x.x.x.x.x.x.x.x.",
                "ride": "X...............................",
            },
        ),
        "jungle": Style(
            (155, 178),
            (0.0, 0.15),
            {
                "kick": "X.x.......xx....X.x.......x.....",
                "snare": "....X..x.o.ox..o....X..x.o....X.",
                "hat": "x.x.x.x.x.x.x.xo",
                "ride": "x.x.x.x.x.x.x.x.",
            },
        ),
        "dnb": Style(
            (168, 180),
            (0.0, 0.1),
            {
                "kick": "X.........X.....X.....x...X.....",
                "snare": "....X..o....X..o....X.o.....X..o",
                "hat": "x-x-x-x-x-x-x-x-",
            },
        ),
        "twostep": Style(
            (126, 138),
            (0.2, 0.4),
            {
                "kick": "X.........x.....X......x..x.....",
                "snare": "....X.......X..o....X..o....X...",
                "hat": "..x.o.xo..x.o.xo",
                "rim": ".......x......x....x......x...x.",
                "open": "..............x...........x.....",
            },
        ),
        "electro": Style(
            (110, 132),
            (0.0, 0.1),
            {
                "kick": "X.....X...x...X.X.....X..xx.....",
                "snare": "....X.......X...",
                "hat": "x-xxx-x-x-xxx-xx",
                "cowbell": "x..x..x...x..x..",
                "clap": "............X...",
            },
        ),
        "rock": Style(
            (85, 150),
            (0.0, 0.1),
            {
                "kick": "X.......X.x.....X.x.....X.......",
                "snare": "....X.......X.......X.......X..o",
                "hat": "X.x.X.x.X.x.X.x.",
                "ride": "X...............................",
            },
        ),
        "reggaeton": Style(
            (85, 105),
            (0.0, 0.1),
            {
                "kick": "X...X...X...X...",
                "snare": "...x..x....x..x.",
                "hat": "x.x.x.x.x.x.x.x.",
            },
        ),
        "latin": Style(
            (95, 130),
            (0.0, 0.2),
            {
                "conga": "-.o.X.o.-.o.XxX.",
                "conga_low": "......x.......xx",
                "shaker": "x-o-x-o-x-o-x-o-",
                "clave": "x..x..x...x.x...",
                "cowbell": "x...x.x.x...x.x.",
            },
        ),
        "tribal": Style(
            (100, 130),
            (0.0, 0.2),
            {
                "tom": "X..x..x.X..x..xx",
                "conga": "..x..x....x..x.o",
                "conga_low": "x......x..x.....",
                "rim": "....x.......x..o",
                "shaker": "-o-x-o-x-o-x-o-x",
            },
        ),
        "halftime": Style(
            (130, 172),
            (0.0, 0.2),
            {
                "kick": "X.....x.............x.x...o.....",
                "snare": "........X..............oX.....o.",
                "hat": "x.o.x.o.x.o.x.oo",
                "rim": "...o......x..o..",
            },
        ),
    }


def scales() -> dict[str, tuple[int, ...]]:
    """Semitones of the scales by name."""
    return {
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "major": (0, 2, 4, 5, 7, 9, 11),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "pentatonic": (0, 3, 5, 7, 10),
        "blues": (0, 3, 5, 6, 7, 10),
        "harmonic": (0, 2, 3, 5, 7, 8, 11),
        "whole": (0, 2, 4, 6, 8, 10),
    }


def degree(scale: tuple[int, ...], index: int) -> int:
    """Semitones of a scale degree above the root, any octave.

    >>> degree((0, 3, 5, 7, 10), -1)
    -2
    """
    octave, place = divmod(index, len(scale))
    return 12 * octave + scale[place]


def chord(scale: tuple[int, ...], root: int, size: int = 3, spread: int = 2) -> list[int]:
    """Semitones of a chord stacked on a degree, in steps of `spread` degrees."""
    return [degree(scale, root + spread * index) for index in range(size)]


def mutated(rng: np.random.Generator, levels: list[float], amount: float) -> list[float]:
    """Change a pattern as if played by somebody else: velocities wander, ghosts come and hits go."""
    out = []
    for level in levels:
        chance = rng.random()
        if level > 0 and chance < 0.35 * amount:
            out.append(0.0)
        elif level == 0 and chance < 0.25 * amount:
            out.append(float(rng.uniform(0.2, 0.7)))
        else:
            out.append(float(min(1.0, level * rng.uniform(1 - 0.25 * amount, 1 + 0.15 * amount))))
    return out
