"""What was changed can be taken back, and no state is lost on the way."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator

from morphstudio.morph.request import PadPoint
from morphstudio.session import SessionState
from morphstudio.ui.undo import History


def state(x, *, side_a=""):
    return SessionState(dots=(("kick", PadPoint(float(x), 0.0)),), side_a=side_a)


class Session:
    """A session that is only its state, as the window would keep it."""

    def __init__(self):
        self.now_s, self.language = 0.0, "{}"
        self.state = state(0)
        self.history = History(now_s=lambda: self.now_s)
        self.history.restored.connect(self.take)

    def take(self, restored):
        self.history.record(self.state, restored, lambda: "What restoring changes")
        self.state = restored

    def change(self, after, text="Move dot", merge_key="", wait_s=10.0):
        self.now_s += wait_s
        before, self.state = self.state, after
        self.history.record(before, after, lambda: self.language.format(text), merge_key)


@pytest.fixture
def session(qapp):
    return Session()


def test_a_change_is_taken_back_and_done_again(session):
    first, second = session.state, state(1)
    session.change(second)
    session.history.undo_action.trigger()
    assert session.state is first
    session.history.redo_action.trigger()
    assert session.state is second


def test_the_actions_say_what_they_will_do(session):
    undo, redo = session.history.undo_action, session.history.redo_action
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo", False, False)
    session.change(state(1), "Move dot")
    session.change(state(1, side_a="A & B"), "Set A & B")
    assert undo.text() == "Undo Set A && B"  # a menu would take one for a mark
    undo.trigger()
    assert (undo.text(), redo.text()) == ("Undo Move dot", "Redo Set A && B")
    undo.trigger()
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo", False, True)


def test_steps_of_a_drag_are_one_change(session):
    start = session.state
    for step in range(1, 50):
        session.change(state(step), merge_key="dot kick", wait_s=0.9)
    assert session.history.n_changes == 1
    session.history.undo()
    assert session.state == start
    session.history.redo()
    assert session.state == state(49)


@pytest.mark.parametrize(
    ("key", "wait_s"), [("dot kick", 1.1), ("dot snare", 0.1), ("", 0.1)], ids=["later", "other", "none"]
)
def test_what_is_another_gesture_is_another_change(session, key, wait_s):
    session.change(state(1), merge_key="dot kick")
    session.change(state(2), merge_key=key, wait_s=wait_s)
    session.history.undo()
    assert session.state == state(1)


def test_steps_do_not_merge_across_an_undo(session):
    session.change(state(1), merge_key="dot kick")
    session.change(state(2), merge_key="dot snare", wait_s=0.1)
    session.history.undo()
    session.change(state(3), merge_key="dot kick", wait_s=0.1)
    session.history.undo()
    assert session.state == state(1)


def test_steps_do_not_merge_across_a_gap(session):
    session.change(state(1), merge_key="dot kick")
    session.state = state(5)  # arranged anew, which nobody recorded
    session.change(state(6), merge_key="dot kick", wait_s=0.1)
    session.history.undo()
    assert session.state == state(5)


def test_a_drag_back_to_its_start_is_no_change(session):
    session.change(state(1), merge_key="dot kick")
    session.change(state(0), merge_key="dot kick", wait_s=0.1)
    assert session.history.n_changes == 0
    assert not session.history.undo_action.isEnabled()
    session.change(state(2), merge_key="dot kick", wait_s=0.1)
    session.history.undo()
    assert session.state == state(0)


def test_nothing_is_recorded_where_nothing_changed_or_while_restoring(session):
    session.change(session.state)
    assert session.history.n_changes == 0
    session.change(state(1))
    session.history.undo()  # `Session.take` tries to record
    assert session.history.n_changes == 1
    assert session.history.redo_action.isEnabled()


def test_a_slot_that_fails_leaves_the_history_working(session, qtbot):
    def fail(_state):
        raise ZeroDivisionError

    session.change(state(1))
    session.history.restored.connect(fail)
    with qtbot.captureExceptions() as caught:
        session.history.undo()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    session.history.restored.disconnect(fail)
    session.change(state(2))
    session.history.undo()
    assert session.state == state(0)


def test_undo_within_an_undo_does_nothing(session):
    session.change(state(1))
    session.change(state(2))
    session.history.restored.connect(lambda _state: session.history.undo())
    session.history.undo()
    assert session.state == state(1)
    assert session.history.undo_action.isEnabled()


def test_the_oldest_of_many_changes_are_forgotten(session):
    for step in range(1, 301):
        session.change(state(step))
    for _ in range(400):
        session.history.undo()
    assert session.state == state(100)


def test_another_session_starts_without_a_past(session):
    session.change(state(1), merge_key="dot kick")
    session.history.clear()
    assert not session.history.undo_action.isEnabled()
    session.change(state(2), merge_key="dot kick", wait_s=0.1)
    session.history.undo()
    assert session.state == state(1)


def test_any_series_goes_back_through_every_state(session):
    """Against a plain list of states, for a thousand changes, undos and redos."""
    chance = random.Random(5)
    states, place = [session.state], 0
    for number in range(1000):
        what = chance.random()
        if what < 0.5:
            session.change(state(number + 1))
            states = [*states[: place + 1], session.state][-201:]
            place = len(states) - 1
        elif what < 0.8:
            session.history.undo()
            place = max(0, place - 1)
        else:
            session.history.redo()
            place = min(len(states) - 1, place + 1)
        assert session.state == states[place]


class Shouting(QTranslator):
    def translate(self, context, source, disambiguation=None, n=-1):
        return source.upper().replace("{CHANGE}", "{change}") if context == "History" else None

    def isEmpty(self):
        return False


def test_the_actions_follow_the_language(session):
    session.change(state(1))
    shouting, session.language = Shouting(), "<{}>"
    QCoreApplication.installTranslator(shouting)
    try:
        QCoreApplication.sendEvent(session.history, QEvent(QEvent.Type.LanguageChange))
        assert session.history.undo_action.text() == "UNDO <Move dot>"
    finally:
        QCoreApplication.removeTranslator(shouting)
