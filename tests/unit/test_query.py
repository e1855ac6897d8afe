"""What is typed into the search field, tried on rows as the browser has them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from morphstudio.library.analysis import Analysis
from morphstudio.library.catalogue import Catalogue, Filter
from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.library.query import EXAMPLES, Query, parse
from morphstudio.library.sounds import Family

PIANO = "\uff33tage piäno 01-02"
"""Begins with a letter as Japanese keyboards type it."""
TOLD = ("told_bpm", "told_key", "tags", "is_favourite")


def row(name, folder="/sounds", family=Family.TEXTURE, **facts):
    path = Path(folder, f"{name}.wav")
    told = {fact: facts.pop(fact) for fact in TOLD if fact in facts}
    return Entry(str(path), path, name, family, analysis=Analysis(**facts) if facts else None, **told)


ROWS = [
    row("Boom", "/sounds/Drums/Kicks", kind=Kind.KICK, is_loop=False, duration_s=0.4, centroid_hz=90.0),
    row("amen break", "/sounds/Drums", Family.DRUMS, told_bpm=136.0, kind=Kind.DRUM_LOOP, is_loop=True,
        duration_s=7.1),
    row("Kick roll Am", told_bpm=124.0, told_key="Am", is_loop=True, duration_s=3.9, loudness_lufs=-12.0),
    row("Sub", family=Family.BASS, bpm=120.02, key="F#m", is_loop=True, loudness_lufs=-18.5, tags=("Dusty",)),
    row("Bell C3", midi_note=49, cents=-30.0, pitch_class="C#", centroid_hz=5200.0, is_favourite=True),
    row("Choir", told_key="C", kind=Kind.VOCAL, centroid_hz=900.0, duration_s=12.0),
    row(PIANO, tags=("lo fi",), midi_note=60, cents=2.0, pitch_class="C"),
    row("Ambient rain"),
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    made = Catalogue()
    made.set_places(["/sounds"])
    made.put(ROWS)
    return made


def found(catalogue, text):
    catalogue.set_filter(Filter(parse(text)))
    return {catalogue.shown(number).name for number in range(catalogue.n_shown)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AMEN", {"amen break"}),
        ("drums", {"Boom", "amen break"}),
        ("drums/kicks", {"Boom"}),
        ("sounds", set()),
        ("break amen", {"amen break"}),
        ('"break amen"', set()),
        ('"en br', {"amen break"}),
        ("stage", {PIANO}),
        ("pia\u0308no", {PIANO}),
        ("PIÄNO", {PIANO}),
        ("01-02", {PIANO}),
        # kinds
        ("kick", {"Boom", "Kick roll Am"}),
        ("kicks", {"Boom", "Kick roll Am"}),
        ("vox", {"Choir"}),
        ("drum-loop", {"amen break"}),
        ("drum loops", {"amen break"}),
        ("loop", {"amen break", "Kick roll Am", "Sub"}),
        ("one-shot", {"Boom"}),
        ("One Shots", {"Boom"}),
        ("loop -kick", {"amen break", "Sub"}),
        ("-loop -c3 -ambient -choir", {"Boom", PIANO}),
        # tempo
        ("kick 120-128bpm", {"Kick roll Am"}),
        ("120bpm", {"Sub"}),
        ("120 BPM", {"Sub"}),
        ("120,0bpm", {"Sub"}),
        ("120-124bpm", {"Sub", "Kick roll Am"}),
        ("124-120 bpm", {"Sub", "Kick roll Am"}),
        ("120\N{EN DASH}124bpm", {"Sub", "Kick roll Am"}),
        ("120-130", {"Sub", "Kick roll Am"}),
        (">124bpm", {"amen break"}),
        ("> 124bpm", {"amen break"}),
        ("≥124bpm", {"amen break", "Kick roll Am"}),
        ("<124bpm", {"Sub"}),
        ("124bpm-", {"amen break", "Kick roll Am"}),
        ("loop -120bpm", {"amen break", "Kick roll Am"}),
        # keys and notes
        ("Am", {"Kick roll Am"}),
        ("am", {"amen break", "Kick roll Am", "Ambient rain"}),
        ("key:am", {"Kick roll Am"}),
        ("F#m", {"Sub"}),
        ("f♯m", {"Sub"}),
        ("Gbmin", {"Sub"}),
        ("key:C", {"Choir", PIANO}),
        ("key:Cm", set()),
        ("C#3", {"Bell C3"}),
        ("Db3", {"Bell C3"}),
        ("C3", {"Bell C3"}),
        ("c4", {PIANO}),
        # lengths
        ("<2s", {"Boom"}),
        ("2-4s", {"Kick roll Am"}),
        (">500ms", {"amen break", "Kick roll Am", "Choir"}),
        ("300-500ms", {"Boom"}),
        ("300-4s", {"Boom", "Kick roll Am"}),
        ("400ms", {"Boom"}),
        ("7s", {"amen break"}),
        # brightness and loudness
        ("bright", {"Bell C3"}),
        ("dark", {"Boom"}),
        (">2khz", {"Bell C3"}),
        ("500hz-1khz", {"Choir"}),
        ("500-1 kHz", {"Choir"}),
        ("1000-500hz", {"Choir"}),
        (">-14lufs", {"Kick roll Am"}),
        (">-14 LUFS", {"Kick roll Am"}),
        ("-20..-14lufs", {"Sub"}),
        ("-20-\N{MINUS SIGN}14lufs", {"Sub"}),
        ("20-14lufs", {"Sub"}),
        ("-12lufs", {"Kick roll Am"}),
        # marks
        ("#dusty", {"Sub"}),
        ("#dus", {"Sub"}),
        ('#"lo fi"', {PIANO}),
        ("#usty", set()),
        ("dusty", {"Sub"}),
        ("loop -#dusty", {"amen break", "Kick roll Am"}),
        ("fav", {"Bell C3"}),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_meant(catalogue, text, names):
    assert found(catalogue, text) == names


@pytest.mark.parametrize(
    "text",
    ["", "  ", "120-", "120-1", "120-12", "120..", "2-4", "1khz-2k", "500-2", ">",
     ">1", ">120", ">120b", "<", "120-128b", "120-128bp", "2-4k",
     "2-4m", ">2k", "key:", "key:x", "#", "-#", "-", "--", "-l", "-14l", "-14luf", '"', '""', '-"', '#"'],
)  # fmt: skip
def test_what_is_half_typed_restricts_nothing(text):
    assert parse(text) == Query()


def test_no_letter_on_the_way_to_a_tempo_hides_what_it_finds(catalogue):
    # Digits alone are part of a name; from the dash on it is a range.
    text = "loop 120-128bpm"
    for end in [len("loop"), len("loop "), *range(text.index("-") + 1, len(text) + 1)]:
        assert {"Sub", "Kick roll Am"} <= found(catalogue, text[:end])


def test_every_word_that_is_understood_finds_names_that_hold_it(catalogue):
    words = ["loop", "one-shot", "drum", "bright", "dark", "fav", "Cm", "F#", "C3", "120bpm", "2s", "100-120"]
    for word in words + [kind.value for kind in Kind]:
        assert parse(word).terms[0].words
        made = Catalogue()
        made.put([row(f"one {word} two")])
        assert found(made, word) == {f"one {word} two"}
        assert found(made, f"-{word}") == set()


def test_a_quoted_word_is_only_a_word():
    for term in parse('"kick" "120bpm" "fav" "#x"').terms:
        assert term.field is None
        assert len(term.words) == 1


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_part_of_an_example_is_understood(text):
    terms = parse(text).terms
    assert len(terms) == len(text.split())
    assert all(term.field is not None or term.words[0].startswith("\n#") for term in terms)


def test_nothing_that_is_typed_is_an_error(catalogue):
    dice = random.Random(3)
    letters = '0123456789-.,<>=#"kKmsbpmhzlufCFb♯ \t\n\0:éＫ٣½²\N{MINUS SIGN}(*[\\+?\ud800'
    for _ in range(3000):
        text = "".join(dice.choice(letters) for _ in range(dice.randrange(14)))
        assert len(found(catalogue, text)) <= len(ROWS)
    for text in ("9" * 400 + "bpm", "-" * 5000, "1e999s", '"' * 999, ">" * 999, "C9" * 300, "٣٤bpm"):
        found(catalogue, text)
