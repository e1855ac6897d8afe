"""The top bar, the side panel's slider and the message bar by mouse and keys."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from morphstudio.audio.devices import DeviceId
from morphstudio.settings import SILENT_DB
from morphstudio.ui.device_menu import DeviceOffer
from morphstudio.ui.side_panel import SidePanel
from morphstudio.ui.transport import TransportBar

LEFT = Qt.MouseButton.LeftButton
opens_a_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen platform warns of what it cannot do for a menu that is open."""


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


def entries(menu):
    """What is in a menu: (text, is checked) of what can be chosen, the bare text of the rest."""
    return [
        (action.text().replace("&&", "&"), action.isChecked()) if action.isCheckable() else action.text()
        for action in menu.actions()
        if not action.isSeparator()
    ]


def entry(menu, text):
    (found,) = [action for action in menu.actions() if action.text().replace("&&", "&") == text]
    return found


@pytest.fixture
def menu(bar):
    return bar.device_button.devices


def test_devices_are_grouped_and_the_quick_ones_come_first(menu):
    headphones = DeviceId("MME", "Headphones")
    interface = DeviceId("Windows WASAPI", "Main & out")
    devices = (headphones, DeviceId("MME", "Main\r\n out"), interface, interface)
    menu.set_offer(DeviceOffer(devices, "Headphones", interface))
    shown = [
        ("System default (Headphones)", False),
        "Windows WASAPI",
        ("Main & out", True),
        "MME",
        ("Headphones", False),
        ("Main out", False),
        "Latency",
        "Look for devices again",
    ]
    assert entries(menu) == shown
    menu.set_offer(DeviceOffer(devices, "Headphones", headphones))
    assert ("Headphones", True) in entries(menu)
    assert ("Main & out", False) in entries(menu)
    menu.set_offer(DeviceOffer(devices, "Headphones"))
    assert entries(menu)[0] == ("System default (Headphones)", True)


def test_a_device_and_the_default_are_chosen(qtbot, menu):
    device = DeviceId("ALSA", "Main & out")
    menu.set_offer(DeviceOffer((device,), "", device))
    with qtbot.waitSignal(menu.device_chosen) as caught:
        entry(menu, "System default").trigger()
    assert caught.args == [None]
    with qtbot.waitSignal(menu.device_chosen) as caught:
        entry(menu, "Main & out").trigger()
    assert caught.args == [device]


def test_a_chosen_device_that_is_missing_stays_in_the_menu(menu):
    menu.set_offer(DeviceOffer((), "", DeviceId("ALSA", "Interface")))
    assert ("Interface (not there)", True) in entries(menu)
    assert "No device found" in entries(menu)


def test_the_latency_is_said_in_milliseconds_and_chosen_in_frames(qtbot, menu):
    menu.set_offer(DeviceOffer(block_frames=256))
    latencies = entry(menu, "Latency").menu()
    assert [text for text, checked in entries(latencies) if checked] == ["256 frames · 5.8 ms"]
    assert len(entries(latencies)) == 6
    with qtbot.waitSignal(menu.latency_chosen) as caught:
        entry(latencies, "1024 frames · 23.2 ms").trigger()
    assert caught.args == [1024]


def test_asio_is_offered_where_there_is_asio_alone(qtbot, menu):
    menu.set_offer(DeviceOffer(uses_asio=None))
    assert not any("ASIO" in str(shown) for shown in entries(menu))
    menu.set_offer(DeviceOffer(uses_asio=False))
    with qtbot.waitSignal(menu.asio_switched) as caught:
        entry(menu, "Use ASIO").trigger()
    assert caught.args == [True]
    menu.set_offer(DeviceOffer(uses_asio=True))
    assert entry(menu, "Use ASIO").isChecked()


@opens_a_menu
def test_an_open_menu_does_not_change_under_the_hand(qtbot, menu):
    menu.set_offer(DeviceOffer((DeviceId("ALSA", "One"),)))
    menu.popup(QPoint(0, 0))
    before = entries(menu)
    menu.set_offer(DeviceOffer((DeviceId("ALSA", "Two"),)))
    assert entries(menu) == before
    menu.close()
    menu.popup(QPoint(0, 0))
    assert ("Two", False) in entries(menu)
    menu.close()


@opens_a_menu
def test_headings_are_drawn_and_cannot_be_chosen(qtbot, menu, theme):
    menu.set_offer(DeviceOffer((DeviceId("ALSA", "One"),)))
    menu.popup(QPoint(0, 0))
    heading = entry(menu, "ALSA")
    area = menu.actionGeometry(heading)
    picture = menu.grab(area).toImage()
    brightest = max(
        picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())
    )
    assert brightest > theme.role("panel_raised").lightness() + 40
    chosen = []
    menu.device_chosen.connect(chosen.append)
    QTest.mouseClick(menu, LEFT, pos=area.center())
    assert chosen == []
    menu.close()


def test_devices_can_be_looked_for_where_there_are_none(qtbot, menu):
    with qtbot.waitSignal(menu.rescan_requested):
        entry(menu, "Look for devices again").trigger()


def test_a_remembered_volume_is_set_and_told(qtbot, bar):
    volumes = []
    bar.volume_changed.connect(volumes.append)
    for volume_db, label in ((-12.5, "\u221212.5 dB"), (SILENT_DB, "\u2212∞ dB"), (0.0, "0.0 dB")):
        bar.set_volume_db(volume_db)
        assert bar.volume_db == volume_db
        assert bar.volume_label.text() == label
    assert volumes == [-12.5, float("-inf"), 0.0]


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
