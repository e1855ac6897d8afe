"""The library without a window: folders that are walked, lists that are sorted, files that moved."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from morphstudio.library.catalogue import Catalogue, Filter, SortBy
from morphstudio.library.entries import Entry, entry_of_file
from morphstudio.library.places import walk_place
from morphstudio.library.relocation import find_moved
from morphstudio.library.sounds import Family, family_of_path


def entry(name, family=Family.DRUMS, folder="/loops", **facts):
    path = Path(folder, f"{name}.wav")
    return Entry(str(path), path, name, family, **facts)


def names(catalogue):
    return [catalogue.shown(row).name for row in range(catalogue.n_shown)]


@pytest.fixture
def catalogue():
    made = Catalogue()
    made.put(
        [
            entry("Loop 10", bpm=120.0, key="Am", added_s=3.0),
            entry("loop 2", Family.BASS, bpm=90.0, added_s=2.0, is_favourite=True),
            entry("Amen", Family.PERC, key="C", added_s=1.0, is_on_pad=True, folder="/loops/more"),
        ]
    )
    return made


def test_names_are_sorted_as_people_count(catalogue):
    assert names(catalogue) == ["Amen", "loop 2", "Loop 10"]
    catalogue.set_order(SortBy.NAME, is_falling=True)
    assert names(catalogue) == ["Loop 10", "loop 2", "Amen"]


@pytest.mark.parametrize(
    ("sort_by", "rising", "falling"),
    [
        (SortBy.TEMPO, ["loop 2", "Loop 10", "Amen"], ["Loop 10", "loop 2", "Amen"]),
        (SortBy.KEY, ["Loop 10", "Amen", "loop 2"], ["Amen", "Loop 10", "loop 2"]),
        (SortBy.KIND, ["Loop 10", "Amen", "loop 2"], ["loop 2", "Amen", "Loop 10"]),
        (SortBy.ADDED, ["Amen", "loop 2", "Loop 10"], ["Loop 10", "loop 2", "Amen"]),
    ],
)
def test_what_is_not_known_comes_last_either_way(catalogue, sort_by, rising, falling):
    catalogue.set_order(sort_by, is_falling=False)
    assert names(catalogue) == rising
    catalogue.set_order(sort_by, is_falling=True)
    assert names(catalogue) == falling


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter("LOOP"), ["loop 2", "Loop 10"]),
        (Filter("op 1"), ["Loop 10"]),
        (Filter(families=frozenset({Family.PERC, Family.BASS})), ["Amen", "loop 2"]),
        (Filter(is_favourite=True), ["loop 2"]),
        (Filter(is_on_pad=True), ["Amen"]),
        (Filter(place="/loops/more"), ["Amen"]),
        (Filter(place="/loo"), []),
        (Filter("2", frozenset({Family.DRUMS})), []),
    ],
)
def test_a_filter_shows_what_passes_all_of_it(catalogue, wanted, expected):
    catalogue.set_filter(wanted)
    assert names(catalogue) == expected
    catalogue.set_filter(Filter())
    assert len(names(catalogue)) == 3


@pytest.mark.parametrize("is_falling", [False, True])
@pytest.mark.parametrize("sort_by", list(SortBy))
def test_one_that_is_inserted_lands_where_sorting_would_put_it(catalogue, sort_by, is_falling):
    catalogue.set_order(sort_by, is_falling=is_falling)
    catalogue.set_filter(Filter("o"))
    for new in (entry("Loop 3", bpm=100.0), entry("zoo", Family.BASS, key="B"), entry("hat")):
        row = catalogue.row_for(new)
        catalogue.insert(new)
        assert catalogue.row_of(new.entry_id) == row
        kept = names(catalogue)
        catalogue.set_order(sort_by, is_falling=is_falling)
        assert names(catalogue) == kept
    assert all(catalogue.row_of(catalogue.shown(row).entry_id) == row for row in range(catalogue.n_shown))


def test_a_change_stays_in_place_only_where_the_order_does(catalogue):
    first = catalogue.shown(0)
    assert catalogue.change_in_place(replace(first, bpm=80.0))
    assert catalogue.shown(0).bpm == 80.0
    catalogue.set_order(SortBy.TEMPO, is_falling=False)
    assert not catalogue.change_in_place(replace(first, bpm=200.0))
    catalogue.put([replace(first, bpm=200.0)])
    assert names(catalogue)[-1] == "Amen"


def test_filtering_ten_thousand_sorts_nothing_anew():
    big, entries = Catalogue(), [entry(f"Loop {n} {'beat' if n % 3 else 'bass'}") for n in range(10_000)]

    def time_s(act, *values):
        start_s = time.perf_counter()
        act(*values)
        return time.perf_counter() - start_s

    adding_s = min(time_s(big.put, entries) for _ in range(3))
    filtering_s = min(time_s(big.set_filter, Filter(text)) for text in ("b", "be", "bea"))
    assert big.n_shown == 6666
    assert filtering_s < adding_s / 3


def test_a_folder_is_walked_once_however_its_links_go(tmp_path):
    (tmp_path / "Drums").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b 120bpm.wav", "a.flac", "readme.txt", ".c.wav", "Drums/01.wav", ".hidden/d.wav"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "Drums" / "round").symlink_to(tmp_path)
    (tmp_path / "gone.wav").symlink_to(tmp_path / "nothing.wav")
    found = list(walk_place(tmp_path))
    assert [one.name for one in found] == ["a", "b 120bpm", "01"]
    assert found[1].bpm == 120.0
    assert found[2].family == Family.DRUMS
    assert list(walk_place(tmp_path / "no such folder")) == []


def test_an_entry_of_a_file_that_is_gone_says_so(tmp_path):
    assert entry_of_file(tmp_path / "gone Am.wav").is_missing
    assert entry_of_file(tmp_path / "gone Am.wav").key == "Am"


def test_a_folder_tells_the_kind_where_the_name_does_not():
    assert family_of_path(Path("Bass/01.wav")) == Family.BASS
    assert family_of_path(Path("Bass/kick.wav")) == Family.DRUMS
    assert family_of_path(Path("x/01.wav")) == Family.TEXTURE


def test_one_file_that_is_found_tells_where_the_others_went():
    old, new = Path("/a/packs/one.wav"), Path("/b/here/uno.wav")
    there = {Path("/b/here/two.wav"), Path("/b/here/deep/three.wav")}
    missing = [
        Path(p) for p in ("/a/packs/two.wav", "/a/packs/deep/three.wav", "/a/packs/no.wav", "/c/two.wav")
    ]
    moved = find_moved(missing, old, new, there.__contains__)
    assert moved == {
        old: new,
        Path("/a/packs/two.wav"): Path("/b/here/two.wav"),
        Path("/a/packs/deep/three.wav"): Path("/b/here/deep/three.wav"),
    }


def test_a_file_that_was_renamed_in_its_folder_moves_no_other():
    old, new = Path("/a/one.wav"), Path("/a/two.wav")
    moved = find_moved([Path("/a/two.wav"), Path("/a/three.wav")], old, new, lambda _: True)
    assert moved == {old: new}
