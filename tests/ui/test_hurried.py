"""What broke when somebody in a hurry used the window."""

from __future__ import annotations

import pytest

from tests.ui.pad_driver import fill, shown_pad


@pytest.fixture
def pad(qtbot, themed_app, theme):
    return fill(shown_pad(qtbot, theme))


@pytest.mark.parametrize("text", ["Mix", "Ineinander überblenden"])
def test_the_modes_are_as_wide_as_their_words_in_each_language(qtbot, pad, text):
    modes = pad.mode_chips
    modes.blend_button.setText(text)
    qtbot.waitUntil(lambda: modes.size() == modes.sizeHint())
    right = modes.geometry().right()
    modes.blend_button.setText("Blend")
    qtbot.waitUntil(lambda: modes.size() == modes.sizeHint())
    assert modes.geometry().right() == right, "they stay in their corner"
