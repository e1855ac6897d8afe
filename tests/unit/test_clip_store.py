"""Clips on disk instead of in memory: what was kept is what is read, in this process and in others."""

import errno
import mmap
import os
import subprocess
import sys
from dataclasses import astuple

import numpy as np
import pytest

from morphstudio.audio import clip_store
from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.errors import FileError

READ = """
import sys
from morphstudio.audio.clip_store import ClipPlace, ClipStore
handle, digest, offset, n_frames, n_channels = sys.argv[1:]
store = ClipStore(handle=handle)
clip = store.clip(ClipPlace(digest, int(offset), int(n_frames), int(n_channels), "a", None))
sys.stdout.buffer.write(clip.samples.tobytes())
"""


def noise(n_frames, n_channels=2, seed=0):
    samples = np.random.default_rng(seed).normal(0, 0.2, (n_frames, n_channels)).astype(np.float32)
    return AudioClip(samples, f"noise {seed}")


@pytest.fixture
def store(tmp_path):
    store = ClipStore(tmp_path / "not there yet")
    yield store
    store.close()


@pytest.mark.parametrize(("n_frames", "n_channels"), [(1, 1), (1000, 2), (100_001, 1)])
def test_what_is_read_is_what_was_kept(store, n_frames, n_channels):
    store.keep(noise(777, seed=9))
    clip = noise(n_frames, n_channels)
    kept = store.keep(clip)
    assert np.array_equal(kept.samples, clip.samples)
    assert kept.samples.shape == clip.samples.shape
    assert (kept.name, kept.digest) == (clip.name, clip.digest)
    assert not kept.samples.flags.writeable
    store.relax()
    assert np.array_equal(kept.samples, clip.samples)


def test_another_process_reads_it_too(store):
    clip = noise(50_000)
    digest, offset, n_frames, n_channels, *_ = astuple(store.place(clip))
    command = [sys.executable, "-c", READ, store.attach_argument, digest]
    command += [str(offset), str(n_frames), str(n_channels)]
    read = subprocess.run(command, capture_output=True, check=True, pass_fds=store.pass_fds).stdout
    assert read == clip.samples.tobytes()


def test_a_sound_is_written_once_whatever_its_name(store):
    clip = noise(10_000)
    first = store.place(store.keep(clip))
    again = store.keep(AudioClip(clip.samples.copy(), "another name"))
    assert again.name == "another name"
    assert store.place(again).offset == first.offset


def test_no_clip_lies_across_two_pieces_of_the_file(store, monkeypatch):
    size = 4 * mmap.ALLOCATIONGRANULARITY
    monkeypatch.setattr(clip_store, "_CHUNK_BYTES", size)
    clips = [noise(n, seed=n) for n in (700, 1200, 300, 2048, 1, 900, size // 8)]
    kept = [store.keep(clip) for clip in clips]
    for clip, read in zip(clips, kept, strict=True):
        assert np.array_equal(clip.samples, read.samples)
        place = store.place(read)
        assert place.offset // size == (place.offset + clip.samples.nbytes - 1) // size


def test_hundreds_of_clips_take_few_descriptors(store):
    clips = [store.keep(noise(100, seed=seed)) for seed in range(300)]
    if sys.platform == "linux":
        assert len(os.listdir("/proc/self/fd")) < 200  # noqa: PTH208
    assert len({clip.digest for clip in clips}) == 300


def test_clips_outlive_the_store(tmp_path):
    store = ClipStore(tmp_path)
    clip = noise(5000)
    kept = store.keep(clip)
    store.close()
    store.close()
    assert np.array_equal(kept.samples, clip.samples)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_one_sentence(store, monkeypatch):
    def full(_fd, _content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileError, match="no room on the disk for the sound of noise 0"):
        store.keep(noise(100))
    monkeypatch.undo()
    assert np.array_equal(store.keep(noise(100)).samples, noise(100).samples)
