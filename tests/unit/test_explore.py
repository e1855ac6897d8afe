"""The neighbourhood of one sound: nothing changes at the sound, more the further away, at its level."""

import numpy as np
import pytest
import torch

from morphstudio.audio.files import load_clip
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.errors import ParameterError
from morphstudio.model.checkpoint import LatentStatistics, load_model
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.explore import EXPLORE_WORDS, Explorer, explore_words
from morphstudio.morph.metrics import Listener, mel_distance_db
from morphstudio.morph.request import MorphRequest
from morphstudio.paths import demo_loops_dir, factory_model_path

WAYS = {"right": (1, 0), "left": (-1, 0), "up": (0, 1), "down": (0, -1)}


@pytest.fixture(scope="module")
def engine():
    return MorphEngine(load_model(factory_model_path()), torch.device("cpu"))


@pytest.fixture(scope="module")
def loops():
    return {name: load_clip(demo_loops_dir() / f"{name}.flac")[0] for name in ("House drums", "Glass arp")}


def explored(clip, explore, **options):
    return MorphRequest((clip,), (1.0,), clip.n_frames, explore=explore, n_iterations=4, **options)


def drafted(engine, wanted):
    out = np.full((wanted.n_frames, 2), np.nan, np.float32)
    for first, samples in engine.draft(wanted, 30_000):
        out[(first + np.arange(len(samples))) % wanted.n_frames] = samples
    return out


def lufs(samples):
    return loudness_lufs(torch.from_numpy(samples.T.copy()))


def test_at_the_sound_itself_nothing_changes(engine, loops):
    clip = loops["House drums"]
    assert engine.render(explored(clip, (0.0, 0.0))).samples is clip.samples
    dry = engine.render(explored(clip, (0.0, 0.0), detail=0.5)).samples
    plain = engine.render(MorphRequest((clip,), (1.0,), clip.n_frames, 0.5, n_iterations=4)).samples
    assert dry.tobytes() == plain.tobytes()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("name", ["House drums", "Glass arp"])
def test_the_further_the_more_it_changes_and_the_level_stays(engine, loops, name, way):
    clip = loops[name]
    listener = Listener(clip.n_frames)
    source = listener.hear(clip.samples)
    distances_db = [0.0]
    for amount in (0.01, 0.3, 0.6, 1.0):
        wanted = explored(clip, (amount * way[0], amount * way[1]))
        samples = engine.render(wanted).samples
        assert np.isfinite(samples).all()
        assert lufs(samples) == pytest.approx(lufs(clip.samples), abs=1.0)
        distances_db.append(mel_distance_db(listener.hear(samples), source))
    assert (np.diff(distances_db) > 0.0).all()
    assert distances_db[1] < 0.5
    assert distances_db[-1] > 3.0


def test_drafts_are_nearly_as_loud_and_more_so_after_a_final(engine, loops):
    clip = loops["Glass arp"]
    wanted = explored(clip, (-0.5, 0.8))
    first = drafted(engine, wanted)
    assert np.isfinite(first).all()
    assert lufs(first) == pytest.approx(lufs(clip.samples), abs=3.0)
    engine.render(wanted)
    assert lufs(drafted(engine, wanted)) == pytest.approx(lufs(clip.samples), abs=0.5)


def test_only_one_sound_can_be_explored_and_only_so_far(loops):
    a, b = loops.values()
    with pytest.raises(ParameterError, match="one sound"):
        MorphRequest((a, b), (0.5, 0.5), a.n_frames, explore=(0.1, 0.0))
    assert MorphRequest((a, b), (1.0, 0.0), a.n_frames, explore=(0.1, 0.0)).is_exploring
    for place in ((1.1, 0.0), (0.0, -1.1), (float("nan"), 0.0)):
        with pytest.raises(ParameterError, match="-1 to 1"):
            explored(a, place)


def test_words_say_what_the_factory_model_does(engine, loops):
    known = {pair for words in EXPLORE_WORDS for pair in (words, words[::-1])}
    across, upwards = engine.explore_words
    assert {across, upwards} <= known
    assert set(across) != set(upwards)
    # To the right of a sound it is brighter, if that is what it says.
    assert across == ("darker", "brighter")
    darker, brighter = (
        engine.render(explored(loops["Glass arp"], (amount, 0.0))).samples for amount in (-0.7, 0.7)
    )
    assert brightness_hz(brighter) > 1.2 * brightness_hz(darker)


def brightness_hz(samples):
    power = np.square(np.abs(np.fft.rfft(samples.mean(axis=1))))
    return float((power * np.fft.rfftfreq(len(samples), 1 / 44_100)).sum() / power.sum())


def test_words_follow_what_is_heard():
    """Two axes by hand: one tilts the spectrum, one makes it swell and fade."""
    hz = torch.arange(1025) * 44_100 / 2048
    tilt = 12.0 * (hz.clamp(400.0, 10_000.0) / 2000.0).log2() * (hz > 400.0)
    swell = torch.where(torch.arange(32) % 8 < 2, 0.0, -30.0)[:, None]
    even = torch.full((32, 1025), -40.0)
    levels = torch.stack([even + tilt, even - tilt, even, even + swell])
    assert explore_words(levels, 44_100) == (("brighter", "darker"), ("smoother", "punchier"))


def test_a_model_without_directions_leads_nowhere():
    explorer = Explorer(
        LatentStatistics(torch.zeros(8), torch.ones(8), torch.zeros(0, 8)), torch.device("cpu")
    )
    assert float(explorer.offset((1.0, 1.0)).abs().max()) == 0.0
