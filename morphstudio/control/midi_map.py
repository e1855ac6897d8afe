"""Which knob, wheel or button does what; how it is learnt; what messages of it mean. Knows no port."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from morphstudio.control.events import (
    ControlEvent,
    DetailChanged,
    DotTriggered,
    PlayRequested,
    PointMoved,
    TempoHeard,
)
from morphstudio.control.midi_clock import MidiClock

Target = Literal["x", "y", "detail", "play"]
TARGETS: Final[tuple[Target, ...]] = ("x", "y", "detail", "play")
FIRST_DOT_NOTE: Final = 36
"""The lowest pad of most drum machines, C1 or C2 by maker; each semitone above is the next dot."""

_HIGHEST_7_BIT, _HIGHEST_14_BIT = 127, 16_383
_FINE_OFFSET = 32
"""MIDI sends the fine half of control n, 0 to 31, as control n + 32."""
_PAIRS_TO_BELIEVE = 3
_PRESSED = 0.5
_LEARNT_TRAVEL = 0.06
_TEXT = re.compile(r"(cc|note) (1[0-6]|[1-9]) (12[0-7]|1[01]\d|[1-9]?\d)|bend (1[0-6]|[1-9])")


@dataclass(frozen=True, slots=True)
class ControlSource:
    """A knob, a pitch wheel or a key: `kind` "cc", "bend" or "note", channel 1 to 16, number 0 to 127.

    >>> ControlSource.parse("cc 1 74").text
    'cc 1 74'
    """

    kind: Literal["cc", "bend", "note"]
    channel: int
    number: int = 0

    @property
    def text(self) -> str:
        """As it is kept in the settings."""
        return f"{self.kind} {self.channel}" + ("" if self.kind == "bend" else f" {self.number}")

    @classmethod
    def parse(cls, text: str) -> ControlSource:
        """Return what `text` gives.

        Raises
        ------
        ValueError
            If it is no such text.
        """
        if not _TEXT.fullmatch(text):
            raise ValueError(f"no control: {text!r}")
        kind, channel, *number = text.split()
        return cls(kind, int(channel), int(number[0]) if number else 0)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class MidiMap:
    """What is moved by what, and whether the clock of another machine sets the tempo and starts and stops."""

    x: ControlSource | None = None
    y: ControlSource | None = None
    detail: ControlSource | None = None
    play: ControlSource | None = None
    follows_clock: bool = False


def is_control_text(text: str) -> bool:
    """Whether the settings may hold this: empty, or what `ControlSource.parse` takes."""
    return not text or _TEXT.fullmatch(text) is not None


class MidiReader:
    """Turns the messages of one port into events.

    A control of 7 bit is taken at its word. Where its fine half follows at once, three times in a row, the
    two are one control of 14 bit from then on, until the fine half stays away as often.

    Parameters
    ----------
    midi_map : MidiMap
    """

    def __init__(self, midi_map: MidiMap) -> None:
        self.map = midi_map
        self._clock = MidiClock()
        self._coarse: dict[tuple[int, int], int] = {}
        self._belief: dict[tuple[int, int], int] = {}
        self._paired: set[tuple[int, int]] = set()
        self._awaited: tuple[int, int] | None = None
        self._was_pressed = False

    def read(self, message: Any, at_s: float) -> list[ControlEvent]:  # noqa: ANN401 - mido has no types
        """What a message asks for.

        Parameters
        ----------
        message : mido.Message
        at_s : float
            When it came, in seconds by a clock that does not jump.
        """
        if message.type in ("clock", "start", "continue", "stop"):
            return self._read_clock(message.type, at_s)
        if message.type == "control_change":
            return self._read_control(message.channel + 1, message.control, message.value)
        if message.type == "pitchwheel":
            share = (message.pitch + 8192) / _HIGHEST_14_BIT
            return self._moved(ControlSource("bend", message.channel + 1), share)
        if message.type == "note_on" and message.velocity > 0:
            return self._struck(message)
        return []

    def tempo(self, now_s: float) -> float | None:
        """Tempo of the clock that runs, in beats a minute; None where none does."""
        return self._clock.tempo(now_s)

    def _read_clock(self, kind: str, at_s: float) -> list[ControlEvent]:
        if not self.map.follows_clock:
            return []
        if kind == "clock":
            bpm = self._clock.tick(at_s)
            return [] if bpm is None else [TempoHeard(bpm)]
        if kind == "stop":
            return [PlayRequested(False)]
        return [PlayRequested(True, is_from_start=kind == "start")]

    def _read_control(self, channel: int, number: int, value: int) -> list[ControlEvent]:
        coarse = (channel, number - _FINE_OFFSET)
        awaited, self._awaited = self._awaited, None
        if awaited == coarse:
            self._believe(coarse, 1)
        elif awaited is not None:
            self._believe(awaited, -1)
        if coarse in self._paired:
            fine = self._coarse[coarse] << 7 | value
            return self._moved(ControlSource("cc", *coarse), fine / _HIGHEST_14_BIT)
        if number < _FINE_OFFSET:
            self._awaited = (channel, number)
            self._coarse[self._awaited] = value
            if self._awaited in self._paired:
                return []  # its fine half comes now
        return self._moved(ControlSource("cc", channel, number), value / _HIGHEST_7_BIT)

    def _believe(self, coarse: tuple[int, int], step: int) -> None:
        belief = min(max(self._belief.get(coarse, 0) + step, 0), _PAIRS_TO_BELIEVE)
        self._belief[coarse] = belief
        fine = ControlSource("cc", coarse[0], coarse[1] + _FINE_OFFSET)
        if belief == _PAIRS_TO_BELIEVE and fine not in (self.map.x, self.map.y, self.map.detail):
            self._paired.add(coarse)
        elif belief == 0:
            self._paired.discard(coarse)

    def _moved(self, source: ControlSource, share: float) -> list[ControlEvent]:
        events: list[ControlEvent] = []
        if source == self.map.x or source == self.map.y:
            events.append(
                PointMoved(
                    share if source == self.map.x else None,
                    share if source == self.map.y else None,
                )
            )
        if source == self.map.detail:
            events.append(DetailChanged(share))
        if source == self.map.play:
            is_pressed = share >= _PRESSED
            if is_pressed and not self._was_pressed:
                events.append(PlayRequested())
            self._was_pressed = is_pressed
        return events

    def _struck(self, message: Any) -> list[ControlEvent]:  # noqa: ANN401 - mido has no types
        if ControlSource("note", message.channel + 1, message.note) == self.map.play:
            return [PlayRequested()]
        if message.note < FIRST_DOT_NOTE:
            return []
        return [DotTriggered(message.note - FIRST_DOT_NOTE, message.velocity / _HIGHEST_7_BIT)]


class MidiLearner:
    """Waits for a control to be moved: a knob, a fader or the pitch wheel; for "play" also a key or a button.

    Parameters
    ----------
    target : Target
    on_learnt : callable
        Called once, with the `ControlSource`.
    """

    def __init__(self, target: Target, on_learnt: Callable[[ControlSource], None]) -> None:
        self.target = target
        self._on_learnt = on_learnt
        self._range: dict[ControlSource, tuple[float, float]] = {}
        self._is_done = False

    def hear(self, message: Any) -> None:  # noqa: ANN401 - mido has no types
        """Look at a message; whatever only trembles, or is no control, teaches nothing."""
        if message.type == "control_change":
            self._hear_value(
                ControlSource("cc", message.channel + 1, message.control), message.value / _HIGHEST_7_BIT
            )
        elif message.type == "pitchwheel":
            self._hear_value(
                ControlSource("bend", message.channel + 1), (message.pitch + 8192) / _HIGHEST_14_BIT
            )
        elif message.type == "note_on" and message.velocity > 0 and self.target == "play":
            self._learn(ControlSource("note", message.channel + 1, message.note))

    def _hear_value(self, source: ControlSource, share: float) -> None:
        coarse = ControlSource(source.kind, source.channel, source.number - _FINE_OFFSET)
        if source.kind == "cc" and coarse in self._range:
            return  # the fine half of a control runs through its values with each step of the other
        low, high = self._range.get(source, (share, share))
        self._range[source] = low, high = min(low, share), max(high, share)
        is_button = self.target == "play" and source.kind == "cc" and share >= _PRESSED
        if is_button or high - low >= _LEARNT_TRAVEL:
            self._learn(source)

    def _learn(self, source: ControlSource) -> None:
        if not self._is_done:
            self._is_done = True
            self._on_learnt(source)
