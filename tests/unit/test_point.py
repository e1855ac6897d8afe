"""What is said of the point that is heard, with the loops that ship."""

import numpy as np
import pytest
import torch

from morphstudio.audio.files import load_clip
from morphstudio.model.checkpoint import load_model
from morphstudio.morph import point as point_module
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.request import MorphRequest
from morphstudio.paths import demo_loops_dir, factory_model_path

NAMES = ("House drums", "Funk break", "Acid bass")


@pytest.fixture(scope="module")
def engine():
    return MorphEngine(load_model(factory_model_path()), torch.device("cpu"))


@pytest.fixture(scope="module")
def loops():
    return [load_clip(demo_loops_dir() / f"{name}.flac")[0] for name in NAMES]


def request(clips, weights, **options):
    return MorphRequest(tuple(clips), tuple(weights), clips[0].n_frames, n_iterations=8, **options)


@pytest.mark.parametrize("weights", [(0.5, 0.5, 0.0), (0.8, 0.0, 0.2), (0.4, 0.3, 0.3)])
def test_a_morph_is_level_even_and_has_its_hits(engine, loops, weights):
    wanted = request(loops, weights)
    found = engine.measured(wanted, engine.render(wanted).samples)
    assert abs(found.level_lu) < 0.5
    assert found.evenness > 0.75
    assert abs(found.hits - found.wanted_hits) <= 4


def test_what_is_wrong_is_told(engine, loops):
    a, b, _ = loops
    halfway = request([a, b], (0.5, 0.5))
    stuck = engine.measured(halfway, a.samples)
    assert stuck.evenness == pytest.approx(0.0, abs=1e-6)
    soft = engine.measured(halfway, 0.25 * engine.render(halfway).samples)
    assert soft.level_lu == pytest.approx(-12.0, abs=0.5)
    steady = np.full_like(a.samples, 0.1)
    assert engine.measured(halfway, steady).hits < 3 < stuck.hits
    # Three sounds: all of the first where a third was wanted is as wrong as can be.
    third = request(loops, (0.2, 0.4, 0.4))
    assert engine.measured(third, a.samples).evenness == pytest.approx(0.0, abs=1e-6)


def test_at_a_dot_all_is_as_it_should_be(engine, loops):
    for options in ({}, {"pitch_st": 3}):
        wanted = request(loops, (0.0, 1.0, 0.0), **options)
        found = engine.measured(wanted, engine.render(wanted).samples)
        assert found.hits == found.wanted_hits > 10
        assert (found.level_lu, found.evenness) == (0.0, None)


def test_sounds_are_measured_once_and_gestures_go_first(engine, loops, monkeypatch):
    engine = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    heard = []
    find = point_module.find_onsets
    monkeypatch.setattr(point_module, "find_onsets", lambda *given: heard.append(1) or find(*given))
    wanted = request(loops, (0.5, 0.5, 0.0))
    samples = 0.5 * (loops[0].samples + loops[1].samples)
    assert engine.measured(wanted, samples, lambda: True) is None
    assert not heard
    assert engine.measured(wanted, samples) is not None
    assert len(heard) == 3
    assert engine.measured(wanted, samples) is not None
    assert len(heard) == 4
