"""Tempo, bars and beats, and the frames that they are: rounded once, so that nothing drifts. No torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ
from morphstudio.errors import ParameterError

LOWEST_BPM, HIGHEST_BPM = 30.0, 300.0
LOWEST_OWN_BPM, HIGHEST_OWN_BPM = 1.0, 1_000.0
"""Of a loop by itself."""
MOST_BEATS_PER_BAR = 16

_MOST_FRAMES = round(MAX_LOOP_S * RATE_HZ)
_LONGEST_TAP_S = 60.0 / LOWEST_BPM
_TAP_SPREAD = 0.25
_CLEARLY_LESS = 0.05
_LEAST_OF_A_BEAT = 0.75
_NEARLY_WHOLE = 0.05
"""Tempos are written without their fractions, and are heard about as well."""


@dataclass(frozen=True, slots=True)
class MusicalTime:
    """How fast a session is and how long: `bars` bars of `beats_per_bar` beats at `bpm` beats a minute.

    >>> time = MusicalTime(128.0, 2)
    >>> time.n_frames, time.beat_frame(1), time.beat_frame(8)
    (165375, 20672, 165375)

    Raises
    ------
    ParameterError
        If a number is outside what is possible, or the loop would be longer than the longest.
    """

    bpm: float
    bars: int
    beats_per_bar: int = 4

    def __post_init__(self) -> None:
        if not LOWEST_BPM <= self.bpm <= HIGHEST_BPM:  # NaN is neither
            raise ParameterError(
                "No such tempo",
                f"A tempo of {self.bpm:g} beats a minute is outside what is possible.",
                f"Choose one from {LOWEST_BPM:g} to {HIGHEST_BPM:g}.",
            )
        if not 1 <= self.beats_per_bar <= MOST_BEATS_PER_BAR:
            raise ParameterError(
                "No such bar",
                f"A bar of {self.beats_per_bar} beats is outside what is possible.",
                f"Choose from 1 to {MOST_BEATS_PER_BAR} beats.",
            )
        if self.bars < 1:
            raise ParameterError("No such length", "A loop is one bar long at least.", "Choose more bars.")
        if self.n_frames > _MOST_FRAMES:
            raise ParameterError(
                "That loop is too long",
                f"{self.bars} bars at {self.bpm:g} beats a minute take {self.duration_s:.0f} s, more than"
                f" {MAX_LOOP_S:g} s.",
                "Choose fewer bars or a higher tempo.",
            )

    @property
    def n_beats(self) -> int:
        """Beats in the loop."""
        return self.bars * self.beats_per_bar

    @property
    def n_frames(self) -> int:
        """Length of the loop."""
        return self.beat_frame(self.n_beats)

    @property
    def duration_s(self) -> float:
        """Length of the loop, as it is in frames."""
        return self.n_frames / RATE_HZ

    @property
    def most_bars(self) -> int:
        """How many bars of this tempo the longest loop has room for, at least 1."""
        return max(1, math.floor(_MOST_FRAMES / self._bar_frames))

    def beat_frame(self, beat: float) -> int:
        """Frame at which a beat begins, counted from 0; parts of beats as well."""
        return math.floor(beat * 60.0 * RATE_HZ / self.bpm + 0.5)

    def bars_nearest(self, duration_s: float) -> int:
        """Whole bars of this tempo that are nearest to a length in seconds, as many as are possible."""
        return min(max(1, math.floor(duration_s * RATE_HZ / self._bar_frames + 0.5)), self.most_bars)

    @property
    def _bar_frames(self) -> float:
        return self.beats_per_bar * 60.0 * RATE_HZ / self.bpm


@dataclass(frozen=True, slots=True)
class LoopTime:
    """What is set of one loop in time.

    Parameters
    ----------
    bpm : float or None
        Its own tempo, 1 to 1000; None for what was heard in it.
    downbeat_frame : int
        Frame that comes first; what is before it goes to its end.
    semitones : int
        Shift upwards, -12 to 12.

    Raises
    ------
    ParameterError
        If the tempo is outside what is possible.
    """

    bpm: float | None = None
    downbeat_frame: int = 0
    semitones: int = 0

    def __post_init__(self) -> None:
        if self.bpm is not None and not LOWEST_OWN_BPM <= self.bpm <= HIGHEST_OWN_BPM:  # NaN is neither
            raise ParameterError(
                "No such tempo",
                f"A loop's tempo of {self.bpm:g} beats a minute is outside what is possible.",
                f"Choose one from {LOWEST_OWN_BPM:g} to {HIGHEST_OWN_BPM:g}.",
            )


def bpm_of_bars(n_frames: int, bars: float, beats_per_bar: int = 4) -> float:
    """Tempo of a loop that is so many bars long.

    >>> bpm_of_bars(176_400, 2)
    120.0
    """
    return bars * beats_per_bar * 60.0 * RATE_HZ / n_frames


def time_of_loop(n_frames: int, bpm: float, beats_per_bar: int = 4) -> MusicalTime:
    """Musical time of which a loop is the measure: as long as it is, to the frame, its tempo all but `bpm`.

    A loop that is no whole bars long is no measure: then it is `bpm`, and as many bars as are nearest.

    >>> time = time_of_loop(176_401, 120.0)
    >>> time.n_frames, time.bars, round(time.bpm, 3)
    (176401, 2, 119.999)

    Raises
    ------
    ParameterError
        If `bpm` is no possible tempo, or the bars take longer than a loop can.
    """
    bars = max(1, math.floor(n_frames * bpm / (60.0 * RATE_HZ * beats_per_bar) + 0.5))
    whole_bpm = bpm_of_bars(n_frames, bars, beats_per_bar)
    is_whole = abs(whole_bpm - bpm) <= _NEARLY_WHOLE * bpm
    return MusicalTime(whole_bpm if is_whole else bpm, bars, beats_per_bar)


def bpm_stretched_least(from_bpm: float, to_bpm: float) -> float:
    """The tempo of a loop, its half or its double (and so on): which of them has to change the least.

    As it is written, unless another is clearly nearer: which of two is the tempo of a loop is a matter of
    taste, but not by how much it is stretched.

    >>> bpm_stretched_least(174.0, 90.0), bpm_stretched_least(70.0, 128.0), bpm_stretched_least(90.0, 128.0)
    (87.0, 140.0, 90.0)
    """
    octaves = math.log2(to_bpm / from_bpm)
    nearest = math.floor(octaves + 0.5)
    saved = abs(octaves) - abs(octaves - nearest)
    return from_bpm * 2.0**nearest if saved > math.log2(1.0 + _CLEARLY_LESS) else from_bpm


def bpm_of_sound(n_frames: int, to_bpm: float, beats_per_bar: int = 4) -> float:
    """Tempo for a sound of which nobody knows any, by which it is stretched the least.

    It is as many bars long as are nearest to its length, or, where it is shorter than a bar, as many beats.
    What is much shorter than a beat is not stretched at all.

    >>> bpm_of_sound(180_000, 120.0)
    117.6
    """
    beats = n_frames * to_bpm / (60.0 * RATE_HZ)
    unit = beats_per_bar if beats >= beats_per_bar else 1
    if beats < _LEAST_OF_A_BEAT:
        return to_bpm
    return max(1, math.floor(beats / unit + 0.5)) * unit * 60.0 * RATE_HZ / n_frames


def bpm_within(time: MusicalTime, known_bpm: float | None, n_frames: int) -> float:
    """Tempo that a sound has in a session: the known one or its half or double, else one that fits.

    Parameters
    ----------
    time : MusicalTime
        Of the session.
    known_bpm : float or None
        That was set, told or heard.
    n_frames : int
        Length of the sound.
    """
    if known_bpm is not None:
        return bpm_stretched_least(known_bpm, time.bpm)
    return bpm_of_sound(n_frames, time.bpm, time.beats_per_bar)


def tapped_bpm(times_s: Sequence[float]) -> float | None:
    """Tempo that somebody taps.

    Taps that were missed or doubled are left out: what counts is the mean of the intervals that are near
    their median. A pause begins anew.

    Parameters
    ----------
    times_s : sequence of float
        When it was tapped, in order, in seconds of any clock.

    Returns
    -------
    float or None
        In beats per minute; None after a single tap, or if it is no possible tempo.

    Examples
    --------
    >>> tapped_bpm([0.0, 0.5, 1.0, 2.0, 2.5])
    120.0
    """
    intervals: list[float] = []
    for before, after in pairwise(times_s):
        interval = after - before
        if interval > _LONGEST_TAP_S:
            intervals.clear()
        elif interval > 0.0:
            intervals.append(interval)
    if not intervals:
        return None
    middle = median(intervals)
    steady = [interval for interval in intervals if abs(interval / middle - 1.0) <= _TAP_SPREAD]
    # An even number of intervals may have nothing at its middle.
    bpm = 60.0 / (fmean(steady) if steady else middle)
    return bpm if LOWEST_BPM <= bpm <= HIGHEST_BPM else None
