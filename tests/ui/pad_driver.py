"""How the tests of the pad look at it and handle it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from morphstudio.library.sounds import Family
from morphstudio.morph.pad import PadModel
from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad import LatentPad, PadDot

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def shown_pad(qtbot, theme, size=(800, 600)) -> LatentPad:
    widget = LatentPad(theme)
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def fill(pad) -> LatentPad:
    """Three dots far apart."""
    pad.set_dots(
        [
            PadDot("a", "Amen", Family.DRUMS, PadPoint(0.2, 0.2)),
            PadDot("b", "Bass", Family.BASS, PadPoint(0.8, 0.2)),
            PadDot("c", "Choir", Family.TEXTURE, PadPoint(0.5, 0.8)),
        ]
    )
    pad.set_edges([("a", "b"), ("b", "c"), ("a", "c")])
    return pad


def crowd(pad, n_dots, seed=0) -> PadModel:
    """Many dots, as the model lays them out."""
    model = PadModel()
    rng = np.random.default_rng(seed)
    model.layout({f"s{i}": row for i, row in enumerate(rng.normal(size=(n_dots, 5)))})
    families = list(Family)
    dots = [
        PadDot(sound_id, f"Loop {'of a name ' * (i % 3)}{i}", families[i % 5], point)
        for i, (sound_id, point) in enumerate(model.dots.items())
    ]
    pad.set_dots(dots)
    pad.set_edges(model.edges())
    return model


def record(signal) -> list:
    got = []
    signal.connect(lambda *args: got.append(args[0] if len(args) == 1 else args))
    return got


def at(pad, x, y) -> QPoint:
    return pad.frame().to_px(PadPoint(x, y)).toPoint()


def drag(pad, button, start, end, modifiers=NONE, n_steps=6):
    QTest.mousePress(pad, button, modifiers, start)
    for i in range(1, n_steps + 1):
        QTest.mouseMove(pad, start + (end - start) * i / n_steps)
    QTest.mouseRelease(pad, button, modifiers, end)


def pixels(widget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return flat[:, : image.width(), :3].astype(int)
