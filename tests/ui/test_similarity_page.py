"""The page about similarity: nothing is fetched without a click that says how large it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from morphstudio.errors import ModelError
from morphstudio.library.embedding_weights import WAV2VEC2, EmbeddingWeights, is_there
from morphstudio.ui.embedding_fetcher import EmbeddingFetcher
from morphstudio.ui.embedding_keeper import EmbeddingKeeper
from morphstudio.ui.settings_similarity import SimilarityPage
from tests.conftest import child_processes
from tests.fake_fetching import FILE_NAME, LENGTH, command

WEIGHTS = EmbeddingWeights("made-up", FILE_NAME, LENGTH)
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def page(qtbot, themed_app):
    page = SimilarityPage(WAV2VEC2)
    qtbot.addWidget(page)
    page.resize(600, 450)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def said(page):
    heard = []
    page.embedding_chosen.connect(lambda is_embedding: heard.append(("chosen", is_embedding)))
    page.fetch_requested.connect(lambda: heard.append("fetch"))
    page.fetch_cancelled.connect(lambda: heard.append("cancel"))
    return heard


def texts(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_at_first_our_own_features_compare_and_the_other_cannot_be_chosen(page, said):
    assert page.features.isChecked()
    QTest.mouseClick(page.embedding, LEFT)
    assert page.features.isChecked()
    assert not said


def test_the_button_says_how_large_it_is_and_asks_once_a_click(page, said):
    assert "378 MB" in page.fetch.text()
    QTest.mouseClick(page.fetch, LEFT)
    assert said == ["fetch"]
    assert not page.cancel.isVisible()


def test_while_it_comes_it_can_be_cancelled_by_keys(page, said):
    page.fetch.setFocus()
    QTest.keyClick(page.fetch, KEY.Key_Space)
    page.show_fetching(94_000_000, 376_000_000)
    assert not page.fetch.isVisible()
    assert page.progress.value() == page.progress.maximum() // 4
    assert "94 MB of 376 MB" in texts(page)
    assert page.cancel.hasFocus()
    QTest.keyClick(page.cancel, KEY.Key_Space)
    page.show_absent()
    assert page.fetch.hasFocus()
    assert not page.progress.isVisible()
    assert said == ["fetch", "cancel"]


def test_once_there_it_can_be_chosen_and_left_again(page, said):
    page.fetch.setFocus()
    page.show_there()
    assert not page.fetch.isVisible()
    assert not page.cancel.isVisible()
    QTest.mouseClick(page.embedding, LEFT)
    QTest.mouseClick(page.features, LEFT)
    assert said == [("chosen", True), ("chosen", False)]


def test_what_is_set_is_said_back_to_nobody(page, said):
    page.show_there()
    page.choose(True)
    assert page.embedding.isChecked()
    page.choose(False)
    assert page.features.isChecked()
    assert not said


def test_a_failure_is_a_sentence_in_the_colour_of_warnings_and_it_can_be_tried_again(page, said):
    page.show_fetching(5, 10)
    page.show_failed("The connection broke off. Try again.")
    label = next(label for label in page.findChildren(QLabel) if "broke off" in label.text())
    assert label.isVisible()
    assert label.property("warn")
    QTest.mouseClick(page.fetch, LEFT)
    page.show_fetching(0, 10)
    assert not label.property("warn")
    assert said == ["fetch"]


def test_a_choice_whose_file_was_deleted_stays_and_says_what_happens(page):
    page.choose(True)
    page.show_absent()
    assert page.embedding.isEnabled()
    assert page.fetch.isVisible()
    assert "timbre features are used" in texts(page)


def test_whatever_takes_the_focus_says_what_it_is(page):
    for show in (page.show_absent, lambda: page.show_fetching(1, 2), page.show_there):
        show()
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName() or widget.text(), widget
    assert page.progress.accessibleName()


def test_in_use_is_said_once_it_is(page):
    page.show_there()
    page.choose(True)
    assert "timbre features are used" in texts(page)
    page.set_in_use(True)
    assert "in use" in texts(page)
    page.choose(False)
    assert "in use" not in texts(page)


# --- fetching --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "embedding"


@pytest.fixture
def make_keeper(qapp, page, folder):
    """Returns a function that makes a keeper of the page, with a process that fetches as it is told."""
    made, parent = [], QObject()

    def make(mode="whole", is_chosen=False):
        fetcher = EmbeddingFetcher(WEIGHTS, folder, command(mode))
        keeper = EmbeddingKeeper(fetcher, is_chosen, parent)
        keeper.fetcher, keeper.folders, keeper.errors = fetcher, [], []
        keeper.folder_changed.connect(keeper.folders.append)
        keeper.noticed.connect(keeper.errors.append)
        keeper.show_on(page)
        page.embedding_chosen.connect(keeper.choose)
        made.append(keeper)
        return keeper

    yield make
    for keeper in made:
        keeper.shut_down()
    parent.deleteLater()


def put(folder):
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_bytes(bytes(LENGTH))


def test_a_click_fetches_another_chooses_and_the_page_follows(qtbot, page, make_keeper, folder):
    keeper = make_keeper("held")
    QTest.mouseClick(page.fetch, LEFT)
    qtbot.waitUntil(lambda: page.progress.value() == page.progress.maximum() // 2)
    assert page.cancel.isVisible()
    (folder / "go").touch()
    qtbot.waitUntil(page.embedding.isEnabled)
    assert not keeper.fetcher.is_running
    assert not keeper.folders  # nobody chose it yet
    QTest.mouseClick(page.embedding, LEFT)
    QTest.mouseClick(page.features, LEFT)
    assert keeper.folders == [folder, None]


def test_cancelling_is_at_once_and_leaves_nothing(qtbot, page, make_keeper, folder):
    keeper = make_keeper("held")
    QTest.mouseClick(page.fetch, LEFT)
    qtbot.waitUntil(lambda: page.progress.value() > 0)
    QTest.mouseClick(page.cancel, LEFT)
    assert page.fetch.isVisible()
    assert not keeper.fetcher.is_running
    qtbot.waitUntil(lambda: not list(folder.iterdir()))
    qtbot.waitUntil(lambda: not child_processes())
    assert not is_there(WEIGHTS, folder)


def test_the_end_of_the_program_ends_what_fetches(qtbot, page, make_keeper, folder):
    keeper = make_keeper("held")
    QTest.mouseClick(page.fetch, LEFT)
    qtbot.waitUntil(lambda: page.progress.value() > 0)
    keeper.shut_down()
    assert not child_processes()
    assert not list(folder.iterdir())


def test_a_failed_fetch_says_why_and_can_be_tried_again(qtbot, page, make_keeper):
    make_keeper("fails")
    for _ in range(2):
        QTest.mouseClick(page.fetch, LEFT)
        qtbot.waitUntil(lambda: "not at home. Try again later." in texts(page))
        assert page.fetch.isVisible()


def test_what_was_chosen_counts_from_the_start_if_it_is_there_and_as_soon_as_it_is(
    qtbot, page, make_keeper, folder
):
    page.choose(True)
    keeper = make_keeper(is_chosen=True)
    assert keeper.folder is None
    QTest.mouseClick(page.fetch, LEFT)
    qtbot.waitUntil(lambda: keeper.folders == [folder])
    assert make_keeper(is_chosen=True).folder == folder


def test_what_is_deleted_counts_no_more_and_stays_chosen(page, make_keeper, folder):
    put(folder)
    page.choose(True)
    keeper = make_keeper(is_chosen=True)
    keeper.remove()
    assert keeper.folders == [None]
    assert not (folder / FILE_NAME).exists()
    assert "Not on this computer any more" in texts(page)
    (folder / FILE_NAME).mkdir()  # no file that could be deleted
    keeper.remove()
    assert "could not be deleted" in str(keeper.errors[0])


def test_damaged_weights_are_fetched_anew_by_one_click(qtbot, page, make_keeper, folder):
    put(folder)
    (folder / FILE_NAME).write_bytes(b"\1" * LENGTH)
    page.choose(True)
    keeper = make_keeper(is_chosen=True)
    keeper.give_up(ModelError("Can't load it", "It is damaged.", "Fetch it again."))
    assert keeper.folders == [None]
    assert "It is damaged." in texts(page)
    keeper.look()
    assert "It is damaged." in texts(page)
    QTest.mouseClick(page.fetch, LEFT)
    qtbot.waitUntil(lambda: keeper.folders == [None, folder])
    assert (folder / FILE_NAME).read_bytes() == bytes(LENGTH)
