"""The settings' dialog in the window: what it changes, and what it leaves as others made it meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from morphstudio.library.embedding_weights import WAV2VEC2
from morphstudio.paths import resources_dir
from morphstudio.settings import LibrarySettings, Settings, SettingsFile
from morphstudio.storage import RENDERS_FOLDER, storage_places
from morphstudio.ui.language import LanguageKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.settings_dialog import SettingsDialog
from morphstudio.ui.settings_keeper import SettingsKeeper
from morphstudio.ui.theme import load_theme
from morphstudio.ui.theme_keeper import ThemeKeeper

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def file(home):
    made = SettingsFile(home / "settings.json")
    made.save(Settings(library=LibrarySettings(places=("/loops/breaks",))))
    return made


@pytest.fixture
def desk(qtbot, themed_app, file, tmp_path):
    """A window with its keeper; `dialog` is open."""
    theme = load_theme(resources_dir() / "themes" / "dark.json")
    window = MainWindow(theme, QWidget(), QWidget())
    qtbot.addWidget(window)
    themes = ThemeKeeper(theme, "system")
    window.keeper = SettingsKeeper(theme, file, themes, LanguageKeeper(tmp_path), window)
    window.browser.shelf.set_places(file.settings.library.places)
    window.show()
    window.keeper.show_dialog("folders")
    window.dialog = window.findChild(SettingsDialog)
    yield window
    themes.choose("system")


def choose_renders(monkeypatch, desk, folder):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    QTest.mouseClick(desk.dialog.folders.choose, LEFT)


def test_the_dialog_takes_back_nothing_that_was_kept_while_it_is_open(monkeypatch, desk, file, tmp_path):
    starred = replace(file.settings.library, are_details_folded=True)
    file.save(replace(file.settings, library=starred, volume_db=-9.0))
    choose_renders(monkeypatch, desk, tmp_path)
    again = SettingsFile(file._path)
    assert again.load() is None
    assert again.settings.renders_folder == str(tmp_path / RENDERS_FOLDER)
    assert (again.settings.library, again.settings.volume_db) == (starred, -9.0)


def test_a_place_that_the_browser_adds_is_shown_and_stays(qtbot, monkeypatch, desk, file, tmp_path):
    shown = desk.dialog.folders.places
    # As whoever keeps the places does.
    desk.browser.shelf.places_changed.connect(
        lambda places: file.save(replace(file.settings, library=LibrarySettings(places)))
    )
    desk.browser.add_place("/loops/pads")
    qtbot.waitUntil(lambda: shown.count() == 2)
    choose_renders(monkeypatch, desk, tmp_path)
    assert file.settings.library.places == ("/loops/breaks", "/loops/pads")


def test_a_place_that_is_removed_in_the_dialog_is_told(qtbot, desk):
    places = desk.dialog.folders.places
    places.setCurrentRow(0)
    with qtbot.waitSignal(desk.keeper.library_changed) as told:
        QTest.mouseClick(desk.dialog.folders.remove, LEFT)
    assert told.args[0].places == ()


def test_a_chosen_theme_is_shown_at_once_and_kept(desk, file):
    desk.dialog.open_page("appearance")
    light = desk.dialog.appearance._cards["light"]
    QTest.mouseClick(light, LEFT)
    assert (desk.keeper._theme.tables.name, file.settings.appearance.theme) == ("Light", "light")


def test_the_choice_of_the_embedding_is_kept_and_counts_while_its_weights_are_there(desk, file):
    told = []
    desk.keeper.embedding.folder_changed.connect(told.append)
    folder = storage_places().embedding
    folder.mkdir()
    with (folder / WAV2VEC2.file_name).open("wb") as weights:
        weights.truncate(WAV2VEC2.n_bytes)
    desk.keeper.show_dialog("similarity")
    QTest.mouseClick(desk.dialog.similarity.embedding, LEFT)
    assert file.settings.library == LibrarySettings(("/loops/breaks",), compares_by_embedding=True)
    desk.dialog.storage.embedding_delete_requested.emit()
    assert told == [folder, None]
    assert file.settings.library.compares_by_embedding
