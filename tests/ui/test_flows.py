"""The whole window by mouse, keyboard and drops: from each gesture to what plays, is written and is shown."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import replace

import pytest
import soundfile
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDrag, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from morphstudio.audio.files import load_clip
from morphstudio.library.index import LibraryIndex
from morphstudio.paths import resources_dir
from morphstudio.settings import SettingsFile
from morphstudio.storage import storage_places
from morphstudio.ui.export_dialog import ExportDialog
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.settings_dialog import SettingsDialog
from tests.ui.studio import (
    CONTROL,
    KEY,
    LEFT,
    MIDDLE,
    NAMES,
    NONE,
    RIGHT,
    SHIFT,
    file_dialogs,
    mime_of,
    write_loop,
)

KICK, BASS, TEXTURE = NAMES


def remembered(home):
    file = SettingsFile(home / "settings.json")
    assert file.load() is None
    return file.settings


def favourites():
    with LibraryIndex(storage_places().library) as index:
        return {path for path, marks in index.marks().items() if marks.is_favourite}


# --- 1. look -------------------------------------------------------------------------------------


def test_the_theme_is_switched_while_it_runs_and_found_again_at_the_next_start(desk, make_desk, loops, home):
    dark = desk.colour_at(desk.panel, QPoint(3, 3))
    desk.key(KEY.Key_K, CONTROL)
    desk.type("dark")
    desk.key(KEY.Key_Return)
    light = desk.colour_at(desk.panel, QPoint(3, 3))
    assert light.lightnessF() > 0.8 > 0.3 > dark.lightnessF()
    assert remembered(home).appearance.theme == "light"
    desk.window.close()

    again = make_desk().open(loops)
    assert again.colour_at(again.panel, QPoint(3, 3)) == light
    again.key(KEY.Key_K, CONTROL)
    again.type("dark")
    again.key(KEY.Key_Return)
    assert again.colour_at(again.panel, QPoint(3, 3)) == dark


def test_borders_that_were_moved_and_the_size_of_the_window_are_found_again(desk, make_desk, loops):
    handle = desk.browser.parentWidget().handle(1)
    before = desk.browser.width()
    desk.drag(handle, QPoint(0, 200), QPoint(70, 200))
    width = desk.browser.width()
    assert width > before + 50
    desk.window.resize(1280, 690)
    desk.window.close()

    again = make_desk(size=None).open(loops)
    assert again.window.height() == 690  # the offscreen platform's screen is narrower than any window
    assert again.browser.width() == width


# --- 2. browser ----------------------------------------------------------------------------------


def test_files_and_folders_dropped_anywhere_in_the_window_come_to_the_pad(desk, tmp_path):
    parts = [
        desk.pad,
        desk.spectrogram,
        desk.list,
        desk.browser.search_field,
        desk.browser.drop_zone,
        desk.panel.detail,
        desk.panel.model.tune_button,
        desk.transport.play_button,
        desk.transport.volume,
        desk.transport.meter,
        desk.browser.chips.favourites,
    ]
    folder = tmp_path / "more"
    folder.mkdir()
    probe = mime_of([folder])
    for part in parts:
        assert desk.hold_over(desk.at(part), probe), part
        assert desk.window._drop_frame.isVisible(), part
        desk.leave()
        assert not desk.window._drop_frame.isVisible()
    single = write_loop(tmp_path / "rim shot.wav", 700)
    for name, hz in (("vox", 500), ("snare", 1200)):
        write_loop(folder / f"{name}.wav", hz)
    desk.drop(desk.at(desk.browser.search_field), mime_of([single]))
    desk.wait(lambda: "rim shot" in desk.on_pad and not desk.controller.library.is_busy)
    desk.drop(desk.at(desk.spectrogram), mime_of([folder]))
    desk.wait(lambda: len(desk.on_pad) == 6 and not desk.controller.library.is_busy)
    assert desk.on_pad == {*NAMES, "rim shot", "vox", "snare"}
    assert {"rim shot", "vox", "snare"} <= set(desk.browser.shown_names())
    assert desk.browser.search_field.text() == ""
    assert single.exists()
    # Each drop is one thing to take back.
    desk.key(KEY.Key_Z, CONTROL)
    assert desk.on_pad == {*NAMES, "rim shot"}
    desk.key(KEY.Key_Z, CONTROL)
    assert desk.on_pad == set(NAMES)


def test_a_file_that_is_none_is_named_and_the_others_come(desk, tmp_path):
    bad = tmp_path / "notes.wav"
    bad.write_text("not audio")
    desk.drop(desk.at(desk.pad), mime_of([bad, write_loop(tmp_path / "rim shot.wav", 700)]))
    desk.wait(lambda: "notes.wav" in desk.said and "rim shot" in desk.on_pad)
    assert desk.bar.isVisible()


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "my sounds"
    folder.mkdir()
    for name, hz in (("amber bass", 60), ("brass synth", 440), ("clap drum", 2000), ("dusty drum", 900)):
        write_loop(folder / f"{name}.wav", hz)
    return folder


def add_place(desk, monkeypatch, place):
    file_dialogs(monkeypatch, getExistingDirectory=str(place))
    desk.key(KEY.Key_K, CONTROL)
    desk.type("folder to the browser")
    desk.key(KEY.Key_Return)
    desk.wait(lambda: len(desk.browser.shown_names()) == 4)


def test_a_place_is_added_searched_auditioned_placed_starred_and_taken_off(desk, monkeypatch, place, home):
    add_place(desk, monkeypatch, place)
    assert remembered(home).library.places == (str(place),)
    desk.key(KEY.Key_F, CONTROL)
    desk.type("drum")
    assert desk.browser.shown_names() == ["clap drum", "dusty drum"]
    desk.key(KEY.Key_Down)
    desk.key(KEY.Key_Down)
    desk.wait(lambda: bool(desk.requests) and desk.heard() == {"dusty drum": 1.0})
    assert desk.player.is_playing
    assert desk.on_pad == set(NAMES), "what is auditioned is not put on the pad"
    desk.key(KEY.Key_Space)
    assert not desk.player.is_playing
    desk.key(KEY.Key_Return)
    desk.wait(lambda: "dusty drum" in desk.on_pad)

    path = place / "dusty drum.wav"
    desk.click(desk.list.viewport(), desk.list.star_point(str(path)))
    desk.wait(lambda: favourites() == {str(path)})
    desk.key(KEY.Key_F, CONTROL)
    desk.key(KEY.Key_Escape)
    desk.click(desk.browser.chips.favourites)
    assert desk.browser.shown_names() == ["dusty drum"]

    desk.click(desk.list.viewport(), desk.row("dusty drum"))
    desk.key(KEY.Key_Delete)
    assert desk.on_pad == set(NAMES)
    assert desk.browser.shown_names() == ["dusty drum"], "it stays in the list"


def test_rows_are_dragged_onto_the_pad_and_lie_where_they_are_dropped(desk, monkeypatch, place):
    add_place(desk, monkeypatch, place)
    dots = {name: desk.point(name) for name in NAMES}
    target = desk.between(KICK, BASS, 0.3)

    def carry(drag, *_actions):
        # This platform drags nothing by itself.
        spot = desk.at(desk.pad, target)
        assert desk.hold_over(spot, drag.mimeData())
        assert not desk.window._drop_frame.isVisible(), "it is no file from elsewhere"
        assert desk.pad._ghost == (QPointF(target), 2)
        desk.drop(spot, drag.mimeData())
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", carry)
    start = desk.row("clap drum")
    desk.click(desk.list.viewport(), desk.row("brass synth"), LEFT, CONTROL)
    desk.click(desk.list.viewport(), start, LEFT, CONTROL)
    desk.drag(desk.list.viewport(), start, start + QPoint(40, 0))
    desk.wait(lambda: {"clap drum", "brass synth"} <= desk.on_pad)
    places = [desk.dot(name) for name in ("brass synth", "clap drum")]
    assert min((place - target).manhattanLength() for place in places) <= 2
    assert {name: desk.point(name) for name in NAMES} == dots
    desk.wait(lambda: not desk.controller.library.is_busy)
    desk.key(KEY.Key_Z, CONTROL)
    assert desk.on_pad == set(NAMES)


def test_a_missing_file_is_shown_and_found_again_with_those_beside_it(
    desk, make_desk, loops, monkeypatch, place, tmp_path, home
):
    add_place(desk, monkeypatch, place)
    for name in ("amber bass", "clap drum"):
        desk.click(desk.list.viewport(), desk.list.star_point(str(place / f"{name}.wav")))
    desk.window.close()
    moved = tmp_path / "elsewhere"
    place.rename(moved)

    again = make_desk().open(loops)
    again.wait(lambda: "amber bass" in again.browser.shown_names())
    entry_id = str(place / "amber bass.wav")
    again.wait(lambda: again.browser.shelf.entry(entry_id).is_missing)
    file_dialogs(monkeypatch, getOpenFileName=(str(moved / "amber bass.wav"), ""))
    again.double_click(again.list.viewport(), again.row("amber bass"))
    assert "4 files were found" in again.said
    again.wait(lambda: favourites() == {str(moved / "amber bass.wav"), str(moved / "clap drum.wav")})
    again.key(KEY.Key_Return)
    again.wait(lambda: "amber bass" in again.on_pad)


# --- 3. pad --------------------------------------------------------------------------------------


def test_a_press_plays_a_drag_moves_on_and_a_dot_catches_the_point(desk):
    request = desk.rendered(lambda: desk.press(desk.pad, desk.between(KICK, BASS)))
    assert desk.player.is_playing
    assert desk.transport.play_button.text() == "Stop"
    weights = desk.heard()
    assert weights[KICK] == pytest.approx(weights[BASS], abs=0.02)
    chips = {chip.name: chip.amount for chip in desk.pad.heard_chips._chips}
    assert chips[KICK] == chips[BASS] == "50%"
    assert len(desk.playing_samples()) == request.n_frames

    desk.rendered(lambda: desk.move(desk.pad, desk.between(KICK, BASS, 0.75)))
    assert desk.heard()[BASS] > 0.7
    desk.rendered(lambda: desk.move(desk.pad, desk.dot(TEXTURE) + QPoint(4, -3)))
    assert desk.heard() == {TEXTURE: 1.0}
    assert desk.pad._dots_scene.cursor == desk.point(TEXTURE)
    desk.release(desk.pad, desk.dot(TEXTURE))
    assert not desk.pad.is_held
    desk.click(desk.transport.play_button)
    assert not desk.player.is_playing


def test_dots_are_boxed_moved_together_and_put_back_by_undo(desk):
    before = {name: desk.dot(name) for name in NAMES}
    chosen = (KICK, BASS)
    left = min(before[name].x() for name in chosen) - 14
    top = min(before[name].y() for name in chosen) - 14
    right = max(before[name].x() for name in chosen) + 14
    bottom = max(before[name].y() for name in chosen) + 14
    desk.drag(desk.pad, QPoint(left, top), QPoint(right, bottom), LEFT, SHIFT)
    boxed = {desk.pad._dots_scene.dots[i].name for i in desk.pad.selected}
    assert set(chosen) <= boxed

    points = {name: desk.point(name) for name in NAMES}
    inwards = before[KICK] + (desk.pad.rect().center() - before[KICK]) * 0.2
    desk.drag(desk.pad, before[KICK], inwards, LEFT, CONTROL)
    shift = desk.dot(KICK) - before[KICK]
    assert shift.manhattanLength() > 10
    moved = {name: desk.point(name) for name in NAMES}
    for name in boxed:
        assert (desk.dot(name) - before[name] - shift).manhattanLength() <= 2
    for name in set(NAMES) - boxed:
        assert moved[name] == points[name]
    desk.key(KEY.Key_Z, CONTROL)
    assert {name: desk.point(name) for name in NAMES} == points
    assert {name: desk.dot(name) for name in NAMES} == before
    desk.key(KEY.Key_Z, CONTROL | SHIFT)
    assert {name: desk.point(name) for name in NAMES} == moved


def test_a_dot_that_is_moved_changes_what_is_heard_at_the_same_place(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    start = desk.dot(BASS)
    inwards = start + (desk.pad.rect().center() - start) * 0.3
    desk.rendered(lambda: desk.drag(desk.pad, start, inwards, RIGHT))
    assert desk.heard()[BASS] > 0.55
    desk.rendered(lambda: desk.key(KEY.Key_Z, CONTROL))
    assert desk.heard()[BASS] == pytest.approx(0.5, abs=0.02)


def test_a_dot_is_removed_by_its_menu_and_comes_back_where_it_was(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS, 0.3)))
    point = desk.point(KICK)
    desk.click(desk.pad, desk.dot(KICK), RIGHT)
    desk.rendered(lambda: desk.choose("Remove"))
    assert desk.on_pad == {BASS, TEXTURE}
    assert KICK not in desk.heard()
    assert desk.player.is_playing
    desk.rendered(lambda: desk.key(KEY.Key_Z, CONTROL))
    assert desk.on_pad == set(NAMES)
    assert desk.point(KICK) == point
    assert desk.heard()[KICK] > 0.6
    desk.key(KEY.Key_Z, CONTROL | SHIFT)
    assert desk.on_pad == {BASS, TEXTURE}


def test_taking_the_last_dot_off_stops_and_offers_loops_and_undo_brings_all_back(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(KICK)))
    desk.pad.setFocus()
    desk.key(KEY.Key_A, CONTROL)
    desk.key(KEY.Key_Delete)
    assert desk.on_pad == set()
    assert not desk.player.is_playing
    assert desk.pad.welcome.isVisible()
    assert not desk.transport.export_button.isEnabled()
    desk.key(KEY.Key_Z, CONTROL)
    assert desk.on_pad == set(NAMES)
    assert not desk.pad.welcome.isVisible()
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(KICK)))
    assert desk.player.is_playing


def test_a_dot_is_replaced_by_another_file_in_its_place(desk, monkeypatch, tmp_path):
    point = desk.point(TEXTURE)
    other = write_loop(tmp_path / "rim shot.wav", 700)
    file_dialogs(monkeypatch, getOpenFileName=(str(other), ""))
    desk.rendered(lambda: desk.click(desk.pad, desk.between(TEXTURE, BASS)))
    desk.click(desk.pad, desk.dot(TEXTURE), RIGHT)
    desk.choose("Replace")
    desk.wait(lambda: desk.on_pad == {KICK, BASS, "rim shot"})
    assert desk.point("rim shot") == point
    desk.wait(lambda: desk.heard().get("rim shot", 0.0) == pytest.approx(0.5, abs=0.02))
    desk.wait(lambda: not desk.controller.library.is_busy)
    desk.key(KEY.Key_Z, CONTROL)
    assert desk.on_pad == set(NAMES)
    assert desk.point(TEXTURE) == point


def test_the_slider_plays_from_a_to_b_and_swaps(desk):
    assert not desk.panel.way.isEnabled()
    for name, text in ((KICK, "Set as A"), (TEXTURE, "Set as B")):
        desk.click(desk.pad, desk.dot(name), RIGHT)
        desk.choose(text)
    assert desk.panel.way.isEnabled()
    way = desk.panel.way
    quarter = QPoint(round(way.width() * 0.25), way.height() // 2)
    desk.rendered(lambda: desk.click(way, quarter))
    assert desk.player.is_playing
    share = desk.heard()[TEXTURE]
    assert share == pytest.approx(0.25, abs=0.05)
    assert desk.heard() == {KICK: pytest.approx(1 - share), TEXTURE: share}
    way.setFocus()
    desk.rendered(lambda: desk.key(KEY.Key_Right))
    assert desk.heard()[TEXTURE] > share
    share = desk.heard()[TEXTURE]
    desk.rendered(lambda: desk.click(desk.panel.swap_button))
    assert desk.heard()[TEXTURE] == pytest.approx(1 - share)
    desk.rendered(lambda: desk.key(KEY.Key_Z, CONTROL))
    assert desk.heard()[TEXTURE] == pytest.approx(share)


def test_explore_leads_around_one_loop_and_back(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    desk.click(desk.pad.mode_chips.explore_button)
    assert desk.pad.mode == "explore"
    place = QPoint(desk.pad.width() * 4 // 5, desk.pad.height() // 3)
    desk.rendered(lambda: desk.click(desk.pad, place))
    request = desk.controller.last_request
    assert desk.heard() == {BASS: 1.0}
    assert request.explore[0] > 0.3
    assert request.explore[1] > 0.1
    words = {chip.name for chip in desk.pad.heard_chips._chips}
    assert words == {BASS, "brighter", "purer"}
    desk.key(KEY.Key_1, CONTROL)
    desk.wait(lambda: desk.controller.last_request.explore == (0.0, 0.0))
    assert desk.pad.mode == "blend"
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    assert desk.heard()[KICK] == pytest.approx(0.5, abs=0.02)


def test_the_wheel_zooms_where_it_points_the_middle_button_pans_and_0_shows_all(desk):
    place = desk.dot(KICK)
    handle = desk.window.windowHandle()
    spot = QPointF(desk.at(desk.pad, place))
    for _ in range(4):
        event = QWheelEvent(
            spot,
            handle.mapToGlobal(spot),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(handle, event)
    assert desk.pad.zoom > 1.8
    assert (desk.dot(KICK) - place).manhattanLength() <= 2
    assert desk.pad.zoom_badge.isVisible()
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(KICK)))
    assert desk.heard() == {KICK: 1.0}
    desk.drag(desk.pad, place, place + QPoint(25, 20), MIDDLE)
    assert (desk.dot(KICK) - place - QPoint(25, 20)).manhattanLength() <= 3
    desk.key(KEY.Key_0)
    assert desk.pad.zoom == 1.0
    assert (desk.dot(KICK) - place).manhattanLength() <= 2


# --- 4. spectrogram ------------------------------------------------------------------------------


@pytest.fixture
def sounding(make_desk, jack, loops):
    """A window that plays, over a device without a loudspeaker."""
    desk = make_desk().open(loops, 3)
    desk.wait(lambda: desk.player.status.is_open)
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    desk.wait(lambda: desk.spectrogram._is_written)
    return desk


def test_while_it_sounds_the_playhead_runs_the_picture_reads_out_and_a_click_jumps(sounding):
    desk, picture = sounding, sounding.spectrogram
    heads = set()
    desk.wait(lambda: heads.add(picture._playhead) or len(heads) > 5)

    area = picture._image_rect()
    place = QPoint(round(area.center().x()), round(area.top() + area.height() * 0.4))
    before = picture.grab(picture.rect()).toImage()
    desk.move(picture, place)
    after = picture.grab(picture.rect()).toImage()
    assert before != after
    figures = " ".join(picture.read_out(place.x(), place.y()))
    for unit in ("s", "Hz", "dB"):
        assert unit in figures

    jumps = []
    picture.position_picked.connect(jumps.append)
    target = QPoint(round(area.left() + area.width() * 0.25), place.y())
    desk.click(picture, target)
    assert jumps == [pytest.approx(desk.controller.last_request.n_frames * 0.25, rel=0.03)]
    desk.click(desk.transport.play_button)
    desk.qtbot.wait(150)
    desk.click(picture, target)
    desk.wait(lambda: abs(desk.player.playhead - jumps[-1]) < 600)


def test_the_meters_move_with_what_is_heard_and_rest_with_it(sounding):
    desk = sounding
    desk.wait(lambda: desk.transport.meter.peaks_db[0] > -30.0)
    desk.wait(lambda: "∞" not in desk.transport.meter.read_out())
    assert "dBTP" in desk.transport.meter.read_out()
    desk.transport.volume.setFocus()
    desk.key(KEY.Key_Home)
    desk.wait(lambda: desk.player.meters().left_db < -60.0)
    desk.key(KEY.Key_End)
    desk.wait(lambda: desk.player.meters().left_db > -30.0)
    desk.click(desk.transport.play_button)
    desk.wait(lambda: desk.player.meters().left_db < -60.0)
    assert desk.player.xruns >= 0


def test_the_view_is_chosen_from_its_menu_and_found_again(desk, make_desk, loops, home):
    button = desk.spectrogram._view_button
    QTimer.singleShot(200, lambda: desk.choose("Mel"))
    desk.click(button)
    QTimer.singleShot(200, lambda: desk.choose("Pitch track"))
    desk.click(button)
    assert remembered(home).picture.kind == "mel"
    assert remembered(home).picture.has_pitch
    view = desk.spectrogram.view
    desk.window.close()
    again = make_desk().open(loops)
    assert again.spectrogram.view == view
    assert view.picture.value == "mel"


# --- 5. panels -----------------------------------------------------------------------------------


def test_every_control_of_the_morph_changes_what_is_asked_for_and_can_be_taken_back(desk):
    panel = desk.panel
    first = desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    half = QPoint(panel.detail.width() // 2, panel.detail.height() // 2)
    request = desk.rendered(lambda: desk.click(panel.detail, half))
    assert request.detail == pytest.approx(0.5, abs=0.05)
    for switch, name in (
        (panel.align, "align"),
        (panel.match_loudness, "match_loudness"),
        (panel.even_spacing, "even_spacing"),
    ):
        request = desk.rendered(lambda switch=switch: desk.click(switch))
        assert getattr(request, name) is False
    panel.pitch.setFocus()
    request = desk.rendered(lambda: desk.key(KEY.Key_Right))
    assert request.pitch_st == 1
    assert panel.pitch_value.text() == "+1 st"
    assert panel.figures()[0] == ("Hits kept", "4 of 4")
    for _ in range(5):
        desk.key(KEY.Key_Z, CONTROL)
    parts = ("clips", "weights", "detail", "align", "match_loudness", "even_spacing", "pitch_st")
    last = desk.controller.last_request
    assert [getattr(last, part) for part in parts] == [getattr(first, part) for part in parts]
    assert panel.detail.value() == panel.detail.maximum()
    assert panel.align.isChecked()


def test_the_model_is_tuned_stopped_and_the_factory_s_comes_back(desk):
    panel = desk.panel.model
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    level = desk.playing_samples()[0, 0]
    told = []
    desk.studio.tuner.progressed.connect(told.append)
    desk.click(panel.tune_button)
    desk.wait(lambda: panel.plot.isVisible() and "left" in panel.status.text())
    desk.wait(lambda: any(p.best_error_db and p.best_error_db < p.first_error_db for p in told))
    desk.rendered(lambda: desk.click(panel.stop_button))
    assert "Tuned on 3 sounds" in panel.name.text()
    assert desk.playing_samples()[0, 0] != level
    desk.rendered(lambda: desk.click(panel.others_button))
    assert panel.name.text() == "Factory"
    assert desk.playing_samples()[0, 0] == level


# --- 6. export -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["wav", "aiff", "flac"])
def test_what_is_heard_is_exported_and_reads_back(desk, tmp_path, kind):
    folder = tmp_path / "exports"
    folder.mkdir()
    request = desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS, 0.4)))
    desk.click(desk.transport.export_button)
    dialog = desk.dialog(ExportDialog)
    desk.key(KEY.Key_A, CONTROL)
    desk.type("{a} take")
    dialog.folder.setFocus()
    desk.key(KEY.Key_A, CONTROL)
    desk.type(str(folder))
    desk.press_button(dialog, kind.upper())
    desk.press_button(dialog, "24 bit")
    dialog.repeats.setFocus()
    desk.key(KEY.Key_Up)
    desk.press_button(dialog, "Export")
    path = folder / f"{KICK} take.{kind}"
    desk.wait(lambda: path.is_file() and str(path) in desk.said)
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate_hz == 44_100
    assert len(samples) == 2 * request.n_frames
    assert abs(samples - desk.playing_samples()[0, 0]).max() < 2**-22
    assert soundfile.info(path).format == kind.upper()


def exporting_slowly(desk, tmp_path):
    """Have an export run that takes a while; returns the folder that it goes to."""
    folder = tmp_path / "exports"
    folder.mkdir()
    desk.drop(desk.at(desk.pad), mime_of([write_loop(tmp_path / "slow.wav", 400)]))
    desk.wait(lambda: "slow" in desk.on_pad and not desk.controller.library.is_busy)
    desk.click(desk.pad, desk.dot("slow"))
    desk.key(KEY.Key_E, CONTROL)
    dialog = desk.dialog(ExportDialog)
    dialog.folder.setFocus()
    desk.key(KEY.Key_A, CONTROL)
    desk.type(str(folder))
    desk.key(KEY.Key_Return)
    desk.wait(lambda: bool(desk.bar.work.rows))
    return folder


def test_an_export_is_cancelled_and_leaves_nothing(desk, tmp_path):
    folder = exporting_slowly(desk, tmp_path)
    desk.click(desk.bar.work.rows[0].cancel_button)
    desk.wait(lambda: not desk.bar.work.rows)
    assert "slow" in desk.said
    assert list(folder.iterdir()) == []


def test_the_handle_keeps_a_render_by_the_keyboard(desk, home, tmp_path):
    kept = tmp_path / "kept"
    settings = desk.studio.settings
    settings.save(replace(settings.settings, renders_folder=str(kept)))
    request = desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    desk.handle.setFocus(Qt.FocusReason.TabFocusReason)
    desk.key(KEY.Key_Return)
    desk.wait(lambda: "Render kept" in desk.said)
    (path,) = kept.iterdir()
    assert len(soundfile.read(path)[0]) == request.n_frames
    assert path.name in desk.said


# --- 7. commands ---------------------------------------------------------------------------------


def test_the_palette_runs_what_is_typed(desk):
    desk.key(KEY.Key_K, CONTROL)
    assert desk.studio.commands.palette.isVisible()
    desk.type("explore")
    desk.key(KEY.Key_Return)
    assert not desk.studio.commands.palette.isVisible()
    assert desk.pad.mode == "explore"
    desk.key(KEY.Key_K, CONTROL)
    desk.type("no such thing")
    desk.key(KEY.Key_Escape)
    assert not desk.studio.commands.palette.isVisible()


def test_a_question_mark_opens_the_sheet_but_not_in_a_field(desk):
    sheet = desk.studio.commands.sheet
    desk.pad.setFocus()
    desk.type("?")
    assert sheet.isVisible()
    assert sheet.findChildren(QLabel)
    desk.key(KEY.Key_Escape)
    assert not sheet.isVisible()
    desk.key(KEY.Key_F, CONTROL)
    desk.type("a?")
    assert not sheet.isVisible()
    assert desk.browser.search_field.text() == "a?"


def test_space_plays_and_stops_wherever_nothing_is_typed(desk):
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    for part in (desk.pad, desk.list, desk.panel.detail, desk.spectrogram):
        part.setFocus()
        desk.key(KEY.Key_Space)
        assert not desk.player.is_playing, part
        desk.key(KEY.Key_Space)
        assert desk.player.is_playing, part
    desk.click(desk.panel.align)
    desk.key(KEY.Key_Space)
    assert not desk.player.is_playing, "who has clicked a switch wants Space to play"
    desk.browser.search_field.setFocus()
    desk.key(KEY.Key_Space)
    assert not desk.player.is_playing
    assert desk.browser.search_field.text() == " "


# --- 8. messages ---------------------------------------------------------------------------------


def test_a_fault_in_a_slot_is_told_and_the_window_goes_on(desk, monkeypatch):
    def break_down(*_):
        raise RuntimeError("on purpose")

    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    monkeypatch.setattr(sys, "excepthook", desk.studio.faults.report)
    monkeypatch.setattr(Exporter, "ask", break_down)
    desk.key(KEY.Key_E, CONTROL)
    desk.wait(lambda: "Something went wrong" in desk.said)
    assert desk.bar.isVisible()
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(KICK)))
    assert desk.heard() == {KICK: 1.0}


def test_the_empty_pad_says_what_to_do_and_its_button_brings_loops(make_desk, loops, monkeypatch, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setattr("morphstudio.ui.library_keeper.demo_loops_dir", lambda: loops[0].parent)
    desk = make_desk().open([empty], 0)
    assert desk.pad.welcome.isVisible()
    assert not desk.browser.shown_names()
    desk.click(desk.pad.welcome.demo_button)
    desk.wait(lambda: desk.on_pad == set(NAMES))
    assert not desk.pad.welcome.isVisible()


# --- 9. languages --------------------------------------------------------------------------------


def test_the_language_is_switched_in_the_settings_and_the_window_speaks_it(desk, make_desk, loops, home):
    if not (resources_dir() / "translations" / "morphstudio_ja.qm").is_file():
        pytest.skip("there are no translations")
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    english = {
        part: part()
        for part in (
            desk.transport.export_button.text,
            desk.transport.play_button.text,
            desk.panel.align.text,
            desk.pad.mode_chips.explore_button.text,
            desk.browser.search_field.placeholderText,
            desk.handle.text,
            desk.controller.history.undo_action.text,
            lambda: desk.panel.figures()[0][0],
        )
    }
    desk.key(KEY.Key_K, CONTROL)
    desk.type("language")
    desk.key(KEY.Key_Return)
    dialog = desk.dialog(SettingsDialog)
    assert dialog.page == "language"
    desk.click(dialog.language._choices["ja"])
    for part, text in english.items():
        assert part() != text
    assert remembered(home).appearance.language == "ja"
    desk.click(dialog.language._choices["en"])
    assert {part: part() for part in english} == english


# --- 10. settings --------------------------------------------------------------------------------


def test_places_are_added_and_removed_in_the_settings_and_the_browser_follows(desk, monkeypatch, place, home):
    file_dialogs(monkeypatch, getExistingDirectory=str(place))
    desk.key(KEY.Key_Comma, CONTROL)
    dialog = desk.dialog(SettingsDialog)
    dialog.page_list.setFocus()
    while dialog.page != "folders":
        desk.key(KEY.Key_Down)
    desk.click(dialog.folders.add)
    desk.wait(lambda: "clap drum" in desk.browser.shown_names())
    assert remembered(home).library.places == (str(place),)
    item = dialog.folders.places.visualItemRect(dialog.folders.places.item(0))
    desk.click(dialog.folders.places.viewport(), item.center())
    desk.key(KEY.Key_Delete)
    desk.wait(lambda: "clap drum" not in desk.browser.shown_names())
    assert remembered(home).library.places == ()


def test_the_latency_is_chosen_in_the_settings_and_the_device_follows_at_once(sounding, home):
    desk = sounding
    desk.key(KEY.Key_Comma, CONTROL)
    dialog = desk.dialog(SettingsDialog)
    before = desk.player.status.block_frames
    dialog.audio.latencies.setFocus()
    desk.key(KEY.Key_Up)
    desk.wait(lambda: desk.player.status.is_open and desk.player.status.block_frames == before // 2)
    assert desk.player.is_playing
    assert remembered(home).audio.block_frames == before // 2


def test_the_theme_is_chosen_in_the_settings(desk, home):
    desk.key(KEY.Key_Comma, CONTROL)
    dialog = desk.dialog(SettingsDialog)
    dialog.open_page("appearance")
    desk.click(dialog.appearance._cards["light"])
    assert desk.colour_at(desk.panel, QPoint(3, 3)).lightnessF() > 0.8
    assert remembered(home).appearance.theme == "light"
    desk.click(dialog.appearance._cards["dark"])
    assert desk.colour_at(desk.panel, QPoint(3, 3)).lightnessF() < 0.3


# --- the end -------------------------------------------------------------------------------------


def closed_within(desk, seconds):
    """Close the window as a user would; everything has ended when this returns."""
    started_s = time.monotonic()
    desk.window.activateWindow()
    desk.key(KEY.Key_Q, CONTROL)
    assert time.monotonic() - started_s < seconds
    assert not desk.window.isVisible()
    assert not desk.worker.isRunning()
    assert not desk.studio.importer.isRunning()
    assert not desk.player.status.is_open


def test_quitting_while_it_tunes_ends_the_tuning(desk):
    desk.click(desk.panel.model.tune_button)
    desk.wait(lambda: desk.studio.tuner.is_running and "left" in desk.panel.model.status.text())
    closed_within(desk, 6.0)
    assert not desk.studio.tuner.is_running


def test_quitting_while_an_export_waits_writes_it_first(desk, tmp_path):
    folder = exporting_slowly(desk, tmp_path)
    closed_within(desk, 8.0)
    (path,) = folder.iterdir()
    assert len(soundfile.read(path)[0]) == desk.controller.last_request.n_frames


def test_quitting_in_the_middle_of_a_drop_a_drag_and_a_dialog(desk, tmp_path, home):
    many = tmp_path / "many"
    many.mkdir()
    first = write_loop(many / "0.wav", 100)
    for index in range(1, 150):
        shutil.copy(first, many / f"{index}.wav")
    desk.drop(desk.at(desk.pad), mime_of([many]))
    desk.press(desk.pad, desk.between(KICK, BASS))
    desk.move(desk.pad, desk.between(KICK, BASS, 0.7))
    desk.transport.volume.setValue(desk.transport.volume.value() - 20)
    desk.controller.outlet.export()
    desk.dialog(ExportDialog)
    started_s = time.monotonic()
    desk.window.close()
    assert time.monotonic() - started_s < 6.0
    assert not desk.studio.importer.isRunning()
    assert remembered(home).volume_db == -10.0
    assert first.exists()


# --- with the real renderer ----------------------------------------------------------------------


def test_the_real_renderer_tells_of_this_morph_and_at_a_dot_plays_the_file(make_desk, loops):
    desk = make_desk(renderer=None).open(loops, 3)
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    rows = dict(desk.panel.figures())
    assert {"Hits kept", "Loudness change", "Evenness"} <= set(rows)
    assert "of" in rows["Hits kept"]
    assert rows["Loudness change"].endswith("LU")
    assert 0.0 <= float(rows["Evenness"]) <= 1.0
    blended = desk.playing_samples()

    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    assert (desk.playing_samples() == load_clip(loops[1])[0].samples).all()
    assert abs(blended - desk.playing_samples()).max() > 0.05
    assert dict(desk.panel.figures())["Closeness"] == "exact"
