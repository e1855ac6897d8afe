"""Packs by the real process and the model that ships: exact lengths, the ends, and how even the steps are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import soundfile as sf

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.player import Player
from morphstudio.morph.packs import PackAsk, PackKind
from morphstudio.paths import demo_loops_dir, factory_model_path
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.pack_exporter import PackExporter
from morphstudio.ui.render_worker import ModelChoice, RenderWorker
from tests.ui.pack_session import choice_of, session_of

N_FRAMES = RATE_HZ
LOOPS = {"House drums": (0.1, 0.1), "Techno bass": (0.9, 0.2), "Pad chords": (0.5, 0.9)}
MOST_VARIATION = 0.35
"""Coefficient of variation of the steps' log-mel distances, with the ends, which are the loops themselves."""
MOST_UNEVEN = 0.06
"""RMS of how far each step sounds from where it should, as a share of the way."""


@pytest.fixture
def worker(qtbot, tmp_path):
    """A worker with the model that ships."""
    player, store = Player(), ClipStore(tmp_path)
    worker = RenderWorker(player, store)
    worker.start()
    with qtbot.waitSignal(worker.model_loaded):
        worker.use_model(ModelChoice(factory_model_path(), "Studio"))
    yield worker
    worker.stop()
    store.close()
    player.close()


def loop(name):
    samples, rate_hz = sf.read(demo_loops_dir() / f"{name}.flac", dtype="float32", always_2d=True)
    assert rate_hz == RATE_HZ
    return AudioClip(np.ascontiguousarray(samples[:N_FRAMES].mean(axis=1, keepdims=True)), name)


def test_packs_of_all_kinds_are_exact_and_a_way_is_even(qtbot, themed_app, theme, worker, tmp_path):
    from morphstudio.morph.metrics import Listener, residual_db  # loads torch

    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    packs = {}
    exporter = PackExporter(worker, bar, bar)
    session = session_of({name: loop(name) for name in LOOPS}, LOOPS)
    sizes = {PackKind.WAY: 8, PackKind.PATH: 2, PackKind.GRID: 2, PackKind.AROUND: 2}
    for kind, n in sizes.items():
        choice = choice_of(theme, session, tmp_path, PackAsk(kind, n=n, rows=1, columns=2), bits=32)
        with qtbot.waitSignal(exporter.pack_written) as written:
            exporter.export(choice)
        (packs[kind],) = written.args
    assert not bar.work.rows
    assert [message.level for message in bar.messages] == ["info"]
    heard = {}
    for kind, n in sizes.items():
        assert len(packs[kind].paths) == n
        heard[kind] = [sf.read(path, dtype="float32", always_2d=True)[0] for path in packs[kind].paths]
        assert {len(samples) for samples in heard[kind]} == {N_FRAMES}
        assert all(np.isfinite(samples).all() and np.ptp(samples) > 0.01 for samples in heard[kind])
        for one, other in itertools.combinations(heard[kind], 2):
            assert residual_db(one, other) > -30.0
    a, b = (session.sound(session.side(side)).clip.samples for side in ("a", "b"))
    way = heard[PackKind.WAY]
    np.testing.assert_array_equal(way[0], a)
    np.testing.assert_array_equal(way[-1], b)
    figures = Listener(N_FRAMES).series(way, a, b)
    print(f"step variation {figures.step_variation:.3f}, unevenness {figures.evenness:.3f}")
    assert figures.step_variation < MOST_VARIATION
    assert figures.evenness < MOST_UNEVEN
