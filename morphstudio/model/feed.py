"""A thread that makes batches ahead of the network."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

_N_AHEAD = 4

T = TypeVar("T")


class Feed(Generic[T]):
    """Makes batches in a thread of its own, a few ahead.

    Parameters
    ----------
    make : callable
        Batch of a step, by its number.
    first_step : int
        Step that the first batch is for.
    """

    def __init__(self, make: Callable[[int], T], first_step: int) -> None:
        self._make = make
        self._step = first_step
        self._batches: queue.Queue[T | Exception] = queue.Queue(maxsize=_N_AHEAD)
        self._closed = threading.Event()
        self._making_s, self._n_made = 0.0, 0
        self._thread = threading.Thread(target=self._fill, name="training-examples", daemon=True)
        self._thread.start()

    @property
    def seconds_per_batch(self) -> float:
        """Mean time that the thread took for a batch."""
        return self._making_s / max(1, self._n_made)

    def next(self) -> T:
        """Batch of the next step; raises what making it raised."""
        batch = self._batches.get()
        if isinstance(batch, Exception):
            raise batch
        return batch

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        while self._thread.is_alive():
            try:
                self._batches.get(timeout=0.05)
            except queue.Empty:
                continue

    def _fill(self) -> None:
        try:
            while not self._closed.is_set():
                began_s = time.perf_counter()
                batch = self._make(self._step)
                self._making_s += time.perf_counter() - began_s
                self._n_made += 1
                self._step += 1
                self._batches.put(batch)
        except Exception as error:  # noqa: BLE001 raised where the batch is waited for
            self._batches.put(error)
