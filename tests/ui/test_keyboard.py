"""The keyboard alone: every stop is seen, nothing holds the focus, and a loop becomes a file of another."""

from __future__ import annotations

import pytest
import soundfile
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication

from morphstudio.audio.files import load_clip
from morphstudio.ui.export_dialog import ExportDialog
from morphstudio.ui.settings_dialog import SettingsDialog
from tests.ui.studio import CONTROL, KEY, NAMES, SHIFT, file_dialogs, write_loop

KICK, BASS, TEXTURE = NAMES
_MARGIN_PX = 8


class NoMouse(QObject):
    """Sees that no mouse event reaches any widget."""

    KINDS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove)

    def __init__(self):
        super().__init__()
        self.n_seen = 0

    def eventFilter(self, watched, event):
        self.n_seen += event.type() in self.KINDS
        return False


@pytest.fixture
def no_mouse(qapp):
    watcher = NoMouse()
    qapp.installEventFilter(watcher)
    yield watcher
    qapp.removeEventFilter(watcher)


def focused():
    return QApplication.focusWidget()


def picture(desk, widget):
    """The part of the window in which a widget shows that it has the keyboard."""
    rect = QRect(widget.mapTo(desk.window, QPoint(0, 0)), widget.size())
    margins = QRect(rect).adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
    return desk.window.grab(margins.intersected(desk.window.rect())).toImage()


def walk(desk, modifiers=None):
    """Press Tab from the pad until it is there again; returns what had the keyboard, and if it showed."""
    key = KEY.Key_Backtab if modifiers else KEY.Key_Tab
    desk.pad.setFocus()
    stops, showed = [focused()], []
    while True:
        here = focused()
        assert not here.visibleRegion().isEmpty(), f"{here} is out of view"  # what scrolls has scrolled to it
        before = picture(desk, here)
        desk.key(key, *([modifiers] if modifiers else []))
        if focused() is not here:
            showed.append((here, before != picture(desk, here)))
            if focused() is desk.pad:
                return stops, showed
            stops.append(focused())
        assert len(stops) < 80, "the keyboard does not come back to the pad"


def test_loading_auditioning_placing_morphing_and_exporting_by_keys_alone(
    make_desk, loops, monkeypatch, tmp_path, no_mouse
):
    empty, exports, place = tmp_path / "empty", tmp_path / "exports", tmp_path / "a place"
    for folder in (empty, exports, place):
        folder.mkdir()
    snare = write_loop(place / "snare.wav", 1200)
    desk = make_desk().open([empty], 0)
    desk.wait(lambda: bool(desk.bar.messages))
    desk.key(KEY.Key_Escape)
    assert not desk.bar.isVisible()

    file_dialogs(
        monkeypatch,
        getOpenFileNames=([str(path) for path in loops], ""),
        getExistingDirectory=str(place),
    )
    desk.key(KEY.Key_I, CONTROL)
    desk.wait(lambda: desk.on_pad == set(NAMES) and not desk.controller.library.is_busy)

    desk.key(KEY.Key_K, CONTROL)
    desk.type("add a folder")
    desk.key(KEY.Key_Return)
    desk.wait(lambda: "snare" in desk.browser.shown_names())
    desk.key(KEY.Key_F, CONTROL)
    desk.type("snare")
    desk.key(KEY.Key_Down)
    assert focused() is desk.list
    desk.key(KEY.Key_Down)
    desk.wait(lambda: bool(desk.requests) and desk.heard() == {"snare": 1.0})
    assert desk.player.is_playing
    desk.key(KEY.Key_Return)
    desk.wait(lambda: "snare" in desk.on_pad and not desk.controller.library.is_busy)

    desk.key(KEY.Key_P, CONTROL)
    assert focused() is desk.pad
    desk.rendered(lambda: desk.key(KEY.Key_Home))
    first = desk.heard()
    steps = [KEY.Key_Right] * 6 + [KEY.Key_Up] * 3
    desk.rendered(lambda: [desk.key(key) for key in steps])
    far = desk.heard()
    assert far != first
    assert len(far) >= 2
    desk.rendered(lambda: desk.key(KEY.Key_Right, SHIFT))
    assert desk.heard() != far

    desk.key(KEY.Key_E, CONTROL)
    dialog = desk.dialog(ExportDialog)
    desk.key(KEY.Key_A, CONTROL)
    desk.type("by keys")
    while focused() is not dialog.folder:
        desk.key(KEY.Key_Tab)
    desk.key(KEY.Key_A, CONTROL)
    desk.type(str(exports))
    desk.key(KEY.Key_Return)
    path = exports / "by keys.wav"
    desk.wait(lambda: path.is_file() and str(path) in desk.said)
    samples = soundfile.read(path, dtype="float32", always_2d=True)[0]
    assert len(samples) == desk.controller.last_request.n_frames
    assert abs(samples - desk.playing_samples()[0, 0]).max() < 2**-22

    desk.key(KEY.Key_Space)
    assert not desk.player.is_playing
    assert load_clip(snare)[0].n_frames == len(samples)
    assert no_mouse.n_seen == 0


def test_every_stop_of_the_tab_key_shows_that_it_has_the_keyboard(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    desk.key(KEY.Key_Space)
    desk.qtbot.wait(1500)  # until trail and meters have come to rest
    stops, showed = walk(desk)
    assert [widget for widget, is_seen in showed if not is_seen] == []
    nameless = [w for w in stops if not w.accessibleName() and not getattr(w, "text", str)()]
    assert nameless == []


def test_tab_goes_through_the_window_in_the_order_in_which_it_is_read(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))  # or there is nothing to export
    stops, _ = walk(desk)
    parts = [
        desk.pad,
        desk.pad.sliders.across,
        desk.panel.detail,
        desk.panel.align,
        desk.panel.model.tune_button,
        desk.spectrogram,
        desk.transport.play_button,
        desk.transport.device_button,
        desk.transport.volume,
        desk.handle,
        desk.browser.search_field,
        desk.browser.chips.on_pad,
        desk.browser.place_button,
        desk.list,
    ]
    places = [stops.index(part) for part in parts]
    assert places == sorted(places)
    assert len(stops) == len(set(stops))
    back, _ = walk(desk, SHIFT)
    assert set(back) == set(stops)
    assert [w for w in back if w in parts] == [desk.pad, *reversed(parts[1:])]


def test_tab_visits_the_dots_and_enter_plays_one_delete_takes_it_off(desk, no_mouse):
    desk.key(KEY.Key_P, CONTROL)
    seen = []
    for _ in NAMES:
        desk.key(KEY.Key_Tab)
        seen.append(desk.pad.accessibleName().partition(": ")[2])
    assert sorted(seen) == sorted(NAMES)
    desk.rendered(lambda: desk.key(KEY.Key_Return))
    assert desk.heard() == {seen[-1]: 1.0}
    desk.rendered(lambda: desk.key(KEY.Key_Delete))
    assert desk.on_pad == set(NAMES) - {seen[-1]}
    assert no_mouse.n_seen > 0 or desk.player.is_playing


def test_dialogs_and_overlays_give_the_keyboard_back(desk):
    desk.pad.setFocus()
    desk.key(KEY.Key_K, CONTROL)
    desk.key(KEY.Key_Escape)
    assert focused() is desk.pad
    desk.type("?")
    desk.key(KEY.Key_Escape)
    assert focused() is desk.pad
    desk.key(KEY.Key_Comma, CONTROL)
    dialog = desk.dialog(SettingsDialog)
    desk.key(KEY.Key_Escape)
    assert not dialog.isVisible()
    desk.key(KEY.Key_Home)
    assert focused() is desk.pad


def test_a_message_is_closed_by_the_keyboard_which_stays_in_the_window(make_desk, loops):
    desk = make_desk().open(loops, 3)
    desk.wait(lambda: bool(desk.bar.messages))
    desk.pad.setFocus()
    while focused() is not desk.bar.close_button:
        desk.key(KEY.Key_Tab)
    desk.key(KEY.Key_Space)
    assert not desk.bar.messages
    assert not desk.player.is_playing
    assert not focused().visibleRegion().isEmpty()
    desk.key(KEY.Key_P, CONTROL)
    assert focused() is desk.pad
