"""A session's file holds all of it, finds its loops again, and is whole or not there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.files import load_clip
from morphstudio.errors import FileError, MorphStudioError
from morphstudio.library.sounds import Family, Sound, outline
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.session import MorphOptions, Session
from morphstudio.session_document import SessionDocument, document_of, reference_of, state_of, tell_tempos
from morphstudio.session_file import open_session, save_session
from morphstudio.session_opened import looked_for
from tests.unit.session_examples import by_digest, make_clips, make_document, make_model


@pytest.fixture
def clips(tmp_path):
    return make_clips(tmp_path / "loops")


def without_sizes(document):
    dots = [replace(dot, loop=replace(dot.loop, n_bytes=0)) for dot in document.dots]
    return replace(document, dots=tuple(dots))


def change_json(path, change):
    """Rewrite what is in a session's file."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    content = json.loads(members["session.json"])
    change(content)
    members["session.json"] = json.dumps(content).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)


# --- there and back ----------------------------------------------------------------------------


def test_a_document_comes_back_as_it_was(tmp_path, clips):
    document = make_document(clips)
    save_session(tmp_path / "a.morph", document, {})
    opened = open_session(tmp_path / "a.morph", tmp_path / "work")
    assert without_sizes(opened.document) == document
    assert [dot.loop.n_bytes for dot in opened.document.dots] == [c.path.stat().st_size for c in clips]
    assert (opened.missing, opened.is_collected, opened.is_newer) == ((), False, False)
    assert not (tmp_path / "work").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.morph", "loops"]


def test_the_example_holds_no_value_that_a_new_session_has(clips):
    """So that the test above misses nothing that is added."""
    document, new = make_document(clips, Path("m")), SessionDocument()
    same = [entry.name for entry in fields(new) if getattr(document, entry.name) == getattr(new, entry.name)]
    assert same == ["unknown"]
    usual = MorphOptions()
    assert [
        e.name for e in fields(usual) if getattr(usual, e.name) == getattr(document.options, e.name)
    ] == []


def test_an_empty_session_comes_back(tmp_path):
    save_session(tmp_path / "a.morph", SessionDocument(), {})
    assert open_session(tmp_path / "a.morph", tmp_path / "work").document == SessionDocument()


def test_the_same_session_is_the_same_bytes(tmp_path, clips):
    document = make_document(clips, make_model(tmp_path / "m"))
    for name in ("a.morph", "b.morph"):
        save_session(tmp_path / name, document, by_digest(clips), collect=True)
    assert (tmp_path / "a.morph").read_bytes() == (tmp_path / "b.morph").read_bytes()


@pytest.mark.parametrize("bits", [16, 24, 32])
def test_collected_loops_are_the_very_samples_wherever_they_were(tmp_path, bits):
    clips = make_clips(tmp_path / "loops", bits=bits)
    save_session(tmp_path / "a.morph", make_document(clips), by_digest(clips), collect=True)
    shutil.rmtree(tmp_path / "loops")
    (tmp_path / "elsewhere").mkdir()
    moved = (tmp_path / "a.morph").rename(tmp_path / "elsewhere" / "b.morph")
    opened = open_session(moved, tmp_path / "work")
    assert opened.is_collected
    assert not opened.missing
    loaded = [load_clip(dot.loop.path)[0] for dot in opened.document.dots]
    assert [clip.digest for clip in loaded] == [clip.digest for clip in clips]
    assert [clip.name for clip in loaded] == [clip.name for clip in clips]
    endings = {path.suffix for path in (tmp_path / "work").rglob("*.*")}
    assert endings == ({".wav"} if bits == 32 else {".flac"})


@pytest.mark.parametrize("value", [1.0, -1.0, -0.0, 1.5, 2**-24])
def test_what_flac_cannot_hold_is_collected_as_float(tmp_path, value):
    samples = np.full((882, 1), 0.25, np.float32)
    samples[7] = value
    clip = AudioClip(samples, "made here")
    document = SessionDocument(dots=make_document([clip]).dots)
    save_session(tmp_path / "a.morph", document, by_digest([clip]))
    opened = open_session(tmp_path / "a.morph", tmp_path / "work")
    loaded = load_clip(opened.document.dots[0].loop.path)[0]
    assert loaded.digest == clip.digest


def test_a_name_that_is_no_name_of_a_file_does_no_harm(tmp_path):
    clip = AudioClip(np.full((882, 1), 0.25, np.float32), '../../con: "x"/..')
    save_session(tmp_path / "a.morph", SessionDocument(dots=make_document([clip]).dots), by_digest([clip]))
    opened = open_session(tmp_path / "a.morph", tmp_path / "work")
    found = opened.document.dots[0].loop.path
    assert found.is_file()
    assert found.resolve().is_relative_to(tmp_path / "work")
    assert opened.document.dots[0].loop.name == clip.name


def test_the_tuned_model_is_in_the_file(tmp_path, clips):
    model = make_model(tmp_path / "tuned.safetensors")
    content = model.read_bytes()
    save_session(tmp_path / "a.morph", make_document(clips, model), {})
    model.unlink()
    opened = open_session(tmp_path / "a.morph", tmp_path / "work")
    assert opened.document.model.name == "tuned"
    assert opened.document.model.path.is_relative_to(tmp_path / "work")
    assert opened.document.model.path.read_bytes() == content


def test_what_was_opened_is_saved_again_from_where_it_was_put(tmp_path, clips):
    model = make_model(tmp_path / "m.safetensors")
    document = make_document(clips, model)
    save_session(tmp_path / "a.morph", document, by_digest(clips), collect=True)
    first = (tmp_path / "a.morph").read_bytes()
    opened = open_session(tmp_path / "a.morph", tmp_path / "work")
    again = by_digest([load_clip(dot.loop.path)[0] for dot in opened.document.dots])
    save_session(tmp_path / "a.morph", opened.document, again, collect=opened.is_collected)
    assert (tmp_path / "a.morph").read_bytes() == first


def test_a_files_name_that_is_no_text_comes_back(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wav"))
    clip = AudioClip(np.full((882, 1), 0.25, np.float32), "caf", path)
    document = SessionDocument(dots=make_document([clip]).dots)
    save_session(tmp_path / "a.morph", document, {})
    assert open_session(tmp_path / "a.morph", tmp_path / "work").missing == (reference_of(clip),)


# --- a session as a document -------------------------------------------------------------------


def test_a_session_becomes_a_document_and_the_document_the_session(clips):
    session = Session()
    for number, clip in enumerate(clips):
        session.learn(
            Sound(f"s{number}", clip, Family.BASS, outline(clip)), np.array([number, 0.0], np.float32)
        )
        session.place(f"s{number}", PadPoint(0.2 * number, 0.3))
    session.choose_side("b", "s1")
    session.choose_options(MorphOptions(detail=0.5, pitch_st=3))
    session.choose_loop_time("s2", LoopTime(170.0, 44, 2))
    session.choose_keeps_pitch(False)
    session.choose_paths([GesturePath((PathPoint(0.0, 0.1, 0.2),), 2, "up")])
    document = document_of(session, picked=PadPoint(0.5, 0.5))
    assert [dot.time for dot in document.dots] == [LoopTime(), LoopTime(), LoopTime(170.0, 44, 2)]
    assert document.side_b == clips[1].digest
    other = Session()
    for number, clip in enumerate(clips):
        other.learn(
            Sound(f"t{number}", clip, Family.BASS, outline(clip)), np.array([number, 0.0], np.float32)
        )
    other.restore(state_of(document, {clip.digest: f"t{number}" for number, clip in enumerate(clips)}))
    assert document_of(other, picked=PadPoint(0.5, 0.5)) == document
    left = state_of(document, {clips[0].digest: "only"})
    assert (dict(left.dots), left.side_b, left.n_frames) == ({"only": PadPoint(0.0, 0.3)}, "", 4410)


def test_tempos_that_sounds_have_in_a_session_are_the_same_when_it_is_opened(clips):
    session = Session()
    for number, clip in enumerate(clips):
        session.learn(
            Sound(f"s{number}", clip, Family.BASS, outline(clip)), np.array([number, 0.0], np.float32)
        )
        session.place(f"s{number}")
    session.hear_tempo("s0", 174.0)
    session.choose_loop_time("s1", LoopTime(118.0, semitones=-2))
    session.choose_time(MusicalTime(90.0, 2))
    tempos = [session.time_of(f"s{number}").bpm for number in range(3)]
    assert tempos[:2] == [87.0, 118.0]
    document = document_of(session)
    other = Session()
    for number, clip in enumerate(clips):
        other.learn(
            Sound(f"t{number}", clip, Family.BASS, outline(clip)), np.array([number, 0.0], np.float32)
        )
    sound_ids = {clip.digest: f"t{number}" for number, clip in enumerate(clips)}
    tell_tempos(other, document.dots, sound_ids)
    other.restore(state_of(document, sound_ids))
    assert [other.time_of(f"t{number}").bpm for number in range(3)] == tempos
    assert other.request(Blend(("t0", "t1"), (0.5, 0.5))).n_frames == MusicalTime(90.0, 2).n_frames
    assert document_of(other) == document
    for opened in (session, other):  # what was only heard, or guessed, goes with the session's tempo
        opened.choose_time(MusicalTime(180.0, 2))
    assert [other.time_of(f"t{number}") for number in range(3)] == [
        session.time_of(f"s{number}") for number in range(3)
    ]
    assert other.time_of("t0").bpm == 174.0


def test_loops_that_are_missing_stay_in_the_session_when_it_is_saved(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    clips[1].path.unlink()
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    session = Session()
    for number, clip in enumerate(clips):
        if number != 1:
            session.learn(Sound(str(number), clip, Family.BASS, outline(clip)), np.zeros(2, np.float32))
    there = {clip.digest: str(number) for number, clip in enumerate(clips) if number != 1}
    session.restore(state_of(opened.document, there))
    absent = [dot for dot in opened.document.dots if dot.loop in opened.missing]
    save_session(tmp_path / "s.morph", document_of(session, absent=absent), by_digest(clips))
    again = open_session(tmp_path / "s.morph", tmp_path / "work")
    assert {(dot.loop.digest, dot.point) for dot in again.document.dots} == {
        (dot.loop.digest, dot.point) for dot in opened.document.dots
    }
    assert again.missing == opened.missing


# --- loops that went ---------------------------------------------------------------------------


def test_loops_that_moved_with_the_session_are_found(tmp_path):
    home = tmp_path / "home"
    clips = make_clips(home / "loops")
    save_session(home / "songs.morph", make_document(clips), {})
    there = shutil.move(home, tmp_path / "other")
    opened = open_session(Path(there) / "songs.morph", tmp_path / "work")
    assert not opened.missing
    assert all(dot.loop.path.is_relative_to(tmp_path / "other") for dot in opened.document.dots)


def test_loops_above_the_session_are_found_when_all_moved(tmp_path):
    home = tmp_path / "home"
    clips = make_clips(home / "loops")
    (home / "a" / "b").mkdir(parents=True)
    save_session(home / "a" / "b" / "s.morph", make_document(clips), {})
    there = Path(shutil.move(home, tmp_path / "other"))
    assert not open_session(there / "a" / "b" / "s.morph", tmp_path / "work").missing


def test_loops_that_lie_beside_the_session_now_are_found(tmp_path, clips):
    (tmp_path / "s").mkdir()
    save_session(tmp_path / "s" / "s.morph", make_document(clips), {})
    for clip in clips:
        shutil.move(clip.path, tmp_path / "s")
    opened = open_session(tmp_path / "s" / "s.morph", tmp_path / "work")
    assert not opened.missing
    assert [dot.loop.path.parent for dot in opened.document.dots] == [tmp_path / "s"] * 3


def test_missing_loops_are_listed_and_keep_where_they_were(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    shutil.move(tmp_path / "loops", tmp_path / "gone" / "deep")
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    assert [loop.path for loop in opened.missing] == [clip.path for clip in clips]
    assert [dot.loop.path for dot in opened.document.dots] == [clip.path for clip in clips]


def test_missing_loops_are_found_below_a_folder_and_of_several_by_size(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    shutil.move(tmp_path / "loops", tmp_path / "gone" / "b")
    for folder in ("a", "c"):
        (tmp_path / "gone" / folder).mkdir()
        (tmp_path / "gone" / folder / "KICK.wav").write_bytes(b"another kick")
    (tmp_path / "gone" / "b" / f"{clips[1].path.name}").unlink()
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    found = looked_for(opened, tmp_path / "gone")
    assert [loop.path for loop in found.missing] == [clips[1].path]
    assert found.document.dots[0].loop.path == tmp_path / "gone" / "b" / "kick.wav"


def test_a_file_of_another_size_is_better_than_none(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    shutil.rmtree(tmp_path / "loops")
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "kick.wav").write_bytes(b"a shorter kick")
    found = looked_for(open_session(tmp_path / "s.morph", tmp_path / "work"), tmp_path / "gone")
    assert found.document.dots[0].loop.path == tmp_path / "gone" / "kick.wav"


def test_another_systems_paths_are_found_beside_the_session(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})

    def from_windows(content):
        for loop in content["loops"]:
            name = loop["relative"].rpartition("/")[2]
            loop.update(path=f"C:\\Samples\\{name}", relative="")

    change_json(tmp_path / "s.morph", from_windows)
    shutil.move(clips[0].path, tmp_path)
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    assert len(opened.missing) == 2
    assert opened.document.dots[0].loop.path == tmp_path / "kick.wav"


# --- other versions ----------------------------------------------------------------------------


def test_a_newer_version_opens_and_says_so(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    change_json(tmp_path / "s.morph", lambda content: content.update(format=2, macros=[1, {"x": None}]))
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    assert opened.is_newer
    assert opened.version == 2
    assert [dot.loop.name for dot in opened.document.dots] == [clip.name for clip in clips]


def test_a_newer_version_may_have_more_in_it(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    change_json(tmp_path / "s.morph", lambda content: content.update(format=2))
    with zipfile.ZipFile(tmp_path / "s.morph", "a") as archive:
        archive.writestr("pictures/1.png", b"?")
    assert open_session(tmp_path / "s.morph", tmp_path / "work").is_newer
    assert not (tmp_path / "work").exists()


def test_a_newer_version_that_cannot_be_read_is_a_sentence(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    change_json(tmp_path / "s.morph", lambda content: content.update(format=3, loops={}))
    with pytest.raises(FileError, match=r"s\.morph was saved by a newer MorphStudio.*Update"):
        open_session(tmp_path / "s.morph", tmp_path / "work")


def test_what_is_not_known_is_kept(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})

    def add(content):
        content["macros"] = {"a": [1, 2.5, None, "✓"]}
        content["options"]["grain"] = 0.5

    change_json(tmp_path / "s.morph", add)
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    save_session(tmp_path / "t.morph", replace(opened.document, n_frames=5), {})
    with zipfile.ZipFile(tmp_path / "t.morph") as archive:
        content = json.loads(archive.read("session.json"))
    assert content["macros"] == {"a": [1, 2.5, None, "✓"]}
    assert (content["options"]["grain"], content["options"]["detail"]) == (0.5, 0.25)
    assert (content["format"], content["n_frames"]) == (1, 5)


def test_options_that_came_later_are_as_they_are_at_first(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), {})
    change_json(tmp_path / "s.morph", lambda content: content["options"].pop("align"))
    opened = open_session(tmp_path / "s.morph", tmp_path / "work")
    assert opened.document.options.align is MorphOptions().align


# --- what goes wrong ---------------------------------------------------------------------------


def test_saving_where_nothing_can_be_saved_is_a_sentence_and_leaves_the_old_file(tmp_path, clips):
    with pytest.raises(FileError, match="could not be written"):
        save_session(tmp_path / "nowhere" / "s.morph", make_document(clips), {})
    path = tmp_path / "s.morph"
    save_session(path, make_document(clips), {})
    before = path.read_bytes()
    with pytest.raises(FileError, match=r"model .*tuned\.safetensors cannot be read.*another model"):
        save_session(path, make_document(clips, tmp_path / "tuned.safetensors"), {})
    (tmp_path / "tuned.safetensors").write_bytes(b"no model")
    with pytest.raises(FileError, match="damaged"):
        save_session(path, make_document(clips, tmp_path / "tuned.safetensors"), {})
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_full_disk_is_a_sentence(tmp_path, clips, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(MorphStudioError, match="disk is full"):
        save_session(tmp_path / "s.morph", make_document(clips), by_digest(clips), collect=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loops"]


def test_what_could_not_be_opened_again_is_not_written(tmp_path, clips):
    document = replace(make_document(clips), picked=PadPoint(1.5, 0.0))
    with pytest.raises(FileError, match="x of picked"):
        save_session(tmp_path / "s.morph", document, {})
    assert not (tmp_path / "s.morph").exists()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "There is no file"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"PK\x03\x04 and so on" * 9), "cut short, or no session"),
    ],
)
def test_what_is_no_session_is_a_sentence(tmp_path, make, words):
    make(tmp_path / "s.morph")
    with pytest.raises(FileError, match=words) as caught:
        open_session(tmp_path / "s.morph", tmp_path / "work")
    assert caught.value.title == "Can't open s.morph"


def test_a_file_that_is_cut_short_anywhere_is_a_sentence(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), by_digest(clips), collect=True)
    whole = (tmp_path / "s.morph").read_bytes()
    for share in np.linspace(0, 0.999, 60):
        (tmp_path / "s.morph").write_bytes(whole[: int(share * len(whole))])
        with pytest.raises(FileError, match=r"s\.morph"):
            open_session(tmp_path / "s.morph", tmp_path / "work")
    assert not (tmp_path / "work").exists()


def test_damage_anywhere_is_a_sentence_or_harmless_and_leaves_nothing(tmp_path, clips):
    save_session(tmp_path / "s.morph", make_document(clips), by_digest(clips), collect=True)
    whole = (tmp_path / "s.morph").read_bytes()
    random = np.random.default_rng(11)
    n_refused = 0
    for number in range(150):
        content = bytearray(whole)
        for place in random.integers(len(content), size=3):
            content[place] ^= int(random.integers(1, 256))
        (tmp_path / "s.morph").write_bytes(content)
        work = tmp_path / f"work{number}"
        try:
            open_session(tmp_path / "s.morph", work)
        except FileError:
            n_refused += 1
            assert not work.exists()
    assert n_refused > 100
