"""What was on the pad comes back, and no damaged file keeps the program from starting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import PadPoint
from morphstudio.rescue import Rescued, rescue, rescued, set_aside
from morphstudio.session import MorphOptions

DOTS = {Path("/loops/Überdub ✓.wav"): PadPoint(0.25, 1.0), Path("/b.flac"): PadPoint(0.1, 0.9)}
OPTIONS = MorphOptions(0.5, False, True, False, -12)


def test_what_was_rescued_comes_back(tmp_path):
    path = tmp_path / "not there yet" / "rescued.json"
    rescue(path, DOTS, OPTIONS)
    assert rescued(path) == Rescued(tuple(DOTS.items()), OPTIONS)
    assert [file.name for file in path.parent.iterdir()] == ["rescued.json"]


def test_nothing_was_rescued(tmp_path):
    assert rescued(tmp_path / "rescued.json") is None


def test_what_was_offered_is_offered_no_more_and_is_still_there(tmp_path):
    path = tmp_path / "rescued.json"
    rescue(path, DOTS, OPTIONS)
    before = path.read_bytes()
    set_aside(path)
    assert rescued(path) is None
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(version=2),
        lambda content: content.pop("dots"),
        lambda content: content["dots"][0].update(x="left"),
        lambda content: content["dots"][0].update(y=float("nan")),
        lambda content: content["dots"].append(None),
        lambda content: content["options"].update(detail=1.5),
        lambda content: content["options"].update(pitch_st=99),
        lambda content: content["options"].pop("align"),
    ],
)
def test_what_makes_no_sense_is_not_used(tmp_path, change):
    path = tmp_path / "rescued.json"
    rescue(path, DOTS, OPTIONS)
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    assert rescued(path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "[" * 100_000])
def test_a_damaged_file_is_not_used(tmp_path, content):
    path = tmp_path / "rescued.json"
    path.write_text(content)
    assert rescued(path) is None


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MorphStudioError, match="cannot be made"):
        rescue(tmp_path / "file" / "rescued.json", DOTS, OPTIONS)
