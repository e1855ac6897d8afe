"""The live spectrogram as a widget: what it shows, where, and what it repaints."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.pictures import PictureKind
from morphstudio.paths import resources_dir
from morphstudio.ui.figures import note_name, note_text
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.spectrogram_art import stand_beside
from morphstudio.ui.spectrogram_image import colour_table
from morphstudio.ui.spectrogram_view import SpectrogramView
from morphstudio.ui.theme import load_theme, read_theme

N_LOOP = 4 * RATE_HZ


@pytest.fixture
def theme():
    return load_theme(resources_dir() / "themes" / "dark.json")


@pytest.fixture
def strip(qtbot, theme):
    widget = Recording(theme)
    qtbot.addWidget(widget)
    widget.resize(1000, 200)
    widget._catch_up.setInterval(0)  # seconds would go by in these tests
    widget.show()
    qtbot.waitExposed(widget)
    return widget


class Recording(LiveSpectrogram):
    """Notes what is painted."""

    def __init__(self, *args) -> None:
        self.painted = []
        super().__init__(*args)

    def paintEvent(self, event):
        self.painted.append(event.rect())
        super().paintEvent(event)


def play(strip, samples: np.ndarray, start: int = 0) -> None:
    """Play, and let the picture catch up."""
    strip.write(start, samples)
    for _ in range(1000):
        if not strip._picture.is_stale:
            return
        QTest.qWait(1)
    raise AssertionError("the picture does not catch up")


def noise(n_frames: int) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 0.2, (n_frames, 2)).astype(np.float32)


def pixels(widget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return flat[:, : image.width(), :3].astype(int)


def test_it_says_so_when_nothing_was_played(strip):
    empty = pixels(strip)
    assert empty.std() > 0
    strip.set_loop(N_LOOP, RATE_HZ)
    assert np.array_equal(pixels(strip), empty)
    play(strip, noise(N_LOOP))
    assert not np.array_equal(pixels(strip), empty)
    strip.clear()
    assert np.array_equal(pixels(strip), empty)


def test_what_was_played_is_bright_and_the_rest_dark(strip):
    strip.set_loop(N_LOOP)
    play(strip, noise(N_LOOP // 2))
    area = strip._image_rect().toRect()
    shown = pixels(strip)[area.top() + 20 : area.bottom(), area.left() : area.right()].sum(axis=2)
    half = shown.shape[1] // 2
    assert shown[:, : half - 40].mean() > 3 * shown[:, half + 40 :].mean()


def test_the_playhead_stands_where_it_was_set(strip):
    strip.set_loop(N_LOOP)
    play(strip, np.zeros((N_LOOP, 2), np.float32))
    before = pixels(strip)
    strip.set_playhead(N_LOOP // 4)
    y = int(strip._image_rect().center().y())
    changed = np.flatnonzero((pixels(strip)[y] != before[y]).any(axis=1))
    assert np.abs(changed - strip._x_of(N_LOOP // 4)).max() <= 5
    strip.set_playhead(None)
    assert np.array_equal(pixels(strip), before)


def test_the_wave_is_dimmed_right_of_the_playhead(strip):
    strip.set_loop(N_LOOP)
    play(strip, noise(N_LOOP))
    strip.set_playhead(N_LOOP // 2)
    wave = strip._wave_rect().toRect()
    shown = pixels(strip)[wave.top() : wave.bottom(), wave.left() : wave.right()].sum(axis=2)
    half = shown.shape[1] // 2
    assert shown[:, : half - 8].mean() > 1.5 * shown[:, half + 8 :].mean()


def test_repainting_in_parts_gives_the_same_picture_as_at_once(strip):
    """Strips are stretched on their own; a seam between them would show here."""
    strip.set_loop(N_LOOP)
    loop = noise(N_LOOP)
    play(strip, loop)
    strip.set_playhead(N_LOOP // 3)
    whole = pixels(strip)
    area = strip._image_rect().toRect()
    image = QImage(strip.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for left in range(0, strip.width(), 37):
        strip.render(painter, QPoint(left, 0), QRegion(left, 0, 37, strip.height()))
    painter.end()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), :3]
    part = flat[area.top() : area.bottom(), area.left() : area.right()].astype(int)
    assert np.abs(part - whole[area.top() : area.bottom(), area.left() : area.right()]).mean() < 1.0


def test_writes_and_the_playhead_repaint_only_their_columns(strip, qtbot):
    strip.set_loop(N_LOOP)
    play(strip, noise(N_LOOP))
    strip.set_playhead(N_LOOP // 2)
    qtbot.wait(50)
    strip.painted.clear()
    strip.write(N_LOOP // 2, noise(1470))
    strip.set_playhead(N_LOOP // 2 + 1470)
    qtbot.waitUntil(lambda: bool(strip.painted))
    assert max(rect.width() for rect in strip.painted) < strip.width() / 10


def test_a_hidden_strip_paints_nothing(strip, qtbot):
    strip.hide()
    strip.painted.clear()
    strip.set_loop(N_LOOP)
    strip.write(0, noise(1470))
    strip.set_playhead(1470)
    qtbot.wait(80)
    assert not strip.painted
    assert strip._picture.is_stale, "nothing is computed"
    strip.show()
    qtbot.waitUntil(lambda: not strip._picture.is_stale)
    assert strip._picture.image.max() > 0


def test_another_length_of_loop_starts_afresh_and_the_same_one_does_not(strip):
    strip.set_loop(N_LOOP)
    play(strip, noise(N_LOOP))
    shown = pixels(strip)
    strip.set_loop(N_LOOP)
    assert np.array_equal(pixels(strip), shown)
    strip.set_loop(N_LOOP // 2)
    strip.write(N_LOOP, noise(1470))
    strip.set_playhead(N_LOOP + 1470)
    assert strip._playhead == 1470
    assert not np.array_equal(pixels(strip), shown)


def test_the_grid_and_the_stage_are_drawn(strip):
    strip.set_loop(N_LOOP)
    play(strip, noise(N_LOOP))
    before = pixels(strip)
    strip.set_grid(4, 16)
    gridded = pixels(strip)
    assert not np.array_equal(gridded, before)
    strip.set_stage("draft")
    assert not np.array_equal(pixels(strip), gridded)


@pytest.mark.parametrize(("bars", "beats"), [(1, 1), (3, 7), (2, 1000), (0, 0), (64, 256)])
@pytest.mark.parametrize("size", [(240, 96), (1600, 240)])
def test_any_grid_and_size_can_be_painted(strip, bars, beats, size):
    strip.resize(*size)
    strip.set_loop(N_LOOP)
    strip.set_grid(bars, beats)
    play(strip, noise(N_LOOP))
    assert pixels(strip).std() > 0


def test_hovering_tells_time_frequency_note_and_level(strip):
    strip.set_loop(N_LOOP)
    tone = 0.05 * np.sin(2 * np.pi * 440 * np.arange(N_LOOP) / RATE_HZ)
    play(strip, np.stack([tone, tone], axis=1).astype(np.float32))
    area = strip._image_rect()
    y = area.top() + area.height() * np.log(18_000 / 440) / np.log(18_000 / 40)
    time_s, beat, frequency, note, level = strip.read_out(area.center().x(), float(y))
    assert (time_s, beat) == ("2.00 s", "2.1")
    assert (frequency, note) == ("440 Hz", "A4")
    level_db = float(level.replace("\N{MINUS SIGN}", "-").split()[0])
    assert level_db == pytest.approx(-26, abs=6)
    before = pixels(strip)
    QTest.mouseMove(strip, QPointF(area.center().x(), y).toPoint())
    assert not np.array_equal(pixels(strip), before)


def test_notes_have_their_names():
    assert [note_name(f) for f in (440.0, 27.5, 261.63, 466.16, 15_804.0)] == ["A4", "A0", "C4", "A♯4", "B9"]


def test_louder_is_never_darker_in_the_table(theme):
    table = [QColor.fromRgb(entry) for entry in colour_table(theme.role("data_ground"))]
    light = np.array([0.299 * c.red() + 0.587 * c.green() + 0.114 * c.blue() for c in table])
    assert len(table) == 256
    assert (np.diff(light) > -0.5).all()
    assert QColor(table[0]).name() == theme.role("data_ground").name()


def test_cents_are_told_with_the_note():
    assert note_text(440.0) == "A4"
    assert note_text(445.0) == "A4 +20 ct"
    assert note_text(435.0) == "A4 \N{MINUS SIGN}20 ct"


@pytest.mark.parametrize("size", [QSizeF(200, 24), QSizeF(120, 58)])
def test_the_read_out_is_inside_and_never_under_the_mouse(size):
    bounds = QRectF(0, 0, 700, 140)
    for x in range(0, 701, 20):
        for y in range(0, 141, 10):
            box = stand_beside(QPointF(x, y), size, bounds)
            assert bounds.contains(box)
            assert not box.contains(QPointF(x, y))


def test_the_wave_tells_its_peak(strip):
    strip.set_loop(N_LOOP)
    play(strip, np.full((N_LOOP, 2), 0.5, np.float32))
    wave = strip._wave_rect()
    assert strip.read_out(wave.left() + wave.width() * 0.26, wave.center().y()) == [
        "1.04 s",
        "1.3",
        "\N{MINUS SIGN}6 dB",
    ]


def test_a_click_jumps_there_and_dragging_scrubs(strip, qtbot):
    picked = []
    strip.position_picked.connect(picked.append)
    strip.set_loop(N_LOOP)
    area = strip._image_rect()
    at = [
        QPoint(round(area.left() + area.width() * share), round(area.center().y())) for share in (0.25, 0.5)
    ]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at[0])
    assert not picked, "there is nothing to jump in yet"
    play(strip, noise(N_LOOP))
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=at[0])
    assert picked[0] == pytest.approx(N_LOOP / 4, rel=0.01)
    assert strip._playhead == picked[0]
    QTest.mouseMove(strip, at[1])
    assert picked[-1] == pytest.approx(N_LOOP / 2, rel=0.01)
    QTest.mouseMove(strip, QPoint(5000, 10))
    assert picked[-1] == N_LOOP - 1
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=at[1])
    n_picked = len(picked)
    QTest.mouseMove(strip, at[0])
    assert len(picked) == n_picked


def test_keys_jump_by_beats_around_the_loop(strip):
    picked = []
    strip.position_picked.connect(picked.append)
    strip.set_loop(N_LOOP)
    strip.set_grid(2, 8)
    play(strip, noise(1470))
    beat = N_LOOP // 8
    strip.set_playhead(beat + 100)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left):
        QTest.keyClick(strip, key)
    assert picked == [2 * beat, 3 * beat, 2 * beat, 0, 7 * beat]


def test_a_screen_reader_hears_the_beat_and_can_set_it(strip):
    picked = []
    strip.position_picked.connect(picked.append)
    strip.set_loop(N_LOOP)
    strip.set_grid(2, 8)
    strip.set_playhead(N_LOOP // 2 + 10)
    face = QAccessible.queryAccessibleInterface(strip)
    assert face.text(QAccessible.Text.Name)
    value = face.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (1, 5, 8)
    assert not picked, "following the playhead is no wish"
    value.setCurrentValue(3)
    assert picked == [N_LOOP // 4]
    assert strip.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_the_menu_chooses_picture_and_lines(strip, qtbot):
    strip.set_loop(N_LOOP)
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(N_LOOP) / RATE_HZ)
    play(strip, tone.astype(np.float32)[:, None])
    shown = [pixels(strip)]
    menu = strip._view_button.menu()
    by_text = {action.text(): action for action in menu.actions()}
    for text, view in (
        ("Pitch track", SpectrogramView(PictureKind.SPECTROGRAM, pitch=True)),
        ("Brightness", SpectrogramView(PictureKind.SPECTROGRAM, pitch=True, brightness=True)),
        ("Mel bands", SpectrogramView(PictureKind.MEL, pitch=True, brightness=True)),
        ("Timbre (MFCC)", SpectrogramView(PictureKind.MFCC, pitch=True, brightness=True)),
    ):
        with qtbot.waitSignal(strip.view_changed) as caught:
            by_text[text].trigger()
        assert caught.args == [view]
        assert strip.view == view
        qtbot.waitUntil(lambda: not strip._picture.is_stale)
        shown.append(pixels(strip))
        assert not np.array_equal(shown[-1], shown[-2])
    assert not by_text["Pitch track"].isEnabled(), "coefficients have no frequencies"
    middle = strip._image_rect().center()
    assert strip.read_out(middle.x(), middle.y())[2].startswith("Coefficient")


def test_a_view_that_is_set_is_shown_and_told_to_nobody(strip, qtbot):
    view = SpectrogramView(PictureKind.LFCC)
    with qtbot.assertNotEmitted(strip.view_changed):
        strip.set_view(view)
    assert strip.view == view
    ticked = [action.text() for action in strip._view_button.menu().actions() if action.isChecked()]
    assert ticked == ["Timbre, even bands (LFCC)"]


def test_hovering_tells_the_pitch_and_the_brightness(strip):
    strip.set_view(SpectrogramView(pitch=True, brightness=True))
    strip.set_loop(N_LOOP)
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(N_LOOP) / RATE_HZ)
    play(strip, tone.astype(np.float32)[:, None])
    middle = strip._image_rect().center()
    assert "Pitch 220 Hz A3" in strip.read_out(middle.x(), middle.y())
    assert strip.read_out(middle.x(), middle.y())[-1].startswith("Brightness")


def test_the_picture_follows_the_theme(strip, theme):
    strip.set_loop(N_LOOP)
    play(strip, noise(N_LOOP // 2))
    dark = pixels(strip)
    theme.show(read_theme(resources_dir() / "themes" / "light.json"))
    light = pixels(strip)
    assert light[2:4, 2:4].mean() > dark[2:4, 2:4].mean() + 100
    theme.show(read_theme(resources_dir() / "themes" / "dark.json"))
    back = np.abs(pixels(strip) - dark)
    assert back.max() <= 2, "but for rounding where strips meet"


def test_another_language_is_spoken_at_once(strip):
    strip.setAccessibleName("")
    strip._view_button.setAccessibleName("")
    for widget in (strip, strip._view_button):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        assert widget.accessibleName()


def test_the_same_loop_played_again_repaints_no_more_than_the_playhead(strip, qtbot):
    loop = noise(N_LOOP)
    strip.set_loop(N_LOOP)
    play(strip, loop)
    strip.set_playhead(1000)
    qtbot.wait(50)
    strip.painted.clear()
    strip.write(1000, loop[1000:2470])
    qtbot.wait(50)
    assert not strip.painted
    strip.set_playhead(2470)
    qtbot.waitUntil(lambda: bool(strip.painted))
    assert max(rect.width() for rect in strip.painted) < 40


@pytest.mark.parametrize("n_loop", [100, 22_050, 64 * RATE_HZ])
def test_loops_of_any_length_are_shown(strip, n_loop):
    strip.set_loop(n_loop)
    strip.set_grid(32, 128)
    play(strip, noise(3 * RATE_HZ))
    strip.set_playhead(n_loop // 2)
    assert pixels(strip).std() > 0
    strip.read_out(strip.width() - 1.0, strip.height() - 1.0)
