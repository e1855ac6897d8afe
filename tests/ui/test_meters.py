"""The meters as widgets: what they show, what a click does, what they tell."""

from __future__ import annotations

from math import inf

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from morphstudio.audio.metering import MeterReading
from morphstudio.paths import resources_dir
from morphstudio.ui.meters import LevelMeter, MeterPanel
from morphstudio.ui.theme import load_theme, read_theme

LOUD = MeterReading(0.4, -8.3, -9.12, -10.0, clipped=True)
SOFT = MeterReading(-12.0, -28.3, -29.12, -30.0)


@pytest.fixture
def changing_theme():
    """One of the test's own, to change."""
    return load_theme(resources_dir() / "themes" / "dark.json")


@pytest.fixture
def meter(qtbot, themed_app, changing_theme):
    widget = LevelMeter(changing_theme)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def panel(qtbot, themed_app, changing_theme):
    widget = MeterPanel(changing_theme)
    qtbot.addWidget(widget)
    widget.resize(260, widget.sizeHint().height())
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def picture(widget) -> QImage:
    return widget.grab().toImage()


def texts(panel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def n_reddish(image: QImage) -> int:
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(c.red() > 200 and c.green() < 130 for c in colours)


def test_peaks_are_held_and_fall(meter):
    meter.set_levels(-6.0, -80.0)
    meter.set_levels(-40.0, -inf)
    assert -8.0 < meter.peaks_db[0] < -6.0
    assert meter.peaks_db[1] == -60.0
    for _ in range(200):
        meter.set_levels(-inf, -inf)
    assert meter.peaks_db == (-60.0, -60.0)


def test_the_lamp_is_lit_by_clipping_and_put_out_by_a_click(meter, qtbot):
    meter.set_levels(-20.0, -20.0)
    dark = n_reddish(picture(meter))
    meter.set_reading(LOUD)
    assert meter.is_lit
    assert n_reddish(picture(meter)) > dark
    meter.set_levels(-3.0, -3.0)
    meter.set_levels(-20.0, -20.0)
    with qtbot.waitSignal(meter.clicked):
        QTest.mouseClick(meter, Qt.MouseButton.LeftButton)
    assert not meter.is_lit
    assert meter.peaks_db == (-20.0, -20.0)
    assert "LUFS" in meter.read_out()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_keys_reset_too(meter, qtbot, key):
    meter.set_reading(LOUD)
    meter.setFocus()
    with qtbot.waitSignal(meter.clicked):
        QTest.keyClick(meter, key)
    assert not meter.is_lit


def test_the_read_out_tells_peak_and_loudness(meter):
    meter.set_reading(LOUD)
    text = meter.read_out()
    for part in (
        "0.4 dBTP", "\N{MINUS SIGN}8.3 LUFS", "\N{MINUS SIGN}9.1 LUFS", "\N{MINUS SIGN}10.0 LUFS", "clipped"
    ):  # fmt: skip
        assert part in text
    meter.set_reading(MeterReading())
    assert "\N{EN DASH} LUFS" in meter.read_out()
    assert "clipped" not in meter.read_out()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_tool_tip_is_the_read_out(meter):
    meter.set_reading(SOFT)
    at = meter.rect().center()
    QApplication.sendEvent(meter, QHelpEvent(QEvent.Type.ToolTip, at, meter.mapToGlobal(at)))
    assert QToolTip.text() == meter.read_out()
    QToolTip.hideText()


def test_a_screen_reader_hears_the_held_peak(meter):
    meter.set_reading(SOFT)
    assert meter.accessibleName()
    assert "\N{MINUS SIGN}12 dBTP" in meter.accessibleDescription()
    meter.set_reading(LOUD)
    assert "clipped" in meter.accessibleDescription()


def test_the_panel_tells_all_three(panel):
    empty = texts(panel)
    assert empty.count("\N{EN DASH} LUFS") == 2
    quiet = picture(panel)
    panel.set_reading(SOFT)
    assert {"\N{MINUS SIGN}12.0 dBTP", "\N{MINUS SIGN}29.1 LUFS", "\N{MINUS SIGN}30.0 LUFS"} <= set(
        texts(panel)
    )
    assert picture(panel) != quiet


def test_a_high_true_peak_is_red(panel):
    panel.set_reading(SOFT)
    assert n_reddish(picture(panel)) == 0
    panel.set_reading(LOUD)
    assert n_reddish(picture(panel)) > 20
    panel.set_reading(SOFT)
    assert n_reddish(picture(panel)) == 0


def test_louder_lights_more_of_the_bars(panel):
    def n_lit() -> int:
        image = picture(panel)
        colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return sum(c.green() > 150 and c.blue() < 190 for c in colours)

    lit = []
    for level in (-40.0, -20.0, -5.0):
        panel.set_reading(MeterReading(level, level, level, level))
        lit.append(n_lit())
    assert lit == sorted(set(lit))


def test_both_follow_the_theme_and_the_language(meter, panel, changing_theme):
    meter.set_levels(-10.0, -10.0)
    panel.set_reading(SOFT)
    before = picture(meter), picture(panel)
    changing_theme.show(read_theme(resources_dir() / "themes" / "light.json"))
    assert picture(meter) != before[0]
    assert picture(panel) != before[1]
    for widget in (meter, panel):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert meter.accessibleName() == "Output level"
    assert "True peak" in texts(panel)


def test_nothing_is_painted_when_nothing_changes(meter, panel, qtbot, monkeypatch):
    meter.set_levels(-inf, -inf)
    meter.set_reading(SOFT)
    panel.set_reading(SOFT)
    qtbot.wait(30)
    updates = []
    for widget in (meter, panel, *panel.findChildren(QLabel)):
        monkeypatch.setattr(widget, "update", lambda *_: updates.append(1))
    meter.set_levels(-inf, -inf)
    meter.set_reading(SOFT)
    panel.set_reading(SOFT)
    assert not updates


def test_the_panel_survives_long_words_and_a_narrow_column(panel):
    panel.resize(panel.minimumSizeHint())
    for label in panel.findChildren(QLabel):
        assert label.rect().contains(QPoint(0, 0))
        assert panel.rect().contains(label.geometry())
