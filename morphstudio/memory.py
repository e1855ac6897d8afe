"""How a process that computes keeps its memory, and gives it back."""

from __future__ import annotations

import contextlib
import ctypes
import re
import sys
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # names of malloc.h
_DONTNEED = 4  # of mman.h
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


def give_back_cuda_libraries() -> None:
    """Hand back what loading has read of CUDA's libraries: 128 MB, on a machine that cannot use them.

    Only of parts in which nothing was written: what is looked at after all is read from the file again.
    Elsewhere than on Linux nothing is done.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        for begin, end in _untouched_parts(Path("/proc/self/smaps").read_text()):
            libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _DONTNEED)


def _untouched_parts(smaps: str) -> list[tuple[int, int]]:
    """Addresses of read-only mappings of CUDA's libraries that hold nothing but what is in the file."""
    parts = []
    for entry in re.split(r"^VmFlags:.*\n", smaps, flags=re.MULTILINE):
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) r-[-x]p \S+ \S+ \S+ +(\S.*)", entry)
        if head is None or not re.search(r"nvidia|libtorch_cuda|libc10_cuda", head[3]):
            continue
        if re.search(r"^Anonymous: +0 kB$", entry, flags=re.MULTILINE):
            parts.append((int(head[1], 16), int(head[2], 16)))
    return parts
