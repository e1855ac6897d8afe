"""Sounds get embeddings after all other listening, each once; they count when all have one."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile as sf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.analysis import EMBEDDING_VALUES
from morphstudio.library.embedding import Embedder
from morphstudio.library.embedding_weights import WAV2VEC2
from morphstudio.library.index import LibraryIndex
from morphstudio.session import Session
from morphstudio.settings import LibrarySettings, Settings, SettingsFile
from morphstudio.storage import storage_places
from morphstudio.ui import place_keeper
from morphstudio.ui.analysis_reader import AnalysisReader
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.place_keeper import PlaceKeeper
from morphstudio.ui.settings_keeper import SettingsKeeper
from morphstudio.ui.settings_similarity import SimilarityPage
from morphstudio.ui.similar_keeper import SimilarKeeper
from tests.weights_server import TinyBundle, tiny_weights

LEFT = Qt.MouseButton.LeftButton
NAMES = ("kick 1 x", "kick 2 y", "snare 1 x", "snare 2 y")


@pytest.fixture
def loops(tmp_path):
    made = tmp_path / "Loops"
    made.mkdir()
    fill(made, *NAMES)
    return made


@pytest.fixture
def weights(tmp_path):
    return tmp_path / "embedding"


@pytest.fixture
def open_browser(qtbot, themed_app, theme, home, loops):
    """Returns a function that opens a browser on the folder, as at a start."""
    keepers = []

    def make():
        settings = SettingsFile(home / "settings.json")
        settings.save(Settings(library=LibrarySettings((str(loops),))))
        panel, bar, pad = BrowserPanel(theme), MessageBar(theme), LatentPad(theme)
        for widget in (panel, bar, pad):
            qtbot.addWidget(widget)
        panel.bar, panel.similar = bar, SimilarKeeper(Session(), panel, pad, bar, panel)
        keeper = PlaceKeeper(panel, bar, settings, panel.similar, storage_places().library, panel)
        panel.keeper, panel.second = keeper, keeper.second_listening
        keepers.append(keeper)
        panel.show()
        keeper.start()
        keeper.resume()
        return panel

    yield make
    for keeper in keepers:
        keeper.shut_down()


@pytest.fixture
def browser(qtbot, open_browser):
    """One in which everything was listened to, without embeddings."""
    panel = open_browser()
    qtbot.waitUntil(lambda: len(panel.similar.comparison.without_embedding) == len(NAMES), timeout=20_000)
    qtbot.waitUntil(lambda: not panel.scan_strip.isVisible())
    return panel


def fill(folder, *names):
    for name in names:
        (folder / f"{name}.wav").write_text(name)


def listened():
    return [name.removesuffix(".wav") for name in Path(os.environ["LISTENED"]).read_text().splitlines()]


def nearest(browser, name):
    """The name of what is most like a sound."""
    ids = dict(zip(browser.shown_names(), browser.shown_ids(), strict=True))
    found, _ = browser.similar.comparison.neighbours(ids[name], n=1)[0]
    return Path(found).stem


def by_embedding(qtbot, browser):
    qtbot.waitUntil(lambda: browser.similar.comparison.is_by_embedding, timeout=20_000)


def test_the_choice_takes_effect_when_all_have_one_and_leaving_it_at_once(qtbot, browser, weights):
    told = []
    browser.second.comparison_changed.connect(told.append)
    assert nearest(browser, "kick 1 x") == "kick 2 y"
    browser.second.embed_by(weights)
    assert nearest(browser, "kick 1 x") == "kick 2 y"  # for now
    by_embedding(qtbot, browser)
    assert nearest(browser, "kick 1 x") == "snare 1 x"
    assert sorted(listened()) == sorted(2 * NAMES)
    browser.second.embed_by(None)
    assert nearest(browser, "kick 1 x") == "kick 2 y"
    qtbot.waitUntil(lambda: told == [True, False])


def test_embeddings_are_kept_so_the_next_start_listens_to_nothing(
    qtbot, browser, open_browser, loops, weights
):
    added_s = {entry_id: browser.shelf.entry(entry_id).added_s for entry_id in browser.shown_ids()}
    browser.second.embed_by(weights)
    by_embedding(qtbot, browser)
    again = open_browser()
    again.second.embed_by(weights)
    qtbot.waitUntil(lambda: len(again.shown_names()) == len(NAMES))
    by_embedding(qtbot, again)
    qtbot.waitUntil(lambda: not again.scan_strip.isVisible())
    assert nearest(again, "kick 1 x") == "snare 1 x"
    assert len(listened()) == 2 * len(NAMES)
    with LibraryIndex(storage_places().library) as index:
        assert {file.path: file.added_s for file in index.files()} == added_s


def test_what_nobody_has_heard_yet_goes_first(qtbot, browser, loops, weights):
    fill(loops, *(f"slow kick {number} z" for number in range(20)))
    browser.keeper.pause()
    browser.second.embed_by(weights)
    fill(loops, "hat x")
    browser.keeper._librarian.scan([loops])
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 25)
    qtbot.waitUntil(lambda: not browser.scan_strip.is_scanning)
    browser.keeper.resume()
    by_embedding(qtbot, browser)
    assert sorted(listened()[-len(NAMES) :]) == sorted(NAMES)
    assert listened().count("hat x") == 1  # with its embedding at once


def test_a_sound_that_gets_none_holds_up_nobody_and_is_not_tried_for_ever(qtbot, browser, loops, weights):
    fill(loops, "bass without")
    browser.second.embed_by(weights)
    browser.keeper._librarian.scan([loops])
    qtbot.waitUntil(lambda: listened().count("bass without") == 2, timeout=20_000)
    by_embedding(qtbot, browser)
    browser.keeper._librarian.scan([loops])
    qtbot.wait(300)
    assert listened().count("bass without") == 2
    gestures = browser.gestures
    gestures.similar_requested.emit(str(loops / "bass without.wav"))
    assert "could not be made" in " ".join(label.text() for label in browser.bar.findChildren(QLabel))


def test_weights_that_cannot_be_used_are_told_once_and_nothing_is_listened_to_for_them(
    qtbot, browser, tmp_path
):
    with qtbot.waitSignal(browser.second.failed, timeout=20_000) as caught:
        browser.second.embed_by(tmp_path / "damaged")
    assert "damaged" in str(caught.args[0])
    assert "Delete it." in " ".join(label.text() for label in browser.bar.findChildren(QLabel))
    assert nearest(browser, "kick 1 x") == "kick 2 y"
    assert len(listened()) == len(NAMES)


def test_what_somebody_stops_is_not_begun_again_until_it_is_chosen_anew(qtbot, browser, loops, weights):
    browser.keeper.pause()
    fill(loops, *(f"slow kick {number} z" for number in range(60)))
    browser.keeper._librarian.scan([loops])
    browser.keeper.resume()
    qtbot.waitUntil(lambda: len(listened()) == 64, timeout=20_000)
    browser.second.embed_by(weights)
    qtbot.waitUntil(lambda: len(listened()) > 66 and browser.scan_strip.is_listening, timeout=20_000)
    QTest.mouseClick(browser.scan_strip.cancel_button, LEFT)
    browser.keeper._librarian.scan([loops])
    qtbot.wait(500)
    n_listened = len(listened())
    assert n_listened < 120
    qtbot.wait(300)
    assert len(listened()) == n_listened
    assert not browser.similar.comparison.is_by_embedding
    browser.second.embed_by(None)
    browser.second.embed_by(weights)
    by_embedding(qtbot, browser)
    assert len(listened()) <= 2 * 64 + 2  # nobody is listened to a third time


# --- with the real process, and a network of random weights ----------------------------------------


def write_sounds(folder):
    """Two tones, a high noise and a low one."""
    time = np.arange(RATE_HZ // 2) / RATE_HZ
    noise = np.random.default_rng(1).normal(size=(2, time.size))
    sounds = {
        "tone a": np.sin(2 * np.pi * 220 * time),
        "tone b": np.sin(2 * np.pi * 233 * time),
        "noise high": np.diff(noise[0], append=0.0),
        "noise low": np.convolve(noise[1], np.ones(64), "same"),
    }
    for name, samples in sounds.items():
        sf.write(folder / f"{name}.wav", 0.5 * samples / np.abs(samples).max(), RATE_HZ, "FLOAT")


@pytest.fixture
def really(qtbot, monkeypatch, open_browser, loops):
    """A browser on four sounds, to which the real analyser has listened, without embeddings."""
    for path in loops.iterdir():
        path.unlink()
    write_sounds(loops)
    command = (sys.executable, "-m", "tests.unit.tiny_listening")
    monkeypatch.setattr(place_keeper, "AnalysisReader", partial(AnalysisReader, command=command, n_workers=1))
    panel = open_browser()
    qtbot.waitUntil(lambda: len(panel.similar.comparison.without_embedding) == 4, timeout=60_000)
    return panel


def test_from_the_weights_to_what_is_listed(qtbot, really, loops, weights):
    content, tiny = tiny_weights()
    weights.mkdir()
    (weights / tiny.file_name).write_bytes(content)
    really.second.embed_by(weights)
    qtbot.waitUntil(lambda: really.similar.comparison.is_by_embedding, timeout=60_000)
    embedder = Embedder(TinyBundle(), weights, tiny)
    with LibraryIndex(storage_places().library) as index:
        found = {Path(file.path): file.analysis for file in index.files()}
    assert len(found) == 4
    for path, analysis in found.items():
        mono = sf.read(path, dtype="float32")[0]
        assert analysis.embedding.shape == (EMBEDDING_VALUES,)
        assert analysis.embedding @ embedder.vector(mono) > 0.999
        assert analysis.vector is not None
        assert not analysis.error
    really.gestures.similar_requested.emit(str(loops / "tone a.wav"))
    qtbot.waitUntil(lambda: really.shown_names()[:2] == ["tone a", "tone b"])
    assert len(really.shown_names()) == 4


def test_real_weights_that_are_damaged_are_told_and_all_is_compared_as_before(qtbot, really, weights):
    content, tiny = tiny_weights()
    weights.mkdir()
    (weights / tiny.file_name).write_bytes(bytes(len(content)))
    with qtbot.waitSignal(really.second.failed, timeout=60_000) as caught:
        really.second.embed_by(weights)
    assert "is damaged" in str(caught.args[0])
    assert not really.similar.comparison.is_by_embedding
    assert all(entry_id in really.similar.comparison for entry_id in really.shown_ids())


# --- in the whole window ----------------------------------------------------------------------------


def test_the_window_compares_as_the_settings_say_from_the_start_and_says_so(qtbot, make_desk, home, loops):
    folder = storage_places().embedding
    folder.mkdir()
    with (folder / WAV2VEC2.file_name).open("wb") as file:
        file.truncate(WAV2VEC2.n_bytes)
    SettingsFile(home / "settings.json").save(
        Settings(library=LibrarySettings((str(loops),), compares_by_embedding=True))
    )
    desk = make_desk().open([])
    comparison = desk.window.findChild(SimilarKeeper).comparison
    desk.wait(lambda: all(str(path) in comparison for path in loops.iterdir()))
    desk.wait(lambda: comparison.is_by_embedding)
    desk.window.findChild(SettingsKeeper).show_dialog("similarity")
    page = desk.window.findChild(SimilarityPage)
    assert "in use" in " ".join(label.text() for label in page.findChildren(QLabel))
    QTest.mouseClick(page.features, LEFT)
    assert not comparison.is_by_embedding
    saved = SettingsFile(home / "settings.json")
    saved.load()
    assert saved.settings.library == LibrarySettings((str(loops),))
