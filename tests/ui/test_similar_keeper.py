"""More like this, and filling the pad: what is listed, selected and chosen for what was asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from morphstudio.library.analysis import Analysis
from morphstudio.library.entries import Entry
from morphstudio.library.sounds import Family
from morphstudio.library.vector_layout import N_DIMENSIONS
from morphstudio.session import Session
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.similar_keeper import SimilarKeeper


def vector(*places):
    """A sound at some places of its timbre."""
    made = np.zeros(N_DIMENSIONS, np.float32)
    made[: len(places)] = places
    return made


def entry(name, where=None, **known):
    path = Path("/loops", f"{name}.wav")
    analysis = None if where is None else Analysis(1.0, vector=vector(*where))
    return Entry(str(path), path, name, Family.DRUMS, **{"analysis": analysis} | known)


FAR = {"near": (0.0, 0.1), "beside": (0.1, 0.4), "far": (4.0, -3.0), "away": (-4.0, 5.0)}


@pytest.fixture
def window(qtbot, themed_app, theme):
    """A window with a few sounds that were listened to, and who compares them."""
    pad = LatentPad(theme)
    window = MainWindow(theme, pad, QWidget())
    qtbot.addWidget(window)
    window.keeper = SimilarKeeper(Session(), window.browser, pad, window.message_bar, window)
    window.shelf = window.browser.shelf
    window.shelf.set_places(["/loops"])
    learn(window, *(entry(name, where) for name, where in FAR.items()))
    window.chosen, window.wanted = [], []
    window.keeper.fill_chosen.connect(window.chosen.append)
    window.keeper.listening_wanted.connect(window.wanted.append)
    return window


def learn(window, *entries):
    window.keeper.learn(window.shelf.take_in(entries))


def ask(window, name):
    window.browser.gestures.similar_requested.emit(f"/loops/{name}.wav")


def titles(window):
    return [message.title for message in window.message_bar.messages]


def test_the_sound_itself_comes_first_and_then_the_nearest(window):
    ask(window, "near")
    assert window.browser.shown_names()[:2] == ["near", "beside"]
    assert window.browser.top.similar_bar.isVisibleTo(window)


def test_what_nobody_has_listened_to_is_waited_for_and_then_listed(window):
    learn(window, entry("fresh"))
    ask(window, "fresh")
    assert window.wanted == [Path("/loops/fresh.wav")]
    assert titles(window) == ["Listening to fresh"]
    learn(window, entry("other", (3.0, 3.0)))
    assert not window.browser.top.is_similar, "that was another one"
    learn(window, entry("fresh", (0.0, 0.2)))
    assert window.browser.shown_names()[0] == "fresh"
    assert titles(window) == []


def test_what_cannot_be_compared_says_why(window):
    learn(window, entry("torn", analysis=Analysis(error="torn.wav is damaged.")))
    learn(window, entry("silence", analysis=Analysis(0.0)))
    ask(window, "torn")
    ask(window, "silence")
    assert titles(window) == ["torn cannot be compared", "silence cannot be compared"]
    assert window.message_bar.messages[0].text == "torn.wav is damaged."
    assert not window.browser.top.is_similar


def test_other_weights_list_it_anew_and_nothing_once_it_was_closed(window):
    ask(window, "near")
    window.browser.top.similar_bar.sliders["timbre"].setValue(10)
    assert window.browser.shown_names()[0] == "near"
    window.browser.top.similar_bar.close_button.click()
    assert len(window.browser.shown_names()) == 4
    window.browser.top.similar_bar.sliders["timbre"].setValue(90)
    assert not window.browser.top.is_similar


def test_what_is_not_listed_any_more_is_not_compared(window):
    learn(window, entry("kept", (0.0, 0.3), is_favourite=True))
    window.shelf.remove_place("/loops")
    ask(window, "kept")
    assert window.browser.shown_names() == ["kept"]
    window.browser.fill_requested.emit(8)
    assert window.chosen == [("/loops/kept.wav",)]


def test_the_pad_is_filled_with_what_differs_not_with_copies(window):
    learn(window, *(entry(f"aa copy {number}", FAR["near"]) for number in range(9)))
    window.browser.fill_requested.emit(4)
    words = [Path(entry_id).stem.split()[0] for entry_id in window.chosen[0]]
    assert sorted(words) == ["aa", "away", "beside", "far"]


def test_the_pad_is_filled_with_nothing_that_is_broken_or_gone(window):
    learn(window, entry("torn", analysis=Analysis(error="torn.wav is damaged.")), entry("fresh"))
    learn(window, entry("gone", (1.0, 1.0), is_missing=True))
    window.browser.fill_requested.emit(16)
    names = {Path(entry_id).stem for entry_id in window.chosen[0]}
    assert names == {*FAR, "fresh"}


def test_the_pad_is_filled_from_what_is_searched(window):
    window.browser.search_field.setText("-far")
    window.browser.fill_requested.emit(16)
    assert {Path(entry_id).stem for entry_id in window.chosen[0]} == set(FAR) - {"far"}
