"""Sessions that mean harm are refused with a sentence, quickly, and nothing of them is written."""

from __future__ import annotations

import io
import json
import pickle
import stat
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path, PureWindowsPath

import numpy as np
import pytest

from morphstudio.errors import FileError, ParameterError
from morphstudio.library.sounds import Sound
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.session import Session
from morphstudio.session_document import state_of
from morphstudio.session_file import open_session, save_session
from morphstudio.session_opened import _is_near
from morphstudio.session_paths import path_frames, path_request
from tests.unit.session_examples import by_digest, make_clips, make_document, make_model, silent_clip

MOST_BYTES = 100 * 2**20
MOST_S = 5.0


@pytest.fixture
def good(tmp_path):
    """Members of a session's file in which everything is."""
    clips = make_clips(tmp_path / "loops")
    model = make_model(tmp_path / "model.safetensors")
    save_session(tmp_path / "good.morph", make_document(clips, model), by_digest(clips), collect=True)
    with zipfile.ZipFile(tmp_path / "good.morph") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path, members):
    """A zip of members, each bytes or a (ZipInfo, bytes)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            if isinstance(content, tuple):
                archive.writestr(*content)
            else:
                archive.writestr(name, content)
    return path


def refused(path, words):
    """Open it: a sentence, no file, little memory, soon."""
    work = path.parent / "work"
    before = sorted(path.parent.rglob("*"))
    tracemalloc.start()
    begun_s = time.monotonic()
    try:
        with pytest.raises(FileError, match=words) as caught:
            open_session(path, work)
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()
    assert time.monotonic() - begun_s < MOST_S
    assert path.name in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert sorted(path.parent.rglob("*")) == before


def test_the_good_one_opens(tmp_path, good):
    assert len(good) == 5
    assert open_session(write(tmp_path / "s.morph", good), tmp_path / "work").is_collected


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil.wav",
        "loops/../../evil.wav",
        "/etc/evil",
        "//server/share/evil.wav",
        "C:/evil.wav",
        "C:\\evil.wav",
        "..\\evil.wav",
        "loops\\0001.wav",
        "loops/0001.wav\0.flac",
        "loops/0001.flac/",
        "loops/",
        "./session.json",
        "LOOPS/0009.flac",
        "loops/0009.wav\n",
        "loops/٠٠٠٩.flac",
        "loops/con.flac.wav",
        "~/.profile",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, good, name):
    info = zipfile.ZipInfo("x")
    info.filename = name  # its constructor would mend it
    refused(write(tmp_path / "s.morph", good | {"x": (info, b"evil")}), "not allowed|link")


@pytest.mark.parametrize("name", ["loops/0009.flac", "evil.py", "loops/evil.sh"])
def test_what_belongs_to_no_session_is_refused(tmp_path, good, name):
    refused(write(tmp_path / "s.morph", good | {name: b"fLaC evil"}), "belongs to no session")


@pytest.mark.parametrize(
    "member", ["../../evil.wav", "/etc/passwd", "session.json", "model.safetensors", "loops/0044.flac"]
)
def test_a_list_that_names_what_is_no_loop_in_it_is_refused(tmp_path, good, member):
    content = json.loads(good["session.json"])
    content["loops"][0]["member"] = member
    refused(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}), "is not|in it")


def test_one_sound_for_two_loops_is_refused(tmp_path, good):
    content = json.loads(good["session.json"])
    content["loops"][0]["member"] = content["loops"][1]["member"]
    refused(
        write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}), "two of its loops are one"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_of_one_name_are_refused(tmp_path, good):
    path = write(tmp_path / "s.morph", good)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("session.json", b"{}")
    refused(path, "there twice")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR, stat.S_IFSOCK])
@pytest.mark.parametrize("name", ["loops/0001.flac", "session.json", "model.safetensors"])
def test_links_and_devices_are_refused(tmp_path, good, kind, name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    refused(write(tmp_path / "s.morph", good | {name: (info, b"/etc/passwd")}), "link|allowed")


def test_a_name_that_differs_inside_is_refused(tmp_path, good):
    """The list says a loop; where it begins stands another name."""
    path = write(tmp_path / "s.morph", good)
    content = bytearray(path.read_bytes())
    place = content.index(b"loops/0001.flac")
    content[place : place + 15] = b"../../../evil.x"
    path.write_bytes(content)
    refused(path, "cannot be read")


# --- sizes ------------------------------------------------------------------------------------


def bomb(n_bytes):
    """So many zeros, deflated; about a thousandth of it."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(2**20)
    return b"".join(squeezer.compress(block) for _ in range(n_bytes // len(block))) + squeezer.flush()


def with_deflated(path, members, name, squeezed, declared):
    """A zip in which one member is deflated bytes of which we say that they are so many."""
    write(path, {key: value for key, value in members.items() if key != name} | {name: b""})
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        start = archive.start_dir
    info = next(entry for entry in infos if entry.filename == name)
    body, table = bytearray(content[:start]), bytearray()
    assert info is infos[-1]
    body += squeezed
    sizes = struct.pack("<LLL", 0, len(squeezed), declared)
    struct.pack_into("<H", body, info.header_offset + 8, zipfile.ZIP_DEFLATED)
    body[info.header_offset + 14 : info.header_offset + 26] = sizes
    place = start
    for entry in infos:
        row = bytearray(content[place : place + 46 + len(entry.filename)])
        if entry is info:
            struct.pack_into("<H", row, 10, zipfile.ZIP_DEFLATED)
            row[16:28] = sizes
        table += row
        place += len(row)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(infos), len(infos), len(table), len(body), 0)
    path.write_bytes(bytes(body + table) + end)
    return path


def test_a_bomb_that_says_its_size_is_refused(tmp_path, good):
    path = with_deflated(tmp_path / "s.morph", good, "session.json", bomb(2**27), 2**27)
    assert path.stat().st_size < 2**20
    refused(path, "too large")


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path, good):
    path = with_deflated(tmp_path / "s.morph", good, "session.json", bomb(2**27), 1000)
    refused(path, "cannot be read|not JSON")


@pytest.mark.parametrize("name", ["loops/0001.flac", "model.safetensors"])
def test_sounds_and_models_that_are_compressed_are_refused(tmp_path, good, name):
    refused(with_deflated(tmp_path / "s.morph", good, name, bomb(2**24), 2**24), "compressed")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_is_refused(tmp_path, good, method):
    info = zipfile.ZipInfo("session.json")
    info.compress_type = method
    refused(write(tmp_path / "s.morph", good | {"session.json": (info, good["session.json"])}), "compressed")


def test_a_sound_that_is_too_large_is_refused(tmp_path, good):
    refused(write(tmp_path / "s.morph", good | {"loops/0001.flac": b"fLaC" + bytes(25 * 2**20)}), "too large")


def test_parts_that_lie_over_each_other_are_refused(tmp_path, good):
    """One sound's bytes, told to be many sounds."""
    path = write(tmp_path / "s.morph", good | {"loops/0001.flac": b"fLaC" + bytes(10**6)})
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
        row = next(entry for entry in archive.infolist() if entry.filename == "loops/0001.flac")
    mark = content.index(b"PK\1\2", start)
    while b"loops/0001.flac" not in content[mark : mark + 61]:
        mark = content.index(b"PK\1\2", mark + 4)
    assert row.file_size > 10**6
    rows = b"".join(
        content[mark : mark + 46] + f"loops/{number:04d}.flac".encode() for number in range(100, 200)
    )
    table = content[start:-22] + rows
    n_members = len(good) + 100
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, n_members, n_members, len(table), start, 0)
    path.write_bytes(content[:start] + table + end)
    refused(path, "overlap")


@pytest.mark.parametrize(
    ("n_members", "n_table"), [(65_535, 2**31), (20_000, 20_000 * 60), (5, 10**6), (5, 2**32 - 1)]
)
def test_a_table_of_contents_without_end_is_refused(tmp_path, n_members, n_table):
    path = tmp_path / "s.morph"
    path.write_bytes(
        bytes(5 * 10**6) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, n_members, n_members, n_table, 0, 0)
    )
    refused(path, "table of contents")


def test_very_many_parts_are_refused(tmp_path, good):
    refused(
        write(tmp_path / "s.morph", good | {f"loops/{n:05d}.flac": b"" for n in range(10_200)}), "too large"
    )


def test_a_file_that_is_locked_is_refused(tmp_path, good):
    path = write(tmp_path / "s.morph", good)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    refused(path, "password")


def test_what_lies_before_or_behind_the_zip_is_refused(tmp_path, good):
    path = write(tmp_path / "s.morph", good)
    content = path.read_bytes()
    path.write_bytes(b"#!/bin/sh\n" + content)
    refused(path, "table of contents")
    path.write_bytes(content + b"#")
    refused(path, "cut short, or no session")


# --- what it says -----------------------------------------------------------------------------


class Evil:
    """Whoever unpickles it makes a file."""

    def __init__(self, path):
        self._path = str(path)

    def __reduce__(self):
        return Path.touch, (Path(self._path),)


@pytest.mark.parametrize("name", ["", "session.json", "model.safetensors", "loops/0001.flac"])
def test_a_pickle_is_refused_and_not_obeyed(tmp_path, good, name):
    harm = tmp_path / "harm"
    content = pickle.dumps(Evil(harm))
    pickle.loads(content)
    assert harm.exists()
    harm.unlink()
    if name:
        write(tmp_path / "s.morph", good | {name: content})
    else:
        (tmp_path / "s.morph").write_bytes(content * 3)
    refused(tmp_path / "s.morph", "not JSON|is none|is no sound|no session")
    assert not harm.exists()


def place_of(content, keys):
    for key in keys[:-1]:
        content = content[key]
    return content


def may_be(was, value):
    """Whether a value is as good as the one that was there."""
    if isinstance(was, list | dict):
        return type(value) is type(was) and (not value or "detail" in was)
    if type(was) is bool:
        return value is True
    return (was in (-7, -3) and value == -1) or (isinstance(was, float) and value == 0.5)


EVERYTHING = [
    *((("loops", 0, key)) for key in ("digest", "name", "path", "relative", "member", "n_bytes", "x", "y")),
    ("loops", 0, "time"), ("loops", 0, "time", "bpm"), ("loops", 0, "time", "downbeat_frame"),
    ("loops", 0, "time", "semitones"), ("loops", 0, "heard_bpm"),
    *((("options", key)) for key in ("detail", "align", "match_loudness", "even_spacing", "pitch_st")),
    ("sides", "a"), ("sides", "b"), ("n_frames",), ("is_laid_by_hand",), ("picked", "x"), ("picked", "y"),
    ("time", "bpm"), ("time", "bars"), ("time", "beats_per_bar"), ("model", "name"), ("model", "path"),
    ("paths", 0), ("paths", 0, "name"), ("paths", 0, "bars"), ("paths", 0, "is_smooth"),
    ("paths", 0, "points"), ("paths", 0, "points", 0), ("paths", 0, "points", 0, 0),
    ("paths", 0, "points", 0, 1), ("paths", 0, "points", 0, 2), ("keeps_pitch",), ("format",), ("loops",),
    ("options",), ("sides",), ("picked",), ("time",), ("paths",), ("model",),
]  # fmt: skip


@pytest.mark.parametrize("keys", EVERYTHING, ids=lambda keys: ".".join(map(str, keys)))
def test_a_value_of_a_wrong_type_is_refused_by_name(tmp_path, good, keys):
    usual = json.loads(good["session.json"])
    was = place_of(usual, keys)[keys[-1]]
    for wrong in (True, 0.5, 10**400, -1e308, "\ud800", "a\0b", "x" * 10_000, [], [[]], {}, {"a": 1}, -1):
        if may_be(was, wrong):
            continue
        content = json.loads(good["session.json"])
        place_of(content, keys)[keys[-1]] = wrong
        path = write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)})
        try:
            refused(path, r"s\.morph")
        except pytest.fail.Exception:
            pytest.fail(f"{wrong!r} was taken for {keys}")


@pytest.mark.parametrize("keys", EVERYTHING, ids=lambda keys: ".".join(map(str, keys)))
def test_a_value_that_is_missing_is_refused(tmp_path, good, keys):
    if keys[0] == "options" and len(keys) == 2:
        pytest.skip("options that came later may be missing")
    if keys in {("picked",), ("time",)} or (keys[0] == "loops" and keys[-1] in ("path", "bpm", "heard_bpm")):
        pytest.skip("none is a value there")
    if keys in {("paths", 0), ("paths", 0, "points", 0)}:
        pytest.skip("there may be fewer of them")
    content = json.loads(good["session.json"])
    holder = place_of(content, keys)
    del holder[keys[-1]]
    refused(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}), r"s\.morph")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("loops", 0, "x"), 1.01),
        (("loops", 0, "y"), -0.01),
        (("loops", 0, "time", "bpm"), 0),
        (("loops", 0, "time", "bpm"), 0.5),
        (("loops", 0, "time", "bpm"), 1e308),
        (("loops", 0, "heard_bpm"), 0.5),
        (("loops", 0, "heard_bpm"), 1e308),
        (("loops", 0, "time", "downbeat_frame"), 2**63),
        (("loops", 0, "time", "downbeat_frame"), 64 * 44_100 + 1),
        (("loops", 0, "time", "semitones"), 13),
        (("loops", 0, "time", "semitones"), -13),
        (("loops", 0, "digest"), "../../../../../../../../../../evi"),
        (("options", "detail"), 1.5),
        (("options", "pitch_st"), 13),
        (("n_frames",), 64 * 44_100 + 1),
        (("time", "bpm"), 0),
        (("time", "bars"), 0),
        (("time", "bars"), 1000),
        (("time", "bars"), 10**9),
        (("time", "bars"), 2**63),
        (("time", "beats_per_bar"), 17),
        (("time", "bpm"), 301.0),
        (("time", "bpm"), 5e-324),
        (("sides", "a"), "0" * 32),
        (("paths", 0, "points", 1, 0), -1.0),
        (("paths", 0, "points", 2, 0), 1.0),
        (("paths", 0, "points", 2, 0), 1e9),
        (("paths", 0, "points", 2, 0), 1e308),
        (("paths", 0, "points", 2, 0), 4 * 16 + 0.01),
        (("paths", 0, "points", 2, 1), 1.0001),
        (("paths", 0, "points", 2, 2), -5e-324),
        (("paths", 0, "bars"), 0),
        (("paths", 0, "bars"), 1025),
        (("paths", 0, "bars"), 10**9),
        (("paths", 0, "points"), [[0.0, 0.5, 0.5]] * 100_001),
        (("paths", 0, "points"), {"0": [0.0, 0.5, 0.5]}),
        (("paths", 0, "points", 1), {"t_beats": 1.0, "x": 0.5, "y": 0.5}),
        (("paths", 0, "points", 1), [1.0, 0.5, 0.5, 0.5]),
        (("paths", 0, "points", 1), [1.0, 0.5, "0.5"]),
        (("paths", 0, "points", 1), [1.0, 0.5, None]),
        (("paths", 0, "name"), "up\0../down"),
        (("paths", 0, "name"), "\udcff"),
        (("paths",), [{"name": "", "bars": 1, "is_smooth": False, "points": []}] * 1001),
        (("paths", 0, "points", 2), [1.0, 0.5]),
        (("keeps_pitch",), None),
        (("format",), 0),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else str(value)[:20],
)
def test_a_value_out_of_range_is_refused(tmp_path, good, keys, value):
    content = json.loads(good["session.json"])
    place_of(content, keys)[keys[-1]] = value
    refused(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}), r"s\.morph")


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "1", '"x"', "[" * 200_000, '{"a":' * 100_000, "{}", "\ufeff{}", b"\xff\xfe\x00",
        '{"format": 1, "format": 1}', '{"format": NaN}', '{"format": 1' + "0" * 6000 + "}", "{'format': 1}",
    ],
    ids=range(14),
)  # fmt: skip
def test_a_text_that_is_none_is_refused(tmp_path, good, text):
    refused(write(tmp_path / "s.morph", good | {"session.json": text}), r"s\.morph")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(tmp_path, good, word):
    for usual in ("0.125", "90.5", "127.5", "3.5"):  # a place, a loop's tempo, the session's, a path's point
        text = good["session.json"].decode().replace(f" {usual}", f" {word}")
        assert word in text
        refused(write(tmp_path / "s.morph", good | {"session.json": text}), "no number|not a number")


def restored(path):
    """The session that a file holds, with silence in place of its loops."""
    document = open_session(path, path.parent / "work").document
    session = Session()
    for dot in document.dots:
        clip = silent_clip(dot.loop.digest)
        session.learn(Sound(dot.loop.digest, clip, "", b""), np.zeros(3, np.float32))
    session.restore(state_of(document, {dot.loop.digest: dot.loop.digest for dot in document.dots}))
    return session


@pytest.mark.parametrize("n_frames", [0, 1, 44_100, 64 * 44_100])
def test_a_length_that_does_not_fit_the_tempo_gives_way_to_it(tmp_path, good, n_frames):
    content = json.loads(good["session.json"]) | {"n_frames": n_frames}
    session = restored(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}))
    assert session.n_frames == session.time.n_frames == MusicalTime(127.5, 4, 3).n_frames


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("..", [[0.0, 0.5, 0.5]]),
        ("../../up\n\x1b[2J\u202e\t", [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.5, 0.5]]),
        ("x" * 1000, [[5e-324, 0.5, 0.5], [1e-300, 1.0, 0.0], [3.9999999999, 0.0, 0.0], [63.9, 0.0, 1.0]]),
        ("many", [[n / 25_000, n % 2, n % 3 / 2] for n in range(100_000)]),
    ],
    ids=["two dots", "controls", "long", "many points"],
)
def test_paths_that_are_odd_but_possible_are_taken_and_lie_on_the_pad(tmp_path, good, name, points):
    """What they are called is shown as it is, and never where a file goes."""
    content = json.loads(good["session.json"])
    for is_smooth in (False, True):
        content["paths"] = [{"name": name, "bars": 4, "is_smooth": is_smooth, "points": points}]
        session = restored(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}))
        (path,) = session.paths
        assert (path.name, len(path.points)) == (name, len(points))
        begun_s = time.monotonic()
        request = path_request(session, path)
        assert time.monotonic() - begun_s < MOST_S
        assert request.n_frames == path_frames(session, path)
        assert np.isfinite(request.weights).all()


def test_a_path_that_has_no_point_in_time_is_said_when_it_is_asked_for(tmp_path, good):
    content = json.loads(good["session.json"])
    for points in ([], [[15.0, 0.5, 0.5]]):
        content["paths"] = [{"name": "up", "bars": 1, "is_smooth": False, "points": points}]
        session = restored(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}))
        with pytest.raises(ParameterError, match="The path up has no points"):
            path_request(session, session.paths[0])


def test_very_many_loops_are_refused(tmp_path, good):
    content = json.loads(good["session.json"])
    content["loops"] = content["loops"] * 4000
    refused(write(tmp_path / "s.morph", good | {"session.json": json.dumps(content)}), "at most|twice")


@pytest.mark.parametrize(
    "content", [b"", b"\xff" * 100, (10**6).to_bytes(8, "little") + b"{}", b"PK\3\4" * 30, bytes(100)]
)
def test_a_model_that_is_none_is_refused(tmp_path, good, content):
    refused(write(tmp_path / "s.morph", good | {"model.safetensors": content}), "model in it is none")


def test_a_sound_that_is_damaged_leaves_nothing_behind(tmp_path, good):
    """The last of what would be written; what came before it goes again."""
    path = write(tmp_path / "s.morph", good)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("loops/0003.flac")
    content[info.header_offset + 200] ^= 0xFF
    path.write_bytes(content)
    refused(path, "cannot be read")


@pytest.mark.parametrize(
    ("path", "is_near"),
    [("//evil/share/a.wav", False), ("//NAS/loops/a.wav", True), ("D:/a.wav", True), ("/a.wav", True)],
)
def test_no_other_computer_is_asked(path, is_near):
    """Windows would sign in at whatever server a session names."""
    assert _is_near(PureWindowsPath(path), PureWindowsPath("//nas/loops/songs")) is is_near
