"""When nobody could stop the sound any more, it stops by itself: the window is killed, or hangs."""

import subprocess
import sys
import time

import numpy as np
import pytest

from morphstudio.audio import host_process
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.decks import HEARTBEAT, TAP_COUNT, SharedDecks
from morphstudio.audio.mixer import START_STOP_FRAMES
from morphstudio.audio.playing import HUSH_AFTER_S, LEAVE_AFTER_S, LOOK_EVERY_S, Owner
from tests.audio.conftest import ON_JACK
from tests.audio.published import begin
from tests.conftest import process_state

LOOP = np.repeat(0.5 * np.sin(2 * np.pi * 100 * np.arange(RATE_HZ) / RATE_HZ), 2).reshape(-1, 2).astype("f4")
OWNER = """
import sys, time
import numpy as np
from morphstudio.audio.player import Player
from tests.audio.conftest import ON_JACK
from tests.audio.published import begin
from tests.audio.test_host_ends import LOOP
player = Player()
player.open(ON_JACK)
writer = begin(player, len(LOOP))
writer.write(0, LOOP)
writer.publish()
player.play()
while not player.heard_generation:
    time.sleep(0.01)
print(player._host.pid, flush=True)
while True:
    player.poll()
    time.sleep(0.03)
"""
IMPATIENT_HOST = """
import sys
from morphstudio.audio import host, playing
playing.HUSH_AFTER_S, playing.LEAVE_AFTER_S = 0.5, 2.0
sys.exit(host.main(sys.argv[1:]))
"""


def roughness(samples):
    return np.abs(np.diff(samples, n=2, axis=0)).max()


NO_CLICK = roughness(LOOP) + 0.1 * 0.5 / START_STOP_FRAMES


def wait_until(condition, timeout_s=10.0):
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s, "it never happened"
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_window_is_followed_by_a_fade_and_the_end_of_the_host(jack, record_jack):
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True) as owner:
        host_pid = int(owner.stdout.readline())

        def kill():
            time.sleep(1.0)
            owner.kill()
            wait_until(lambda: process_state(host_pid) in ("", "Z"), timeout_s=1.0)

        played, _ = record_jack(2, kill)
    sounding = np.flatnonzero(np.abs(played).max(axis=1))
    assert len(sounding) > RATE_HZ // 4
    assert len(played) - sounding[-1] > RATE_HZ // 4
    assert roughness(played[sounding[-1] - 400 : sounding[-1] + 400]) < NO_CLICK


def test_a_hanging_window_is_followed_by_silence_until_it_is_back(player, jack, monkeypatch):
    monkeypatch.setattr(host_process, "_HOST", ("-c", IMPATIENT_HOST))
    words = player._shared.words
    player.open(ON_JACK)
    writer = begin(player, len(LOOP))
    writer.write(0, LOOP)
    writer.publish()
    player.play()
    played = []

    def is_silent():
        count = int(words[TAP_COUNT])
        time.sleep(0.15)
        return count > 0 and words[TAP_COUNT] == count

    for _ in range(2):
        for _ in range(40):
            assert player.poll().is_open
            while chunk := player.read_tap():
                played.append(chunk.samples)
            time.sleep(0.02)
        wait_until(is_silent)
        assert player.is_playing
    while chunk := player.read_tap():
        played.append(chunk.samples)
    assert roughness(np.concatenate(played)) < NO_CLICK
    wait_until(lambda: not player._host.is_alive)
    assert player.poll().lost == "host"


def test_only_a_heart_that_stands_still_for_long_is_a_hanging_window(monkeypatch):
    shared = SharedDecks(bytearray(SharedDecks.N_BYTES))
    owner = Owner(shared)
    monkeypatch.setattr(owner._has_closed, "wait", lambda _: None)

    def look(seconds):
        for _ in range(round(seconds / LOOK_EVERY_S)):
            owner.look()
        return owner.is_hanging, owner.is_gone

    for _ in range(3):
        shared.words[HEARTBEAT] += 1
        assert look(8.0) == (False, False)
    assert look(HUSH_AFTER_S - 8.0 + 0.3) == (True, False)
    shared.words[HEARTBEAT] += 1
    assert look(LOOK_EVERY_S) == (False, False)
    assert look(LEAVE_AFTER_S + 0.3) == (True, True)
