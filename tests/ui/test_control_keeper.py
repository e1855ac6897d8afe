"""Controllers and the window: datagrams and MIDI ports, all real, move the real pad; nothing breaks it."""

from __future__ import annotations

import random
import socket
import statistics
import time
from itertools import pairwise

import pytest
from pythonosc.osc_message_builder import build_msg

from morphstudio.control.osc_packets import events_of
from morphstudio.library.sounds import Family
from morphstudio.morph.request import PadPoint
from morphstudio.settings import MidiSettings, OscSettings
from morphstudio.ui.control_keeper import SOFTEST_DB, ControlKeeper, level_of
from morphstudio.ui.pad import LatentPad, PadDot
from tests.unit.test_midi import Keyboard

DOTS = [
    PadDot("id 1", "Kick", Family.DRUMS, PadPoint(0.1, 0.2)),
    PadDot("id 2", "Bässe", Family.BASS, PadPoint(0.8, 0.4)),
]
MIDI = MidiSettings(True, x="cc 1 16", y="cc 1 17", detail="cc 1 18", play="note 10 40", follows_clock=True)


class Wires:
    """A pad, a keeper that moves it, and what came of it."""

    def __init__(self, pad, keeper):
        self.pad, self.keeper = pad, keeper
        self.points, self.details, self.plays, self.tempi = [], [], [], []
        self.sounds, self.levels, self.errors, self.learnt = [], [], [], []
        self.at_s = []
        keeper.point_moved.connect(pad._on_picked)
        pad.point_picked.connect(self._on_picked)
        pad.point_picked.connect(keeper.follow)
        keeper.detail_changed.connect(self.details.append)
        keeper.play_requested.connect(lambda wants_play, anew: self.plays.append((wants_play, anew)))
        keeper.tempo_heard.connect(self.tempi.append)
        keeper.sound_triggered.connect(self.sounds.append)
        keeper.level_changed.connect(self.levels.append)
        keeper.failed.connect(self.errors.append)
        keeper.learnt.connect(lambda *what: self.learnt.append(what))
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def _on_picked(self, point):
        self.at_s.append(time.monotonic())
        self.points.append(point)

    def osc(self, address, *values):
        self.send(build_msg(address, list(values)).dgram)

    def send(self, datagram):
        self.socket.sendto(datagram, ("127.0.0.1", self.keeper.status.osc_port))


@pytest.fixture
def wires(qtbot, theme):
    pad = LatentPad(theme)
    qtbot.addWidget(pad)
    pad.resize(800, 600)
    pad.set_dots(DOTS)
    pad.show()
    qtbot.waitExposed(pad)
    keeper = ControlKeeper(pad)
    keeper.set_dots(DOTS)
    wires = Wires(pad, keeper)
    yield wires
    keeper.stop()
    wires.socket.close()


@pytest.fixture
def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def osc(wires, free_port):
    wires.keeper.apply(MidiSettings(), OscSettings(True, free_port))
    assert wires.keeper.status.osc_port == free_port
    return wires


def test_nothing_is_listened_to_until_it_is_chosen_nor_after(qtbot, wires, free_port):
    assert wires.keeper.status.osc_port == 0
    assert wires.keeper.status.midi_opened == ()
    wires.keeper.apply(MidiSettings(), OscSettings(True, free_port))
    wires.keeper.apply(MidiSettings(), OscSettings(False, free_port))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
        again.bind(("127.0.0.1", free_port))


def test_messages_move_the_pad_in_well_under_20_ms(qtbot, osc):
    latencies_ms = []
    rng = random.Random(0)
    for number in range(60):
        x, y = rng.random(), rng.random()
        sent_s = time.monotonic()
        osc.osc("/morph/xy", x, y)
        qtbot.waitUntil(lambda n=number: len(osc.points) > n)
        latencies_ms.append(1000 * (osc.at_s[-1] - sent_s))
        assert osc.points[-1].x == pytest.approx(x, abs=1e-6)
        assert osc.points[-1].y == pytest.approx(y, abs=1e-6)
        qtbot.wait(rng.randrange(10))
    print(f"median {statistics.median(latencies_ms):.2f} ms, longest {max(latencies_ms):.2f} ms")
    assert statistics.median(latencies_ms) < 20.0


def test_one_axis_leaves_the_other_where_hand_or_message_put_it(qtbot, osc):
    osc.pad._on_picked(PadPoint(0.3, 0.9))  # a hand
    osc.osc("/morph/x", 0.5)
    qtbot.waitUntil(lambda: len(osc.points) == 2)
    assert osc.points[-1] == PadPoint(0.5, 0.9)
    osc.osc("/morph/y", 0.25)
    qtbot.waitUntil(lambda: len(osc.points) == 3)
    assert osc.points[-1] == PadPoint(0.5, 0.25)


def test_a_flood_of_moves_is_conflated_and_ends_where_the_last_one_was(qtbot, osc):
    for number in range(2001):
        osc.osc("/morph/x", number / 2000)
    qtbot.waitUntil(lambda: bool(osc.points) and osc.points[-1].x == 1.0)
    assert len(osc.points) < 500
    gaps_s = [b - a for a, b in pairwise(osc.at_s)]
    assert not gaps_s or statistics.median(gaps_s) > 0.003


def test_what_else_is_asked_for(qtbot, osc):
    osc.osc("/morph/detail", 0.25)
    osc.osc("/morph/tempo", 128.0)
    osc.osc("/morph/play", 1)
    qtbot.waitUntil(lambda: bool(osc.plays and osc.details and osc.tempi))
    assert (osc.details, osc.tempi, osc.plays) == ([0.25], [128.0], [(True, False)])
    osc.keeper.set_playing(True)
    osc.osc("/morph/play", 1)  # it does already
    osc.osc("/morph/play")
    qtbot.waitUntil(lambda: len(osc.plays) > 1)
    assert osc.plays[1:] == [(False, False)]


def test_dots_are_triggered_by_number_or_name_as_loud_as_they_are_hit(qtbot, osc):
    osc.osc("/morph/dot", 2, 0.5)
    qtbot.waitUntil(lambda: osc.sounds == ["id 2"])
    assert osc.levels == [pytest.approx(-12.04, abs=0.01)]
    osc.osc("/morph/dot", "BASS")
    osc.osc("/morph/dot", 3)
    osc.osc("/morph/dot", "kick")
    qtbot.waitUntil(lambda: osc.sounds == ["id 2", "id 1"])
    assert osc.levels[1:] == [0.0]
    osc.osc("/morph/dot", "BÄSSE", 0.5)
    qtbot.waitUntil(lambda: len(osc.sounds) == 3)
    osc.osc("/morph/x", 0.5)  # a controller goes on as loud as the key was
    qtbot.waitUntil(lambda: bool(osc.points))
    assert osc.points == [PadPoint(0.5, DOTS[1].point.y)]
    assert osc.levels[-1] < -10
    osc.pad._on_picked(PadPoint(0.5, 0.5))  # a hand does not
    assert osc.levels[-1] == 0.0


def test_levels_grow_with_velocity_and_the_softest_is_heard():
    levels = [level_of(velocity / 127) for velocity in range(128)]
    assert levels == sorted(levels)
    assert (levels[0], levels[127]) == (SOFTEST_DB, 0.0)


def test_replies_tell_where_things_are_but_nothing_back_to_who_moved_it(qtbot, wires, free_port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(10)
        place = f"127.0.0.1:{receiver.getsockname()[1]}"
        wires.keeper.apply(MidiSettings(), OscSettings(True, free_port, reply=place))
        wires.pad._on_picked(PadPoint(0.25, 0.75))
        assert receiver.recv(1000) == build_msg("/morph/xy", [0.25, 0.75]).dgram
        wires.keeper.set_playing(True)
        wires.keeper.set_tempo(96.0)
        assert receiver.recv(1000) == build_msg("/morph/play", [1]).dgram
        assert receiver.recv(1000) == build_msg("/morph/tempo", [96.0]).dgram
        wires.osc("/morph/xy", 0.5, 0.5)
        wires.osc("/morph/dot", 1)
        qtbot.waitUntil(lambda: wires.sounds == ["id 1"])
        (event,) = events_of(receiver.recv(1000))
        assert (event.x, event.y) == pytest.approx((0.1, 0.2))


def test_no_other_machine_is_told_anything_unless_it_is_allowed(wires, free_port, monkeypatch):
    wires.keeper.apply(MidiSettings(), OscSettings(True, free_port, reply="192.0.2.1:9001"))
    assert wires.keeper._sender is None
    wires.keeper.apply(MidiSettings(), OscSettings(True, free_port, True, "192.0.2.1:9001"))
    assert wires.keeper._sender is not None


def test_a_port_that_is_taken_is_said_once_and_then_another_works(wires, free_port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", free_port))
        for _ in range(2):
            wires.keeper.apply(MidiSettings(), OscSettings(True, free_port))
        assert len(wires.errors) == 1
        assert str(free_port) in wires.keeper.status.osc_problem
    wires.keeper.apply(MidiSettings(), OscSettings(True, free_port))
    assert wires.keeper.status.osc_problem == ""
    assert wires.keeper.status.osc_port == free_port


def test_ten_thousand_random_datagrams_leave_the_window_working(qtbot, osc, caplog):
    rng = random.Random(5)
    good = [build_msg(f"/morph/{name}", [0.5]).dgram for name in ("x", "y", "detail", "play", "dot", "tempo")]
    for number in range(10_000):
        packet = bytearray(rng.choice(good))
        for _ in range(rng.randrange(3)):
            packet[rng.randrange(len(packet))] = rng.randrange(256)
        osc.send(bytes(packet[: rng.randrange(1, 40)]))
        if number % 500 == 0:
            qtbot.wait(1)
    deadline_s = time.monotonic() + 10
    while not osc.tempi or osc.tempi[-1] != 77.0:
        assert time.monotonic() < deadline_s
        osc.osc("/morph/tempo", 77.0)
        qtbot.wait(5)
    assert not caplog.records
    assert all(0.0 <= share <= 1.0 for point in osc.points for share in (point.x, point.y))


# --- MIDI, by JACK's ports ----------------------------------------------------------------------------------


@pytest.fixture
def keyboard(wires, start_jack):
    """A virtual port, and the window that listens to it."""
    start_jack()
    keyboard = Keyboard("Keys")
    wires.keeper.apply(MIDI, OscSettings())
    assert wires.keeper.status.midi_opened == ("Keys:out",)
    yield keyboard
    wires.keeper.stop()
    keyboard.unplug()


def test_knobs_move_the_pad_in_well_under_20_ms(qtbot, wires, keyboard):
    latencies_ms = []
    for number in range(40):
        sent_s = time.monotonic()
        keyboard.send(0xB0, 16 + number % 2, number + 1)
        qtbot.waitUntil(lambda n=number: len(wires.points) > n)
        latencies_ms.append(1000 * (wires.at_s[-1] - sent_s))
    assert wires.points[-1] == PadPoint(39 / 127, 40 / 127)
    print(f"median {statistics.median(latencies_ms):.2f} ms, longest {max(latencies_ms):.2f} ms")
    assert statistics.median(latencies_ms) < 20.0  # of which JACK's period of 512 frames is up to 11.6


def test_keys_play_dots_and_the_transport(qtbot, wires, keyboard):
    keyboard.send(0x90, 37, 64)
    qtbot.waitUntil(lambda: wires.sounds == ["id 2"])
    assert -13 < wires.levels[-1] < -11
    keyboard.send(0x99, 40, 64)
    keyboard.send(0xB0, 18, 127)
    qtbot.waitUntil(lambda: wires.details == [1.0])
    assert wires.plays == [(True, False)]
    keyboard.send(0xFA)
    qtbot.waitUntil(lambda: wires.plays[1:] == [(True, True)])


def test_a_control_is_learnt_and_moves_nothing_meanwhile(qtbot, wires, keyboard):
    wires.keeper.learn("detail")
    assert wires.keeper.status.learning == "detail"
    for value in range(20):
        keyboard.send(0xB0, 16, value)
    qtbot.waitUntil(lambda: bool(wires.learnt))
    assert wires.learnt == [("detail", "cc 1 16")]
    assert wires.keeper.status.learning == ""
    wires.keeper.learn("x")
    wires.keeper.cancel_learning()
    qtbot.wait(50)
    del wires.points[:]
    keyboard.send(0xB0, 17, 127)
    qtbot.waitUntil(lambda: bool(wires.points))
    assert wires.points[-1].y == 1.0


def test_an_input_that_is_plugged_in_later_is_found(qtbot, wires, keyboard):
    late = Keyboard("Late")
    qtbot.waitUntil(lambda: wires.keeper.status.midi_opened == ("Keys:out", "Late:out"))
    late.unplug()
    qtbot.waitUntil(lambda: wires.keeper.status.midi_ports == ("Keys:out",))


def test_without_the_libraries_the_page_is_told_and_nothing_starts(wires, monkeypatch, free_port):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    wires.keeper.apply(MIDI, OscSettings(True, free_port))
    status = wires.keeper.status
    assert not status.has_midi
    assert not status.has_osc
    assert (status.osc_port, status.midi_ports, wires.errors) == (0, (), [])
    wires.keeper.learn("x")
    assert wires.keeper.status.learning == ""
