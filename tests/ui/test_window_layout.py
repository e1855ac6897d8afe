"""The window comes back where it was, as far as there still is a screen there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from morphstudio.settings import WindowSettings
from morphstudio.ui.window_layout import WindowLayout, are_sizes_of, fitting_place

LAPTOP, SECOND = QRect(0, 0, 1440, 870), QRect(1440, 0, 2560, 1400)


def make_window(qtbot, n_columns=3):
    window, columns, rows = QMainWindow(), QSplitter(), QSplitter(Qt.Orientation.Vertical)
    for _ in range(n_columns):
        columns.addWidget(QWidget())
    rows.addWidget(columns)
    rows.addWidget(QWidget())
    window.setCentralWidget(rows)
    qtbot.addWidget(window)
    return window, columns, rows


def test_a_place_on_a_screen_that_is_there_stays(qtbot):
    assert fitting_place((1500, 50, 1600, 1000), [LAPTOP, SECOND]) == QRect(1500, 50, 1600, 1000)


def test_a_place_on_a_screen_that_has_gone_is_none_any_more():
    assert fitting_place((1500, 50, 1600, 1000), [LAPTOP]) is None


def test_a_window_that_hangs_over_the_edge_is_pushed_inside_whole():
    assert fitting_place((-200, 500, 1000, 600), [LAPTOP]) == QRect(0, 270, 1000, 600)


def test_a_window_from_a_larger_screen_is_made_smaller():
    place = fitting_place((0, 0, 1920, 1080), [LAPTOP])
    assert place == LAPTOP


@pytest.mark.parametrize("place", [(), (1, 2, 3), (0, 0, 0, 0), (0, 0, -5, 10), (0, 0, 10**12, 10)])
def test_a_place_that_is_none_is_refused(place):
    assert fitting_place(place, [LAPTOP]) is None
    assert fitting_place((0, 0, 100, 100), []) is None


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [
        ((200, 800, 200), True),
        ((0, 800, 0), True),
        ((0, 0, 0), False),
        ((200, 800), False),
        ((-1, 800, 200), False),
        ((), False),
    ],
)
def test_sizes_of_other_parts_are_refused(sizes, fits):
    assert are_sizes_of(sizes, 3) == fits


def test_what_was_captured_is_restored_in_another_window(qtbot):
    window, columns, rows = make_window(qtbot)
    window.setGeometry(20, 30, 700, 500)
    window.show()
    columns.setSizes([150, 350, 200])
    rows.setSizes([350, 150])
    kept = WindowLayout(window, columns, rows).capture()
    assert kept.place == (20, 30, 700, 500)
    other, other_columns, other_rows = make_window(qtbot)
    assert WindowLayout(other, other_columns, other_rows).restore(kept)
    other.show()
    assert other.geometry() == window.geometry()
    assert (other_columns.sizes(), other_rows.sizes()) == (columns.sizes(), rows.sizes())


def test_a_maximised_window_comes_back_maximised_and_knows_where_to_go_back_to(qtbot):
    window, columns, rows = make_window(qtbot)
    window.setGeometry(20, 30, 400, 300)
    window.show()
    window.showMaximized()
    kept = WindowLayout(window, columns, rows).capture()
    assert kept.is_maximized
    other, *splitters = make_window(qtbot)
    WindowLayout(other, *splitters).restore(kept)
    assert other.isMaximized()
    assert kept.place[2:] == (400, 300)


def test_the_borders_of_a_window_with_other_parts_are_left_alone(qtbot):
    window, columns, rows = make_window(qtbot, n_columns=2)
    before = columns.sizes()
    settings = WindowSettings((0, 0, 500, 400), False, (100, 300, 100), (300, 100))
    assert not WindowLayout(window, columns, rows).restore(settings)
    assert columns.sizes() == before


def test_the_first_start_changes_nothing(qtbot):
    window, columns, rows = make_window(qtbot)
    before = window.geometry()
    assert not WindowLayout(window, columns, rows).restore(WindowSettings())
    assert window.geometry() == before
