"""The weights of the embedding come whole or not at all, and whatever goes wrong is one sentence."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time

import pytest
import torchaudio

from morphstudio.errors import MorphStudioError
from morphstudio.library import embedding_weights
from morphstudio.library.embedding import Embedder
from morphstudio.library.embedding_fetch import fetch
from morphstudio.library.embedding_weights import WAV2VEC2, EmbeddingWeights, download, is_there, remove
from tests.conftest import REPOSITORY
from tests.fake_fetching import FILE_NAME, LENGTH, command
from tests.weights_server import TinyBundle, WeightsServer

WEIGHTS = EmbeddingWeights("made-up", FILE_NAME, LENGTH)
CHILD = """
import sys
from pathlib import Path
import torch
torch.set_num_threads(1)
from morphstudio.library.embedding_fetch import main
from tests.weights_server import TinyBundle, tiny_weights
sys.exit(main(TinyBundle(sys.argv[1]), Path(sys.argv[2]), tiny_weights()[1]))
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "embedding"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    server = WeightsServer()
    yield server
    server.close()


def left_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


# --- whoever has it fetched -----------------------------------------------------------------------


def test_what_is_fetched_is_the_file_and_progress_counts_up_to_its_size(folder):
    told = []
    assert not is_there(WEIGHTS, folder)
    assert download(WEIGHTS, folder, lambda *figures: told.append(figures), command=command("slow"))
    assert is_there(WEIGHTS, folder)
    assert sorted(told) == told
    assert len({done for done, _ in told}) > 3
    assert told[-1] == (LENGTH, LENGTH)
    assert left_in(folder) == [FILE_NAME]


def test_what_is_there_is_not_fetched_again_until_it_is_deleted(folder):
    download(WEIGHTS, folder, command=command("whole"))
    assert download(WEIGHTS, folder, command=command("fails"))
    remove(WEIGHTS, folder)
    remove(WEIGHTS, folder)
    assert not is_there(WEIGHTS, folder)
    with pytest.raises(MorphStudioError, match="not at home"):
        download(WEIGHTS, folder, command=command("fails"))


def test_cancelling_ends_the_process_and_leaves_nothing(folder):
    done = []

    def is_cancelled():
        return any(n_bytes > LENGTH // 4 for n_bytes in done)

    began_s = time.monotonic()
    assert not download(WEIGHTS, folder, lambda n, _: done.append(n), is_cancelled, command("held"))
    assert time.monotonic() - began_s < 15.0
    assert left_in(folder) == []
    assert not is_there(WEIGHTS, folder)


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [("fails", "not at home"), ("dies", "ended by itself"), ("short", "ended by itself")],
)
def test_what_goes_wrong_is_one_sentence_and_leaves_nothing(folder, mode, sentence):
    with pytest.raises(MorphStudioError, match=sentence) as raised:
        download(WEIGHTS, folder, command=command(mode))
    assert raised.value.hint
    assert left_in(folder) == []


def test_a_full_disk_is_said_before_anything_is_asked_for(folder, monkeypatch):
    usage = embedding_weights.shutil.disk_usage
    monkeypatch.setattr(embedding_weights.shutil, "disk_usage", lambda path: usage(path)._replace(free=1000))
    with pytest.raises(MorphStudioError, match="no room for 3 MB"):
        download(WEIGHTS, folder, command=("there", "is", "no", "such", "command"))


def test_what_a_killed_program_left_goes_but_not_what_another_window_fetches(folder):
    old, busy = folder / "fetch-old", folder / "fetch-busy"
    for part in (old, busy):
        part.mkdir(parents=True)
        (part / "weights.pth.ab.partial").write_bytes(bytes(100))
    for path in (old, *old.iterdir()):
        os.utime(path, (0, 0))
    assert not is_there(WEIGHTS, folder)
    download(WEIGHTS, folder, command=command("whole"))
    assert left_in(folder) == ["fetch-busy", FILE_NAME]


def test_a_half_fetched_file_does_not_count(folder):
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(bytes(LENGTH // 2))
    assert not is_there(WEIGHTS, folder)
    assert download(WEIGHTS, folder, command=command("whole"))
    assert (folder / FILE_NAME).stat().st_size == LENGTH


def test_the_size_that_people_are_told_is_that_of_the_weights():
    import torch

    with torch.device("meta"):
        model = torchaudio.models.wav2vec2_model(**torchaudio.pipelines.WAV2VEC2_BASE._params)
    n_bytes = sum(value.numel() * value.element_size() for value in model.state_dict().values())
    assert WAV2VEC2.n_bytes == pytest.approx(n_bytes, rel=0.001)
    assert WAV2VEC2.size_mb == 378


# --- the process that fetches, by torch's hub ------------------------------------------------------


def test_hub_fetches_what_the_network_can_use(server, folder):
    fetch(TinyBundle(server.url), folder, server.weights)
    assert (folder / "tiny.pth").read_bytes() == server.body
    Embedder(TinyBundle(), folder, server.weights)


class Trap:
    """What a hostile file would have run."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (type(self.path).touch, (self.path,))


def broken_off(server, _):
    server.body = server.body[: len(server.body) // 2]


def unannounced(server, _):
    server.claims = None
    broken_off(server, _)


def refused(server, _):
    server.status = 404


def noise(server, _):
    server.body = bytes(len(server.body))


def longer(server, _):
    server.body, server.claims = server.body * 2, None


def hostile(server, tmp_path):
    content = pickle.dumps({"a": Trap(tmp_path / "sprung")}, 2)
    server.body = content + bytes(len(server.body) - len(content))


@pytest.mark.parametrize(
    ("misbehave", "sentence"),
    [
        (broken_off, "broke off"),
        (unannounced, "broke off"),
        (refused, "answered 404"),
        (noise, "not made-up"),
        (longer, "not made-up"),
        (hostile, "not made-up"),
        (lambda server, _: server.close(), "could not be reached"),
    ],
)
def test_whatever_else_comes_is_told_apart(server, folder, tmp_path, misbehave, sentence):
    misbehave(server, tmp_path)
    with pytest.raises(MorphStudioError, match=sentence) as raised:
        fetch(TinyBundle(server.url), folder, server.weights)
    assert raised.value.hint
    assert not (tmp_path / "sprung").exists()


def test_a_folder_that_cannot_be_written_is_named(server, tmp_path):
    (tmp_path / "embedding").write_text("a file")
    with pytest.raises(MorphStudioError, match="could not be kept in") as raised:
        fetch(TinyBundle(server.url), tmp_path / "embedding" / "fetch-1", server.weights)
    assert "who may write" in raised.value.hint


def test_the_real_process_fetches_and_says_why_it_cannot(server, folder):
    fetching = (sys.executable, "-c", CHILD, server.url)
    assert download(server.weights, folder, command=fetching)
    assert (folder / "tiny.pth").read_bytes() == server.body
    remove(server.weights, folder)
    server.close()
    with pytest.raises(MorphStudioError, match="could not be reached"):
        download(server.weights, folder, command=fetching)


def test_it_leaves_with_whoever_started_it_and_takes_along_what_came(server, folder):
    folder.mkdir()
    server.holds_after = len(server.body) // 2
    child = subprocess.Popen(
        (sys.executable, "-c", CHILD, server.url, str(folder)),
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY,
    )  # fmt: skip
    with child:
        while not left_in(folder):
            assert child.poll() is None
            time.sleep(0.02)
        child.stdin.close()
        assert child.wait(20.0) == 1
    assert not folder.exists()
