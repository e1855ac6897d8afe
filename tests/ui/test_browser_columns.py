"""A wide list and its header; and rows that stay where they are while others come in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from morphstudio.library.analysis import Analysis
from morphstudio.library.catalogue import SortBy
from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.library.sounds import Family
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.entry_columns import Column

LEFT = Qt.MouseButton.LeftButton
NARROW = [Column.NAME, Column.TEMPO, Column.KEY]


def entry(name, **facts):
    path = Path("/loops", f"{name}.wav")
    return Entry(str(path), path, name, Family.DRUMS, **facts)


def heard(duration_s, kind=Kind.KICK):
    return Analysis(
        duration_s, 1, 44_100, False, kind=kind, kind_confidence=0.9, centroid_hz=duration_s * 1000,
        loudness_lufs=-duration_s,
    )  # fmt: skip


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
            entry("a", analysis=heard(3.0, Kind.HAT)),
            entry("b", analysis=heard(1.0)),
            entry("c", analysis=heard(2.0, Kind.BASS)),
            entry("d"),
        ]
    )
    return panel


@pytest.fixture
def wide(qtbot, browser):
    browser.resize(browser.wide_width, 708)
    qtbot.waitUntil(lambda: browser.list_view.header.isVisible())
    return browser


def shown_columns(browser):
    header = browser.list_view.header
    if not header.isVisible():
        return NARROW
    return [column for column, button in header.buttons.items() if button.isVisible()]


def row_tops(browser):
    """Name of each row in view to its top on the screen."""
    view, tops = browser.list_view, {}
    for one in view.in_view():
        corner = view.visualRect(view.model().index_of(one.entry_id)).topLeft()
        tops[one.name] = view.viewport().mapTo(browser, corner).y()
    return tops


def test_columns_appear_one_after_the_other(browser):
    seen = []
    for width in range(304, browser.wide_width + 1, 8):
        browser.resize(width, 708)
        columns = shown_columns(browser)
        if columns not in seen:
            seen.append(columns)
    browser.resize(browser.wide_width, 708)
    assert seen[0] == NARROW
    assert [len(columns) for columns in seen[:-1]] == sorted({len(columns) for columns in seen[:-1]})
    assert shown_columns(browser) == list(Column)


def test_the_header_stands_above_its_columns_and_no_name_is_squeezed(wide):
    header = wide.list_view.header
    rights = [0]
    for button in header.buttons.values():
        assert button.x() >= rights[-1] - 20
        rights.append(button.geometry().right())
    assert rights[-1] <= wide.list_view.width()
    assert header.y() + header.height() <= wide.list_view.viewport().y()


def test_a_click_sorts_and_another_turns_it_round(wide):
    button = wide.list_view.header.buttons[Column.LENGTH]
    QTest.mouseClick(button, LEFT)
    assert wide.shown_names() == ["b", "c", "a", "d"]
    assert button.direction == "rising"
    assert button.accessibleName() == "Sorted by Length, rising"
    assert wide.sort_bar.button.text() == "Length"
    QTest.mouseClick(button, LEFT)
    assert wide.shown_names() == ["a", "c", "b", "d"]
    assert button.direction == "falling"
    QTest.mouseClick(wide.list_view.header.buttons[Column.NAME], LEFT)
    assert button.direction == ""
    assert wide.shown_names() == ["a", "b", "c", "d"]


def test_the_header_is_one_stop_and_arrows_go_along_it(wide):
    buttons = wide.list_view.header.buttons
    stops = [c for c, b in buttons.items() if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [Column.NAME]
    buttons[Column.NAME].setFocus()
    for column in (Column.KIND, Column.TEMPO):
        QTest.keyClick(wide.focusWidget(), Qt.Key.Key_Right)
        assert buttons[column].hasFocus()
    QTest.keyClick(wide.focusWidget(), Qt.Key.Key_Left)
    QTest.keyClick(wide.focusWidget(), Qt.Key.Key_Return)
    assert buttons[Column.KIND].direction == "rising"
    assert buttons[Column.KIND].hasFocus()


def test_the_sort_menu_shows_in_the_header(wide):
    wide.sort_bar.choose(SortBy.LOUDNESS, is_falling=True)
    assert wide.list_view.header.buttons[Column.LOUDNESS].direction == "falling"
    assert wide.shown_names() == ["b", "c", "a", "d"]


def test_the_widen_button_asks_for_what_is_not(qtbot, browser):
    asked = []
    browser.wide_toggled.connect(asked.append)
    QTest.mouseClick(browser.top.wide_button, LEFT)
    browser.resize(browser.wide_width, 708)
    qtbot.waitUntil(lambda: browser.list_view.header.isVisible())
    QTest.mouseClick(browser.top.wide_button, LEFT)
    assert asked == [True, False]


def test_a_row_shows_more_once_it_was_listened_to(wide):
    rect = wide.list_view.visualRect(wide.list_view.model().index_of("/loops/d.wav"))
    before = wide.list_view.viewport().grab(rect).toImage()
    wide.shelf.add_entries([entry("d", analysis=heard(5.0))])
    assert wide.list_view.viewport().grab(rect).toImage() != before


def test_a_file_that_cannot_be_read_says_so_in_its_row(browser):
    browser.shelf.add_entries([entry("d", analysis=Analysis(error="d.wav holds no sound."))])
    model = browser.list_view.model()
    assert "d.wav holds no sound." in model.data(model.index_of("/loops/d.wav"), Qt.ItemDataRole.ToolTipRole)


# --- while a scan runs ----------------------------------------------------------------------------


@pytest.fixture
def many(browser):
    browser.shelf.add_entries([entry(f"m {n:03d}") for n in range(200)])
    return browser


def test_what_is_found_above_moves_nothing_that_is_in_view(many):
    view = many.list_view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2 + 7)
    before = row_tops(many)
    many.shelf.add_entries([entry(f"aa {n:03d}") for n in range(50)])
    assert row_tops(many) == before
    many.shelf.add_entries([entry("ab")])
    assert row_tops(many) == before
    many.shelf.add_entries([entry("ac"), entry("zz"), entry("m 000x")])
    assert row_tops(many) == before


def test_who_is_at_the_top_stays_there(many):
    many.shelf.add_entries([entry(f"a{n:03d}") for n in range(50)])
    assert many.list_view.verticalScrollBar().value() == 0
    assert many.list_view.in_view()[0].name == "a"


def test_the_current_row_stays_where_it_is_and_selected(qtbot, many):
    view = many.list_view
    view.setFocus()
    view.select("/loops/m 100.wav")
    view.scrollTo(view.currentIndex())
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    top = row_tops(many)["m 101"]
    auditioned = []
    many.gestures.entry_auditioned.connect(auditioned.append)
    for batch in range(5):
        many.shelf.add_entries([entry(f"b{batch} {n:03d}") for n in range(30)])
        many.shelf.add_entries(
            replace(entry(f"m {n:03d}"), analysis=heard(1.0 + n)) for n in range(0, 200, 3)
        )
    assert row_tops(many)["m 101"] == top
    assert [one.name for one in view.selected()] == ["m 100", "m 101"]
    assert view.current().name == "m 101"
    qtbot.wait(90)
    assert auditioned == []


def test_rows_that_move_by_what_was_heard_keep_the_current_one_in_its_place(many):
    many.sort_bar.choose(SortBy.LENGTH, is_falling=False)
    view = many.list_view
    view.select("/loops/m 150.wav")
    view.scrollTo(view.currentIndex())
    top = row_tops(many)["m 150"]
    many.shelf.add_entries(replace(entry(f"m {n:03d}"), analysis=heard(9.0 - n / 100)) for n in range(100))
    assert row_tops(many)["m 150"] == top


def test_the_details_are_told_what_was_heard_of_what_is_selected(browser):
    browser.list_view.select("/loops/d.wav")
    assert browser.details.kind_button.text() == "No kind yet"
    browser.shelf.add_entries([entry("d", analysis=heard(5.0, Kind.TOM))])
    assert browser.details.kind_button.text() == "Tom, sure"


def test_a_selected_row_stays_in_view_when_the_list_gets_lower(many):
    view = many.list_view
    many.set_details_folded(True)
    last = view.indexAt(QPoint(5, view.viewport().height() - 40))
    view.select(view.model().entry_at(last).entry_id)
    many.set_details_folded(False)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_what_is_under_the_mouse_stays_lit_when_others_come_in(qtbot, many):
    view = many.list_view
    row = view.visualRect(view.model().index_of("/loops/c.wav"))

    def picture():
        return view.viewport().grab(row).toImage()

    plain = picture()
    QTest.mouseMove(view.viewport(), row.center())
    qtbot.waitUntil(lambda: picture() != plain)
    lit = picture()
    many.shelf.add_entries([entry("zy"), entry("m 000x"), entry("m 100x")])
    assert picture() == lit
