"""A process that renders constants: each tells by its level which model rendered it.

Models that are made, and what is prepared, go to the file that FAKE_LOG names, a line each.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from morphstudio.errors import ModelError
from morphstudio.morph.render_process import main
from morphstudio.morph.request import MorphFigures, MorphResult

LEVELS = {}
"""Of each model file; what is rendered with it has no other sample."""


def note(text):
    with Path(os.environ["FAKE_LOG"]).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


class FakeEngine:
    has_room = True
    explore_words = (("darker", "brighter"), ("noisier", "purer"))

    def __init__(self, level, name):
        self.level = level
        self.model = SimpleNamespace(name=name, card={"figures": {"log_mel_error_db": 4.25}})

    def prepare(self, request):
        note(f"prepared {request.clips[0].name}")

    def get_ready(self, request, is_cancelled=lambda: False):
        for clip, weight in zip(request.clips, request.weights, strict=True):
            if weight > 0.0:
                note(f"prepared {clip.name}")
        return True

    def rehearse(self, request):
        note("rehearsed")
        return False

    def draft(self, request, start):
        if any(clip.name == "deadly" for clip in request.clips):
            note("died")
            os._exit(9)
        note(f"drafted from {start}")
        yield 0, np.full((request.n_frames, 1), self.level, np.float32)

    def render(self, request, is_cancelled=lambda: False):
        names = {clip.name for clip in request.clips}
        if "deadly" in names:
            note("died")
            os._exit(9)
        if "slow" in names:
            note("rendering slow")
            deadline_s = time.monotonic() + 1.0
            while not is_cancelled() and time.monotonic() < deadline_s:
                time.sleep(0.01)
        samples = np.full((request.n_frames, 1), self.level, np.float32)
        return MorphResult(samples, 1.0, -20.0)

    def measured(self, request, samples, is_cancelled=lambda: False):
        return MorphFigures(4, 4, 0.0, None)


def make_engine(path):
    if "bad" in path.name:
        raise ModelError("Can't load it", f"{path.name} is damaged.", "Choose another model file.")
    if "slow" in path.name:
        time.sleep(0.5)
    LEVELS.setdefault(path, 0.1 * (len(LEVELS) + 1))
    note(f"made {path.name}")
    return FakeEngine(LEVELS[path], path.stem)


if __name__ == "__main__":
    sys.exit(main(make_engine))
