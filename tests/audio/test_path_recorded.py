"""A path that was rendered against the same path as a device played it while somebody followed it."""

import numpy as np
import pytest
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.player import Player
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.session_paths import path_request
from morphstudio.synth.random_loops import random_loop
from morphstudio.ui.render_worker import RenderWorker
from tests.audio.conftest import ON_JACK
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

TIME = MusicalTime(150.0, 1)


@pytest.fixture
def one_thread():
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(n_threads)


def test_a_path_sounds_as_it_did_when_it_was_played(qtbot, jack, one_thread, tmp_path):
    """Within the error that drafts have of their finals, which is what a hand on the pad hears."""
    loops = [random_loop(np.random.default_rng(seed), TIME.duration_s) for seed in (2, 3, 4)]
    clips = [AudioClip(np.resize(loop, (TIME.n_frames, 2)), f"{n}") for n, loop in enumerate(loops)]
    session, path = session_of(clips, TIME, TIME.bpm), way_round(2)
    player = Player()
    worker = None
    store = ClipStore()
    try:
        player.open(ON_JACK)
        worker = ready_worker(
            player, session, path, lambda s: qtbot.wait(round(1000 * s)), lambda p: RenderWorker(p, store)
        )
        heard = recorded(player, worker, session, path, lambda s: qtbot.wait(round(1000 * s)))
    finally:
        if worker is not None:
            worker.stop()
        player.close()
        store.close()
    assert not np.isnan(heard).any()
    engine, request = made_engine(), path_request(session, path)
    # The sound follows the hand within some ten milliseconds, by more where other programs have the cores.
    errors = [
        path_error_db(heard, engine.render_path(late(request, late_s)).samples)
        for late_s in (0.0, 0.03, 0.06)
    ]
    assert min(errors) < 1.25 * draft_error_db(engine, session, path)
    elsewhere = engine.render_path(late(request, 1.5)).samples
    assert path_error_db(heard, elsewhere) > 1.5 * min(errors)
