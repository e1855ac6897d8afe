"""How a process that computes keeps its memory, and gives it back."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # names of malloc.h
_LARGEST = 32 * 2**20
_EVERYTHING = 2**31 - 1


def keep_freed_memory() -> None:
    """Let glibc keep what tensors free for the next ones, instead of handing it back to the system at once.

    A training step allocates and frees the same hundreds of megabytes each time; taking them from the system
    anew, page by page, is a tenth of the step. Threads share one pool, or each would keep what it once
    freed. Elsewhere than on Linux with glibc nothing is done.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_MMAP_THRESHOLD, _LARGEST)
        libc.mallopt(_TRIM_THRESHOLD, _EVERYTHING)
        libc.mallopt(_ARENA_MAX, 1)


def give_back_freed_memory() -> None:
    """Hand what was freed back to the system, also from between what is in use; takes some 10 ms.

    For moments in which nothing is waited for: in minutes, hundreds of megabytes of gaps come to lie among
    what is kept. Elsewhere than on Linux with glibc nothing is done.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
