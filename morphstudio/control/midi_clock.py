"""The tempo of MIDI clock, 24 ticks a beat, however unevenly they come. Counts ticks, knows no port."""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import Final

from morphstudio.morph.musical_time import HIGHEST_BPM, LOWEST_BPM

TICKS_PER_BEAT: Final = 24
SILENCE_S: Final = 0.5
"""Without a tick for so long, the clock has stopped: the slowest has one every 83 ms."""
_MOST_TICKS = 8 * TICKS_PER_BEAT
_FEWEST_TICKS = 2 * TICKS_PER_BEAT
_STEADY_SHARE = 0.03
_STEP_BPM = 0.1
_HYSTERESIS_SHARE = 0.0012


class MidiClock:
    """Listens to ticks and says when the tempo is another.

    The tempo is the median over distances of half the last eight beats: ticks that come late, or in bunches,
    do not count, and what is left of jitter is far below the 0.1 BPM that the tempo is rounded to. Where the
    last beat is more than 3 % off the rest, the tempo has changed and the rest is forgotten.
    """

    def __init__(self) -> None:
        self._ticks_s: deque[float] = deque(maxlen=_MOST_TICKS + 1)
        self._bpm: float | None = None

    def tick(self, at_s: float) -> float | None:
        """Hear one tick.

        Parameters
        ----------
        at_s : float
            By a clock that does not jump, in seconds.

        Returns
        -------
        float or None
            The tempo in beats a minute where it is another than before; None where it is not, or not known
            before two beats.
        """
        ticks = self._ticks_s
        if ticks and not 0.0 <= at_s - ticks[-1] < SILENCE_S:
            self.reset()
        ticks.append(at_s)
        if len(ticks) <= _FEWEST_TICKS:
            return None
        self._forget_what_was_before_a_change()
        bpm = _tempo(list(ticks))
        if not LOWEST_BPM <= bpm <= HIGHEST_BPM:
            return None
        if self._bpm is not None and abs(bpm - self._bpm) < _HYSTERESIS_SHARE * bpm:
            return None
        rounded = round(bpm / _STEP_BPM) * _STEP_BPM
        self._bpm = min(max(round(rounded, 1), LOWEST_BPM), HIGHEST_BPM)
        return self._bpm

    def tempo(self, now_s: float) -> float | None:
        """Tempo in beats a minute; None while there is no clock."""
        if not self._ticks_s or now_s - self._ticks_s[-1] >= SILENCE_S:
            return None
        return self._bpm

    def reset(self) -> None:
        """Forget all ticks, as when the clock starts anew."""
        self._ticks_s.clear()
        self._bpm = None

    def _forget_what_was_before_a_change(self) -> None:
        ticks = list(self._ticks_s)
        if len(ticks) <= 2 * TICKS_PER_BEAT:
            return
        recent, before = ticks[-TICKS_PER_BEAT - 1 :], ticks[:-TICKS_PER_BEAT]
        if abs(_tempo(recent) / _tempo(before) - 1.0) > _STEADY_SHARE:
            self._ticks_s = deque(recent, maxlen=_MOST_TICKS + 1)


def _tempo(ticks_s: list[float]) -> float:
    """Beats a minute of at least two ticks; infinitely many where they all came at once."""
    lag = len(ticks_s) // 2
    tick_s = median(late - early for early, late in zip(ticks_s, ticks_s[lag:], strict=False)) / lag
    return 60.0 / (TICKS_PER_BEAT * tick_s) if tick_s > 0.0 else float("inf")
