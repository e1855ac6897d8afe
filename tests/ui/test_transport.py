"""The top bar, the side panel's slider and the message bar by mouse and keys."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from morphstudio.ui.side_panel import SidePanel
from morphstudio.ui.transport import TransportBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, themed_app, theme):
    window = QWidget()
    window.bar, window.field = TransportBar(theme), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(window.bar)
    layout.addWidget(window.field)
    qtbot.addWidget(window)
    window.resize(1280, 120)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    return window


@pytest.fixture
def bar(window):
    window.bar.setFocus()
    return window.bar


def test_play_asks_and_changes_only_when_told(qtbot, bar):
    with qtbot.waitSignal(bar.play_toggled) as caught:
        QTest.mouseClick(bar.play_button, LEFT)
    assert caught.args == [True]
    assert bar.play_button.text() == "Play"
    width = bar.play_button.width()
    bar.set_playing(True)
    assert bar.play_button.text() == "Stop"
    assert bar.play_button.width() == width
    with qtbot.waitSignal(bar.play_toggled) as caught:
        QTest.mouseClick(bar.play_button, LEFT)
    assert caught.args == [False]


def test_space_toggles_once_wherever_the_focus_is(qtbot, bar):
    asked = []
    bar.play_toggled.connect(asked.append)
    for widget in (bar.play_button, bar.device_button, bar.volume):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
    assert asked == [True] * 3


def test_space_in_a_text_field_is_a_space(qtbot, window):
    window.field.setFocus()
    with qtbot.assertNotEmitted(window.bar.play_toggled):
        QTest.keyClicks(window.field, "a b")
    assert window.field.text() == "a b"


def test_the_volume_follows_the_mouse_and_resets_on_a_double_click(qtbot, bar):
    volumes = []
    bar.volume_changed.connect(volumes.append)
    middle = bar.volume.height() // 2
    QTest.mousePress(bar.volume, LEFT, pos=QPoint(bar.volume.width() // 2, middle))
    QTest.mouseMove(bar.volume, QPoint(bar.volume.width() // 3, middle))
    QTest.mouseMove(bar.volume, QPoint(0, middle))
    QTest.mouseRelease(bar.volume, LEFT, pos=QPoint(0, middle))
    assert volumes == sorted(volumes, reverse=True)
    assert math.isinf(volumes[-1])
    assert "∞" in bar.volume_label.text()
    QTest.mouseDClick(bar.volume, LEFT, pos=QPoint(2, middle))
    assert volumes[-1] == 0.0
    assert bar.volume_label.text() == "0.0 dB"


def test_keys_move_the_volume_in_half_decibels(qtbot, bar):
    bar.volume.setFocus()
    with qtbot.waitSignal(bar.volume_changed) as caught:
        QTest.keyClick(bar.volume, Qt.Key.Key_Left)
    assert caught.args == [-0.5]


def test_the_meter_holds_its_peak_and_lets_it_fall(bar):
    bar.set_meters(-6.0, -80.0)
    bar.set_meters(-40.0, float("-inf"))
    left, right = bar.meter.peaks_db
    assert -8.0 < left < -6.0
    assert right == -60.0
    for _ in range(200):
        bar.set_meters(float("-inf"), float("-inf"))
    assert bar.meter.peaks_db == (-60.0, -60.0)


def test_the_meter_paints_more_for_more(bar):
    def n_lit():
        picture = bar.meter.grab().toImage()
        line = [picture.pixelColor(x, picture.height() // 4) for x in range(picture.width())]
        return sum(colour.green() > 150 for colour in line)

    counts = []
    for level_db in (-60.0, -30.0, -3.0):
        bar.set_meters(level_db, level_db)
        counts.append(n_lit())
    assert counts[0] == 0
    assert counts == sorted(set(counts))


def test_devices_are_listed_and_chosen_by_id(qtbot, bar):
    bar.set_devices([("Main & out", "a"), ("Headphones", "b")], "a")
    actions = [action for action in bar.device_button.menu().actions() if action.isCheckable()]
    assert [action.text().replace("&&", "&") for action in actions] == ["Main & out", "Headphones"]
    assert [action.isChecked() for action in actions] == [True, False]
    with qtbot.waitSignal(bar.device_chosen) as caught:
        actions[1].trigger()
    assert caught.args == ["b"]


def test_devices_can_be_looked_for_where_there_are_none(qtbot, bar):
    bar.set_devices([], "")
    actions = [action for action in bar.device_button.menu().actions() if action.isEnabled()]
    with qtbot.waitSignal(bar.rescan_requested):
        actions[-1].trigger()


def test_a_missing_device_is_said_in_the_colour_of_warnings(bar, theme):
    def has(role):
        picture, wanted = bar.device_button.grab().toImage(), theme.role(role)
        return any(
            picture.pixelColor(x, y) == wanted
            for x in range(picture.width())
            for y in range(picture.height())
        )

    bar.set_device_status("Main out · 44.1 kHz · 11 ms", True)
    assert not has("warn")
    bar.set_device_status("No sound device", False)
    assert has("warn")
    assert "No sound device" in bar.device_button.accessibleName()


def test_a_long_device_name_gives_way_to_its_figures(bar, qtbot):
    status = "A sound card with a very long name indeed, Analog Surround 7.1 · 44.1 kHz · 11 ms"
    bar.set_device_status(status, True)
    assert bar.device_button.toolTip() == status
    bar.window().resize(1100, 120)
    qtbot.wait(1)
    assert bar.export_button.geometry().right() < bar.width()
    assert bar.device_button.geometry().right() < bar.volume.geometry().left()


def test_export_waits_for_something_to_export(qtbot, bar):
    with qtbot.assertNotEmitted(bar.export_requested):
        QTest.mouseClick(bar.export_button, LEFT)
    bar.set_export_enabled(True)
    with qtbot.waitSignal(bar.export_requested):
        QTest.mouseClick(bar.export_button, LEFT)
    with qtbot.waitSignal(bar.export_requested):
        QTest.keyClick(bar, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_detail_goes_from_nought_to_one(qtbot, themed_app, theme):
    panel = SidePanel(theme)
    qtbot.addWidget(panel)
    panel.show()
    details = []
    panel.detail_changed.connect(details.append)
    QTest.keyClick(panel.detail, Qt.Key.Key_Home)
    QTest.keyClick(panel.detail, Qt.Key.Key_End)
    assert details == [0.0, 1.0]
    assert panel.detail_value.text() == "100"


def test_figures_are_replaced_in_place(qtbot, themed_app, theme):
    panel = SidePanel(theme)
    qtbot.addWidget(panel)
    rows = [("Closeness", "-21 dB"), ("Length", "4.00 s")]
    panel.set_figures(rows)
    assert panel.figures() == rows
    panel.set_figures(rows[1:])
    assert panel.figures() == rows[1:]
    panel.set_figures([])
    assert panel.figures() == []
