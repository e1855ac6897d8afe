"""Folders, favourites, waveforms and the reading of files, with their threads and settings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import soundfile as sf
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from morphstudio.audio.clip_store import ClipStore
from morphstudio.library.index import LibraryIndex
from morphstudio.session import Session
from morphstudio.settings import SettingsFile
from morphstudio.storage import storage_places
from morphstudio.ui import place_keeper
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.importer import Importer
from morphstudio.ui.librarian import Librarian
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.place_keeper import PlaceKeeper
from morphstudio.ui.similar_keeper import SimilarKeeper


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "Loops"
    made.mkdir()
    for number, name in enumerate(("beat_120bpm.wav", "bass_Am_90.wav", "hat.wav")):
        ramp = np.linspace(0, 1, 8000)
        sf.write(made / name, 0.4 * np.sin(ramp * (500 + 100 * number)) * ramp, 44_100)
    (made / "broken.wav").write_bytes(b"RIFF nothing")
    return made


@pytest.fixture
def settings(home):
    made = SettingsFile(home / "settings.json")
    made.load()
    return made


@pytest.fixture
def open_browser(qtbot, themed_app, theme, settings):
    """Returns a function that opens a browser on the settings, as at a start."""
    keepers = []

    def make():
        panel, bar, pad = BrowserPanel(theme), MessageBar(theme), LatentPad(theme)
        for widget in (panel, bar, pad):
            qtbot.addWidget(widget)
        similar = SimilarKeeper(Session(), panel, pad, bar, panel)
        keeper = PlaceKeeper(panel, bar, settings, similar, storage_places().library, panel)
        keepers.append(keeper)
        panel.resize(304, 700)
        panel.show()
        keeper.start()
        return panel

    yield make
    for keeper in keepers:
        keeper.shut_down()


@pytest.fixture
def importer(tmp_path, qapp):
    store = ClipStore(tmp_path / "cache")
    made = Importer(store)
    yield made
    made.stop()
    store.close()


@pytest.fixture
def an_object(qapp):
    parent = QObject()
    yield parent
    parent.deleteLater()


def marked():
    with LibraryIndex(storage_places().library) as index:
        return set(index.marks())


def choose(monkeypatch, method, answer):
    monkeypatch.setattr(QFileDialog, method, lambda *_: answer)


def test_a_folder_is_added_listed_and_remembered(qtbot, monkeypatch, open_browser, folder, settings):
    browser = open_browser()
    choose(monkeypatch, "getExistingDirectory", str(folder))
    QTest.mouseClick(browser.empty_page.place_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 4)
    bass = browser.shelf.entry(str(folder / "bass_Am_90.wav"))
    assert (bass.bpm, bass.key, bass.sound_id) == (90.0, "Am", "")
    qtbot.waitUntil(lambda: not browser.scan_strip.is_scanning)
    assert settings.settings.library.places == (str(folder),)
    again = open_browser()
    qtbot.waitUntil(lambda: again.shown_names() == browser.shown_names())


def test_waveforms_of_files_come_by_themselves_even_beside_a_broken_one(
    qtbot, open_browser, folder, settings
):
    browser = open_browser()
    browser.add_place(str(folder))
    hat = str(folder / "hat.wav")
    qtbot.waitUntil(
        lambda: bool(browser.shelf.entry(hat)) and browser.shelf.entry(hat).duration_s is not None
    )
    assert browser.shelf.entry(hat).duration_s == pytest.approx(8000 / 44_100)
    assert browser.shelf.entry(str(folder / "broken.wav")).duration_s is None


def test_a_favourite_that_is_gone_is_found_again(qtbot, monkeypatch, open_browser, folder, settings):
    browser = open_browser()
    browser.add_place(str(folder))
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 4)
    star = browser.list_view.star_point(str(folder / "hat.wav"))
    QTest.mouseClick(browser.list_view.viewport(), Qt.MouseButton.LeftButton, pos=star)
    qtbot.waitUntil(lambda: marked() == {str(folder / "hat.wav")})
    qtbot.waitUntil(lambda: not browser.scan_strip.is_scanning)
    folder.rename(folder.with_name("Moved"))
    again = open_browser()
    qtbot.waitUntil(lambda: len(again.shown_names()) == 4)
    qtbot.waitUntil(lambda: all(again.shelf.entry(entry_id).is_missing for entry_id in again.shown_ids()))
    qtbot.waitUntil(lambda: not again.scan_strip.is_scanning)
    moved = folder.with_name("Moved") / "hat.wav"
    choose(monkeypatch, "getOpenFileName", (str(moved), ""))
    number = again.shown_names().index("hat")
    row = again.list_view.visualRect(again.list_view.model().index(number, 0)).center()
    QTest.mouseDClick(again.list_view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert not again.shelf.entry(str(moved)).is_missing
    qtbot.waitUntil(lambda: marked() == {str(moved)})
    # The folder went with it, and is scanned where it is now.
    assert settings.settings.library.places == (str(moved.parent),)
    qtbot.waitUntil(lambda: len(again.shown_names()) == 4)


def test_what_was_deleted_is_missing_after_looking_again(qtbot, open_browser, folder):
    browser = open_browser()
    browser.add_place(str(folder))
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 4)
    (folder / "hat.wav").unlink()
    browser.place_button.scan_requested.emit("")
    qtbot.waitUntil(lambda: browser.shelf.entry(str(folder / "hat.wav")).is_missing)


def test_a_scan_that_is_cancelled_says_nothing_of_what_is_missing(qtbot, qapp, tmp_path):
    for number in range(3000):
        (tmp_path / f"{number}.wav").write_bytes(b"x")
    scanner, found, reports = Librarian(tmp_path / "index.sqlite"), [], []
    scanner.entries_found.connect(found.append)
    scanner.place_scanned.connect(reports.append)
    scanner.progressed.connect(lambda _, count: scanner.cancel() if count else None)
    with qtbot.waitSignal(scanner.scan_ended):
        scanner.start()
        scanner.scan([tmp_path])
    scanner.stop()
    assert reports == []
    assert sum(map(len, found)) > 0


def test_what_is_asked_for_after_a_cancel_does_not_revive_what_was_cancelled(qtbot, qapp, tmp_path):
    large, small = tmp_path / "large", tmp_path / "small"
    for folder, n_files in ((large, 3000), (small, 3)):
        folder.mkdir()
        for number in range(n_files):
            (folder / f"{number}.wav").write_bytes(b"x")
    scanner, reports = Librarian(tmp_path / "index.sqlite"), []

    def turn_to_another(name, count):
        if name == "large" and count:
            scanner.cancel()
            scanner.scan([small])

    scanner.place_scanned.connect(reports.append)
    scanner.progressed.connect(turn_to_another)
    with qtbot.waitSignal(scanner.scan_ended):
        scanner.start()
        scanner.scan([large])
    scanner.stop()
    assert [report.place for report in reports] == [small]


def test_a_place_that_the_settings_know_already_is_looked_through(qtbot, open_browser, folder, settings):
    browser = open_browser()
    library = replace(settings.settings.library, places=(str(folder),))
    settings.save(replace(settings.settings, library=library))  # as their dialog does first
    browser.add_place(str(folder))
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 4)


def test_what_somebody_waits_for_is_read_before_the_drop(qtbot, importer, folder, tmp_path):
    names, reports = [], []
    importer.sound_loaded.connect(lambda sound, _: names.append(sound.clip.name))
    importer.batch_finished.connect(reports.append)
    importer.add([folder])
    importer.load(folder / "hat.wav")
    importer.start()
    qtbot.waitUntil(lambda: len(reports) == 2)
    assert names[0] == "hat"
    assert [report.n_loaded for report in reports] == [1, 3]
    assert reports[1].unread == (folder / "broken.wav",)


def test_what_somebody_waits_for_is_handed_out_before_the_drop(qtbot, importer, folder, an_object):
    arrivals, names, reports = Arrivals(importer, an_object), [], []
    arrivals.sound_arrived.connect(lambda sound, _: names.append(sound.clip.name))
    arrivals.batch_arrived.connect(reports.append)
    importer.start()
    importer.add([folder])
    with qtbot.waitSignal(importer.batch_finished):
        pass
    with qtbot.waitSignal(importer.batch_finished):
        arrivals.load(folder / "hat.wav")
    assert names == []
    arrivals.hand_out()
    assert names == ["hat", "bass_Am_90", "beat_120bpm", "hat"]
    assert len(reports) == 2


def test_the_same_file_is_the_same_sound_until_it_changes(qtbot, importer, folder):
    ids = []
    importer.sound_loaded.connect(lambda sound, _: ids.append(sound.sound_id))
    importer.start()

    def load(name):
        with qtbot.waitSignal(importer.batch_finished):
            importer.load(folder / name)
        return ids[-1]

    first, other = load("hat.wav"), load("beat_120bpm.wav")
    assert first != other
    assert load("hat.wav") == first
    sf.write(folder / "hat.wav", np.full(5000, 0.25), 44_100)
    assert load("hat.wav") not in (first, other)


def test_cancelling_ends_every_drop_with_a_report(qtbot, importer, folder):
    reports, progress = [], []
    importer.batch_finished.connect(reports.append)
    importer.progressed.connect(lambda done, total: progress.append((done, total)))
    for _ in range(3):
        importer.add([folder])
    importer.cancel()
    assert [report.n_loaded for report in reports] == [0, 0, 0]
    importer.start()
    importer.add([folder])
    qtbot.waitUntil(lambda: len(reports) == 4)
    assert reports[3].n_loaded == 3
    assert progress[-1] == (4, 4)


def test_nobody_listens_while_somebody_plays(qtbot, monkeypatch, open_browser, folder, tmp_path):
    monkeypatch.setattr(place_keeper, "_PLAYING_MS", 300)
    browser = open_browser()
    keeper = browser.findChild(PlaceKeeper)
    keeper.give_way()
    keeper.resume()
    browser.shelf.add_place(str(folder))
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 4)
    assert not (tmp_path / "listened").exists()
    hat = str(folder / "hat.wav")
    qtbot.waitUntil(lambda: browser.shelf.entry(hat).analysis is not None)


def test_what_is_paused_goes_on_when_it_is_said(qtbot, open_browser, folder, tmp_path):
    browser = open_browser()
    keeper = browser.findChild(PlaceKeeper)
    browser.shelf.add_place(str(folder))
    qtbot.waitUntil(lambda: len(browser.shown_names()) == 4)
    qtbot.wait(100)
    assert not (tmp_path / "listened").exists(), "it begins when the model is there"
    keeper.resume()
    qtbot.waitUntil(lambda: browser.shelf.entry(str(folder / "hat.wav")).analysis is not None)
