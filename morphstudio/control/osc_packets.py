"""What OSC datagrams ask for, and the datagrams that are sent. Whatever comes, this ends and raises nothing.

python-osc reads the messages. Bundles are taken apart here: its own reader never returns from a length below
zero, and its dispatcher sleeps until the time that a bundle names.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pythonosc.osc_message import OscMessage, ParseError
from pythonosc.osc_message_builder import build_msg

from morphstudio.control.events import (
    ControlEvent,
    DetailChanged,
    DotTriggered,
    PlayRequested,
    PointMoved,
    TempoHeard,
)
from morphstudio.morph.musical_time import HIGHEST_BPM, LOWEST_BPM

LARGEST_DATAGRAM: Final = 8192
"""In bytes; larger ones are not for us."""
_BUNDLE = b"#bundle\0"
_BUNDLE_HEAD = len(_BUNDLE) + 8
_DEEPEST = 8
_KNOWN_TAGS: Final = frozenset("ifhdsTF")
"""python-osc logs a warning for each tag that it does not know."""

_Value = bool | int | float | str


def events_of(datagram: bytes) -> list[ControlEvent] | None:
    """Events that a datagram asks for, in its order; None where it holds nothing that is understood.

    Bundles are carried out at once, whatever time they name.
    """
    if len(datagram) > LARGEST_DATAGRAM:
        return None
    events = [event for message in _messages(datagram) if (event := _event_of(message)) is not None]
    return events or None


def datagram_of(address: str, *values: _Value) -> bytes:
    """Return one OSC message, to be sent as it is."""
    return bytes(build_msg(address, list(values)).dgram)


def _messages(packet: bytes, depth: int = 0) -> Iterator[bytes]:
    if packet.startswith(b"/"):
        yield packet
    if not packet.startswith(_BUNDLE) or depth == _DEEPEST:
        return
    at = _BUNDLE_HEAD
    while at + 4 <= len(packet):
        (n_bytes,) = struct.unpack_from(">i", packet, at)
        at += 4
        if n_bytes <= 0 or at + n_bytes > len(packet):
            return
        yield from _messages(packet[at : at + n_bytes], depth + 1)
        at += n_bytes


def _event_of(packet: bytes) -> ControlEvent | None:
    address = packet.partition(b"\0")[0]
    read = _READERS.get(address)
    if read is None:
        return None
    tags = packet[(len(address) // 4 + 1) * 4 :].partition(b"\0")[0]
    if not _KNOWN_TAGS.issuperset(tags[1:].decode("latin-1")):
        return None
    try:
        values = OscMessage(packet).params
    except (ParseError, ValueError):  # UnicodeDecodeError is one
        return None
    if any(isinstance(value, float) and not math.isfinite(value) for value in values):
        return None
    return read(values)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shares(values: Sequence[_Value], n_wanted: int) -> list[float] | None:
    if len(values) != n_wanted or not all(_is_number(value) for value in values):
        return None
    return [float(min(max(value, 0.0), 1.0)) for value in values if not isinstance(value, str)]


def _read_xy(values: Sequence[_Value]) -> ControlEvent | None:
    shares = _shares(values, 2)
    return None if shares is None else PointMoved(shares[0], shares[1])


def _read_x(values: Sequence[_Value]) -> ControlEvent | None:
    shares = _shares(values, 1)
    return None if shares is None else PointMoved(x=shares[0])


def _read_y(values: Sequence[_Value]) -> ControlEvent | None:
    shares = _shares(values, 1)
    return None if shares is None else PointMoved(y=shares[0])


def _read_detail(values: Sequence[_Value]) -> ControlEvent | None:
    shares = _shares(values, 1)
    return None if shares is None else DetailChanged(shares[0])


def _read_play(values: Sequence[_Value]) -> ControlEvent | None:
    if not values:
        return PlayRequested()
    if len(values) > 1 or isinstance(values[0], str):
        return None
    return PlayRequested(values[0] >= 0.5)


def _read_dot(values: Sequence[_Value]) -> ControlEvent | None:
    if not 1 <= len(values) <= 2:
        return None
    velocity = _shares(values[1:], 1) if len(values) == 2 else [1.0]
    if velocity is None or velocity[0] <= 0.0:  # a key that is let go
        return None
    dot = values[0]
    if isinstance(dot, str):
        return DotTriggered(dot, velocity[0]) if dot else None
    if isinstance(dot, bool) or dot < 1 or dot != int(dot):
        return None
    return DotTriggered(int(dot) - 1, velocity[0])


def _read_tempo(values: Sequence[_Value]) -> ControlEvent | None:
    if len(values) != 1 or isinstance(values[0], (str, bool)):
        return None
    return TempoHeard(float(values[0])) if LOWEST_BPM <= values[0] <= HIGHEST_BPM else None


_READERS: Final[dict[bytes, Callable[[Sequence[_Value]], ControlEvent | None]]] = {
    b"/morph/xy": _read_xy,
    b"/morph/x": _read_x,
    b"/morph/y": _read_y,
    b"/morph/detail": _read_detail,
    b"/morph/play": _read_play,
    b"/morph/dot": _read_dot,
    b"/morph/tempo": _read_tempo,
}
