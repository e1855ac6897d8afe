"""The session: what changes it, and that a state kept from before brings all of it back."""

from __future__ import annotations

import numpy as np
import pytest

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import ParameterError
from morphstudio.library.sounds import Family, Sound, outline
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.session import MorphOptions, Session, SessionState


@pytest.fixture
def session():
    session = Session()
    rng = np.random.default_rng(0)
    for index in range(5):
        samples = np.full((1000 + index, 1), 0.1 * index, np.float32)
        clip = AudioClip(samples, f"loop {index}")
        session.learn(Sound(str(index), clip, Family.DRUMS, outline(clip)), rng.normal(size=8))
    return session


def test_a_known_sound_is_not_on_the_pad_until_it_is_placed(session):
    assert session.knows("1")
    assert session.state == SessionState()
    session.place("1", PadPoint(0.25, 0.5))
    assert session.dots == {"1": PadPoint(0.25, 0.5)}
    assert session.n_frames == 1001


def test_the_length_is_that_of_the_first_and_goes_with_the_last(session):
    session.place("2")
    session.place("4")
    assert session.n_frames == 1002
    session.take_off(["2"])
    assert session.n_frames == 1002
    session.take_off(["4", "nobody"])
    assert session.n_frames == 0


def test_options_outlive_an_empty_pad(session):
    options = MorphOptions(0.5, False, True, False, -3)
    session.choose_options(options)
    session.place("0")
    session.take_off(["0"])
    assert session.options == options


def test_a_tempo_sets_the_length_and_outlives_an_empty_pad(session):
    session.place("2")
    time = MusicalTime(128.0, 2)
    session.choose_time(time)
    assert (session.n_frames, session.n_bars) == (time.n_frames, 2)
    session.take_off(["2"])
    session.place("4")
    assert (session.time, session.n_frames) == (time, time.n_frames)
    session.choose_time(None)
    assert session.n_frames == 1004


def test_a_sound_has_the_tempo_that_was_set_then_the_one_that_was_heard_then_one_that_fits(session):
    session.place("1")
    assert session.time_of("1") == LoopTime()
    session.choose_time(MusicalTime(128.0, 1))
    fitting = session.time_of("1").bpm
    session.hear_tempo("1", 70.0)
    assert session.time_of("1").bpm == 140.0 != fitting
    session.choose_loop_time("1", LoopTime(100.0, 5, 3))
    assert session.time_of("1") == LoopTime(100.0, 5, 3)
    session.choose_loop_time("1", LoopTime())
    session.hear_tempo("1", None)
    assert session.time_of("1").bpm == fitting


def test_a_request_says_all_of_the_time(session):
    session.place("1")
    blend = Blend(("1",), (1.0,))
    assert session.request(blend).loop_times == ()
    session.choose_loop_time("1", LoopTime(semitones=2))
    assert session.request(blend).loop_times == (LoopTime(semitones=2),)
    session.choose_time(MusicalTime(140.0, 1))
    session.choose_keeps_pitch(False)
    request = session.request(blend)
    assert (request.time, request.keeps_pitch, request.n_frames) == (session.time, False, session.n_frames)


def test_any_earlier_state_comes_back_exactly(session):
    states = [session.state]
    changes = [
        lambda: session.place("0"),
        lambda: session.place("1", PadPoint(0.9, 0.1)),
        lambda: session.place("2"),
        session.arrange,
        lambda: session.move({"0": PadPoint(0.1, 0.2), "2": PadPoint(0.3, 0.4)}),
        lambda: session.choose_options(MorphOptions(detail=0.25)),
        lambda: session.choose_side("a", "1"),
        lambda: session.choose_side("b", "2"),
        lambda: session.choose_time(MusicalTime(120.0, 1)),
        lambda: session.choose_loop_time("0", LoopTime(100.0)),
        lambda: session.choose_keeps_pitch(False),
        lambda: session.choose_paths([GesturePath((PathPoint(0.0, 0.5, 0.5),), 1)]),
        lambda: session.replace("1", "4"),
        lambda: session.take_off(["0", "2"]),
        lambda: session.take_off(["4"]),
    ]
    for change in changes:
        change()
        states.append(session.state)
    assert len(set(states)) == len(states)
    for state in [*reversed(states), *states, states[3], states[-2]]:
        session.restore(state)
        assert session.state == state


def test_what_takes_a_sounds_place_takes_its_side(session):
    for sound_id in "012":
        session.place(sound_id)
    session.choose_side("a", "0")
    session.choose_side("b", "1")
    where = session.dots["0"]
    session.replace("0", "3")
    assert session.dots["3"] == where
    assert (session.side("a"), session.side("b")) == ("3", "1")


def test_a_sound_is_at_one_side_only_and_only_while_it_is_on_the_pad(session):
    session.place("0")
    session.place("1")
    session.choose_side("a", "0")
    session.choose_side("b", "0")
    assert (session.side("a"), session.side("b")) == ("", "0")
    session.take_off(["0"])
    assert session.side("b") == ""


def test_dots_are_new_until_they_are_arranged_or_moved_by_hand(session):
    for sound_id in "012":
        session.place(sound_id)
    assert session.n_new == 3
    session.arrange()
    assert (session.n_new, session.n_arranged) == (0, 3)
    session.place("3")
    assert session.n_new == 1
    session.move({"3": PadPoint(0.5, 0.5)})
    assert session.n_new == 0


def test_a_request_holds_the_options(session):
    session.place("0")
    session.place("1")
    session.choose_options(MorphOptions(0.5, False, False, False))
    request = session.request(Blend(("1", "0"), (0.75, 0.25)))
    assert [clip.name for clip in request.clips] == ["loop 1", "loop 0"]
    assert (request.detail, request.align, request.match_loudness, request.even_spacing) == (
        0.5, False, False, False,
    )  # fmt: skip
    assert request.n_frames == 1000


def test_the_same_sound_is_known_again(session):
    again = AudioClip(np.full((1003, 1), 0.3, np.float32), "another name")
    assert session.same_as(again) == "3"
    assert session.same_as(AudioClip(np.zeros((5, 1), np.float32), "new")) == ""


@pytest.mark.parametrize("bpm", [0.0, -120.0, 1001.0, float("nan"), float("inf")])
def test_what_is_no_tempo_of_a_loop_is_not_heard_and_cannot_be_set(session, bpm):
    session.hear_tempo("1", bpm)
    assert session.heard_bpm("1") is None
    with pytest.raises(ParameterError, match="outside"):
        LoopTime(bpm)
