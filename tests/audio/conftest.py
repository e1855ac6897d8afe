"""Sound cards without hardware: JACK's dummy driver for timing, a PulseAudio null sink for content.

Both run with private names and folders, so they meet no server of the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest
import soundfile

from morphstudio.audio.devices import AudioSetup, DeviceId
from morphstudio.audio.player import Player

JACK = DeviceId("JACK Audio Connection Kit", "system")
ON_JACK = AudioSetup(JACK)
ON_PULSE = AudioSetup(DeviceId("ALSA", "default"))
STARTING_S = 20.0


@pytest.fixture
def player():
    player = Player()
    yield player
    player.close()


@pytest.fixture
def no_servers(monkeypatch, tmp_path):
    """Make sure that no sound server of this machine is found."""
    if sys.platform != "linux":
        pytest.skip("there are no such sound servers")
    monkeypatch.setenv("JACK_DEFAULT_SERVER", f"morphstudio-none-{os.getpid()}")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")


@pytest.fixture
def start_jack(monkeypatch, no_servers, tmp_path):
    """Start a JACK server at a rate, with some outputs; it ends with the test."""
    if not shutil.which("jackd") or not shutil.which("jack_lsp"):
        pytest.skip("jackd is not installed")
    servers = []

    def start(rate_hz=44100, n_outputs=2):
        name = f"morphstudio-test-{os.getpid()}-{len(servers)}"
        monkeypatch.setenv("JACK_DEFAULT_SERVER", name)
        monkeypatch.setenv("JACK_NO_AUDIO_RESERVATION", "1")
        command = ["jackd", "--name", name, "--no-realtime", "-d", "dummy", "-r", str(rate_hz)]
        log = (tmp_path / f"jack{len(servers)}.log").open("w")
        command += ["-p", "512", "-C", "2", "-P", str(n_outputs)]
        servers.append((start_quiet(command, log), log))
        wait_for("jack_lsp", lambda: run_quiet(["jack_lsp"]), servers[-1][0])
        return servers[-1][0]

    yield start
    for server, log in servers:
        end(server)
        log.close()


@pytest.fixture
def jack(start_jack):
    """Let JACK's dummy driver pace the callbacks like a sound card, at 44.1 kHz."""
    return start_jack()


@pytest.fixture
def start_pulse(monkeypatch, no_servers, tmp_path):
    """Start PulseAudio with a null sink that PortAudio finds through ALSA; it ends with the test."""
    if not shutil.which("pulseaudio") or not shutil.which("parec"):
        pytest.skip("pulseaudio is not installed")
    home = tmp_path / "pulse-home"
    home.mkdir(mode=0o700)
    (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    monkeypatch.delenv("PULSE_SERVER")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))
    servers = []

    def start():
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        command += [
            "--load=module-native-protocol-unix",
            "--load=module-null-sink sink_name=out rate=44100 format=float32le",
        ]
        servers.append(start_quiet(command, subprocess.DEVNULL))
        wait_for("pactl", lambda: run_quiet(["pactl", "info"]), servers[-1])
        return servers[-1]

    yield start
    for server in servers:
        end(server)


@pytest.fixture
def pulse(start_pulse):
    """A running PulseAudio server."""
    return start_pulse()


@pytest.fixture
def record_jack(tmp_path):
    """Record what the host gives to JACK, while something is done; returns the samples and their rate."""
    if not shutil.which("jack_rec"):
        pytest.skip("jack_rec is not installed")

    def record(seconds: int, meanwhile=lambda: None, n_channels=2):
        path = tmp_path / "recorded.wav"
        ports = [f"PortAudio:out_{channel}" for channel in range(n_channels)]
        command = ["jack_rec", "-f", str(path), "-d", str(seconds), "-b", "32", *ports]
        recorder = start_quiet(command, subprocess.DEVNULL)
        try:
            meanwhile()
            assert recorder.wait(seconds + STARTING_S) == 0
        finally:
            end(recorder)
        return soundfile.read(path, dtype="float32", always_2d=True)

    return record


def start_quiet(command, log):
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)


def run_quiet(command):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(command, timeout=STARTING_S, check=False, **quiet).returncode == 0


def wait_for(what, is_ready, server):
    deadline_s = time.monotonic() + STARTING_S
    while not is_ready():
        if server.poll() is not None or time.monotonic() > deadline_s:
            end(server)
            pytest.fail(f"{server.args[0]} does not answer {what}")
        time.sleep(0.1)


def end(server):
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
