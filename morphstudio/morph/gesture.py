"""A gesture on the pad that goes round: where the sound is at which beat. No torch, no Qt.

Times are in beats from the path's beginning; how many beats it has depends on how many there are in a bar of
the session, so whoever asks says so: `n_beats`. A path goes round: from its last point it leads to its first.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from morphstudio.errors import ParameterError
from morphstudio.morph.request import PadPoint

SIMPLE_ENOUGH = 0.01
"""In pad units: nobody hears that a point is so far beside a recorded one."""

_HELD_BEATS = 1.0 / 8.0
"""A hand that rests sends nothing: where no point came for longer, it stayed where it was."""
_WAY_BACK_BEATS = 1.0 / 4.0
_N_SMOOTHING = 65

Places = NDArray[np.float64]
Beats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PathPoint:
    """Where a gesture is at a time: `t_beats` from its beginning on, `x` and `y` in pad units."""

    t_beats: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GesturePath:
    """A gesture on the pad that goes round.

    Parameters
    ----------
    points : tuple of PathPoint
        In the order of their times. Of two with the same time the place jumps to the second. Those beyond
        the path's end, as after a change of the meter, are passed over.
    bars : int
        How long one time round is.
    name : str
        As people read it; may be empty.
    is_smooth : bool
        Whether it goes through its points in a curve, not in straight lines. The curve never goes beyond two
        neighbouring points in x or in y, so that a place that is held is held and the pad is not left.
    """

    points: tuple[PathPoint, ...]
    bars: int
    name: str = ""
    is_smooth: bool = False

    def n_beats(self, beats_per_bar: int = 4) -> int:
        """How long one time round is in beats."""
        return self.bars * beats_per_bar

    def place_at(self, t_beats: float, n_beats: float) -> PadPoint:
        """Where it is at a time, which may be any number: after its end it begins again.

        >>> path = GesturePath((PathPoint(0.0, 0.0, 0.0), PathPoint(2.0, 1.0, 0.5)), 1)
        >>> path.place_at(1.0, 4.0), path.place_at(3.0, 4.0) == path.place_at(-3.0, 4.0)
        (PadPoint(x=0.5, y=0.25), True)

        Raises
        ------
        ParameterError
            If it has no points.
        """
        ((x, y),) = self.places_at(np.array([t_beats]), n_beats).tolist()
        return PadPoint(x, y)

    def places_at(self, t_beats: Beats, n_beats: float) -> Places:
        """Where it is at many times.

        Parameters
        ----------
        t_beats : float64, shape (n,)
        n_beats : float

        Returns
        -------
        float64, shape (n, 2), in pad units
        """
        points = [(point.t_beats, point.x, point.y) for point in self.points if point.t_beats < n_beats]
        if not points:
            raise ParameterError("Empty path", f"The path {self.name} has no points.".replace("  ", " "))
        return _interpolated(np.array(points), np.mod(t_beats, n_beats), n_beats, self.is_smooth)

    def inserted(self, point: PathPoint) -> GesturePath:
        """With another point, behind those of the same time."""
        points = list(self.points)
        bisect.insort_right(points, _on_pad(point), key=lambda known: known.t_beats)
        return replace(self, points=tuple(points))

    def moved(self, index: int, point: PathPoint, n_beats: float) -> GesturePath:
        """With one point elsewhere, at a time not beyond those of its neighbours: it keeps its number."""
        lowest = self.points[index - 1].t_beats if index > 0 else 0.0
        highest = self.points[index + 1].t_beats if index + 1 < len(self.points) else _before(n_beats)
        t_beats = max(min(point.t_beats, highest), lowest)
        point = _on_pad(replace(point, t_beats=t_beats))
        return replace(self, points=(*self.points[:index], point, *self.points[index + 1 :]))

    def removed(self, indexes: Iterable[int]) -> GesturePath:
        """Without some points; one is left at least, the first."""
        gone = set(indexes)
        kept = tuple(point for index, point in enumerate(self.points) if index not in gone)
        return replace(self, points=kept or self.points[:1])

    def quantised(self, step_beats: float, n_beats: float) -> GesturePath:
        """With each point at the nearest multiple of a step; of several there the one that was nearest stays.

        What is nearest to the end is at the beginning.
        """
        nearest: dict[int, tuple[float, PathPoint]] = {}
        n_steps = max(1, round(n_beats / step_beats))
        for point in self.points:
            step = math.floor(point.t_beats / step_beats + 0.5)
            off = abs(point.t_beats - step * step_beats)
            if point.t_beats < n_beats and (
                step % n_steps not in nearest or off <= nearest[step % n_steps][0]
            ):
                nearest[step % n_steps] = off, point
        points = (replace(point, t_beats=step * step_beats) for step, (_, point) in sorted(nearest.items()))
        return replace(self, points=tuple(points))

    def smoothed(self, width_beats: float, n_beats: float) -> GesturePath:
        """With each point at the mean of where the path is around its time, round its end.

        Parameters
        ----------
        width_beats : float
            From so long before to so long after; what is nearer counts more (a Hann window).
        n_beats : float
        """
        ahead = np.linspace(-1.0, 1.0, _N_SMOOTHING)
        weights = 0.5 + 0.5 * np.cos(np.pi * ahead)
        weights /= weights.sum()
        points = tuple(
            _on_pad(PathPoint(point.t_beats, *(weights @ around).tolist()))
            for point in self.points
            for around in [self.places_at(point.t_beats + width_beats * ahead, n_beats)]
        )
        return replace(self, points=points)

    def simplified(self, n_beats: float, tolerance: float = SIMPLE_ENOUGH) -> GesturePath:
        """With as few of its points as it takes to be where it was, at each point's time, within `tolerance`.

        In the manner of Ramer, Douglas and Peucker, but in time, so that its speed is kept as well, and round
        its end: of those left out the one that is farthest off comes back, until none is too far.

        Parameters
        ----------
        n_beats : float
        tolerance : float
            In pad units.
        """
        all_points = [point for point in self.points if point.t_beats < n_beats]
        if len(all_points) < 3:
            return self
        known = np.array([(point.t_beats, point.x, point.y) for point in all_points])
        # Of those with the same time only all or none can be compared with the path.
        kept = np.zeros(len(known), bool)
        same = np.diff(known[:, 0]) <= 0.0
        kept[1:] |= same
        kept[:-1] |= same
        kept[0] = True
        while True:
            found = _interpolated(known[kept], known[:, 0], n_beats, self.is_smooth)
            off = np.hypot(*(found - known[:, 1:]).T)
            off[kept] = 0.0
            worst = int(off.argmax())
            if off[worst] <= tolerance:
                break
            kept[worst] = True
        return replace(
            self, points=tuple(point for point, is_kept in zip(all_points, kept, strict=True) if is_kept)
        )


class PathRecorder:
    """Takes down a gesture that may go round several times; what came last counts.

    Whoever records adds the place once more at the end, for a hand that rests sends nothing. Where the newest
    point meets what is one time round older, the place moves over within a quarter of a
    beat, so that a gesture that did not end where it began has no jump.

    Parameters
    ----------
    bars : int
        How long one time round is.
    beats_per_bar : int
    """

    def __init__(self, bars: int, beats_per_bar: int = 4) -> None:
        self.bars, self._n_beats = bars, bars * beats_per_bar
        self._points: list[PathPoint] = []

    def __bool__(self) -> bool:
        """Whether anything was taken down."""
        return bool(self._points)

    def add(self, beat: float, x: float, y: float) -> None:
        """Take down a place.

        Parameters
        ----------
        beat : float
            From the beginning of the recording on, not less than 0; counts on when it goes round.
        x, y : float
            In pad units; beyond the pad counts as its rim.
        """
        bisect.insort_right(self._points, _on_pad(PathPoint(beat, x, y)), key=lambda known: known.t_beats)

    def path(self, name: str = "", *, is_smooth: bool = False) -> GesturePath:
        """What was taken down, as it is: see `GesturePath.simplified`.

        Raises
        ------
        ParameterError
            If nothing was.
        """
        if not self._points:
            raise ParameterError("Empty path", "Nothing was recorded.", "Press on the pad while it records.")
        newest = self._points[-1].t_beats
        oldest = newest - self._n_beats
        if oldest > -_WAY_BACK_BEATS:
            oldest += _WAY_BACK_BEATS
        points = _with_rests(self._points)
        kept = [point for point in points if point.t_beats > oldest or point.t_beats == newest]
        older = len(points) - len(kept)
        if older and points[older].t_beats > oldest:
            before, after = points[older - 1], points[older]
            share = (oldest - before.t_beats) / (after.t_beats - before.t_beats)
            x, y = (a + share * (b - a) for a, b in ((before.x, after.x), (before.y, after.y)))
            kept.insert(0, PathPoint(oldest, x, y))
        kept = [replace(point, t_beats=_round(point.t_beats, self._n_beats)) for point in kept]
        kept.sort(key=lambda point: point.t_beats)
        return GesturePath(tuple(kept), self.bars, name, is_smooth)


def _with_rests(points: list[PathPoint]) -> list[PathPoint]:
    """Points, and one more at the end of each time in which none came."""
    found = points[:1]
    for before, after in pairwise(points):
        if after.t_beats - before.t_beats > _HELD_BEATS:
            found.append(replace(before, t_beats=after.t_beats - _HELD_BEATS))
        found.append(after)
    return found


def _interpolated(points: NDArray[np.float64], t_beats: Beats, n_beats: float, is_smooth: bool) -> Places:
    """Places at times from 0 to below `n_beats`, between points (t, x, y) in order, round the end."""
    if len(points) == 1:
        return np.repeat(points[:, 1:], len(t_beats), axis=0)
    # Two more on each side: a curve's slope at a point depends on both neighbours.
    turn = np.array([n_beats, 0.0, 0.0])
    reach = np.arange(-2, len(points) + 2)
    whole = points[reach % len(points)] + (reach // len(points))[:, None] * turn
    times, places = whole[:, 0], whole[:, 1:]
    index = np.clip(np.searchsorted(times, t_beats, side="right") - 1, 0, len(times) - 2)
    length = times[index + 1] - times[index]
    share = ((t_beats - times[index]) / np.where(length > 0.0, length, 1.0))[:, None]
    if not is_smooth:
        straight: Places = places[index] + share * (places[index + 1] - places[index])
        return straight
    slopes = _slopes(times, places)
    start, end = slopes[index] * length[:, None], slopes[index + 1] * length[:, None]
    apart = places[index + 1] - places[index]
    # Hermite's cubic, from where it begins on.
    curved: Places = places[index] + share * (
        start + share * (3.0 * apart - 2.0 * start - end + share * (start + end - 2.0 * apart))
    )
    return curved


def _slopes(times: Beats, places: Places) -> Places:
    """Slopes with which a cubic stays between its points: the harmonic mean of Fritsch and Butland (1984)."""
    length = np.diff(times)[:, None]
    step = np.divide(np.diff(places, axis=0), length, out=np.zeros((len(length), 2)), where=length > 0.0)
    before, after = step[:-1], step[1:]
    weight_before, weight_after = length[:-1] + 2.0 * length[1:], 2.0 * length[:-1] + length[1:]
    is_turning = (before * after <= 0.0) | (length[:-1] <= 0.0) | (length[1:] <= 0.0)
    divisor = np.where(is_turning, 1.0, weight_before * after + weight_after * before)
    slopes = np.zeros_like(places)
    mean = (weight_before + weight_after) * before * after / divisor
    slopes[1:-1] = np.where(is_turning, 0.0, mean)
    return slopes


def _on_pad(point: PathPoint) -> PathPoint:
    x, y = (float(min(max(value, 0.0), 1.0)) for value in (point.x, point.y))
    return PathPoint(max(0.0, float(point.t_beats)), x, y)


def _round(beat: float, n_beats: float) -> float:
    return min(math.fmod(beat, n_beats), _before(n_beats))


def _before(n_beats: float) -> float:
    """The last time that is not the end, which is the beginning."""
    return math.nextafter(n_beats, 0.0)
