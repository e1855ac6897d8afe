"""What scripts may use, and the examples that show it."""

import runpy
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import soundfile

import morphstudio
from morphstudio.audio.files import load_clip
from morphstudio.errors import MorphStudioError, ParameterError
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.paths import resources_dir
from morphstudio.session_document import PlacedLoop, SessionDocument, reference_of
from morphstudio.session_file import save_session
from tests.unit.chunk_reader import read_acid, read_riff

EXAMPLES = resources_dir() / "examples"
RATE_HZ = 44_100


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sounds")
    times_s = np.arange(RATE_HZ // 2) / RATE_HZ
    for name, hz in (("low", 90.0), ("middle", 400.0), ("high", 2000.0)):
        beats = np.exp(-30.0 * (times_s % 0.25)) * np.sin(2.0 * np.pi * hz * times_s)
        soundfile.write(folder / f"{name}.wav", 0.5 * beats, RATE_HZ, subtype="FLOAT")
    return folder


@pytest.fixture
def run_example(monkeypatch, capsys):
    def run(name, *arguments):
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return run


def test_nine_steps_lead_from_one_sound_to_the_other(run_example, sounds, tmp_path):
    said = run_example("between_two.py", sounds / "low.wav", sounds / "high.wav", tmp_path / "out")
    files = [tmp_path / "out" / f"step {number}.wav" for number in range(1, 10)]
    assert said == [str(path) for path in files]
    loops = [soundfile.read(path)[0] for path in files]
    assert {len(loop) for loop in loops} == {RATE_HZ // 2}
    assert np.abs(loops[0] - soundfile.read(sounds / "low.wav")[0]).max() < 1e-6
    assert np.abs(loops[8] - soundfile.read(sounds / "high.wav")[0]).max() < 1e-6
    assert np.abs(loops[4] - loops[0]).max() > 0.05


def test_a_grid_over_the_pad_is_rendered(run_example, sounds, tmp_path):
    said = run_example("pad_grid.py", sounds, tmp_path / "out")
    assert len(said) == 10
    assert all(any(name in line for name in ("low", "middle", "high")) for line in said[:9])
    grid = {f"{row}{column}.wav" for row in (1, 2, 3) for column in (1, 2, 3)}
    assert {path.name for path in (tmp_path / "out").iterdir()} == grid | {"round.wav"}
    assert said[9] == str(tmp_path / "out" / "round.wav")
    assert soundfile.info(tmp_path / "out" / "round.wav").frames == RATE_HZ


def test_one_morph_comes_in_many_ways(run_example, sounds, tmp_path):
    said = run_example(
        "one_morph_in_many_ways.py", sounds / "low.wav", sounds / "middle.wav", tmp_path / "out"
    )
    assert said[0].startswith(f"{RATE_HZ // 2} frames, 1 channels")
    louder = soundfile.info(tmp_path / "out" / "louder.wav")
    assert (louder.frames, louder.subtype) == (RATE_HZ, "PCM_16")
    assert {path.name for path in (tmp_path / "out").glob("*.flac")} == {"-5.flac", "+0.flac", "+7.flac"}
    in_time = tmp_path / "out" / "two bars at 128.wav"
    assert said[1] == str(in_time)
    assert soundfile.info(in_time).frames == 165_375


def test_sounds_are_brought_to_a_tempo(sounds):
    session = morphstudio.Session()
    low = session.add(morphstudio.load_sound(sounds / "low.wav"), bpm=240.0)
    high = session.add(morphstudio.load_sound(sounds / "high.wav"))
    assert (session.bpm, session.bars) == (None, None)
    session.set_time(100.0, bars=1, keep_pitch=False)
    morph = session.between([low, high], [1, 1])
    assert (morph.bpm, morph.bars, session.bpm, session.bars) == (100.0, 1, 100.0, 1)
    assert not morph.request.keeps_pitch
    # What is given is taken as it is; of the other nobody knows more than that it is about a beat long.
    assert [own.bpm for own in morph.request.loop_times] == [240.0, pytest.approx(120.0)]
    assert morph.request.n_frames == round(4 * 60 / 100 * RATE_HZ)
    for bpm, bars in ((10.0, 1), (float("nan"), 1), (60.0, 100), (120.0, 0)):
        with pytest.raises(ParameterError):
            session.set_time(bpm, bars)
    assert session.bpm == 100.0


@pytest.fixture
def saved(sounds, tmp_path):
    """A session's file with two sounds, a tempo and two paths, as the window saves it."""
    clips = [load_clip(sounds / f"{name}.wav")[0] for name in ("low", "high")]
    dots = tuple(
        PlacedLoop(reference_of(clip), PadPoint(x, 0.5), LoopTime(240.0))
        for clip, x in zip(clips, (0.1, 0.9), strict=True)
    )
    up = GesturePath((PathPoint(0.0, 0.1, 0.5), PathPoint(2.0, 0.9, 0.5)), 1, "up")
    time = MusicalTime(200.0, 1)
    document = SessionDocument(dots=dots, time=time, paths=(up, replace(up, bars=2, name="down")))
    save_session(tmp_path / "set.morph", document, {clip.digest: clip for clip in clips}, collect=True)
    return tmp_path / "set.morph"


def test_a_session_of_the_window_is_opened_and_its_path_written(saved, tmp_path):
    session = morphstudio.Session.open(saved)
    assert set(session.sounds) == {"low", "high"}
    assert (session.bpm, session.bars, session.paths, session.notes) == (200.0, 1, ("up", "down"), ())
    path = session.path("down")
    target = path.save(tmp_path / "down.wav")
    n_frames = MusicalTime(200.0, 1).beat_frame(8)
    samples, _ = soundfile.read(target)
    assert len(samples) == n_frames
    acid = read_acid(read_riff(target.read_bytes()).chunks["acid"])
    assert (acid["n_beats"], acid["bpm"]) == (8, pytest.approx(200.0))
    # The same by its points.
    again = session.along([(0.0, 0.1, 0.5), (2, 0.9, 0.5)], bars=2)
    assert again.render().samples.tobytes() == session.path(1).render().samples.tobytes()
    assert again.request.n_frames == n_frames
    np.testing.assert_allclose(samples, again.render().samples[:, 0], atol=1e-6)
    with pytest.raises(ParameterError, match="no path 'sideways'"):
        session.path("sideways")
    with pytest.raises(MorphStudioError, match=r"none\.morph"):
        morphstudio.Session.open(tmp_path / "none.morph")


def test_what_is_no_path_is_said(sounds):
    session = morphstudio.Session()
    with pytest.raises(ParameterError, match="no sound"):
        session.along([(0, 0.5, 0.5)], bars=1)
    session.add(morphstudio.load_sound(sounds / "low.wav"))
    nan = float("nan")
    for points in ([], [(4, 0, 0)], [(2, 0, 0), (1, 0, 0)], [(-1, 0, 0)], [(0, 1.1, 0)], [(nan, 0, 0)]):
        with pytest.raises(ParameterError, match="no path"):
            session.along(points, bars=1)
    with pytest.raises(ParameterError, match="no path"):
        session.path()


def test_each_example_is_run_here():
    tested = {"between_two.py", "pad_grid.py", "one_morph_in_many_ways.py"}
    assert {path.name for path in EXAMPLES.glob("*.py")} == tested


def test_what_does_not_fit_is_said(sounds, tmp_path):
    session = morphstudio.Session()
    with pytest.raises(ParameterError, match="no sound"):
        session.at(0.5, 0.5)
    low = session.add(morphstudio.load_sound(sounds / "low.wav"), 0.25, 0.75)
    assert session.add(morphstudio.load_sound(sounds / "low.wav")) == "low 2"
    assert session.sounds[low] == (0.25, 0.75)
    with pytest.raises(ParameterError, match="does not know: nothing"):
        session.between(["nothing"], [1.0])
    for weights in ([1.0, 1.0], [-1.0], [0.0], [float("nan")]):
        with pytest.raises(ParameterError, match="no weights"):
            session.between([low], weights)
    with pytest.raises(ParameterError, match="an x and a y"):
        session.add(load_clip(sounds / "low.wav")[0], 0.5)
    with pytest.raises(MorphStudioError, match=r"gone\.wav"):
        morphstudio.load_sound(tmp_path / "gone.wav")


def test_the_package_loads_nothing_until_it_is_asked():
    script = "import sys, morphstudio; print(len({'torch', 'numpy', 'PySide6'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
    with pytest.raises(AttributeError):
        morphstudio.nothing  # noqa: B018
