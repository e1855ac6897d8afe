"""OSC over UDP: a thread that listens on one port, and a sender that tells another program where things are.

Listens on this machine alone unless it is told otherwise. python-osc is optional and imported only when OSC
is wanted.
"""

from __future__ import annotations

import contextlib
import importlib.util
import ipaddress
import logging
import re
import socket
import threading
from collections.abc import Callable
from typing import Final

from morphstudio.control.events import ControlEvent
from morphstudio.errors import DeviceError

LOOPBACK: Final = "127.0.0.1"
_ANY = "0.0.0.0"  # listening to other machines was allowed by the user
_LARGEST_UDP = 65_536
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_HIGHEST_PORT = 65_535
_LOOK_S = 1.0

_log = logging.getLogger(__name__)


def has_osc() -> bool:
    """Whether what OSC needs is installed."""
    return importlib.util.find_spec("pythonosc") is not None


def reply_place(text: str) -> tuple[str, int] | None:
    """Return host and port of "127.0.0.1:9001"; None where it is no such text.

    Names of machines are not taken but for "localhost": looking one up may take seconds.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or not _PORT.fullmatch(port) or int(port) > _HIGHEST_PORT:
        return None
    host = LOOPBACK if host == "localhost" else host
    with contextlib.suppress(ValueError):
        return str(ipaddress.IPv4Address(host)), int(port)
    return None


def is_loopback(host: str) -> bool:
    """Whether a host, as numbers, is this machine."""
    return ipaddress.IPv4Address(host).is_loopback


def is_reply_text(text: str) -> bool:
    """Whether the settings may hold this as the place of replies: empty, or what `reply_place` takes."""
    return not text or reply_place(text) is not None


class OscServer:
    """Receives datagrams in a thread of its own, from `start` to `stop`.

    Parameters
    ----------
    port : int
        0 for any that is free.
    allows_others : bool
        Whether other machines may send.
    post : callable
        Takes each `ControlEvent`, in the server's thread.
    """

    def __init__(self, port: int, allows_others: bool, post: Callable[[ControlEvent], None]) -> None:
        self._wanted_port, self._allows_others, self._post = port, allows_others, post
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._has_complained = False

    @property
    def port(self) -> int:
        """The port that is listened on; 0 while none is."""
        return int(self._socket.getsockname()[1]) if self._socket is not None else 0

    def start(self) -> None:
        """Begin to listen.

        Raises
        ------
        DeviceError
            If the port is taken, or not ours to take.
        """
        receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            receiver.bind((_ANY if self._allows_others else LOOPBACK, self._wanted_port))
        except OSError as error:
            receiver.close()
            raise DeviceError(
                "Can't listen for OSC",
                f"Port {self._wanted_port} cannot be used ({error.strerror}).",
                "Choose another port in the settings, or close the program that uses it.",
            ) from error
        receiver.settimeout(_LOOK_S)  # should the datagram that wakes it at the end be lost
        self._socket = receiver
        self._thread = threading.Thread(target=self._run, args=(receiver,), name="osc")
        self._thread.start()

    def stop(self) -> None:
        """End the thread; no event comes after that."""
        thread, receiver = self._thread, self._socket
        if thread is None or receiver is None:
            return
        port = self.port
        self._socket = self._thread = None
        # Closing does not end a receive that waits, on every system; a datagram does.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker, contextlib.suppress(OSError):
            waker.sendto(b"", (LOOPBACK, port))
        thread.join()
        receiver.close()

    def _run(self, receiver: socket.socket) -> None:
        from morphstudio.control.osc_packets import events_of

        while self._socket is receiver:
            try:
                datagram = receiver.recv(_LARGEST_UDP)
            except TimeoutError:
                continue
            except OSError as error:  # Windows tells so of a reply that nobody took
                _log.debug("A datagram was lost: %s", error)
                continue
            if self._socket is not receiver:
                return
            events = events_of(datagram)
            if events is None and datagram and not self._has_complained:
                self._has_complained = True
                _log.info("An OSC packet of %d bytes was not understood, and more may be", len(datagram))
            for event in events or ():
                self._post(event)


class OscSender:
    """Tells another program what is so now. What cannot be sent is lost, as datagrams are.

    Parameters
    ----------
    place : tuple of str and int
        Host, as numbers, and port.
    """

    def __init__(self, place: tuple[str, int]) -> None:
        self._place = place
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def send(self, address: str, *values: float | int) -> None:
        """Send one message."""
        from morphstudio.control.osc_packets import datagram_of

        try:
            self._socket.sendto(datagram_of(address, *values), self._place)
        except OSError as error:
            _log.debug("An OSC message was not sent: %s", error)

    def close(self) -> None:
        """Let go of the socket."""
        self._socket.close()
