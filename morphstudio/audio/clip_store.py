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

_CHUNK_BYTES = 1 << 28
"""The file is mapped in pieces of this size: each mapping takes a file descriptor."""
_HAS_HOLES = sys.platform != "win32"
"""Whether what is not written yet takes no room. There a piece is one clip; handles are plenty."""
_SAMPLE_BYTES = np.dtype(np.float32).itemsize
_PREFIX, _SUFFIX = "morphstudio-", ".clips"


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
        self._pieces: dict[int, mmap.mmap] = {}
        # Apart from the other, so that nobody who only looks something up waits for the disk.
        self._writing = threading.Lock()
        self._end = 0
        if sys.platform == "win32":  # pieces are found by name, for no descriptor can be handed over
            self._fd = -1 if handle else _new_file(folder)
            self.attach_argument = handle or f"morphstudio-{os.urandom(8).hex()}"
        else:
            self._fd = int(handle) if handle else _new_file(folder)
            self.attach_argument = str(self._fd)

    @property
    def pass_fds(self) -> tuple[int, ...]:
        """For `subprocess.Popen`: what a child must inherit."""
        return (self._fd,) if sys.platform != "win32" else ()

    def keep(self, clip: AudioClip) -> AudioClip:
        """Put a clip into the file; returns it with samples that are read from there.

        A sound that is there already, by whatever name, is not written again.

        Raises
        ------
        FileError
            If the disk is full.
        """
        return self.clip(self._kept(clip))

    def place(self, clip: AudioClip) -> ClipPlace:
        """Where a clip is; it is kept first where it is not there."""
        digest = clip.digest
        with self._lock:
            place = self._places.get(digest)
        return place or self._kept(clip)

    def clip(self, place: ClipPlace) -> AudioClip:
        """The clip at a place, its samples mapped."""
        n_samples = place.n_frames * place.n_channels
        start, n_bytes = _piece(place.offset, n_samples * _SAMPLE_BYTES)
        with self._lock:
            content = self._pieces.get(start)
            if content is None:
                content = self._pieces[start] = self._mapped(start, n_bytes)
        samples = np.frombuffer(content, np.float32, n_samples, place.offset - start)
        samples = samples.reshape(place.n_frames, place.n_channels)
        return AudioClip.known(samples, place.name, place.path, place.digest)

    def relax(self) -> None:
        """Let the system have the memory of what was read; reading it again finds it in the file."""
        if sys.platform != "win32":
            with self._lock:
                for content in self._pieces.values():
                    content.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Give the file up; clips that are mapped stay readable. A second call does nothing."""
        with self._writing:
            if self._fd >= 0:
                os.close(self._fd)
                self._fd = -1

    def _kept(self, clip: AudioClip) -> ClipPlace:
        digest = clip.digest
        with self._writing:
            with self._lock:
                place = self._places.get(digest)
            offset = place.offset if place else self._written(clip)
            known = ClipPlace(digest, offset, clip.n_frames, clip.n_channels, clip.name, clip.path)
            with self._lock:
                self._places[digest] = known
        return known

    def _written(self, clip: AudioClip) -> int:
        """Append samples, within one piece, and map that; returns where they are."""
        content = memoryview(np.ascontiguousarray(clip.samples).data).cast("B")
        offset = _next_offset(self._end, len(content))
        start, n_bytes = _piece(offset, len(content))
        try:
            if _HAS_HOLES and offset == start:
                os.ftruncate(self._fd, start + n_bytes)
            os.lseek(self._fd, offset, os.SEEK_SET)
            done = 0
            while done < len(content):
                done += os.write(self._fd, content[done:])
            if offset == start:
                # Here and nowhere else in this process: on Windows to map moves the place to write at.
                piece = self._mapped(start, n_bytes)
                with self._lock:
                    self._pieces[start] = piece
        except OSError as error:
            raise FileError(
                f"Can't keep {clip.name}",
                f"There is no room on the disk for the sound of {clip.name} ({error.strerror}).",
                "Free some space and add it again.",
            ) from error
        self._end = offset + len(content)
        return offset

    def _mapped(self, start: int, n_bytes: int) -> mmap.mmap:
        if sys.platform == "win32":
            # Who has no file finds what the process that has it has mapped by this name.
            name = f"{self.attach_argument}-{start}"
            return mmap.mmap(self._fd, n_bytes, name, access=mmap.ACCESS_READ, offset=start)
        else:  # noqa: RET505 the type checker knows nothing of Windows where it runs elsewhere
            return mmap.mmap(self._fd, n_bytes, access=mmap.ACCESS_READ, offset=start)


def _next_offset(end: int, n_bytes: int) -> int:
    """Where the next so many bytes go: at once, or where the next piece begins."""
    if not _HAS_HOLES:
        return _rounded_up(end, mmap.ALLOCATIONGRANULARITY)
    has_room = end > 0 and end // _CHUNK_BYTES == (end + n_bytes - 1) // _CHUNK_BYTES
    return end if has_room else _rounded_up(end, _CHUNK_BYTES)


def _piece(offset: int, n_bytes: int) -> tuple[int, int]:
    """Start and length of the piece that so many bytes are in."""
    return (offset // _CHUNK_BYTES * _CHUNK_BYTES, _CHUNK_BYTES) if _HAS_HOLES else (offset, n_bytes)


def _rounded_up(number: int, step: int) -> int:
    return -(-number // step) * step


def _new_file(folder: Path | None) -> int:
    """Descriptor of a new file, which goes with the last descriptor and the last mapping of it."""
    for place in (folder, None):
        try:
            if place is not None:
                place.mkdir(parents=True, exist_ok=True)
                _remove_left(place)
            with tempfile.TemporaryFile(prefix=_PREFIX, suffix=_SUFFIX, dir=place) as file:
                return os.dup(file.fileno())
        except OSError:
            if place is None:
                raise
    raise AssertionError("not reached")


def _remove_left(folder: Path) -> None:
    """Remove files that Windows may have kept of programs that were killed; one in use stays usable."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            path.unlink()
