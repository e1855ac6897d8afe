"""The fields of tempo and length in the top bar, and the panel of a loop: typed, turned, dragged, chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from morphstudio.audio.clip import RATE_HZ
from morphstudio.morph.musical_time import LoopTime
from morphstudio.ui.bars_field import BarsField
from morphstudio.ui.controls import em
from morphstudio.ui.loop_time_facts import KeyOfLoop, LoopTimeFacts
from morphstudio.ui.loop_time_panel import LoopTimePanel
from morphstudio.ui.tempo_field import LoopTempo, TempoField, TempoOffer
from tests.ui.pad_driver import record

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key
opens_a_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot, themed_app, theme):
    window = QWidget()
    window.tempo, window.bars = TempoField(theme), BarsField(theme)
    layout = QHBoxLayout(window)
    layout.addWidget(window.tempo)
    layout.addWidget(window.bars)
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def tempo(window):
    window.tempo.set_offer(TempoOffer(128.0))
    return window.tempo


def type_in(field, text, key=KEY.Key_Return):
    QTest.mouseClick(field, LEFT, pos=QPoint(8, field.height() // 2))
    assert field.is_typing
    QTest.keyClicks(field.typed, text)
    QTest.keyClick(field.typed, key)


def wheel(field, notches, modifiers=NONE):
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle, field.mapToGlobal(middle), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)


@pytest.mark.parametrize(
    ("text", "bpm"), [("174", 174.0), ("128.5", 128.5), ("92,25", 92.25), (" 60 bpm ", 60.0)]
)
def test_a_tempo_is_typed(tempo, text, bpm):
    got = record(tempo.bpm_chosen)
    type_in(tempo, text)
    assert got == [bpm]
    assert not tempo.is_typing
    assert tempo.hasFocus()


@pytest.mark.parametrize("text", ["fast", "12", "301", "-120", "1e2", "12.8.5", "NaN"])
def test_nonsense_is_refused_with_a_hint_and_can_be_mended(tempo, text):
    got = record(tempo.bpm_chosen)
    type_in(tempo, text)
    assert tempo.is_typing
    assert "30" in tempo.typed.hint
    assert "300" in tempo.typed.hint
    QTest.keyClicks(tempo.typed, "99")  # over what was refused
    assert not tempo.typed.hint
    QTest.keyClick(tempo.typed, KEY.Key_Return)
    assert got == [99.0]


def test_escape_and_what_is_shown_already_change_nothing(tempo):
    got = record(tempo.bpm_chosen)
    type_in(tempo, "90", KEY.Key_Escape)
    assert not tempo.is_typing
    tempo.set_offer(TempoOffer(119.9993))
    assert tempo.value_text == "120.0"
    type_in(tempo, "")
    assert got == []
    type_in(tempo, "120")
    assert got == [120.0]


def test_a_click_elsewhere_takes_what_was_typed_if_it_is_a_tempo(window, tempo):
    got = record(tempo.bpm_chosen)
    for text in ("97", "nonsense"):
        QTest.mouseClick(tempo, LEFT, pos=QPoint(8, 8))
        QTest.keyClicks(tempo.typed, text)
        window.bars.setFocus(Qt.FocusReason.MouseFocusReason)
        assert not tempo.is_typing
    assert got == [97.0]


def test_a_figure_begins_typing(tempo):
    got = record(tempo.bpm_chosen)
    tempo.setFocus()
    QTest.keyClick(tempo, "9")
    QTest.keyClicks(tempo.typed, "5")
    QTest.keyClick(tempo.typed, KEY.Key_Enter)
    assert got == [95.0]
    assert not tempo.is_typing


def test_keys_and_wheel_turn_by_ones_and_with_shift_by_tenths(tempo):
    got = record(tempo.bpm_chosen)
    tempo.setFocus()
    QTest.keyClick(tempo, KEY.Key_Up)
    QTest.keyClick(tempo, KEY.Key_Down, SHIFT)
    QTest.keyClick(tempo, KEY.Key_PageUp)
    wheel(tempo, -1)
    wheel(tempo, 0.5)
    wheel(tempo, 0.5, SHIFT)
    assert got == [129.0, 127.9, 138.0, 127.0, 128.1]
    tempo.set_offer(TempoOffer(299.5))
    QTest.keyClick(tempo, KEY.Key_Up)
    assert got[-1] == 300.0


def test_a_drag_upwards_goes_up_and_is_no_click(tempo):
    tempo.bpm_chosen.connect(lambda bpm: tempo.set_offer(TempoOffer(bpm)))
    place = tempo.rect().center()
    QTest.mousePress(tempo, LEFT, pos=place)
    for dy in range(0, 60, 3):
        QTest.mouseMove(tempo, place - QPoint(0, dy))
    QTest.mouseRelease(tempo, LEFT, pos=place - QPoint(0, 57))
    assert 133.0 < tempo.offer.bpm < 145.0
    assert not tempo.is_typing


def test_a_free_tempo_is_turned_from_that_of_the_loop(tempo):
    got = record(tempo.bpm_chosen)
    tempo.set_offer(TempoOffer(None, 97.4))
    assert tempo.value_text == "free"
    QTest.keyClick(tempo, KEY.Key_Up)
    assert got == [98.4]
    assert not tempo.half_action.isEnabled()
    assert not tempo.metre_menu.isEnabled()


@opens_a_menu
def test_the_menu_says_where_a_tempo_may_come_from(qtbot, tempo):
    tempo.menu_opening.connect(lambda: tempo.set_loops([LoopTempo("id", "Drums & more", 174.0)]))
    got = [record(signal) for signal in (tempo.bpm_chosen, tempo.loop_chosen, tempo.beats_chosen)]
    freed = []
    tempo.free_chosen.connect(lambda: freed.append(1))
    QTest.mouseClick(tempo, LEFT, pos=QPoint(tempo.width() - 6, tempo.height() // 2))
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    assert not tempo.is_typing
    (loop,) = tempo.loops_menu.actions()
    assert loop.text() == "Drums && more · 174.0"
    for action in (loop, tempo.double_action, tempo.half_action, tempo.metre_menu.actions()[0]):
        action.trigger()
    tempo.free_action.trigger()
    tempo.menu.close()
    assert got == [[256.0, 64.0], ["id"], [3]]
    assert freed == [1]
    assert not tempo.free_action.isChecked()
    with qtbot.waitSignal(tempo.keeps_pitch_chosen) as caught:
        tempo.pitch_action.trigger()
    assert caught.args == [False]


def test_half_and_double_stop_where_tempos_do(tempo):
    tempo.set_offer(TempoOffer(174.0))
    assert (tempo.half_action.isEnabled(), tempo.double_action.isEnabled()) == (True, False)
    tempo.set_offer(TempoOffer(50.0))
    assert (tempo.half_action.isEnabled(), tempo.double_action.isEnabled()) == (False, True)


def test_what_is_proposed_is_shown_until_it_is_taken_back(tempo):
    tempo.propose(133.3)
    assert tempo.value_text == "133.3"
    tempo.propose(None)
    assert tempo.value_text == "128.0"


def test_bars_are_typed_turned_and_chosen(window):
    bars, got = window.bars, record(window.bars.bars_chosen)
    bars.show_length(2, 4.0, 16)
    assert bars.value_text == "2 bars"
    type_in(bars, "3 bars")
    bars.setFocus()
    QTest.keyClick(bars, KEY.Key_Up)
    QTest.keyClick(bars, KEY.Key_Down)
    QTest.keyClick(bars, KEY.Key_Up, SHIFT)
    bars.menu.actions()[3].trigger()
    assert got == [3, 4, 1, 3, 8]
    for nonsense in ("0", "2.5", "many", "1000"):
        type_in(bars, nonsense)
        assert bars.typed.hint
        QTest.keyClick(bars.typed, KEY.Key_Escape)
    assert len(got) == 5


def test_bars_stop_at_the_longest_loop(window):
    bars, got = window.bars, record(window.bars.bars_chosen)
    bars.show_length(4, 32.0, 7)
    assert [action.isEnabled() for action in bars.menu.actions()] == [True, True, True, False, False]
    QTest.keyClick(bars, KEY.Key_Up)
    assert got == [7]


def test_without_a_tempo_the_length_is_seconds_and_bars_are_offered(window):
    bars, got = window.bars, record(window.bars.bars_chosen)
    bars.show_length(None, 0.0)
    assert bars.value_text == "—"
    bars.show_length(None, 4.004)
    assert bars.value_text == "4.00 s"
    QTest.keyClick(bars, KEY.Key_Up)
    type_in(bars, "")
    type_in(bars, "2")
    assert got == [1, 2]


def test_nothing_moves_when_values_change(window, tempo):
    widths = set()
    for bpm in (30.0, 99.9, 300.0, None):
        tempo.set_offer(TempoOffer(bpm))
        widths.add(tempo.sizeHint().width())
    assert len(widths) == 1


# --- the panel of a loop -----------------------------------------------------------------------------


@pytest.fixture
def panel(window, theme):
    panel = LoopTimePanel(theme, window)
    panel.chosen = record(panel.loop_time_chosen)
    show(panel)
    return panel


def show(panel, loop_time=LoopTime(), bpm=120.0, **more):  # noqa: B008 it is frozen
    peaks = np.full(100, 0.02, np.float32)
    peaks[[0, 25, 50, 75]] = 1.0
    others = (KeyOfLoop("bass", "C"), KeyOfLoop("pad", "Em", 2))
    facts = LoopTimeFacts(
        "a", "drums", 2 * RATE_HZ, peaks, loop_time, bpm, heard_bpm=120.0, key="Am", others=others, **more
    )
    panel.open_at(facts, QPoint(100, 100))


def test_the_panel_gives_the_keyboard_back(panel, window):
    panel.close_panel()
    before, other = QLineEdit(window), QLineEdit(window)
    before.show()
    other.show()
    before.setFocus()
    show(panel)
    QTest.keyClick(panel.tempo_line, KEY.Key_Escape)
    assert panel.isHidden()
    assert before.hasFocus()
    show(panel)
    other.setFocus()
    panel.close_panel()
    assert other.hasFocus()


def test_the_tempo_of_a_loop_is_typed_halved_doubled_and_given_back(panel):
    assert panel.tempo_line.hasFocus()
    QTest.keyClicks(panel.tempo_line, "93,5")
    QTest.keyClick(panel.tempo_line, KEY.Key_Return)
    QTest.mouseClick(panel.half_button, LEFT)
    QTest.mouseClick(panel.double_button, LEFT)
    assert [loop_time.bpm for _, loop_time in panel.chosen] == [93.5, 60.0, 240.0]
    show(panel, LoopTime(93.5, 100, 3), 93.5)
    QTest.mouseClick(panel.reset_button, LEFT)
    assert panel.chosen[-1] == ("a", LoopTime())


def test_nonsense_in_the_panel_is_refused_there(panel):
    for line, text in ((panel.tempo_line, "fast"), (panel.start_line, "99999")):
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, KEY.Key_Return)
        assert line.hint
    assert panel.chosen == []


def test_a_loop_begins_elsewhere_by_nudges_typing_dragging_and_keys(panel):
    beat = RATE_HZ // 2
    QTest.mouseClick(panel.later_button, LEFT)
    QTest.mouseClick(panel.earlier_button, LEFT)
    panel.start_line.setFocus()
    panel.start_line.selectAll()
    QTest.keyClicks(panel.start_line, "250")
    QTest.keyClick(panel.start_line, KEY.Key_Return)
    frames = [loop_time.downbeat_frame for _, loop_time in panel.chosen]
    assert frames == [round(beat / 4), 2 * RATE_HZ - round(beat / 4), RATE_HZ // 4]
    picture = panel.picture
    near_a_hit = QPoint(round(picture.width() * 0.5) + 3, 20)
    QTest.mousePress(picture, LEFT, NONE, QPoint(4, 20))
    QTest.mouseMove(picture, near_a_hit)
    QTest.mouseRelease(picture, LEFT, NONE, near_a_hit)
    assert panel.chosen[-1][1].downbeat_frame == RATE_HZ
    QTest.mouseClick(picture, LEFT, ALT, near_a_hit)
    assert panel.chosen[-1][1].downbeat_frame > RATE_HZ
    before = picture.downbeat_frame
    picture.setFocus()
    QTest.keyClick(picture, KEY.Key_Right)
    QTest.keyClick(picture, KEY.Key_Left, SHIFT)
    assert picture.downbeat_frame - before == pytest.approx(0.009 * RATE_HZ, abs=1)


def test_a_loop_is_shifted_and_brought_to_another_key_as_that_sounds(panel):
    panel.shift_field.setFocus()
    QTest.keyClick(panel.shift_field, KEY.Key_Up)
    to_bass, to_pad = panel.match_menu.actions()
    to_pad.trigger()
    assert [loop_time.semitones for _, loop_time in panel.chosen] == [1, -3]
    assert "bass" in to_bass.text()
    assert "Am" in panel.key_label.text()


def test_the_panel_stays_in_the_window_and_closes_by_escape(panel, window):
    show(panel)
    for place in (QPoint(0, 0), QPoint(899, 499), QPoint(450, 20)):
        panel.open_at(panel._facts, place)
        assert window.rect().contains(panel.geometry())
    closed = []
    panel.closed.connect(lambda: closed.append(1))
    QTest.keyClick(panel.tempo_line, KEY.Key_Escape)
    assert panel.isHidden()
    assert closed == [1]
    assert panel.sound_id == ""


def test_the_panel_grows_with_its_words_and_stays_in_the_window(panel, window):
    panel.open_at(panel._facts, QPoint(899, 499))
    first = panel.width()
    panel.show_facts(replace(panel._facts, heard_bpm=None))
    panel.layout().activate()
    assert panel.width() > first
    assert window.rect().contains(panel.geometry())
    for part in (*panel.findChildren(QLabel), *panel.findChildren(QPushButton)):
        assert part.width() >= part.sizeHint().width(), part.text()


def test_the_beginning_is_painted_where_it_is(panel, theme):
    focus = theme.role("focus").name()

    def columns():
        picture = panel.picture.grab().toImage()
        y = picture.height() - em(panel) // 2
        return [x for x in range(4, picture.width() - 4) if picture.pixelColor(x, y).name() == focus]

    show(panel, LoopTime(downbeat_frame=RATE_HZ))
    panel.close_button.setFocus()
    middle = panel.picture.width() / 2
    assert columns()
    assert all(abs(x - middle) <= 2 for x in columns())
