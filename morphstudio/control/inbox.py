"""Events on their way from the threads of the wires to the one that acts on them, conflated."""

from __future__ import annotations

import threading
from dataclasses import replace

from morphstudio.control.events import ControlEvent, DetailChanged, DotTriggered, PointMoved, TempoHeard

MOST_WAITING = 64
"""Of those that cannot be conflated; a flood loses its oldest."""


class Inbox:
    """Keeps what waits. A newer move takes the place of an older one, unless a note came in between.

    `post` may be called by any thread. Its caller wakes the reader when it says so, once for all that
    comes until the next `take`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[ControlEvent] = []

    def post(self, event: ControlEvent) -> bool:
        """Add an event; returns whether nothing waited before, so that the reader is to be woken."""
        with self._lock:
            is_first = not self._waiting
            place = self._place_of(event)
            if place is None:
                self._waiting.append(event)
                del self._waiting[:-MOST_WAITING]
            else:
                self._waiting[place] = _merged(self._waiting[place], event)
            return is_first

    def take(self) -> list[ControlEvent]:
        """Take all that waits, the oldest first."""
        with self._lock:
            taken, self._waiting = self._waiting, []
            return taken

    def _place_of(self, event: ControlEvent) -> int | None:
        """Where something waits that this event overtakes."""
        if not isinstance(event, (PointMoved, DetailChanged, TempoHeard)):
            return None
        for place in reversed(range(len(self._waiting))):
            waiting = self._waiting[place]
            if type(waiting) is type(event):
                return place
            if isinstance(waiting, DotTriggered):
                return None
        return None


def _merged(old: ControlEvent, new: ControlEvent) -> ControlEvent:
    if isinstance(old, PointMoved) and isinstance(new, PointMoved):
        return replace(old, **{axis: at for axis in ("x", "y") if (at := getattr(new, axis)) is not None})
    return new
