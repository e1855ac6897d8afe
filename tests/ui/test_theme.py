"""What is promised of the looks: both themes can be read, switched while the window is open."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from morphstudio.paths import resources_dir
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import apply_theme, load_theme, read_theme

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
