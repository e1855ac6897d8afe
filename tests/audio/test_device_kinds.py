"""Devices that this machine lacks, each played by a real host over a stand-in for PortAudio."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.devices import AudioSetup, DeviceId, list_devices
from morphstudio.audio.player import Player
from morphstudio.errors import DeviceError
from tests.audio.published import begin
from tests.audio.test_converted import pitch_hz


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Make a machine with these devices; returns how one of them is opened, and what it then got."""
    path = tmp_path / "sound.json"
    monkeypatch.setenv("FAKE_SOUND", str(path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "fake_sounddevice"))

    def make(*devices, default=0):
        apis = list(dict.fromkeys(device["api"] for device in devices))
        described = [
            {
                "name": f"Device {index}",
                "hostapi": apis.index(device["api"]),
                "max_output_channels": max(device["channels"], default=0),
                "default_samplerate": float(device["rates"][0]),
                **device,
            }
            for index, device in enumerate(devices)
        ]
        described_apis = [{"name": api, "default_output_device": -1} for api in apis]
        path.write_text(json.dumps({"apis": described_apis, "devices": described, "default": default}))
        return path

    return make


def device(api="ALSA", rates=(44_100,), channels=(1, 2), **others):
    return {"api": api, "rates": list(rates), "channels": list(channels), **others}


def play_a_tone(player, setup=None):
    player.open(setup)
    wave = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(RATE_HZ) / RATE_HZ)
    writer = begin(player, RATE_HZ)
    writer.write(0, np.stack([wave, 0.5 * wave], axis=1).astype(np.float32))
    writer.publish()
    player.play()
    time.sleep(0.8)
    assert player.poll().is_open, player.status.problem


def opened(path):
    return json.loads(path.with_suffix(".opened").read_text())


def played(path, n_channels):
    samples = np.fromfile(path.with_suffix(".played"), np.float32).reshape(-1, n_channels)
    first = np.flatnonzero(samples[:, 0])[0]
    return samples[first + 2000 :]


@pytest.mark.parametrize(
    ("rates", "channels", "expected"),
    [
        ([44_100, 48_000], [1, 2, 8], (44_100, 2)),
        ([48_000], [1, 2], (48_000, 2)),
        ([96_000], [2], (96_000, 2)),
        ([44_100], [6], (44_100, 6)),
        ([48_000], [8], (48_000, 8)),
        ([44_100], [1], (44_100, 1)),
        ([44_056, 96_000], [2], (96_000, 2)),
    ],
)
def test_a_device_is_opened_in_the_first_way_that_works(player, machine, rates, channels, expected):
    path = machine(device(rates=rates, channels=channels))
    play_a_tone(player)
    rate_hz, n_channels = expected
    assert (opened(path)["rate_hz"], opened(path)["channels"]) == expected
    assert player.status.rate_hz == rate_hz
    assert player.status.latency_ms == pytest.approx(20 if rate_hz == RATE_HZ else 20.73, abs=0.1)
    player.close()
    got = played(path, n_channels)
    levels = [0.375] if n_channels == 1 else [0.5, 0.25] + [0.0] * (n_channels - 2)
    assert np.abs(got[: rate_hz // 4]).max(axis=0) == pytest.approx(levels, abs=0.005)
    assert 1200 * np.log2(pitch_hz(got[: rate_hz // 4, 0], rate_hz) / 1000) == pytest.approx(0, abs=1)


def test_a_device_that_opens_in_no_way_says_why(player, machine):
    machine(device(rates=[44_056], channels=[2], name="Odd box"))
    with pytest.raises(DeviceError) as caught:
        player.open()
    assert caught.value.message == "The sound device Odd box cannot be opened: Invalid sample rate."
    assert player.status.lost == ""


def test_windows_converts_for_a_shared_device(player, machine):
    path = machine(device("Windows WASAPI", rates=[48_000]))
    play_a_tone(player)
    assert opened(path)["rate_hz"] == RATE_HZ
    assert opened(path)["settings"] == "WasapiSettings"
    assert (player.status.host_api, player.status.rate_hz) == ("Windows WASAPI", RATE_HZ)


def test_a_mac_keeps_its_settings(player, machine):
    path = machine(device("Core Audio", rates=[48_000]))
    play_a_tone(player)
    assert opened(path)["rate_hz"] == 48_000
    assert opened(path)["settings"] == "NoneType"


def test_asio_is_there_only_when_asked_for(player, machine):
    machine(device("MME", name="Speakers"), device("ASIO", name="Interface"))
    interface = DeviceId("ASIO", "Interface")
    assert [found.name for found in list_devices()] == ["Speakers"]
    assert [found.name for found in list_devices(uses_asio=True)] == ["Speakers", "Interface"]
    for uses_asio in (False, True):
        assert player.list_devices(uses_asio) == list_devices(uses_asio)
    with pytest.raises(DeviceError, match="Interface is not there"):
        player.open(AudioSetup(interface))
    player.open(AudioSetup(interface, block_frames=64, uses_asio=True))
    assert (player.status.host_api, player.status.block_frames) == ("ASIO", 64)


def test_a_device_is_found_by_api_and_name_and_the_default_by_the_system(player, machine):
    path = machine(
        device("MME", name="Same", rates=[48_000]),
        device("Windows DirectSound", name="Same", rates=[96_000]),
        device("Windows DirectSound", name="Other"),
        device("Windows DirectSound", name="Microphone", channels=[]),
        default=2,
    )
    player.open(AudioSetup(DeviceId("Windows DirectSound", "Same")))
    assert opened(path)["rate_hz"] == 96_000
    player.open(AudioSetup(DeviceId("MME", "Same")))
    assert opened(path)["rate_hz"] == 48_000
    player.open()
    assert player.status.device_name == "Other"
    assert [found.is_default for found in list_devices()] == [False, False, True]
    with pytest.raises(DeviceError, match="Microphone is not there"):
        player.open(AudioSetup(DeviceId("Windows DirectSound", "Microphone")))


def test_a_player_has_a_block_size_of_its_own(machine):
    machine(device())
    player = Player(block_frames=128)
    player.open()
    assert player.status.block_frames == 128
    player.close()
