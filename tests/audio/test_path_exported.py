"""A path by the process that renders, with the model that ships: the file, giving it up, drafts meanwhile."""

import numpy as np
import pytest
import soundfile
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.export import ExportOptions
from morphstudio.audio.player import Player
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.paths import factory_model_path
from morphstudio.session_paths import path_beats, path_facts, path_frames, path_request
from morphstudio.synth.random_loops import random_loop
from morphstudio.ui.render_worker import ModelChoice, RenderWorker
from tests.audio.recorded_path import made_engine, request_at, session_of, way_round
from tests.unit.chunk_reader import read_acid, read_riff, read_smpl

TIME = MusicalTime(170.0, 1)
TIMEOUT_MS = 60_000


@pytest.fixture
def session():
    loops = [random_loop(np.random.default_rng(seed), TIME.duration_s) for seed in (5, 6, 7)]
    clips = [AudioClip(np.resize(loop, (TIME.n_frames, 2)), f"{n}") for n, loop in enumerate(loops)]
    return session_of(clips, TIME, TIME.bpm)


@pytest.fixture
def worker(qtbot, tmp_path):
    player, store = Player(), ClipStore(tmp_path)
    worker = RenderWorker(player, store)
    worker.start()
    with qtbot.waitSignal(worker.model_loaded, timeout=TIMEOUT_MS):
        worker.use_model(ModelChoice(factory_model_path(), "Studio"))
    yield worker
    worker.stop()
    store.close()
    player.close()


def options_of(session, path, bits=32):
    return ExportOptions(bits=bits, facts=path_facts(session, path))


def in_process(request):
    """What an engine here renders; it works on one thread, as the process does where cores are few."""
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return made_engine().render_path(request).samples
    finally:
        torch.set_num_threads(n_threads)


def test_the_file_is_what_an_engine_renders_and_drafts_go_on_meanwhile(qtbot, session, worker, tmp_path):
    path, out = way_round(2), tmp_path / "round.wav"
    request = path_request(session, path)
    shares, drafts, ends = [], [], []
    worker.export_progressed.connect(lambda number, share: shares.append((number, share)))
    worker.draft_published.connect(lambda asked, generation: drafts.append((asked, bool(ends))))
    worker.export_finished.connect(lambda number, where: ends.append((number, where)))
    number = worker.submit_export(request, out, options_of(session, path))
    moves = [request_at(session, path, beat) for beat in np.linspace(0, path_beats(session, path), 7)[:-1]]
    for asked in moves:
        qtbot.waitUntil(lambda: bool(shares or ends), timeout=TIMEOUT_MS)
        worker.submit(asked)
        qtbot.waitUntil(lambda asked=asked: any(a is asked for a, _ in drafts), timeout=TIMEOUT_MS)
    assert [is_late for asked, is_late in drafts if any(asked is move for move in moves)][:3] == [False] * 3
    qtbot.waitUntil(lambda: bool(ends), timeout=TIMEOUT_MS)
    assert ends == [(number, out)]
    assert {one for one, _ in shares} == {number}
    assert [share for _, share in shares] == sorted(share for _, share in shares)
    samples, rate_hz = soundfile.read(out, dtype="float32", always_2d=True)
    n_frames = path_frames(session, path)
    assert (samples.shape, rate_hz) == ((n_frames, 2), 44_100)
    assert n_frames == round(2 * 4 * 60 / 170 * 44_100)
    wanted = in_process(request)
    assert np.sqrt(np.mean(np.square(samples - wanted))) < 1e-3 * np.sqrt(np.mean(np.square(wanted)))
    told = read_riff(out.read_bytes())
    (loop,) = read_smpl(told.chunks["smpl"])["loops"]
    assert (loop["start"], loop["end"]) == (0, n_frames - 1)
    acid = read_acid(told.chunks["acid"])
    assert (acid["n_beats"], acid["bpm"]) == (8, pytest.approx(170.0))


def test_a_path_that_is_given_up_leaves_no_file_and_others_go_on(qtbot, session, worker, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    long, short = way_round(8), way_round(1)
    kept = folder / "kept.wav"
    kept.write_bytes(b"what was there before")
    gone, ended = [], []
    worker.export_cancelled.connect(gone.append)
    worker.export_finished.connect(lambda number, where: ended.append(number))
    number = worker.submit_export(path_request(session, long), kept, options_of(session, long))
    other = worker.submit_export(path_request(session, long), folder / "never.wav", options_of(session, long))
    after = worker.submit_export(
        path_request(session, short), folder / "short.wav", options_of(session, short)
    )
    with qtbot.waitSignal(
        worker.export_progressed, check_params_cb=lambda n, share: share > 0.3, timeout=TIMEOUT_MS
    ):
        pass
    worker.cancel_export(other)
    worker.cancel_export(number)
    qtbot.waitUntil(lambda: bool(ended), timeout=TIMEOUT_MS)
    assert sorted(gone) == [number, other]
    assert ended == [after]
    assert kept.read_bytes() == b"what was there before"
    assert sorted(path.name for path in folder.iterdir()) == ["kept.wav", "short.wav"]
    assert soundfile.info(folder / "short.wav").frames == path_frames(session, short)
