"""Narrowing by kind, what can be searched for, what is like a sound, filling the pad, and listening."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from morphstudio.library.analysis import Analysis
from morphstudio.library.catalogue import SortBy
from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.library.similarity import Weights
from morphstudio.library.sounds import Family
from morphstudio.ui.browser import BrowserPanel

LEFT = Qt.MouseButton.LeftButton


def entry(name, kind, is_loop):
    path = Path("/loops", f"{name}.wav")
    analysis = Analysis(1.0, 1, 44_100, is_loop, 120.0 if is_loop else None, 0.9, kind=kind)
    return Entry(str(path), path, name, Family.TEXTURE, analysis=analysis)


@pytest.fixture
def browser(qtbot, themed_app, theme):
    panel = BrowserPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(304, 708)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    panel.shelf.add_entries(
        [
            entry("alpha", Kind.KICK, is_loop=False),
            entry("beta", Kind.SNARE, is_loop=False),
            entry("gamma", Kind.DRUM_LOOP, is_loop=True),
            entry("delta", Kind.BASS, is_loop=True),
        ]
    )
    return panel


def caught(signal):
    """Everything that a signal carries from now on."""
    got = []
    signal.connect(lambda *values: got.append(values if len(values) != 1 else values[0]))
    return got


# --- chips and search -----------------------------------------------------------------------------


def test_kinds_are_ticked_one_after_the_other_while_the_menu_is_open(browser):
    chip = browser.chips.kinds
    menu = chip.menu()
    menu.popup(browser.mapToGlobal(browser.rect().center()))
    for kind in (Kind.KICK, Kind.BASS):
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(chip.kinds[kind]).center())
    assert menu.isVisible()
    assert browser.shown_names() == ["alpha", "delta"]
    assert chip.text() == "Kinds: 2"
    menu.setActiveAction(chip.kinds[Kind.BASS])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert browser.shown_names() == ["alpha"]
    assert chip.text() == "Kick"
    menu.close()


def test_loops_and_one_shots_are_told_apart_and_go_with_kinds(browser):
    chip = browser.chips.kinds
    chip.loops.trigger()
    assert browser.shown_names() == ["delta", "gamma"]
    chip.one_shots.trigger()
    assert browser.shown_names() == ["alpha", "beta"]
    chip.kinds[Kind.SNARE].trigger()
    assert browser.shown_names() == ["beta"]
    chip.everything.trigger()
    assert len(browser.shown_names()) == 4
    assert chip.text() == "Kinds"


def test_what_narrows_the_list_is_cleared_at_once(browser):
    browser.chips.kinds.loops.trigger()
    QTest.keyClicks(browser.search_field, "zzz")
    QTest.mouseClick(browser.empty_page.clear_button, LEFT)
    assert len(browser.shown_names()) == 4


def test_the_field_says_how_many_there_are_and_then_what_to_type(browser):
    browser.list_view.setFocus()
    assert browser.search_field.placeholderText() == "Search 4 sounds"
    browser.focus_search()
    assert "bpm" in browser.search_field.placeholderText()
    QTest.keyClicks(browser.search_field, "119-121bpm")
    assert browser.shown_names() == ["delta", "gamma"]


def test_every_example_is_understood_and_is_put_into_the_field(browser):
    menu = browser.top.search.help_button.menu()
    assert len(menu.actions()) > 8
    for action in menu.actions():
        title, _, example = action.text().partition("\t")
        assert title
        browser.search_field.clear()
        action.trigger()
        assert browser.search_field.text() == example
        assert browser.search_field.hasFocus()
    browser.search_field.setText("beta")
    menu.actions()[0].trigger()
    assert browser.search_field.text().startswith("beta ")


# --- similar --------------------------------------------------------------------------------------


@pytest.fixture
def similar(browser):
    browser.show_similar(
        "beta", [("/loops/gamma.wav", 0.5), ("/loops/beta.wav", 0.0), ("/loops/alpha.wav", 0.2)]
    )
    return browser


def test_only_what_is_like_a_sound_is_listed_the_nearest_first(similar):
    assert similar.top.similar_bar.title.text() == "Like beta"
    assert similar.top.similar_bar.isVisible()
    assert similar.shown_names() == ["beta", "alpha", "gamma"]
    assert similar.sort_bar.button.text() == "Similarity"
    QTest.keyClicks(similar.search_field, "kick")
    assert similar.shown_names() == ["alpha"]


def test_closing_it_shows_everything_in_the_order_of_before(browser):
    browser.sort_bar.choose(SortBy.NAME, is_falling=True)
    closed = caught(browser.similar_closed)
    browser.show_similar("beta", [("/loops/beta.wav", 0.0)])
    assert browser.shown_names() == ["beta"]
    QTest.mouseClick(browser.top.similar_bar.close_button, LEFT)
    assert closed == [()]
    assert browser.shown_names() == ["gamma", "delta", "beta", "alpha"]
    assert not browser.top.similar_bar.isVisible()
    names = [action.text() for action in browser.sort_bar.button.menu().actions() if action.isVisible()]
    assert "Similarity" not in names


def test_escape_clears_first_and_closes_then(similar):
    closed = caught(similar.similar_closed)
    QTest.keyClicks(similar.search_field, "a")
    similar.list_view.setFocus()
    assert similar.let_go()
    assert similar.search_field.text() == ""
    assert closed == []
    assert similar.let_go()
    assert closed == [()]
    assert len(similar.shown_names()) == 4
    assert not similar.let_go()


def test_weights_are_told_and_never_all_nothing(similar):
    told = caught(similar.similar_weights_changed)
    sliders = similar.top.similar_bar.sliders
    assert similar.similar_weights == Weights()
    sliders["loudness"].setFocus()
    QTest.keyClick(sliders["loudness"], Qt.Key.Key_End)
    assert told[-1].loudness == 1.0
    assert told[-1].timbre == Weights().timbre
    for slider in sliders.values():
        slider.setValue(0)
    assert told[-1] == Weights(1.0, 1.0, 1.0, 1.0)
    assert "nothing" in sliders["pitch"].toolTip()


def test_new_distances_list_it_anew(similar):
    similar.show_similar("beta", [("/loops/delta.wav", 0.1), ("/loops/beta.wav", 0.0)])
    assert similar.shown_names() == ["beta", "delta"]


def test_the_pad_is_filled_from_what_is_listed(browser):
    asked = caught(browser.fill_requested)
    actions = browser.top.fill_button.menu().actions()
    assert [action.text().split()[0] for action in actions] == ["8", "16", "32"]
    browser.chips.kinds.loops.trigger()
    actions[1].trigger()
    assert asked == [16]
    assert browser.shown_ids() == ["/loops/delta.wav", "/loops/gamma.wav"]


# --- listening ------------------------------------------------------------------------------------


def test_finding_is_told_before_listening_and_each_is_ended_by_itself(browser):
    scans, listenings = caught(browser.scan_cancelled), caught(browser.scan_strip.listening_cancelled)
    strip = browser.scan_strip
    assert not strip.isVisible()
    browser.scan_strip.set_listening(31, 100, 245.0)
    assert strip.label.text() == "Listening: 31 of 100, 4 min left"
    assert strip.progress.value() == 31
    browser.set_scan_progress("Loops", 12)
    assert strip.label.text() == "Finding sounds: 12 · Loops"
    assert not strip.progress.isVisible()
    QTest.mouseClick(strip.cancel_button, LEFT)
    assert (scans, listenings) == ([()], [])
    assert strip.label.text().startswith("Listening")
    QTest.mouseClick(strip.cancel_button, LEFT)
    assert listenings == [()]
    assert not strip.isVisible()


@pytest.mark.parametrize(
    ("seconds", "left"),
    [
        (None, ""),
        (0.2, ", 1 s left"),
        (59.0, ", 59 s left"),
        (90.0, ", 2 min left"),
        (5400.0, ", 1.5 h left"),
    ],
)
def test_the_time_that_is_left(browser, seconds, left):
    browser.scan_strip.set_listening(1, 9, seconds)
    assert browser.scan_strip.label.text() == f"Listening: 1 of 9{left}"
    browser.scan_strip.end_listening()
    assert not browser.scan_strip.isVisible()
