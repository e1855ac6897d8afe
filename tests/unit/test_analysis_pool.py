"""Files are listened to once, in the order in which they are wanted, whatever becomes of the processes."""

import math
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from morphstudio.library import analysis_pool
from morphstudio.library.analysis_pool import AnalysisPool, suitable_workers
from morphstudio.library.indexed_file import fingerprint_of, stamp_of
from tests.conftest import child_processes, process_state

FAKE = (sys.executable, "-m", "tests.unit.fake_listening")
# At the priority of a test: on a machine that has much to do the lowest may wait for minutes.
REAL = (
    sys.executable,
    "-c",
    "from morphstudio.library.analysis_worker import make_analyse, serve; serve(make_analyse)",
)
WAIT_S = 20.0
OWNER = """
import sys, time
from pathlib import Path
from morphstudio.library.analysis_pool import AnalysisPool
from tests.unit.test_analysis_pool import FAKE, Ears
ears = Ears()
pool = AnalysisPool(ears, 2, FAKE)
pool.submit(Path(sys.argv[1]).iterdir())
ears.wait(lambda: len({analysis.rate_hz for _, _, analysis in ears.heard}) == 2)
print(*{analysis.rate_hz for _, _, analysis in ears.heard}, flush=True)
time.sleep(60.0)
"""


class Ears:
    """What a pool told."""

    def __init__(self):
        self.heard, self.progress, self.failures, self.threads = [], [], [], set()
        self.n_idle, self.not_embedded_errors = 0, []

    def analysed(self, path, stamp, fingerprint, analysis):
        assert not path.exists() or path.stem == "changing" or fingerprint == fingerprint_of(path)
        self.threads.add(threading.current_thread())
        self.heard.append((path, stamp, analysis))

    def progressed(self, n_done, n_total, seconds_left):
        self.progress.append((n_done, n_total, seconds_left))

    def idle(self):
        self.n_idle += 1

    def not_embedded(self, error):
        self.not_embedded_errors.append(error)

    def failed(self, error):
        self.failures.append(error)

    @property
    def names(self):
        return [path.name for path, _, _ in self.heard]

    @property
    def errors(self):
        return {path.name: analysis.error for path, _, analysis in self.heard if analysis.error}

    @property
    def pids(self):
        return {analysis.rate_hz for _, _, analysis in self.heard if analysis.rate_hz}

    def wait(self, is_so, timeout_s=WAIT_S):
        deadline_s = time.monotonic() + timeout_s
        while not is_so():
            assert time.monotonic() < deadline_s, (self.names, self.failures)
            time.sleep(0.005)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def listened(tmp_path, monkeypatch):
    """Returns a function that gives the names of the files that processes have listened to."""
    log = tmp_path / "listened.txt"
    log.touch()
    monkeypatch.setenv("LISTENED", str(log))
    return lambda: log.read_text().splitlines()


@pytest.fixture
def folder(tmp_path, listened):
    folder = tmp_path / "sounds"
    folder.mkdir()
    return folder


@pytest.fixture
def files(folder):
    """Returns a function that makes files of these names."""

    def make(*names):
        for name in names:
            (folder / name).write_text(name)
        return [folder / name for name in names]

    return make


@pytest.fixture
def make_pool(ears):
    """Returns a function that makes a pool, which is stopped when the test is over."""
    pools = []

    def make(n_workers=1, command=FAKE, **options):
        pools.append(AnalysisPool(ears, n_workers, command, **options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.stop()


def many(n, word="sound"):
    return [f"{word} {number}.wav" for number in range(n)]


def test_every_file_is_listened_to_once_and_told_from_one_thread(make_pool, files, ears, listened):
    paths = files(*many(40))
    pool = make_pool(3)
    pool.submit(paths)
    pool.submit(reversed(paths))
    ears.wait(lambda: ears.n_idle == 1)
    assert sorted(ears.names) == sorted(listened()) == sorted(path.name for path in paths)
    assert {(path, stamp) for path, stamp, _ in ears.heard} == {
        (path, stamp_of(path.stat())) for path in paths
    }
    assert len(ears.threads) == 1
    assert threading.current_thread() not in ears.threads


def test_files_of_several_processes_are_all_told(make_pool, files, ears):
    pool = make_pool(2)
    pool.submit(files(*many(60, "slow")))
    ears.wait(lambda: ears.n_idle == 1)
    assert len(ears.names) == 60
    assert len(ears.pids) == 2


def test_progress_counts_up_to_all_and_the_time_left_falls_to_nothing(make_pool, files, ears):
    make_pool().submit(files(*many(30, "slow")))
    ears.wait(lambda: ears.n_idle == 1)
    assert [(n_done, n_total) for n_done, n_total, _ in ears.progress] == [(n, 30) for n in range(31)]
    left_s = [seconds for _, _, seconds in ears.progress]
    assert left_s[0] == math.inf
    assert left_s[9] >= 20 * 0.05
    assert left_s[-1] == 0.0
    known = [seconds for seconds in left_s if seconds < math.inf]
    assert known[-1] < known[len(known) // 2] < known[0]


def test_what_is_in_view_goes_first_in_its_order(make_pool, files, ears, listened):
    paths = files(*many(50, "slow"))
    pool = make_pool()
    pool.submit(paths)
    ears.wait(lambda: ears.names)
    wanted = [paths[40], paths[49], paths[30], paths[0]]
    pool.want_first(wanted)
    pool.want_first([paths[20].with_name("nobody knows it.wav")])
    ears.wait(lambda: ears.n_idle == 1)
    order = listened()
    begin = order.index("slow 40.wav")
    assert begin < 30
    assert order[begin : begin + 3] == ["slow 40.wav", "slow 49.wav", "slow 30.wav"]
    assert len(order) == len(set(order)) == 50


def test_cancelled_files_are_left_out_and_what_comes_later_is_done(make_pool, files, ears):
    pool = make_pool()
    pool.submit(files(*many(200, "slow")))
    ears.wait(lambda: len(ears.names) >= 3)
    pool.cancel()
    ears.wait(lambda: ears.n_idle == 1)
    assert len(ears.names) < 100
    pool.submit(files("later.wav"))
    ears.wait(lambda: ears.n_idle == 2)
    assert ears.names[-1] == "later.wav"
    assert ears.progress[-1] == (1, 1, 0.0)


def test_a_rest_ends_the_processes_and_what_they_heard_is_begun_anew(make_pool, files, ears):
    pool = make_pool(2)
    pool.submit(files(*many(40, "slow")))
    ears.wait(lambda: ears.pids)
    pool.rest()
    ears.wait(lambda: not child_processes())
    n_heard = len(ears.names)
    time.sleep(0.2)
    assert len(ears.names) == n_heard < 40
    pool.resume()
    ears.wait(lambda: ears.n_idle == 1)
    assert sorted(ears.names) == sorted(many(40, "slow"))
    assert not ears.failures


def test_a_pause_lets_files_finish_and_nothing_begins_until_it_is_over(make_pool, files, ears, monkeypatch):
    monkeypatch.setattr(analysis_pool, "_LOOK_EVERY_S", 0.05)
    pool = make_pool(2, idle_s=0.2)
    pool.submit(files(*many(40, "slow")))
    ears.wait(lambda: ears.pids)
    pool.pause()
    ears.wait(lambda: not child_processes())
    n_heard = len(ears.names)
    time.sleep(0.3)
    assert len(ears.names) == n_heard < 40
    assert not ears.n_idle
    pool.resume()
    ears.wait(lambda: ears.n_idle == 1)
    assert len(ears.names) == 40


def test_processes_come_with_work_and_leave_after_it(make_pool, files, ears, monkeypatch):
    monkeypatch.setattr(analysis_pool, "_LOOK_EVERY_S", 0.05)
    pool = make_pool(2, idle_s=0.3)
    assert not child_processes()
    pool.submit(files("a.wav"))
    ears.wait(lambda: ears.n_idle == 1)
    assert len(child_processes()) == 1  # one is enough for one file
    ears.wait(lambda: not child_processes())
    pool.submit(files("b.wav"))
    ears.wait(lambda: ears.n_idle == 2)
    assert ears.names == ["a.wav", "b.wav"]
    assert len(ears.pids) == 2


def test_a_file_that_ends_the_process_is_told_and_not_tried_again(make_pool, files, ears, listened):
    make_pool().submit(files("a.wav", "crash.wav", "b.wav", "raising.wav", "c.wav"))
    ears.wait(lambda: ears.n_idle == 1)
    assert listened() == ["a.wav", "b.wav", "c.wav"]
    assert ears.names == ["a.wav", "crash.wav", "b.wav", "raising.wav", "c.wav"]
    assert ears.errors == {
        "crash.wav": "crash.wav could not be analysed: the part that listens to files ended on it.",
        "raising.wav": "raising.wav could not be analysed: ValueError: what a surprise",
    }
    assert not ears.failures


def test_a_file_that_hangs_is_given_up_while_others_go_on(make_pool, files, ears, monkeypatch):
    monkeypatch.setattr(analysis_pool, "_LOOK_EVERY_S", 0.05)
    make_pool(2, patience_s=1.0).submit(files("hang.wav", *many(60, "slow")))
    ears.wait(lambda: ears.n_idle == 1)
    assert len(ears.names) == 61
    assert ears.names[-1] == "hang.wav" or len(ears.pids) >= 2
    assert ears.errors == {"hang.wav": "hang.wav could not be analysed: it took longer than 1 s."}


def test_a_process_that_somebody_kills_takes_one_file_with_it(make_pool, files, ears):
    make_pool().submit(files(*many(20, "slow")))
    ears.wait(lambda: ears.pids)
    os.kill(ears.heard[0][2].rate_hz, signal.SIGKILL)
    ears.wait(lambda: ears.n_idle == 1)
    assert sorted(ears.names) == sorted(many(20, "slow"))
    assert len(ears.errors) <= 1
    assert len(ears.pids) == 2


@pytest.mark.parametrize(
    "command", [(*FAKE, "broken"), ("/nowhere/to be found",)], ids=["ends", "is not there"]
)
def test_what_cannot_start_is_said_once(make_pool, files, ears, command):
    pool = make_pool(2, command)
    paths = files(*many(20))
    pool.submit(paths[:10])
    ears.wait(lambda: ears.n_idle == 1)
    pool.submit(paths[10:])
    time.sleep(0.2)
    assert not ears.heard
    (error,) = ears.failures
    assert error.title
    assert error.message.count(".") == 1
    assert error.message.endswith(".")
    assert error.hint
    assert not child_processes()


def test_a_folder_of_nothing_but_crashes_ends(make_pool, files, ears):
    make_pool().submit(files(*many(30, "crash"), *many(3)))
    ears.wait(lambda: ears.n_idle == 1)
    assert len(ears.failures) == 1
    assert 1 < len(ears.names) < 30


def test_a_file_that_changes_while_it_is_read_is_known_as_it_was(make_pool, files, ears):
    (path,) = files("changing.wav")
    before = stamp_of(path.stat())
    make_pool().submit([path])
    ears.wait(lambda: ears.n_idle == 1)
    (_, stamp, _) = ears.heard[0]
    assert stamp == before != stamp_of(path.stat())


def test_a_file_that_is_gone_is_counted_and_not_told(make_pool, folder, files, ears):
    make_pool().submit([folder / "gone.wav", *files("a.wav")])
    ears.wait(lambda: ears.n_idle == 1)
    assert ears.names == ["a.wav"]
    assert ears.progress[-1][:2] == (2, 2)


def test_stopping_does_not_wait_for_a_file_and_leaves_nobody(make_pool, files, ears):
    pool = make_pool(2)
    pool.submit(files("hang 1.wav", "hang 2.wav", "a.wav"))
    ears.wait(lambda: len(child_processes()) == 2)
    began_s = time.monotonic()
    pool.stop()
    pool.stop()
    assert time.monotonic() - began_s < 2.0
    assert not child_processes()
    assert not ears.n_idle


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nobody_listens_any_more_when_the_owner_is_killed(files, folder):
    files(*many(1000, "slow"))
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE, text=True
    ) as owner:
        pids = [int(pid) for pid in owner.stdout.readline().split()]
        assert len(pids) == 2
        assert all(process_state(pid) not in ("", "Z") for pid in pids)
        owner.kill()
    Ears().wait(lambda: all(process_state(pid) in ("", "Z") for pid in pids), timeout_s=2.0)


@pytest.mark.skipif(sys.platform != "linux", reason="the scheduler's classes are Linux's")
def test_what_listens_runs_only_when_nobody_else_wants_to():
    script = """
import os
from morphstudio.library.analysis_worker import lower_priority
lower_priority()
print(os.sched_getscheduler(0) == os.SCHED_IDLE, os.nice(0))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "19"]


def test_there_are_one_to_four_processes():
    assert 1 <= suitable_workers() <= 4
    assert suitable_workers() <= max(1, (os.cpu_count() or 1) - 1)


def test_the_real_thing_listens(make_pool, folder, ears):
    t = np.arange(44_100) / 44_100
    soundfile.write(folder / "tone.wav", 0.5 * np.sin(2 * np.pi * 440.0 * t), 44_100)
    (folder / "no sound.wav").write_text("no sound")
    make_pool(1, REAL).submit([folder / "tone.wav", folder / "no sound.wav"])
    ears.wait(lambda: ears.n_idle == 1, timeout_s=100.0)
    analyses = {path.name: analysis for path, _, analysis in ears.heard}
    assert analyses["tone.wav"].duration_s == pytest.approx(1.0)
    assert not analyses["tone.wav"].error
    assert analyses["tone.wav"].midi_note == 69
    assert analyses["no sound.wav"].error
    assert not ears.failures


def test_what_a_process_logs_is_in_the_owners_log(make_pool, files, ears, caplog):
    make_pool().submit(files("warning.wav"))
    ears.wait(lambda: ears.n_idle == 1)
    assert "warning.wav is odd" in caplog.text
    assert not ears.errors


def test_paths_of_any_text_arrive(make_pool, files, ears):
    names = ["Schlagzeug ü.wav", "ドラム.wav", "line\nbreak.wav" if sys.platform != "win32" else "a.wav"]
    make_pool().submit(files(*names))
    ears.wait(lambda: ears.n_idle == 1)
    assert ears.names == names
    assert isinstance(ears.heard[0][0], Path)


def test_what_is_listened_to_again_comes_after_all_others_and_can_be_cancelled_alone(
    make_pool, files, ears, listened
):
    again, new = files(*many(20, "slow")), files(*many(3))
    pool = make_pool()
    pool.pause()
    pool.submit_again(again)
    pool.submit(new)
    pool.want_first([again[7]])
    pool.resume()
    ears.wait(lambda: len(ears.names) >= 5)
    assert listened()[:4] == [*many(3), "slow 7.wav"]
    pool.cancel_again()
    ears.wait(lambda: ears.n_idle == 1)
    assert len(ears.names) < 20


def test_another_command_is_used_from_the_next_file_on(make_pool, files, ears):
    paths = files(*(f"slow kick {number}.wav" for number in range(40)))
    pool = make_pool()
    pool.submit(paths)
    ears.wait(lambda: len(ears.names) >= 3)
    pool.use((*FAKE, "--embedding", "somewhere"))
    ears.wait(lambda: ears.n_idle == 1)
    has_embedding = [analysis.embedding is not None for _, _, analysis in ears.heard]
    assert has_embedding == sorted(has_embedding)
    assert 1 < sum(has_embedding) < 40
    assert len(ears.names) == 40
    assert len(ears.pids) == 2
    assert not ears.failures


def test_that_there_is_no_embedding_is_told_by_who_was_asked_for_one(make_pool, files, ears):
    pool = make_pool(command=(*FAKE, "--embedding", "damaged"))
    pool.submit(files("kick 1.wav"))
    pool.submit_again(files("kick 2.wav"))
    ears.wait(lambda: ears.n_idle == 1)
    assert [str(error) for error in ears.not_embedded_errors] == ["It is damaged. Delete it."]
    assert ears.names == ["kick 1.wav"]
