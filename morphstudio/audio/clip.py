"""The one value that carries sound between modules. No files, no torch, no Qt."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 44_100
"""Sample rate of every clip inside MorphStudio."""
MAX_LOOP_S = 64.0
"""Longest loop on the pad."""

Samples = NDArray[np.float32]


def name_of(path: Path) -> str:
    r"""What a file's sound is called: the name without its ending, in one line.

    >>> name_of(Path("loops/tab\tand\nline.wav"))
    'tab and line'
    """
    letters = (letter if letter.isprintable() else " " for letter in path.stem)
    return " ".join("".join(letters).split()) or path.name


@dataclass(frozen=True, eq=False)
class AudioClip:
    """A piece of sound at `RATE_HZ`; immutable, so that it may cross threads.

    Parameters
    ----------
    samples : float32, shape (frames, channels), 1 or 2 channels
        Made read-only.
    name : str
        What the user sees: see `name_of`.
    path : Path or None
        Where it came from; None for what was rendered here.
    """

    samples: Samples
    name: str
    path: Path | None = field(default=None)

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def n_frames(self) -> int:
        """Samples per channel."""
        return int(self.samples.shape[0])

    @property
    def n_channels(self) -> int:
        """1 or 2."""
        return int(self.samples.shape[1])

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.n_frames / RATE_HZ

    @cached_property
    def digest(self) -> str:
        """Hash of the samples: equal sound, equal digest. What caches are keyed by."""
        head = f"{self.samples.shape}".encode()
        return hashlib.blake2b(head + self.samples.tobytes(), digest_size=16).hexdigest()

    @classmethod
    def known(cls, samples: Samples, name: str, path: Path | None, digest: str) -> AudioClip:
        """A clip of which the digest is known, so that its samples need not be read for it."""
        clip = cls(samples, name, path)
        clip.__dict__["digest"] = digest
        return clip

    def fitted(self, n_frames: int) -> AudioClip:
        """Repeat or cut the clip to `n_frames`; the clip itself where it already fits."""
        if n_frames == self.n_frames:
            return self
        return AudioClip(np.resize(self.samples, (n_frames, self.n_channels)), self.name, self.path)
