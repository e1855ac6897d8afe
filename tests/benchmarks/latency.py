"""From a press or a move on the pad to the first changed frame that leaves the audio callback.

The real window, 1600x1000, the loops that ship (4 s, stereo), JACK's dummy sound card. Events come from a
thread of their own at their own times, whatever the window is doing, and count from then on; the end is the
stamp that the audio host puts on a deck when it first mixes a block of it. An event that a newer one overtook
counts until the deck that overtook it. Half of the events are presses at random places, which start anything
anew; half are moves of a drag in circles, 60 a second.

`p50_ms` and `p95_ms` are over all events; `press_...` and `drag_...` tell them apart. `final_ms` is the
median time from a press, after which nothing is touched, to the first block of its final.

What it took, on 2 cores, ms (the first three are quick runs of 240 events, drag and presses together):

| step | p50 | p95 | first region of a draft, median |
|---|---|---|---|
| rendering in a thread of the window, on two threads | 70 | 497 | 34 (21 with the window hidden, 14 alone) |
| in a process of its own, on two threads | 47 | 77 | 28 |
| the same, on one thread: no step waits for a core that paints | 30 | 65 | 20 |
| regions of 4096 frames, decoded by rows in bfloat16; new decks fade in at once | 13 | 22 | 7 |

`python -m tests.benchmarks draft` says what the last step is made of.
"""

from __future__ import annotations

import math
import random
import statistics
import threading
import time

from tests.benchmarks.sound_card import check_plays_on, plays_on, sound_card

BLOCK_FRAMES = 256
MOVES_PER_S = 60
PRESS_EVERY_S = 0.15
N_EVENTS, N_QUICK = 400, 120
N_FINALS, N_QUICK_FINALS = 30, 6
SETTLING_S = 5.0


def run(options) -> dict:
    with sound_card(BLOCK_FRAMES) as setup:
        return _measure(setup, options.quick)


def _measure(setup, is_quick) -> dict:
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from morphstudio.app import Studio
    from morphstudio.audio.player import Player

    app = QApplication([])
    player = Player()
    studio = Studio(app, player)
    studio.window.resize(1600, 1000)
    pad = studio.pad
    prepared, finals = [], {}
    request_of: dict[int, object] = {}
    generation_of: dict[int, int] = {}
    keep = []

    class Filter(QObject):
        """Knows which event the pad is handling."""

        index = -1

        def eventFilter(self, watched, event):
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove):
                self.index = event.timestamp()
            return False

    events = Filter()
    pad.installEventFilter(events)

    def on_picked(_point):
        request = studio.controller.last_request
        keep.append(request)
        request_of[events.index] = request

    pad.point_picked.connect(on_picked)
    studio.worker.sound_prepared.connect(prepared.append)
    studio.worker.draft_published.connect(lambda request, g: generation_of.__setitem__(id(request), g))
    studio.worker.render_finished.connect(lambda request, f: finals.__setitem__(id(request), f.generation))
    studio.start([])

    def wait(until, limit_s) -> bool:
        deadline_s = time.monotonic() + limit_s
        while not until() and time.monotonic() < deadline_s:
            app.processEvents()
            time.sleep(0.002)
        return bool(until())

    n_loops = len(list_loops())
    if not wait(lambda: len(prepared) >= n_loops and plays_on(player, setup), 120.0):
        raise SystemExit("latency: the loops or the sound card are not ready")
    wait(lambda: False, 1.0)

    heard_ns: dict[int, int] = {}
    looked: dict[str, int] = {}
    sent_ns: list[int] = []
    kinds: list[str] = []

    def send(kind, x, y, what="") -> int:
        place = QPointF(x * pad.width(), y * pad.height())
        is_up = kind == QEvent.Type.MouseButtonRelease
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if is_up else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, place, button, held, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(len(sent_ns))
        if what:
            kinds.append(what)
            sent_ns.append(time.monotonic_ns())
        QCoreApplication.postEvent(pad, event)
        return len(sent_ns) - 1

    def watch():
        """Read the stamps before they are overwritten."""
        newest = player.heard_generation
        for generation in range(looked.get("at", 0) + 1, newest + 1):
            if (at_ns := player.first_heard_ns(generation)) is not None:
                heard_ns[generation] = at_ns
        looked["at"] = newest

    def first_heard_ns(generation):
        """When a deck or, where a later part of the same loop came before the next block, that was mixed."""
        if generation is None:
            return None
        later = range(generation, player.heard_generation + 1)
        return next((heard_ns[g] for g in later if g in heard_ns), None)

    rng = random.Random(0)
    n_events = N_QUICK if is_quick else N_EVENTS
    last = {}

    def presses():
        for _ in range(n_events):
            x, y = 0.08 + 0.84 * rng.random(), 0.08 + 0.84 * rng.random()
            send(QEvent.Type.MouseButtonPress, x, y, "press")
            time.sleep(PRESS_EVERY_S / 2)
            send(QEvent.Type.MouseButtonRelease, x, y)
            time.sleep(PRESS_EVERY_S * (0.25 + 0.5 * rng.random()))

    def drag():
        began_s = next_s = time.monotonic()
        send(QEvent.Type.MouseButtonPress, 0.5, 0.5)
        for _ in range(n_events):
            elapsed_s = time.monotonic() - began_s
            angle, radius = elapsed_s * 1.7, 0.38 * abs(math.sin(elapsed_s * 0.5))
            x, y = 0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)
            send(QEvent.Type.MouseMove, x, y, "drag")
            next_s += 1.0 / MOVES_PER_S
            time.sleep(max(0.0, next_s - time.monotonic()))
        send(QEvent.Type.MouseButtonRelease, 0.5, 0.5)

    def one_press():
        x, y = 0.08 + 0.84 * rng.random(), 0.08 + 0.84 * rng.random()
        last["index"] = send(QEvent.Type.MouseButtonPress, x, y, "final")
        send(QEvent.Type.MouseButtonRelease, x, y)

    def carry_out(gestures):
        thread = threading.Thread(target=gestures)
        thread.start()
        while thread.is_alive():
            app.processEvents()
            watch()
            time.sleep(0.001)
        thread.join()

    carry_out(drag)  # warm
    wait(lambda: False, SETTLING_S if not is_quick else 1.0)
    sent_ns.clear()
    kinds.clear()
    request_of.clear()
    xruns = player.xruns
    began_s = time.monotonic()
    carry_out(presses)
    carry_out(drag)
    seconds = time.monotonic() - began_s
    xruns = player.xruns - xruns
    for _ in range(N_QUICK_FINALS if is_quick else N_FINALS):
        carry_out(one_press)
        wait(lambda: id(request_of.get(last["index"])) in finals, 10.0)
        wait(lambda: False, 0.05)
        watch()
    watch()
    check_plays_on(player, setup)
    studio.window.close()
    app.processEvents()

    latencies: dict[str, list[float]] = {"press": [], "drag": [], "final": []}
    generation = None
    for index in reversed(range(len(sent_ns))):
        request = request_of.get(index)
        if kinds[index] == "final":
            if (at_ns := first_heard_ns(finals.get(id(request)))) is not None:
                latencies["final"].append((at_ns - sent_ns[index]) / 1e6)
            continue
        if id(request) in generation_of:
            generation = generation_of[id(request)]  # or else that of a newer event overtook it
        if (at_ns := first_heard_ns(generation)) is not None:
            latencies[kinds[index]].append((at_ns - sent_ns[index]) / 1e6)
    both = sorted(latencies["press"] + latencies["drag"])
    figures = {"p50_ms": share(both, 0.5), "p95_ms": share(both, 0.95), "max_ms": share(both, 1.0)}
    figures["final_ms"] = round(statistics.median(latencies["final"]), 1)
    figures["final_max_ms"] = share(sorted(latencies["final"]), 1.0)
    for kind in ("press", "drag"):
        figures |= {f"{kind}_p50_ms": share(sorted(latencies[kind]), 0.5)}
        figures |= {f"{kind}_p95_ms": share(sorted(latencies[kind]), 0.95)}
    return figures | {
        "gestures": len(both),
        "drafts_heard": len(heard_ns),
        "seconds": round(seconds, 1),
        "xruns": xruns,
        "block_frames": BLOCK_FRAMES,
        "platform": app.platformName(),
    }


def share(values, part) -> float:
    return round(values[min(len(values) - 1, int(part * len(values)))], 1)


def list_loops():
    from morphstudio.paths import demo_loops_dir

    return list(demo_loops_dir().glob("*.flac"))
