"""Packs in the whole window: from the side panel to the files and the handle."""

from __future__ import annotations

import soundfile as sf
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag

from morphstudio.ui.pack_dialog import PackDialog
from tests.ui.studio import N_FRAMES, NAMES, RIGHT

KICK, BASS, TEXTURE = NAMES


def test_from_the_side_panel_to_the_files_and_the_drag(desk, tmp_path, monkeypatch):
    section = desk.panel.sides
    for name, text in ((KICK, "Set as A"), (TEXTURE, "Set as B")):
        desk.click(desk.pad, desk.dot(name), RIGHT)
        desk.choose(text)
    desk.rendered(lambda: desk.click(desk.pad, desk.dot(BASS)))
    desk.click(section.pack_button)
    dialog = desk.dialog(PackDialog)
    assert dialog.kind.currentText() == f"From {KICK} to {TEXTURE}"
    dialog.export_fields.folder.setText(str(tmp_path))
    dialog.count.setValue(5)
    desk.press_button(dialog, "Export pack")
    folder = tmp_path / f"{KICK} to {TEXTURE}"
    desk.wait(lambda: f"5 loops are in {folder}" in desk.said)
    paths = sorted(folder.iterdir())
    assert [path.name for path in paths][::4] == [
        f"01 {KICK} {TEXTURE} 0.wav",
        f"05 {KICK} {TEXTURE} 100.wav",
    ]
    assert {sf.info(path).frames for path in paths} == {N_FRAMES}
    assert section.steps.currentText() == "5 steps"

    drags = []
    monkeypatch.setattr(
        QDrag, "exec", lambda drag, _: drags.append(drag.mimeData().urls()) or Qt.DropAction.CopyAction
    )
    desk.close_message()
    handle = section.pack_handle
    desk.press(handle)
    for x in (2, 60):
        desk.move(handle, handle.rect().center() + QPoint(x, 0))
    assert [url.toLocalFile() for url in drags[0]] == [str(path) for path in paths]
    desk.release(handle)


def test_a_pack_around_the_cursor_lies_around_what_is_heard(desk, tmp_path):
    desk.rendered(lambda: desk.click(desk.pad, desk.between(KICK, BASS)))
    desk.click(desk.panel.sides.pack_button)
    dialog = desk.dialog(PackDialog)
    texts = [dialog.kind.itemText(index) for index in range(dialog.kind.count())]
    assert texts == ["Grid over the whole pad", "Around the cursor"]
    dialog.kind.setCurrentIndex(1)
    a, b = desk.point(KICK), desk.point(BASS)
    for point in dialog.picture.points:
        assert abs(point.x - (a.x + b.x) / 2) < 0.17
        assert abs(point.y - (a.y + b.y) / 2) < 0.17
    desk.press_button(dialog, "Cancel")
    assert not desk.panel.sides.pack_handle.isVisible()
