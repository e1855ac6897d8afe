"""The device that was chosen plays, or another does until it is back; and it is said in a sentence."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from morphstudio.app import Studio
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.decks import TAP_COUNT
from morphstudio.audio.devices import AudioSetup, DeviceId, DeviceInfo
from morphstudio.audio.export import write_wav
from morphstudio.audio.player import Player, PlayerStatus
from morphstudio.errors import DeviceError
from morphstudio.settings import AudioSettings, Settings, SettingsFile
from morphstudio.synth.random_loops import random_loop
from morphstudio.ui import device_keeper
from morphstudio.ui.device_keeper import DeviceKeeper
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.transport import TransportBar
from tests.audio.conftest import JACK, jack, no_servers, pulse, start_jack, start_pulse  # noqa: F401
from tests.audio.published import begin

LOOP = np.random.default_rng(0).normal(0, 0.1, (50_000, 2)).astype(np.float32)
TICK_MS = 33
PULSE = DeviceId("ALSA", "default")
INTERFACE = DeviceId("Core Audio", "Interface")
BUILT_IN = DeviceId("Core Audio", "Built-in")
SCREEN = DeviceId("Core Audio", "Screen")


class Desk(QWidget):
    """The part of the window that has to do with devices, ticking as the window does."""

    def __init__(self, theme, player, path):
        super().__init__()
        self.player = player
        self.file = SettingsFile(path)
        self.file.load()
        self.transport, self.bar = TransportBar(theme), MessageBar(theme)
        layout = QVBoxLayout(self)
        layout.addWidget(self.transport)
        layout.addWidget(self.bar)
        self.menu = self.transport.device_button.devices
        self.keeper = DeviceKeeper(player, self.transport, self.bar, self.file, self)
        self.is_gesturing = False
        self.longest_tick_s = 0.0
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.tick)

    def start(self):
        self.keeper.start()
        self.timer.start(TICK_MS)

    def tick(self):
        started_s = time.monotonic()
        self.keeper.poll(self.is_gesturing)
        self.longest_tick_s = max(self.longest_tick_s, time.monotonic() - started_s)

    def end(self):
        self.timer.stop()
        self.keeper.stop()
        self.player.close()

    @property
    def status(self):
        return self.transport.device_button.status

    @property
    def said(self):
        return [" ".join((m.title, m.text, m.hint)) for m in self.bar.messages]

    @property
    def offered(self):
        return [action.text() for action in self.menu.actions() if action.isCheckable()]

    @property
    def checked(self):
        (action,) = [action for action in self.menu.actions() if action.isChecked()]
        return action.text()


@pytest.fixture
def make_desk(qtbot, themed_app, theme, home):
    desks = []

    def make(player=None):
        desks.append(Desk(theme, player or Player(), home / "settings.json"))
        qtbot.addWidget(desks[-1])
        return desks[-1]

    yield make
    for desk in desks:
        desk.end()


def remember(home, device, block_frames=512, volume_db=0.0):
    audio = AudioSettings(device.host_api, device.name, block_frames)
    SettingsFile(home / "settings.json").save(Settings(audio, volume_db))


def texts(menu):
    return [action.text() for action in menu.actions()]


def play_loop(player):
    writer = begin(player, len(LOOP))
    writer.write(0, LOOP)
    writer.publish()
    player.play()


def is_sounding(player):
    """Whether something was played since the last call."""
    chunks = []
    while chunk := player.read_tap():
        chunks.append(chunk)
    return any(np.abs(chunk.samples).max() > 0.01 for chunk in chunks)


def wait_for_sound(qtbot, desk):
    """Wait until it plays and the desk knows that it does."""
    qtbot.waitUntil(lambda: is_sounding(desk.player), timeout=20_000)
    qtbot.waitUntil(lambda: desk.keeper._opening is None, timeout=20_000)


def settle(qtbot, desk):
    """Wait for a look that began after all that happened until now."""
    desk.keeper._look()
    qtbot.waitUntil(
        lambda: not (desk.keeper._looking or desk.keeper._opening or desk.keeper._is_look_due), timeout=20_000
    )


def longest_gap_s():
    """A second; on a machine so busy that to open a device alone takes this long, twice that."""
    player = Player()
    started_s = time.monotonic()
    try:
        player.open()
    finally:
        player.close()
    return max(1.0, 2 * (time.monotonic() - started_s))


# With real servers


@pytest.mark.device
def test_what_was_chosen_is_opened_at_the_next_start(qtbot, make_desk, request):
    request.getfixturevalue("pulse")
    request.getfixturevalue("jack")
    first = make_desk()
    first.start()
    qtbot.waitUntil(lambda: len(first.offered) > 2, timeout=20_000)
    assert first.checked.startswith("System default (")
    first.menu.device_chosen.emit(JACK)
    first.menu.latency_chosen.emit(1024)
    qtbot.waitUntil(lambda: first.player.status.block_frames == 1024, timeout=20_000)
    first.end()

    second = make_desk()
    second.start()
    qtbot.waitUntil(lambda: second.player.status.is_open and len(second.offered) > 2, timeout=20_000)
    status = second.player.status
    assert (status.host_api, status.device_name, status.block_frames) == (JACK.host_api, JACK.name, 1024)
    assert second.checked == "system"
    assert second.status == f"system · 44.1 kHz · {status.latency_ms:.0f} ms"
    assert second.said == []


@pytest.mark.device
def test_a_missing_device_is_played_when_it_comes_and_left_when_it_goes(qtbot, make_desk, home, request):
    request.getfixturevalue("pulse")
    start = request.getfixturevalue("start_jack")
    remember(home, JACK)
    desk = make_desk()
    play_loop(desk.player)
    desk.start()
    qtbot.waitUntil(lambda: desk.player.status.host_api == "ALSA", timeout=20_000)
    wait_for_sound(qtbot, desk)
    (sentence,) = desk.said
    assert sentence.startswith(f"Playing on {desk.player.status.device_name} The sound device system is not")
    assert desk.checked == "system (not there)"

    server = start()
    qtbot.waitUntil(lambda: desk.player.status.host_api == JACK.host_api, timeout=20_000)
    wait_for_sound(qtbot, desk)
    assert desk.said == []

    server.kill()
    server.wait()
    position = desk.player.playhead
    qtbot.waitUntil(lambda: desk.player.status.host_api == "ALSA", timeout=20_000)
    wait_for_sound(qtbot, desk)
    assert (desk.player.playhead - position) % len(LOOP) < 0.9 * len(LOOP)
    assert len(desk.said) == 1
    assert desk.longest_tick_s < 0.5


@pytest.mark.device
def test_no_server_at_the_start_and_then_one(qtbot, make_desk, request):
    start = request.getfixturevalue("start_jack")
    desk = make_desk()
    play_loop(desk.player)
    desk.start()
    qtbot.waitUntil(lambda: desk.said != [] and "No device found" in texts(desk.menu), timeout=20_000)
    (sentence,) = desk.said
    assert "There is no sound device, so nothing can be heard." in sentence
    assert desk.status == "No sound device"
    start()
    wait_for_sound(qtbot, desk)
    assert desk.said == []
    assert desk.checked == f"System default ({desk.player.status.device_name})"


def test_without_portaudio_the_menu_works_and_it_is_said_once(qtbot, make_desk, monkeypatch, tmp_path):
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    desk = make_desk()
    desk.start()
    qtbot.waitUntil(lambda: desk.said != [], timeout=20_000)
    (sentence,) = desk.said
    assert "PortAudio is not installed" in sentence
    assert "libportaudio2" in sentence
    desk.bar.close_newest()
    qtbot.wait(1500)
    assert desk.said == []
    desk.menu.rescan_requested.emit()
    qtbot.waitUntil(lambda: desk.said == [sentence], timeout=20_000)


def test_quitting_does_not_wait_for_a_sound_system_that_hangs(qtbot, make_desk, monkeypatch, tmp_path):
    (tmp_path / "sounddevice.py").write_text("import time; time.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    desk = make_desk()
    desk.start()
    desk.keeper._look()
    qtbot.wait(500)
    assert desk.keeper._opening.isRunning()
    assert desk.keeper._looking.isRunning()
    started_s = time.monotonic()
    desk.end()
    assert time.monotonic() - started_s < 1.0
    assert not desk.player.status.is_open


@pytest.mark.device
def test_a_killed_host_is_replaced_unnoticed(qtbot, make_desk, request):
    request.getfixturevalue("jack")
    desk = make_desk()
    play_loop(desk.player)
    desk.start()
    wait_for_sound(qtbot, desk)
    for _ in range(3):
        settle(qtbot, desk)
        os.kill(desk.player._host.pid, signal.SIGKILL)
        killed_s = time.monotonic()
        is_sounding(desk.player)
        qtbot.waitUntil(lambda: is_sounding(desk.player), timeout=20_000)
        gap_s = time.monotonic() - killed_s
        assert gap_s < longest_gap_s()
        wait_for_sound(qtbot, desk)
        assert desk.said == []
    assert desk.longest_tick_s < 0.5


@pytest.mark.device
def test_many_choices_in_a_row_open_few_devices_and_the_last_one_counts(qtbot, make_desk, request):
    request.getfixturevalue("jack")
    desk = make_desk()
    opened = []
    real_open = desk.player.open
    desk.player.open = lambda setup: (opened.append(setup), real_open(setup))
    desk.start()
    for _ in range(10):
        for device, block_frames in ((JACK, 256), (None, 64), (JACK, 1024)):
            desk.menu.device_chosen.emit(device)
            desk.menu.latency_chosen.emit(block_frames)
            qtbot.wait(5)
    desk.menu.device_chosen.emit(JACK)
    desk.menu.latency_chosen.emit(512)
    qtbot.waitUntil(lambda: desk.player.status.host_api == JACK.host_api, timeout=20_000)
    qtbot.waitUntil(lambda: desk.keeper._opening is None, timeout=20_000)
    assert opened[-1] == AudioSetup(JACK, 512)
    assert len(opened) <= 4
    assert desk.said == []
    assert SettingsFile(desk.file._path).load() is None


# In the whole window


@pytest.fixture
def playing_studio(qtbot, qapp, tmp_path):
    """Returns a function that starts the window on one loop and presses its dot."""
    studios = []
    samples = random_loop(np.random.default_rng(3), 1.6)
    write_wav(tmp_path / "loop.wav", np.resize(samples, (70_000, 2)), bits=24)

    def start():
        studio = Studio(qapp, Player())
        studios.append(studio)
        qtbot.addWidget(studio.window)
        studio.window.resize(1280, 720)
        studio.start([tmp_path / "loop.wav"])
        qtbot.waitUntil(lambda: len(studio.controller.dots) == 1, timeout=60_000)
        (dot,) = studio.controller.dots.values()
        place = studio.pad.frame().to_px(dot).toPoint()
        QTest.mouseClick(studio.pad, Qt.MouseButton.LeftButton, pos=place)
        qtbot.waitUntil(lambda: is_heard(studio), timeout=60_000)
        return studio

    yield start
    for studio in studios:
        studio.window.close()
        studio.shut_down()


def is_heard(studio):
    return studio.player.meters().left_db > -60 and studio.player.status.is_open


@pytest.mark.device
def test_the_window_has_its_sound_back_within_a_second_when_the_host_is_killed(
    qtbot, playing_studio, request
):
    request.getfixturevalue("jack")
    studio = playing_studio()
    qtbot.wait(1000)
    n_frames = int(studio.player._shared.words[TAP_COUNT])
    position = studio.player.playhead
    os.kill(studio.player._host.pid, signal.SIGKILL)
    killed_s = time.monotonic()
    qtbot.waitUntil(lambda: played_since(studio, n_frames) > RATE_HZ // 10, timeout=20_000)
    gap_s = time.monotonic() - killed_s
    moved, played = (studio.player.playhead - position) % 70_000, played_since(studio, n_frames)
    assert gap_s < longest_gap_s()
    assert abs(moved - played) < 0.1 * RATE_HZ  # it went on where it was
    assert studio.window.message_bar.messages == ()


def played_since(studio, n_frames):
    return int(studio.player._shared.words[TAP_COUNT]) - n_frames


@pytest.mark.device
def test_the_window_plays_on_when_pulseaudio_was_killed_and_is_back(qtbot, playing_studio, request):
    start = request.getfixturevalue("start_pulse")
    server = start()
    studio = playing_studio()
    bar = studio.window.message_bar
    server.kill()
    server.wait()
    qtbot.waitUntil(lambda: bar.messages != (), timeout=20_000)
    (message,) = bar.messages
    assert message.text.endswith(".")
    assert not studio.player.status.is_open
    position = studio.player.playhead
    start()
    qtbot.waitUntil(lambda: is_heard(studio), timeout=20_000)
    assert bar.messages == ()
    assert studio.player.is_playing
    assert (studio.player.playhead - position) % 70_000 < RATE_HZ


@pytest.mark.device
def test_the_window_remembers_the_volume(qtbot, playing_studio, request):
    request.getfixturevalue("jack")
    studio = playing_studio()
    studio.window.transport.set_volume_db(-24.0)
    studio.window.close()
    assert playing_studio().window.transport.volume_db == -24.0


# With devices that no machine without hardware has: plugged in, taken away, refusing


class FakeSystem:
    """Devices that are there, the default first, and those that refuse to play."""

    def __init__(self, *devices):
        self.devices = list(devices)
        self.refusing = set()
        self.hidden = set()
        self.n_looks = 0

    def list_devices(self, uses_asio=False):
        self.n_looks += 1
        there = [device for device in self.devices if device not in self.hidden]
        there += [DeviceId("ASIO", "Driver")] * uses_asio
        return [DeviceInfo(d.host_api, d.name, 2, 44_100.0, d == there[0]) for d in there]


class FakePlayer:
    """A player as far as the keeper uses it."""

    def __init__(self, system):
        self.system = system
        self.opened = []
        self.playing = None
        self.status = PlayerStatus()
        self.hold = threading.Event()
        self.hold.set()

    def open(self, setup):
        self.hold.wait(10)
        self.opened.append(setup.device)
        self.playing = None
        there = self.system.devices
        device = setup.device or (there[0] if there else None)
        message = ""
        if device is None:
            message = "There is no sound device, so nothing can be heard."
        elif device not in there and device.host_api != "ASIO":
            message = f"The sound device {device.name} is not there."
        elif device in self.system.refusing:
            message = f"The sound device {device.name} cannot be opened: Device unavailable."
        if message:
            self.status = PlayerStatus(problem=message)
            raise DeviceError("No sound", message, "Choose another.")
        self.playing = device
        self.status = PlayerStatus(True, device.name, device.host_api, 44_100.0, 11.6, setup.block_frames)

    def list_devices(self, uses_asio):
        return self.system.list_devices(uses_asio)

    def poll(self):
        if self.playing is not None and self.playing not in self.system.devices:
            self.lose("device")
        return self.status

    def lose(self, what):
        self.playing = None
        self.status = replace(self.status, is_open=False, problem="It stopped.", lost=what)

    def give_up(self):
        self.hold.set()

    def close(self):
        pass


@pytest.fixture
def system(monkeypatch):
    system = FakeSystem(BUILT_IN, INTERFACE)
    monkeypatch.setattr(device_keeper, "_LOOK_FOR_MISSING_S", 0.05)
    monkeypatch.setattr(device_keeper, "_LOOK_FOR_DEFAULT_S", 0.1)
    monkeypatch.setattr(device_keeper, "_LONGEST_WAIT_S", 0.4)
    return system


@pytest.fixture
def desk(qtbot, make_desk, system):
    desk = make_desk(FakePlayer(system))
    desk.start()
    settle(qtbot, desk)
    return desk


def choose(qtbot, desk, device):
    desk.menu.device_chosen.emit(device)
    settle(qtbot, desk)


def test_the_default_is_followed_and_a_choice_is_not_left(qtbot, desk, system):
    assert desk.player.playing == BUILT_IN
    system.devices.insert(0, SCREEN)
    qtbot.waitUntil(lambda: desk.player.playing == SCREEN)
    settle(qtbot, desk)
    assert desk.checked == "System default (Screen)"
    choose(qtbot, desk, BUILT_IN)
    system.devices.remove(SCREEN)
    system.devices.insert(0, SCREEN)
    qtbot.wait(300)
    assert desk.player.playing == BUILT_IN
    assert desk.checked == "Built-in"
    assert desk.said == []


def test_a_default_that_is_unplugged_is_told(qtbot, desk, system):
    system.devices.remove(BUILT_IN)
    qtbot.waitUntil(lambda: desk.player.playing == INTERFACE)
    settle(qtbot, desk)
    assert desk.said == ["Playing on Interface Built-in is gone, so the system's default plays. "]
    assert desk.checked == "System default (Interface)"


def test_a_device_that_plays_and_is_hidden_is_not_left(qtbot, desk, system):
    """As ALSA does: what one process plays on, another cannot see."""
    system.hidden.add(BUILT_IN)
    qtbot.wait(400)
    assert desk.player.opened == [None]
    assert "Built-in" in desk.offered


def test_unplugged_and_plugged_in_again(qtbot, desk, system):
    choose(qtbot, desk, INTERFACE)
    for _ in range(2):
        system.devices.remove(INTERFACE)
        qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
        settle(qtbot, desk)
        (sentence,) = desk.said
        assert sentence.startswith("Playing on Built-in The sound device Interface is not there.")
        assert desk.checked == "Interface (not there)"
        desk.bar.close_newest()
        settle(qtbot, desk)
        assert desk.said == []  # it was read and closed
        system.devices.append(INTERFACE)
        qtbot.waitUntil(lambda: desk.player.playing == INTERFACE)
        settle(qtbot, desk)
        assert desk.said == []
        assert desk.checked == "Interface"


def test_all_devices_gone_and_one_back(qtbot, desk, system):
    choose(qtbot, desk, INTERFACE)
    system.devices.clear()
    qtbot.waitUntil(lambda: desk.said != [])
    assert "Interface is not there" in desk.said[0]
    assert desk.status == "No sound device"
    system.devices.append(BUILT_IN)
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    system.devices.append(INTERFACE)
    qtbot.waitUntil(lambda: desk.player.playing == INTERFACE)
    settle(qtbot, desk)
    assert desk.said == []


def test_a_device_that_refuses_does_not_stop_the_other_again_and_again(qtbot, desk, system):
    system.refusing.add(INTERFACE)
    choose(qtbot, desk, INTERFACE)
    qtbot.wait(600)
    assert desk.player.playing == BUILT_IN
    assert desk.player.opened.count(INTERFACE) <= 3
    assert "cannot be opened: Device unavailable" in desk.said[0]
    system.refusing.clear()
    choose(qtbot, desk, INTERFACE)
    assert desk.player.playing == INTERFACE
    assert desk.said == []


def test_where_everything_refuses_it_is_tried_ever_more_rarely(qtbot, desk, system):
    system.refusing |= {BUILT_IN, INTERFACE}
    choose(qtbot, desk, None)
    n_before = len(desk.player.opened)
    qtbot.wait(1000)
    assert 1 <= len(desk.player.opened) - n_before <= 5
    assert len(desk.said) == 1
    system.refusing.clear()
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    qtbot.waitUntil(lambda: desk.said == [])


def test_nothing_is_looked_for_during_a_gesture(qtbot, desk, system):
    choose(qtbot, desk, INTERFACE)
    system.devices.remove(INTERFACE)
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    settle(qtbot, desk)
    desk.is_gesturing = True
    n_looks = system.n_looks
    system.devices.append(INTERFACE)
    qtbot.wait(300)
    assert system.n_looks == n_looks
    desk.is_gesturing = False
    qtbot.waitUntil(lambda: desk.player.playing == INTERFACE)


def test_a_device_that_stays_away_is_looked_for_ever_less_often(qtbot, desk, system, monkeypatch):
    monkeypatch.setattr(device_keeper, "_LONGEST_WAIT_S", 0.8)
    choose(qtbot, desk, INTERFACE)
    system.devices.remove(INTERFACE)
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    for what_happens in (lambda: system.devices.append(SCREEN), desk.menu.rescan_requested.emit):
        qtbot.wait(1800)
        n_looks = system.n_looks
        qtbot.wait(1600)
        assert system.n_looks - n_looks <= 3
        what_happens()
        n_looks = system.n_looks
        qtbot.waitUntil(lambda n=n_looks: system.n_looks >= n + 4, timeout=2000)
    system.devices.append(INTERFACE)
    qtbot.waitUntil(lambda: desk.player.playing == INTERFACE)


def test_a_chosen_device_that_plays_needs_no_looks(qtbot, desk, system):
    choose(qtbot, desk, INTERFACE)
    n_looks = system.n_looks
    qtbot.wait(400)
    assert system.n_looks == n_looks


def test_a_host_that_dies_again_and_again_is_told_and_not_restarted_in_a_rush(qtbot, desk, system):
    for n_deaths in range(1, 5):
        desk.player.lose("host")
        if n_deaths <= 3:
            qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
            qtbot.waitUntil(lambda: desk.keeper._opening is None)
            assert desk.said == []
    qtbot.waitUntil(lambda: desk.said != [])
    (sentence,) = desk.said
    assert "The sound keeps stopping" in sentence
    assert desk.player.playing is None
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    desk.menu.latency_chosen.emit(2048)
    qtbot.waitUntil(lambda: desk.player.status.block_frames == 2048)
    assert desk.said == []


def test_a_fallback_whose_host_dies_is_opened_before_what_is_missing(qtbot, desk, system):
    choose(qtbot, desk, INTERFACE)
    system.devices.remove(INTERFACE)
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    settle(qtbot, desk)
    n_before, said = len(desk.player.opened), desk.said
    desk.player.lose("host")
    qtbot.waitUntil(lambda: desk.player.playing == BUILT_IN)
    settle(qtbot, desk)
    assert desk.player.opened[n_before:] == [None]
    assert desk.said == said


def test_a_device_that_takes_long_to_open_does_not_hold_the_window(qtbot, desk):
    desk.player.hold.clear()
    desk.menu.device_chosen.emit(INTERFACE)
    desk.menu.device_chosen.emit(BUILT_IN)
    qtbot.wait(200)
    assert desk.status == "Opening sound device…"
    desk.menu.device_chosen.emit(INTERFACE)
    desk.player.hold.set()
    settle(qtbot, desk)
    assert desk.player.playing == INTERFACE
    assert desk.player.opened == [None, INTERFACE, INTERFACE]
    assert desk.longest_tick_s < 0.1


def test_asio_devices_come_and_go_with_the_switch(qtbot, desk, monkeypatch):
    monkeypatch.setattr(device_keeper, "sys", SimpleNamespace(platform="win32"))
    driver = DeviceId("ASIO", "Driver")
    desk.menu.asio_switched.emit(True)
    qtbot.waitUntil(lambda: "Driver" in desk.offered)
    choose(qtbot, desk, driver)
    assert desk.file.settings.audio == AudioSettings("ASIO", "Driver", 512, True)
    desk.menu.asio_switched.emit(False)
    settle(qtbot, desk)
    assert desk.player.playing == BUILT_IN
    assert "Driver" not in " ".join(desk.offered)
    assert desk.file.settings.audio == AudioSettings()


def test_a_choice_that_cannot_be_remembered_is_made_all_the_same(qtbot, desk, home):
    shutil.rmtree(home)
    home.write_text("a file where the folder was")
    choose(qtbot, desk, INTERFACE)
    assert desk.player.playing == INTERFACE
    assert "settings.json" in desk.said[0]
