"""The list of sounds by mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from morphstudio.audio.clip import AudioClip
from morphstudio.library.sounds import Kind, Sound, outline
from morphstudio.ui.browser import BrowserPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def browser(qtbot, themed_app, theme):
    panel = BrowserPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(304, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    return panel


@pytest.fixture
def filled(browser, make_sound):
    names = (
        ("Amen full", Kind.DRUMS),
        ("Tabla", Kind.PERC),
        ("TB-303", Kind.BASS),
        ("Full moon", Kind.SYNTH),
    )
    browser.set_sounds([make_sound(name, kind) for name, kind in names])
    return browser


def press_row(browser, row, *, double=False):
    view = browser.list_view
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    if double:
        QTest.mouseDClick(view.viewport(), LEFT, pos=place)


def test_the_search_field_counts(browser, make_sound):
    assert browser.search_field.placeholderText() == "Search 0 sounds"
    browser.add_sound(make_sound("one"))
    assert browser.search_field.placeholderText() == "Search 1 sound"
    browser.add_sound(make_sound("two"))
    assert browser.search_field.placeholderText() == "Search 2 sounds"
    browser.remove_sound("id of one")
    assert browser.search_field.placeholderText() == "Search 1 sound"
    assert browser.shown_names() == ["two"]


def test_typing_finds_names_that_hold_every_word(filled):
    QTest.keyClicks(filled.search_field, "FULL a")
    assert filled.shown_names() == ["Amen full"]
    filled.search_field.clear()
    assert len(filled.shown_names()) == 4


def test_chips_add_up_and_none_means_all(filled):
    QTest.mouseClick(filled.chip(Kind.PERC), LEFT)
    assert filled.shown_names() == ["Tabla"]
    QTest.mouseClick(filled.chip(Kind.BASS), LEFT)
    assert filled.shown_names() == ["Tabla", "TB-303"]
    QTest.mouseClick(filled.chip(Kind.PERC), LEFT)
    QTest.mouseClick(filled.chip(Kind.BASS), LEFT)
    assert len(filled.shown_names()) == 4


def test_a_sound_that_comes_while_filtered_is_filtered_too(filled, make_sound):
    QTest.mouseClick(filled.chip(Kind.BASS), LEFT)
    filled.add_sound(make_sound("Hat", Kind.DRUMS))
    filled.add_sound(make_sound("Sub", Kind.BASS))
    assert filled.shown_names() == ["TB-303", "Sub"]


def test_a_double_click_activates_the_sound_under_it(qtbot, filled):
    QTest.keyClicks(filled.search_field, "t")
    with qtbot.waitSignal(filled.sound_activated) as caught:
        press_row(filled, 1, double=True)
    assert caught.args == ["id of TB-303"]


def test_arrows_and_enter_activate(qtbot, filled):
    press_row(filled, 0)
    QTest.keyClick(filled.list_view, Qt.Key.Key_Down)
    with qtbot.waitSignal(filled.sound_activated) as caught:
        QTest.keyClick(filled.list_view, Qt.Key.Key_Return)
    assert caught.args == ["id of Tabla"]


def test_delete_tells_every_selected_sound_and_removes_none(qtbot, filled):
    press_row(filled, 0)
    QTest.keyClick(filled.list_view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(filled.sounds_removed) as caught:
        QTest.keyClick(filled.list_view, Qt.Key.Key_Delete)
    assert set(caught.args[0]) == {"id of Amen full", "id of Tabla"}
    assert len(filled.shown_names()) == 4


def test_delete_without_a_selection_tells_nothing(qtbot, filled):
    with qtbot.assertNotEmitted(filled.sounds_removed):
        QTest.keyClick(filled.list_view, Qt.Key.Key_Delete)


def test_ctrl_f_goes_to_the_search_field(filled):
    filled.list_view.setFocus()
    QTest.keyClick(filled, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert filled.search_field.hasFocus()


def test_the_drop_zone_asks_for_files(qtbot, browser):
    with qtbot.waitSignal(browser.files_requested):
        QTest.mouseClick(browser.drop_zone, LEFT)


def test_an_import_is_shown_where_files_were_dropped_and_moves_nothing(browser):
    before = browser.drop_zone.geometry()
    resting = browser.drop_zone.title.text()
    browser.set_import_progress(11, 300)
    assert browser.drop_zone.title.text() == "Reading 12 of 300"
    assert browser.drop_zone.progress.isVisible()
    assert browser.drop_zone.geometry() == before
    browser.set_import_progress(300, 300)
    assert browser.drop_zone.title.text() == resting
    assert not browser.drop_zone.progress.isVisible()


def test_an_empty_list_says_why(browser, make_sound):
    def said():
        return " ".join(label.text() for label in browser.findChildren(QLabel) if label.isVisible())

    assert "No sounds yet" in said()
    browser.add_sound(make_sound("Hat"))
    assert "No sound" not in said()
    QTest.keyClicks(browser.search_field, "zzz")
    assert "No sound matches" in said()


def test_the_current_sound_is_lit(filled):
    plain = filled.list_view.grab().toImage()
    filled.set_current("id of Tabla")
    lit = filled.list_view.grab().toImage()
    row = filled.list_view.visualRect(filled.list_view.model().index(1, 0))
    other = filled.list_view.visualRect(filled.list_view.model().index(2, 0))
    assert lit.copy(row) != plain.copy(row)
    assert lit.copy(other) == plain.copy(other)
    filled.set_current(None)
    assert filled.list_view.grab().toImage() == plain


def test_markup_in_a_name_is_just_a_name(browser, make_sound):
    browser.add_sound(make_sound("<b>&amp;</b> %1 #"))
    assert browser.shown_names() == ["<b>&amp;</b> %1 #"]


@pytest.mark.parametrize("n_frames", [1, 20, 36, 100_000])
def test_clips_of_any_length_and_level_are_painted(browser, n_frames):
    for name, level in (("silent", 0.0), ("loud", 1.0)):
        clip = AudioClip(np.full((n_frames, 2), level, np.float32), name)
        browser.add_sound(Sound(name, clip, Kind.TEXTURE, outline(clip)))
    assert not browser.list_view.grab().isNull()


def test_painting_thousands_of_rows_costs_what_is_in_view(browser, make_sound):
    sounds = [make_sound(f"Loop {n}", seconds=0.01) for n in range(3000)]

    def time_ns():
        timer = QElapsedTimer()
        timer.start()
        browser.list_view.grab()
        return timer.nsecsElapsed()

    browser.set_sounds(sounds[:30])
    time_ns()
    few = min(time_ns() for _ in range(3))
    browser.set_sounds(sounds)
    time_ns()
    many = min(time_ns() for _ in range(3))
    assert many < 10 * few
