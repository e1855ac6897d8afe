"""What is promised of the looks: both themes can be read, switched while the window is open."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.library.sounds import Family
from morphstudio.paths import resources_dir
from morphstudio.ui.controls import Slider, SpinBox, Switch
from morphstudio.ui.icons import icon
from morphstudio.ui.style import style_sheet
from morphstudio.ui.theme import apply_theme, load_theme, read_theme
from morphstudio.ui.theme_keeper import ThemeKeeper

FILES = {name: resources_dir() / "themes" / f"{name}.json" for name in ("dark", "light")}


@pytest.fixture
def dressed(qapp, theme):
    """A theme of the test's own that the application wears; the others' comes back."""
    mine = load_theme(FILES["dark"])
    apply_theme(qapp, mine)
    yield mine
    apply_theme(qapp, theme)


def test_a_theme_changes_its_colours_and_stays_the_same_object(qtbot):
    theme = load_theme(FILES["dark"])
    before = theme.role("panel")
    with qtbot.waitSignal(theme.changed):
        theme.load(FILES["light"])
    assert theme.role("panel").lightness() > before.lightness()
    with qtbot.assertNotEmitted(theme.changed):
        theme.show(read_theme(FILES["light"]))


def test_a_colour_that_was_handed_out_changes_nothing(qtbot):
    theme = load_theme(FILES["dark"])
    theme.role("accent").setAlphaF(0.1)
    assert theme.role("accent").alphaF() == 1.0


def test_the_window_follows_the_theme_by_itself(qtbot, dressed):
    button = QPushButton("Play")
    qtbot.addWidget(button)
    button.setProperty("primary", True)
    button.resize(120, 40)
    button.show()

    def ground():
        return button.grab().toImage().pixelColor(button.width() // 2, 5)

    assert ground() == dressed.role("accent")
    dressed.load(FILES["light"])
    assert ground() == dressed.role("accent") == load_theme(FILES["light"]).role("accent")
    assert QApplication.palette().window().color() == dressed.role("panel")


def test_an_application_follows_the_theme_that_it_was_given_last(qapp, theme):
    first, second = load_theme(FILES["dark"]), load_theme(FILES["dark"])
    apply_theme(qapp, first)
    apply_theme(qapp, second)
    try:
        first.load(FILES["light"])
        assert QApplication.palette().window().color() == second.role("panel")
    finally:
        apply_theme(qapp, theme)


def test_an_icon_asked_for_again_has_the_new_colour(qtbot, dressed):
    def colours():
        picture = icon(dressed, "play", "text").pixmap(32, 32).toImage()
        return {picture.pixelColor(x, y).name() for x in range(32) for y in range(32)
                if picture.pixelColor(x, y).alpha() == 255}  # fmt: skip

    assert colours() == {dressed.role("text").name()}
    dressed.load(FILES["light"])
    assert colours() == {load_theme(FILES["light"]).role("text").name()}


GROUNDS = ("window", "panel", "panel_header", "panel_raised", "well", "hover", "pressed",
           "row_selected", "row_hover")  # fmt: skip
ON_ACCENT = ("accent", "accent_hover", "accent_pressed")
FAMILIES = tuple(f"family_{family.value}" for family in Family)
TEXT = [
    *((role, GROUNDS) for role in ("text", "text_strong", "text_dim", "accent_text", "good", "warn", "bad")),
    ("accent_soft_text", ("accent_soft",)),
    ("on_accent", ON_ACCENT),
    ("data_text", ("data_ground",)),
    ("data_line", ("data_ground",)),
]
SHAPES = [
    *((role, GROUNDS) for role in (*FAMILIES, "accent", "wave", "wave_selected", "text_faint")),
    ("focus", (*GROUNDS, "accent_soft")),
    ("accent", ("track",)),
]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
             for c in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(theme, role, ground):
    high, low = sorted((luminance(theme.role(role)), luminance(theme.role(ground))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("needed", "pairs"), [(4.5, TEXT), (3.0, SHAPES)], ids=["text", "shapes"])
def test_what_is_read_stands_out_in_both_themes(name, needed, pairs):
    theme = load_theme(FILES[name])
    poor = {
        (role, ground): round(contrast(theme, role, ground), 2)
        for role, grounds in pairs
        for ground in grounds
        if contrast(theme, role, ground) < needed
    }
    assert not poor


@pytest.mark.parametrize("name", FILES)
def test_a_knob_or_its_edge_stands_out_from_its_groove_and_its_panel(name):
    theme = load_theme(FILES[name])
    for ground in ("panel", "track"):
        assert max(contrast(theme, role, ground) for role in ("knob", "knob_edge")) >= 3.0


def test_the_spectrogram_stays_dark_in_both_themes():
    themes = [load_theme(path) for path in FILES.values()]
    for role in ("data_ground", "data_line", "data_text"):
        assert len({theme.role(role).name() for theme in themes}) == 1
    assert themes[0].role("data_ground").lightness() < 40


def test_both_themes_have_the_same_roles():
    assert set(read_theme(FILES["dark"]).colours) == set(read_theme(FILES["light"]).colours)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("make", [
    lambda: QPushButton("Play"), lambda: QLineEdit("Name"), lambda: SpinBox(1, 64), lambda: QCheckBox("Tail"),
    lambda: QRadioButton("Peak"), lambda: Slider(0, 100, 50),
    lambda: Switch(load_theme(FILES["dark"]), "Align hits"),
], ids=["button", "field", "spin", "check", "radio", "slider", "switch"])  # fmt: skip
def test_a_focused_control_looks_different_and_keeps_its_size(qtbot, dressed, name, make):
    dressed.load(FILES[name])
    window, control, other = QWidget(), make(), QLineEdit()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(control)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    size, rested = control.sizeHint(), control.grab().toImage()
    if isinstance(control, QLineEdit):
        control.deselect()
    control.setFocus()
    qtbot.waitUntil(control.hasFocus)
    assert control.grab().toImage() != rested
    assert control.sizeHint() == size


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_the_sizes_of_the_style_sheet_grow_with_the_font(qapp, factor):
    font = QFont("Inter")
    font.setPixelSize(round(14 * factor))
    sheet = style_sheet(load_theme(FILES["dark"]).tables.colours, font)
    field = int(re.search(r"QLineEdit, QComboBox \{[^}]*min-height: (\d+)px", sheet)[1])
    assert field > QFontMetricsF(font).height() * 1.5


class Hints(QObject):
    """A system whose colours can be switched."""

    colorSchemeChanged = Signal(Qt.ColorScheme)

    def __init__(self):
        super().__init__()
        self.system, self.asked = Qt.ColorScheme.Light, None

    def colorScheme(self):
        return self.asked or self.system

    def setColorScheme(self, scheme):
        self.asked = scheme

    def unsetColorScheme(self):
        self.asked = None

    def switch(self, scheme):
        self.system = scheme
        self.colorSchemeChanged.emit(scheme)


@pytest.fixture
def hints(qapp, monkeypatch):
    hints = Hints()
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    return hints


def test_the_theme_follows_the_system_only_where_that_was_chosen(hints):
    theme = load_theme(FILES["dark"])
    keeper = ThemeKeeper(theme, "system")
    assert theme.tables.name == "Light"
    hints.switch(Qt.ColorScheme.Dark)
    assert theme.tables.name == "Dark"
    keeper.choose("light")
    assert theme.tables.name == "Light"
    hints.switch(Qt.ColorScheme.Dark)
    assert theme.tables.name == "Light"
    keeper.choose("system")
    assert theme.tables.name == "Dark"


def test_a_system_that_does_not_say_gets_the_dark_theme(hints):
    hints.system = Qt.ColorScheme.Unknown
    theme = load_theme(FILES["light"])
    ThemeKeeper(theme, "system")
    assert theme.tables.name == "Dark"


def test_the_title_bar_is_asked_to_match(hints):
    keeper = ThemeKeeper(load_theme(FILES["dark"]), "dark")
    assert hints.asked == Qt.ColorScheme.Dark
    keeper.choose("system")
    assert hints.asked is None


@pytest.mark.parametrize("name", FILES)
def test_what_an_empty_field_says_can_be_read(qtbot, dressed, name):
    dressed.load(FILES[name])
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setPlaceholderText("Search")
    field.show()
    assert field.palette().placeholderText().color() == dressed.role("text_dim")
