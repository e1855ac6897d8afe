"""The command that renders a path of a session: what it writes, and what it says where it cannot."""

import json

import numpy as np
import pytest
import soundfile

from morphstudio.audio.clip import AudioClip
from morphstudio.cli import _run
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.session_document import LoopReference, PlacedLoop, SessionDocument
from morphstudio.session_file import save_session
from morphstudio.synth.random_loops import random_loop
from tests.unit.chunk_reader import read_acid, read_riff, read_smpl

TIME = MusicalTime(175.0, 1)
THERE_AND_BACK = (PathPoint(0.0, 0.1, 0.1), PathPoint(4.0, 0.9, 0.9))


def run(capfd, *arguments):
    code = _run([str(argument) for argument in arguments])
    out, err = capfd.readouterr()
    return code, out, err


@pytest.fixture
def make_session(tmp_path):
    def make(*paths, time=TIME, is_collected=True):
        clips, dots = {}, []
        for seed, place in enumerate([(0.1, 0.1), (0.9, 0.1), (0.5, 0.9)]):
            samples = random_loop(np.random.default_rng(seed), TIME.duration_s)
            clip = AudioClip(np.resize(samples, (TIME.n_frames, 2)), f"loop {seed}")
            clips[clip.digest] = clip
            reference = LoopReference(
                clip.digest, clip.name, None if is_collected else tmp_path / "gone" / f"{clip.name}.wav"
            )
            dots.append(PlacedLoop(reference, PadPoint(*place), LoopTime(175.0)))
        document = SessionDocument(dots=tuple(dots), n_frames=TIME.n_frames, time=time, paths=paths)
        file = tmp_path / f"set of {len(paths)}.morph"
        save_session(file, document, clips if is_collected else {}, collect=is_collected)
        return file

    return make


def test_the_named_path_comes_out_as_long_as_its_bars_and_says_so(capfd, make_session, tmp_path):
    up = GesturePath(THERE_AND_BACK, 1, "up")
    file = make_session(
        up, GesturePath((PathPoint(0.0, 0.5, 0.4), PathPoint(2.0, 0.9, 0.1)), 2, "there and back")
    )
    code, out, err = run(capfd, "path", file, "-o", tmp_path / "a.wav", "--path", "there and back", "--json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    n_frames = TIME.beat_frame(8)
    assert (report["frames"], report["bars"], report["bpm"]) == (n_frames, 2, 175.0)
    assert soundfile.info(tmp_path / "a.wav").frames == n_frames
    told = read_riff((tmp_path / "a.wav").read_bytes())
    (loop,) = read_smpl(told.chunks["smpl"])["loops"]
    assert (loop["start"], loop["end"]) == (0, n_frames - 1)
    acid = read_acid(told.chunks["acid"])
    assert acid["n_beats"] == 8
    assert acid["bpm"] == pytest.approx(175.0)
    code, out, _ = run(capfd, "path", file, "-o", tmp_path / "b.wav", "--path", "2", "--bits", "16")
    assert (code, out) == (0, f"{tmp_path / 'b.wav'}\n")
    assert soundfile.info(tmp_path / "b.wav").subtype == "PCM_16"


def test_which_path_is_asked_for_where_there_are_several(capfd, make_session, tmp_path):
    file = make_session(GesturePath(THERE_AND_BACK, 1, "up"), GesturePath(THERE_AND_BACK, 1, "down"))
    for more in ([], ["--path", "sideways"], ["--path", "3"]):
        code, out, err = run(capfd, "path", file, "-o", tmp_path / "a.wav", *more)
        assert (code, out) == (2, "")
        assert "1 up, 2 down" in err
        assert err.count("\n") == 1
    assert not (tmp_path / "a.wav").exists()


def test_missing_loops_are_named(capfd, make_session, tmp_path):
    file = make_session(GesturePath(THERE_AND_BACK, 1), is_collected=False)
    code, _, err = run(capfd, "path", file, "-o", tmp_path / "a.wav")
    assert code == 2
    assert "loop 0.wav, loop 1.wav, loop 2.wav" in err
    assert err.count("\n") == 1


def test_what_does_not_work_is_one_line(capfd, make_session, tmp_path):
    long = GesturePath(THERE_AND_BACK, 900, "long")
    (tmp_path / "no.morph").write_text("hello")
    for file, more, said in (
        (make_session(), [], "no path"),
        (make_session(long), [], "more than 64 s"),
        (make_session(long), ["--bits", "8"], "8 bits"),
        (tmp_path / "no.morph", [], "no.morph"),
        (tmp_path / "none.morph", [], "none.morph"),
    ):
        code, out, err = run(capfd, "path", file, "-o", tmp_path / "a.wav", *more)
        assert (code, out) == (2, "")
        assert said in err
        assert err.count("\n") == 1
