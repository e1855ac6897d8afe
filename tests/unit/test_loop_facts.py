"""What the window tells a file of its loop's tempo and key: what is sure, and nothing else."""

from __future__ import annotations

import pytest

from morphstudio.audio.chunks import LoopFacts
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.ui.export_places import facts_of

BEAT = 22_050
"""Frames of one at 120 beats a minute."""


def test_one_sound_tells_its_tempo_its_beats_and_its_root():
    assert facts_of([120.0], ["F#m"], 8 * BEAT, [0]) == LoopFacts(120.0, 8, 4, 66)


def test_a_shift_of_the_pitch_shifts_the_root():
    assert facts_of([120.0], ["Bm"], 8 * BEAT, [3]).root_note == 62
    assert facts_of([120.0], ["C"], 8 * BEAT, [-1]).root_note == 71


def test_a_tempo_that_was_heard_becomes_that_of_the_loop():
    facts = facts_of([120.6], [""], 8 * BEAT, [0])
    assert facts == LoopFacts(120.0, 8)
    assert facts.duration_s == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("tempos", "n_beats"),
    [([120.0, 120.9], 8), ([120.0, 122.0], 0), ([120.0, None], 0), ([None], 0), ([], 0), ([4.0], 0)],
)
def test_sounds_have_to_agree_upon_a_tempo(tempos, n_beats):
    assert facts_of(tempos, [""] * len(tempos), 8 * BEAT, [0] * len(tempos)).n_beats == n_beats


def test_a_loop_that_is_no_whole_number_of_beats_tells_no_tempo_but_its_root():
    assert facts_of([120.0], ["A"], round(4.4 * BEAT), [0]) == LoopFacts(root_note=69)


def test_loops_that_were_shifted_into_one_key_tell_it():
    assert facts_of([120.0] * 2, ["Am", "Gm"], 8 * BEAT, [0, 2]).root_note == 69
    assert facts_of([120.0] * 2, ["Am", "Am"], 8 * BEAT, [0, 2]).root_note is None
    assert facts_of([120.0], ["Am"], 8 * BEAT, [None]).root_note is None


def test_in_a_session_with_a_tempo_that_is_the_tempo():
    time = MusicalTime(128.0, 2, 3)
    facts = facts_of([90.0, None], ["", ""], time.n_frames, [0, 0], time)
    assert facts == LoopFacts(128.0, 6, 3)
    assert facts.duration_s == pytest.approx(time.n_frames / 44_100, abs=1 / 44_100)


def test_sounds_of_different_keys_tell_none():
    assert facts_of([120.0, 120.0], ["A", "Am"], 8 * BEAT, [0] * 2) == LoopFacts(120.0, 8)
    assert facts_of([120.0, 120.0], ["A", "A"], 8 * BEAT, [0] * 2) == LoopFacts(120.0, 8, 4, 69)
