"""Recording a gesture on the pad and playing it, as a hand does it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.ui.path_bar import PathMenu
from tests.ui.pad_driver import pixels, record, shown_pad
from tests.ui.path_desk import PathDesk

LINE = GesturePath((PathPoint(0.0, 0.2, 0.5), PathPoint(4.0, 0.8, 0.5)), 2, "Line")
KEY = Qt.Key


@pytest.fixture
def desk(qtbot, theme, make_sound):
    desk = PathDesk(shown_pad(qtbot, theme), make_sound)
    yield desk
    desk.close()


@pytest.fixture
def with_line(desk):
    desk.shelf.add(LINE)
    return desk


def near(point, x, y, within=0.02):
    return abs(point.x - x) < within and abs(point.y - y) < within


# --- recording ---------------------------------------------------------------------------------


def test_a_recording_waits_for_the_press_and_ends_by_itself_after_its_bars(desk):
    desk.press_button()
    desk.go_to(7.0)
    assert desk.states == ["armed"]
    desk.beat = 8.0
    desk.press(0.3, 0.3)
    desk.go_to(23.9)
    assert desk.states == ["armed", "recording"]
    assert not desk.session.paths
    desk.go_to(24.0)
    assert desk.keeper.state == "playing"
    (path,) = desk.session.paths
    assert path.bars == 4
    assert path.name


def test_the_path_is_where_the_hand_was_at_each_beat(desk):
    path = desk.record_square()
    for beat, x, y in ((0, 0.3, 0.3), (1.8, 0.5, 0.3), (5.8, 0.7, 0.5), (7.8, 0.7, 0.7), (13.8, 0.3, 0.5)):
        assert near(path.place_at(beat, 16), x, y, 0.03), beat
    assert len(path.points) < 30


def test_a_press_in_the_midst_of_the_loop_keeps_its_place_in_it(desk):
    """The path begins where the loop begins, whenever it was pressed: it is heard again as it was heard."""
    desk.press(0.5, 0.5)
    desk.release(0.5, 0.5)
    desk.press_button()
    desk.beat = 10.5
    desk.press(0.2, 0.6)
    desk.beat = 14.5
    desk.move(0.8, 0.6)
    desk.release(0.8, 0.6)
    desk.go_to(26.5)
    (path,) = desk.session.paths
    assert near(path.place_at(10.5 - 8.0 + 0.3, 16), 0.2, 0.6)  # led there from where it ends
    assert near(path.place_at(14.5 - 8.0 + 0.01, 16), 0.8, 0.6)
    assert near(path.place_at(1.0, 16), 0.8, 0.6)  # rested there until 26.5


def test_a_press_that_goes_on_is_recorded_at_once(desk):
    desk.press(0.4, 0.4)
    desk.keeper.record(1)
    assert desk.keeper.state == "recording"
    desk.go_to(4.0)
    assert desk.session.paths[0].bars == 1


def test_a_hand_that_still_drags_at_the_end_is_let_go(desk):
    desk.keeper.record(1)
    desk.press(0.4, 0.4)
    desk.go_to(4.0)
    assert desk.keeper.state == "playing"
    desk.move(0.6, 0.6)
    assert desk.keeper.state == "playing"
    assert not desk.pad.is_held


@pytest.mark.parametrize("end", ["button", "stop", "explore", "no dots"])
def test_a_recording_that_is_not_full_keeps_nothing(desk, end):
    desk.keeper.record(2)
    desk.press(0.4, 0.4)
    desk.go_to(3.0)
    assert desk.keeper.state == "recording"
    if end == "button":
        desk.press_button()
    elif end == "stop":
        desk.player.stop()
    elif end == "explore":
        desk.pad.set_mode("explore")
    else:
        desk.session.take_off(list(desk.session.dots))
    desk.go_to(9.0)
    assert desk.keeper.state == "idle"
    assert not desk.session.paths


def test_the_menu_chooses_how_many_bars(desk):
    choose(desk, "Record 8 bars")
    assert desk.keeper.state == "armed"
    desk.press(0.4, 0.4)
    desk.go_to(8.0)
    assert "bar 3 of 8" in desk.pad.path_bar.hint
    desk.go_to(32.0)
    assert desk.session.paths[0].bars == 8


def test_nothing_is_recorded_without_dots_or_while_one_loop_is_explored(desk):
    desk.pad.set_mode("explore")
    assert not desk.pad.path_bar.button.isEnabled()
    desk.keeper.record(1)
    desk.pad.set_mode("blend")
    assert desk.pad.path_bar.button.isEnabled()
    desk.pad.set_dots([])
    assert not desk.pad.path_bar.menu_button.isEnabled()
    assert desk.states == []


# --- playing -----------------------------------------------------------------------------------


def test_the_sound_and_the_cursor_follow_the_clock_round_and_round(with_line):
    desk = with_line
    desk.press(0.5, 0.2)
    desk.release(0.5, 0.2)
    desk.keeper.play()
    for beat, x in ((0.0, 0.2), (2.0, 0.5), (4.0, 0.8), (6.0, 0.5), (9.0, 0.35), (802.0, 0.5)):
        desk.go_to(beat)
        assert near(desk.hearing.point, x, 0.5, 1e-6), beat
        assert desk.pad.point == desk.hearing.point
    assert desk.player.is_playing


def test_a_path_starts_what_is_stopped_and_what_is_stopped_stops_it(with_line):
    with_line.keeper.toggle_play()
    assert with_line.player.is_playing
    with_line.player.stop()
    with_line.go_to(0.5)
    assert with_line.keeper.state == "idle"
    assert not with_line.player.is_playing


def test_a_press_takes_over(with_line):
    with_line.keeper.play()
    with_line.go_to(1.0)
    with_line.press(0.6, 0.2)
    assert with_line.keeper.state == "idle"
    with_line.go_to(3.0)
    assert near(with_line.hearing.point, 0.6, 0.2)


def test_a_sound_that_is_asked_for_takes_over(with_line):
    with_line.keeper.play()
    with_line.go_to(1.0)
    with_line.hearing.hear_sound(next(iter(with_line.session.dots)), starts=True)
    assert with_line.keeper.state == "idle"


def test_a_path_that_rests_asks_for_nothing(desk):
    desk.shelf.add(GesturePath((PathPoint(0.0, 0.4, 0.4),), 1))
    desk.keeper.play()
    desk.go_to(1.0)
    n_requests = len(desk.worker.requests)
    desk.go_to(2.0)
    assert len(desk.worker.requests) == n_requests


def test_another_tempo_and_length_leave_it_in_time(with_line):
    with_line.keeper.play()
    with_line.go_to(2.0)
    with_line.editor.choose_time(MusicalTime(90.0, 4))
    with_line.go_to(3.0)
    assert with_line.keeper.state == "playing"
    assert near(with_line.hearing.point, 0.65, 0.5, 1e-6)


def test_undo_takes_the_recording_back_and_redo_brings_it_again(desk):
    path = desk.record_square()
    assert desk.keeper.state == "playing"
    desk.history.undo()
    assert desk.session.paths == ()
    assert desk.keeper.state == "idle"
    assert desk.shelf.path is None
    desk.history.redo()
    assert desk.shelf.path == path


# --- the menu ----------------------------------------------------------------------------------


def menu_of(desk):
    QTest.mouseClick(desk.pad.path_bar.menu_button, Qt.MouseButton.LeftButton)
    return desk.pad.path_bar.findChild(PathMenu)


def choose(desk, text):
    menu = menu_of(desk)
    action = next(action for action in menu.actions() if action.text() == text)
    assert action.isEnabled()
    menu.setActiveAction(action)
    QTest.keyClick(menu, KEY.Key_Return)
    menu.close()
    QTest.qWait(1)  # it goes when it is closed


def test_without_a_path_the_menu_only_records(desk):
    menu = menu_of(desk)
    enabled = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    menu.close()
    assert enabled == ["Record 1 bar", "Record 2 bars", "Record 4 bars", "Record 8 bars"]


def test_points_are_quantised_smoothed_and_all_of_it_taken_back(desk):
    crooked = GesturePath((PathPoint(0.2, 0.2, 0.2), PathPoint(1.8, 0.8, 0.8), PathPoint(2.6, 0.3, 0.8)), 1)
    desk.shelf.add(crooked)
    choose(desk, "Quantise to beats")
    assert [point.t_beats for point in desk.shelf.path.points] == [0.0, 2.0, 3.0]
    desk.history.undo()
    choose(desk, "Quantise to half beats")
    assert [point.t_beats for point in desk.shelf.path.points] == [0.0, 2.0, 2.5]
    choose(desk, "Smooth")
    assert max(point.x for point in desk.shelf.path.points) < 0.8
    choose(desk, "Curved")
    assert desk.shelf.path.is_smooth
    for _ in range(3):
        desk.history.undo()
    assert desk.shelf.path == crooked


def test_one_of_several_paths_is_on_the_pad(with_line):
    desk = with_line
    other = GesturePath((PathPoint(0.0, 0.5, 0.2), PathPoint(2.0, 0.5, 0.8)), 1, "Up")
    desk.shelf.add(other)
    assert desk.shelf.path == other
    choose(desk, "Line")
    assert desk.shelf.path == LINE
    choose(desk, "Line")
    assert desk.shelf.path is None
    choose(desk, "Up")
    choose(desk, "Delete path")
    assert desk.session.paths == (LINE,)
    desk.history.undo()
    assert desk.shelf.path == other


def test_a_path_gets_another_name(with_line, qtbot):
    choose(with_line, "Rename…")
    dialog = next(c for c in with_line.pad.window().children() if type(c).__name__ == "QInputDialog")
    dialog.setTextValue("  Verse  ")
    dialog.accept()
    assert with_line.shelf.path.name == "Verse"
    qtbot.wait(1)


def test_the_path_is_asked_for_in_a_file(with_line):
    asked = record(with_line.keeper.export_requested)
    choose(with_line, "Export path…")
    assert asked == [LINE]


# --- what is seen ------------------------------------------------------------------------------


def test_the_path_is_drawn_and_hidden_while_one_loop_is_explored(with_line):
    drawn = pixels(with_line.pad)
    with_line.shelf.show(None)
    assert not (pixels(with_line.pad) == drawn).all()
    with_line.pad.set_mode("explore")
    plain = pixels(with_line.pad)
    with_line.shelf.show(0)
    with_line.pad.set_mode("blend")
    assert (pixels(with_line.pad) == drawn).all()
    with_line.pad.set_mode("explore")
    assert (pixels(with_line.pad) == plain).all()


def test_no_path_is_drawn_through_the_words_of_an_empty_pad(with_line):
    with_line.pad.set_dots(())
    empty = pixels(with_line.pad)
    with_line.shelf.show(None)
    assert (pixels(with_line.pad) == empty).all()
    assert with_line.session.paths


def test_another_theme_draws_it_in_other_colours(with_line, theme):
    """And so does the old one, when it comes back: no picture is kept in colours that are not shown."""
    spot = with_line.pad.frame().to_px(PadPoint(0.35, 0.5)).toPoint()
    drawn = with_line.pad.grab().toImage().pixelColor(spot)
    before = theme.tables
    try:
        theme.show(replace(before, colours={**before.colours, "accent_soft_text": "#00ff00"}))
        other = with_line.pad.grab().toImage().pixelColor(spot)
    finally:
        theme.show(before)
    assert other.green() > other.red() + 30
    assert with_line.pad.grab().toImage().pixelColor(spot) == drawn


def test_the_button_says_what_goes_on(with_line):
    bar, said = with_line.pad.path_bar, set()
    said.add((bar.button.accessibleName(), bar.button.toolTip()))
    with_line.press_button()
    said.add((bar.button.accessibleName(), bar.button.toolTip()))
    assert bar.button.isChecked()
    with_line.press(0.3, 0.3)
    said.add((bar.button.accessibleName(), bar.button.toolTip()))
    with_line.press_button()
    with_line.keeper.play()
    said.add((bar.button.accessibleName(), bar.button.toolTip()))
    with_line.press_button()
    assert len(said) == 4
    assert not bar.button.isChecked()


def test_another_session_brings_its_own_paths(with_line):
    with_line.keeper.play()
    state = with_line.session.state
    with_line.editor.become(type(state)(dots=state.dots, n_frames=state.n_frames))
    with_line.go_to(1.0)
    assert with_line.keeper.state == "idle"
    assert with_line.shelf.path is None
    assert PadPoint(0.1, 0.1) in with_line.session.dots.values()
