"""The library without a window: folders that are walked, lists that are sorted, files that moved."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from morphstudio.library.analysis import Analysis
from morphstudio.library.catalogue import Catalogue, Filter, SortBy
from morphstudio.library.entries import Entry, entry_of_file, entry_of_indexed, heard, merged
from morphstudio.library.indexed_file import IndexedFile, Stamp
from morphstudio.library.kinds import Kind
from morphstudio.library.marks import Marks
from morphstudio.library.naming import facts_of_name
from morphstudio.library.query import parse
from morphstudio.library.relocation import find_moved
from morphstudio.library.sounds import Family, family_of_path


def entry(name, family=Family.DRUMS, folder="/loops", **facts):
    path = Path(folder, f"{name}.wav")
    return Entry(str(path), path, name, family, **facts)


LONG_AND_BRIGHT = Analysis(
    duration_s=8.0, centroid_hz=4000.0, loudness_lufs=-9.0, kind=Kind.DRUM_LOOP, midi_note=60, cents=1.0
)
SHORT_NOTE = Analysis(
    duration_s=0.5, centroid_hz=80.0, loudness_lufs=-20.0, kind=Kind.BASS, midi_note=36, cents=-20.0,
    pitch_class="C",
)  # fmt: skip


def names(catalogue):
    return [catalogue.shown(row).name for row in range(catalogue.n_shown)]


@pytest.fixture
def catalogue():
    made = Catalogue()
    made.put(
        [
            entry("Loop 10", told_bpm=120.0, told_key="Am", added_s=3.0, analysis=LONG_AND_BRIGHT),
            entry("loop 2", Family.BASS, told_bpm=90.0, added_s=2.0, is_favourite=True, analysis=SHORT_NOTE),
            entry("Amen", Family.PERC, told_key="C", added_s=1.0, is_on_pad=True, folder="/loops/more"),
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
        (SortBy.KEY, ["Amen", "loop 2", "Loop 10"], ["Loop 10", "loop 2", "Amen"]),
        (SortBy.PITCH, ["loop 2", "Loop 10", "Amen"], ["Loop 10", "loop 2", "Amen"]),
        (SortBy.KIND, ["loop 2", "Loop 10", "Amen"], ["Loop 10", "loop 2", "Amen"]),
        (SortBy.LENGTH, ["loop 2", "Loop 10", "Amen"], ["Loop 10", "loop 2", "Amen"]),
        (SortBy.BRIGHTNESS, ["loop 2", "Loop 10", "Amen"], ["Loop 10", "loop 2", "Amen"]),
        (SortBy.LOUDNESS, ["loop 2", "Loop 10", "Amen"], ["Loop 10", "loop 2", "Amen"]),
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
        (Filter(parse("LOOP")), ["loop 2", "Loop 10"]),
        (Filter(parse("op 1")), ["Loop 10"]),
        (Filter(families=frozenset({Family.PERC, Family.BASS})), ["Amen", "loop 2"]),
        (Filter(is_favourite=True), ["loop 2"]),
        (Filter(is_on_pad=True), ["Amen"]),
        (Filter(place="/loops/more"), ["Amen"]),
        (Filter(place="/loo"), []),
        (Filter(parse("2"), frozenset({Family.DRUMS})), []),
        (Filter(kinds=frozenset({Kind.BASS, Kind.TOM})), ["loop 2"]),
        (Filter(similar=("/loops/Loop 10.wav", "/gone.wav", "/loops/loop 2.wav")), ["Loop 10", "loop 2"]),
        (Filter(similar=()), []),
    ],
)
def test_a_filter_shows_what_passes_all_of_it(catalogue, wanted, expected):
    catalogue.set_filter(wanted)
    assert names(catalogue) == expected
    catalogue.set_filter(Filter())
    assert len(names(catalogue)) == 3


def test_what_is_alike_is_in_the_order_of_its_names_either_way(catalogue):
    catalogue.put([entry(name) for name in ("b 10", "b 9", "a")])
    for is_falling in (False, True):
        catalogue.set_order(SortBy.LENGTH, is_falling=is_falling)
        assert names(catalogue)[2:] == ["a", "Amen", "b 9", "b 10"]


def test_what_has_no_kind_yet_comes_last_by_its_family(catalogue):
    catalogue.put([entry("z", Family.DRUMS), entry("y", Family.SYNTH)])
    catalogue.set_order(SortBy.KIND, is_falling=False)
    assert names(catalogue) == ["loop 2", "Loop 10", "z", "Amen", "y"]


def test_keys_go_round_and_notes_stand_between_major_and_minor():
    made = Catalogue()
    made.put([entry(key, told_key=key) for key in ("Bm", "Am", "Cm", "Db", "C", "C#m", "B")])
    made.put([entry(str(note), analysis=Analysis(midi_note=note, pitch_class="C")) for note in (60, 36)])
    made.set_order(SortBy.KEY, is_falling=False)
    assert names(made) == ["C", "36", "60", "Cm", "Db", "C#m", "Am", "B", "Bm"]


def test_what_is_like_a_sound_is_sorted_by_that_until_another_order_is_set(catalogue):
    catalogue.set_order(SortBy.NAME, is_falling=True)
    catalogue.set_filter(Filter(similar=("/loops/Loop 10.wav", "/loops/loop 2.wav", "/loops/new.wav")))
    assert catalogue.order == (SortBy.SIMILARITY, False)
    catalogue.put([entry("new")])
    assert names(catalogue) == ["Loop 10", "loop 2", "new"]
    catalogue.set_filter(Filter(similar=("/loops/loop 2.wav", "/loops/Loop 10.wav")))
    assert names(catalogue) == ["loop 2", "Loop 10"]
    catalogue.set_filter(Filter())
    assert catalogue.order == (SortBy.NAME, True)
    assert names(catalogue) == ["new", "Loop 10", "loop 2", "Amen"]
    catalogue.set_filter(Filter(similar=("/loops/Loop 10.wav", "/loops/loop 2.wav")))
    catalogue.set_order(SortBy.TEMPO, is_falling=False)
    assert names(catalogue) == ["loop 2", "Loop 10"]
    catalogue.set_filter(Filter())
    assert catalogue.order == (SortBy.TEMPO, False)


def test_nothing_moves_before_it_is_settled(catalogue):
    before = names(catalogue)
    staged = catalogue.stage([entry("Bongo"), replace(catalogue.shown(0), told_bpm=70.0)])
    assert staged.is_moved
    assert staged.inserted == (1, 1)
    assert staged.rows.tolist() == [0]
    assert names(catalogue) == before
    assert catalogue.row_of("/loops/Bongo.wav") == -1
    catalogue.settle()
    assert names(catalogue) == ["Amen", "Bongo", "loop 2", "Loop 10"]
    assert catalogue.row_of("/loops/Bongo.wav") == 1


def test_a_change_stays_in_place_only_where_the_order_does(catalogue):
    first = catalogue.shown(0)
    assert not catalogue.stage([replace(first, told_bpm=80.0)]).is_moved
    assert catalogue.shown(0).bpm == 80.0
    catalogue.set_order(SortBy.TEMPO, is_falling=False)
    assert catalogue.row_of(first.entry_id) == 0
    staged = catalogue.stage([replace(first, told_bpm=200.0)])
    assert staged.is_moved
    assert staged.inserted is None
    catalogue.settle()
    assert names(catalogue)[-1] == "Amen"


def test_what_is_filtered_away_is_no_change_of_the_list(catalogue):
    catalogue.set_filter(Filter(parse("loop")))
    assert not catalogue.stage([entry("Bongo")]).is_moved
    assert not catalogue.stage([replace(catalogue.get("/loops/Bongo.wav"), told_key="C")]).rows.size
    assert catalogue.stage([replace(catalogue.get("/loops/Bongo.wav"), name="loopy")]).is_moved


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_and_goes_the_list_is_as_if_all_had_come_at_once(seed):
    dice = random.Random(seed)
    made, known = Catalogue(), {}
    for _ in range(60):
        entries = [random_entry(dice) for _ in range(dice.randrange(5))]
        match dice.randrange(6):
            case 0:
                made.set_order(dice.choice(list(SortBy)), is_falling=dice.random() < 0.5)
            case 1:
                made.set_filter(random_filter(dice))
            case 2:
                made.drop([one.entry_id for one in entries])
                known = {one: known[one] for one in known if one not in {e.entry_id for e in entries}}
            case _:
                staged = made.stage(entries)
                before = names(made)
                made.settle()
                assert staged.is_moved or names(made) == before
                if staged.inserted is not None:
                    kept = names(made)
                    del kept[staged.inserted[0] : staged.inserted[1] + 1]
                    assert kept == before
                known |= {one.entry_id: one for one in entries}
        fresh = Catalogue()
        fresh.put(known.values())
        fresh.set_filter(made.filter)
        fresh.set_order(made.order[0], is_falling=made.order[1])
        assert names(made) == names(fresh)
        assert len(made) == len(known)
        assert all(made.row_of(made.shown(row).entry_id) == row for row in range(made.n_shown))


def random_entry(dice):
    heard_now = Analysis(
        kind=dice.choice([None, *Kind]),
        bpm=dice.choice([None, 90.0, 120.0]),
        key=dice.choice(["", "C", "Am"]),
        duration_s=dice.choice([None, 1.0, 2.0]),
    )
    one = entry(dice.choice("abcdefgh"), dice.choice(list(Family)), analysis=dice.choice([None, heard_now]))
    return replace(one, name=f"{one.name} {dice.choice(('1', '10', '2'))}", is_favourite=dice.random() < 0.5)


def random_filter(dice):
    return Filter(
        parse(dice.choice(["", "a", "<2s", "-b key:C"])),
        is_favourite=dice.random() < 0.3,
        kinds=frozenset(dice.sample(list(Kind), 8)) if dice.random() < 0.3 else frozenset(),
        similar=tuple(f"/loops/{letter}.wav" for letter in "cab") if dice.random() < 0.3 else None,
    )


def test_folders_below_the_places_are_searched_and_those_above_are_not(catalogue):
    catalogue.set_filter(Filter(parse("more")))
    assert names(catalogue) == []
    catalogue.set_places(["/loops", "/loops/more"])
    assert names(catalogue) == ["Amen"]
    catalogue.set_filter(Filter(parse("oops")))
    assert names(catalogue) == []


def test_what_is_known_of_a_sound_comes_from_a_hand_then_its_name_then_an_ear():
    ear = Analysis(bpm=99.0, key="Bm", kind=Kind.KICK, kind_confidence=0.9, is_loop=False, duration_s=2.0)
    vague, clear = entry("x", Family.TEXTURE), entry("y", Family.BASS, told_bpm=120.0, told_key="C")
    assert (vague.kind, vague.bpm, vague.key, vague.is_loop) == (None, None, "", None)
    vague, clear = heard(vague, ear), heard(clear, ear)
    assert (vague.bpm, vague.key, vague.family, vague.is_loop) == (99.0, "Bm", Family.DRUMS, False)
    assert (clear.bpm, clear.key, clear.family, clear.kind) == (120.0, "C", Family.BASS, Kind.KICK)
    unsure = heard(vague, replace(ear, kind_confidence=0.2))
    assert (unsure.family, unsure.kind) == (Family.TEXTURE, Kind.KICK)
    said = replace(clear, kind_by_hand=Kind.TOM)
    assert (said.kind, said.family, said.is_kind_by_hand) == (Kind.TOM, Family.PERC, True)
    assert vague.duration_s == 2.0


def test_what_is_found_out_is_added_and_what_a_hand_said_stays():
    ear = Analysis(duration_s=2.0, kind=Kind.HAT)
    known = entry("x", tags=("mine",), kind_by_hand=Kind.TOM, is_favourite=True, duration_s=1.0)
    assert merged(known, entry("x", duration_s=1.0)) is known
    new = merged(known, entry("x", analysis=ear, tags=("other",), told_bpm=90.0, duration_s=2.0))
    assert (new.tags, new.kind, new.is_favourite) == (("mine",), Kind.TOM, True)
    assert (new.analysis, new.bpm, new.duration_s) == (ear, 90.0, 2.0)
    assert merged(new, known).analysis is ear


def test_an_entry_of_the_index_needs_no_file():
    ear = Analysis(duration_s=2.0, kind=Kind.HAT)
    file = IndexedFile("/no/such/Hats/Loop 97 F#m.wav", Stamp(1, 2), 5.0, is_missing=True, analysis=ear)
    one = entry_of_indexed(file, Marks(is_favourite=True, tags=("a", "b"), kind=Kind.CLAP))
    assert (one.entry_id, one.name, one.path) == (file.path, "Loop 97 F#m", Path(file.path))
    assert (one.bpm, one.key, one.duration_s, one.added_s) == (97.0, "F#m", 2.0, 5.0)
    assert (one.tags, one.kind, one.is_favourite, one.is_missing) == (("a", "b"), Kind.CLAP, True, True)
    bare = entry_of_indexed(IndexedFile("/a  b\tc.wav", Stamp(1, 2), 5.0), Marks())
    assert (bare.name, bare.analysis, bare.duration_s) == ("a b c", None, None)


@pytest.fixture(scope="module")
def many():
    """20 000 entries that were listened to."""
    dice = random.Random(1)

    def listened():
        return Analysis(
            duration_s=dice.uniform(0.1, 9.0),
            bpm=dice.uniform(60.0, 180.0),
            key=dice.choice(["", "C", "F#m"]),
            kind=dice.choice(list(Kind)),
            centroid_hz=dice.uniform(50.0, 9000.0),
        )

    words = ("kick", "amen", "pad")
    return [
        entry(f"{dice.choice(words)} {n}", folder=f"/loops/{n % 9}", analysis=listened())
        for n in range(20_000)
    ]


def least_s(acts):
    """Processor time of the quickest of some acts: what others do at the same time is not in it."""
    taken_s = []
    for act in acts:
        start_s = time.thread_time()
        act()
        taken_s.append(time.thread_time() - start_s)
    return min(taken_s)


def test_twenty_thousand_are_searched_sorted_and_changed_between_two_pictures(many):
    big, dice = Catalogue(), random.Random(2)
    filling_s = least_s([lambda: big.put(many)])
    big.set_places(["/loops"])

    def search(text):
        return lambda: big.set_filter(Filter(parse(text)))

    def sort(sort_by):
        return lambda: big.set_order(sort_by, is_falling=True)

    def change():
        shuffled = [replace(one, analysis=dice.choice(many).analysis) for one in dice.sample(many, 500)]
        return lambda: big.put(shuffled)

    for text in ("k", "kick 120-128bpm -9", "F#m loop", "#dusty", "pad bright <2s"):
        assert least_s([search(text)] * 3) < filling_s / 6
    search("")()
    for sort_by in SortBy:
        assert least_s([sort(sort_by)] * 3) < filling_s / 10
        assert least_s([change() for _ in range(3)]) < filling_s / 6


def test_entries_of_the_index_come_as_quickly_as_their_names_are_read():
    files = [
        IndexedFile(f"/loops/{n % 9}/take {n} 128 Am.wav", Stamp(1, 2), 5.0, analysis=Analysis())
        for n in range(1000)
    ]
    marks = Marks()
    names_s = least_s([lambda: [facts_of_name(Path(file.path).stem) for file in files]] * 3)
    assert least_s([lambda: [entry_of_indexed(file, marks) for file in files]] * 3) < 5 * names_s


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
