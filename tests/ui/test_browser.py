"""The list of sounds by mouse and keys."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt, QTranslator
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QSlider

from morphstudio.audio.clip import AudioClip
from morphstudio.library.catalogue import SortBy
from morphstudio.library.entries import Entry
from morphstudio.library.marks import Marks
from morphstudio.library.places import PlaceReport
from morphstudio.library.sounds import Family, Sound, outline
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.entry_menu import EntryMenu
from morphstudio.ui.entry_model import ENTRIES_MIME

LEFT = Qt.MouseButton.LeftButton
# The offscreen platform says so at every menu.
POPS_UP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def browser(qtbot, themed_app, theme):
    panel = BrowserPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(304, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    panel.drop_zone.setFocus()
    return panel


@pytest.fixture
def filled(browser, make_sound):
    names = (
        ("Amen full", Family.DRUMS),
        ("Tabla", Family.PERC),
        ("TB-303", Family.BASS),
        ("Full moon", Family.SYNTH),
    )
    for name, family in names:
        browser.shelf.add_sound(make_sound(name, family))
    return browser


def entry(name, folder="/loops", family=Family.DRUMS, **facts):
    path = Path(folder, f"{name}.wav")
    return Entry(str(path), path, name, family, **facts)


@pytest.fixture
def library(browser):
    """Three files, none of them loaded."""
    browser.shelf.set_places(["/loops", "/more"])
    browser.shelf.add_entries(
        [entry("alpha"), entry("beta", told_bpm=120.0), entry("gamma", "/more", Family.BASS)]
    )
    return browser


def row_rect(browser, row):
    return browser.list_view.visualRect(browser.list_view.model().index(row, 0))


def press_row(browser, row, *, double=False, modifier=Qt.KeyboardModifier.NoModifier):
    view, place = browser.list_view, row_rect(browser, row).center()
    QTest.mouseClick(view.viewport(), LEFT, modifier, place)
    if double:
        QTest.mouseDClick(view.viewport(), LEFT, modifier, place)


def caught(signal):
    """Everything that a signal carries from now on."""
    got = []
    signal.connect(lambda *values: got.append(values if len(values) > 1 else values[0]))
    return got


def menu_of(browser, row, qtbot):
    """Open the menu of a row; returns its actions by name."""
    view, place = browser.list_view.viewport(), row_rect(browser, row).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view, QContextMenuEvent(reason, place, view.mapToGlobal(place)))
    menu = browser.findChildren(EntryMenu)[-1]
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_search_field_counts(browser, make_sound):
    assert browser.search_field.placeholderText() == "Search 0 sounds"
    browser.shelf.add_sound(make_sound("one"))
    assert browser.search_field.placeholderText() == "Search 1 sound"
    browser.shelf.add_sound(make_sound("two"))
    assert browser.search_field.placeholderText() == "Search 2 sounds"


def test_what_is_taken_off_the_pad_stays_in_the_list(browser, make_sound):
    browser.shelf.add_sound(make_sound("one"))
    browser.shelf.add_sound(make_sound("two"))
    browser.shelf.take_off("id of one")
    assert browser.shown_names() == ["one", "two"]
    QTest.mouseClick(browser.chips.on_pad, LEFT)
    assert browser.shown_names() == ["two"]
    browser.shelf.add_sound(make_sound("one"))
    assert browser.shown_names() == ["one", "two"]


def test_typing_finds_names_that_hold_every_word(filled):
    QTest.keyClicks(filled.search_field, "FULL a")
    assert filled.shown_names() == ["Amen full"]
    filled.search_field.clear()
    assert len(filled.shown_names()) == 4


def test_chips_add_up_and_none_means_all(filled):
    QTest.mouseClick(filled.chips.families[Family.PERC], LEFT)
    assert filled.shown_names() == ["Tabla"]
    QTest.mouseClick(filled.chips.families[Family.BASS], LEFT)
    assert filled.shown_names() == ["Tabla", "TB-303"]
    QTest.mouseClick(filled.chips.families[Family.PERC], LEFT)
    QTest.mouseClick(filled.chips.families[Family.BASS], LEFT)
    assert len(filled.shown_names()) == 4


def test_a_sound_that_comes_while_filtered_is_filtered_too(filled, make_sound):
    QTest.mouseClick(filled.chips.families[Family.BASS], LEFT)
    filled.shelf.add_sound(make_sound("Hat", Family.DRUMS))
    filled.shelf.add_sound(make_sound("Sub", Family.BASS))
    assert filled.shown_names() == ["Sub", "TB-303"]


def test_a_double_click_on_the_pad_s_own_is_heard(filled):
    heard, placed = caught(filled.gestures.entry_auditioned), caught(filled.gestures.entries_placed)
    QTest.keyClicks(filled.search_field, "t")
    press_row(filled, 1, double=True)
    assert set(heard) == {"id of TB-303"}
    assert placed == []


def test_arrows_come_to_rest_on_what_is_heard(qtbot, library):
    heard = caught(library.gestures.entry_auditioned)
    press_row(library, 0)
    assert heard == ["/loops/alpha.wav"]
    QTest.keyClick(library.list_view, Qt.Key.Key_Down)
    QTest.keyClick(library.list_view, Qt.Key.Key_Down)
    assert len(heard) == 1
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == "/more/gamma.wav"


def test_selecting_more_is_not_hearing(qtbot, library):
    press_row(library, 0)
    heard = caught(library.gestures.entry_auditioned)
    press_row(library, 2, modifier=Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(library.list_view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.wait(90)
    assert heard == []


def test_enter_puts_what_is_selected_on_the_pad_and_hears_what_is_there(qtbot, library, make_sound):
    library.shelf.add_sound(make_sound("aaa"))
    placed, heard = caught(library.gestures.entries_placed), caught(library.gestures.entry_auditioned)
    library.list_view.setFocus()
    QTest.keyClick(library.list_view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(library.list_view, Qt.Key.Key_Return)
    assert placed == [("/loops/alpha.wav", "/loops/beta.wav", "/more/gamma.wav")]
    assert heard == []
    library.list_view.select("id of aaa")
    QTest.keyClick(library.list_view, Qt.Key.Key_Return)
    assert len(placed) == 1
    assert heard == ["id of aaa"]


def test_a_double_click_on_a_file_puts_it_on_the_pad(library):
    placed = caught(library.gestures.entries_placed)
    press_row(library, 1, double=True)
    assert placed == [("/loops/beta.wav",)]


def test_a_file_that_is_loaded_is_the_same_entry(library):
    clip = AudioClip(np.full((2000, 1), 0.5, np.float32), "beta", Path("/loops/beta.wav"))
    library.shelf.add_sound(Sound("sound-1", clip, Family.DRUMS, outline(clip)))
    assert library.shown_names() == ["alpha", "beta", "gamma"]
    found = library.shelf.entry_of_sound("sound-1")
    assert (found.entry_id, found.bpm, found.is_on_pad) == ("/loops/beta.wav", 120.0, True)
    library.shelf.take_off("sound-1")
    assert not library.shelf.entry("/loops/beta.wav").is_on_pad


def test_delete_tells_the_sounds_and_not_the_files(library, make_sound):
    library.shelf.add_sound(make_sound("one"))
    library.shelf.add_sound(make_sound("two"))
    removed = caught(library.gestures.sounds_removed)
    library.list_view.setFocus()
    QTest.keyClick(library.list_view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(library.list_view, Qt.Key.Key_Delete)
    assert removed == [("id of one", "id of two")]
    press_row(library, 0)
    QTest.keyClick(library.list_view, Qt.Key.Key_Delete)
    assert len(removed) == 1


def test_the_star_is_a_click_and_nothing_else(library):
    heard, liked = caught(library.gestures.entry_auditioned), caught(library.shelf.marks_changed)
    star = library.list_view.star_point("/loops/beta.wav")
    QTest.mouseClick(library.list_view.viewport(), LEFT, pos=star)
    assert liked == [{"/loops/beta.wav": Marks(is_favourite=True)}]
    assert heard == []
    assert library.list_view.selected() == []
    QTest.mouseClick(library.chips.favourites, LEFT)
    assert library.shown_names() == ["beta"]
    QTest.mouseClick(library.list_view.viewport(), LEFT, pos=library.list_view.star_point("/loops/beta.wav"))
    assert liked[-1] == {"/loops/beta.wav": Marks()}
    assert library.shown_names() == []


@POPS_UP
def test_the_menu_says_what_can_be_done_and_does_it(qtbot, library, make_sound):
    library.shelf.add_sound(make_sound("one"))
    placed, removed = caught(library.gestures.entries_placed), caught(library.gestures.sounds_removed)
    sides, similar = caught(library.gestures.sides_chosen), caught(library.gestures.similar_requested)
    shown, liked = caught(library.gestures.reveal_requested), caught(library.shelf.marks_changed)
    press_row(library, 0)
    actions = menu_of(library, 0, qtbot)
    assert "Take off pad" not in actions
    assert "Locate…" not in actions
    for name in ("Put on pad", "Set as A", "Set as B", "More like this", "Show in folder", "Favourite"):
        actions[name].trigger()
    assert placed == [("/loops/alpha.wav",)]
    assert sides == [("a", "/loops/alpha.wav"), ("b", "/loops/alpha.wav")]
    assert similar == ["/loops/alpha.wav"]
    assert shown == [Path("/loops/alpha.wav")]
    assert liked == [{"/loops/alpha.wav": Marks(is_favourite=True)}]
    QTest.keyClick(library.list_view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    menu_of(library, 3, qtbot)["Take off pad"].trigger()
    assert removed == [("id of one",)]


def test_a_place_is_chosen_from_its_button(library):
    button, removed = library.place_button, caught(library.shelf.places_changed)
    actions = place_actions(button)
    assert [name for name in actions if name in ("All sounds", "loops", "more")] == [
        "All sounds",
        "loops",
        "more",
    ]
    actions["more"].trigger()
    assert button.text() == "more"
    assert library.shown_names() == ["gamma"]
    place_actions(button)["Remove “more” from the list"].trigger()
    assert removed == [("/loops",)]
    assert button.text() == "All sounds"
    assert library.shown_names() == ["alpha", "beta"]


def place_actions(button) -> dict:
    menu: QMenu = button.menu()
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def test_a_new_place_is_shown_and_told_once(library, tmp_path):
    told = caught(library.shelf.places_changed)
    library.add_place(str(tmp_path))
    library.add_place(str(tmp_path))
    assert told == [("/loops", "/more", str(tmp_path))]
    assert library.place_button.place == str(tmp_path)
    assert library.shown_names() == []


def test_sorting_keeps_what_is_selected(library):
    library.list_view.select("/loops/beta.wav")
    heard = caught(library.gestures.entry_auditioned)
    QTest.mouseClick(library.sort_bar.direction, LEFT)
    assert library.shown_names() == ["gamma", "beta", "alpha"]
    library.sort_bar.choose(SortBy.TEMPO, is_falling=False)
    assert library.shown_names() == ["beta", "alpha", "gamma"]
    assert [one.name for one in library.list_view.selected()] == ["beta"]
    assert library.list_view.current().name == "beta"
    assert heard == []


def test_the_same_order_again_turns_it_round(library):
    names = {action.text(): action for action in library.sort_bar.button.menu().actions()}
    names["Name"].trigger()
    assert library.shown_names() == ["gamma", "beta", "alpha"]
    names["Kind"].trigger()
    assert library.shown_names() == ["alpha", "beta", "gamma"]


def test_rows_are_dragged_as_ids_and_as_files(library, make_sound):
    library.shelf.add_sound(make_sound("one"))
    library.list_view.selectAll()
    mime = library.list_view.model().mimeData(library.list_view.selectionModel().selectedIndexes())
    ids = json.loads(bytes(mime.data(ENTRIES_MIME).data()))
    assert ids == ["/loops/alpha.wav", "/loops/beta.wav", "/more/gamma.wav", "id of one"]
    assert [url.toLocalFile() for url in mime.urls()] == ids[:3]


def test_a_slash_searches_and_escape_clears(filled):
    filled.list_view.setFocus()
    QTest.keyClicks(filled.list_view, "/")
    assert filled.search_field.hasFocus()
    QTest.keyClicks(filled.search_field, "tabla")
    QTest.keyClick(filled.search_field, Qt.Key.Key_Down)
    assert filled.list_view.hasFocus()
    assert filled.list_view.current().name == "Tabla"
    assert filled.let_go()
    assert len(filled.shown_names()) == 4
    assert filled.list_view.current().name == "Tabla"


def test_a_scan_is_shown_and_can_be_ended(library):
    cancelled = caught_nothing(library.scan_cancelled)
    library.set_scan_progress("Loops", 312)
    assert library.scan_strip.isVisible()
    assert library.scan_strip.label.text() == "Finding sounds: 312 · Loops"
    QTest.mouseClick(library.scan_strip.cancel_button, LEFT)
    assert cancelled == [()]
    assert not library.scan_strip.isVisible()


def test_reading_can_be_ended_without_asking_for_files(library):
    cancelled, asked = (
        caught_nothing(library.drop_zone.import_cancelled),
        caught_nothing(library.drop_zone.clicked),
    )
    library.drop_zone.set_progress(11, 300)
    QTest.mouseClick(library.drop_zone.cancel_button, LEFT)
    assert (cancelled, asked) == ([()], [])


def caught_nothing(signal):
    """How often a signal without values is told."""
    got = []
    signal.connect(lambda *values: got.append(values))
    return got


@POPS_UP
def test_a_file_that_vanished_from_its_place_is_shown_as_missing(qtbot, library):
    located, placed = caught(library.gestures.locate_requested), caught(library.gestures.entries_placed)
    library.shelf.finish_place(PlaceReport(Path("/loops"), True, ("/loops/alpha.wav",)))
    assert library.shelf.entry("/loops/alpha.wav").is_missing
    assert not library.shelf.entry("/loops/beta.wav").is_missing
    assert not library.shelf.entry("/more/gamma.wav").is_missing
    actions = menu_of(library, 0, qtbot)
    assert "Put on pad" not in actions
    actions["Locate…"].trigger()
    press_row(library, 0, double=True)
    assert located == ["/loops/alpha.wav"] * 2
    assert placed == []
    library.shelf.add_entries([entry("alpha")])
    assert not library.shelf.entry("/loops/alpha.wav").is_missing


def test_one_file_that_is_found_brings_its_neighbours(library, tmp_path):
    library.list_view.model().put([replace(library.shelf.entry("/loops/beta.wav"), is_favourite=True)])
    for name in ("first.wav", "beta.wav"):
        (tmp_path / name).write_bytes(b"x")
    library.shelf.finish_place(PlaceReport(Path("/loops"), False, ("/loops/alpha.wav", "/loops/beta.wav")))
    assert "loops (not there)" in place_actions(library.place_button)
    moved = library.relocate("/loops/alpha.wav", tmp_path / "first.wav")
    assert set(moved) == {"/loops/alpha.wav", "/loops/beta.wav"}
    assert library.shown_names() == ["beta", "first", "gamma"]
    assert not any(library.shelf.entry(new).is_missing for new in moved.values())
    assert library.shelf.entry(str(tmp_path / "beta.wav")).is_favourite
    assert library.list_view.current().name == "first"


def test_a_place_that_went_elsewhere_goes_with_its_files(library, tmp_path):
    new = tmp_path / "disk" / "beta.wav"
    new.parent.mkdir()
    new.write_bytes(b"x")
    library.shelf.finish_place(PlaceReport(Path("/loops"), False, ("/loops/alpha.wav", "/loops/beta.wav")))
    told = caught(library.shelf.places_changed)
    library.relocate("/loops/beta.wav", new)
    assert told == [(str(new.parent), "/more")]


def test_waveforms_are_asked_for_where_rows_are_in_view(qtbot, browser):
    wanted = caught(browser.thumbnails_wanted)
    browser.shelf.add_entries([entry(f"loop {n}") for n in range(1000)])
    qtbot.waitUntil(lambda: bool(wanted) and len(wanted[-1]) > 5)
    assert len(wanted[-1]) < 60
    assert wanted[-1][0] == Path("/loops/loop 0.wav")
    plain = browser.list_view.grab().toImage()
    browser.shelf.set_thumbnail(wanted[-1][0], np.linspace(0, 1, 512, dtype=np.float32), 2.0)
    assert browser.list_view.grab().toImage() != plain
    assert browser.shelf.entry("/loops/loop 0.wav").duration_s == 2.0
    browser.list_view.scrollToBottom()
    qtbot.waitUntil(lambda: Path("/loops/loop 999.wav") in wanted[-1])
    assert Path("/loops/loop 0.wav") not in wanted[-1]


def test_facts_that_are_found_out_are_shown_and_known_ones_stay(library):
    alpha, beta = library.shelf.entry("/loops/alpha.wav"), library.shelf.entry("/loops/beta.wav")
    library.shelf.add_entries(
        [replace(alpha, told_bpm=97.5, told_key="F#m"), replace(beta, told_bpm=60.0, told_key="C")]
    )
    alpha, beta = library.shelf.entry("/loops/alpha.wav"), library.shelf.entry("/loops/beta.wav")
    assert (alpha.bpm, alpha.key) == (97.5, "F#m")
    assert (beta.bpm, beta.key) == (120.0, "C")


def test_a_screen_reader_is_told_what_a_row_shows(library):
    library.shelf.add_entries(
        [replace(library.shelf.entry("/loops/alpha.wav"), told_bpm=97.5, told_key="F#m")]
    )
    library.shelf.mark_missing([Path("/loops/alpha.wav")])
    model = library.list_view.model()
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "alpha, Drums, 97.5 beats per minute, F♯m, file is missing"


def test_colours_follow_the_theme(library, theme):
    tables = theme.tables
    before = library.list_view.grab().toImage()
    try:
        theme.show(replace(tables, colours={**tables.colours, "family_drums": "#00ff00"}))
        assert library.list_view.grab().toImage() != before
    finally:
        theme.show(tables)
    assert library.list_view.grab().toImage() == before


def test_every_text_follows_the_language(qtbot, library):
    class Marking(QTranslator):
        def isEmpty(self):
            return False

        def translate(self, context, source, disambiguation=None, n=-1):
            return f"» {source}"

    def texts():
        shown = [label.text() for label in library.findChildren(QLabel)]
        shown += [button.text() for button in library.findChildren(QAbstractButton)]
        menus = [library.sort_bar.button.menu(), library.chips.kinds.menu(), library.top.fill_button.menu()]
        menus += [library.top.search.help_button.menu(), library.details.kind_button.kind_menu]
        shown += [action.text() for menu in menus for action in menu.actions()]
        shown += [slider.accessibleName() for slider in library.findChildren(QSlider)]
        return [*shown, library.search_field.placeholderText(), library.list_view.accessibleName()]

    library.list_view.select("/loops/beta.wav")
    plain = texts()
    translator = Marking()
    QCoreApplication.installTranslator(translator)
    try:
        qtbot.waitUntil(lambda: texts() != plain)
        same = {text for text in texts() if text and not text.startswith("»")}
        assert same == {"beta", "120", "—", "★", "?", "WAV · AIFF · FLAC · MP3 · OGG"}
    finally:
        QCoreApplication.removeTranslator(translator)
    qtbot.waitUntil(lambda: texts() == plain)


def test_a_low_panel_has_a_low_drop_zone(qtbot, browser):
    opened = browser.drop_zone.height()
    browser.set_details_folded(True)
    qtbot.waitUntil(lambda: browser.drop_zone.height() > opened)
    tall = browser.drop_zone.height()
    browser.resize(304, 480)
    qtbot.waitUntil(lambda: browser.drop_zone.height() < tall)
    assert not browser.drop_zone.formats.isVisible()


def test_delete_without_a_selection_tells_nothing(qtbot, filled):
    with qtbot.assertNotEmitted(filled.gestures.sounds_removed):
        QTest.keyClick(filled.list_view, Qt.Key.Key_Delete)


def test_the_drop_zone_asks_for_files(qtbot, browser):
    with qtbot.waitSignal(browser.drop_zone.clicked):
        QTest.mouseClick(browser.drop_zone, LEFT)


def test_an_import_is_shown_where_files_were_dropped_and_moves_nothing(browser):
    before = browser.drop_zone.geometry()
    resting = browser.drop_zone.title.text()
    browser.drop_zone.set_progress(11, 300)
    assert browser.drop_zone.title.text() == "Reading 12 of 300"
    assert browser.drop_zone.progress.isVisible()
    assert browser.drop_zone.geometry() == before
    browser.drop_zone.set_progress(300, 300)
    assert browser.drop_zone.title.text() == resting
    assert not browser.drop_zone.progress.isVisible()


def test_an_empty_list_says_why(browser, make_sound):
    def said():
        return " ".join(label.text() for label in browser.findChildren(QLabel) if label.isVisible())

    assert "No sounds yet" in said()
    browser.set_scan_progress("Loops", 0)
    assert "Looking for sounds" in said()
    browser.end_scan()
    assert "No sounds yet" in said()
    browser.shelf.add_sound(make_sound("Hat"))
    assert "No sound" not in said()
    QTest.keyClicks(browser.search_field, "zzz")
    assert "No sound matches" in said()
    QTest.mouseClick(browser.empty_page.clear_button, LEFT)
    assert browser.shown_names() == ["Hat"]


def test_the_current_sound_is_lit(filled):
    plain = filled.list_view.grab().toImage()
    filled.set_current("id of Tabla")
    lit = filled.list_view.grab().toImage()
    row, other = row_rect(filled, 2), row_rect(filled, 3)
    assert lit.copy(row) != plain.copy(row)
    assert lit.copy(other) == plain.copy(other)
    filled.set_current(None)
    assert filled.list_view.grab().toImage() == plain


def test_markup_in_a_name_is_just_a_name(browser, make_sound):
    browser.shelf.add_sound(make_sound("<b>&amp;</b> %1 #"))
    assert browser.shown_names() == ["<b>&amp;</b> %1 #"]


@pytest.mark.parametrize("n_frames", [1, 20, 36, 100_000])
def test_clips_of_any_length_and_level_are_painted(browser, n_frames):
    for name, level in (("silent", 0.0), ("loud", 1.0)):
        clip = AudioClip(np.full((n_frames, 2), level, np.float32), name)
        browser.shelf.add_sound(Sound(name, clip, Family.TEXTURE, outline(clip)))
    assert not browser.list_view.grab().isNull()


def test_painting_thousands_of_rows_costs_what_is_in_view(browser):
    entries = [entry(f"Loop {n}") for n in range(3000)]

    def time_ns():
        timer = QElapsedTimer()
        timer.start()
        browser.list_view.grab()
        return timer.nsecsElapsed()

    browser.shelf.add_entries(entries[:30])
    time_ns()
    few = min(time_ns() for _ in range(3))
    browser.shelf.add_entries(entries)
    time_ns()
    many = min(time_ns() for _ in range(3))
    assert many < 10 * few
