"""Clips on disk instead of in memory: what was kept is what is read, in this process and in others."""

import errno
import mmap
import os
import subprocess
import sys
import threading
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


def test_without_holes_the_file_is_as_large_as_what_is_in_it(store, monkeypatch):
    monkeypatch.setattr(clip_store, "_HAS_HOLES", False)
    clips = [noise(n, n_channels, seed=n) for n in (1, 700, 30_000) for n_channels in (1, 2)]
    kept = [store.keep(clip) for clip in clips]
    for clip, read in zip(clips, kept, strict=True):
        assert np.array_equal(clip.samples, read.samples)
        assert store.place(read).offset % mmap.ALLOCATIONGRANULARITY == 0
    n_bytes = sum(clip.samples.nbytes for clip in clips)
    assert n_bytes < os.fstat(store._fd).st_size < n_bytes + len(clips) * mmap.ALLOCATIONGRANULARITY


def test_a_slow_disk_holds_nobody_who_only_reads(store, monkeypatch):
    clip = noise(5000)
    kept = store.keep(clip)
    is_writing, may_write, write = threading.Event(), threading.Event(), os.write

    def slow(fd, content):
        is_writing.set()
        assert may_write.wait(20)
        return write(fd, content)

    monkeypatch.setattr(os, "write", slow)
    other = noise(5000, seed=1)
    writer = threading.Thread(target=store.keep, args=(other,))
    writer.start()
    looked = threading.Event()

    def look():
        store.clip(store.place(kept))
        store.relax()
        looked.set()

    reader = threading.Thread(target=look)
    try:
        assert is_writing.wait(20)
        reader.start()
        assert looked.wait(5)
    finally:
        may_write.set()
        writer.join()
        reader.join()
    assert np.array_equal(store.keep(other).samples, other.samples)


def test_threads_that_keep_at_once_write_each_sound_once_and_whole(store):
    clips = [noise(3000, seed=seed % 20) for seed in range(60)]
    kept = {}

    def keep(first):
        for number in range(first, len(clips), 6):
            kept[number] = store.keep(clips[number])

    threads = [threading.Thread(target=keep, args=(first,)) for first in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(kept[number].samples, clip.samples) for number, clip in enumerate(clips))
    assert store._end == 20 * clips[0].samples.nbytes


def test_what_a_killed_program_left_is_removed(tmp_path):
    (tmp_path / "morphstudio-a1b2.clips").write_bytes(b"left")
    (tmp_path / "other.clips").write_bytes(b"not ours")
    ClipStore(tmp_path).close()
    assert [path.name for path in tmp_path.iterdir()] == ["other.clips"]


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
