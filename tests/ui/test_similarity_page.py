"""The page about similarity: nothing is fetched without a click that says how large it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from morphstudio.library.embedding_weights import WAV2VEC2, is_there
from morphstudio.ui.embedding_fetcher import EmbeddingFetcher
from morphstudio.ui.settings_similarity import SimilarityPage
from tests.weights_server import LENGTH, WeightsServer

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


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    server = WeightsServer()
    yield server
    server.close()


@pytest.fixture
def fetcher(qtbot, server, tmp_path):
    fetcher = EmbeddingFetcher(server.weights, tmp_path)
    yield fetcher
    fetcher.shut_down()


def test_a_click_fetches_and_the_page_follows(qtbot, page, fetcher, server, tmp_path):
    page.fetch_requested.connect(fetcher.fetch)
    fetcher.progressed.connect(page.show_fetching)
    fetcher.finished.connect(page.show_there)
    server.holds_after = LENGTH // 2
    QTest.mouseClick(page.fetch, LEFT)
    qtbot.waitUntil(page.cancel.isVisible)
    assert fetcher.is_running
    assert not fetcher.is_there
    server.goes_on.set()
    qtbot.waitUntil(page.embedding.isEnabled)
    assert fetcher.is_there
    assert not fetcher.is_running


def test_a_cancelled_fetch_says_so_at_once_and_leaves_nothing(qtbot, fetcher, server, tmp_path):
    server.holds_after = LENGTH // 2
    with qtbot.waitSignal(fetcher.progressed):
        fetcher.fetch()
    with qtbot.waitSignal(fetcher.cancelled):
        fetcher.cancel()
    assert not fetcher.is_running
    server.goes_on.set()
    qtbot.waitUntil(lambda: not list(tmp_path.iterdir()))
    assert not is_there(server.weights, tmp_path)


def test_a_failed_fetch_brings_its_error(qtbot, fetcher, server):
    server.status = 503
    with qtbot.waitSignal(fetcher.failed) as caught:
        fetcher.fetch()
    assert "answered 503" in str(caught.args[0])
    assert not fetcher.is_running
