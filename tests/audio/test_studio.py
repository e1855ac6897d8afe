"""The whole instrument: the real window, real files, real renders, a real PortAudio stream."""

import subprocess
import time

import numpy as np
import pytest
import soundfile
import torch
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtTest import QTest

from morphstudio.app import Studio
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.export import ExportOptions, write_wav
from morphstudio.audio.player import Player
from morphstudio.model.checkpoint import load_model
from morphstudio.morph.engines import make_engine
from morphstudio.morph.request import PadPoint
from morphstudio.paths import factory_model_path
from morphstudio.synth.random_loops import random_loop
from tests.audio.published import published
from tests.ui.studio import listen_quickly

N_FRAMES = 70_000
SETTLED_FRAMES = 4000


@pytest.fixture
def loops(tmp_path):
    folder = tmp_path / "loops"
    folder.mkdir()
    for seed, name in enumerate(["kick drum", "acid bass", "pad synth"]):
        samples = random_loop(np.random.default_rng(seed + 20), N_FRAMES / RATE_HZ)
        write_wav(folder / f"{name}.wav", np.resize(samples, (N_FRAMES, 2)), bits=24)
    return sorted(folder.iterdir())


@pytest.fixture
def make_studio(qapp, qtbot, monkeypatch, tmp_path):
    """Returns a function that makes a window; it really listens to its files where a test asks for it."""
    studios = []

    def make(listens=False):
        if not listens:
            listen_quickly(monkeypatch, tmp_path)
        studio = Studio(qapp, Player())
        studio.window.resize(1280, 720)
        studio.batches = []
        studio.controller.arrivals.batch_arrived.connect(studio.batches.append)
        studios.append(studio)
        qtbot.addWidget(studio.window)
        return studio

    yield make
    for studio in studios:
        studio.window.close()
        studio.shut_down()


def ready(qtbot, studio, n_sounds, n_batches=1):
    """Wait until so many sounds are on the pad, where they stay."""
    qtbot.waitUntil(lambda: len(studio.batches) == n_batches, timeout=30_000)
    qtbot.waitUntil(
        lambda: len(studio.pad._dots_scene.dots) == n_sounds and studio.player.status.is_open, timeout=30_000
    )


def drop(studio, paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(500, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    studio.window.dropEvent(event)
    assert event.isAccepted()


def said(studio) -> str:
    """All that the message bar has to say."""
    return "\n".join(
        "\n".join((m.title, m.text, m.hint, *m.details)) for m in studio.window.message_bar.messages
    )


def place_of(studio, point: PadPoint) -> QPoint:
    return studio.pad.frame().to_px(point).toPoint()


def between(studio, first, second, share=0.5) -> PadPoint:
    a, b = (studio.controller.dots[sound_id] for sound_id in (first, second))
    return PadPoint(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)


def drag_to(studio, place: QPoint):
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        studio.pad.mapToGlobal(QPointF(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    studio.window.windowHandle()  # a real window stands behind it
    QTest.qWait(16)
    studio.pad.mouseMoveEvent(event)


def played_for(qtbot, studio, seconds):
    """What the stream played from now on, as one piece: (start in the loop, samples)."""
    studio.controller.display_timer.stop()
    studio.player.read_tap()
    chunks = []
    deadline_s = time.monotonic() + seconds
    while time.monotonic() < deadline_s:
        qtbot.wait(30)
        while chunk := studio.player.read_tap():
            if chunks:
                expected = (chunks[-1].loop_start + len(chunks[-1].samples)) % chunk.n_loop
                assert chunk.loop_start == expected
            chunks.append(chunk)
    return chunks[0].loop_start, np.concatenate([chunk.samples for chunk in chunks])


def test_drop_press_drag_play_export(qtbot, make_studio, jack, loops, tmp_path):
    """The stream plays what is rendered, without a gap, and the export is the same samples."""
    studio = make_studio(listens=True)
    studio.start(loops[:2])
    ready(qtbot, studio, 2)
    bad = tmp_path / "notes.wav"
    bad.write_text("not audio")
    drop(studio, [loops[2], bad])
    ready(qtbot, studio, 3, n_batches=2)
    qtbot.waitUntil(lambda: "notes.wav" in said(studio), timeout=10_000)

    ids = list(studio.controller.dots)
    drafts = []
    studio.worker.draft_published.connect(lambda request, generation: drafts.append(generation))
    with qtbot.waitSignal(studio.worker.render_finished, timeout=30_000):
        QTest.mousePress(
            studio.pad, Qt.MouseButton.LeftButton, pos=place_of(studio, between(studio, *ids[:2]))
        )
    assert studio.player.is_playing
    for share in np.linspace(0.5, 0.2, 12):
        drag_to(studio, place_of(studio, between(studio, ids[1], ids[2], share)))
    qtbot.waitUntil(lambda: len(drafts) >= 2, timeout=10_000)
    with qtbot.waitSignal(studio.worker.render_finished, timeout=30_000) as finished:
        drag_to(studio, place_of(studio, between(studio, ids[0], ids[2], 0.4)))
    QTest.mouseRelease(studio.pad, Qt.MouseButton.LeftButton)
    request, figures = finished.args
    assert len(request.clips) >= 2

    qtbot.wait(300)
    start, samples = played_for(qtbot, studio, 2.5)
    rendered = make_engine(load_model(factory_model_path()), torch.device("cpu")).render(request).samples
    index = (start + np.arange(len(samples))) % N_FRAMES
    assert len(samples) > N_FRAMES
    assert np.array_equal(rendered, published(studio.player, figures.generation))
    assert np.array_equal(samples, rendered[index])

    studio.worker.submit_export(request, tmp_path / "out.wav", ExportOptions(bits=32))
    with qtbot.waitSignal(studio.worker.export_finished, timeout=30_000):
        pass
    assert np.array_equal(soundfile.read(tmp_path / "out.wav", dtype="float32")[0], rendered)


def test_at_a_dot_the_stream_plays_the_file(qtbot, make_studio, jack, loops):
    studio = make_studio()
    studio.start(loops)
    ready(qtbot, studio, 3)
    with qtbot.waitSignal(studio.worker.render_finished, timeout=30_000) as finished:
        QTest.mouseClick(
            studio.pad,
            Qt.MouseButton.LeftButton,
            pos=place_of(studio, list(studio.controller.dots.values())[1]),
        )
    (clip,) = finished.args[0].clips
    qtbot.wait(300)
    start, samples = played_for(qtbot, studio, 1.0)
    source = soundfile.read(clip.path, dtype="float32")[0]
    assert np.array_equal(samples, source[(start + np.arange(len(samples))) % N_FRAMES])


def test_a_drag_never_leaves_a_gap_or_a_click(qtbot, make_studio, jack, loops):
    """No step during a drag is larger than the sounds themselves make."""
    studio = make_studio()
    studio.start(loops)
    ready(qtbot, studio, 3)
    ids = list(studio.controller.dots)
    with qtbot.waitSignal(studio.worker.render_finished, timeout=30_000):
        QTest.mousePress(
            studio.pad, Qt.MouseButton.LeftButton, pos=place_of(studio, between(studio, *ids[:2]))
        )
    studio.controller.display_timer.stop()
    studio.player.read_tap()
    chunks = []
    for step in range(90):
        drag_to(
            studio,
            place_of(studio, between(studio, ids[step // 30], ids[(step // 30 + 1) % 3], step % 30 / 30)),
        )
        while chunk := studio.player.read_tap():
            chunks.append(chunk.samples)
    QTest.mouseRelease(studio.pad, Qt.MouseButton.LeftButton)
    samples = np.concatenate(chunks)
    assert len(samples) > RATE_HZ
    sources = [soundfile.read(path, dtype="float32")[0] for path in loops]
    largest = max(np.abs(np.diff(source, axis=0)).max() for source in sources)
    assert np.abs(np.diff(samples, axis=0)).max() <= 1.5 * largest
    # A gap would be a stretch of nothing where every source sounds.
    assert np.count_nonzero(np.abs(samples).max(axis=1) == 0.0) < 0.02 * len(samples)


def test_what_reaches_the_sound_server_is_the_render(qtbot, make_studio, pulse, loops, tmp_path):
    studio = make_studio()
    studio.start(loops)
    ready(qtbot, studio, 3)
    ids = list(studio.controller.dots)
    with qtbot.waitSignal(studio.worker.render_finished, timeout=30_000) as finished:
        QTest.mouseClick(
            studio.pad, Qt.MouseButton.LeftButton, pos=place_of(studio, between(studio, *ids[:2]))
        )
    rendered = published(studio.player, finished.args[1].generation)
    errors = []
    for _ in range(4):  # where the machine was busy the sink may have left out blocks
        played = recorded(qtbot, tmp_path / "played.raw", 2.0)
        for begin in range(0, len(played) - 20_000, 5000):
            excerpt = played[begin : begin + 20_000]
            spectrum = np.fft.rfft(rendered[:, 0]) * np.conj(np.fft.rfft(excerpt[:, 0], n=len(rendered)))
            lag = int(np.argmax(np.fft.irfft(spectrum, n=len(rendered))))
            expected = rendered[(lag + np.arange(len(excerpt))) % len(rendered)]
            errors.append(np.abs(excerpt - expected).max())
        if errors and min(errors) < 1e-6:
            break
    assert min(errors) < 1e-6


def recorded(qtbot, path, seconds):
    """What PulseAudio plays for a while, as (frames, 2)."""
    command = ["parec", "-d", "out.monitor", "--format=float32le", "--rate=44100", "--channels=2", "--raw"]
    with path.open("wb") as file:
        recorder = subprocess.Popen([*command, "--latency-msec=20"], stdout=file)
        qtbot.wait(round(1000 * seconds))
        recorder.terminate()
        recorder.wait()
    samples = np.fromfile(path, np.float32)
    return samples[: len(samples) // 2 * 2].reshape(-1, 2)


def test_without_a_device_the_window_says_so_and_still_exports(
    qtbot, make_studio, no_servers, loops, tmp_path
):
    studio = make_studio()
    studio.start(loops)
    qtbot.waitUntil(lambda: len(studio.batches) == 1, timeout=30_000)
    qtbot.waitUntil(lambda: "device" in said(studio), timeout=30_000)
    ids = list(studio.controller.dots)
    with qtbot.waitSignal(studio.worker.render_finished, timeout=30_000) as finished:
        QTest.mouseClick(
            studio.pad, Qt.MouseButton.LeftButton, pos=place_of(studio, between(studio, *ids[:2]))
        )
    with qtbot.waitSignal(studio.worker.export_finished, timeout=30_000):
        studio.worker.submit_export(finished.args[0], tmp_path / "out.wav", ExportOptions(bits=32))
    assert np.array_equal(soundfile.read(tmp_path / "out.wav", dtype="float32")[0], published(studio.player))


def test_a_folder_of_300_mixed_files(qtbot, make_studio, no_servers, loops, tmp_path):
    """Good files become dots, each bad one gets a sentence, and the window stays alive."""
    folder = tmp_path / "mixed ünï #%"
    folder.mkdir()
    for index in range(300):
        if index % 3 == 0:
            samples = random_loop(np.random.default_rng(index), 0.2)
            soundfile.write(folder / f"loop {index}.wav", samples, RATE_HZ)
        elif index % 3 == 1:
            (folder / f"broken {index}.wav").write_bytes(b"RIFF" + bytes([index % 256]) * 200)
        else:
            (folder / f"notes {index}.txt").write_text("hello")
    studio = make_studio()
    studio.start(loops)
    qtbot.waitUntil(lambda: len(studio.batches) == 1, timeout=30_000)
    drop(studio, [folder])
    qtbot.waitUntil(lambda: len(studio.batches) == 2, timeout=100_000)
    report = studio.batches[1]
    assert report.n_loaded == 100
    assert len(report.problems) == 100
    assert all("broken" in problem for problem in report.problems)
    qtbot.waitUntil(lambda: len(studio.controller.dots) == 103, timeout=10_000)
    assert "100" in said(studio)


def test_quitting_in_the_middle_of_everything(qtbot, make_studio, jack, loops):
    """Closing while files load, a drag runs and a final renders leaves nothing behind."""
    studio = make_studio()
    studio.start([*loops, *loops])
    ready(qtbot, studio, 3)
    ids = list(studio.controller.dots)
    QTest.mousePress(studio.pad, Qt.MouseButton.LeftButton, pos=place_of(studio, between(studio, *ids[:2])))
    drag_to(studio, place_of(studio, between(studio, ids[1], ids[2])))
    drop(studio, [path for path in loops for _ in range(20)])
    studio.window.close()
    assert not studio.worker.isRunning()
    assert not studio.importer.isRunning()
    assert not studio.player.status.is_open
