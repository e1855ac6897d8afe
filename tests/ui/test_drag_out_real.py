"""A real drag under a real X server, from a window of ours into a window of another program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.conftest import REPOSITORY
from tests.ui.x_server import x_server

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are not installed"
)
TARGET_PLACE = (650, 250)
WAIT_S = 60.0


@pytest.fixture
def screen():
    """Environment of programs whose windows are on an X server of the test's own."""
    with x_server("1000x700") as shown:
        yield os.environ | shown


@pytest.fixture
def start(screen):
    """Returns a function that starts a program of the tests and waits for its window: what it says then."""
    running = []

    def start_it(module, *arguments):
        program = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=REPOSITORY,
            env=screen,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(program)
        line = program.stdout.readline()
        assert line.startswith("ready"), f"{module} did not open its window"
        return line.split()[1:]

    yield start_it
    for program in running:
        program.kill()
        program.wait()
        program.stdout.close()


@pytest.fixture
def xdotool(screen):
    """Returns a function that moves and presses the mouse, and keys, of that screen."""

    def do(*words):
        subprocess.run(["xdotool", *map(str, words)], env=screen, check=True, timeout=20)

    return do


def drag(xdotool, start, end, *, pause_s=0.0):
    xdotool("mousemove", *start)
    xdotool("mousedown", 1)
    time.sleep(pause_s)
    for share in (0.02, 0.05, 0.1, 0.3, 0.6, 0.8, 0.95, 1.0):
        place = [round(a + (b - a) * share) for a, b in zip(start, end, strict=True)]
        xdotool("mousemove", *place)
        time.sleep(0.05)


def drop(xdotool, file, answer, end):
    """Let go, once the file is there and the drag has reached the target; returns what was dropped."""
    deadline_s = time.monotonic() + WAIT_S
    while not file.exists():
        assert time.monotonic() < deadline_s, "nothing was rendered"
        time.sleep(0.05)
    for nudge in range(6):
        xdotool("mousemove", end[0] + nudge % 2, end[1])
        time.sleep(0.2)
    xdotool("mouseup", 1)
    while not answer.exists():
        assert time.monotonic() < deadline_s, "nothing was dropped"
        time.sleep(0.05)
    path, is_foreign = answer.read_text(encoding="utf-8").splitlines()
    answer.unlink()
    assert is_foreign == "True"
    return path


@pytest.mark.timeout(110)
def test_another_program_receives_the_finished_wav_that_an_export_writes(start, xdotool, tmp_path):
    """From the handle, before it is rendered; and again, with Alt, from the pad: the same file."""
    kept, export, answer = tmp_path / "kept", tmp_path / "export.wav", tmp_path / "answer"
    start("tests.ui.drag_target", answer)
    places = [int(word) for word in start("tests.ui.drag_source", kept, export)]
    handle, pad = places[:2], places[2:]

    file = kept / "House drums_120.wav"
    drag(xdotool, handle, TARGET_PLACE)
    assert drop(xdotool, file, answer, TARGET_PLACE) == str(file)
    content = file.read_bytes()
    assert content == export.read_bytes()
    assert len(content) > 88_200 * 3

    xdotool("keydown", "alt")
    drag(xdotool, pad, TARGET_PLACE, pause_s=0.2)
    assert drop(xdotool, file, answer, TARGET_PLACE) == str(file)
    xdotool("keyup", "alt")
    assert [file.name for file in kept.iterdir()] == [file.name]
