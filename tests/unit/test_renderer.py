"""What the renderer does with what an engine says, without processes."""

import time

import numpy as np
import pytest

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.decks import PUBLISHED, DeckBank, SharedDecks
from morphstudio.audio.export import ExportOptions
from morphstudio.morph.renderer import Renderer
from morphstudio.morph.request import MorphFigures, MorphRequest, MorphResult

N_FRAMES = 1000


class Engine:
    """Takes all the time it wants to get ready, and stops the renderer once something was measured."""

    has_room = False
    explore_words = (("", ""), ("", ""))

    def __init__(self):
        self.is_ready = True
        self.drafted = []

    def get_ready(self, request, is_cancelled):
        self.while_getting_ready()
        return not is_cancelled()

    def while_getting_ready(self):
        pass

    def draft(self, request, start):
        self.drafted.append(request.seed)
        for at in range(0, N_FRAMES, N_FRAMES // 4):
            yield at, np.full((N_FRAMES // 4, 1), 0.1 * request.seed, np.float32)
            self.while_drafting()

    def while_drafting(self):
        pass

    def render(self, request, is_cancelled):
        return MorphResult(np.zeros((N_FRAMES, 1), np.float32), 1.0, -20.0)

    def measured(self, request, samples, is_cancelled):
        return self.measure(is_cancelled)


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def events(engine, tmp_path):
    """Returns a function: all that is told, until a final is, for one request."""
    told = []

    def tell(name, *values):
        told.append((name, *values))
        if name == "model_loaded":
            renderer.submit(1, request(1))
        if name in ("render_finished", "failed"):
            renderer.stop()

    engine.model = type("Facts", (), {"name": "x", "card": {}})
    decks = DeckBank(SharedDecks(bytearray(SharedDecks.N_BYTES)))
    renderer = Renderer(lambda path: engine, decks, tell, lambda: None)
    engine.renderer = renderer

    def run():
        renderer.use_model(0, tmp_path)
        renderer.run()
        return {name: values for name, *values in told}

    return run


def request(seed):
    return MorphRequest((AudioClip(np.zeros((N_FRAMES, 1), np.float32), "x"),), (1.0,), N_FRAMES, seed=seed)


def test_the_point_is_measured_after_its_final_was_published(engine, events):
    point = MorphFigures(12, 13, -0.5, 0.9)
    published = []

    def measure(is_cancelled):
        published.append(engine.renderer._decks.published_generation)
        return point

    engine.measure = measure
    serial, figures = events()["render_finished"]
    assert (serial, figures.point) == (1, point)
    assert published == [figures.generation]


def test_a_final_that_could_not_be_measured_is_told_all_the_same(engine, events):
    engine.measure = lambda is_cancelled: None
    _, figures = events()["render_finished"]
    assert figures.point is None


def test_what_was_not_ready_when_the_next_gesture_came_is_not_drafted(engine, events):
    engine.measure = lambda is_cancelled: None

    def while_getting_ready():
        engine.while_getting_ready = lambda: None
        engine.renderer.submit(2, request(2))

    engine.while_getting_ready = while_getting_ready
    serial, _ = events()["render_finished"]
    assert serial == 2
    assert engine.drafted == [2]


def test_one_of_two_is_drafted_however_fast_a_tempo_is_turned(engine, events):
    engine.measure = lambda is_cancelled: None
    turns = iter(range(2, 10))

    def while_getting_ready():
        if turn := next(turns, 0):
            engine.renderer.submit(turn, request(turn))

    engine.while_getting_ready = while_getting_ready
    serial, _ = events()["render_finished"]
    assert serial == 9
    assert engine.drafted == [2, 4, 6, 8, 9]


@pytest.mark.parametrize(("wait_s", "is_whole"), [(0.0, False), (0.06, True)])
def test_the_first_sound_after_a_long_wait_has_no_holes_while_a_hand_goes_on(
    engine, events, wait_s, is_whole
):
    engine.measure = lambda is_cancelled: None
    engine.while_getting_ready = lambda: time.sleep(wait_s)
    heard = []

    def while_drafting():
        shared = engine.renderer._decks._shared
        heard.append(shared.decks[int(shared.words[PUBLISHED]) & 3][:N_FRAMES].copy())
        if len(engine.drafted) == 1:
            engine.renderer.submit(2, request(2))

    engine.while_drafting = while_drafting
    events()
    assert engine.drafted == [1, 2]
    firsts = [samples for samples in heard if not np.any(np.isclose(samples, 0.2))]
    assert bool(firsts[-1].all()) == is_whole


def test_an_export_ends_though_drafts_never_do_and_leaves_them_most_of_the_time(engine, events, tmp_path):
    """As while a path plays: each draft is superseded before it is whole."""
    engine.measure = lambda is_cancelled: None
    path, seeds, spent_s = tmp_path / "out.wav", iter(range(2, 10_000)), {"draft": 0.0, "export": 0.0}

    def while_drafting():
        if len(engine.drafted) == 1:
            engine.renderer.submit_export(1, request(0), path, ExportOptions())
        if not path.exists():
            engine.renderer.submit(seed := next(seeds), request(seed))
            assert seed < 1000, "the export has its turn"
        spent_s["draft"] += 0.01
        time.sleep(0.01)

    def render(request, is_cancelled):
        begun_s = time.monotonic()
        while time.monotonic() < begun_s + 0.1 and not (is_given_up := is_cancelled()):
            time.sleep(0.01)
        spent_s["export"] += 0.0 if path.exists() else time.monotonic() - begun_s
        silent = np.zeros((N_FRAMES, 1), np.float32)
        return None if is_given_up else MorphResult(silent, 1.0, -20.0)

    engine.while_drafting, engine.render = while_drafting, render
    told = events()
    assert "failed" not in told
    assert told["export_finished"] == [1]
    assert 0 < spent_s["export"] <= spent_s["draft"] + 0.15
