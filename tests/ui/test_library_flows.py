"""The library in the whole window: from gestures to what is listed, compared, remembered and said.

Who listens is a stand-in that hears what a file's name says; the last flow has the real process.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from morphstudio.library.index import LibraryIndex
from morphstudio.library.kinds import Kind
from morphstudio.paths import demo_loops_dir
from morphstudio.storage import storage_places
from morphstudio.ui import place_keeper
from morphstudio.ui.analysis_reader import AnalysisReader
from morphstudio.ui.entry_columns import Column
from tests.ui.studio import CONTROL, KEY, RIGHT, file_dialogs, write_loop

NAMES = (
    "kick deep", "kick round", "kick 124 loop", "snare dry", "snare wet", "hat closed", "hat open",
    "bass Cm", "bass Am 90", "synth Cm 128", "synth lead", "vocal 122",
)  # fmt: skip


@pytest.fixture
def place(tmp_path):
    """A folder of sounds of which each name says what it is."""
    folder = tmp_path / "my sounds"
    folder.mkdir()
    write_loop(folder / f"{NAMES[0]}.wav", n_frames=4410)
    whole = (folder / f"{NAMES[0]}.wav").read_bytes()
    for number, name in enumerate(NAMES):
        # The last sample says which it is, or all would be one sound to the pad and to who looks for moves.
        (folder / f"{name}.wav").write_bytes(whole[:-1] + bytes([number]))
    return folder


def add_place(desk, monkeypatch, folder):
    file_dialogs(monkeypatch, getExistingDirectory=str(folder))
    desk.key(KEY.Key_K, CONTROL)
    desk.type("folder to the browser")
    desk.key(KEY.Key_Return)


def is_heard(desk, folder):
    entries = [desk.browser.shelf.entry(str(path)) for path in folder.glob("*.wav")]
    return all(entry is not None and entry.analysis is not None for entry in entries)


@pytest.fixture
def stocked(make_desk, loops, monkeypatch, place):
    """A window whose browser shows a folder that was listened to."""
    desk = make_desk(size=(1600, 1000)).open(loops, 3)
    desk.close_message()  # there is no device
    add_place(desk, monkeypatch, place)
    desk.wait(lambda: is_heard(desk, place) and not desk.browser.scan_strip.isVisible())
    return desk


def search(desk, text):
    desk.key(KEY.Key_F, CONTROL)
    desk.type(text)
    return desk.browser.shown_names()


def end_search(desk):
    desk.key(KEY.Key_F, CONTROL)
    desk.key(KEY.Key_Escape)


def marks():
    with LibraryIndex(storage_places().library) as index:
        return {Path(path).stem: said for path, said in index.marks().items()}


def times_listened():
    """How often each file was listened to, by its name."""
    return Counter(Path(os.environ["LISTENED"]).read_text().splitlines())


def select(desk, name):
    desk.click(desk.list.viewport(), desk.row(name))
    assert [entry.name for entry in desk.browser.details.entries] == [name]


def row_menu(desk, name):
    """Open the menu of a row, as its right button does."""
    place = desk.row(name)
    desk.click(desk.list.viewport(), place, RIGHT)
    desk.list.customContextMenuRequested.emit(place)  # this platform asks for no menus by itself
    return desk.menu()


def choose_kind(desk, name):
    button = desk.browser.details.kind_button
    button.kind_menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    desk.choose(name)
    desk.window.activateWindow()  # this platform does not when a menu has closed
    desk.qtbot.waitActive(desk.window)


def star(desk, folder, name):
    desk.row(name)  # into view
    desk.click(desk.list.viewport(), desk.list.star_point(str(folder / f"{name}.wav")))


def type_tag(desk, tag):
    desk.click(desk.browser.details.tag_field.add_button)
    desk.type(tag)
    desk.key(KEY.Key_Return)


# --- index ---------------------------------------------------------------------------------------


def test_what_was_starred_tagged_and_corrected_is_there_at_the_next_start(stocked, make_desk, loops, place):
    select(stocked, "vocal 122")
    star(stocked, place, "vocal 122")
    type_tag(stocked, "warm")
    choose_kind(stocked, "Texture")
    stocked.window.close()
    stocked.studio.shut_down()
    said = marks()["vocal 122"]
    assert (said.is_favourite, said.tags, said.kind) == (True, ("warm",), Kind.TEXTURE)

    again = make_desk().open(loops, 3)
    again.wait(lambda: is_heard(again, place))
    assert search(again, "#warm") == ["vocal 122"]
    entry = again.browser.shelf.entry(str(place / "vocal 122.wav"))
    assert entry.is_favourite
    assert entry.kind is Kind.TEXTURE
    again.wait(lambda: not again.browser.scan_strip.isVisible())
    assert set(times_listened().values()) == {1}, "what was heard once is not listened to again"


def test_a_file_that_was_renamed_keeps_what_was_said_and_heard_of_it(stocked, place):
    select(stocked, "bass Cm")
    type_tag(stocked, "warm")
    (place / "bass Cm.wav").rename(place / "lowest of all.wav")
    stocked.browser.place_button.scan_requested.emit("")
    stocked.wait(lambda: "lowest of all" in stocked.browser.shown_names())
    stocked.wait(lambda: "bass Cm" not in stocked.browser.shown_names())
    entry = stocked.browser.shelf.entry(str(place / "lowest of all.wav"))
    assert (entry.tags, entry.kind, entry.key) == (("warm",), Kind.BASS, "Cm")
    stocked.wait(lambda: not stocked.browser.scan_strip.isVisible())
    assert times_listened()["lowest of all.wav"] == 0


def test_a_folder_that_vanished_is_told_in_one_sentence_and_its_sounds_come_back_with_it(stocked, place):
    away = place.with_name("away")
    place.rename(away)
    stocked.browser.place_button.scan_requested.emit("")
    stocked.wait(lambda: bool(stocked.bar.messages))
    assert stocked.said.count("is not there") == 1
    assert all(stocked.browser.shelf.entry(str(place / f"{name}.wav")).is_missing for name in NAMES)
    away.rename(place)
    stocked.browser.place_button.scan_requested.emit("")
    entries = [str(place / f"{name}.wav") for name in NAMES]
    stocked.wait(lambda: not any(stocked.browser.shelf.entry(entry_id).is_missing for entry_id in entries))
    stocked.wait(lambda: not stocked.browser.scan_strip.isVisible())
    assert set(times_listened().values()) == {1}


def test_two_windows_of_one_home_share_what_is_known(stocked, make_desk, loops, place):
    other = make_desk().open(loops, 3)
    other.wait(lambda: is_heard(other, place))
    star(stocked, place, "snare dry")
    star(other, place, "snare wet")
    stocked.wait(
        lambda: {name for name, said in marks().items() if said.is_favourite} >= {"snare dry", "snare wet"}
    )
    assert "damaged" not in stocked.said + other.said
    assert set(times_listened().values()) == {1}


# --- analysis ------------------------------------------------------------------------------------


@pytest.fixture
def long_place(tmp_path):
    """A folder that takes a while to listen to."""
    folder = tmp_path / "long"
    folder.mkdir()
    for number in range(60):
        (folder / f"slow kick {number:02d}.wav").write_bytes(b"x" * (number + 1))
    return folder


def n_heard(desk, folder):
    entries = (desk.browser.shelf.entry(str(path)) for path in folder.iterdir())
    return sum(entry is not None and entry.analysis is not None for entry in entries)


def test_rows_are_there_at_once_and_fill_in_while_it_is_told_how_far_that_is(desk, monkeypatch, long_place):
    add_place(desk, monkeypatch, long_place)
    desk.wait(lambda: len(desk.browser.shown_names()) == 60)
    strip = desk.browser.scan_strip
    desk.wait(lambda: strip.is_listening)
    assert n_heard(desk, long_place) < 60
    desk.wait(lambda: "left" in strip.label.text() and 5 < n_heard(desk, long_place) < 60)
    assert 5 < len(search(desk, "kick >100hz")) < 60, "what was heard is found while the others wait"
    desk.wait(lambda: not strip.isVisible())
    assert len(desk.browser.shown_names()) == 60
    assert n_heard(desk, long_place) == 60


def test_listening_is_ended_by_its_button_and_goes_on_where_it_was(
    desk, make_desk, monkeypatch, long_place, loops
):
    add_place(desk, monkeypatch, long_place)
    desk.wait(lambda: n_heard(desk, long_place) > 5)
    desk.click(desk.browser.scan_strip.cancel_button)
    assert not desk.browser.scan_strip.isVisible()
    desk.qtbot.wait(300)  # what was begun is finished
    so_far = n_heard(desk, long_place)
    desk.qtbot.wait(300)
    assert n_heard(desk, long_place) == so_far < 60
    desk.window.close()
    desk.studio.shut_down()

    again = make_desk().open(loops, 3)
    again.wait(lambda: n_heard(again, long_place) == 60)
    assert set(times_listened().values()) == {1}


def test_a_folder_that_is_removed_while_it_is_listened_to_leaves_nothing_behind(
    desk, monkeypatch, long_place, place
):
    add_place(desk, monkeypatch, place)
    desk.wait(lambda: is_heard(desk, place))
    add_place(desk, monkeypatch, long_place)
    desk.wait(lambda: n_heard(desk, long_place) > 5)
    desk.browser.place_button.choose(str(long_place))
    desk.browser.place_button.place_removed.emit(str(long_place))
    desk.wait(lambda: not desk.browser.scan_strip.isVisible())
    assert desk.browser.shelf.places == (str(place),)
    desk.browser.place_button.choose("")
    assert set(desk.browser.shown_names()) >= set(NAMES)
    assert not any(name.startswith("slow") for name in desk.browser.shown_names())
    assert sum(name.startswith("slow") for name in times_listened()) < 60


def test_files_that_cannot_be_read_say_so_in_the_details_and_the_others_are_heard(
    make_desk, loops, monkeypatch, place
):
    desk = make_desk(size=(1600, 1000)).open(loops, 3)
    desk.close_message()
    (place / "broken text.wav").write_text("milk, eggs")
    (place / "round.wav").symlink_to(place / "round.wav")
    (place / "circle").symlink_to(place)
    add_place(desk, monkeypatch, place)
    desk.wait(lambda: n_heard(desk, place) >= len(NAMES) and not desk.browser.scan_strip.isVisible())
    assert desk.said.count("round.wav") == 1, "one sentence"
    assert len(desk.browser.shown_names()) == len(NAMES) + 1
    select(desk, "broken text")
    desk.wait(lambda: desk.browser.details.note.isVisible())
    assert "broken text.wav" in desk.browser.details.note.text()


# --- search, order, similarity --------------------------------------------------------------------


def test_words_and_ranges_find_what_was_heard(stocked, place):
    stocked.browser.place_button.choose(str(place))
    searches = {
        "kick": ["kick 124 loop", "kick deep", "kick round"],
        "kick 120-128bpm": ["kick 124 loop"],
        "120-128bpm": ["kick 124 loop", "synth Cm 128", "vocal 122"],
        ">2khz": ["hat closed", "hat open", "snare dry", "snare wet"],
        "key:Cm": ["bass Cm", "synth Cm 128"],
        "nothing like that": [],
    }
    for text, names in searches.items():
        assert search(stocked, text) == names
    assert stocked.browser.empty_page.isVisible()
    stocked.click(stocked.browser.empty_page.clear_button)
    assert set(stocked.browser.shown_names()) >= set(NAMES)


def test_a_click_on_a_column_of_the_wide_browser_sorts_and_another_turns_it_round(stocked, place):
    browser = stocked.browser
    browser.place_button.choose(str(place))
    stocked.click(browser.top.wide_button)
    stocked.wait(lambda: stocked.list.header.isVisible())
    for column, rising in ((Column.TEMPO, "bass Am 90"), (Column.BRIGHTNESS, "kick 124 loop")):
        stocked.click(stocked.list.header.buttons[column])
        assert browser.shown_names()[0] == rising
        before = browser.shown_names()
        stocked.click(stocked.list.header.buttons[column])
        assert browser.shown_names()[0] != before[0]


def test_more_like_this_lists_the_nearest_first_and_escape_brings_everything_back(stocked):
    row_menu(stocked, "snare dry")
    stocked.choose("More like this")
    names = stocked.browser.shown_names()
    assert names[:2] == ["snare dry", "snare wet"]
    assert stocked.browser.top.similar_bar.isVisible()
    sliders = stocked.browser.top.similar_bar.sliders
    sliders["timbre"].setFocus()
    stocked.key(KEY.Key_Home)
    assert stocked.browser.shown_names()[0] == "snare dry"
    select(stocked, "snare wet")
    stocked.key(KEY.Key_Escape)
    assert not stocked.browser.top.similar_bar.isVisible()
    assert set(stocked.browser.shown_names()) >= set(NAMES)


def test_more_like_this_on_the_pad_selects_the_nearest_dots_and_lists_them(stocked):
    stocked.click(stocked.pad, stocked.dot("kick drum"), RIGHT)
    stocked.choose("More like this")
    stocked.wait(lambda: stocked.browser.top.similar_bar.isVisible())
    # It lies in another folder than the one that is shown.
    assert set(stocked.browser.shown_names()[:3]) == {"kick deep", "kick round", "kick 124 loop"}
    assert stocked.sound_id("kick drum") in stocked.pad.selected


def test_more_like_this_waits_for_a_sound_that_nobody_has_listened_to_yet(desk, monkeypatch, long_place):
    add_place(desk, monkeypatch, long_place)
    desk.wait(lambda: n_heard(desk, long_place) > 2)
    row_menu(desk, "slow kick 59")
    desk.choose("More like this")
    desk.wait(lambda: desk.browser.top.similar_bar.isVisible())
    assert desk.browser.shown_names()[0] == "slow kick 59"
    assert "Listening to" not in desk.said
    assert n_heard(desk, long_place) < 60


def test_the_pad_is_filled_with_sounds_that_differ_and_one_undo_takes_them_back(stocked, place):
    before = stocked.on_pad
    stocked.browser.place_button.choose(str(place))
    button = stocked.browser.top.fill_button
    button.menu().actions()[0].trigger()
    stocked.wait(lambda: len(stocked.on_pad) == len(before) + 8)
    stocked.wait(lambda: not stocked.controller.library.is_busy)
    placed = stocked.on_pad - before
    kinds = {stocked.browser.shelf.entry(str(place / f"{name}.wav")).kind for name in placed}
    assert kinds >= {Kind.KICK, Kind.SNARE, Kind.HAT, Kind.BASS, Kind.SYNTH, Kind.VOCAL}
    stocked.key(KEY.Key_Z, CONTROL)
    assert stocked.on_pad == before


# --- details -------------------------------------------------------------------------------------


def test_details_show_figures_and_a_picture_and_a_correction_wins(stocked):
    select(stocked, "kick 124 loop")
    details = stocked.browser.details
    assert "124" in " ".join(fact.value for fact in details.fact_grid.facts)
    assert details.kind_button.text().startswith("Kick")
    stocked.wait(lambda: details.picture.has_levels)
    choose_kind(stocked, "Tom")
    assert details.kind_button.text().startswith("Tom")
    assert search(stocked, "tom") == ["kick 124 loop"]
    stocked.wait(lambda: "kick 124 loop" in marks())
    assert marks()["kick 124 loop"].kind is Kind.TOM


# --- with the real process -------------------------------------------------------------------------


def test_the_real_process_hears_the_tempo_of_a_loop(make_desk, monkeypatch, tmp_path):
    monkeypatch.setattr(place_keeper, "AnalysisReader", AnalysisReader)
    folder = tmp_path / "real"
    folder.mkdir()
    shutil.copy(demo_loops_dir() / "House drums.flac", folder / "four on the floor.flac")
    (folder / "notes.wav").write_text("milk, eggs\n" * 40)
    desk = make_desk().open([folder / "four on the floor.flac"], 1)
    add_place(desk, monkeypatch, folder)
    desk.wait(lambda: "four on the floor" in desk.browser.shown_names())
    loop = str(folder / "four on the floor.flac")
    desk.wait(lambda: desk.browser.shelf.entry(loop).analysis is not None, timeout=60_000)
    desk.wait(lambda: desk.browser.shelf.entry(str(folder / "notes.wav")).analysis is not None)
    assert search(desk, "118-122bpm") == ["four on the floor"]
    assert desk.browser.shelf.entry(loop).analysis.is_loop
    assert "notes.wav" in desk.browser.shelf.entry(str(folder / "notes.wav")).analysis.error
