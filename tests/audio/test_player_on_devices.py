"""The player over real PortAudio streams: what is played is what was published, and failures are told."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.decks import IN_USE, POSITION, PUBLISHED
from morphstudio.audio.devices import list_devices
from morphstudio.audio.mixer import CROSSFADE_FRAMES
from morphstudio.errors import DeviceError
from tests.audio.conftest import JACK, ON_JACK, ON_PULSE
from tests.audio.published import begin
from tests.audio.test_converted import pitch_hz
from tests.conftest import process_state

pytestmark = pytest.mark.device

LOOP = np.random.default_rng(0).normal(0, 0.1, (50_000, 2)).astype(np.float32)
FADE_FRAMES = 1000
"""Longer than any fade of the mixer."""


def publish(player, samples):
    writer = begin(player, len(samples))
    writer.write(0, samples)
    return writer.publish()


def tone(tone_hz):
    """One second of a sine, which loops."""
    wave = 0.5 * np.sin(2 * np.pi * tone_hz * np.arange(RATE_HZ) / RATE_HZ)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def tapped(player, seconds):
    """Collect what is played for a while, checking that it is one piece; returns (start, samples)."""
    chunks = []
    deadline_s = time.monotonic() + seconds
    while time.monotonic() < deadline_s:
        time.sleep(0.03)
        assert player.poll().is_open, player.status.problem
        while chunk := player.read_tap():
            if chunks:
                assert chunk.loop_start == (chunks[-1].loop_start + len(chunks[-1].samples)) % chunk.n_loop
            chunks.append(chunk)
    return chunks[0].loop_start, np.concatenate([chunk.samples for chunk in chunks])


def wait_until(condition, timeout_s=10.0):
    deadline_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline_s, "it never happened"
        time.sleep(0.01)


def test_what_is_played_is_what_was_published(player, jack):
    player.open(ON_JACK)
    assert player.status.device_name == "system"
    assert player.status.rate_hz == RATE_HZ
    assert 0 < player.status.latency_ms < 500
    asked_ns = time.monotonic_ns()
    generation = publish(player, LOOP)
    player.play()
    n_xruns = []
    for _ in range(3):  # another program may hold both cores for a moment; not three times
        n_before = player.xruns
        start, samples = tapped(player, 1.3)
        n_xruns.append(player.xruns - n_before)
        index = (start + np.arange(len(samples))) % len(LOOP)
        skipped = FADE_FRAMES if len(n_xruns) == 1 else 0
        assert np.array_equal(samples[skipped:], LOOP[index[skipped:]])
        assert len(samples) > RATE_HZ
        if n_xruns[-1] == 0:
            break
    assert min(n_xruns) == 0
    assert player.heard_generation == generation
    assert asked_ns < player.first_heard_ns(generation) < time.monotonic_ns()
    assert player.meters().left_db > -15


def test_a_new_deck_is_heard_soon_and_in_place(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    player.play()
    tapped(player, 0.3)
    newer = LOOP[::-1].copy()
    published_ns = time.monotonic_ns()
    generation = publish(player, newer)
    wait_until(lambda: player.heard_generation == generation)
    assert player.first_heard_ns(generation) - published_ns < 1e9
    start, samples = tapped(player, 0.5)
    index = (start + np.arange(len(samples))) % len(newer)
    assert np.array_equal(samples[-FADE_FRAMES:], newer[index[-FADE_FRAMES:]])


def test_transport(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    player.play()
    wait_until(player.read_tap)
    player.set_position(20_000)
    wait_until(lambda: 20_000 <= player.playhead < 40_000)
    player.stop()
    time.sleep(0.3)
    while player.read_tap():
        pass
    position = player.playhead
    time.sleep(0.3)
    assert player.playhead == position
    assert player.read_tap() is None
    player.play()
    wait_until(player.read_tap)


def test_a_seek_parts_the_tap(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    player.play()
    time.sleep(0.2)
    player.set_position(30_000)
    time.sleep(0.3)
    before, after = player.read_tap(), player.read_tap()
    assert before.loop_start == 0
    assert after.loop_start == 30_000
    index = (after.loop_start + np.arange(len(after.samples))) % len(LOOP)
    assert np.array_equal(after.samples[FADE_FRAMES:], LOOP[index[FADE_FRAMES:]])


def test_a_killed_host_is_told_and_replaced(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    player.play()
    gaps_s = []
    for _ in range(3):  # another program may hold both cores for a moment; not three times
        tapped(player, 0.2)
        os.kill(player._host.pid, signal.SIGKILL)
        killed_at_s = time.monotonic()
        wait_until(lambda: not player.poll().is_open)
        assert player.status.lost == "host"
        assert player.status.problem == "The audio host ended unexpectedly. Choose the sound device again."
        while player.read_tap():
            pass
        position = int(player._shared.words[POSITION])
        newest = publish(player, LOOP)
        player.open(ON_JACK)
        wait_until(lambda: player.heard_generation == player.published_generation)
        gaps_s.append(player.first_heard_ns(newest) / 1e9 - killed_at_s)
        assert (player.poll().problem, player.status.lost) == ("", "")
        start, samples = tapped(player, 0.3)
        assert start == position
        index = (start + np.arange(len(samples))) % len(LOOP)
        assert np.array_equal(samples[FADE_FRAMES:], LOOP[index[FADE_FRAMES:]])
    assert min(gaps_s) < 1.0


def test_a_host_that_died_in_the_middle_of_a_switch_holds_no_deck_for_long(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    os.kill(player._host.pid, signal.SIGKILL)
    wait_until(lambda: not player._host.is_alive)
    # All three are taken: it plays one, is about to play another, and a third is published.
    player._shared.words[IN_USE] = 1 | 2 << 2
    assert int(player._shared.words[PUBLISHED]) & 3 == 0
    waits_s = []

    def render():
        started_s = time.monotonic()
        publish(player, LOOP)
        waits_s.append(time.monotonic() - started_s)

    renderer = threading.Thread(target=render)
    renderer.start()
    time.sleep(0.1)
    assert waits_s == []
    player.poll()
    polled_s = time.monotonic()
    renderer.join()
    assert time.monotonic() - polled_s < 0.5
    assert len(waits_s) == 1
    assert player.published_generation == 2


def test_a_lost_server_is_told(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    player.play()
    tapped(player, 0.2)
    jack.kill()
    jack.wait()
    wait_until(lambda: not player.poll().is_open)
    assert player.status.lost == "device"
    assert "stopped" in player.status.problem
    assert player.status.problem.endswith(".")
    with pytest.raises(DeviceError):
        player.open(ON_JACK)


@pytest.mark.parametrize("rate_hz", [48_000, 96_000])
def test_another_rate_plays_at_the_right_pitch(player, start_jack, record_jack, rate_hz):
    start_jack(rate_hz)
    player.open(ON_JACK)
    assert player.status.rate_hz == rate_hz
    publish(player, tone(1000))
    player.play()
    wait_until(player.read_tap)
    cents = []
    while len(cents) < 4 and not any(abs(off) <= 1 for off in cents):  # a late block leaves a hole
        played, recorded_hz = record_jack(1)
        assert recorded_hz == rate_hz
        played = played[rate_hz // 10 :]
        assert np.abs(played).max(axis=0) == pytest.approx([0.5, 0.5], abs=0.01)
        cents.append(1200 * np.log2(pitch_hz(played[:, 0], rate_hz) / 1000))
    assert cents[-1] == pytest.approx(0, abs=1)


@pytest.mark.parametrize("n_outputs", [1, 6])
def test_other_numbers_of_channels(player, start_jack, record_jack, n_outputs):
    start_jack(n_outputs=n_outputs)
    player.open(ON_JACK)
    publish(player, np.concatenate([tone(1000), 0.5 * tone(1000)], axis=1)[:, [0, 2]])
    player.play()
    wait_until(player.read_tap)
    played, _ = record_jack(1, n_channels=min(2, n_outputs))
    levels = [0.375] if n_outputs == 1 else [0.5, 0.25]
    assert np.abs(played[10_000:]).max(axis=0) == pytest.approx(levels, abs=0.005)


def test_fifty_decks_a_second_do_not_click(player, jack):
    loops = [tone(100 + 10 * k) for k in range(6)]
    player.open(ON_JACK)
    publish(player, loops[0])
    player.play()
    chunks, published_ns = [], {}
    for turn in range(150):
        newest = publish(player, loops[turn * 5 % 6])
        published_ns[newest] = time.monotonic_ns()
        time.sleep(0.02)
        assert player.poll().is_open, player.status.problem
        while chunk := player.read_tap():
            chunks.append(chunk)
    played = np.concatenate([chunk.samples for chunk in chunks])[FADE_FRAMES:]
    assert len(played) > RATE_HZ
    natural = np.abs(np.diff(loops[5], n=2, axis=0)).max()
    assert np.abs(np.diff(played, n=2, axis=0)).max() < 3 * natural
    wait_until(lambda: player.heard_generation == newest)
    heard_ns = {generation: player.first_heard_ns(generation) for generation in published_ns}
    waits_ns = [heard_ns[g] - published_ns[g] for g in published_ns if heard_ns[g] is not None]
    assert len(waits_ns) > 75
    # Each begins with the next block; had it to wait for the fade before it, these would pile up.
    assert np.median(waits_ns) < 1e9 * (player.status.block_frames + CROSSFADE_FRAMES) / RATE_HZ
    start, samples = tapped(player, 0.3)
    index = (start + np.arange(len(samples))) % len(loops[0])
    assert np.array_equal(samples[-FADE_FRAMES:], loops[149 * 5 % 6][index[-FADE_FRAMES:]])


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_priority_is_what_it_says(player, jack):
    player.open(ON_JACK)
    threads = [int(task.name) for task in Path(f"/proc/{player._host.pid}/task").iterdir()]
    policies = [os.sched_getscheduler(thread) & ~os.SCHED_RESET_ON_FORK for thread in threads]
    n_realtime = sum(policy in (os.SCHED_FIFO, os.SCHED_RR) for policy in policies)
    n_raised = sum(os.getpriority(os.PRIO_PROCESS, thread) < 0 for thread in threads)
    assert player.status.priority in ("normal", "raised", "realtime")
    assert (n_realtime == 2) == (player.status.priority == "realtime")
    assert (n_raised == 2) == (player.status.priority == "raised")


@pytest.mark.skipif(sys.platform != "linux", reason="there, a limit decides")
def test_a_refused_priority_is_no_error():
    code = """
import os, resource, threading
from morphstudio.audio.priority import raise_priority
resource.setrlimit(resource.RLIMIT_RTPRIO, (0, 0))
resource.setrlimit(resource.RLIMIT_NICE, (0, 0))
if os.getuid() == 0:
    os.setuid(65534)
print(raise_priority(threading.get_native_id(), "ALSA"))
"""
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "normal\n"


def test_moving_to_another_device_goes_on_playing(player, jack):
    player.open(ON_JACK)
    publish(player, LOOP)
    player.play()
    tapped(player, 0.2)
    player.open(ON_JACK)
    assert len(tapped(player, 0.3)[1]) > 5000


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_host_does_not_outlive_its_owner(jack):
    code = """
import sys, time
from morphstudio.audio.player import Player
player = Player()
player.open()
print(player._host.pid, flush=True)
time.sleep(100)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        host_pid = int(owner.stdout.readline())
        assert process_state(host_pid) not in ("", "Z")
        owner.kill()
    wait_until(lambda: process_state(host_pid) in ("", "Z"), timeout_s=4.0)


def test_devices_are_listed(jack):
    devices = list_devices()
    assert JACK in [device.device_id for device in devices]
    assert sum(device.is_default for device in devices) == 1
    assert all(device.max_output_channels > 0 for device in devices)


def test_what_leaves_the_program_is_the_loop(player, pulse, tmp_path):
    player.open(ON_PULSE)
    recording = tmp_path / "recorded.raw"
    publish(player, LOOP)
    with recording.open("wb") as file:
        command = [
            "parec",
            "-d",
            "out.monitor",
            "--format=float32le",
            "--rate=44100",
            "--channels=2",
            "--raw",
        ]
        # Its default are pieces of two seconds, of which a killed recorder loses the last.
        command.append("--latency-msec=20")
        recorder = subprocess.Popen(command, stdout=file)
        try:
            time.sleep(0.5)
            player.play()
            time.sleep(3.0)
            assert player.poll().is_open, player.status.problem
        finally:
            recorder.terminate()
            recorder.wait(10)
    recorded = np.fromfile(recording, np.float32)
    recorded = recorded[: len(recorded) // 2 * 2].reshape(-1, 2)
    sounding = np.flatnonzero(np.abs(recorded).max(axis=1) > 0)
    assert len(sounding) > RATE_HZ
    played = recorded[sounding[0] + FADE_FRAMES : sounding[-1] + 1]
    errors = []
    # Where the machine was busy the sink may have left out a block: one whole loop without a gap, anywhere.
    for first in range(0, len(played) - len(LOOP), 5000):
        heard = played[first:][: len(LOOP)]
        spectra = np.fft.rfft(heard[:, 0]) * np.conj(np.fft.rfft(LOOP[:, 0]))
        shift = int(np.fft.irfft(spectra, len(LOOP)).argmax())
        errors.append(np.abs(heard - np.roll(LOOP, shift, axis=0)).max())
    assert min(errors) < 1e-6


def test_a_lost_pulse_server_is_told_and_plays_again_when_it_is_back(player, start_pulse):
    server = start_pulse()
    player.open(ON_PULSE)
    publish(player, LOOP)
    player.play()
    wait_until(player.read_tap)
    server.kill()
    server.wait()
    wait_until(lambda: not player.poll().is_open)
    assert player.status.lost == "device"
    assert "stopped" in player.status.problem
    with pytest.raises(DeviceError) as caught:
        player.open(ON_PULSE)
    assert caught.value.message.endswith(".")
    assert player.status.problem == caught.value.message
    while player.read_tap():
        pass
    position = int(player._shared.words[POSITION])
    start_pulse()
    player.open(ON_PULSE)
    assert player.status.problem == player.status.lost == ""
    wait_until(lambda: player.poll().is_open and player._shared.words[POSITION] != position)
    start, samples = tapped(player, 0.5)
    assert start == position
    index = (start + np.arange(len(samples))) % len(LOOP)
    assert np.array_equal(samples[FADE_FRAMES:], LOOP[index[FADE_FRAMES:]])
