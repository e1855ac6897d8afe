"""A sound card without hardware: JACK's dummy driver, which paces callbacks and counts what came late."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time

from morphstudio.audio.devices import AudioSetup, DeviceId
from morphstudio.paths import user_dir
from morphstudio.settings import AudioSettings, Settings, SettingsFile

RATE_HZ = 44_100
STARTING_S = 20.0


@contextlib.contextmanager
def sound_card(block_frames):
    """Start a server of our own and a home in which it is the chosen device; yields how it is opened."""
    if shutil.which("jackd") is None or shutil.which("jack_lsp") is None:
        raise SystemExit("install jackd2 first: its dummy driver is the sound card")
    server_name = f"morphstudio-{os.getpid()}"
    environment = dict(os.environ)
    os.environ |= {"JACK_DEFAULT_SERVER": server_name, "JACK_NO_AUDIO_RESERVATION": "1"}
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    driver = ["-d", "dummy", "-r", str(RATE_HZ), "-p", str(block_frames), "-C", "2", "-P", "2"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # In real time where the system allows: a sound card does not wait for a core, and xruns that the server
    # is to blame for (2 to 30 in 20 s otherwise) would be counted as ours. With few ports, or the server's
    # memory, which it shares with the audio host, would be counted as the host's.
    command = ["jackd", "--name", server_name, "--realtime", "--port-max", "64", *driver]
    server = subprocess.Popen(command, **quiet)
    home = tempfile.TemporaryDirectory(prefix="morphstudio-")
    try:
        deadline_s = time.monotonic() + STARTING_S
        while subprocess.run(["jack_lsp"], check=False, **quiet).returncode != 0:
            if server.poll() is not None or time.monotonic() > deadline_s:
                raise SystemExit("jackd does not start")
            time.sleep(0.1)
        os.environ["MORPHSTUDIO_HOME"] = home.name
        setup = AudioSetup(DeviceId("JACK Audio Connection Kit", "system"), block_frames)
        audio = AudioSettings(setup.device.host_api, setup.device.name, block_frames)
        SettingsFile(user_dir() / "settings.json").save(Settings(audio))
        yield setup
    finally:
        server.terminate()
        server.wait()
        home.cleanup()
        for name in os.environ.keys() - environment.keys():
            del os.environ[name]
        os.environ |= environment


def plays_on(player, setup) -> bool:
    """Whether a player is open as wanted: the window falls back to other devices where it has to."""
    status = player.status
    found = AudioSetup(DeviceId(status.host_api, status.device_name), status.block_frames)
    return status.is_open and found == setup


def check_plays_on(player, setup) -> None:
    """Refuse figures that may be of another device or block size."""
    if not plays_on(player, setup):
        raise SystemExit(f"the sound card was lost: {player.status}")
