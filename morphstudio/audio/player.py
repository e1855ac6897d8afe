"""The face of the audio host for the window: device, transport, meters and tap.

Decks are not written here: the process that renders attaches to `deck_memory`, and begins, writes and
publishes them by a `DeckBank` of its own. No call waits for the callback.
"""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.decks import (
    GAIN,
    HEARD,
    HEARTBEAT,
    IS_SOUNDING,
    JUMP_COUNT,
    LENGTH,
    N_CALLBACKS,
    N_JUMPS,
    N_LOOP,
    N_STAMPS,
    N_XRUNS,
    PEAK,
    PLAYING,
    POSITION,
    PUBLISHED,
    SEEK,
    TAP_COUNT,
    TAP_FRAMES,
    SharedDecks,
)
from morphstudio.audio.devices import AudioSetup, DeviceInfo, list_devices
from morphstudio.audio.host_process import HostProcess, Report
from morphstudio.audio.shared import SharedBlock
from morphstudio.errors import DeviceError

FLOOR_DB = -120.0
"""What a meter shows for silence; a gain this low is silence."""

# Network and virtual sinks take a second and more at a time.
_STALLED_S = 4.0
_CHOOSE_AGAIN = "Choose the sound device again."


@dataclass(frozen=True, slots=True)
class PlayerStatus:
    """What the transport shows; `problem` is a sentence, empty while all is well.

    `lost` says what ended what was open: the host process, so that opening again at once is right, or
    the device. `latency_ms` is from the callback to the loudspeaker, as the device tells it. `priority`
    is what the callback runs at.
    """

    is_open: bool = False
    device_name: str = ""
    host_api: str = ""
    rate_hz: float = 0.0
    latency_ms: float = 0.0
    block_frames: int = 0
    priority: Literal["", "normal", "raised", "realtime"] = ""
    problem: str = ""
    lost: Literal["", "host", "device"] = ""


@dataclass(frozen=True, slots=True)
class Meters:
    """Peaks in dB re full scale, falling 24 dB a second, from `FLOOR_DB` up."""

    left_db: float
    right_db: float


@dataclass(frozen=True, slots=True, eq=False)
class TapChunk:
    """Sound that was played, in one piece.

    `samples` is float32 (frames, 2), read-only, after volume; its first frame was at `loop_start` in a
    loop of `n_loop` frames, and positions go on evenly, modulo `n_loop`. `generation` is the deck that
    was heard at its end.
    """

    samples: Samples
    loop_start: int
    n_loop: int
    generation: int


class Player:
    """Plays the newest published deck as a loop, in a process of its own.

    Works without a device too: decks are written and published, and nothing is heard.

    Parameters
    ----------
    block_frames : int
        Frames in each callback, where `open` is not told otherwise.
    """

    def __init__(self, block_frames: int = 512) -> None:
        self._block_frames = block_frames
        self._block = SharedBlock(SharedDecks.N_BYTES)
        self._shared = SharedDecks(self._block.buffer)
        self._shared.prepare()
        self._host: HostProcess | None = None
        self._has_given_up = threading.Event()
        self._status = PlayerStatus()
        self._is_closed = False
        self._tap_read = 0
        self._seen_callbacks = 0
        self._seen_at_s = 0.0

    # The device

    def open(self, setup: AudioSetup | None = None) -> None:
        """Start the host on a device, the default one unless told otherwise, or move it there.

        What plays goes on at its position.

        Waits for the device, some tenths of a second.

        Raises
        ------
        DeviceError
            If there is no such device, no PortAudio, the device refuses, or `give_up` was called.
            `status.problem` says it too.
        """
        if self._is_closed:
            raise RuntimeError("the player is closed")
        self._stop_host()
        if self._has_given_up.is_set():
            raise self._no_sound({})
        if setup is None:
            setup = AudioSetup(block_frames=self._block_frames)
        request = {
            "host_api": setup.device.host_api if setup.device else "",
            "name": setup.device.name if setup.device else "",
            "block_frames": setup.block_frames,
            "uses_asio": setup.uses_asio,
        }
        try:
            host = HostProcess(self._block.attach_argument, self._block.pass_fds, request)
        except OSError as error:
            message = f"The audio host cannot be started ({error.strerror})."
            raise self._no_sound({"message": message}) from error
        report = host.first_report(self._has_given_up)
        if report.get("event") != "opened":
            host.close(timeout_s=0.0 if self._has_given_up.is_set() else 0.5)
            self._shared.forget_host()
            raise self._no_sound(report)
        self._host = host
        del report["event"]
        self._status = PlayerStatus(is_open=True, **report)
        self._seen_at_s = time.monotonic()

    def list_devices(self, uses_asio: bool = False) -> list[DeviceInfo]:
        """Devices that are there now, as `devices.list_devices`, but ended by `give_up`."""
        return list_devices(uses_asio, self._has_given_up)

    def _no_sound(self, report: Report) -> DeviceError:
        message = report.get("message", "The audio host does not start.")
        self._status = PlayerStatus(problem=message)
        return DeviceError("No sound", message, report.get("hint", _CHOOSE_AGAIN))

    def give_up(self) -> None:
        """Open and list nothing from now on; what waits for a device in another thread fails at once."""
        self._has_given_up.set()

    def close(self) -> None:
        """Fade out and end the host. The memory goes with this object; a second call does nothing."""
        self._stop_host()
        self._status = PlayerStatus()
        self._is_closed = True
        self._block.close()

    @property
    def deck_memory(self) -> SharedBlock:
        """What the process that writes decks attaches to."""
        return self._block

    @property
    def status(self) -> PlayerStatus:
        """As `poll` found it last."""
        return self._status

    def poll(self) -> PlayerStatus:
        """Look after the host, without waiting; for a timer of the GUI.

        It tells the host that the window is alive, as reading the tap and the meters does: without any of
        these for ten seconds the host takes it for hung, and falls silent until it hears of it again.
        """
        self._beat()
        host = self._host
        if host is None:
            return self._status
        is_alive = host.is_alive
        if not is_alive:
            host.hear_out()
        report = host.next_report()
        n_callbacks = int(self._shared.words[N_CALLBACKS])
        now_s = time.monotonic()
        if n_callbacks != self._seen_callbacks:
            self._seen_callbacks, self._seen_at_s = n_callbacks, now_s
        problem = ""
        lost: Literal["host", "device"] = "device"
        if report.get("message"):
            problem = f"{report['message']} {report.get('hint', _CHOOSE_AGAIN)}"
            lost = "device" if report["event"] == "lost" else "host"
        elif not is_alive:
            problem = f"The audio host ended unexpectedly. {_CHOOSE_AGAIN}"
            lost = "host"
        elif now_s - self._seen_at_s > _STALLED_S:
            problem = f"The sound device {self._status.device_name} stopped responding. {_CHOOSE_AGAIN}"
        if problem:
            # Nobody is there to fade out for: end it at once.
            self._stop_host(timeout_s=0.0)
            self._status = replace(self._status, is_open=False, problem=problem, lost=lost)
        return self._status

    def _beat(self) -> None:
        self._shared.words[HEARTBEAT] += 1

    def _stop_host(self, timeout_s: float = 2.0) -> None:
        host, self._host = self._host, None
        if host is not None:
            host.close(timeout_s)
            self._shared.forget_host()

    # Decks

    @property
    def published_generation(self) -> int:
        """Number of the newest published deck; 0 before the first."""
        return int(self._shared.words[PUBLISHED]) >> 2

    @property
    def heard_generation(self) -> int:
        """Number of the deck that was mixed last; 0 before the first."""
        return int(self._shared.words[HEARD])

    def first_heard_ns(self, generation: int) -> int | None:
        """`time.monotonic_ns()` of the callback that first mixed a generation.

        None where it was not heard, because a newer one came first, or is more than 500 generations ago.
        """
        heard, time_ns = self._shared.stamps[generation % N_STAMPS]
        return int(time_ns) if generation > 0 and heard == generation else None

    # Transport, on the GUI thread

    def play(self, *, waits: bool = False) -> None:
        """Go on from where it stopped; a stop or start fades over 5 ms.

        With `waits`, not with what was heard last but with the next deck that is published.
        """
        self._shared.words[PLAYING] = max(1, self.published_generation + waits)

    def stop(self) -> None:
        """Stop and stay there."""
        self._shared.words[PLAYING] = 0

    @property
    def is_playing(self) -> bool:
        """Whether `play` was called last."""
        return bool(self._shared.words[PLAYING])

    def set_gain_db(self, gain_db: float) -> None:
        """Set the volume; 0 dB plays the samples as they are."""
        self._shared.values[GAIN] = 0.0 if gain_db <= FLOOR_DB else 10 ** (gain_db / 20)

    def set_position(self, frame: int) -> None:
        """Jump to a frame of the loop, crossfading."""
        words = self._shared.words
        frame = max(0, frame)
        if self._host is None:
            words[POSITION] = frame
        words[SEEK] = (int(words[SEEK]) >> 32) + 1 << 32 | frame

    @property
    def playhead(self) -> int:
        """Frame of the loop that leaves the loudspeaker about now."""
        words = self._shared.words
        n_loop = self._n_loop()
        if not n_loop:
            return 0
        position = int(words[POSITION])
        if words[IS_SOUNDING]:
            # What is mixed is heard when it has passed the device's buffer; not from before a jump.
            last_jump = self._shared.jumps[(int(words[JUMP_COUNT]) - 1) % N_JUMPS]
            n_since_jump = int(words[TAP_COUNT]) - int(last_jump[0])
            position -= min(round(self._status.latency_ms / 1000 * RATE_HZ), max(0, n_since_jump))
        return position % n_loop

    def meters(self) -> Meters:
        """Peak meters of left and right."""
        self._beat()
        left, right = (
            max(FLOOR_DB, 20 * math.log10(peak)) if peak > 0 else FLOOR_DB
            for peak in self._shared.values[PEAK : PEAK + 2].tolist()
        )
        return Meters(left, right)

    @property
    def xruns(self) -> int:
        """Blocks that came too late since the player was made."""
        return int(self._shared.words[N_XRUNS])

    def read_tap(self) -> TapChunk | None:
        """All frames played since the last call; None when there are none.

        Up to about 3 s; of more, the newest 2 s. Where the position jumped in between, only what was
        played before; the next call gives the rest.
        """
        self._beat()
        words, tap = self._shared.words, self._shared.tap
        while True:
            end = int(words[TAP_COUNT])
            if end == self._tap_read:
                return None
            if end - self._tap_read > TAP_FRAMES * 3 // 4:
                self._tap_read = end - TAP_FRAMES * 2 // 3
            start = self._tap_read
            generation = int(words[HEARD])
            jump, next_jump = self._jumps_around(start)
            end = min(end, next_jump)
            samples = tap[np.arange(start, end) % TAP_FRAMES]
            # Taken while the callback went once around: too old, look again.
            if int(words[TAP_COUNT]) - start < TAP_FRAMES * 7 // 8:
                break
        self._tap_read = end
        samples.setflags(write=False)
        since, position, n_loop = jump
        return TapChunk(samples, (position + start - since) % n_loop, n_loop, generation)

    def _jumps_around(self, start: int) -> tuple[tuple[int, int, int], int]:
        """Return the jump that the frame `start` comes after, and where the next one is."""
        count = int(self._shared.words[JUMP_COUNT])
        next_at = 1 << 62
        for index in range(count - 1, max(-1, count - N_JUMPS), -1):
            at, position, n_loop = self._shared.jumps[index % N_JUMPS].tolist()
            if at <= start:
                return (at, position, n_loop), next_at
            next_at = at
        # More jumps than are remembered: the positions of what is this old are lost.
        return (start, 0, max(1, self._n_loop())), next_at

    def _n_loop(self) -> int:
        """Length of the loop that plays, or of the newest published one while there is no host."""
        words = self._shared.words
        published = int(words[PUBLISHED])
        if self._host is None and published:
            return int(words[LENGTH + (published & 3)])
        return int(words[N_LOOP])
