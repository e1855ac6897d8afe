"""Minutes of playing as hard as one can: dragging, pressing, importing 500 files, removing some, one tune.

The real window, which paints all the time, with JACK's dummy sound card. Gestures come from a thread of their
own. Files arrive in batches over the first four fifths, some are removed again; Tune is pressed once, in the
middle. The first half is played at 512 frames, the second at 256; xruns are those that the audio host counts.

Processes with nothing to do, and a priority above that of the sound, note when a core of the machine itself
stood still for 3 ms or more (`stalls`, and the longest). Where they could do so, `xruns_beside_stalls` is how
many of the xruns happened within 50 ms of such a time: no program on that machine could have been there.

`rss_mb` is the most memory that all processes together took at one time (window, render, audio host, tuning;
not the sound card), in MiB, as a sum of PSS: pages that several share, such as torch's libraries, count once.
That is what the machine really gives, and what the bound is held against; `rss_sum_mb` counts such pages once
in each process. `rss_growth` is by how much that PSS was more in the last half minute than in the one after
the first minute, as a share; `growth_mb` says in which process. Tuning has ended by then. Only on Linux.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.memory import Meter, demo_folder, open_window, write_loops
from tests.benchmarks.sound_card import check_plays_on, plays_on
from tests.benchmarks.stalls import StallWatch, beside

SETTLING_S = 1.0
LOOK_EVERY_S = 0.01


@dataclass(frozen=True)
class Plan:
    """How long, with how much."""

    seconds: float
    n_files: int
    n_batches: int
    tuning_s: float
    window_s: float
    """Samples are averaged over so much time."""


FULL = Plan(600.0, 500, 20, 75.0, 30.0)
QUICK = Plan(32.0, 40, 4, 8.0, 3.0)


def run(options) -> dict:
    return soak(QUICK if options.quick else FULL)


def soak(plan) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        paths = write_loops(Path(folder), plan.n_files)
        with open_window(512, [demo_folder()]) as desk:
            return _soak(plan, desk, paths)


def _soak(plan, desk, paths) -> dict:
    studio = desk.studio
    desk.wait(lambda: studio.controller.dots and set(desk.prepared) >= set(studio.controller.dots))
    desk.wait_s(SETTLING_S)
    xruns: dict[int, int] = {}
    messages: list[str] = []
    batches = [paths[first :: plan.n_batches] for first in range(plan.n_batches)]
    n_removed = 0
    meter = Meter(every_s=min(2.0, plan.window_s / 4))
    watch, log = StallWatch(), XrunLog(studio.player)
    n_before, began_s = studio.player.xruns, time.monotonic()

    def passed_s() -> float:
        return time.monotonic() - began_s

    def import_due() -> None:
        nonlocal n_removed
        n_due = int(passed_s() / (0.8 * plan.seconds) * plan.n_batches) + 1
        while batches and plan.n_batches - len(batches) < n_due:
            studio.window.paths_dropped.emit(batches.pop(0))
            if len(batches) % 4 == 1:
                some = list(studio.controller.dots)[10::40]
                studio.window.browser.gestures.sounds_removed.emit(tuple(some))
                n_removed += len(some)

    def until(share) -> None:
        while passed_s() < share * plan.seconds:
            import_due()
            desk.wait_s(0.2)

    with desk.gestures():
        until(0.45)
        studio.window.side_panel.model.tune_button.click()
        until(0.5)
        xruns[512] = studio.player.xruns - n_before
        check_plays_on(studio.player, desk.setup)
        _switch(desk, 256)
        switched_s, n_before = passed_s(), studio.player.xruns
        until(0.45 + plan.tuning_s / plan.seconds)
        was_tuned = _end_tuning(desk)
        until(1.0)
        xruns[256] = studio.player.xruns - n_before
        check_plays_on(studio.player, desk.setup)
        seconds = passed_s()
    meter.stop()
    stalls, happened_s = watch.stop(), log.stop()
    messages += [str(message) for message in studio.window.message_bar.messages]
    minutes_256 = (seconds - switched_s) / 60.0
    first_s = min(60.0, 0.25 * plan.seconds)
    early = [s for s in meter.samples if first_s <= s.at_s - began_s < first_s + plan.window_s]
    late = [s for s in meter.samples if s.at_s - began_s >= seconds - plan.window_s]
    growth = _mean_mb(late) / _mean_mb(early) - 1.0
    names = sorted(early[-1].of_processes.keys() & late[-1].of_processes.keys())
    return {
        "minutes": round(seconds / 60.0, 2),
        "xruns_512": xruns[512],
        "xruns_256_per_min": round(xruns[256] / minutes_256, 2),
        **_machine(stalls, happened_s, began_s, switched_s + began_s),
        "rss_mb": round(meter.peak().pss_mb),
        "rss_growth": round(growth, 3),
        "rss_sum_mb": round(max(sample.rss_mb for sample in meter.samples)),
        "early_mb": round(_mean_mb(early)),
        "late_mb": round(_mean_mb(late)),
        "growth_mb": {name: round(_mean_mb(late, name) - _mean_mb(early, name)) for name in names},
        "at_peak": meter.peak().table(),
        "at_end": meter.samples[-1].table(),
        "each_minute_mb": [round(sample.pss_mb) for sample in _each_minute(meter.samples, began_s)],
        "sounds": len(studio.controller.dots),
        "removed": n_removed,
        "presses": desk.presses,
        "moves": desk.moves,
        "tuned": was_tuned,
        "messages": messages,
        "platform": desk.app.platformName(),
    }


class XrunLog:
    """When xruns happened, as `time.monotonic` has it."""

    def __init__(self, player) -> None:
        self._player = player
        self._times_s: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> list[float]:
        self._ended.set()
        self._thread.join()
        return self._times_s

    def _run(self) -> None:
        n_known = self._player.xruns
        while not self._ended.wait(LOOK_EVERY_S):
            n = self._player.xruns
            self._times_s += [time.monotonic()] * (n - n_known)
            n_known = n


def _machine(stalls, happened_s, began_s, switched_s) -> dict:
    """What the machine was to blame for, while there were long blocks and short ones."""
    if stalls is None:
        return {"stalls": None, "longest_stall_ms": None, "xruns_beside_stalls": None, "other_xruns_s": None}
    found = {}
    for frames, is_in in ((512, lambda at_s: at_s < switched_s), (256, lambda at_s: at_s >= switched_s)):
        found[frames] = (
            [stall for stall in stalls if is_in(stall[0])],
            sum(is_in(at_s) and beside(at_s, stalls) for at_s in happened_s),
        )
    return {
        "stalls": {frames: len(those) for frames, (those, _) in found.items()},
        "longest_stall_ms": round(1000 * max((late_s for _, late_s in stalls), default=0.0), 1),
        "xruns_beside_stalls": {frames: n for frames, (_, n) in found.items()},
        "other_xruns_s": [round(at_s - began_s, 1) for at_s in happened_s if not beside(at_s, stalls)],
    }


def _switch(desk, block_frames) -> None:
    """Have the card work with blocks of another size, and choose that in the window."""
    subprocess.run(["jack_bufsize", str(block_frames)], check=True, stdout=subprocess.DEVNULL)
    desk.setup = replace(desk.setup, block_frames=block_frames)
    desk.studio.window.transport.device_button.devices.latency_chosen.emit(block_frames)
    desk.wait(lambda: plays_on(desk.studio.player, desk.setup), 60.0)
    desk.wait_s(SETTLING_S)


def _end_tuning(desk) -> bool:
    """Wait for the tuning's end, but not for long; returns whether it was running at all."""
    tuner, panel = desk.studio.tuner, desk.studio.window.side_panel.model
    if tuner.is_running:
        panel.stop_button.click()
        desk.wait(lambda: not tuner.is_running, 60.0)
    return not panel.stop_button.isVisible() and bool(panel.name.text())


def _each_minute(samples, began_s):
    taken = {int((sample.at_s - began_s) / 60.0): sample for sample in samples}
    return [taken[minute] for minute in sorted(taken)]


def _mean_mb(samples, name=None) -> float:
    return statistics.mean(
        s.pss_mb if name is None else s.of_processes.get(name, (0.0, 0.0))[0] for s in samples
    )
