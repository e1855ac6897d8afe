"""Beats read off the player's position: counted on from loop to loop, and those that are heard."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.session import Session
from morphstudio.ui.path_clock import PathClock


class Machine:
    """A player whose sound goes on when `wait` is called: two bars at 120 beats a minute, 4 s."""

    def __init__(self, *, has_device=True):
        self.session = Session()
        self.session.choose_time(MusicalTime(120.0, 2))
        self.n_loop, self.frames, self.now_s = self.session.n_frames, 0.0, 0.0
        self.status = SimpleNamespace(is_open=has_device)
        self.is_playing = self.is_sounding = False
        self.published_generation = self.heard_generation = 1
        self.clock = PathClock(self, self.session, lambda: self.now_s)

    @property
    def playhead(self):
        return int(self.frames) % self.n_loop

    def wait(self, seconds):
        self.now_s += seconds
        if self.is_playing and self.is_sounding and self.status.is_open:
            self.frames = (self.frames + seconds * RATE_HZ) % self.n_loop

    def play(self):
        self.is_playing = self.is_sounding = True
        self.clock.beat()


def test_beats_count_on_from_loop_to_loop():
    machine = Machine()
    machine.play()
    for _ in range(500):
        machine.wait(0.05)
        machine.clock.beat()
    assert machine.clock.beat() == pytest.approx(50.0, abs=0.01)


def test_a_pause_of_the_window_loses_no_loop():
    machine = Machine()
    machine.play()
    machine.wait(33.0)
    assert machine.clock.beat() == pytest.approx(66.0, abs=0.01)


def test_the_position_counts_not_the_time():
    """The device's clock runs a little slow: the beats are those of the sound."""
    machine = Machine()
    machine.play()
    for _ in range(200):
        machine.wait(0.1)
        machine.now_s += 0.002
        machine.clock.beat()
    assert machine.clock.beat() == pytest.approx(40.0, abs=0.01)


def test_without_a_device_the_time_counts():
    machine = Machine(has_device=False)
    machine.play()
    machine.wait(10.0)
    assert machine.clock.beat() == pytest.approx(20.0)


def test_while_it_is_stopped_no_beats_go_by():
    machine = Machine()
    machine.play()
    machine.wait(1.0)
    before = machine.clock.beat()
    machine.is_playing = machine.is_sounding = False
    machine.wait(60.0)
    assert machine.clock.beat() == before


def test_what_begins_anew_begins_at_the_loop_before_the_jump_is_made():
    """A press while nothing plays jumps to the beginning, but only the next block does."""
    machine = Machine()
    machine.play()
    machine.wait(1.3)
    machine.clock.beat()
    machine.is_playing = machine.is_sounding = False
    machine.wait(5.0)
    machine.clock.beat()
    machine.is_playing = True
    assert machine.clock.beat() % 8 == 0.0
    machine.wait(0.01)
    assert machine.clock.beat() % 8 == 0.0
    machine.frames, machine.is_sounding = 0.0, True
    machine.wait(0.5)
    assert machine.clock.beat() % 8 == pytest.approx(1.0, abs=0.01)


def test_another_tempo_counts_once_it_is_heard():
    machine = Machine()
    machine.play()
    machine.wait(1.0)
    assert machine.clock.beat() == pytest.approx(2.0, abs=0.01)
    machine.session.choose_time(MusicalTime(60.0, 2))
    machine.wait(0.5)
    assert machine.clock.beat() == pytest.approx(3.0, abs=0.01)
    machine.published_generation = machine.heard_generation = 2
    machine.n_loop, machine.frames = machine.session.n_frames, machine.frames * 2
    machine.wait(1.0)
    assert machine.clock.beat() == pytest.approx(4.0, abs=0.01)


def test_another_length_goes_on_at_its_beat():
    machine = Machine()
    machine.play()
    for _ in range(5):
        machine.wait(1.0)
        machine.clock.beat()
    machine.session.choose_time(MusicalTime(120.0, 1))
    machine.clock.beat()
    machine.published_generation = machine.heard_generation = 2
    machine.n_loop = machine.session.n_frames
    machine.frames %= machine.n_loop
    machine.wait(1.0)
    assert machine.clock.beat() == pytest.approx(12.0, abs=0.01)
