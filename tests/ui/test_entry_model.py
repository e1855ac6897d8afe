"""The rows of the browser, as views are told of them."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from morphstudio.library.analysis import Analysis
from morphstudio.library.catalogue import Filter, SortBy
from morphstudio.library.entries import Entry, heard
from morphstudio.library.kinds import Kind
from morphstudio.library.query import parse
from morphstudio.library.sounds import Family
from morphstudio.ui.entry_list import EntryList
from morphstudio.ui.entry_model import EntryModel


def entry(name, **facts):
    path = Path("/loops", f"{name}.wav")
    return Entry(str(path), path, name, Family.DRUMS, **facts)


class Told:
    """What a model tells its views."""

    def __init__(self, model):
        self.changed, self.inserted, self.n_resets = [], [], 0
        model.dataChanged.connect(lambda first, last: self.changed.append((first.row(), last.row())))
        model.rowsInserted.connect(lambda _, first, last: self.inserted.append((first, last)))
        model.modelReset.connect(self._count)

    def _count(self):
        self.n_resets += 1


@pytest.fixture
def model(qapp):
    made = EntryModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning, made)
    made.put([entry(name) for name in ("b", "d", "f", "h")])
    return made


def names(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_stays_in_its_row_is_told_as_changed_at_once(model):
    told, kept = Told(model), QPersistentModelIndex(model.index(2, 0))
    model.put([heard(entry(name), Analysis(bpm=90.0)) for name in ("f", "b")])
    assert (told.changed, told.inserted, told.n_resets) == ([(0, 2)], [], 0)
    assert kept.data() == "f"
    assert model.entry_at(kept).bpm == 90.0


def test_what_comes_in_one_place_is_inserted_there(model):
    told, kept = Told(model), QPersistentModelIndex(model.index(3, 0))
    model.put([entry("g2"), entry("g1"), replace(entry("h"), told_bpm=90.0)])
    assert names(model) == ["b", "d", "f", "g1", "g2", "h"]
    assert (told.changed, told.inserted, told.n_resets) == ([(5, 5)], [(3, 4)], 0)
    assert kept.row() == 5


def test_what_comes_in_several_places_makes_the_list_anew_once(model):
    told = Told(model)
    model.put([entry("a"), entry("c"), entry("z")])
    assert names(model) == ["a", "b", "c", "d", "f", "h", "z"]
    assert (told.inserted, told.n_resets) == ([], 1)


def test_what_is_not_shown_is_told_to_nobody(model):
    model.set_filter(Filter(parse("b")))
    told = Told(model)
    model.put([entry("x"), replace(entry("d"), told_bpm=90.0)])
    model.put([])
    assert (told.changed, told.inserted, told.n_resets) == ([], [], 0)
    model.set_filter(Filter())
    assert names(model) == ["b", "d", "f", "h", "x"]


def test_what_is_heard_moves_to_where_it_belongs_and_takes_with_it_what_points_at_it(model):
    model.set_order(SortBy.BRIGHTNESS, is_falling=True)
    told, kept = Told(model), QPersistentModelIndex(model.index(1, 0))
    assert kept.data() == "d"
    for name, centroid_hz in (("h", 5000.0), ("b", 900.0), ("d", 100.0)):
        model.add([heard(entry(name), Analysis(centroid_hz=centroid_hz))])
        assert kept.data() == "d"
    assert names(model) == ["h", "b", "d", "f"]
    assert told.n_resets == 0


def test_views_find_what_was_until_they_are_told(model):
    seen = []
    model.modelAboutToBeReset.connect(lambda: seen.append(names(model)))
    model.rowsAboutToBeInserted.connect(lambda: seen.append(names(model)))
    model.drop(["/loops/d.wav"])
    model.set_filter(Filter(parse("f")))
    model.set_filter(Filter())
    model.set_order(SortBy.NAME, is_falling=True)
    model.put([entry("g")])
    assert seen == [["b", "d", "f", "h"], ["b", "f", "h"], ["f"], ["b", "f", "h"], ["h", "f", "b"]]
    assert names(model) == ["h", "g", "f", "b"]


def test_a_press_is_not_lost_while_what_is_heard_comes_in(qtbot, themed_app, theme, model):
    view = EntryList(theme, model, None)
    qtbot.addWidget(view)
    view.resize(300, 300)
    view.show()
    model.set_order(SortBy.BRIGHTNESS, is_falling=True)
    heard_now, place = [], view.visualRect(model.index(1, 0)).center()
    view.auditioned.connect(heard_now.append)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    model.add([heard(entry("h"), Analysis(centroid_hz=90.0)), heard(entry("f"), Analysis(centroid_hz=80.0))])
    place = view.visualRect(model.index_of("/loops/d.wav")).center()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard_now == ["/loops/d.wav"]


def test_what_is_selected_stays_selected_while_a_scan_brings_more(qtbot, themed_app, theme, model):
    view = EntryList(theme, model, None)
    qtbot.addWidget(view)
    view.select("/loops/f.wav")
    for new in (["a"], ["c", "g", "z"], ["e1", "e2"]):
        model.put([entry(name) for name in new])
        assert [one.name for one in view.selected()] == ["f"]
        assert view.current().name == "f"


def test_the_outline_comes_from_the_sound_then_from_the_ear_then_from_the_file(model):
    file, ear, sound = (np.full(4, level, np.float32) for level in (0.1, 0.2, 0.3))
    model.set_outline(Path("/loops/b.wav"), file, 2.0)
    one = model.catalogue.get("/loops/b.wav")
    assert one.duration_s == 2.0
    assert model.outline_of(one) is file
    one = heard(one, Analysis(peaks=ear))
    assert model.outline_of(one) is ear
    assert model.outline_of(replace(one, peaks=sound)) is sound


def test_a_screen_reader_is_told_what_was_heard_and_said(model):
    ear = Analysis(kind=Kind.HAT, midi_note=60, cents=12.0, pitch_class="C", duration_s=0.25)
    model.put([replace(heard(entry("b"), ear), tags=("dusty", "old"), is_favourite=True)])
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "b, Hat, C4 +12 cents, 0.25 s, favourite, dusty, old"


def test_a_tip_says_why_a_file_was_not_understood(model):
    model.put([heard(entry("b"), Analysis(error="Its end is missing."))])
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole).endswith("\nIts end is missing.")


def test_five_hundred_that_were_heard_cost_a_small_part_of_all(qtbot, themed_app, theme):
    model, dice = EntryModel(), random.Random(1)
    view = EntryList(theme, model, None)
    qtbot.addWidget(view)
    entries = [entry(f"loop {number}") for number in range(20_000)]

    def taken_s(act, *values):
        start_s = time.thread_time()
        act(*values)
        return time.thread_time() - start_s

    filling_s = taken_s(model.put, entries)

    def changing_s():
        some = [heard(one, Analysis(centroid_hz=dice.uniform(50, 9000))) for one in dice.sample(entries, 500)]
        return taken_s(model.add, some)

    assert min(changing_s() for _ in range(3)) < filling_s / 6
    model.set_order(SortBy.BRIGHTNESS, is_falling=True)
    assert min(changing_s() for _ in range(3)) < filling_s / 4
