"""MIDI: what bytes of knobs, wheels, keys and clocks come to; and real ports, by JACK, without hardware."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest

from morphstudio.control.events import DetailChanged, DotTriggered, PlayRequested, PointMoved, TempoHeard
from morphstudio.control.midi import MidiDecoder, MidiInput
from morphstudio.control.midi_clock import MidiClock
from morphstudio.control.midi_map import FIRST_DOT_NOTE, ControlSource, MidiLearner, MidiMap
from tests.audio.conftest import no_servers, start_jack  # noqa: F401

KNOB, OTHER, BEND, KEY = (ControlSource.parse(t) for t in ("cc 1 16", "cc 3 74", "bend 2", "note 10 40"))
MAP = MidiMap(KNOB, BEND, OTHER, KEY, follows_clock=True)


class Wire:
    """A port without a port: bytes in, events out."""

    def __init__(self, midi_map=MAP):
        self.events = []
        self.decoder = MidiDecoder(midi_map, self.events.append)

    def send(self, *data, at_s=0.0):
        del self.events[:]
        self.decoder.feed(bytes(data), at_s)
        return list(self.events)


def test_each_control_moves_what_it_is_mapped_to_and_no_other_does():
    wire = Wire()
    assert wire.send(0xB0, 16, 127) == [PointMoved(x=1.0)]
    assert wire.send(0xB0, 16, 0) == [PointMoved(x=0.0)]
    assert wire.send(0xE1, 0x7F, 0x7F) == [PointMoved(y=1.0)]
    assert wire.send(0xE1, 0, 0) == [PointMoved(y=0.0)]
    assert wire.send(0xB2, 74, 127) == [DetailChanged(1.0)]
    assert wire.send(0x99, 40, 100) == [PlayRequested()]
    for others in ((0xB1, 16, 5), (0xB0, 17, 5), (0xE0, 0, 0), (0xB0, 74, 9), (0x89, 40, 0), (0xFE,)):
        assert wire.send(*others) == []


def test_one_control_may_move_two_things_and_no_map_moves_none():
    both = Wire(MidiMap(x=KNOB, y=KNOB))
    assert both.send(0xB0, 16, 127) == [PointMoved(1.0, 1.0)]
    assert Wire(MidiMap()).send(0xB0, 16, 127) == []


def test_keys_trigger_dots_as_hard_as_they_are_hit():
    wire = Wire()
    assert wire.send(0x90, FIRST_DOT_NOTE, 127) == [DotTriggered(0, 1.0)]
    (soft,) = wire.send(0x93, FIRST_DOT_NOTE + 5, 32)
    assert soft.dot == 5
    assert 0 < soft.velocity < 0.3
    assert wire.send(0x90, FIRST_DOT_NOTE, 0) == []  # a key that is let go
    assert wire.send(0x90, FIRST_DOT_NOTE - 1, 90) == []


def test_a_button_plays_when_it_goes_down_only():
    wire = Wire(MidiMap(play=OTHER))
    sent = [wire.send(0xB2, 74, value) for value in (127, 127, 90, 0, 10, 127)]
    assert [len(events) for events in sent] == [1, 0, 0, 0, 0, 1]


def test_a_knob_with_a_fine_half_becomes_one_of_14_bit():
    wire = Wire()
    for coarse in (10, 11, 12):
        wire.send(0xB0, 16, coarse, 0xB0, 48, 0)
    positions = []
    for value in range(6000, 6400):
        events = wire.send(0xB0, 16, value >> 7, 0xB0, 48, value & 127)
        assert len(events) == 1  # not a step of the coarse half first
        positions.append(events[0].x)
    steps = [b - a for a, b in pairwise(positions)]
    assert min(steps) > 0
    assert max(steps) < 1.5 / 16_383
    assert positions[0] == pytest.approx(6000 / 16_383)
    (last,) = wire.send(0xB0, 48, 64)  # some send the coarse half only where it changes
    assert last.x == pytest.approx((6399 & ~127 | 64) / 16_383)


def test_it_is_one_of_7_bit_again_when_the_fine_half_stays_away():
    wire = Wire()
    for coarse in range(4):
        wire.send(0xB0, 16, coarse, 0xB0, 48, 99)
    sent = [wire.send(0xB0, 16, value) for value in (90, 91, 92, 93, 94, 127)]
    assert sent[-1] == [PointMoved(x=1.0)]


def test_two_knobs_that_are_32_apart_stay_two():
    wire = Wire(MidiMap(x=KNOB, y=ControlSource("cc", 1, 48)))
    for value in range(100):
        assert wire.send(0xB0, 16, value) == [PointMoved(x=value / 127)]
        assert wire.send(0xB0, 48, value) == [PointMoved(y=value / 127)]


def learnt(target, *messages):
    got = []
    wire = Wire()
    wire.decoder.learner = MidiLearner(target, got.append)
    for message in messages:
        assert wire.send(*message) == []  # what is moved to be learnt moves nothing
    return got


def test_the_control_that_is_moved_is_learnt_and_one_that_trembles_is_not():
    trembling = [(0xB5, 7, 64 + step % 2) for step in range(20)]
    moved = [(0xB2, 21, value) for value in range(0, 30, 3)]
    assert learnt("x", *trembling) == []
    assert learnt("x", *trembling, *moved) == [ControlSource("cc", 3, 21)]
    assert learnt("y", (0xE4, 0, 64), (0xE4, 0, 90)) == [ControlSource("bend", 5)]


def test_of_a_knob_with_a_fine_half_the_coarse_one_is_learnt():
    moves = [part for v in range(0, 4000, 37) for part in ((0xB0, 16, v >> 7), (0xB0, 48, v & 127))]
    assert learnt("x", *moves) == [ControlSource("cc", 1, 16)]


def test_keys_and_buttons_are_learnt_for_play_alone():
    assert learnt("play", (0x99, 40, 90)) == [ControlSource("note", 10, 40)]
    assert learnt("play", (0xB0, 60, 127)) == [ControlSource("cc", 1, 60)]
    assert learnt("x", (0x99, 40, 90), (0xB0, 60, 127), (0xB0, 60, 127)) == []
    assert learnt("play", (0x89, 40, 0), (0x90, 40, 0), (0xF8,), (0xFA,)) == []


@pytest.mark.parametrize("text", ["cc 1 0", "cc 16 127", "bend 7", "note 10 36", "cc 3 100", "note 2 119"])
def test_a_control_comes_back_from_its_text(text):
    assert ControlSource.parse(text).text == text


@pytest.mark.parametrize(
    "text", ["", "cc", "cc 0 1", "cc 17 1", "cc 1 128", "bend 1 2", "knob 1 2", "cc 1 1\n"]
)
def test_what_is_no_control_is_refused(text):
    with pytest.raises(ValueError, match="no control"):
        ControlSource.parse(text)


# --- the clock ----------------------------------------------------------------------------------------------


def heard(bpm, n_beats=8, jitter_ms=0.0, clock=None, start_s=10.0, seed=1):
    rng = random.Random(seed)
    clock = clock or MidiClock()
    told = []
    for tick in range(24 * n_beats):
        at_s = start_s + tick * 60 / bpm / 24 + rng.uniform(0, jitter_ms / 1000)
        told.append(clock.tick(at_s))
    return [bpm for bpm in told if bpm is not None], clock


@pytest.mark.parametrize("bpm", [40.0, 87.5, 120.0, 128.0, 174.0, 240.0])
def test_a_steady_clock_is_told_once_and_exactly(bpm):
    assert heard(bpm)[0] == [bpm]


@pytest.mark.parametrize("bpm", [60.0, 128.0, 174.0])
@pytest.mark.parametrize("seed", range(5))
def test_jitter_of_a_usb_bus_hardly_shows(bpm, seed):
    told, _ = heard(bpm, 32, jitter_ms=3.0, seed=seed)
    assert len(told) <= 12
    assert abs(told[-1] - bpm) <= 0.003 * bpm
    assert all(abs(one - bpm) <= 0.01 * bpm for one in told)


def test_ticks_that_come_in_bunches_do_not_count():
    clock, told, tick_s = MidiClock(), [], 60 / 120 / 24
    for tick in range(24 * 16):
        held = tick % 40 in (7, 8)  # comes with the one after the next, or with the next
        told.append(clock.tick((tick + (9 - tick % 40) * held) * tick_s))
    assert {bpm for bpm in told if bpm is not None} == {120.0}


def test_another_tempo_is_heard_within_three_beats():
    _, clock = heard(120.0)
    told, _ = heard(140.0, 3, clock=clock, start_s=10.0 + 8 * 0.5)
    assert told[-1] == 140.0


def test_a_clock_that_stops_has_no_tempo_and_one_that_starts_again_has():
    _, clock = heard(120.0)
    end_s = 10.0 + 8 * 0.5
    assert clock.tempo(end_s) == 120.0
    assert clock.tempo(end_s + 1.0) is None
    told, _ = heard(90.0, clock=clock, start_s=60.0)
    assert told == [90.0]


def test_no_time_however_strange_breaks_the_clock():
    clock, rng = MidiClock(), random.Random(0)
    for _ in range(3000):
        bpm = clock.tick(rng.choice([0.0, 1.0, -5.0, 1e9, rng.random(), 1e-300]))
        assert bpm is None or 30.0 <= bpm <= 300.0
    for _ in range(200):
        assert clock.tick(7.0) is None


def test_the_clock_of_another_machine_starts_stops_and_sets_the_tempo_when_it_may():
    wire = Wire()
    assert wire.send(0xFA) == [PlayRequested(True, is_from_start=True)]
    assert wire.send(0xFB) == [PlayRequested(True)]
    assert wire.send(0xFC) == [PlayRequested(False)]
    tempi = [event for tick in range(60) for event in wire.send(0xF8, at_s=tick / 50)]
    assert tempi == [TempoHeard(125.0)]
    deaf = Wire(MidiMap(x=KNOB))
    assert not any(deaf.send(byte, at_s=n / 50) for n in range(100) for byte in (0xF8, 0xFA, 0xFC))


# --- whatever comes -----------------------------------------------------------------------------------------


def test_ten_thousand_random_messages_break_nothing():
    rng, wire = random.Random(7), Wire()
    for number in range(10_000):
        data = rng.randbytes(rng.choice([1, 2, 3, 3, 3, 8, 40]))
        for event in wire.send(*data, at_s=number / 1000):
            assert isinstance(event, (PointMoved, DetailChanged, PlayRequested, DotTriggered, TempoHeard))
            shares = [getattr(event, name, None) for name in ("x", "y", "detail", "velocity")]
            assert all(share is None or 0.0 <= share <= 1.0 for share in shares)
    wire.send(0xF7, 0xB0, 16, 1)
    assert wire.send(0xB0, 16, 127) in ([PointMoved(x=1.0)], [])  # it may believe in a fine half by now
    assert wire.send(0xE1, 0x7F, 0x7F) == [PointMoved(y=1.0)]


def test_endless_system_exclusive_is_not_kept():
    wire = Wire()
    for _ in range(100):
        assert wire.send(0xF0, *([1] * 1000)) == []
    assert wire.send(0xB0, 16, 127) == [PointMoved(x=1.0)]


# --- real ports ---------------------------------------------------------------------------------------------


class Keyboard:
    """A virtual port of another program."""

    def __init__(self, name):
        import rtmidi

        self._port = rtmidi.MidiOut(rtapi=rtmidi.API_UNIX_JACK, name=name)
        self._port.open_virtual_port("out")

    def send(self, *data):
        self._port.send_message(list(data))

    def unplug(self):
        self._port.close_port()
        self._port.delete()


def wait(is_so, limit_s=10.0):
    deadline_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.005)


@pytest.fixture
def midi(start_jack):  # noqa: F811
    """An input on JACK's dummy server, whose ports are real; and what it heard."""
    start_jack()
    events = []
    midi = MidiInput(events.append)
    midi.use(MAP)
    midi.events = events
    yield midi
    midi.stop()


def test_a_keyboard_is_heard_until_it_is_unplugged_and_again_when_it_is_back(midi):
    midi.choose("")
    assert midi.ports == ()
    for _ in range(2):
        keyboard = Keyboard("Keys")
        wait(lambda: midi.poll() or midi.opened)
        assert midi.ports == midi.opened == ("Keys:out",)
        keyboard.send(0xB0, 16, 127)
        wait(lambda: midi.events)
        assert midi.events.pop() == PointMoved(x=1.0)
        keyboard.unplug()
        wait(lambda: not midi.poll() and not midi.ports)
        assert midi.opened == ()


def test_only_the_port_that_was_chosen_is_listened_to(midi):
    keys, pads = Keyboard("Keys"), Keyboard("Pads")
    midi.choose("Pads:out")
    assert set(midi.ports) == {"Keys:out", "Pads:out"}
    assert midi.opened == ("Pads:out",)
    keys.send(0xB0, 16, 0)
    pads.send(0xB0, 16, 127)
    wait(lambda: midi.events)
    time.sleep(0.05)
    assert midi.events == [PointMoved(x=1.0)]
    midi.choose("Keys:out")
    assert midi.opened == ("Keys:out",)
    keys.unplug()
    pads.unplug()


def test_without_a_midi_system_there_are_no_ports_and_no_fault(no_servers, capfd):  # noqa: F811
    midi = MidiInput(lambda _event: None)
    for _ in range(5):
        midi.poll()
    midi.stop()
    assert midi.ports == midi.opened == ()
