"""What memory each process takes in each state of the window, and all of them together, in MiB.

The real window with JACK's dummy sound card, a home of its own. `pss_mb` counts a page that several processes
share once (each has its share of it): it is what the machine really gives, and what a bound on all processes
is held against. `rss_mb` counts torch's libraries, and loops that are mapped, once in each process. The
processes are the window's own and all that descend from it, without the sound card. `peak` is the most that
was seen in a state, `end` what was seen last. Only on Linux.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.benchmarks.sound_card import check_plays_on, plays_on, sound_card

N_LOOPS, N_QUICK_LOOPS = 500, 40
PLAYING_S, N_QUICK_PLAYING_S = 15.0, 4.0
SAMPLE_EVERY_S = 1.0
LIMIT_S = 600.0
NOT_OURS = ("sound card", "stalls")


def run(options) -> dict:
    n_loops = N_QUICK_LOOPS if options.quick else N_LOOPS
    playing_s = N_QUICK_PLAYING_S if options.quick else PLAYING_S
    states: dict[str, dict] = {}
    with tempfile.TemporaryDirectory() as folder, open_window(512) as desk:
        meter = Meter()

        @contextlib.contextmanager
        def state(name):
            meter.clear()
            yield
            meter.sample()
            states[name] = {"end": meter.samples[-1].table(), "peak": meter.peak().table()}

        with state("empty"):
            desk.wait_s(1.0)
        with state("demo_loops"):
            desk.add([demo_folder()])
        with state("demo_loops_playing"):
            desk.gesture_for(playing_s)
        with state("many_loops"):
            desk.add(write_loops(Path(folder), n_loops))
        with state("many_loops_playing"):
            desk.gesture_for(playing_s)
        with state("tuning"):
            desk.tune_for(2.0 * playing_s)
        with state("after_tuning"):
            desk.wait_s(3.0)
        meter.stop()
        check_plays_on(desk.studio.player, desk.setup)
    total = {name: entry["peak"]["total"] for name, entry in states.items()}
    return {
        "n_loops": n_loops,
        "pss_mb": max(entry["pss_mb"] for entry in total.values()),
        "rss_mb": max(entry["rss_mb"] for entry in total.values()),
        "states": states,
    }


class Sample:
    """Megabytes of each process at one time: name to (PSS, RSS)."""

    def __init__(self, at_s, of_processes) -> None:
        self.at_s, self.of_processes = at_s, of_processes

    @property
    def pss_mb(self) -> float:
        return sum(pss for pss, _ in self.of_processes.values())

    @property
    def rss_mb(self) -> float:
        return sum(rss for _, rss in self.of_processes.values())

    def table(self) -> dict:
        found = {**self.of_processes, "total": (self.pss_mb, self.rss_mb)}
        return {name: {"pss_mb": round(pss), "rss_mb": round(rss)} for name, (pss, rss) in found.items()}


class Meter:
    """Takes samples in a thread of its own."""

    def __init__(self, every_s=SAMPLE_EVERY_S) -> None:
        self.samples: list[Sample] = []
        self._every_s = every_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended.wait(self._every_s):
            self.sample()

    def sample(self) -> None:
        self.samples.append(Sample(time.monotonic(), sizes()))

    def clear(self) -> None:
        self.samples = []

    def peak(self) -> Sample:
        return max(self.samples, key=lambda sample: sample.pss_mb)

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()


def sizes() -> dict[str, tuple[float, float]]:
    """PSS and RSS in MB of this process and its descendants, by what they are."""
    found: dict[str, tuple[float, float]] = {}
    for pid, name in family(os.getpid()).items():
        with contextlib.suppress(OSError, ValueError):  # it may have just ended
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
            kb = {line.split(":")[0]: int(line.split()[1]) for line in lines}
            pss, rss = found.get(name, (0.0, 0.0))
            found[name] = (pss + kb["Pss"] / 1024, rss + kb["Rss"] / 1024)
    return found


def family(root) -> dict[int, str]:
    parents, commands = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            commands[int(folder.name)] = (folder / "cmdline").read_text()
    members = {root: "window"}
    is_growing = True
    while is_growing:
        new = {pid: kind(commands[pid]) for pid, parent in parents.items() if parent in members}
        new = {pid: name for pid, name in new.items() if pid not in members and name not in NOT_OURS}
        members |= new
        is_growing = bool(new)
    return members


def kind(command) -> str:
    names = {
        "jack": "sound card",
        "benchmarks.stalls": "stalls",
        "render_process": "render",
        "analysis_worker": "analysis",
        "audio.host": "host",
        "morphstudio\0train": "tuning",
    }
    return next((name for part, name in names.items() if part in command), "other")


class Desk:
    """The window and what is done with it."""

    def __init__(self, app, studio, setup) -> None:
        self.app, self.studio, self.setup = app, studio, setup
        self.prepared: list[str] = []
        self.presses = self.moves = 0
        studio.worker.sound_prepared.connect(self.prepared.append)
        self._random = random.Random(0)
        self._hands_off = threading.Event()

    def wait(self, until, limit_s=LIMIT_S) -> None:
        deadline_s = time.monotonic() + limit_s
        while not until():
            if time.monotonic() > deadline_s:
                raise SystemExit("the window does not get ready")
            self.app.processEvents()
            time.sleep(0.002)

    def wait_s(self, seconds) -> None:
        end_s = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end_s)

    def add(self, paths) -> None:
        """Drop files, and wait until all are ready to be played."""
        controller = self.studio.controller
        self.studio.window.paths_dropped.emit(list(paths))
        arrived = []
        controller.arrivals.batch_arrived.connect(arrived.append)
        self.wait(lambda: arrived and set(self.prepared) >= set(controller.dots))
        controller.arrivals.batch_arrived.disconnect(arrived.append)

    def gesture_for(self, seconds) -> None:
        with self.gestures():
            self.wait_s(seconds)

    @contextlib.contextmanager
    def gestures(self):
        """Have the pad dragged on and pressed at random, from a thread of its own."""
        self._hands_off.clear()
        thread = threading.Thread(target=self._play, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._hands_off.set()
            thread.join()

    def tune_for(self, seconds) -> None:
        """Press Tune, and Stop after a while; wait for the end."""
        tuner, panel = self.studio.tuner, self.studio.window.side_panel.model
        panel.tune_button.click()
        self.wait(lambda: tuner.process_id, 60.0)
        end_s = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end_s or not tuner.is_running)
        if tuner.is_running:
            panel.stop_button.click()
        self.wait(lambda: not tuner.is_running, 60.0)

    def _play(self) -> None:
        rng, pause = self._random, self._hands_off.wait
        while not self._hands_off.is_set():
            x, y = 0.1 + 0.8 * rng.random(), 0.1 + 0.8 * rng.random()
            self._send("Press", x, y)
            if rng.random() < 0.5:
                for _ in range(rng.randint(60, 240)):
                    x = min(0.95, max(0.05, x + rng.gauss(0.0, 0.02)))
                    y = min(0.95, max(0.05, y + rng.gauss(0.0, 0.02)))
                    self._send("Move", x, y)
                    if pause(1 / 60):
                        break
            else:
                pause(0.05)
            self._send("Release", x, y)
            pause(rng.choice([0.05, 0.1, 0.3, 1.5]))

    def _send(self, what, x, y) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        kinds = {
            "Press": QEvent.Type.MouseButtonPress,
            "Move": QEvent.Type.MouseMove,
            "Release": QEvent.Type.MouseButtonRelease,
        }
        self.presses += what == "Press"
        self.moves += what == "Move"
        pad, left, none = self.studio.pad, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        place = QPointF(x * pad.width(), y * pad.height())
        button, held = (none if what == "Move" else left), (none if what == "Release" else left)
        event = QMouseEvent(kinds[what], place, place, button, held, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.postEvent(pad, event)


@contextlib.contextmanager
def open_window(block_frames, paths=()):
    """The window on JACK's dummy card, with these loops; an empty folder where there are none."""
    if not Path("/proc/self/smaps_rollup").is_file():
        raise SystemExit("memory is measured on Linux only")
    with sound_card(block_frames) as setup:
        from PySide6.QtWidgets import QApplication

        from morphstudio.app import Studio
        from morphstudio.audio.player import Player
        from morphstudio.paths import user_dir

        app = QApplication.instance() or QApplication([])
        studio = Studio(app, Player())
        studio.window.resize(1600, 1000)
        desk = Desk(app, studio, setup)
        empty = user_dir() / "empty"
        empty.mkdir()
        studio.start(list(paths) or [empty])
        try:
            desk.wait(lambda: plays_on(studio.player, setup), 60.0)
            yield desk
        finally:
            studio.window.close()
            app.processEvents()


def demo_folder() -> Path:
    from morphstudio.paths import demo_loops_dir

    return demo_loops_dir()


def write_loops(folder, n_loops) -> list[Path]:
    """Loops of four seconds, all different, written by a process that leaves nothing in the window's."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.memory", str(folder), str(n_loops)], check=True)
    return sorted(folder.glob("*.wav"))


def write_mixes(folder, n_loops) -> None:
    """Each of the loops that ship with each other one beneath it."""
    import numpy as np
    import soundfile

    from morphstudio.audio.clip import RATE_HZ
    from morphstudio.audio.files import load_clip

    loops = [load_clip(path)[0].samples for path in sorted(demo_folder().glob("*.flac"))]
    pairs = [(a, b) for a in range(len(loops)) for b in range(len(loops)) if a != b]
    random.Random(0).shuffle(pairs)
    for number, (a, b) in enumerate(pairs[:n_loops]):
        mix = 0.6 * loops[a] + 0.35 * np.resize(loops[b], loops[a].shape)
        soundfile.write(folder / f"loop {number:03}.wav", mix, RATE_HZ, subtype="PCM_16")


if __name__ == "__main__":
    write_mixes(Path(sys.argv[1]), int(sys.argv[2]))
