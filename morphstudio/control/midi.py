"""The MIDI inputs of the system: listed, opened by name, opened again when they come back.

python-rtmidi calls from a thread of its own; nothing here waits for it. Both libraries are optional and
imported only when MIDI is wanted.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from morphstudio.control.events import ControlEvent
from morphstudio.control.midi_map import MidiLearner, MidiMap, MidiReader

CLIENT_NAME: Final = "MorphStudio"
_SYSEX = 0xF0
_MOST_WAIT = 16

_log = logging.getLogger(__name__)

# ALSA and Windows add numbers that are others after each plugging in.
_NUMBER = {"linux": re.compile(r" \d+:\d+$"), "win32": re.compile(r" \d+$")}.get(sys.platform)


def has_midi() -> bool:
    """Whether what MIDI needs is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rtmidi", "mido"))


class MidiDecoder:
    """Turns the bytes of one port into events, whatever the bytes are.

    Parameters
    ----------
    midi_map : MidiMap
    post : callable
        Takes each `ControlEvent`.
    """

    def __init__(self, midi_map: MidiMap, post: Callable[[ControlEvent], None]) -> None:
        from mido.parser import Parser

        self._parser = Parser()
        self._reader = MidiReader(midi_map)
        self._post = post
        self.learner: MidiLearner | None = None

    def use(self, midi_map: MidiMap) -> None:
        """Map controls in another way from the next message on."""
        self._reader.map = midi_map

    def feed(self, data: bytes | list[int], at_s: float) -> None:
        """Take bytes that came at a time in seconds; while somebody learns, they move nothing."""
        if not data or data[0] == _SYSEX:  # of any length, and nothing for us
            return
        self._parser.feed(data)
        for message in self._parser:
            learner = self.learner
            if learner is not None:
                learner.hear(message)
                continue
            for event in self._reader.read(message, at_s):
                self._post(event)


class MidiInput:
    """Listens to one port or to all, and goes on when it has been unplugged and comes back.

    All but the callbacks belongs to one thread. `poll` is for its timer, about once a second.

    Parameters
    ----------
    post : callable
        Takes each `ControlEvent`, in a thread of the MIDI system.
    """

    def __init__(self, post: Callable[[ControlEvent], None]) -> None:
        self._post = post
        self._map = MidiMap()
        self._learner: MidiLearner | None = None
        self._wanted = ""
        self._lister: Any = None
        self._opened: dict[str, tuple[Any, MidiDecoder]] = {}
        self._failed: set[str] = set()
        self._polls_to_wait, self._wait = 0, 1
        self._api: int | None = None
        self.ports: tuple[str, ...] = ()

    @property
    def opened(self) -> tuple[str, ...]:
        """Names of the ports that are listened to."""
        return tuple(self._opened)

    def use(self, midi_map: MidiMap) -> None:
        """Map controls in this way from now on."""
        self._map = midi_map
        for _, decoder in self._opened.values():
            decoder.use(midi_map)

    def learn(self, learner: MidiLearner | None) -> None:
        """Have somebody listen instead; None ends that."""
        self._learner = learner
        for _, decoder in self._opened.values():
            decoder.learner = learner

    def choose(self, port: str) -> None:
        """Listen to the port of this name, to all where it is empty, as soon as it is there."""
        self._wanted = port
        self._failed.clear()
        self.poll()

    def poll(self) -> bool:
        """Look which ports are there, open what is wanted and close what is gone; tells of a change."""
        before = self.ports, self.opened
        places = self._list()
        self.ports = tuple(places)
        for name in [name for name in self._opened if name not in places or not self._wants(name)]:
            self._close(name)
        self._failed.intersection_update(places)
        for name, place in places.items():
            if self._wants(name) and name not in self._opened and name not in self._failed:
                self._open(name, place)
        return (self.ports, self.opened) != before

    def stop(self) -> None:
        """Close all; no event comes after that."""
        for name in list(self._opened):
            self._close(name)
        self._release(self._lister)
        self._lister = None
        self.ports = ()

    def _wants(self, name: str) -> bool:
        return self._wanted in ("", name)

    def _list(self) -> dict[str, int]:
        """Return names and places of all ports; of those with the same name the first."""
        if self._lister is None:
            if self._polls_to_wait > 0:
                self._polls_to_wait -= 1
                return {}
            self._lister = self._new_input()
            if self._lister is None:
                # Each try is noted on stderr by the libraries of some systems.
                self._polls_to_wait, self._wait = self._wait, min(2 * self._wait, _MOST_WAIT)
                return {}
            self._wait = 1
        places: dict[str, int] = {}
        try:
            for place, name in enumerate(self._lister.get_ports()):
                places.setdefault(plain_name(name), place)
        except Exception as error:  # noqa: BLE001 - whatever the MIDI system says, it has gone
            _log.warning("MIDI inputs cannot be listed: %s", error)
            self._release(self._lister)
            self._lister = self._api = None
        return places

    def _open(self, name: str, place: int) -> None:
        decoder = MidiDecoder(self._map, self._post)
        decoder.learner = self._learner
        port = self._new_input()
        if port is None:
            return

        def on_message(event: tuple[list[int], float], _data: object = None) -> None:
            decoder.feed(event[0], time.monotonic())

        try:
            port.ignore_types(sysex=True, timing=False, active_sense=True)
            port.set_callback(on_message)
            port.open_port(place, "in")
        except Exception as error:  # noqa: BLE001 - another program may have it alone, on Windows
            _log.warning("The MIDI input %s cannot be opened: %s", name, error)
            self._failed.add(name)
            self._release(port)
            return
        self._opened[name] = port, decoder

    def _close(self, name: str) -> None:
        port, decoder = self._opened.pop(name)
        decoder.learner = None
        self._release(port)

    def _new_input(self) -> Any:  # noqa: ANN401 - rtmidi has no types
        """Return an input of the first MIDI system that answers; None where none does."""
        import rtmidi

        for api in rtmidi.get_compiled_api() if self._api is None else (self._api,):
            try:
                port = rtmidi.MidiIn(rtapi=api, name=CLIENT_NAME)
                self._api = api
                return port
            except Exception as error:  # noqa: BLE001 - a system that is not running
                _log.debug("No MIDI by %s: %s", api, error)
        return None

    def _release(self, port: Any) -> None:  # noqa: ANN401 - rtmidi has no types
        if port is None:
            return
        try:
            port.cancel_callback()
            port.close_port()
            port.delete()
        except Exception as error:  # noqa: BLE001 - it is gone, which was wanted
            _log.debug("A MIDI input was gone before it was closed: %s", error)


def plain_name(name: str) -> str:
    """Return a port's name without the numbers that this system adds."""
    return name if _NUMBER is None else _NUMBER.sub("", name)
