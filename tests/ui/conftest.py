"""What the tests of the window share: the theme, made-up sounds, and nothing of Qt left running."""

from __future__ import annotations

import gc
import sys

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.audio.player import Player
from morphstudio.library.sounds import Family, Sound, outline
from morphstudio.paths import resources_dir
from morphstudio.ui.render_worker import ModelChoice, RenderWorker
from morphstudio.ui.theme import apply_theme, load_theme
from tests.audio.conftest import jack, no_servers, start_jack  # noqa: F401
from tests.ui.studio import desk, listen_quickly, loops, make_desk  # noqa: F401


def pytest_collection_modifyitems(items):
    """The offscreen platform has no window manager, and warns so at every window and menu."""
    unheard = "does not support (propagateSizeHints|raise|grabbing the keyboard)"
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(unheard, extend=True))


@pytest.fixture(scope="session")
def theme():
    return load_theme(resources_dir() / "themes" / "dark.json")


@pytest.fixture(scope="session")
def themed_app(qapp, theme):
    apply_theme(qapp, theme)
    return qapp


@pytest.fixture(autouse=True)
def quick_listening(monkeypatch, tmp_path):
    """Windows have files listened to by a process that takes no time; the real one has tests of its own."""
    listen_quickly(monkeypatch, tmp_path)


@pytest.fixture
def make_sound():
    """Returns a function that makes a sound of a name, a family and a length."""

    def make(name, family=Family.DRUMS, seconds=0.5, note=""):
        samples = np.linspace(-0.5, 0.5, round(seconds * RATE_HZ), dtype=np.float32)
        clip = AudioClip(samples[:, None].copy(), name)
        return Sound(f"id of {name}", clip, family, outline(clip), note)

    return make


@pytest.fixture
def worker(qtbot, tmp_path, monkeypatch):
    """A worker with a model, whose process is `fake_renderer`."""
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "fake.log"))
    player, store = Player(), ClipStore(tmp_path)
    worker = RenderWorker(player, store, (sys.executable, "-m", "tests.ui.fake_renderer"))
    worker.start()
    with qtbot.waitSignal(worker.model_loaded, timeout=20_000):
        worker.use_model(ModelChoice(tmp_path / "a.safetensors", "A"))
    yield worker
    worker.stop()
    store.close()
    player.close()


@pytest.fixture(autouse=True)
def nothing_of_qt_left_running(request):
    """Fail the test that leaves a thread or a timer of Qt running.

    Set up before `qtbot`, so that it looks after the widgets are gone.
    """
    yield
    if "qapp" not in request.fixturenames:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()  # or what a window has settled would not be found
    objects = [o for o in gc.get_objects() if issubclass(type(o), (QThread, QTimer))]
    alive = [o for o in objects if shiboken6.isValid(o)]
    left = [repr(o) for o in alive if (o.isRunning() if isinstance(o, QThread) else o.isActive())]
    if left:
        pytest.fail(f"left running: {', '.join(left)}", pytrace=False)
