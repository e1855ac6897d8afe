"""How a process that computes keeps its memory, and gives it back."""

from __future__ import annotations

import contextlib
import ctypes
import gc
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


def settle_objects() -> None:
    """Have Python's garbage collector never look again at the objects that are in use now.

    The eighty thousand of a window keep a full collection busy for 40 ms and more, and it comes at any
    time: two pictures of a drag are not painted. What becomes garbage later is found as ever.
    """
    gc.collect()
    gc.freeze()


def give_back_freed_memory() -> None:
    """Hand what was freed back to the system, also from between what is in use; takes some 10 ms.

    For moments in which nothing is waited for: in minutes, hundreds of megabytes of gaps come to lie among
    what is kept. Elsewhere than on Linux with glibc nothing is done.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def give_back_libraries() -> None:
    """Hand back what loading libraries took: of torch and CUDA 250 MB, on a machine without a GPU.

    Most are parts in which nothing was written: what is looked at after all is read from the file again, and
    of what registers thousands of operations, or of a compiler that has compiled, that is little. The rest
    are tables that cuBLASLt fills for multiplications on a GPU. Elsewhere than on Linux nothing is done.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL("libc.so.6")
        for begin, end in _idle_parts(Path("/proc/self/smaps").read_text()):
            libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _DONTNEED)


def _idle_parts(smaps: str) -> list[tuple[int, int]]:
    """Addresses of what nobody looks at without a GPU, or little once all is loaded.

    Read-only mappings of torch's, CUDA's and LLVM's libraries that hold nothing but what is in the file, and
    the memory behind cuBLASLt, which holds its tables.
    """
    parts, before = [], ("", "")
    for entry in re.split(r"^VmFlags:.*\n", smaps, flags=re.MULTILINE):
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)", entry)
        if head is None:
            continue
        begin, end, access, file = head.groups()
        is_idle = re.search(r"nvidia|libtorch|libc10|libllvmlite", file) is not None
        is_as_in_file = re.search(r"^Anonymous: +0 kB$", entry, flags=re.MULTILINE) is not None
        is_table = not file and before[0] == begin and "libcublasLt" in before[1]
        if is_table or (is_idle and is_as_in_file and "w" not in access):
            parts.append((int(begin, 16), int(end, 16)))
        before = (end, file)
    return parts
