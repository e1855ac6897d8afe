"""The report from end to end, on a few short pairs: its shape, its ends, and that it is the command's."""

import json

import numpy as np
import pytest
import soundfile
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.cli import app
from morphstudio.errors import FileError, ParameterError
from morphstudio.model.checkpoint import load_any_model
from morphstudio.morph import report as report_module
from morphstudio.morph.engines import make_engine
from morphstudio.morph.report import request_figures
from morphstudio.morph.request import MorphRequest
from morphstudio.paths import factory_model_path
from morphstudio.synth.random_loops import random_loop

ROWS = ["mix", "magnitude", "log-magnitude", "pca", "morphstudio", "morphstudio, uneven"]


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(report_module, "LOOP_S", 1.0)
    monkeypatch.setattr(report_module, "N_POINTS", 3)


@pytest.fixture(scope="module")
def clips():
    return [AudioClip(random_loop(np.random.default_rng(seed), 1.0), f"loop {seed}") for seed in (1, 2)]


def run(*arguments):
    return app([*map(str, arguments)], prog_name="morphstudio", standalone_mode=False)


def test_the_report_has_every_row_and_figure(short, clips):
    told = []
    found = report_module.report(
        clips,
        [load_any_model(factory_model_path())],
        torch.device("cpu"),
        1,
        on_progress=lambda *progress: told.append(progress),
    )
    assert [row.name for row in found.rows] == ROWS
    rows = found.as_dict()["rows"]
    assert rows["morphstudio"]["ends_db"] < -90.0
    assert rows["morphstudio"]["level_error_lu"] < rows["log-magnitude"]["level_error_lu"]
    assert rows["mix"]["presence"] > rows["morphstudio"]["presence"]
    assert rows["mix"]["reconstruction"]["log_mel_error_db"] < 1e-3
    assert 0.0 < rows["morphstudio"]["reconstruction"]["log_mel_error_db"] < 10.0
    assert told[0][:2] == (0, 6)
    assert told[-1][:2] == (6, 6)


def test_the_command_prints_one_object(short, clips, tmp_path, capsys):
    for clip in clips:
        soundfile.write(tmp_path / f"{clip.name}.wav", clip.samples, 44_100)
    run("evaluate", tmp_path, "--pairs", "1", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert list(printed["rows"]) == ROWS
    assert printed["pairs"] == [["loop 1", "loop 2"]]


def test_too_little_to_compare_is_told(tmp_path):
    with pytest.raises(FileError, match="fewer than two loops"):
        run("evaluate", tmp_path)
    with pytest.raises(FileError, match="no folder"):
        run("evaluate", tmp_path / "nowhere")
    with pytest.raises(ParameterError):
        run("evaluate", tmp_path, "--pairs", "0")


def test_the_current_morph_can_be_measured(clips):
    engine = make_engine(load_any_model(factory_model_path()), torch.device("cpu"))
    third = AudioClip(random_loop(np.random.default_rng(3), 1.0), "third")
    found = request_figures(engine, MorphRequest((*clips, third), (0.5, 0.2, 0.3), clips[0].n_frames))
    assert abs(found.level_lu) < 1.5
    assert abs(found.hits - found.wanted_hits) < 4
    alone = request_figures(engine, MorphRequest((clips[0], third), (1.0, 0.0), clips[0].n_frames))
    assert alone.presence > 0.99
    assert alone.hits == alone.wanted_hits
