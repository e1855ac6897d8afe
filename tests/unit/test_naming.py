"""What exported files are called."""

from __future__ import annotations

import datetime

import pytest

from morphstudio.audio.naming import NameFields, filled, free_path, has_field
from morphstudio.errors import ParameterError

DATE = datetime.date(2025, 3, 1)
ALL = NameFields(("Amen", "Jungle", "Tabla"), 140.0, "F#m")
NO_KEY = NameFields(("Amen", "Jungle"), 127.5)
NOTHING = NameFields(("Amen",))


@pytest.mark.parametrize(
    ("template", "fields", "name"),
    [
        ("{name}_{bpm}_{key}", ALL, "Amen + Jungle + Tabla_140_F#m"),
        ("{name}_{bpm}_{key}", NO_KEY, "Amen + Jungle_127.5"),
        ("{name}_{bpm}_{key}", NOTHING, "Amen"),
        ("{key}_{bpm}_{name}", NOTHING, "Amen"),
        ("{a} to {b} to {c}", NO_KEY, "Amen to Jungle to"),
        ("{a}-{b}-{c}", NO_KEY, "Amen-Jungle"),
        ("{a} ({bpm}, {key})", ALL, "Amen (140, F#m)"),
        ("{a} ({bpm}, {key})", NO_KEY, "Amen (127.5)"),
        ("{a} ({key}, {bpm})", NO_KEY, "Amen (127.5)"),
        ("{a} ({bpm}, {key}) mix", NOTHING, "Amen mix"),
        ("{nonsense}-{a}", ALL, "Amen"),
        ("{NAME} {Date}", NOTHING, "Amen 2025-03-01"),
        ("{a} {n}", NOTHING, "Amen 7"),
        ("{name}", NameFields(("Amen",), name="My beat"), "My beat"),
        ("my - {key}", NOTHING, "my"),
        ("plain", ALL, "plain"),
        ("ä 音 {a}", NOTHING, "ä 音 Amen"),
    ],
)
def test_fields_are_filled_in_and_empty_ones_vanish_with_their_separator(template, fields, name):
    assert filled(template, fields, DATE, 7) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a/b: <c>", "a_b_ _c_"),
        ("..hidden", "hidden"),
        ("dots...", "dots"),
        ("CON", "CON_"),
        ("lpt1.old", "lpt1.old_"),
        ("tab\tand\nline", "tab_and_line"),
        ("\udce4 broken", "? broken".replace("?", "_")),
        ("{a}", "{a}"),
    ],
)
def test_names_from_elsewhere_are_made_possible_on_any_system(source, name):
    assert filled("{name}", NameFields((source,)), DATE) == name


@pytest.mark.parametrize("template", ["{name", "name}", "{na{me}}", "}{", "{"])
def test_braces_without_a_partner_are_a_sentence(template):
    with pytest.raises(ParameterError, match="partner"):
        filled(template, ALL, DATE)


@pytest.mark.parametrize("template", ["a/b", "{name}\\x", "what?", "a:b", "x\0y"])
def test_typed_characters_that_no_file_may_have_are_a_sentence(template):
    with pytest.raises(ParameterError, match="system"):
        filled(template, ALL, DATE)


@pytest.mark.parametrize("template", ["", "  ", "...", "{key}", "{key} - {c}"])
def test_no_name_is_a_sentence(template):
    with pytest.raises(ParameterError, match="no name"):
        filled(template, NOTHING, DATE)


def test_a_long_field_is_cut_between_characters_and_a_long_name_refused(tmp_path):
    name = filled("{name}_{bpm}", NameFields(("音" * 300,), 100.0), DATE)
    assert name.endswith("音_100")
    assert len(name.encode()) < 200
    with pytest.raises(ParameterError, match="too long"):
        free_path(tmp_path, "x" * 300, NOTHING, ".wav", DATE)


def test_a_free_path_is_numbered_where_the_template_says_or_behind(tmp_path):
    def free(template, taken=()):
        return free_path(tmp_path, template, NOTHING, ".wav", DATE, taken).name

    assert free("{name}") == "Amen.wav"
    assert free("{n} {name}") == "1 Amen.wav"
    for name in ("Amen.wav", "1 Amen.wav", "2 Amen.wav"):
        (tmp_path / name).touch()
    assert free("{name}") == "Amen 2.wav"
    assert free("{name}", {tmp_path / "Amen 2.wav"}) == "Amen 3.wav"
    assert free("{n} {name}") == "3 Amen.wav"


@pytest.mark.parametrize(
    ("template", "has"), [("{name}", True), ("x {n}", True), ("plain", False), ("{nonsense}", False)]
)
def test_a_template_is_told_from_a_name(template, has):
    assert has_field(template) is has
