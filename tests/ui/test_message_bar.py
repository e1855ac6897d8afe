"""What the bar says, what can be done about it, and how far long work is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from morphstudio.paths import resources_dir
from morphstudio.ui.elided import ElidedLabel, WrappedLabel
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.theme import load_theme
from morphstudio.ui.work import Work, clock_text

LEFT = Qt.MouseButton.LeftButton
LONG_PATH = "/home/ada/Music/" + "loops_of_the_last_year_" * 12 + "kick.wav"


class Window(QWidget):
    def __init__(self, theme):
        super().__init__()
        self.bar = MessageBar(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addStretch(1)


@pytest.fixture
def window(qtbot, themed_app, theme):
    window = Window(theme)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    return window


@pytest.fixture
def bar(window):
    return window.bar


def shown_rows(bar):
    return [row.title.text() for row in bar.work.rows if row.isVisible()]


def test_nothing_to_say_takes_no_room(bar):
    assert not bar.isVisible()
    bar.show_message("info", "Saved", "Basement breaks.morph is saved.")
    assert bar.isVisible()
    bar.close_newest()
    assert not bar.isVisible()


def test_the_action_does_what_it_says_and_closes_its_message(bar):
    done = []

    def act():
        done.append(len(bar.messages))
        bar.show_message("info", "Opened", "It is open.")

    bar.show_message("error", "Can't read it", "It is damaged.", "Open another.", "Open…", act)
    assert bar.action_button.isVisible()
    assert bar.action_button.text() == "Open…"
    QTest.mouseClick(bar.action_button, LEFT)
    assert done == [0]  # closed before it runs
    assert [message.title for message in bar.messages] == ["Opened"]
    assert not bar.action_button.isVisible()


def test_the_action_is_pressed_by_keyboard(window, bar, qtbot):
    done = []
    bar.show_message("error", "Can't read it", "It is damaged.", "", "Save & close", lambda: done.append(1))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar.action_button.setFocus()
    QTest.keyClick(bar.action_button, Qt.Key.Key_Return)
    assert done == [1]
    assert bar.action_button.text() == "Save && close"


def test_each_message_has_its_own_action(bar):
    done = []
    bar.show_message("warning", "First", "One.", "", "Do one", lambda: done.append(1))
    bar.show_message("warning", "Second", "Two.", "", "Do two", lambda: done.append(2))
    QTest.mouseClick(bar.action_button, LEFT)
    assert bar.title.text() == "First"
    QTest.mouseClick(bar.action_button, LEFT)
    assert done == [2, 1]


def test_the_same_message_twice_is_one(bar):
    for _ in range(2):
        bar.show_message("warning", "Same", "Same.", "", "Do", lambda: None)
    assert len(bar.messages) == 1


def test_news_replaces_news_and_warnings_stay(bar):
    bar.show_message("warning", "Careful", "Something.")
    bar.show_message("info", "Saved", "One.")
    bar.show_message("info", "Saved again", "Two.")
    assert [message.title for message in bar.messages] == ["Careful", "Saved again"]


def test_long_work_is_shown_until_it_ends(bar):
    work = bar.begin_work("Exporting kick.wav")
    assert bar.isVisible()
    row = bar.work.rows[0]
    assert row.isVisible()
    assert (row.title.text(), row.cancel_button.isVisible()) == ("Exporting kick.wav", False)
    work.set_progress(42, 100)
    assert row.bar.value() / row.bar.maximum() == pytest.approx(0.42)
    assert row.status.text() == "42 %"
    assert row.bar.accessibleName() == "Exporting kick.wav"
    work.finish()
    assert not bar.isVisible()
    work.set_progress(100, 100)  # what comes late does no harm
    work.finish()


def test_work_and_messages_leave_each_other_alone(bar):
    bar.show_report("Two things", ["one", "two"])
    bar.details_button.click()
    work = bar.begin_work("Reading")
    assert bar.details.isVisible()
    bar.clear()
    assert bar.isVisible()
    assert shown_rows(bar) == ["Reading"]
    bar.show_message("info", "Saved", "One.")
    work.finish()
    assert bar.isVisible()
    assert shown_rows(bar) == []


def test_of_many_works_two_show_and_the_rest_is_counted(bar):
    works = [bar.begin_work(name) for name in "abcd"]
    assert shown_rows(bar) == ["a", "b"]
    assert bar.work.more.text() == "and 2 more"
    works[0].finish()
    works[3].finish()
    assert shown_rows(bar) == ["b", "c"]
    assert not bar.work.more.isVisible()
    for work in works:
        work.finish()
    assert not bar.isVisible()


def test_cancel_asks_once_and_the_owner_ends_it(bar):
    asked = []
    work = bar.begin_work("Exporting", lambda: asked.append(True))
    button = bar.work.rows[0].cancel_button
    QTest.mouseClick(button, LEFT)
    QTest.mouseClick(button, LEFT)
    work.cancel()
    assert asked == [True]
    assert (button.text(), button.isEnabled()) == ("Cancelling…", False)
    assert shown_rows(bar) == ["Exporting"]
    work.finish()
    assert not bar.isVisible()


def test_work_that_ends_at_once_when_cancelled(bar):
    work = bar.begin_work("Exporting", lambda: work.finish())
    QTest.mouseClick(bar.work.rows[0].cancel_button, LEFT)
    assert not bar.isVisible()


def test_work_of_unknown_length_tells_no_numbers(bar):
    work = bar.begin_work("Reading a folder")
    work.set_progress(7, 0, "/home/ada/Loops")
    row = bar.work.rows[0]
    assert (row.bar.minimum(), row.bar.maximum()) == (0, 0)
    assert row.status.text() == ""
    assert row.text.text() == "/home/ada/Loops"
    work.set_progress(2, 1)  # more than all is all
    assert row.status.text() == "100 %"


def test_the_time_left_is_told_once_it_is_no_guess(qapp):
    now_s = [0.0]
    work = Work("Tuning", now_s=lambda: now_s[0])
    work.set_progress(1, 10)
    assert work.left_s is None
    now_s[0] = 10.0
    assert work.left_s == pytest.approx(90.0)
    work.set_progress(10, 10)
    assert work.left_s == pytest.approx(0.0)


def test_the_row_tells_the_time_left(bar):
    work = bar.begin_work("Tuning")
    work._started_s -= 21
    work.set_progress(1, 2)
    assert bar.work.rows[0].status.text() == "50 % · 0:21 left"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0:00"), (61, "1:01"), (3599.6, "1:00:00"), (3723, "1:02:03")]
)
def test_times_read_like_a_clock(seconds, text):
    assert clock_text(seconds) == text


def test_long_names_and_paths_fit_the_window_and_are_whole_in_the_tool_tip(window, bar, qtbot):
    work = bar.begin_work(f"Exporting {LONG_PATH}", lambda: None)
    work.set_progress(1, 2, LONG_PATH)
    bar.show_message(
        "error", f"Can't read {LONG_PATH}", f"{LONG_PATH} is damaged.", LONG_PATH, "Do", work.finish
    )
    qtbot.wait(1)
    window.grab()
    assert window.width() == 1280
    row = bar.work.rows[0]
    for label in (bar.title, bar.text, bar.hint, row.title, row.text):
        assert label.toolTip().count(LONG_PATH) == 1
        shown = label.shown if isinstance(label, ElidedLabel) else label.text()
        assert "…" in shown
        assert shown.endswith(("kick.wav", "damaged."))
        widest = max(label.fontMetrics().horizontalAdvance(word) for word in shown.split())
        assert widest <= label.width()
    for button in (bar.action_button, bar.close_button, row.cancel_button):
        place = button.mapTo(window, button.rect().bottomRight())
        assert window.rect().contains(place)


def test_a_label_shows_everything_again_where_there_is_room(qtbot, themed_app):
    for kind in (ElidedLabel, WrappedLabel):
        label = kind()
        qtbot.addWidget(label)
        (label.setText if kind is ElidedLabel else label.set_sentence)(LONG_PATH)
        for width in (200, 6000):
            label.resize(width, 40)
            label.show()
            label.grab()
        assert (label.shown if kind is ElidedLabel else label.text()) == LONG_PATH
        assert label.toolTip() == ""


def test_a_sentence_without_blanks_is_wrapped_not_cut(qtbot, themed_app):
    label = WrappedLabel()
    qtbot.addWidget(label)
    sentence = "このファイルは壊れているため読み込むことができませんでした。" * 4
    label.resize(200, 400)
    label.show()
    label.set_sentence(sentence)
    assert label.text() == sentence


def test_colours_follow_the_theme(qtbot, themed_app):
    theme = load_theme(resources_dir() / "themes" / "dark.json")
    window = Window(theme)
    qtbot.addWidget(window)
    window.resize(1280, 300)
    window.show()
    window.bar.show_message("error", "Can't", "It is damaged.")
    window.bar.begin_work("Reading")
    for name in ("dark", "light"):
        theme.load(resources_dir() / "themes" / f"{name}.json")
        image = window.grab().toImage()
        assert image.pixelColor(0, 10) == theme.role("bad")
        assert image.pixelColor(8, window.bar.height() - 4) == theme.role("panel_header")


def test_the_language_is_switched_while_work_goes_on(bar, qtbot):
    class Shouting(QTranslator):
        def translate(self, context, source, disambiguation=None, n=-1):
            return source.upper() if source in ("Cancel", "Details") else None

        def isEmpty(self):
            return False

    bar.begin_work("Reading", lambda: None)
    bar.show_report("Two things", ["one", "two"])
    shouting = Shouting()
    QCoreApplication.installTranslator(shouting)
    try:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
        assert bar.work.rows[0].cancel_button.text() == "CANCEL"
        assert bar.details_button.text() == "DETAILS"
    finally:
        QCoreApplication.removeTranslator(shouting)


def test_nothing_moves_under_a_mouse_that_is_held(qtbot, themed_app, theme):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    bar, below = MessageBar(theme), QWidget()
    below.setMinimumSize(200, 200)
    layout.addWidget(bar)
    layout.addWidget(below, 1)
    window.show()
    qtbot.waitExposed(window)
    place = below.pos()
    QTest.mousePress(below, Qt.MouseButton.LeftButton)
    bar.show_message("info", "Exported", "a.wav")
    qtbot.wait(250)
    assert below.pos() == place
    assert not bar.isVisible()
    QTest.mouseRelease(below, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.isVisible() and below.pos() != place)
