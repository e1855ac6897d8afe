"""Kills processes that edit and looks at what they left; for tests and `python -m tests.benchmarks kills`."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import soundfile as sf

from morphstudio.journal import recoverable
from morphstudio.session_file import open_session
from tests.conftest import REPOSITORY
from tests.unit.editing_hand import N_LOOPS, digest_of
from tests.unit.editing_process import MODEL_BYTES, N_LOOP_FRAMES

STARTS_WITHIN_S = 60.0


@dataclass(frozen=True)
class Outcome:
    """What one kill left: edits that were made, the one that came back, how old what was lost is.

    `n_paths` and `has_time` are what came back of paths and of the tempo.
    """

    n_edits: int
    recovered: int
    due: int
    lost_s: float
    n_files: int
    n_paths: int
    has_time: bool


def kill_some(folder, n_kills, seed=0, *, shortest_s=0.3, longest_s=4.0, at_once=4):
    """Start editors, kill each at a moment of its own, and look at what they left."""
    chance = random.Random(seed)
    outcomes = []
    for first in range(0, n_kills, at_once):
        numbers = range(first, min(first + at_once, n_kills))
        outcomes += _kill_batch(folder, [(n, chance.uniform(shortest_s, longest_s)) for n in numbers], seed)
    return outcomes


def _kill_batch(folder, plans, seed):
    running = []
    for number, life_s in plans:
        place = folder / str(number)
        place.mkdir(parents=True)
        command = [sys.executable, "-m", "tests.unit.editing_process", str(place), str(seed + number)]
        # A window that was killed has no say in what its parent sees.
        process = subprocess.Popen(command, cwd=REPOSITORY, start_new_session=True)
        running.append((place, process, life_s))
    outcomes = []
    try:
        ends = [(_started_s(place, process) + life_s, place, process) for place, process, life_s in running]
        for end_s, place, process in sorted(ends, key=lambda entry: entry[0]):
            time.sleep(max(0.0, end_s - time.monotonic()))
            killed_s = time.monotonic()
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            outcomes.append(look_at(place, killed_s))
    finally:
        for _, process, _ in running:
            if process.poll() is None:
                process.kill()
                process.wait()
    return outcomes


def _started_s(place, process):
    deadline_s = time.monotonic() + STARTS_WITHIN_S
    log = place / "log"
    while not (log.is_file() and log.stat().st_size):
        assert process.poll() is None, "the editor ended by itself"
        assert time.monotonic() < deadline_s, "the editor does not start"
        time.sleep(0.005)
    return float(log.read_text().splitlines()[0].split()[1])


def look_at(place, killed_s):
    """Check that no file is half-written, and that what came back is what was edited, all of it."""
    edits, numbers = {}, {}
    for line in (place / "log").read_text().splitlines():
        number, made_s, digest = line.split(" ")
        edits[int(number)], numbers[digest] = float(made_s), int(number)
    due = max((number for number, made_s in edits.items() if made_s <= killed_s - 2.0), default=0)
    states = recoverable(place / "journals")
    assert len(states) <= 1
    recovered, n_paths, has_time = 0, 0, False
    if states:
        document = states[0].opened.document
        recovered = numbers[digest_of(document)]
        n_paths, has_time = len(document.paths), document.time is not None
        if document.model is not None:
            _check_file(document.model.path, place, numbers)
    files = [path for path in sorted((place / "out").iterdir()) if not path.name.startswith(".")]
    for path in files:
        _check_file(path, place, numbers)
    lost_s = killed_s - edits.get(recovered + 1, killed_s)
    return Outcome(len(edits), recovered, due, lost_s, len(files), n_paths, has_time)


def _check_file(path, place, numbers):
    """Read it to its end; a session is one of those that were saved."""
    if path.suffix == ".morph":
        opened = open_session(path, place / "opened")
        assert len(opened.document.dots) == N_LOOPS
        assert digest_of(opened.document) in numbers
        assert not opened.missing
    elif path.suffix == ".safetensors":
        assert path.read_bytes() == (place / "model.safetensors").read_bytes()
        assert path.stat().st_size > MODEL_BYTES
    else:
        n_repeats = int(path.stem.partition("-")[2])
        samples, _ = sf.read(path, always_2d=True)
        assert samples.shape == (N_LOOP_FRAMES * n_repeats, 2)
        assert samples[-1].any()
