"""What broke when somebody in a hurry used the window."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from morphstudio.morph.request import MorphFigures, RenderFigures
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.entry_columns import Column
from morphstudio.ui.theme import tabular
from tests.ui.pad_driver import fill, shown_pad
from tests.ui.studio import CONTROL, KEY, desk, loops, make_desk, write_loop  # noqa: F401


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


def test_what_cannot_be_exported_yet_can_neither_be_dragged_nor_ordered(desk):  # noqa: F811
    commands = desk.studio.commands.commands
    ways = [
        desk.transport.export_button,
        desk.window.findChild(DragOutHandle),
        commands.action("export"),
        commands.action("render"),
    ]
    assert not any(way.isEnabled() for way in ways)
    desk.click(desk.pad, desk.dot("acid bass"))
    assert all(way.isEnabled() for way in ways)
    desk.key(KEY.Key_A, CONTROL)
    desk.key(KEY.Key_Delete)
    assert not desk.controller.dots
    assert not any(way.isEnabled() for way in ways)


def test_figures_count_no_more_hits_as_kept_than_there_were(desk):  # noqa: F811
    request = desk.rendered(lambda: desk.click(desk.pad, desk.dot("acid bass")))
    figures = RenderFigures(1, 5.0, -22.1, MorphFigures(21, 19, -0.01, 0.7))
    desk.worker.render_finished.emit(request, figures)
    told = [value for _, value in desk.panel.figures()]
    assert told == ["19 of 19 +2", "0.0 LU", "0.70", "\N{MINUS SIGN}22.1 dB"]
    desk.panel.set_figures([("in", "another language")])
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.LanguageChange))
    assert [value for _, value in desk.panel.figures()] == told


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_with_line_ends_and_tabs_is_shown_in_one_line(desk, tmp_path):  # noqa: F811
    path = write_loop(tmp_path / "two\nlines\tand a tab.wav", hz=500)
    desk.window.paths_dropped.emit([path])
    desk.wait(lambda: "two lines and a tab" in desk.on_pad)
    assert "two lines and a tab" in desk.browser.shown_names()


def test_nothing_of_the_top_bar_is_squeezed_in_the_smallest_window(desk):  # noqa: F811
    desk.transport.set_device_status("Main out of a sound card with a long name · 44.1 kHz · 12 ms", True)
    desk.window.resize(desk.window.minimumSize())
    desk.wait(lambda: desk.transport.width() == desk.window.minimumWidth())
    assert desk.transport.minimumSizeHint().width() <= desk.transport.width()
    label = desk.transport.device_button._label
    assert label.sizeHint().width() <= label.width()


class Scribe(QPainter):
    """Remembers what is written."""

    def drawText(self, *args):
        self.texts = [*getattr(self, "texts", ()), args[-1]]


def test_a_name_is_shortened_only_where_all_of_the_row_is_too_narrow(desk):  # noqa: F811
    """The name takes the room of facts that nobody knows, at whatever width it begins to need it."""
    delegate, metrics = desk.list.itemDelegate(), QFontMetricsF(tabular(desk.list.font()))
    acid = desk.browser.shelf.entry_of_sound(desk.sound_id("acid bass"))
    canvas = QPixmap(400, 40)
    names = ("ambi_glass_hum", "loop of a garage", "Käse & Größe", "var36_116bpm")
    for name, width in ((name, width) for name in names for width in range(180, 400)):
        layout = delegate.ruler.layout(width)
        scribe = Scribe(canvas)
        delegate._paint_texts(scribe, replace(acid, name=name), layout, QRect(0, 0, width, 40), False)
        scribe.end()
        columns = layout.columns
        fits = metrics.horizontalAdvance(name) <= columns[Column.KEY].right - columns[Column.NAME].left
        assert (name in scribe.texts) == fits


def test_commands_of_the_model_are_offered_while_their_buttons_are(desk):  # noqa: F811
    commands, panel = desk.studio.commands.commands, desk.studio.window.side_panel.model
    assert not commands.action("stop_tuning").isEnabled()
    panel.show_tuning("Learning")
    assert commands.action("stop_tuning").isEnabled()
    assert not commands.action("tune").isEnabled()
    panel.show_idle()
    assert not commands.action("stop_tuning").isEnabled()
    assert commands.action("tune").isEnabled() == panel.tune_button.isEnabled()
