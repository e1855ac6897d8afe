"""Dragging on the pad of the real window, 60 moves a second, through JACK's dummy sound card.

Each latency runs from the mouse event to the moment at which the callback mixed the first block of a
deck that knows of that move. Moves that a newer one overtook count with the deck that overtook them.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import time

MOVES_PER_S = 60
BLOCK_FRAMES = 512
SETTLING_S = 3.0


def run(options) -> dict:
    if shutil.which("jackd") is None:
        raise SystemExit("drag: install jackd2 first")
    name = f"morphstudio-drag-{os.getpid()}"
    os.environ |= {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    driver = ["-d", "dummy", "-r", "44100", "-p", str(BLOCK_FRAMES), "-C", "2", "-P", "2"]
    server = subprocess.Popen(
        ["jackd", "--name", name, "--no-realtime", *driver],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(1.0)
        return _measure(options.seconds)
    finally:
        server.terminate()
        server.wait()


def _measure(seconds: float) -> dict:
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    from morphstudio.app import Studio
    from morphstudio.audio.devices import AudioSetup, DeviceId
    from morphstudio.audio.player import Player

    app = QApplication([])
    player = Player(BLOCK_FRAMES)
    studio = Studio(app, player)
    studio.window.resize(1600, 1000)
    prepared: list[str] = []
    published: list[tuple[object, int]] = []
    finals: list[float] = []
    studio.worker.sound_prepared.connect(prepared.append)
    studio.worker.draft_published.connect(lambda request, generation: published.append((request, generation)))
    studio.worker.render_finished.connect(lambda _, result: finals.append(result.render_ms))
    studio.start([])

    def wait(until, limit_s: float) -> None:
        deadline_s = time.monotonic() + limit_s
        while not until() and time.monotonic() < deadline_s:
            app.processEvents()
            time.sleep(0.002)

    wait(lambda: len(prepared) >= 16 and player.status.is_open, 60.0)
    # The default may be ALSA's way to JACK; this is JACK itself.
    player.open(AudioSetup(DeviceId("JACK Audio Connection Kit", "system")))
    wait(lambda: False, 1.0)

    def send(kind, x: float, y: float) -> None:
        place = QPointF(x * studio.pad.width(), y * studio.pad.height())
        pressed = (
            Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        )
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        app.sendEvent(
            studio.pad,
            QMouseEvent(
                kind,
                place,
                studio.pad.mapToGlobal(place),
                button,
                pressed,
                Qt.KeyboardModifier.NoModifier,
            ),
        )

    moves: list[tuple[int, object]] = []
    heard: dict[int, int] = {}
    n_looked = 0
    first_xruns = 0
    began_s = time.monotonic()
    next_s = began_s
    is_measuring = False
    send(QEvent.Type.MouseButtonPress, 0.5, 0.5)
    while (elapsed_s := time.monotonic() - began_s) < seconds + SETTLING_S:
        if not is_measuring and elapsed_s > SETTLING_S:
            is_measuring, first_xruns = True, player.xruns
        angle = elapsed_s * 1.7
        radius = 0.38 * abs(math.sin(elapsed_s * 0.23))
        moved_ns = time.monotonic_ns()
        send(QEvent.Type.MouseMove, 0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle))
        if is_measuring:
            moves.append((moved_ns, studio.controller.last_request))
        next_s += 1.0 / MOVES_PER_S
        while time.monotonic() < next_s:
            app.processEvents()
            time.sleep(0.0005)
        recent = published[max(0, n_looked - 100) :]
        n_looked = len(published)
        for _, generation in recent:
            if generation not in heard and (at_ns := player.first_heard_ns(generation)) is not None:
                heard[generation] = at_ns
    xruns = player.xruns - first_xruns
    send(QEvent.Type.MouseButtonRelease, 0.5, 0.5)
    wait(lambda: bool(finals), 10.0)
    studio.window.close()
    app.processEvents()

    generation_of = {id(request): generation for request, generation in published}
    latencies_ms: list[float] = []
    heard_at: int | None = None
    for moved_ns, request in reversed(moves):
        at_ns = heard.get(generation_of.get(id(request), -1))
        if at_ns is not None:
            heard_at = at_ns
        if heard_at is not None:
            latencies_ms.append((heard_at - moved_ns) / 1e6)
    latencies_ms.sort()
    return {
        "seconds": seconds,
        "moves": len(moves),
        "drafts": len(published),
        "p50_ms": round(statistics.median(latencies_ms), 1),
        "p95_ms": round(latencies_ms[int(0.95 * len(latencies_ms))], 1),
        "max_ms": round(latencies_ms[-1], 1),
        "final_ms": round(statistics.median(finals), 1) if finals else None,
        "xruns_512": xruns,
        "moves_per_s": round(len(moves) / seconds, 1),
    }
