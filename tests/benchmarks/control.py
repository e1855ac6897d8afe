"""From a message of a controller to the request that it leads to, and to the first changed frame played.

The real window, 1600x1000, the loops that ship, JACK's dummy sound card. Messages come from a thread of their
own at random times, each to another place: OSC as datagrams over loopback, MIDI through a virtual port of the
same JACK server, which carries it with its next block (256 frames, 5.8 ms). `..._request_...` ends when the
render process has been asked, `..._sound_...` when the audio host first mixes a block of what was rendered.
"""

from __future__ import annotations

import os
import random
import socket
import threading
import time

from tests.benchmarks.latency import list_loops, share
from tests.benchmarks.sound_card import check_plays_on, plays_on, sound_card

BLOCK_FRAMES = 256
N_MESSAGES, N_QUICK = 300, 80
LEAST_GAP_S, MOST_GAP_S = 0.06, 0.16


def run(options) -> dict:
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    with sound_card(BLOCK_FRAMES) as setup:
        return _measure(setup, options.quick)


def _measure(setup, is_quick) -> dict:
    import rtmidi
    from PySide6.QtWidgets import QApplication
    from pythonosc.osc_message_builder import build_msg

    from morphstudio.app import Studio
    from morphstudio.audio.player import Player
    from morphstudio.settings import MidiSettings, OscSettings
    from morphstudio.ui.control_keeper import ControlKeeper

    app = QApplication([])
    player = Player()
    studio = Studio(app, player)
    studio.window.resize(1600, 1000)
    pad, prepared = studio.pad, []
    sent_ns: list[int] = []
    submitted_ns: dict[int, int] = {}
    request_of: dict[int, object] = {}
    generation_of: dict[int, int] = {}
    heard_ns: dict[int, int] = {}
    looked: dict[str, int] = {}
    keep = []

    def on_picked(_point):
        """Note the newest message; one that it overtook counts until this."""
        if sent_ns:
            index, request = len(sent_ns) - 1, studio.controller.last_request
            keep.append(request)
            submitted_ns.setdefault(index, time.monotonic_ns())
            request_of[index] = request

    pad.point_picked.connect(on_picked)
    studio.worker.sound_prepared.connect(prepared.append)
    studio.worker.draft_published.connect(lambda request, g: generation_of.__setitem__(id(request), g))
    studio.start([])

    def wait(until, limit_s) -> bool:
        deadline_s = time.monotonic() + limit_s
        while not until() and time.monotonic() < deadline_s:
            app.processEvents()
            time.sleep(0.002)
        return bool(until())

    n_loops = len(list_loops())
    if not wait(lambda: len(prepared) >= n_loops and plays_on(player, setup), 120.0):
        raise SystemExit("control: the loops or the sound card are not ready")
    knobs = rtmidi.MidiOut(rtapi=rtmidi.API_UNIX_JACK, name="knobs")
    knobs.open_virtual_port("out")
    keeper = ControlKeeper(studio.window)
    keeper.point_moved.connect(pad._on_picked)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    keeper.apply(MidiSettings(True, x="cc 1 16"), OscSettings(True, port))
    if "knobs:out" not in keeper.status.midi_opened:
        raise SystemExit("control: there is no virtual MIDI port")
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    rng = random.Random(0)

    def send_osc(_number):
        place = [0.08 + 0.84 * rng.random(), 0.08 + 0.84 * rng.random()]
        sender.sendto(build_msg("/morph/xy", place).dgram, ("127.0.0.1", port))

    def send_midi(number):
        knobs.send_message([0xB0, 16, 10 + number * 37 % 108])

    def watch():
        """Read the stamps before they are overwritten."""
        newest = player.heard_generation
        for generation in range(looked.get("at", 0) + 1, newest + 1):
            if (at_ns := player.first_heard_ns(generation)) is not None:
                heard_ns[generation] = at_ns
        looked["at"] = newest

    def send_all(send, n_messages):
        for number in range(n_messages):
            sent_ns.append(time.monotonic_ns())
            send(number)
            time.sleep(rng.uniform(LEAST_GAP_S, MOST_GAP_S))

    def measured(send, n_messages, name) -> dict:
        for table in (sent_ns, submitted_ns, request_of, generation_of):
            table.clear()
        thread = threading.Thread(target=send_all, args=(send, n_messages))
        thread.start()
        while thread.is_alive():
            app.processEvents()
            watch()
            time.sleep(0.0005)
        thread.join()
        wait(lambda: False, 0.3)
        watch()
        requests_ms, sounds_ms = [], []
        for index, at_ns in enumerate(sent_ns):
            submitted = next((submitted_ns[i] for i in range(index, len(sent_ns)) if i in submitted_ns), None)
            if submitted is not None:
                requests_ms.append((submitted - at_ns) / 1e6)
            generation = generation_of.get(id(request_of.get(index)))
            heard = [heard_ns[g] for g in range(generation or 0, looked["at"] + 1) if g in heard_ns]
            if generation is not None and heard:
                sounds_ms.append((heard[0] - at_ns) / 1e6)
        requests_ms.sort()
        sounds_ms.sort()
        return {
            f"{name}_messages": len(requests_ms),
            f"{name}_request_p50_ms": share(requests_ms, 0.5),
            f"{name}_request_p95_ms": share(requests_ms, 0.95),
            f"{name}_request_max_ms": share(requests_ms, 1.0),
            f"{name}_sound_p50_ms": share(sounds_ms, 0.5),
            f"{name}_sound_p95_ms": share(sounds_ms, 0.95),
            f"{name}_heard": len(sounds_ms),
        }

    n_messages = N_QUICK if is_quick else N_MESSAGES
    measured(send_osc, 20, "warm")
    xruns = player.xruns
    figures = measured(send_osc, n_messages, "osc") | measured(send_midi, n_messages, "midi")
    figures["xruns"] = player.xruns - xruns
    check_plays_on(player, setup)
    keeper.stop()
    sender.close()
    knobs.close_port()
    knobs.delete()
    studio.window.close()
    app.processEvents()
    return figures | {"block_frames": BLOCK_FRAMES, "platform": app.platformName()}
