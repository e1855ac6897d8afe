"""The details below the list: what they say, what can be changed in them, and that they keep up."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.analysis import Analysis
from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.library.sounds import Family
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.picture_reader import N_COLUMNS, N_ROWS, FilePictureReader

LEFT = Qt.MouseButton.LeftButton
MINUS = "\N{MINUS SIGN}"
LEVELS = np.linspace(-90, 0, 20 * 30, dtype=np.float32).reshape(20, 30)
KICK = Analysis(
    0.25, 1, 44_100, False, midi_note=36, cents=12.0, pitch_class="C", kind=Kind.KICK, kind_confidence=0.93,
    centroid_hz=180.0, loudness_lufs=-14.2,
)  # fmt: skip
LOOP = Analysis(
    4.0, 2, 48_000, True, 126.0, 0.6, "F#m", kind=Kind.DRUM_LOOP, kind_confidence=0.4, centroid_hz=2345.0,
    loudness_lufs=-9.96,
)  # fmt: skip


def entry(name, analysis=None, **facts):
    path = Path("/loops", f"{name}.wav")
    return Entry(str(path), path, name, Family.TEXTURE, analysis=analysis, **facts)


@pytest.fixture
def browser(qtbot, themed_app, theme):
    panel = BrowserPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(304, 708)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    panel.shelf.add_entries(
        [
            entry("boom", KICK, tags=("dusty", "808")),
            entry("groove", LOOP, tags=("dusty",)),
            entry("plain"),
            entry("torn", Analysis(error="torn.wav is cut off after its header.")),
            entry("gone", is_missing=True),
        ]
    )
    return panel


def caught(signal):
    """Everything that a signal carries from now on."""
    got = []
    signal.connect(lambda *values: got.append(values if len(values) > 1 else values[0]))
    return got


def select(browser, *names):
    view = browser.list_view
    view.setFocus()
    for number, name in enumerate(names):
        rect = view.visualRect(view.model().index_of(f"/loops/{name}.wav"))
        modifier = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(view.viewport(), LEFT, modifier, rect.center())


def facts(browser):
    return {fact.name: fact.value for fact in browser.details.fact_grid.facts}


def test_nothing_selected_says_what_to_do(browser):
    assert browser.details.fold_button.text() == "Details"
    assert browser.details.hint.isVisible()
    assert not browser.details.tag_field.isVisible()


def test_one_sound_is_told_in_producers_words(browser):
    select(browser, "boom")
    details = browser.details
    assert details.fold_button.text() == "boom"
    assert details.kind_button.text() == "Kick, sure"
    assert "93" in details.kind_button.toolTip()
    assert details.line.text() == "0.25 s · 44.1 kHz mono"
    assert facts(browser) == {
        "Tempo": "—", "Note": "C2 +12 cents", "Loudness": f"{MINUS}14.2 LUFS", "Brightness": "180 Hz",
    }  # fmt: skip
    assert details.tag_field.tags == ("dusty", "808")
    select(browser, "groove")
    assert details.kind_button.text() == "perhaps Drum loop"
    assert facts(browser)["Tempo"] == "126, likely"
    assert facts(browser)["Key"] == "F♯m"


def test_a_tempo_that_was_written_down_is_no_guess(browser):
    browser.shelf.add_entries([entry("named", LOOP, told_bpm=120.0)])
    select(browser, "named")
    assert facts(browser)["Tempo"] == "120"


def test_what_nobody_listened_to_yet_has_quiet_dashes(browser):
    select(browser, "plain")
    assert set(facts(browser).values()) == {"—"}
    assert browser.details.kind_button.text() == "No kind yet"
    assert not browser.details.note.isVisible()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("torn", "torn.wav is cut off after its header."), ("gone", "The file is not there any more.")],
)
def test_what_cannot_be_read_says_why_instead_of_a_picture(browser, name, sentence):
    select(browser, name)
    assert browser.details.note.text().replace("\n", " ") == sentence
    assert browser.details.note.isVisible()
    assert not browser.details.picture.isVisible()


def test_several_say_what_they_share(browser):
    select(browser, "boom", "groove")
    details = browser.details
    assert details.fold_button.text() == "2 sounds"
    assert details.kind_button.text() == "Different kinds"
    assert details.tag_field.tags == ("dusty",)
    assert details.line.text() == "4.25 s"
    assert facts(browser)["Loudness"] == f"{MINUS}14.2 to {MINUS}10.0 LUFS"
    assert not details.picture.isVisible()


def test_a_hand_corrects_the_kind_of_all_that_are_selected(browser):
    corrected = caught(browser.details.kind_corrected)
    select(browser, "boom", "groove")
    menu = browser.details.kind_button.kind_menu
    assert not menu.as_heard.isEnabled()
    next(action for action in menu.actions() if action.text() == "Snare").trigger()
    assert [(set(ids), kind) for ids, kind in corrected] == [
        ({"/loops/boom.wav", "/loops/groove.wav"}, Kind.SNARE)
    ]


def test_a_kind_by_hand_says_so_and_can_be_taken_back(browser):
    browser.shelf.add_entries([entry("mine", KICK, kind_by_hand=Kind.SNARE)])
    select(browser, "mine")
    corrected = caught(browser.details.kind_corrected)
    assert browser.details.kind_button.text() == "Snare, by hand"
    assert "Kick" in browser.details.kind_button.toolTip()
    browser.details.kind_button.kind_menu.as_heard.trigger()
    assert corrected == [(("/loops/mine.wav",), None)]


def test_tags_are_typed_and_taken_away_by_keys_alone(browser):
    changed = caught(browser.details.tags_changed)
    select(browser, "boom")
    tags = browser.details.tag_field
    tags.add_button.setFocus()
    QTest.keyClick(tags.add_button, Qt.Key.Key_Space)
    assert tags.field.hasFocus()
    QTest.keyClicks(tags.field, "  warm  pad , Dusty, tape")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert changed == [(("/loops/boom.wav",), ("dusty", "808", "warm pad", "tape"))]
    assert tags.add_button.hasFocus()
    chip = tags.chips[1]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert changed[-1] == (("/loops/boom.wav",), ("dusty", "warm pad", "tape"))
    assert tags.chips[1].hasFocus()


def test_escape_gives_up_a_tag(browser):
    changed = caught(browser.details.tags_changed)
    select(browser, "boom")
    tags = browser.details.tag_field
    QTest.mouseClick(tags.add_button, LEFT)
    QTest.keyClicks(tags.field, "no")
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert not tags.field.isVisible()
    assert changed == []


def test_several_keep_the_tags_that_they_do_not_share(browser):
    changed = caught(browser.details.tags_changed)
    select(browser, "boom", "groove")
    QTest.mouseClick(browser.details.tag_field.chips[0], LEFT)
    assert changed == [(("/loops/boom.wav",), ("808",)), (("/loops/groove.wav",), ())]


def test_a_picture_is_asked_for_once_the_arrows_rest(qtbot, browser):
    wanted = caught(browser.details.picture_wanted)
    select(browser, "boom")
    QTest.keyClick(browser.list_view, Qt.Key.Key_Down)
    QTest.keyClick(browser.list_view, Qt.Key.Key_Down)
    assert browser.details.fold_button.text() == "groove"
    assert wanted == []
    assert browser.details.picture.said == "Listening…"
    qtbot.waitUntil(lambda: bool(wanted))
    assert wanted == [Path("/loops/groove.wav")]


def test_what_is_told_anew_of_a_sound_does_not_put_off_its_picture(qtbot, browser):
    wanted = caught(browser.details.picture_wanted)
    select(browser, "boom")
    began = time.monotonic()
    while not wanted and time.monotonic() - began < 3.0:
        browser.shelf.add_entries([entry("boom", replace(KICK, loudness_lufs=-20.0))])
        qtbot.wait(20)
    assert wanted == [Path("/loops/boom.wav")]
    browser.shelf.add_entries([entry("boom", replace(KICK, loudness_lufs=-21.0))])
    qtbot.wait(120)
    assert len(wanted) == 1


def test_a_picture_of_what_was_selected_before_is_kept_and_not_shown(qtbot, browser):
    select(browser, "boom")
    select(browser, "groove")
    browser.details.set_picture(Path("/loops/boom.wav"), LEVELS)
    assert not browser.details.picture.has_levels
    select(browser, "boom")
    assert browser.details.picture.has_levels
    wanted = caught(browser.details.picture_wanted)
    qtbot.wait(120)
    assert wanted == []


def test_a_picture_that_cannot_be_read_says_why(browser):
    select(browser, "boom")
    browser.details.set_picture_error(Path("/loops/boom.wav"), "boom.wav holds no sound.")
    assert browser.details.note.text() == "boom.wav holds no sound."
    assert not browser.details.picture.isVisible()


def test_the_picture_follows_the_theme(browser, theme):
    select(browser, "boom")
    browser.details.set_picture(Path("/loops/boom.wav"), LEVELS)
    tables, picture = theme.tables, browser.details.picture
    picture.setFixedSize(200, 60)
    before = picture.grab().toImage()
    try:
        theme.show(replace(tables, colours={**tables.colours, "data_ground": "#00ff00"}))
        assert picture.grab().toImage() != before
    finally:
        theme.show(tables)
    assert picture.grab().toImage() == before


def test_folding_is_told_and_gives_the_list_its_room(qtbot, browser):
    told = caught(browser.details_folded)
    opened = browser.list_view.height()
    QTest.mouseClick(browser.details.fold_button, LEFT)
    assert told == [True]
    assert browser.list_view.height() > opened + 100
    wanted = caught(browser.details.picture_wanted)
    select(browser, "boom")
    qtbot.wait(120)
    assert wanted == []
    assert browser.details.fold_button.text() == "boom"
    QTest.mouseClick(browser.details.fold_button, LEFT)
    assert told == [True, False]
    qtbot.waitUntil(lambda: wanted == [Path("/loops/boom.wav")])
    assert abs(browser.list_view.height() - opened) <= 60


def test_a_low_panel_folds_the_details_and_remembers_nothing_of_it(qtbot, browser):
    told = caught(browser.details_folded)
    browser.resize(304, 490)
    qtbot.waitUntil(lambda: browser.details.is_folded)
    QTest.mouseClick(browser.details.fold_button, LEFT)
    assert not browser.details.is_folded
    browser.resize(304, 708)
    qtbot.waitUntil(lambda: not browser.details.is_folded)
    assert told == []
    browser.resize(304, 330)
    qtbot.waitUntil(lambda: not browser.details.isVisible())


def test_the_reader_tells_levels_and_failures_and_only_the_newest(qtbot, tmp_path):
    seconds = np.arange(RATE_HZ) / RATE_HZ
    soundfile.write(tmp_path / "sine.wav", 0.5 * np.sin(2 * np.pi * 1000 * seconds), RATE_HZ)
    (tmp_path / "text.wav").write_text("no sound")
    reader = FilePictureReader()
    read, failed = caught(reader.picture_read), caught(reader.picture_failed)
    reader.start()
    try:
        reader.want(tmp_path / "sine.wav")
        qtbot.waitUntil(lambda: bool(read), timeout=10_000)
        reader.want(tmp_path / "text.wav")
        qtbot.waitUntil(lambda: bool(failed), timeout=10_000)
    finally:
        reader.stop()
    path, levels = read[0]
    assert path == tmp_path / "sine.wav"
    assert levels.shape == (N_ROWS, N_COLUMNS)
    assert levels.dtype == np.float32
    loudest = int(levels.mean(axis=1).argmax())
    # 1 kHz is at 47 % of 18 kHz to 40 Hz.
    assert abs(loudest / N_ROWS - 0.47) < 0.05
    assert failed[0][0] == tmp_path / "text.wav"
    assert "text.wav" in failed[0][1]
