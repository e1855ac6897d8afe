"""OSC: what datagrams ask for, over real sockets; whatever comes, the next good message is heard."""

from __future__ import annotations

import math
import random
import socket
import struct
import threading
import time

import pytest
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import build_msg

from morphstudio.control.events import DetailChanged, DotTriggered, PlayRequested, PointMoved, TempoHeard
from morphstudio.control.inbox import MOST_WAITING, Inbox
from morphstudio.control.osc import OscSender, OscServer, is_reply_text, reply_place
from morphstudio.control.osc_packets import LARGEST_DATAGRAM, events_of
from morphstudio.errors import DeviceError


def message(address, *values):
    return build_msg(address, list(values)).dgram


def bundle(*contents, at_s=IMMEDIATELY):
    builder = OscBundleBuilder(at_s)
    for content in contents:
        builder.add_content(content)
    return builder.build()


@pytest.mark.parametrize(
    ("address", "values", "event"),
    [
        ("/morph/xy", (0.25, 0.75), PointMoved(0.25, 0.75)),
        ("/morph/xy", (1, 0), PointMoved(1.0, 0.0)),
        ("/morph/xy", (-3.0, 1e30), PointMoved(0.0, 1.0)),
        ("/morph/x", (0.5,), PointMoved(x=0.5)),
        ("/morph/y", (0.5,), PointMoved(y=0.5)),
        ("/morph/detail", (0.5,), DetailChanged(0.5)),
        ("/morph/play", (1,), PlayRequested(True)),
        ("/morph/play", (0.0,), PlayRequested(False)),
        ("/morph/play", (True,), PlayRequested(True)),
        ("/morph/play", (), PlayRequested()),
        ("/morph/dot", (1,), DotTriggered(0)),
        ("/morph/dot", (3.0, 0.5), DotTriggered(2, 0.5)),
        ("/morph/dot", ("ドラム",), DotTriggered("ドラム")),
        ("/morph/tempo", (128.0,), TempoHeard(128.0)),
        ("/morph/tempo", (90,), TempoHeard(90.0)),
    ],
)
def test_documented_addresses(address, values, event):
    assert events_of(message(address, *values)) == [event]


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("/morph/xy", (0.5,)),
        ("/morph/xy", (0.5, 0.5, 0.5)),
        ("/morph/xy", ("0.5", "0.5")),
        ("/morph/xy", (math.nan, 0.5)),
        ("/morph/xy", (0.5, math.inf)),
        ("/morph/x", (True,)),
        ("/morph/x", ()),
        ("/morph/x", (b"blob",)),
        ("/morph/detail", ([0.5],)),
        ("/morph/play", ("yes",)),
        ("/morph/dot", (0,)),
        ("/morph/dot", (-1,)),
        ("/morph/dot", (1.5,)),
        ("/morph/dot", (1, 0.0)),
        ("/morph/dot", ("",)),
        ("/morph/dot", ()),
        ("/morph/tempo", (0.0,)),
        ("/morph/tempo", (1e9,)),
        ("/morph/tempo", (math.nan,)),
        ("/morph", (0.5,)),
        ("/other/xy", (0.5, 0.5)),
    ],
)
def test_what_is_not_documented_asks_for_nothing(address, values, recwarn):
    assert events_of(message(address, *values)) is None


def test_bundles_are_carried_out_at_once_and_in_order():
    inner = bundle(build_msg("/morph/x", [0.25]), build_msg("/nobody", []))
    in_a_year = bundle(inner, build_msg("/morph/play", [1]), at_s=time.time() + 3e7)
    assert events_of(in_a_year.dgram) == [PointMoved(x=0.25), PlayRequested(True)]


HEAD = b"#bundle\0" + bytes(8)
LOUD = message("/morph/x", 0.5)
NESTED = LOUD
for _ in range(300):
    NESTED = HEAD + struct.pack(">i", len(NESTED)) + NESTED


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"/",
        b"/morph/xy",
        b"/morph/xy\0\0\0",
        b"/morph/xy\0\0\0,ff\0",
        b"/morph/xy\0\0\0,ff\0\0\0",
        b"/morph/dot\0\0,s\0\0\xff\xff\xff\0",
        b"/morph/dot\0\0,[[[\0\0\0\0",
        b"/morph/x\0\0\0\0" + b",".ljust(4000, b"Q"),
        b"#bundle\0",
        HEAD + struct.pack(">i", -4) + LOUD,  # a length below zero
        HEAD + struct.pack(">i", 0) * 500,
        HEAD + struct.pack(">i", 2**31 - 1) + LOUD,
        NESTED,
        LOUD.ljust(LARGEST_DATAGRAM + 4, b"\0"),
    ],
    ids=range(15),
)
def test_malformed_packets_ask_for_nothing_and_end(packet):
    began_s = time.monotonic()
    assert events_of(packet) is None
    assert time.monotonic() - began_s < 1.0


# --- over sockets -------------------------------------------------------------------------------------------


@pytest.fixture
def wire():
    """A server on a free port; what it heard; and a socket that sends to it."""
    events = []
    server = OscServer(0, False, events.append)
    server.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(("127.0.0.1", server.port))
        yield server, events, sender
    server.stop()


def wait(is_so, limit_s=10.0):
    deadline_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.002)


def test_messages_come_through_until_it_is_stopped(wire):
    server, events, sender = wire
    sender.send(message("/morph/xy", 0.5, 0.25))
    wait(lambda: events)
    assert events == [PointMoved(0.5, 0.25)]
    server.stop()
    server.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "osc"]
    assert server.port == 0


def test_it_listens_to_this_machine_alone_unless_it_is_told_otherwise(wire):
    server, _, _ = wire
    assert server._socket.getsockname()[0] == "127.0.0.1"
    open_server = OscServer(0, True, lambda _event: None)
    open_server.start()
    assert open_server._socket.getsockname()[0] == "0.0.0.0"
    open_server.stop()


def test_a_port_that_is_taken_is_told_in_a_sentence(wire):
    server, _, _ = wire
    with pytest.raises(DeviceError, match=f"Port {server.port} cannot be used"):
        OscServer(server.port, False, lambda _event: None).start()


def test_ten_thousand_random_datagrams_break_nothing(wire):
    _, events, sender = wire
    rng = random.Random(3)
    good = [message("/morph/xy", 0.5, 0.5), message("/morph/dot", "kick", 0.5), bundle().dgram, NESTED]
    for number in range(10_000):
        packet = bytearray(rng.choice(good)) if rng.random() < 0.7 else bytearray(rng.randbytes(40))
        for _ in range(rng.randrange(4)):
            packet[rng.randrange(len(packet))] = rng.randrange(256)
        if rng.random() < 0.3:
            del packet[rng.randrange(len(packet)) :]
        if number % 1000 == 0:
            packet = bytearray(rng.randbytes(60_000))
        sender.send(bytes(packet))
        if number % 100 == 0:
            time.sleep(0.001)  # or the system throws most of them away unread
    n_before = len(events)
    assert n_before > 100
    deadline_s = time.monotonic() + 10
    while TempoHeard(77.0) not in events:
        assert time.monotonic() < deadline_s
        sender.send(message("/morph/tempo", 77.0))
        time.sleep(0.01)
    for event in events:
        assert all(0 <= share <= 1 for share in (getattr(event, "x", 0) or 0, getattr(event, "velocity", 1)))


def test_what_is_so_is_sent_to_another_program():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(10)
        sender = OscSender(receiver.getsockname())
        sender.send("/morph/xy", 0.25, 0.5)
        assert events_of(receiver.recv(1000)) == [PointMoved(0.25, 0.5)]
        sender.send("/morph/play", 1)
        assert events_of(receiver.recv(1000)) == [PlayRequested(True)]
        sender.close()


def test_nobody_has_to_listen_to_replies():
    sender = OscSender(("127.0.0.1", 9))
    for _ in range(3):
        sender.send("/morph/tempo", 120.0)
    sender.close()


@pytest.mark.parametrize("text", ["127.0.0.1:9001", "localhost:9001", " 192.168.1.20:1 "])
def test_places_of_replies(text):
    host, port = reply_place(text)
    assert port in (9001, 1)
    assert host[0].isdigit()
    assert is_reply_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        ":9001",
        "studio:9001",
        "127.0.0.1:0",
        "127.0.0.1:70000",
        "1.2.3:9",
        "::1:9",
        "a:٣",
        "127.0.0.1:00000199999",
    ],
)
def test_what_is_no_place_of_replies(text):
    assert reply_place(text) is None
    assert not is_reply_text(text)


# --- on the way ---------------------------------------------------------------------------------------------


def test_newer_moves_overtake_older_ones_of_the_same_kind():
    inbox = Inbox()
    posted = [PointMoved(x=0.1), DetailChanged(0.1), PointMoved(y=0.2), PointMoved(x=0.3), DetailChanged(0.9)]
    assert [inbox.post(event) for event in posted] == [True, False, False, False, False]
    assert inbox.take() == [PointMoved(0.3, 0.2), DetailChanged(0.9)]
    assert inbox.take() == []
    assert inbox.post(TempoHeard(120.0))


def test_no_move_overtakes_a_note():
    inbox = Inbox()
    events = [PointMoved(0.1, 0.1), DotTriggered(0), PointMoved(0.2, 0.2), DotTriggered(1)]
    for event in events:
        inbox.post(event)
    assert inbox.take() == events


def test_a_flood_of_notes_loses_the_oldest():
    inbox = Inbox()
    for number in range(10_000):
        inbox.post(DotTriggered(number))
    assert [event.dot for event in inbox.take()] == list(range(10_000 - MOST_WAITING, 10_000))
