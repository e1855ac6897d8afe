"""From the command to the window, to a loop that is heard, to a morph that is heard; warm disk.

The command runs as users run it, in a home of its own, with JACK's dummy sound card as the default device.
In its process an event filter watches the window: the first paint is `window_s`. As soon as there is a dot,
it is pressed; `loop_s` is when that loop leaves the audio callback. Then the middle between two dots is
pressed; `morph_s` is when its draft leaves the callback. Medians over several starts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.sound_card import sound_card

N_STARTS, N_QUICK = 7, 3
LIMIT_S = 60.0


def run(options) -> dict:
    with sound_card(512):
        started = [_start() for _ in range(1 + (N_QUICK if options.quick else N_STARTS))]
    names = ("window_s", "loop_s", "morph_s")
    figures = {name: round(statistics.median(s[name] for s in started[1:]), 2) for name in names}
    worst = {f"{name}_max": round(max(s[name] for s in started[1:]), 2) for name in names}
    return figures | worst | {"starts": len(started) - 1, "platform": started[-1]["platform"]}


def _start() -> dict:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"MORPHSTUDIO_HOME": home}
        command = [sys.executable, "-m", "tests.benchmarks.startup", str(time.monotonic_ns())]
        done = subprocess.run(
            command, env=environment, timeout=LIMIT_S, capture_output=True, text=True, check=False
        )
    if done.returncode != 0 or not done.stdout:
        raise SystemExit(f"startup: the window ended with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _watched(began_ns: int) -> None:
    """Run the command in this process, with somebody in front of the window."""
    # Nothing may be imported here that the command itself does not import at this point.
    from morphstudio import cli

    reached: dict[str, float] = {}
    pressed: list[object] = []
    generations: dict[int, int] = {}

    def since_s(at_ns: int) -> float:
        return (at_ns - began_ns) / 1e9

    def watch(studio, app) -> None:
        from PySide6.QtCore import QEvent, QObject, Qt, QTimer
        from PySide6.QtGui import QMouseEvent

        from morphstudio.morph.request import PadPoint

        class Filter(QObject):
            def eventFilter(self, watched, event):
                if event.type() == QEvent.Type.Paint and watched is studio.window:
                    QTimer.singleShot(0, lambda: reached.setdefault("window_s", since_s(time.monotonic_ns())))
                return False

        def press(point) -> None:
            place = studio.pad.frame().to_px(point)
            for kind, held in (
                (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
                (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
            ):
                event = QMouseEvent(
                    kind,
                    place,
                    studio.pad.mapToGlobal(place),
                    Qt.MouseButton.LeftButton,
                    held,
                    Qt.KeyboardModifier.NoModifier,
                )
                app.sendEvent(studio.pad, event)
            pressed.append(studio.controller.last_request)

        def heard(request) -> float | None:
            # A later part of the same loop may have come before the next block.
            later = range(generations.get(id(request), 1 << 60), studio.player.heard_generation + 1)
            heard_ns = (studio.player.first_heard_ns(generation) for generation in later)
            return next((since_s(at_ns) for at_ns in heard_ns if at_ns is not None), None)

        def look() -> None:
            dots = list(studio.controller.dots.values())
            if "window_s" not in reached or not dots:
                return
            if not pressed:
                if studio.player.status.is_open:
                    press(dots[0])
            elif "loop_s" not in reached:
                if (at_s := heard(pressed[0])) is not None:
                    reached["loop_s"] = at_s
            elif len(pressed) == 1:
                if len(dots) > 1:
                    a, b = dots[:2]
                    press(PadPoint((a.x + b.x) / 2, (a.y + b.y) / 2))
                    assert len(pressed[1].clips) > 1
            elif (at_s := heard(pressed[1])) is not None:
                reached["morph_s"] = at_s
                print(json.dumps(reached | {"platform": app.platformName()}), flush=True)
                studio.window.close()

        filter_ = Filter(studio.window)
        app.installEventFilter(filter_)
        studio.worker.draft_published.connect(lambda request, g: generations.__setitem__(id(request), g))
        timer = QTimer(studio.window)
        timer.timeout.connect(look)
        timer.start(10)

    import importlib.abc

    class Hook(importlib.abc.MetaPathFinder):
        """Puts somebody in front of the window once the command imports it."""

        def find_spec(self, name, path, target=None):
            if name != "morphstudio.app":
                return None
            sys.meta_path.remove(self)
            from importlib.util import find_spec

            spec = find_spec(name)
            load = spec.loader.exec_module

            def exec_module(module):
                load(module)
                start = module.Studio.start

                def start_watched(studio, paths):
                    watch(studio, module.QApplication.instance())
                    start(studio, paths)

                module.Studio.start = start_watched

            spec.loader.exec_module = exec_module
            return spec

    sys.meta_path.insert(0, Hook())
    sys.argv = ["morphstudio"]
    cli.main()


if __name__ == "__main__":
    _watched(int(sys.argv[1]))
