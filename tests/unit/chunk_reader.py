"""Reads WAV, AIFF and FLAC files by their published layouts, with struct alone; for tests."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field


@dataclass
class Told:
    """What a file says of itself."""

    chunks: dict[str, bytes] = field(default_factory=dict)
    n_channels: int = 0
    rate_hz: int = 0
    bits: int = 0
    n_frames: int = 0


def read_riff(content):
    """All chunks of a RIFF or RF64 file; checks that they fill it to the last byte."""
    kind, size, form = struct.unpack_from("<4sI4s", content)
    assert form == b"WAVE"
    told, sizes = Told(), {}
    place, end = 12, 8 + size
    if kind == b"RF64":
        assert size == 0xFFFFFFFF
        name, length, riff, data, told.n_frames, n_more = struct.unpack_from("<4sIQQQI", content, 12)
        assert (name, length, n_more) == (b"ds64", 28, 0)
        end, sizes = 8 + riff, {"data": data}
        place += 8 + length
    else:
        assert kind == b"RIFF"
    while place < end:
        name, size = struct.unpack_from("<4sI", content, place)
        if size == 0xFFFFFFFF:
            size = sizes[name.decode()]
        assert name.decode() not in told.chunks, "a chunk is there twice"
        told.chunks[name.decode()] = content[place + 8 : min(place + 8 + size, len(content))]
        place += 8 + size + size % 2
    assert place == end
    _, told.n_channels, told.rate_hz, per_second, frame, told.bits = struct.unpack_from(
        "<HHIIHH", told.chunks["fmt "]
    )
    assert frame == told.n_channels * told.bits // 8
    assert per_second == frame * told.rate_hz
    if kind == b"RIFF":
        told.n_frames = len(told.chunks["data"]) // frame
    return told


def read_smpl(chunk):
    names = ("maker", "product", "period_ns", "note", "fraction", "smpte", "offset", "n_loops", "n_more")
    told = dict(zip(names, struct.unpack_from("<9I", chunk), strict=True))
    assert len(chunk) == 36 + 24 * told["n_loops"] + told["n_more"]
    loop_names = ("id", "kind", "start", "end", "fraction", "times")
    told["loops"] = [
        dict(zip(loop_names, struct.unpack_from("<6I", chunk, 36 + 24 * number), strict=True))
        for number in range(told["n_loops"])
    ]
    return told


def read_acid(chunk):
    assert len(chunk) == 24
    flags, note, _, _, n_beats, lower, upper, bpm = struct.unpack("<IHHfIHHf", chunk)
    return {
        "is_one_shot": bool(flags & 1),
        "note": note if flags & 2 else None,
        "stretches": bool(flags & 4),
        "n_beats": n_beats,
        "metre": (upper, lower),
        "bpm": bpm,
    }


def read_aiff(content):
    kind, size, form = struct.unpack_from(">4sI4s", content)
    assert kind == b"FORM"
    assert form in (b"AIFF", b"AIFC")
    assert size + 8 == len(content)
    told, place = Told(), 12
    while place < len(content):
        name, size = struct.unpack_from(">4sI", content, place)
        assert name.decode() not in told.chunks, "a chunk is there twice"
        told.chunks[name.decode()] = content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    assert place == len(content)
    told.n_channels, told.n_frames, told.bits, exponent, mantissa = struct.unpack_from(
        ">HIHHQ", told.chunks["COMM"]
    )
    told.rate_hz = mantissa >> (63 - (exponent - 16383))
    return told


def read_marks(chunk):
    n_marks, place, marks = struct.unpack_from(">H", chunk)[0], 2, {}
    for _ in range(n_marks):
        number, frame, length = struct.unpack_from(">HIB", chunk, place)
        marks[number] = (frame, chunk[place + 7 : place + 7 + length].decode())
        place += 7 + length + (1 + length) % 2
    assert place == len(chunk)
    return marks


def read_flac_comments(content):
    """Comments of a FLAC file; checks that there is one such block and that the last one is marked."""
    assert content[:4] == b"fLaC"
    place, is_last, found = 4, False, []
    while not is_last:
        is_last, kind = bool(content[place] & 128), content[place] & 127
        size = int.from_bytes(content[place + 1 : place + 4], "big")
        if kind == 4:
            found.append(content[place + 4 : place + 4 + size])
        place += 4 + size
    assert content[place : place + 2] in (b"\xff\xf8", b"\xff\xf9")  # where a frame begins
    assert len(found) == 1
    place = 4 + struct.unpack_from("<I", found[0])[0]
    (n_comments,), place, comments = struct.unpack_from("<I", found[0], place), place + 4, {}
    for _ in range(n_comments):
        (size,) = struct.unpack_from("<I", found[0], place)
        name, _, value = found[0][place + 4 : place + 4 + size].decode().partition("=")
        comments[name] = value
        place += 4 + size
    assert place == len(found[0])
    return comments
