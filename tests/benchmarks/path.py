"""A path over four bars at 120 between three of the loops that ship: rendered, and played by hand.

`times_real_time` is how many times faster than it plays it is rendered, what is known of the loops included;
`longest_step_ms` how long a draft has to wait for it at most. `joint_bend` is the largest second difference
where one part of the work ends, `seam_bend` that where the path comes round, each in terms of the largest
elsewhere. `error_db` is the log-mel distance of what a sound card played while somebody followed the path, to
the rendered path, `error_db_if_late_ms` that to paths whose weights come later, as sound follows the hand
later; `draft_error_db` that of drafts to finals at fixed points of it, `ratio` the least to that.
"""

from __future__ import annotations

import contextlib
import time

import numpy as np

from tests.benchmarks.sound_card import check_plays_on, sound_card

BLOCK_FRAMES = 256
BPM = 120.0
N_BARS = 4
LOOPS = ("Boom bap beat", "Acid bass", "Vinyl texture")
LATE_MS = (0, 12, 24, 36, 48, 72)
PART_COLUMNS = 64


def run(_options) -> dict:
    with sound_card(BLOCK_FRAMES) as setup:
        return _measure(setup)


def _measure(setup) -> dict:
    import torch
    from PySide6.QtCore import QCoreApplication

    from morphstudio.audio.clip_store import ClipStore
    from morphstudio.audio.files import load_clip
    from morphstudio.audio.player import Player
    from morphstudio.morph.musical_time import MusicalTime
    from morphstudio.paths import resources_dir
    from morphstudio.session_paths import path_request
    from morphstudio.ui.render_worker import RenderWorker
    from tests.audio.recorded_path import (
        draft_error_db,
        late,
        made_engine,
        path_error_db,
        ready_worker,
        recorded,
        session_of,
        way_round,
    )

    torch.set_num_threads(1)
    app = QCoreApplication([])
    clips = [load_clip(resources_dir() / "loops" / f"{name}.flac")[0] for name in LOOPS]
    session, path = session_of(clips, MusicalTime(BPM, 2), BPM), way_round(N_BARS)

    def wait(seconds):
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            app.processEvents()
            time.sleep(0.002)

    player, store = Player(), ClipStore()
    with contextlib.ExitStack() as stack:
        stack.callback(store.close)
        stack.callback(player.close)
        player.open(setup)
        worker = ready_worker(player, session, path, wait, lambda p: RenderWorker(p, store))
        stack.callback(worker.stop)
        check_plays_on(player, setup)
        heard = recorded(player, worker, session, path, wait)
    engine, request = made_engine(), path_request(session, path)
    samples, seconds, longest_s = timed(engine, request)
    by_lateness = {
        late_ms: round(path_error_db(heard, engine.render_path(late(request, late_ms / 1000)).samples), 2)
        for late_ms in LATE_MS
    }
    usual_db = draft_error_db(engine, session, path)
    return {
        "times_real_time": round(request.n_frames / 44_100 / seconds, 1),
        "longest_step_ms": round(1000 * longest_s),
        **bends(samples),
        "error_db": round(path_error_db(heard, samples), 2),
        "error_db_if_late_ms": by_lateness,
        "draft_error_db": round(usual_db, 2),
        "ratio": round(min(by_lateness.values()) / usual_db, 2),
    }


def timed(engine, request):
    began = before = time.perf_counter()
    longest_s = 0.0
    rendering = engine.rendering(request)
    while True:
        try:
            next(rendering)
        except StopIteration as ended:
            return ended.value.samples, time.perf_counter() - began, longest_s
        now = time.perf_counter()
        longest_s, before = max(longest_s, now - before), now


def bends(samples) -> dict:
    around = np.concatenate([samples[-1:], samples, samples[:1]])
    found = np.abs(np.diff(around, n=2, axis=0)).max(axis=1)
    n_columns = 4 * -(-len(found) // 2048)
    joints = np.array(
        [round(column * len(found) / n_columns) for column in range(PART_COLUMNS, n_columns, PART_COLUMNS)]
    )
    near = (joints[:, None] + np.arange(-2, 3)).ravel() % len(found)
    elsewhere = np.ones(len(found), bool)
    elsewhere[near] = elsewhere[[0, -1]] = False
    largest = found[elsewhere].max()
    return {
        "joint_bend": round(float(found[near].max() / largest), 3),
        "seam_bend": round(float(found[[0, -1]].max() / largest), 3),
    }
