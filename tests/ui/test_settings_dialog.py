"""The settings: what is changed takes effect at once, by mouse or keys; nothing that counts holds it up."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTranslator, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QRadioButton

from morphstudio.audio.devices import DeviceId
from morphstudio.settings import AppearanceSettings, ExportSettings, LibrarySettings, Settings
from morphstudio.storage import OLD_DAYS, RENDERS_FOLDER, Usage, storage_places
from morphstudio.ui import settings_storage
from morphstudio.ui.device_menu import DeviceOffer
from morphstudio.ui.settings_dialog import SettingsDialog

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
CARD, SPEAKER = DeviceId("ALSA", "Scarlett 2i2"), DeviceId("ALSA", "HDA\n Analog")
PAGES = ["audio", "control", "folders", "similarity", "appearance", "language", "storage"]
BEFORE = Settings(
    volume_db=-3.0,
    library=LibrarySettings(places=("/loops/breaks", "/loops/pads"), are_details_folded=True),
    export=ExportSettings(bits=16),
)


@pytest.fixture
def places(home):
    return storage_places()


@pytest.fixture
def dialog(qtbot, themed_app, theme, places):
    dialog = SettingsDialog(theme, BEFORE, places)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def changes(dialog):
    kept = []
    dialog.settings_changed.connect(kept.append)
    return kept


def counted(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.storage.is_counting)


def write(path, n_bytes, age_days=0.0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(n_bytes))
    at_s = path.stat().st_mtime - age_days * 86_400
    os.utime(path, (at_s, at_s))
    return path


def click(widget, text):
    button = next(b for b in widget.findChildren(QPushButton) if b.text() == text)
    QTest.mouseClick(button, LEFT)


def test_pages_turn_by_keys_and_escape_closes(dialog):
    dialog.page_list.setFocus()
    seen = [dialog.page]
    for _ in range(6):
        QTest.keyClick(dialog.page_list, KEY.Key_Down)
        seen.append(dialog.page)
    assert seen == PAGES
    assert dialog.storage.isVisible()
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog.storage.is_counting


def test_enter_presses_nothing_that_has_not_the_focus(dialog, changes):
    dialog.page_list.setFocus()
    QTest.keyClick(dialog.page_list, KEY.Key_Return)
    assert dialog.isVisible()
    assert not changes


def test_tab_leads_from_the_pages_into_the_page_and_on_to_the_end(dialog):
    dialog.open_page("folders")
    dialog.page_list.setFocus()
    met = []
    for _ in range(7):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        met.append(QApplication.focusWidget())
    folders = dialog.folders
    assert met[:2] == [folders.places, folders.add]
    assert folders.renders in met
    assert folders.choose in met


@pytest.mark.parametrize("name", PAGES)
def test_whatever_takes_the_focus_says_what_it_is(dialog, name):
    dialog.open_page(name)
    page = getattr(dialog, name)
    takers = [
        w for w in page.findChildren(QObject)
        if w.isWidgetType() and w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
    assert takers
    for widget in takers:
        assert widget.accessibleName() or widget.text(), widget


def test_a_theme_is_chosen_by_a_click_and_all_else_stays(dialog, changes):
    dialog.open_page("appearance")
    QTest.mouseClick(dialog.appearance._cards["light"], LEFT)
    assert [c.appearance.theme for c in changes] == ["light"]
    assert (changes[0].volume_db, changes[0].library, changes[0].export) == (
        BEFORE.volume_db, BEFORE.library, BEFORE.export,
    )  # fmt: skip


def test_themes_and_languages_are_chosen_by_arrows(dialog, changes):
    dialog.open_page("appearance")
    dialog.appearance._cards["system"].setFocus()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Right)
    assert changes[-1].appearance.theme == "dark"
    dialog.open_page("language")
    choices = dialog.language.findChildren(QRadioButton)
    choices[0].setFocus()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Down)
    assert changes[-1].appearance == AppearanceSettings("dark", "ja")
    assert [c.text() for c in choices[1:]] == ["English", "日本語", "한국어", "中文"]


def test_settings_from_elsewhere_are_shown_and_said_back_to_nobody(dialog, changes):
    other = Settings(appearance=AppearanceSettings("light", "ko"), library=LibrarySettings(places=("/x",)))
    dialog.set_settings(other)
    assert not changes
    assert dialog.appearance._cards["light"].isChecked()
    assert dialog.folders.places.count() == 1
    dialog.open_page("appearance")
    QTest.mouseClick(dialog.appearance._cards["dark"], LEFT)
    assert changes[-1].library.places == ("/x",)
    assert changes[-1].appearance.language == "ko"


def test_a_place_is_added_once(dialog, changes, monkeypatch, tmp_path):
    dialog.open_page("folders")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    QTest.mouseClick(dialog.folders.add, LEFT)
    QTest.mouseClick(dialog.folders.add, LEFT)
    assert [c.library.places for c in changes] == [(*BEFORE.library.places, str(tmp_path))]
    assert dialog.folders.places.count() == 3
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    QTest.mouseClick(dialog.folders.add, LEFT)
    assert len(changes) == 1


def test_a_place_is_removed_by_its_button_or_by_delete(dialog, changes):
    dialog.open_page("folders")
    assert not dialog.folders.remove.isEnabled()
    dialog.folders.places.setCurrentRow(0)
    QTest.mouseClick(dialog.folders.remove, LEFT)
    assert changes[-1].library.places == ("/loops/pads",)
    dialog.folders.places.setFocus()
    dialog.folders.places.setCurrentRow(0)
    QTest.keyClick(dialog.folders.places, KEY.Key_Delete)
    assert changes[-1].library.places == ()
    assert changes[-1].library.are_details_folded


def test_renders_are_kept_in_a_folder_of_ours_within_the_one_that_was_chosen(
    dialog, changes, monkeypatch, tmp_path
):
    dialog.open_page("folders")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    QTest.mouseClick(dialog.folders.choose, LEFT)
    assert changes[-1].renders_folder == str(tmp_path / RENDERS_FOLDER)
    assert dialog.folders.renders.text() == str(tmp_path / RENDERS_FOLDER)
    QTest.mouseClick(dialog.folders.reset, LEFT)
    assert changes[-1].renders_folder == ""
    assert not dialog.folders.reset.isEnabled()


def test_a_folder_that_may_not_be_written_is_refused_in_a_sentence(dialog, changes, monkeypatch):
    dialog.open_page("folders")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/locked")
    monkeypatch.setattr(os, "access", lambda *_: False)
    QTest.mouseClick(dialog.folders.choose, LEFT)
    assert not changes
    assert "/locked" in dialog.folders._problem.text()
    assert dialog.folders._problem.isVisible()


def test_a_device_is_chosen(qtbot, dialog):
    dialog.set_offer(DeviceOffer((CARD, SPEAKER), "Scarlett 2i2", None, 512, None))
    box = dialog.audio.devices
    assert box.currentData() is None
    box.setFocus()
    with qtbot.waitSignal(dialog.device_chosen) as chosen:
        QTest.keyClick(box, KEY.Key_Down)  # past the heading, which cannot be chosen
    assert chosen.args == [CARD]
    assert "HDA Analog" in [box.itemText(row) for row in range(box.count())]


def test_a_device_that_has_gone_is_shown_as_gone(dialog):
    dialog.set_offer(DeviceOffer((SPEAKER,), "", CARD, 512, None))
    assert dialog.audio.devices.currentData() == CARD
    assert "not there" in dialog.audio.devices.currentText()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_the_list_of_devices_does_not_move_while_it_is_open(qtbot, dialog):
    dialog.set_offer(DeviceOffer((CARD,), "", None, 512, None))
    box = dialog.audio.devices
    box.showPopup()
    n_before = box.count()
    dialog.set_offer(DeviceOffer((CARD, SPEAKER), "", None, 512, None))
    assert box.count() == n_before
    box.hidePopup()
    qtbot.waitUntil(lambda: box.count() == n_before + 1)


def test_latency_asio_and_looking_again(qtbot, dialog):
    dialog.set_offer(DeviceOffer((CARD,), "", CARD, 512, True))
    audio = dialog.audio
    assert "512" in audio.latencies.currentText()
    audio.latencies.setFocus()
    with qtbot.waitSignal(dialog.latency_chosen) as latency:
        QTest.keyClick(audio.latencies, KEY.Key_Up)
    assert latency.args == [256]
    with qtbot.waitSignal(dialog.asio_switched) as asio:
        QTest.mouseClick(audio.asio, LEFT)
    assert asio.args == [False]
    with qtbot.waitSignal(dialog.rescan_requested):
        QTest.mouseClick(audio.rescan, LEFT)
    dialog.set_offer(DeviceOffer((CARD,), "", CARD, 512, None))
    assert not audio.asio.isVisible()


def test_showing_an_offer_says_nothing_back(qtbot, dialog):
    with (
        qtbot.assertNotEmitted(dialog.device_chosen),
        qtbot.assertNotEmitted(dialog.latency_chosen),
        qtbot.assertNotEmitted(dialog.asio_switched),
    ):
        dialog.set_offer(DeviceOffer((CARD, SPEAKER), "", SPEAKER, 128, True))


def test_storage_says_how_much_is_where(qtbot, dialog, places):
    write(places.logs / "a.log", 2_000_000)
    write(places.default_renders / "a.wav", 3_000_000)
    write(places.default_renders / "b.wav", 1_000_000)
    dialog.open_page("storage")
    counted(qtbot, dialog)
    sizes = {key: label.text() for key, label in dialog.storage.sizes.items()}
    assert "2.0 MB" in sizes["logs"]
    assert "4.0 MB" in sizes["renders"]
    assert "2 files" in sizes["renders"]
    assert not dialog.storage.clear.isEnabled()


def test_counting_that_takes_for_ever_holds_nothing_up(qtbot, dialog, monkeypatch):
    goes_on, has_given_up_seen = threading.Event(), []

    def endless(place, has_given_up):
        has_given_up_seen.append(has_given_up)
        goes_on.wait(5)
        return Usage(1, 1)

    monkeypatch.setattr(settings_storage, "usage", endless)
    dialog.open_page("storage")
    qtbot.waitUntil(lambda: bool(has_given_up_seen))
    assert "counting" in dialog.storage.sizes["renders"].text()
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()
    assert has_given_up_seen[0].is_set()
    goes_on.set()


def test_old_renders_go_after_a_question_and_only_then(qtbot, dialog, places):
    old = write(places.default_renders / "old.wav", 3_000_000, OLD_DAYS + 1)
    new = write(places.default_renders / "new.wav", 1_000_000)
    dialog.open_page("storage")
    counted(qtbot, dialog)
    QTest.mouseClick(dialog.storage.clear, LEFT)
    question = dialog.findChild(QMessageBox)
    assert "3.0 MB" in question.text()
    click(question, "Cancel")
    assert old.exists()
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is None)
    QTest.mouseClick(dialog.storage.clear, LEFT)
    click(dialog.findChild(QMessageBox), "Delete")
    qtbot.waitUntil(lambda: not old.exists())
    counted(qtbot, dialog)
    assert new.exists()
    assert "3.0 MB" in dialog.storage.note.text()
    assert not dialog.storage.clear.isEnabled()


def test_a_folder_that_is_not_ours_cannot_be_cleared(qtbot, dialog, tmp_path):
    write(tmp_path / "song.wav", 100, 1000)
    dialog.set_settings(Settings(renders_folder=str(tmp_path)))
    dialog.open_page("storage")
    counted(qtbot, dialog)
    assert not dialog.storage.clear.isEnabled()
    assert RENDERS_FOLDER in dialog.storage.note.text()


class Opener(QObject):
    """Stands in for the system's file manager."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def open(self, url):
        self.opened.append(Path(url.toLocalFile()))


def test_folders_are_opened_and_one_that_is_not_there_yet_by_the_next_above(qtbot, dialog, places):
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    try:
        places.logs.mkdir(parents=True)
        dialog.open_page("storage")
        counted(qtbot, dialog)
        QTest.mouseClick(dialog.storage.openers["logs"], LEFT)
        QTest.mouseClick(dialog.storage.openers["renders"], LEFT)
        dialog.open_page("folders")
        QTest.mouseClick(dialog.folders.open, LEFT)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opener.opened == [places.logs, places.default_renders.parent, places.default_renders.parent]


class Longer(QTranslator):
    """A language whose words are all three times as long."""

    def isEmpty(self):
        return False

    def translate(self, context, text, disambiguation=None, n=-1):
        return f"{text} {text} {text}"


def test_another_language_reaches_every_page_and_fits(qtbot, dialog):
    language = Longer()
    QApplication.installTranslator(language)
    try:
        QApplication.processEvents()
        assert dialog.windowTitle() == "Settings Settings Settings"
        names = [dialog.page_list.item(row).text() for row in range(7)]
        assert names[6] == "Storage Storage Storage"
        assert dialog.storage.title == names[6]
        for item in range(7):
            text_px = dialog.page_list.fontMetrics().horizontalAdvance(names[item])
            assert text_px < dialog.page_list.width()
    finally:
        QApplication.removeTranslator(language)
    QApplication.processEvents()
    assert dialog.windowTitle() == "Settings"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_dialog_at_its_smallest(qtbot, dialog, name):
    dialog.resize(dialog.minimumSize())
    dialog.open_page(name)
    page = getattr(dialog, name)
    QApplication.processEvents()
    assert page.width() <= page.parentWidget().width()


def test_the_embedding_is_counted_and_can_be_deleted_once_it_is_there(qtbot, dialog, places):
    asked = []
    dialog.storage.embedding_delete_requested.connect(lambda: asked.append(True))
    dialog.open_page("storage")
    counted(qtbot, dialog)
    assert not dialog.storage.delete_embedding.isEnabled()
    file = write(places.embedding / "wav2vec2_base.pth", 300_000)
    dialog.open_page("audio")
    dialog.open_page("storage")
    counted(qtbot, dialog)
    assert dialog.storage.sizes["embedding"].text() == "300.0 kB"
    dialog.storage.embedding_delete_requested.connect(lambda: file.unlink())
    QTest.mouseClick(dialog.storage.delete_embedding, LEFT)
    counted(qtbot, dialog)
    assert asked == [True]
    assert not dialog.storage.delete_embedding.isEnabled()


def test_what_sounds_are_compared_by_is_a_setting(dialog, changes):
    dialog.open_page("similarity")
    dialog.similarity.show_there()
    QTest.mouseClick(dialog.similarity.embedding, LEFT)
    assert changes[-1].library.compares_by_embedding
    assert changes[-1].library.places == BEFORE.library.places
    dialog.set_settings(BEFORE)
    assert dialog.similarity.features.isChecked()
