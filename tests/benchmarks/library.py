"""How the browser answers while ten thousand sounds are found and listened to, and what that takes.

The real window, 1600x1000, with JACK's dummy sound card and a home of its own; the folder is added as a
place. From then on a hand types searches, sorts and scrolls, up to four times a second. `search_ms`,
`sort_ms` and `scroll_ms` are the 95th percentiles of the times from when the hand does something until it is
painted, what the window had to finish before included; the tables beside them say more,
`over_50_ms_in_stalls` how many of the slow ones were when the machine itself stood still. `files_per_s_core`
are files for each second that the listening processes were on a core, their start included; `files_per_s` by
the clock. `pss_mb` and `rss_mb` are the most that the window and all its processes took together (see
`memory`), `index_mb` is what the index takes on the disk. `rescan_s` is the second look through the unchanged
folder. Wanted: 50 ms, 5 s.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

from tests.benchmarks.library_files import write_files
from tests.benchmarks.memory import Meter, family, open_window
from tests.benchmarks.stalls import StallWatch, beside

BLOCK_FRAMES = 512
N_FILES, N_QUICK_FILES = 10_000, 600
HAND_S = 600.0
"""So long the hand goes on at most."""
MEMORY_EVERY_S = 5.0
CORE_EVERY_S = 0.5
SLOW_MS = 50.0
LIMIT_S = 7200.0
WORKER = "analysis_worker"


def run(options) -> dict:
    n_files = N_QUICK_FILES if options.quick else N_FILES
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sounds"
        write_files(folder, n_files, options.loops)
        with open_window(BLOCK_FRAMES) as desk:
            return figures(desk, folder, n_files)


def figures(desk, folder, n_files) -> dict:
    from morphstudio.ui.analysis_reader import AnalysisReader
    from morphstudio.ui.librarian import Librarian
    from tests.benchmarks.library_hand import WHATS, Hand

    browser, controller = desk.studio.window.browser, desk.studio.controller
    reader, librarian = controller.findChild(AnalysisReader), controller.findChild(Librarian)
    if reader is None or librarian is None:
        raise SystemExit("library: the window listens to no files")
    heard, n_told, errors, scanned = {}, [], [], []

    def take(files):
        n_told.append(len(files))
        heard.update((file.path, file.analysis) for file in files)

    # Plain functions: they are called in the threads that tell.
    reader.analysed.connect(take)
    reader.failed.connect(errors.append)
    librarian.place_scanned.connect(scanned.append)

    watch, meter, cores, hand = StallWatch(), Meter(MEMORY_EVERY_S), CoreMeter(), Hand(browser)
    began_s = time.monotonic()
    browser.add_place(str(folder))
    hand.start()
    desk.wait(lambda: scanned, LIMIT_S)
    scan_s = time.monotonic() - began_s
    is_heard = lambda: len(heard) >= n_files or errors  # noqa: E731
    desk.wait(lambda: is_heard() or time.monotonic() > began_s + HAND_S, LIMIT_S)
    desk.wait(lambda: hand.is_satisfied)
    hand.rest()
    desk.wait(lambda: hand.is_resting)
    desk.wait(is_heard, LIMIT_S)
    if errors:
        raise SystemExit(f"library: {errors[0]}")
    whole_s = time.monotonic() - began_s
    cores.stop()
    meter.sample()
    meter.stop()
    stalls = watch.stop() or []

    rescan_s = rescan(desk, browser, scanned, folder)
    desk.wait_s(1.0)
    index = reader.index_path
    peak = meter.peak()
    return {
        **{f"{what}_ms": p95(hand.times_ms(what)) for what in WHATS},
        "files_per_s_core": round(n_files / cores.seconds, 1),
        "rss_mb": round(peak.rss_mb),
        "index_mb": round(sum(f.stat().st_size for f in index.parent.glob(f"{index.name}*")) / 2**20, 1),
        "rescan_s": round(rescan_s, 2),
        **{what: table(hand.done[what], stalls) for what in WHATS},
        "files_per_s": round(n_files / whole_s, 1),
        "scan_s": round(scan_s, 1),
        "analysis_s": round(whole_s, 1),
        "pss_mb": round(peak.pss_mb),
        "memory": peak.table(),
        "n_files": n_files,
        "n_processes": len(cores.of_processes),
        "n_unreadable": sum(bool(analysis.error) for analysis in heard.values()),
        "n_heard_twice": sum(n_told) - len(heard),
        "platform": desk.app.platformName(),
    }


def rescan(desk, browser, scanned, folder) -> float:
    """Seconds that looking through the unchanged folder takes, until the window has heard of all."""
    scanned.clear()
    began_s = time.monotonic()
    browser.scan_requested.emit((str(folder),))
    desk.wait(lambda: scanned)
    desk.app.processEvents()
    return time.monotonic() - began_s


def p95(times_ms) -> float:
    return round(sorted(times_ms)[int(0.95 * len(times_ms))], 1)


def table(done, stalls) -> dict:
    times_ms = [ms for _, ms in done]
    slow_s = [at_s for at_s, ms in done if ms > SLOW_MS]
    return {
        "p50_ms": round(statistics.median(times_ms), 1),
        "p95_ms": p95(times_ms),
        "worst_ms": round(max(times_ms), 1),
        "over_50_ms": len(slow_s),
        "over_50_ms_in_stalls": sum(beside(at_s, stalls) for at_s in slow_s),
        "n": len(times_ms),
    }


class CoreMeter:
    """Seconds that the listening processes were on cores, looked at now and then."""

    def __init__(self) -> None:
        self.of_processes: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        return sum(self.of_processes.values())

    def _run(self) -> None:
        while not self._ended.wait(CORE_EVERY_S):
            for pid in family(os.getpid()):
                with contextlib.suppress(OSError, IndexError, ValueError):
                    if WORKER in Path(f"/proc/{pid}/cmdline").read_text():
                        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
                        self.of_processes[pid] = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()
