"""Exports that wait: their order, their progress, what they give way to, and how they are given up."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import ExportOptions
from morphstudio.errors import MorphStudioError, ParameterError
from morphstudio.morph.exports import ExportQueue
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import MorphRequest, MorphResult

N_ITERATIONS = 28


class Engine:
    """Renders silence in as many iterations as were asked for, and does something in each."""

    def __init__(self):
        self.n_renders = 0
        self.during = lambda: None

    def render(self, request, is_cancelled):
        self.n_renders += 1
        for _ in range(request.n_iterations):
            self.during()
            if is_cancelled():
                break
        return MorphResult(np.zeros((request.n_frames, 1), np.float32), 1.0, -20.0)

    def rendering(self, request):
        self.n_renders += 1
        for n in range(N_ITERATIONS):
            self.during()
            yield n / N_ITERATIONS
        return MorphResult(np.zeros((request.n_frames, 1), np.float32), 1.0, -20.0)


class Studio:
    """A queue, what it told, and whether a draft is wanted."""

    def __init__(self):
        self.told = []
        self.is_drafting = False
        self.engine = Engine()
        self.queue = ExportQueue(lambda *event: self.told.append(event), lambda: self.is_drafting)
        clip = AudioClip(np.zeros((500, 1), np.float32), "a")
        self.request = MorphRequest((clip,), (1.0,), 500)

    def add(self, number, path, **options):
        self.queue.add(number, self.request, path, ExportOptions(**options))

    def work(self, n_steps=1000):
        while self.queue and n_steps:
            self.queue.advance(self.engine)
            n_steps -= 1

    @property
    def ends(self):
        return [event for event in self.told if event[0] != "export_progressed"]

    def shares(self, number):
        return [share for name, told, *rest in self.told if name == "export_progressed" and told == number
                for share in rest]  # fmt: skip


@pytest.fixture
def studio(monkeypatch):
    monkeypatch.setattr("morphstudio.morph.exports._TOLD_EVERY_S", -1.0)
    return Studio()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_exports_end_in_the_order_in_which_they_were_asked_for(studio, tmp_path):
    assert not studio.queue
    for number in (4, 5):
        studio.add(number, tmp_path / f"{number}.wav")
    assert studio.queue
    studio.work()
    assert studio.ends == [("export_finished", 4), ("export_finished", 5)]
    assert names(tmp_path) == ["4.wav", "5.wav"]


@pytest.mark.parametrize("repeats", [1, 40])
def test_progress_only_grows_and_covers_render_and_file(studio, tmp_path, repeats):
    studio.add(1, tmp_path / "a.wav", repeats=repeats, tail_s=0.01)
    studio.work()
    shares = studio.shares(1)
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] == 1.0
    assert len(shares) >= N_ITERATIONS + repeats


def test_progress_is_not_told_more_often_than_people_see(tmp_path):
    studio = Studio()
    studio.add(1, tmp_path / "a.wav", repeats=60)
    studio.work()
    assert len(studio.shares(1)) < 40


def test_a_render_gives_way_to_a_draft_twice_at_most(studio, tmp_path):
    studio.add(1, tmp_path / "a.wav")
    studio.is_drafting = True
    studio.work(2)
    assert studio.engine.n_renders == 2
    assert studio.ends == []
    studio.work()
    assert studio.engine.n_renders == 3
    assert studio.ends == [("export_finished", 1)]


def test_writing_is_done_in_steps_so_that_drafts_come_in_between(studio, tmp_path):
    studio.add(1, tmp_path / "a.wav", repeats=10)
    studio.work(5)
    assert studio.queue
    assert not (tmp_path / "a.wav").exists()
    studio.work()
    assert names(tmp_path) == ["a.wav"]


def test_one_that_waits_is_cancelled_at_once(studio, tmp_path):
    studio.add(1, tmp_path / "1.wav")
    studio.add(2, tmp_path / "2.wav")
    studio.queue.cancel(2)
    assert studio.told == [("export_cancelled", 2)]
    studio.work()
    assert names(tmp_path) == ["1.wav"]


def test_one_that_is_rendered_is_cancelled_in_the_middle(studio, tmp_path):
    studio.add(1, tmp_path / "1.wav")
    studio.add(2, tmp_path / "2.wav")
    n_iterations = []

    def during():
        n_iterations.append(studio.engine.n_renders)
        if len(n_iterations) == 5:
            studio.queue.cancel(1)

    studio.engine.during = during
    studio.work()
    assert n_iterations.count(1) == 5
    assert studio.ends == [("export_cancelled", 1), ("export_finished", 2)]
    assert names(tmp_path) == ["2.wav"]


def test_one_that_is_written_is_cancelled_and_leaves_the_old_file(studio, tmp_path):
    path = tmp_path / "a.wav"
    path.write_text("the old file")
    studio.add(1, path, repeats=10)
    studio.work(4)
    assert len(names(tmp_path)) == 2  # what is being written lies beside
    studio.queue.cancel(1)
    studio.work()
    assert studio.ends == [("export_cancelled", 1)]
    assert names(tmp_path) == ["a.wav"]
    assert path.read_text() == "the old file"


def test_to_cancel_what_has_ended_says_nothing(studio, tmp_path):
    studio.add(1, tmp_path / "a.wav")
    studio.work()
    studio.queue.cancel(1)
    studio.queue.cancel(7)
    assert studio.ends == [("export_finished", 1)]


def test_a_failure_is_told_and_the_next_goes_on(studio, tmp_path):
    studio.add(1, tmp_path / "gone" / "a.wav")
    studio.add(2, tmp_path / "b.wav", bits=20)
    studio.add(3, tmp_path / "c.wav")
    studio.work()
    assert [event[:2] for event in studio.ends] == [
        ("export_failed", 1), ("export_failed", 2), ("export_finished", 3)]  # fmt: skip
    assert "does not exist" in studio.ends[0][2].message
    assert isinstance(studio.ends[1][2], MorphStudioError)
    assert names(tmp_path) == ["c.wav"]


def test_a_fault_in_the_engine_is_a_failure(studio, tmp_path):
    studio.engine.during = lambda: 1 / 0
    studio.add(1, tmp_path / "a.wav")
    studio.work()
    (event,) = studio.ends
    assert event[:2] == ("export_failed", 1)
    assert "a.wav" in event[2].message


def test_without_a_model_it_is_refused_by_name(studio, tmp_path):
    studio.add(1, tmp_path / "a.wav")
    studio.queue.refuse()
    assert not studio.queue
    assert studio.ends[0][:2] == ("export_failed", 1)
    assert "a.wav" in studio.ends[0][2].message


def test_a_path_is_rendered_in_steps_between_which_drafts_come(studio, tmp_path):
    """It is begun once, however often somebody wants a draft, and is in its place when all of it is done."""
    studio.request = PathRequest(studio.request, np.ones((3, 1)), 1200)
    studio.is_drafting = True
    studio.add(1, tmp_path / "path.wav")
    studio.work(N_ITERATIONS)
    assert studio.ends == []
    studio.work()
    assert studio.ends == [("export_finished", 1)]
    assert studio.engine.n_renders == 1
    shares = studio.shares(1)
    assert shares == sorted(shares)
    assert len(shares) >= N_ITERATIONS
    assert shares[-1] == 1.0
    assert soundfile.info(tmp_path / "path.wav").frames == 1200


def test_a_path_is_cancelled_between_two_steps(studio, tmp_path):
    studio.request = PathRequest(studio.request, np.ones((3, 1)), 1200)
    studio.add(1, tmp_path / "path.wav")
    studio.work(5)
    studio.queue.cancel(1)
    studio.work()
    assert studio.ends == [("export_cancelled", 1)]
    assert names(tmp_path) == []


def test_a_path_that_cannot_be_rendered_says_so(studio, tmp_path):
    def refuse():
        raise ParameterError("No path", "This model knows no paths.")

    studio.engine.during = refuse
    studio.request = PathRequest(studio.request, np.ones((3, 1)), 1200)
    studio.add(1, tmp_path / "path.wav")
    studio.work()
    (event,) = studio.ends
    assert event[:2] == ("export_failed", 1)
    assert "knows no paths" in event[2].message
