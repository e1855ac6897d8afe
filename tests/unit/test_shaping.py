"""Loops in the time of a request: length, pitch, down-beat; what is kept of them; in a morph."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.files import load_clip
from morphstudio.errors import ParameterError
from morphstudio.model.checkpoint import load_model
from morphstudio.morph.conform import conform
from morphstudio.morph.engine import MorphEngine
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.shaping import ShapedClips
from morphstudio.paths import demo_loops_dir, factory_model_path

TIME = MusicalTime(128.0, 1)


@pytest.fixture(scope="module")
def clips():
    return [load_clip(path)[0].fitted(2 * RATE_HZ) for path in sorted(demo_loops_dir().glob("*.flac"))[:2]]


def timed(clips, time=TIME, bpm=120.0, **options):
    weights = (1.0,) if len(clips) == 1 else (0.5, 0.5)
    times = tuple(LoopTime(bpm) for _ in clips)
    n_frames = time.n_frames if time is not None else 2 * RATE_HZ
    return MorphRequest(tuple(clips), weights, n_frames, **({"time": time, "loop_times": times} | options))


def test_sounds_have_the_length_of_the_bars_and_the_tempo_of_the_session(clips):
    shaped = ShapedClips().shaped(timed(clips))
    assert [clip.n_frames for clip in shaped.clips] == [TIME.n_frames] * 2
    assert shaped.clips[0].digest == conform(clips[0], 120.0, TIME, keeps_pitch=True).digest
    assert shaped.time is None
    assert not shaped.loop_times


def test_without_a_tempo_a_loop_begins_at_its_down_beat(clips):
    wanted = timed(clips[:1], None, None, loop_times=(LoopTime(downbeat_frame=1000),))
    shaped = ShapedClips().shaped(wanted)
    as_it_was = np.roll(clips[0].samples, -1000, axis=0)
    before_the_seam = slice(0, -1200)
    assert np.array_equal(shaped.clips[0].samples[before_the_seam], as_it_was[before_the_seam])


def test_the_seam_of_a_loop_that_clicks_is_closed_before_it_lies_inside():
    ramp = AudioClip(np.linspace(-0.5, 0.5, 2 * RATE_HZ, dtype=np.float32)[:, None], "ramp")
    shaped = ShapedClips().shaped(timed([ramp], None, None, loop_times=(LoopTime(downbeat_frame=9000),)))
    assert np.abs(np.diff(shaped.clips[0].samples[:, 0])).max() < 0.02


def test_shifts_of_a_sound_and_of_all_add_up(clips):
    def shaped(pitch_st, semitones):
        request = timed(clips[:1], loop_times=(LoopTime(120.0, 0, semitones),), pitch_st=pitch_st)
        return ShapedClips().shaped(request).clips[0].digest

    assert shaped(2, 3) == shaped(5, 0) != shaped(0, 0)


def test_what_is_there_is_not_made_again(clips):
    kept = ShapedClips()
    request = timed(clips)
    assert not kept.holds(request)
    first = kept.shaped(request)
    assert kept.holds(request)
    assert all(a is b for a, b in zip(kept.shaped(request).clips, first.clips, strict=True))
    assert not kept.holds(timed(clips, MusicalTime(129.0, 1)))


def test_a_request_in_time_has_its_length_and_tempos(clips):
    with pytest.raises(ParameterError, match="time"):
        MorphRequest(tuple(clips), (0.5, 0.5), 1000, time=TIME, loop_times=(LoopTime(120.0),) * 2)
    with pytest.raises(ParameterError, match="time"):
        timed(clips, loop_times=(LoopTime(), LoopTime()))


def test_a_morph_in_time_has_the_length_of_the_bars(clips):
    engine = MorphEngine(load_model(factory_model_path()), torch.device("cpu"))
    request = timed(clips, n_iterations=2)
    assert engine.rehearse(request)
    result = engine.render(request)
    assert len(result.samples) == TIME.n_frames
    at_a_dot = engine.render(timed(clips[:1], bpm=128.0)).samples
    shaped = conform(clips[0], 128.0, TIME, keeps_pitch=True)
    assert np.array_equal(at_a_dot, shaped.samples)
