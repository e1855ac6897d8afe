"""What leaves the window tells a DAW its tempo, its beats and its root."""

from __future__ import annotations

import pytest

from morphstudio.library.acid import AcidFacts, read_acid
from morphstudio.settings import Settings
from morphstudio.storage import renders_folder, storage_places
from morphstudio.ui.export_dialog import ExportDialog
from tests.ui.studio import CONTROL, KEY, SHIFT, write_loop

FAST, SLOW = "stab 120bpm Am", "bass 90bpm"


@pytest.fixture
def desk(make_desk, tmp_path):
    """A window with loops of half a second: one beat at 120, and none at 90."""
    paths = [write_loop(tmp_path / f"{name}.wav", hz) for name, hz in ((FAST, 220), (SLOW, 900))]
    desk = make_desk().open(paths, 2)
    desk.close_message()
    return desk


def test_an_export_and_a_kept_render_tell_the_tempo_of_what_is_heard(desk, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(desk_name(desk, "stab"))))
    desk.key(KEY.Key_E, CONTROL)
    dialog = desk.dialog(ExportDialog)
    dialog.folder.setText(str(folder))
    dialog.repeats.setValue(2)
    desk.press_button(dialog, "Export")
    desk.wait(lambda: str(folder) in desk.said)
    assert [read_acid(path) for path in folder.iterdir()] == [AcidFacts(120.0, 2, "A")]

    kept = renders_folder(Settings(), storage_places())
    desk.key(KEY.Key_E, CONTROL | SHIFT)
    desk.wait(lambda: "Render kept" in desk.said)
    assert [read_acid(path) for path in kept.iterdir()] == [AcidFacts(120.0, 2, "A")]


def test_a_blend_of_two_tempos_tells_none(desk):
    stab, bass = desk_name(desk, "stab"), desk_name(desk, "bass")
    desk.rendered(lambda: desk.click(desk.pad, desk.between(stab, bass)))
    assert len(desk.heard()) == 2
    desk.key(KEY.Key_E, CONTROL | SHIFT)
    desk.wait(lambda: "Render kept" in desk.said)
    kept = renders_folder(Settings(), storage_places())
    assert [read_acid(path).bpm for path in kept.iterdir()] == [None]


def desk_name(desk, beginning):
    """Whole name of a dot."""
    return next(name for name in desk.on_pad if name.startswith(beginning))
