"""A sound card without hardware: JACK's dummy driver, which paces callbacks and counts what came late."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time

from morphstudio.audio.devices import AudioSetup, DeviceId

RATE_HZ = 44_100
STARTING_S = 20.0


@contextlib.contextmanager
def sound_card(block_frames):
    """Start a server of our own; yields the setup that plays on it."""
    if shutil.which("jackd") is None or shutil.which("jack_lsp") is None:
        raise SystemExit("install jackd2 first: its dummy driver is the sound card")
    name = f"morphstudio-{os.getpid()}"
    os.environ |= {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1"}
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    driver = ["-d", "dummy", "-r", str(RATE_HZ), "-p", str(block_frames), "-C", "2", "-P", "2"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(
        ["jackd", "--name", name, "--no-realtime", "--port-max", "64", *driver], **quiet
    )
    try:
        deadline_s = time.monotonic() + STARTING_S
        while subprocess.run(["jack_lsp"], check=False, **quiet).returncode != 0:
            if server.poll() is not None or time.monotonic() > deadline_s:
                raise SystemExit("jackd does not start")
            time.sleep(0.1)
        yield AudioSetup(DeviceId("JACK Audio Connection Kit", "system"), block_frames)
    finally:
        server.terminate()
        server.wait()
