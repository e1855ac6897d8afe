"""The palette: found by a few letters, run by Enter or a click, and out of the way again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget

from morphstudio.paths import resources_dir
from morphstudio.ui.commands import Commands, Group
from morphstudio.ui.palette import Palette
from morphstudio.ui.theme import load_theme

TITLES = {
    "export": ("Export…", Group.FILE, "Ctrl+E"),
    "open": ("Add loops…", Group.FILE, "Ctrl+O"),
    "blend": ("Blend", Group.PAD, "B"),
    "explore": ("Explore", Group.PAD, "X"),
    "play": ("Play", Group.PLAYBACK, "Space"),
    "tune": ("Tune to these loops", Group.MODEL, ""),
}


@pytest.fixture
def window(qtbot, themed_app, theme):
    window = QMainWindow()
    central = QWidget()
    window.setCentralWidget(central)
    layout = QVBoxLayout(central)
    window.pad, window.search = QWidget(), QLineEdit()
    window.pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout.addWidget(window.pad)
    layout.addWidget(window.search)
    window.ran = []
    commands = Commands(window)
    for name, (title, group, keys) in TITLES.items():
        commands.add(
            name,
            lambda title=title: title,
            lambda name=name: window.ran.append(name),
            group=group,
            shortcut=[keys],
        )
    window.commands = commands
    window.palette_ = Palette(commands, theme, window)
    commands.add(
        "palette", lambda: "Find a command…", window.palette_.toggle, group=Group.HELP, shortcut=["Ctrl+K"]
    )
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.pad.setFocus()
    return window


@pytest.fixture
def palette(window):
    press_ctrl_k(window.pad)
    assert window.palette_.isVisible()
    return window.palette_


def press_ctrl_k(widget):
    QTest.keyClick(widget, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def chosen(palette):
    return palette.list.currentItem().text()


def test_it_opens_with_everything_by_group_ready_to_type(palette):
    assert palette.field.hasFocus()
    assert palette.titles == [
        "Export…", "Add loops…", "Blend", "Explore", "Play", "Tune to these loops", "Find a command…",
    ]  # fmt: skip


def test_typed_and_run(window, palette):
    QTest.keyClicks(palette.field, "tu lo")
    assert palette.titles == ["Tune to these loops"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.ran == ["tune"]
    assert not palette.isVisible()
    assert window.pad.hasFocus()


def test_keys_that_are_shortcuts_are_typed(window, palette):
    QTest.keyClicks(palette.field, "bx ")
    assert palette.field.text() == "bx "
    assert window.ran == []


def test_arrows_go_round(window, palette):
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert chosen(palette) == "Find a command…"
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert chosen(palette) == "Add loops…"
    assert palette.field.accessibleDescription() == "Add loops…, Ctrl+O"
    QTest.keyClick(palette.field, Qt.Key.Key_Enter)
    assert window.ran == ["open"]


@pytest.mark.parametrize("how", ["escape", "ctrl+k", "beside"])
def test_it_closes_and_gives_the_keyboard_back(window, palette, how):
    if how == "escape":
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    elif how == "ctrl+k":
        press_ctrl_k(palette.field)
    else:
        QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 600))
    assert not palette.isVisible()
    assert window.pad.hasFocus()
    assert window.ran == []


def test_it_closes_when_something_else_takes_the_focus(window, palette):
    window.search.setFocus()
    assert not palette.isVisible()
    assert window.search.hasFocus()


def test_a_click_runs(window, palette):
    place = palette.list.visualItemRect(palette.list.item(2)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.ran == ["blend"]
    assert not palette.isVisible()


def test_what_cannot_run_now_stays_and_does_nothing(window, palette):
    window.commands.action("tune").setEnabled(False)
    QTest.keyClicks(palette.field, "tune")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.ran == []
    assert palette.isVisible()


def test_what_was_run_last_comes_first(window, palette):
    for typed in ("tune", "blend"):
        QTest.keyClicks(palette.field, typed)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        press_ctrl_k(window.pad)
    assert palette.field.text() == ""
    assert palette.titles[:3] == ["Blend", "Tune to these loops", "Export…"]
    QTest.keyClicks(palette.field, "ex")
    assert palette.titles[:2] == ["Export…", "Explore"]


def test_nothing_found_is_said(window, palette):
    QTest.keyClicks(palette.field, "qqq")
    assert palette.titles == []
    assert palette._nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.ran == []
    assert palette.isVisible()


@pytest.mark.parametrize("theme_name", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 700])
def test_it_stays_in_the_window_and_paints_in_every_theme(window, palette, theme, theme_name, width):
    palette.theme.load(resources_dir() / "themes" / f"{theme_name}.json")
    try:
        window.resize(width, 400)
        assert palette.size() == window.size()
        assert window.rect().contains(palette.box.geometry())
        image = window.grab().toImage()
        corner = palette.box.geometry().topLeft() + QPoint(3, 20)
        assert image.pixelColor(corner) == palette.theme.role("panel")
    finally:
        palette.theme.load(resources_dir() / "themes" / "dark.json")


def test_a_window_without_commands_opens_an_empty_palette(qtbot, themed_app):
    theme = load_theme(resources_dir() / "themes" / "light.json")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    palette = Palette(Commands(window), theme, window)
    palette.toggle()
    assert palette.titles == []
    palette.grab()
    palette.close_overlay()
