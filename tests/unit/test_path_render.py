"""Paths as clips: sources at dots, finals where they stay, no clicks, no seam, the loudness on the way."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.errors import ParameterError
from morphstudio.library.sounds import Sound, outline
from morphstudio.model.checkpoint import load_model
from morphstudio.morph.classic_engine import ClassicEngine
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.metrics import Listener, mel_distance_db
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import MorphRequest, PadPoint
from morphstudio.paths import factory_model_path
from morphstudio.session import MorphOptions, Session
from morphstudio.session_paths import path_beats, path_facts, path_frames, path_request
from morphstudio.synth.random_loops import random_loop

TIME = MusicalTime(160.0, 1)
DOTS = {"a": PadPoint(0.1, 0.1), "b": PadPoint(0.9, 0.1), "c": PadPoint(0.5, 0.9)}
ROUND = GesturePath(
    (PathPoint(0.0, 0.1, 0.1), PathPoint(2.0, 0.1, 0.1), PathPoint(4.0, 0.9, 0.1), PathPoint(6.0, 0.5, 0.6)),
    2,
    "round",
    is_smooth=True,
)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(n_threads)


def make_session(time=TIME, gain_c=1.0, n_channels=2) -> Session:
    session = Session()
    for seed, (name, place) in enumerate(DOTS.items()):
        samples = np.resize(random_loop(np.random.default_rng(seed + 2), TIME.duration_s), (TIME.n_frames, 2))
        samples = samples[:, : 1 if name == "a" else n_channels] * np.float32(gain_c if name == "c" else 1.0)
        clip = AudioClip(samples, name)
        session.learn(Sound(name, clip, "", outline(clip)), np.zeros(3, np.float32))
        session.place(name, place)
    session.choose_time(time)
    if time is not None:
        for name in DOTS:
            session.choose_loop_time(name, LoopTime(time.bpm))
    return session


@pytest.fixture(scope="module")
def session() -> Session:
    return make_session()


@pytest.fixture(scope="module")
def engine() -> MorphEngine:
    return MorphEngine(load_model(factory_model_path()), torch.device("cpu"))


@pytest.fixture(scope="module")
def rendered(engine, session):
    return engine.render_path(path_request(session, ROUND)).samples


def still(place: PadPoint, bars=1) -> GesturePath:
    return GesturePath((PathPoint(0.0, place.x, place.y),), bars)


def level_db(samples) -> float:
    return 10.0 * float(np.log10(np.mean(np.square(samples.astype(np.float64)))))


def lufs(samples) -> float:
    return loudness_lufs(torch.from_numpy(samples.T.copy()))


def bends(samples) -> np.ndarray:
    """Second differences round the end, (frames,); entry n is that around frame n."""
    around = np.concatenate([samples[-1:], samples, samples[:1]])
    return np.abs(np.diff(around, n=2, axis=0)).max(axis=1)


# --- what a session asks for ----------------------------------------------------------------------------


def test_a_path_is_as_long_as_its_bars_in_the_session_s_time():
    session = make_session()
    assert path_frames(session, ROUND) == TIME.beat_frame(8)
    assert path_facts(session, ROUND).n_beats == path_beats(session, ROUND) == 8
    session.choose_time(MusicalTime(160.0, 2, beats_per_bar=3))
    assert path_beats(session, ROUND) == 6
    session.choose_time(None)
    assert path_frames(session, ROUND) == 2 * TIME.n_frames
    assert path_facts(session, ROUND).bpm is None


def test_a_request_says_what_is_heard_when(session):
    request = path_request(session, ROUND)
    assert request.n_frames == TIME.beat_frame(8)
    names = [clip.name for clip in request.clips]
    for beat in (0.0, 1.0, 3.3, 5.0, 7.9):
        row = request.weights[round(beat / 8 * len(request.weights))]
        blend = session.blend_at(ROUND.place_at(beat, 8.0))
        wanted = dict(zip(blend.sound_ids, blend.weights, strict=True))
        for name, weight in zip(names, row, strict=True):
            assert weight == pytest.approx(wanted.get(name, 0.0), abs=0.02)
    assert not request.weights.flags.writeable


def test_what_is_no_path_is_refused(session):
    with pytest.raises(ParameterError, match="no sound"):
        path_request(Session(), ROUND)
    with pytest.raises(ParameterError, match="64 s"):
        path_request(session, still(DOTS["a"], 1000))
    with pytest.raises(ParameterError, match="no points"):
        path_request(session, GesturePath((), 1))
    clip = AudioClip(np.zeros((100, 1), np.float32), "x")
    with pytest.raises(ParameterError, match="sum of 1"):
        PathRequest(MorphRequest((clip,), (1.0,), 100), np.array([[0.5]]), 100)


# --- what it sounds like --------------------------------------------------------------------------------


def test_where_it_stays_at_a_dot_it_is_the_source(session, rendered):
    source = session.sound("a").clip.samples
    held = slice(round(0.1 * len(rendered)), round(0.2 * len(rendered)))
    wanted = np.resize(source, (len(rendered), 1))[held]
    assert level_db(rendered[held] - wanted) < level_db(source) - 40.0


@pytest.mark.parametrize("place", [PadPoint(0.5, 0.1), PadPoint(0.5, 0.4), DOTS["c"]])
def test_where_it_stays_it_sounds_as_the_final_of_that_place(engine, session, place):
    request = session.request(session.blend_at(place))
    final = engine.render(request).samples
    samples = engine.render_path(path_request(session, still(place))).samples
    assert samples.shape == final.shape
    listener = Listener(request.n_frames)
    heard, wanted = listener.hear(samples), listener.hear(final)
    assert mel_distance_db(heard, wanted, wanted) < 1.0
    assert lufs(samples) == pytest.approx(lufs(final), abs=0.25)


def test_the_loop_repeats_under_a_longer_path(engine, session):
    source = session.sound("b").clip.samples
    samples = engine.render_path(path_request(session, still(DOTS["b"], 3))).samples
    assert len(samples) == TIME.beat_frame(12)
    wanted = np.resize(source, samples.shape)
    assert level_db(samples - wanted) < level_db(wanted) - 40.0


def test_it_does_not_click_anywhere_and_comes_round(session, rendered):
    """No bend of the wave at the seam or where a part of the work ended is out of line with others."""
    found = bends(rendered)
    largest_of_sources = max(bends(session.sound(name).clip.samples).max() for name in DOTS)
    assert found.max() <= 1.5 * largest_of_sources
    n_columns = 4 * -(-len(rendered) // 2048)
    joints = [round(column * len(rendered) / n_columns) for column in range(0, n_columns, 64)]
    for joint in joints:
        near = found[(joint + np.arange(-2, 3)) % len(found)].max()
        around = found[(joint + np.arange(-2000, 2000)) % len(found)]
        assert near <= around.max()
    seam = found[[-1, 0]].max()
    assert seam <= np.quantile(found[(np.arange(-3000, 3000)) % len(found)], 0.999)


def test_it_goes_from_one_sound_to_the_other(engine, session):
    """Each bar is nearer to the sound that the path is at."""
    path = GesturePath((PathPoint(0.0, 0.1, 0.1), PathPoint(3.9, 0.1, 0.1), PathPoint(4.0, 0.9, 0.1)), 2)
    path = path.inserted(PathPoint(7.9, 0.9, 0.1))
    samples = engine.render_path(path_request(session, path)).samples
    listener = Listener(TIME.n_frames)
    bars = [listener.hear(samples[: TIME.n_frames]), listener.hear(samples[-TIME.n_frames :])]
    sources = [listener.hear(session.sound(name).clip.samples) for name in "ab"]
    for own in (0, 1):
        to_own, to_other = (mel_distance_db(bars[own], sources[n], *sources) for n in (own, 1 - own))
        assert to_own < 0.4 * to_other


def test_the_loudness_follows_the_path(engine):
    session = make_session(gain_c=0.1)
    up = GesturePath((PathPoint(0.0, 0.1, 0.1), PathPoint(8.0, 0.5, 0.9)), 4)
    samples = engine.render_path(path_request(session, up)).samples
    bars = [lufs(samples[n * TIME.n_frames : (n + 1) * TIME.n_frames]) for n in range(4)]
    loud, soft = (lufs(session.sound(name).clip.samples) for name in "ac")
    for bar, share in zip(bars, (0.25, 0.75, 0.75, 0.25), strict=True):
        assert bar == pytest.approx(loud + share * (soft - loud), abs=3.5)
    assert min(bars[0], bars[3]) > max(bars[1], bars[2]) + 5.0


def click_session() -> Session:
    """Four clicks in each loop and nothing between them; morphs of them go beyond full scale."""
    session = Session()
    times_s = np.arange(880) / 44_100
    for number, (name, place) in enumerate(DOTS.items()):
        samples = np.zeros((TIME.n_frames, 1), np.float32)
        for beat in range(4):
            at = TIME.beat_frame(beat) + 37 * number
            hz = 700.0 + 900.0 * number
            click = np.exp(-times_s / 0.003) * np.sin(2.0 * np.pi * hz * times_s)
            samples[at : at + len(times_s), 0] = 0.95 * click
        clip = AudioClip(samples, name)
        session.learn(Sound(name, clip, "", outline(clip)), np.zeros(3, np.float32))
        session.place(name, place)
    session.choose_time(TIME)
    for name in DOTS:
        session.choose_loop_time(name, LoopTime(TIME.bpm))
    return session


@pytest.mark.parametrize("bars", [1, 2])
def test_single_clicks_are_as_loud_as_in_finals(engine, bars):
    """Where they go beyond full scale, and whatever the columns of the path are beside those of the loops."""
    session = click_session()
    for place in (PadPoint(0.5, 0.4), PadPoint(0.3, 0.1)):
        final = engine.render(session.request(session.blend_at(place))).samples
        samples = engine.render_path(path_request(session, still(place, bars))).samples
        assert np.abs(samples).max() <= 1.0
        assert lufs(samples) == pytest.approx(lufs(final), abs=0.25)


def test_same_request_same_bytes_whatever_was_rendered_before(engine, session, rendered):
    other = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    assert other.render_path(path_request(session, ROUND)).samples.tobytes() == rendered.tobytes()


def test_other_renders_come_in_between_and_change_nothing(engine, session, rendered):
    shares = []
    request = session.request(session.blend_at(PadPoint(0.3, 0.2)))
    rendering = engine.rendering(path_request(session, ROUND))
    while True:
        try:
            shares.append(next(rendering))
        except StopIteration as ended:
            samples = ended.value.samples
            break
        if len(shares) % 9 == 0:
            next(iter(engine.draft(request, 0)))
    assert samples.tobytes() == rendered.tobytes()
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert len(shares) > 28


def test_sounds_that_have_to_be_stretched_are_so_one_at_a_time(engine):
    session = make_session()
    for name in DOTS:
        session.choose_loop_time(name, LoopTime(TIME.bpm + 10.0))
    asked = path_request(session, ROUND).whole
    alone = [replace(asked, weights=tuple(np.eye(3)[which].tolist())) for which in range(3)]
    rendering = engine.rendering(path_request(session, ROUND))
    n_shaped = [next(rendering) or sum(map(engine._shapes.holds, alone)) for _ in range(3)]
    rendering.close()
    assert n_shaped == [1, 2, 3]


def test_the_options_of_the_session_hold(engine):
    session = make_session()
    plain = engine.render_path(path_request(session, still(DOTS["b"]))).samples
    session.choose_options(MorphOptions(detail=0.0, pitch_st=3))
    request = path_request(session, still(DOTS["b"]))
    final = engine.render(request.morph).samples
    samples = engine.render_path(request).samples
    listener = Listener(TIME.n_frames)
    heard, wanted, before = (listener.hear(x) for x in (samples, final, plain))
    assert mel_distance_db(heard, wanted, wanted) < 1.0 < mel_distance_db(heard, before, wanted)


def test_the_classic_model_says_that_it_knows_no_paths(session):
    engine = ClassicEngine.__new__(ClassicEngine)
    with pytest.raises(ParameterError, match="cannot render a path"):
        engine.render_path(path_request(session, ROUND))
