"""The live spectrogram as a widget: what it shows, where, and what it repaints."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtTest import QTest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.paths import resources_dir
from morphstudio.ui.spectrogram import LiveSpectrogram, colour_table, note_name
from morphstudio.ui.theme import load_theme

N_LOOP = 4 * RATE_HZ


@pytest.fixture
def theme():
    return load_theme(resources_dir() / "themes" / "dark.json")


@pytest.fixture
def strip(qtbot, theme):
    widget = Recording(theme)
    qtbot.addWidget(widget)
    widget.resize(1000, 200)
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
    strip.write(0, noise(N_LOOP))
    assert not np.array_equal(pixels(strip), empty)
    strip.clear()
    assert np.array_equal(pixels(strip), empty)


def test_what_was_played_is_bright_and_the_rest_dark(strip):
    strip.set_loop(N_LOOP)
    strip.write(0, noise(N_LOOP // 2))
    area = strip._image_rect().toRect()
    shown = pixels(strip)[area.top() + 20 : area.bottom(), area.left() : area.right()].sum(axis=2)
    half = shown.shape[1] // 2
    assert shown[:, : half - 40].mean() > 3 * shown[:, half + 40 :].mean()


def test_the_playhead_stands_where_it_was_set(strip):
    strip.set_loop(N_LOOP)
    strip.write(0, np.zeros((N_LOOP, 2), np.float32))
    before = pixels(strip)
    strip.set_playhead(N_LOOP // 4)
    y = int(strip._image_rect().center().y())
    changed = np.flatnonzero((pixels(strip)[y] != before[y]).any(axis=1))
    assert np.abs(changed - strip._x_of(N_LOOP // 4)).max() <= 5
    strip.set_playhead(None)
    assert np.array_equal(pixels(strip), before)


def test_the_wave_is_dimmed_right_of_the_playhead(strip):
    strip.set_loop(N_LOOP)
    strip.write(0, noise(N_LOOP))
    strip.set_playhead(N_LOOP // 2)
    wave = strip._wave_rect().toRect()
    shown = pixels(strip)[wave.top() : wave.bottom(), wave.left() : wave.right()].sum(axis=2)
    half = shown.shape[1] // 2
    assert shown[:, : half - 8].mean() > 1.5 * shown[:, half + 8 :].mean()


def test_repainting_in_parts_gives_the_same_picture_as_at_once(strip):
    """Strips are stretched on their own; a seam between them would show here."""
    strip.set_loop(N_LOOP)
    loop = noise(N_LOOP)
    strip.write(0, loop)
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
    strip.write(0, noise(N_LOOP))
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
    qtbot.wait(50)
    assert not strip.painted


def test_another_length_of_loop_starts_afresh_and_the_same_one_does_not(strip):
    strip.set_loop(N_LOOP)
    strip.write(0, noise(N_LOOP))
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
    strip.write(0, noise(N_LOOP))
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
    strip.write(0, noise(N_LOOP))
    assert pixels(strip).std() > 0


def test_hovering_tells_time_frequency_note_and_level(strip):
    strip.set_loop(N_LOOP)
    tone = 0.05 * np.sin(2 * np.pi * 440 * np.arange(N_LOOP) / RATE_HZ)
    strip.write(0, np.stack([tone, tone], axis=1).astype(np.float32))
    area = strip._image_rect()
    y = area.top() + area.height() * np.log(18_000 / 440) / np.log(18_000 / 40)
    text = strip.read_out(area.center().x(), float(y))
    assert text.startswith("2.00 s")
    assert "440 Hz A4" in text
    level_db = float(text.split("·")[2].replace("\N{MINUS SIGN}", "-").split()[0])
    assert level_db == pytest.approx(-26, abs=6)
    before = pixels(strip)
    QTest.mouseMove(strip, QPointF(area.center().x(), y).toPoint())
    assert not np.array_equal(pixels(strip), before)


def test_notes_have_their_names():
    assert [note_name(f) for f in (440.0, 27.5, 261.63, 466.16, 15_804.0)] == ["A4", "A0", "C4", "A♯4", "B9"]


def test_louder_is_never_darker_in_the_table(theme):
    table = [QColor.fromRgb(entry) for entry in colour_table(theme.role("window"))]
    light = np.array([0.299 * c.red() + 0.587 * c.green() + 0.114 * c.blue() for c in table])
    assert len(table) == 256
    assert (np.diff(light) > -0.5).all()
    assert QColor(table[0]).name() == theme.role("window").name()


def test_it_has_a_name_for_screen_readers(strip):
    assert strip.accessibleName()
    assert strip.focusPolicy() == Qt.FocusPolicy.NoFocus
