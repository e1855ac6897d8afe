"""Where the samples of clips are while nobody works on them: in one file on disk, not in memory.

Hundreds of loops would fill a laptop's memory, once in each process that has them. Both processes map the
file instead; the system reads what is touched, and may drop it again.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import FileError

_FLOAT_BYTES = 4
_CHUNK_BYTES = 1 << 28
"""The file is mapped in pieces of this size: each mapping takes a file descriptor."""


@dataclass(frozen=True, slots=True)
class ClipPlace:
    """Where a clip is in the file, and what another process needs to know of it."""

    digest: str
    offset: int
    n_frames: int
    n_channels: int
    name: str
    path: Path | None


class ClipStore:
    """Keeps clips in a file that goes with the last process that has it open.

    Any thread may call; only the process that made the file may write to it.

    Parameters
    ----------
    folder : Path or None
        Where a new file goes; the system's folder for temporary files where it cannot be there.
    handle : str
        What `attach_argument` of the process that made it said.
    """

    def __init__(self, folder: Path | None = None, handle: str = "") -> None:
        self._lock = threading.Lock()
        self._places: dict[str, ClipPlace] = {}
        self._chunks: dict[int, mmap.mmap] = {}
        self._end = 0
        self._name = ""
        if not handle:
            self._fd, self._name = _new_file(folder)
        else:
            self._fd = os.open(handle, os.O_RDONLY | _BINARY) if _IS_NAMED else int(handle)
        self.attach_argument = handle or self._name or str(self._fd)

    @property
    def pass_fds(self) -> tuple[int, ...]:
        """For `subprocess.Popen`: what a child must inherit."""
        return () if _IS_NAMED else (self._fd,)

    def keep(self, clip: AudioClip) -> AudioClip:
        """Put a clip into the file; returns it with samples that are read from there.

        A sound that is there already, by whatever name, is not written again.

        Raises
        ------
        FileError
            If the disk is full.
        """
        digest = clip.digest
        with self._lock:
            place = self._places.get(digest)
            offset = place.offset if place else self._written(clip)
            known = ClipPlace(digest, offset, clip.n_frames, clip.n_channels, clip.name, clip.path)
            self._places[digest] = known
        return self.clip(known)

    def place(self, clip: AudioClip) -> ClipPlace:
        """Where a clip is; it is kept first where it is not there."""
        with self._lock:
            place = self._places.get(clip.digest)
        if place is None:
            self.keep(clip)
            place = self._places[clip.digest]
        return place

    def clip(self, place: ClipPlace) -> AudioClip:
        """The clip at a place, its samples mapped."""
        number, start = divmod(place.offset, _CHUNK_BYTES)
        with self._lock:
            if number not in self._chunks:
                self._chunks[number] = mmap.mmap(
                    self._fd, _CHUNK_BYTES, access=mmap.ACCESS_READ, offset=number * _CHUNK_BYTES
                )
            content = self._chunks[number]
        flat = np.frombuffer(content, np.float32, place.n_frames * place.n_channels, start)
        samples = flat.reshape(place.n_frames, place.n_channels)
        return AudioClip.known(samples, place.name, place.path, place.digest)

    def relax(self) -> None:
        """Let the system have the memory of what was read; reading it again finds it in the file."""
        if hasattr(mmap, "MADV_DONTNEED"):
            with self._lock:
                for content in self._chunks.values():
                    content.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Give the file up; clips that are mapped stay readable. A second call does nothing."""
        with self._lock:
            if self._fd >= 0:
                os.close(self._fd)
                self._fd = -1
        if self._name:
            with suppress(OSError):  # another process of the program still has it open
                os.unlink(self._name)  # noqa: PTH108 what tempfile named

    def _written(self, clip: AudioClip) -> int:
        """Append samples, within one chunk; returns where they are."""
        content = memoryview(np.ascontiguousarray(clip.samples).data).cast("B")
        offset = self._end
        if offset // _CHUNK_BYTES != max(offset, offset + len(content) - 1) // _CHUNK_BYTES or not offset:
            offset = -(-offset // _CHUNK_BYTES) * _CHUNK_BYTES
        try:
            if offset % _CHUNK_BYTES == 0:
                # A hole takes no room on the disk, and can be mapped as a whole.
                os.ftruncate(self._fd, offset + _CHUNK_BYTES)
            os.lseek(self._fd, offset, os.SEEK_SET)
            done = 0
            while done < len(content):
                done += os.write(self._fd, content[done:])
        except OSError as error:
            raise FileError(
                f"Can't keep {clip.name}",
                f"There is no room on the disk for the sound of {clip.name} ({error.strerror}).",
                "Free some space and add it again.",
            ) from error
        self._end = offset + len(content)
        return offset


_IS_NAMED = sys.platform == "win32"
"""There a file cannot be handed over by its descriptor."""
_BINARY = getattr(os, "O_BINARY", 0)


def _new_file(folder: Path | None) -> tuple[int, str]:
    """Descriptor and name of a new file; it has no name where it can do without."""
    for place in (folder, None):
        try:
            if place is not None:
                place.mkdir(parents=True, exist_ok=True)
            fd, name = tempfile.mkstemp(".clips", "morphstudio-", place)
        except OSError:
            if place is None:
                raise
            continue
        if _IS_NAMED:
            return fd, name
        os.unlink(name)  # noqa: PTH108 what tempfile named
        return fd, ""
    raise AssertionError("not reached")
