"""The player where nothing can be heard: it says so in a sentence, and everything else goes on."""

import gc
import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from morphstudio.audio.devices import AudioSetup, DeviceId, list_devices
from morphstudio.audio.player import FLOOR_DB, Player
from morphstudio.errors import DeviceError
from tests.audio.published import begin

LOOP = np.random.default_rng(0).normal(0, 0.1, (5000, 2)).astype(np.float32)


def check_works_silently(player):
    for generation in (1, 2, 3, 4):
        writer = begin(player, len(LOOP))
        writer.write(4000, LOOP)
        assert writer.publish() == generation
    player.play()
    player.set_gain_db(-6)
    player.set_position(1234)
    assert player.published_generation == 4
    assert player.heard_generation == 0
    assert player.first_heard_ns(4) is None
    assert player.playhead == 1234
    assert player.read_tap() is None
    assert player.meters().left_db == player.meters().right_db == FLOOR_DB
    assert player.xruns == 0
    assert player.is_playing
    player.stop()
    assert not player.is_playing


def test_before_it_is_opened(player):
    assert player.status == player.poll()
    assert not player.status.is_open
    assert player.playhead == 0
    check_works_silently(player)


def test_no_device(player, no_servers):
    if list_devices():
        pytest.skip("this machine has a sound card")
    with pytest.raises(DeviceError, match="There is no sound device"):
        player.open()
    assert "There is no sound device" in player.status.problem
    assert player.poll() == player.status
    check_works_silently(player)


def test_a_device_that_is_gone(player, no_servers):
    with pytest.raises(DeviceError, match="Old interface is not there"):
        player.open(AudioSetup(DeviceId("ALSA", "Old interface")))


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("sounddevice", "raise OSError('PortAudio library not found')"),
        # Runs before everything else in the host: the real sounddevice then looks in vain.
        pytest.param(
            "sitecustomize",
            "import ctypes.util; ctypes.util.find_library = lambda name: None",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="PortAudio is in the package there"),
        ),
    ],
)
def test_no_portaudio(player, monkeypatch, tmp_path, module, code):
    (tmp_path / f"{module}.py").write_text(code + "\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DeviceError, match="PortAudio is not installed") as caught:
        player.open()
    assert "libportaudio2" in caught.value.hint
    assert player.status.problem == caught.value.message
    with pytest.raises(DeviceError, match="PortAudio is not installed"):
        list_devices()
    with pytest.raises(DeviceError, match="PortAudio is not installed"):
        player.list_devices()
    check_works_silently(player)


def test_a_host_that_breaks(player, monkeypatch, tmp_path):
    (tmp_path / "sounddevice.py").write_text("import nothing_of_this_name\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DeviceError, match="The audio host failed: ModuleNotFoundError"):
        player.open()


def test_a_host_that_cannot_be_started(player, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/python")
    with pytest.raises(DeviceError, match=r"cannot be started \(No such file") as caught:
        player.open()
    assert player.status.problem == caught.value.message
    with pytest.raises(DeviceError, match=r"cannot be listed \(No such file"):
        player.list_devices()


def test_a_sound_system_that_hangs_is_given_up(player, monkeypatch, tmp_path):
    (tmp_path / "sounddevice.py").write_text("import time; time.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = []

    def open_it():
        try:
            player.open()
        except DeviceError as error:
            told.append(error)

    opening = threading.Thread(target=open_it)
    opening.start()
    opening.join(0.5)
    assert opening.is_alive()
    player.give_up()
    opening.join(1.0)
    assert not opening.is_alive()
    assert not player.status.is_open
    with pytest.raises(DeviceError):
        player.open()
    assert len(told) == 1


def test_closing_twice_and_opening_after_that():
    player = Player()
    player.close()
    player.close()
    assert not player.poll().is_open
    with pytest.raises(RuntimeError, match="closed"):
        player.open()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_memory_goes_with_the_player():
    def n_mapped():
        return Path("/proc/self/maps").read_text().count("memfd:morphstudio")

    def n_files():
        return len(list(Path("/proc/self/fd").iterdir()))

    gc.collect()
    n_mapped_before, n_files_before = n_mapped(), n_files()
    player = Player()
    writer = begin(player, 1000)
    assert n_mapped() == n_mapped_before + 1
    player.close()
    del player
    writer.write(0, LOOP[:1000])  # a render that ends later harms nobody
    del writer
    gc.collect()
    assert n_mapped() == n_mapped_before
    assert n_files() == n_files_before


def imports_of(statement):
    code = f"{statement}; import sys, json; print(json.dumps(sorted(sys.modules)))"
    return set(json.loads(subprocess.check_output([sys.executable, "-c", code])))


def test_no_qt_and_no_torch_in_audio():
    names = ["files", "export", "player", "devices", "host", "playing", "output"]
    modules = imports_of("import " + ", ".join(f"morphstudio.audio.{name}" for name in names))
    assert not modules & {"PySide6", "torch", "scipy", "sounddevice"}


def test_the_host_starts_with_little():
    modules = imports_of("import morphstudio.audio.host, morphstudio.audio.playing")
    assert not modules & {
        "soxr",
        "soundfile",
        "av",
        "multiprocessing",
        "subprocess",
        "tempfile",
        "morphstudio.audio.files",
    }
