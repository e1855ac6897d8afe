"""Every action in one place: its keys work where they should, its menu and its texts follow the language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from morphstudio.ui.commands import CommandMenu, Commands, Group
from morphstudio.ui.matching import match
from morphstudio.ui.shortcut_sheet import Gesture, ShortcutSheet

FIELDS = [QLineEdit, QSpinBox, QPlainTextEdit, QComboBox]


class Window(QMainWindow):
    """A window with a pad, a button and one of each field."""

    def __init__(self, theme):
        super().__init__()
        self.theme = theme
        central = QWidget()
        self.setCentralWidget(central)
        layout = QVBoxLayout(central)
        self.pad, self.button, self.slider = (
            QWidget(),
            QPushButton("button"),
            QSlider(Qt.Orientation.Horizontal),
        )
        self.pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fields = {kind: kind() for kind in FIELDS}
        for widget in (self.pad, self.button, self.slider, *self.fields.values()):
            layout.addWidget(widget)
        self.ran, self.language = [], "{}"
        self.commands = Commands(self)

    def add(self, name, text, group=Group.FILE, shortcut=(), **more):
        return self.commands.add(
            name,
            lambda: self.language.format(text),
            lambda *args: self.ran.append((name, *args)),
            group=group,
            shortcut=shortcut,
            **more,
        )


@pytest.fixture
def window(qtbot, themed_app, theme):
    window = Window(theme)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.pad.setFocus()
    return window


def test_a_shortcut_runs_its_command_wherever_the_focus_is(window):
    window.add("export", "Export…", shortcut=["Ctrl+E", "F9"])
    for widget in (window.pad, window.button, window.slider, *window.fields.values()):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_F9)
    assert window.ran == [("export",)] * 14


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_plain_keys_belong_to_the_field_that_is_typed_in(window, kind):
    for key in ("Space", "Delete", "B", "?", "Up", "Return", "Home"):
        window.add(key, key, shortcut=[key])
    field = window.fields[kind]
    field.setFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_B, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Home):
        QTest.keyClick(field, key)
    QTest.keyClick(field, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    if kind is not QComboBox:  # it opens its list
        QTest.keyClick(field, Qt.Key.Key_Space)
    assert window.ran == []
    window.pad.setFocus()
    QTest.keyClick(window.pad, Qt.Key.Key_Space)
    QTest.keyClick(window.pad, Qt.Key.Key_B)
    assert window.ran == [("Space",), ("B",)]


def test_what_is_typed_arrives(window):
    window.add("blend", "Blend", shortcut=["B"])
    window.add("play", "Play", shortcut=["Space"])
    field = window.fields[QLineEdit]
    field.setFocus()
    QTest.keyClicks(field, "big beat")
    assert field.text() == "big beat"


def test_a_text_that_is_only_read_lets_commands_through(window):
    window.add("play", "Play", shortcut=["Space"])
    field = window.fields[QPlainTextEdit]
    field.setReadOnly(True)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert window.ran == [("play",)]


def test_space_presses_a_button_only_where_the_keyboard_led_to_it(window):
    window.add("play", "Play", shortcut=["Space"])
    pressed = []
    window.button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(window.pad, Qt.Key.Key_Tab)
    assert window.button.hasFocus()
    QTest.keyClick(window.button, Qt.Key.Key_Space)
    assert (len(pressed), window.ran) == (1, [])
    window.pad.setFocus()
    QTest.mouseClick(window.button, Qt.MouseButton.LeftButton)
    QTest.keyClick(window.button, Qt.Key.Key_Space)
    assert (len(pressed), window.ran) == (2, [("play",)])


def test_arrows_belong_to_a_slider(window):
    window.add("next", "Next", shortcut=["Right"])
    window.slider.setFocus()
    QTest.keyClick(window.slider, Qt.Key.Key_Right)
    assert (window.slider.value(), window.ran) == (1, [])


def test_a_command_that_cannot_run_now_does_not(window):
    window.add("export", "Export…", shortcut=["Ctrl+E"]).setEnabled(False)
    QTest.keyClick(window.pad, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert window.ran == []


def test_names_and_keys_are_given_once(window):
    window.add("export", "Export…", shortcut=["Ctrl+E"])
    with pytest.raises(ValueError, match="export"):
        window.add("export", "Again")
    with pytest.raises(ValueError, match=r"Ctrl\+E"):
        window.add("edit", "Edit", shortcut=[QKeySequence("Ctrl+E")])
    assert [command.name for command in window.commands.in_group(Group.FILE)] == ["export"]


def test_tool_tips_tell_the_keys(window):
    assert window.add("export", "Export…", shortcut=["Ctrl+E"]).toolTip() == "Export (Ctrl+E)"
    tip = window.add("snap", "Snap", shortcut=["N"], tip=lambda: "Stop at dots").toolTip()
    assert tip == "Stop at dots (N)"
    assert window.add("log", "Show the log").toolTip() == "Show the log"


def test_an_action_that_says_something_else_each_time_keeps_its_tip_right(window):
    action = QAction("Undo Move dot", window)
    window.commands.include("undo", action, group=Group.EDIT, shortcut=["Ctrl+Z"])
    action.setText("Undo Set A && B")
    assert action.toolTip() == "Undo Set A & B (Ctrl+Z)"
    assert window.commands.in_group(Group.EDIT)[0].title == "Undo Set A & B"


def test_the_language_is_switched_while_the_window_runs(window, qtbot):
    action = window.add("export", "Export…", shortcut=["Ctrl+E"])
    menu = CommandMenu(window.commands, window)

    class Shouting(QTranslator):
        def translate(self, context, source, disambiguation=None, n=-1):
            return "ファイル" if (context, source) == ("Commands", "File") else None

        def isEmpty(self):
            return False

    translator = Shouting()
    window.language = "<{}>"
    QCoreApplication.installTranslator(translator)
    try:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
        qtbot.waitUntil(lambda: menu.actions()[0].text() == "ファイル")
        assert action.text() == "<Export…>"
    finally:
        QCoreApplication.removeTranslator(translator)


def test_the_menu_holds_every_group_that_has_something(window):
    window.add("play", "Play", Group.PLAYBACK)
    window.add("export", "Export…", Group.FILE)
    window.add("quit", "Quit", Group.FILE)
    menu = CommandMenu(window.commands, window)
    assert [action.text() for action in menu.actions()] == ["File", "Playback"]
    assert [action.text() for action in menu.actions()[0].menu().actions()] == ["Export…", "Quit"]
    menu.actions()[0].menu().actions()[1].trigger()
    assert window.ran == [("quit",)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("", "Save session as…"),
        ("save", "Save session as…"),
        ("SESS save", "Save session as…"),
        ("ssa", "Save session as…"),
        ("ession", "Save session as…"),
        ("svses", "Save session as…"),
        ("file save", "Save session as…"),
        ("保存", "名前を付けて保存…"),
    ],
)
def test_words_starts_initials_and_scattered_letters_are_found(typed, title):
    found = match(typed, title, "File")
    assert found is not None
    assert all(0 <= place < len(title) for place in found.places)


@pytest.mark.parametrize("typed", ["x", "save quickly", "as session sav f", "z z z", "sxs"])
def test_what_is_not_there_is_not_found(typed):
    assert match(typed, "Save session as…", "Edit") is None


def test_what_was_meant_comes_first(window):
    for title in ("Take off the pad", "Tap tempo", "Start at the top", "Tune to these loops"):
        window.add(title, title)

    def titles(typed):
        return [found.command.title for found in window.commands.find(typed)]

    assert titles("ta")[:2] == ["Tap tempo", "Take off the pad"]
    assert titles("tt")[0] == "Tap tempo"
    assert titles("tun") == ["Tune to these loops"]
    assert titles("top")[0] == "Start at the top"


def sheet_of(window, gestures=()):
    return ShortcutSheet(window.commands, lambda: [Gesture(*g) for g in gestures], window.theme, window)


def test_the_sheet_lists_every_key_and_gesture_and_nothing_else(window):
    window.add("export", "Export…", Group.FILE, ["Ctrl+E"])
    window.add("about", "About", Group.HELP)
    window.add("blend", "Blend", Group.PAD, ["B"])
    sheet = sheet_of(window, [("Wheel", "Zoom")])
    said = {section.title: [(line.keys, line.text) for line in section.lines] for section in sheet.sections}
    assert said == {
        "File": [("Ctrl+E", "Export")],
        "Pad": [("B", "Blend")],
        "Mouse on the pad": [("Wheel", "Zoom")],
    }


def test_the_sheet_opens_over_a_small_window_and_closes_by_esc(window):
    for index, group in enumerate(list(Group) * 5):
        window.add(f"{index}", f"Does the thing number {index}", group, [f"Ctrl+Alt+{chr(48 + index)}"])
    sheet = sheet_of(window, [(f"Drag {n}", "Moves something") for n in range(10)])
    sheet.toggle()
    assert sheet.isVisible()
    assert window.rect().contains(sheet.box.geometry())
    assert sheet._area.verticalScrollBar().maximum() == 0
    assert sheet._area.horizontalScrollBar().maximum() == 0
    QTest.keyClick(sheet.box, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.pad.hasFocus()


def test_the_sheet_keeps_keys_from_the_window_below(window):
    window.add("play", "Play", shortcut=["Space"])
    sheet = sheet_of(window)
    sheet.toggle()
    QTest.keyClick(sheet.box, Qt.Key.Key_Space)
    assert window.ran == []
    QTest.keyClick(sheet.box, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert not sheet.isVisible()


def test_a_click_beside_the_sheet_closes_it_and_one_on_it_does_not(window):
    window.add("play", "Play", shortcut=["Space"])
    sheet = sheet_of(window)
    sheet.toggle()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.box.geometry().center())
    assert sheet.isVisible()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not sheet.isVisible()
