"""The window: where its parts stand, what may be dropped on it, what it says."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from morphstudio.errors import FileError
from morphstudio.paths import resources_dir
from morphstudio.ui.icons import icon, pixmap
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.theme import load_theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, themed_app, theme):
    pad, spectrogram = QWidget(), QWidget()
    pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window = MainWindow(theme, pad, spectrogram)
    window.pad, window.spectrogram = pad, spectrogram
    qtbot.addWidget(window)
    window.resize(1600, 1000)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


def mime_of(*urls):
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    return mime


def send(window, kind, mime, proposed=Qt.DropAction.MoveAction):
    place = QPointF(300, 300)
    place = place.toPoint() if kind is QDragEnterEvent else place
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = kind(place, both, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(proposed)
    QApplication.sendEvent(window, event)
    return event


def share(window, widget):
    place = widget.mapTo(window, widget.rect().topLeft())
    return (
        place.x() / window.width(),
        place.y() / window.height(),
        (place.x() + widget.width()) / window.width(),
        (place.y() + widget.height()) / window.height(),
    )


@pytest.mark.parametrize("size", [QSize(1600, 1000), QSize(1280, 720)])
def test_the_parts_stand_where_they_were_drawn(window, qtbot, size):
    window.resize(size)
    qtbot.wait(1)
    drawn = {
        window.browser: (0.0, 0.052, 0.19, 0.758),
        window.pad: (0.19, 0.052, 0.8175, 0.758),
        window.side_panel: (0.8175, 0.052, 1.0, 0.758),
        window.spectrogram: (0.0, 0.758, 1.0, 1.0),
    }
    for widget, wanted in drawn.items():
        assert share(window, widget) == pytest.approx(wanted, abs=0.025)


def overlapping(window):
    """Parts of the window that lie on each other, or leave it."""
    parts = (window.transport, window.message_bar, window.browser, window.pad, window.spectrogram)
    boxes = [widget.rect().translated(widget.mapTo(window, widget.rect().topLeft())) for widget in parts]
    pairs = itertools.combinations(boxes, 2)
    return [box for box in boxes if not window.rect().contains(box)] + [
        p for p in pairs if p[0].intersects(p[1])
    ]


def test_parts_neither_overlap_nor_leave_the_smallest_window(window, qtbot, make_sound):
    window.resize(1100, 640)
    window.message_bar.show_message("error", "Can't read it", "word " * 60, "hint " * 60)
    qtbot.waitUntil(lambda: not overlapping(window))
    assert window.size() == QSize(1100, 640)


def test_a_hand_made_width_outlives_a_resize(window, qtbot):
    handle = window.browser.parentWidget().handle(1)
    start = handle.rect().center()
    QTest.mousePress(handle, LEFT, pos=start)
    QTest.mouseMove(handle, start + type(start)(60, 0))
    QTest.mouseRelease(handle, LEFT, pos=start + type(start)(60, 0))
    width = window.browser.width()
    assert width > 330
    window.resize(1500, 900)
    qtbot.wait(1)
    assert window.browser.width() == width


def test_files_and_folders_are_taken_as_copies_after_the_drop(qtbot, window, tmp_path):
    names = ["a b.wav", "ä#1 100%.flac", "folder"]
    paths = [tmp_path / name for name in names]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    taken = []
    window.paths_dropped.connect(taken.append)
    send(window, QDragEnterEvent, mime)
    event = send(window, QDropEvent, mime)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert taken == []
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [paths]
    assert all(isinstance(path, Path) for path in taken[0])


def test_what_is_no_file_is_not_taken(qtbot, window):
    text = QMimeData()
    text.setText("hello")
    for mime in (text, mime_of("https://example.org/a.wav")):
        assert not send(window, QDragEnterEvent, mime).isAccepted()
    with qtbot.assertNotEmitted(window.paths_dropped, wait=50):
        window.dropEvent(send(window, QDropEvent, text))


def test_the_window_lights_up_while_files_are_held_over_it(window):
    def lit():
        return window.grab().toImage()

    before, mime = lit(), mime_of("file:///x.wav")
    assert send(window, QDragEnterEvent, mime).isAccepted()
    during = lit()
    assert during.pixelColor(1, 1) != before.pixelColor(1, 1)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert lit() == before
    send(window, QDragEnterEvent, mime)
    send(window, QDropEvent, mime)
    assert lit() == before


def test_closing_is_told_before_the_window_goes(window):
    seen = []
    window.closing.connect(lambda: seen.append(window.isVisible()))
    window.close()
    assert seen == [True]


def test_a_message_shows_until_it_is_closed_and_then_the_one_before(window):
    bar = window.message_bar
    assert not bar.isVisible()
    bar.show_message("error", "First", "It happened.", "Do this.")
    bar.show_message("info", "Second", "It went well.")
    bar.show_message("error", "First", "It happened.", "Do this.")
    assert bar.isVisible()
    assert bar.title.text() == "First"
    assert "+1 more" in bar.more.text()
    QTest.mouseClick(bar.close_button, LEFT)
    assert bar.title.text() == "Second"
    assert not bar.more.isVisible()
    QTest.mouseClick(bar.close_button, LEFT)
    assert not bar.isVisible()


def test_many_errors_are_one_line_with_details_to_copy(window):
    bar, lines = window.message_bar, [f"file {n}.txt is not a sound file." for n in range(40)]
    bar.show_report("40 files were not loaded", lines)
    assert bar.title.text() == "40 files were not loaded"
    assert not bar.details.isVisible()
    QTest.mouseClick(bar.details_button, LEFT)
    assert bar.details.isVisible()
    assert bar.height() < window.height() / 3
    assert bar.details.verticalScrollBar().maximum() > 0
    QTest.keyClick(bar.details, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(bar.details, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines() == lines
    QTest.mouseClick(bar.details_button, LEFT)
    assert not bar.details.isVisible()


def test_markup_in_a_file_name_is_shown_as_it_is(window):
    window.message_bar.show_message("error", "<h1>x</h1>", "<img src=y>.wav is damaged.")
    assert window.message_bar.title.textFormat() == Qt.TextFormat.PlainText
    assert window.message_bar.text.textFormat() == Qt.TextFormat.PlainText


def test_every_icon_is_drawn_in_the_colour_asked_for(themed_app, theme):
    files = sorted((resources_dir() / "icons").glob("*.svg"))
    assert files
    for file in files:
        picture = pixmap(file.stem, theme.role("bad"), 32).toImage()
        colours = {picture.pixelColor(x, y).name() for x in range(32) for y in range(32)
                   if picture.pixelColor(x, y).alpha() == 255}  # fmt: skip
        assert colours == {theme.role("bad").name()}, file.name
    with pytest.raises(FileNotFoundError):
        icon(theme, "no such icon")


def test_text_stands_out_from_what_it_stands_on(theme):
    def luminance(role):
        colour = theme.role(role)
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                 for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def contrast(text, ground):
        high, low = sorted((luminance(text), luminance(ground)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    assert contrast("text", "panel_raised") > 7
    assert contrast("text_dim", "panel") > 4.5
    assert contrast("on_accent", "accent") > 3
    assert contrast("accent_soft_text", "accent_soft") > 4.5


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"name": "x", "roles": {"text": "#ffffff"}}', '{"name": "x", "roles": 3}'],
)
def test_a_damaged_theme_is_refused_by_name(tmp_path, content):
    path = tmp_path / "mine.json"
    path.write_text(content)
    with pytest.raises(FileError, match=r"mine\.json"):
        load_theme(path)


def test_a_theme_with_a_colour_that_is_none_is_refused(tmp_path):
    table = json.loads((resources_dir() / "themes" / "dark.json").read_text())
    table["roles"]["accent"] = "violet-ish"
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(table))
    with pytest.raises(FileError, match="accent"):
        load_theme(path)
