"""What an engine remembers of loops: the most recent ones, as many as fit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.stft import CircularStft

_MOST_BYTES = 64 * 1024 * 1024
"""As many stereo loops of 4 s as there may be neighbours."""
_N_TRANSFORMS = 2
_N_NEIGHBOURS = 32
"""So many loops may be a gesture away from what is heard."""


class _Sized(Protocol):
    @property
    def n_bytes(self) -> int: ...


T = TypeVar("T", bound=_Sized)


class LoopCache(Generic[T]):
    """Keeps what was made of loops, by their sound and length, and the transforms for the lengths in use.

    Parameters
    ----------
    device : torch.device
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._transforms: OrderedDict[int, CircularStft] = OrderedDict()
        self._entries: OrderedDict[tuple[str, int], T] = OrderedDict()

    @property
    def has_room(self) -> bool:
        """Whether another loop can be added without forgetting one."""
        used = [entry.n_bytes for entry in self._entries.values()]
        return sum(used) + max(used, default=0) <= _MOST_BYTES

    @property
    def can_spare(self) -> bool:
        """Whether a loop can be added without forgetting one that may be heard next."""
        largest = max((entry.n_bytes for entry in self._entries.values()), default=0)
        return self.has_room or largest * _N_NEIGHBOURS <= _MOST_BYTES

    def transform(self, n_frames: int) -> CircularStft:
        """The transform for loops of one length."""
        if n_frames not in self._transforms:
            self._transforms[n_frames] = CircularStft(n_frames, self._device)
            while len(self._transforms) > _N_TRANSFORMS:
                self._transforms.popitem(last=False)
        return self._transforms[n_frames]

    def holds(self, clip: AudioClip, n_frames: int) -> bool:
        """Whether what is known of a clip at a length is there."""
        return (clip.digest, n_frames) in self._entries

    def of(self, clip: AudioClip, n_frames: int, make: Callable[[AudioClip], T]) -> T:
        """What is known of a clip, repeated or cut to `n_frames`; made of that where it is not there.

        `make` is not kept: it belongs to who has the cache, and both would stay in memory, each for the
        other's sake, until Python's collector comes by.
        """
        key = (clip.digest, n_frames)
        if key in self._entries:
            self._entries.move_to_end(key)
            return self._entries[key]
        entry = make(clip.fitted(n_frames))
        self._entries[key] = entry
        while sum(e.n_bytes for e in self._entries.values()) > _MOST_BYTES and len(self._entries) > 1:
            self._entries.popitem(last=False)
        return entry
