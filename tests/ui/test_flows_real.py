"""The whole window under a real X server: presses, keys and drops of the server, not of Qt's own making."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from tests.conftest import REPOSITORY
from tests.ui.studio import NAMES, write_loop
from tests.ui.x_server import x_server

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are not installed"
)
KICK, BASS, TEXTURE = NAMES
WAIT_S = 25.0


class Screen:
    """An X server, the programs on it, and a mouse and keys for them."""

    def __init__(self, environment):
        self._environment = environment
        self._programs = []

    def start(self, module, *arguments):
        program = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=REPOSITORY,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._programs.append(program)
        return program

    def end(self):
        for program in self._programs:
            program.kill()
            program.wait()
            program.stdout.close()

    def do(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, timeout=20)

    def click(self, place, button=1):
        self.do("mousemove", *place, "click", button)

    def key(self, *keys):
        self.do("key", *keys)

    def drag(self, start, end, n_steps=8):
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, n_steps + 1):
            place = [round(a + (b - a) * step / n_steps) for a, b in zip(start, end, strict=True)]
            self.do("mousemove", *place)
            time.sleep(0.05)
        for nudge in (1, 0, 1, 0):
            self.do("mousemove", end[0] + nudge, end[1])
            time.sleep(0.08)
        self.do("mouseup", 1)


class Window:
    """What the program said last that it shows."""

    def __init__(self, program):
        self._program = program
        self.state = {}
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self):
        for line in self._program.stdout:
            self.state = json.loads(line)

    def wait(self, is_so, what=""):
        deadline_s = time.monotonic() + WAIT_S
        while not (self.state and is_so(self.state)):
            assert time.monotonic() < deadline_s, f"{what or 'it'} does not come; it shows {self.state}"
            assert self._program.poll() is None or "ended" in self.state, "the program has ended"
            time.sleep(0.03)
        return self.state

    def wait_for_end(self):
        self.wait(lambda state: "ended" in state, "the end")
        assert self._program.wait(WAIT_S) == 0
        self._listener.join(WAIT_S)


@pytest.fixture
def screen(home, tmp_path):
    settings = {"window": {"place": [0, 0, 1280, 720]}, "appearance": {"theme": "dark", "language": "en"}}
    (home / "settings.json").write_text(json.dumps({"version": 1, **settings}))
    own = {"FAKE_LOG": str(home / "fake.log"), "JACK_NO_START_SERVER": "1"}
    with x_server("1440x900") as shown:
        screen = Screen(os.environ | shown | own)
        yield screen
        screen.end()


def test_a_session_by_real_presses_keys_and_drops(screen, loops, tmp_path):
    window = Window(screen.start("tests.ui.real_window", *loops))
    state = window.wait(
        lambda s: s["model"] == "Factory" and len(s["dots"]) == 3 and not s["busy"] and bool(s["says"]),
        "the window with its loops",
    )
    assert state["size"] == [1280, 720]
    screen.click(state["places"]["close"])
    state = window.wait(lambda s: not s["says"], "a bar without messages")
    time.sleep(0.3)  # the parts take the bar's place
    dots = window.state["dots"]

    # A press between two dots plays both; a drag to a dot plays that alone; Space stops.
    middle = [round((a + b) / 2) for a, b in zip(dots[KICK], dots[BASS], strict=True)]
    screen.click(middle)
    state = window.wait(lambda s: s["playing"] and KICK in s["heard"], "a sound")
    assert state["heard"][KICK] == pytest.approx(state["heard"][BASS], abs=0.05)
    screen.drag(middle, dots[TEXTURE])
    window.wait(lambda s: s["heard"] == {TEXTURE: 1.0}, "the texture")
    screen.key("space")
    window.wait(lambda s: not s["playing"], "silence")

    # Dots are moved with Ctrl, and put back by Ctrl+Z.
    aside = [dots[KICK][0] + 60, dots[KICK][1] - 40]
    screen.do("keydown", "ctrl")
    screen.drag(dots[KICK], aside)
    screen.do("keyup", "ctrl")
    window.wait(lambda s: abs(s["dots"][KICK][0] - aside[0]) <= 3, "the dot in its new place")
    screen.key("ctrl+z")
    window.wait(lambda s: s["dots"][KICK] == dots[KICK], "the dot in its old place")

    # The wheel zooms, 0 shows all.
    screen.do("mousemove", *state["pad"], "click", 4, "click", 4)
    window.wait(lambda s: s["zoom"] > 1.3, "a nearer view")
    screen.key("0")
    window.wait(lambda s: s["zoom"] == 1.0, "the whole pad")

    # Words run commands; a question mark opens the sheet.
    screen.key("ctrl+k")
    window.wait(lambda s: s["palette"], "the palette")
    screen.do("type", "--delay", 30, "dark")
    screen.key("Return")
    window.wait(lambda s: s["light"] and not s["palette"], "the light theme")
    screen.key("question")
    window.wait(lambda s: s["sheet"], "the sheet")
    screen.key("Escape")
    window.wait(lambda s: not s["sheet"], "a window without the sheet")

    # A row that was taken off is dragged to a place on the pad.
    screen.click(state["rows"][TEXTURE])
    window.wait(lambda s: s["playing"])
    screen.key("Delete")
    window.wait(lambda s: TEXTURE not in s["dots"], "a pad without the texture")
    rows = window.state["rows"]
    time.sleep(0.6)  # or click and press would be a double click
    screen.drag(rows[TEXTURE], state["pad"])
    state = window.wait(lambda s: TEXTURE in s["dots"], "the row on the pad")
    assert state["dots"][TEXTURE] == pytest.approx(state["pad"], abs=3)

    # A file comes from another program.
    snare = write_loop(tmp_path / "snare.wav", 1200)
    source = screen.start("tests.ui.file_source", snare)
    assert source.stdout.readline().startswith("ready")
    screen.drag((1350, 160), state["places"]["play"], n_steps=14)
    window.wait(lambda s: "snare" in s["dots"] and not s["busy"], "the dropped file")
    assert snare.exists()

    screen.click(state["pad"])
    screen.key("ctrl+q")
    window.wait_for_end()
