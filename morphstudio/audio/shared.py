"""A block of memory that two processes see. It has no name that could outlive them both.

`multiprocessing.shared_memory` is not used: before Python 3.13 a process that merely attaches also
destroys the memory when it ends, and a killed program leaves its blocks behind.
"""

from __future__ import annotations

import mmap
import os
import sys

_LABEL = "morphstudio"


class SharedBlock:
    """Zeroed memory that a child process can attach to; freed when the last view of it is gone.

    Parameters
    ----------
    n_bytes : int
    handle : str
        What `attach_argument` of the creating side said; empty creates a new block.
    """

    def __init__(self, n_bytes: int, handle: str = "") -> None:
        self.n_bytes = n_bytes
        self._fd = -1
        if sys.platform == "win32":
            self.attach_argument = handle or f"{_LABEL}-{os.urandom(8).hex()}"
            self.buffer = mmap.mmap(-1, n_bytes, tagname=self.attach_argument)
        else:
            self._fd = int(handle) if handle else _anonymous_file(n_bytes)
            self.attach_argument = str(self._fd)
            self.buffer = mmap.mmap(self._fd, n_bytes)

    @property
    def pass_fds(self) -> tuple[int, ...]:
        """For `subprocess.Popen`: what the child must inherit."""
        return () if self._fd < 0 else (self._fd,)

    def close(self) -> None:
        """Let no further process attach; the memory itself goes with the last array that views it."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _anonymous_file(n_bytes: int) -> int:
    if sys.platform == "linux":
        # Unlike /dev/shm, which a container often limits to 64 MB, bounded by the memory alone.
        fd = os.memfd_create(_LABEL, os.MFD_CLOEXEC)
    else:
        import tempfile  # slow to load, and only for those who make the memory

        with tempfile.TemporaryFile(prefix=_LABEL) as file:
            fd = os.dup(file.fileno())
    os.ftruncate(fd, n_bytes)
    return fd
