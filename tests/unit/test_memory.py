"""Freed memory: kept for the next step, given back when told to."""

import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from morphstudio.memory import settle_objects

CODE = """
import ctypes, os
from morphstudio.memory import give_back_freed_memory, keep_freed_memory
def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
keep_freed_memory()
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
taken = []
for _ in range(64):
    taken += [libc.malloc(2**20), libc.malloc(100)]  # the small ones stay, and lie between
    ctypes.memset(taken[-2], 1, 2**20)
full_mb = resident_mb()
for address in taken[::2]:
    libc.free(address)
kept_mb = resident_mb()
give_back_freed_memory()
print(full_mb - kept_mb, kept_mb - resident_mb())
"""


@pytest.mark.skipif(not Path("/lib/x86_64-linux-gnu/libc.so.6").exists(), reason="only with glibc")
def test_freed_memory_is_kept_until_it_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=30
    )
    fell_mb, fell_later_mb = map(float, done.stdout.split())
    assert fell_mb < 8.0
    assert fell_later_mb > 48.0


UNUSED = """
import os
import torch
from morphstudio.memory import give_back_libraries
def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
before_mb = resident_mb()
give_back_libraries()
print(before_mb - resident_mb())
x = torch.randn(2, 8, 400)
assert torch.isfinite(torch.nn.functional.conv1d(x, torch.randn(8, 8, 3))).all()
assert torch.allclose(torch.fft.irfft(torch.fft.rfft(x)), x, atol=1e-5)
assert torch.cuda.is_available() in (True, False)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="CUDA's libraries come along on Linux only")
def test_what_cuda_is_not_used_for_can_be_given_back_and_all_goes_on():
    done = subprocess.run(
        [sys.executable, "-c", UNUSED], capture_output=True, text=True, check=True, timeout=60
    )
    assert float(done.stdout) > 30.0


def test_what_is_settled_is_looked_at_no_more_and_later_garbage_is_found():
    class Node:
        pass

    try:
        n_before = gc.get_freeze_count()
        settle_objects()
        assert gc.get_freeze_count() > n_before
        assert not gc.get_objects(generation=2)
        node = Node()
        node.itself, found = node, weakref.ref(node)
        del node
        gc.collect()
        assert found() is None
    finally:
        gc.unfreeze()
