"""What happens when: the wiring between the views, the pad model, the process that renders and the player.

No painting, no signal processing, no reading of files. Everything here runs in the GUI thread.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFileDialog

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.files import AUDIO_SUFFIXES
from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.library.sounds import Sound
from morphstudio.memory import give_back_freed_memory
from morphstudio.morph.pad import PadModel
from morphstudio.morph.request import Blend, MorphRequest, PadPoint, RenderFigures
from morphstudio.paths import factory_model_path
from morphstudio.settings import SettingsFile
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.device_keeper import DeviceKeeper
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.importer import Importer, ImportReport
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.model_keeper import ModelKeeper
from morphstudio.ui.pad import LatentPad, PadDot
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.side_panel import MorphSwitches
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.tuner import Tuner

_TICK_MS = 33
_SNAP_RADIUS = 0.008
_USUAL_BAR_S = 2.0
_REDRAW_S = 0.15
"""While files are read, new dots are shown this often: drawing hundreds takes a while."""
_MOST_REHEARSED = 64

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Views:
    """The widgets that the controller speaks to."""

    window: MainWindow
    pad: LatentPad
    spectrogram: LiveSpectrogram


class Controller(QObject):
    """Connects gestures to sound.

    Parameters
    ----------
    views : Views
    player : Player
    worker : RenderWorker
    importer : Importer
        Both threads are started and stopped here.
    tuner : Tuner
    settings : SettingsFile
        Read already.
    """

    def __init__(
        self,
        views: Views,
        player: Player,
        worker: RenderWorker,
        importer: Importer,
        tuner: Tuner,
        settings: SettingsFile,
    ) -> None:
        super().__init__(views.window)
        self._views = views
        self._player = player
        self._worker = worker
        self._importer = importer
        self._settings = settings
        self._pad = PadModel(_SNAP_RADIUS)
        self._sounds: dict[str, Sound] = {}
        self._features: dict[str, NDArray[np.float32]] = {}
        self._n_laid_out = 0
        self._is_laid_by_hand = False
        self._is_layout_due = False
        self._are_dots_due = False
        self._dots_shown_s = 0.0
        self._arrivals = Arrivals(importer, self)
        self._known_files: list[str] = []
        self._n_frames = 0
        self._point: PadPoint | None = None
        self._blend: Blend | None = None
        self._detail = 1.0
        self._switches = views.window.side_panel.switches
        self._last_request: MorphRequest | None = None
        self._can_render = True
        self._is_shut_down = False
        window = views.window
        self._device_keeper = DeviceKeeper(player, window.transport, window.message_bar, settings, self)
        panel = window.side_panel.model
        self._model_keeper = ModelKeeper(
            worker, tuner, panel, window.message_bar, factory_model_path(), window
        )
        self._exporter = Exporter(worker, window.message_bar, window)
        self.display_timer = QTimer(self)
        self.display_timer.setInterval(_TICK_MS)
        self._connect()
        window.transport.set_volume_db(settings.settings.volume_db)

    def start(self, paths: Iterable[Path]) -> None:
        """Start the threads, open the device and read the first files."""
        self._worker.start()
        self._model_keeper.start()
        self._importer.start()
        self._importer.add(paths)
        self._device_keeper.start()
        self.display_timer.start()

    def shut_down(self) -> None:
        """Stop sound and threads, when the window closes; again, it does nothing."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self.display_timer.stop()
        self._player.stop()
        self._keep_volume()
        self._views.window.hide()  # what has to be finished may take a while
        self._model_keeper.shut_down()
        self._importer.stop()
        self._worker.stop()
        self._device_keeper.stop()
        self._player.close()

    def _keep_volume(self) -> None:
        settings = replace(self._settings.settings, volume_db=self._views.window.transport.volume_db)
        try:
            self._settings.save(settings)
        except MorphStudioError as error:  # there is no window left to say it in
            _log.warning("The volume was not kept: %s", error)

    def _connect(self) -> None:
        window, pad = self._views.window, self._views.pad
        window.paths_dropped.connect(self._importer.add)
        window.closing.connect(self.shut_down)
        window.browser.sound_activated.connect(self._on_sound_activated)
        window.browser.sounds_removed.connect(self._on_sounds_removed)
        window.browser.files_requested.connect(self._on_files_requested)
        window.transport.play_toggled.connect(self._on_play_toggled)
        window.transport.volume_changed.connect(self._player.set_gain_db)
        window.transport.export_requested.connect(self._on_export_requested)
        window.side_panel.detail_changed.connect(self._on_detail_changed)
        window.side_panel.switches_changed.connect(self._on_switches_changed)
        pad.point_picked.connect(self._on_point_picked)
        pad.dot_moved.connect(self._on_dot_moved)
        pad.pick_ended.connect(self._on_gesture_ended)
        pad.dot_moved_finished.connect(self._on_gesture_ended)
        pad.audition_requested.connect(self._on_sound_activated)
        pad.removal_requested.connect(self._on_removal_requested)
        self._arrivals.sound_arrived.connect(self._on_sound_arrived)
        self._importer.progressed.connect(window.browser.set_import_progress)
        self._arrivals.batch_arrived.connect(self._on_batch_arrived)
        self._model_keeper.model_changed.connect(self._on_model_changed)
        self._model_keeper.model_missing.connect(self._on_model_missing)
        self._worker.draft_published.connect(self._on_draft_published)
        self._worker.render_finished.connect(self._on_render_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.gave_up.connect(self._on_model_missing)
        self.display_timer.timeout.connect(self._on_tick)

    # --- the pad ------------------------------------------------------------------------------

    @Slot(object)
    def _on_point_picked(self, point: PadPoint) -> None:
        if not self._sounds:
            return
        self._hear_point(point, starts=True)

    @Slot(str)
    def _on_sound_activated(self, sound_id: str) -> None:
        if sound_id in self._sounds:  # it may have gone while its menu was open
            self._hear_sound(sound_id, starts=True)

    @Slot(str, object)
    def _on_dot_moved(self, sound_id: str, point: PadPoint) -> None:
        self._pad.move(sound_id, point)
        self._is_laid_by_hand = True
        self._show_dots()
        if self._point is not None:
            self._hear_point(self._point, starts=False)

    def _hear_point(self, point: PadPoint, *, starts: bool) -> None:
        self._point = point
        self._request_morph(self._pad.blend_at(point), starts=starts)
        self._views.pad.set_cursor(point)

    def _hear_sound(self, sound_id: str, *, starts: bool) -> None:
        """Hear one sound, even where its dot is hidden behind another."""
        self._point = self._pad.dots[sound_id]
        self._views.pad.set_cursor(self._point)
        self._request_morph(Blend((sound_id,), (1.0,)), starts=starts)

    def _request_morph(self, blend: Blend, *, starts: bool) -> None:
        """Ask for a sound; with `starts`, play it if nothing plays."""
        self._blend = blend
        self._last_request = self._request_for(blend)
        starts = starts and self._can_render and not self._player.is_playing
        if starts:
            self._player.set_position(0)
            self._player.play(waits=True)
        # Before anything is drawn: it is rendered meanwhile.
        self._worker.submit(self._last_request, 0 if starts else None)
        if starts:
            self._views.window.transport.set_playing(True)
        self._views.pad.set_blend(blend)
        self._views.window.transport.set_export_enabled(self._can_render)
        self._views.spectrogram.set_loop(self._n_frames, RATE_HZ)
        self._views.window.browser.set_current(blend.sound_ids[0])

    def _request_for(self, blend: Blend) -> MorphRequest:
        return MorphRequest(
            tuple(self._sounds[sound_id].clip for sound_id in blend.sound_ids),
            blend.weights,
            self._n_frames,
            self._detail,
            align=self._switches.align,
            match_loudness=self._switches.match_loudness,
            even_spacing=self._switches.even_spacing,
        )

    def _rehearse(self) -> None:
        """Have the ways from what is heard looked at ahead; all ways, as far as they go, where nothing is."""
        heard = self._blend.sound_ids if self._blend is not None else ()
        near = [edge for edge in self._pad.edges() if not heard or set(edge) & set(heard)]
        self._worker.rehearse(self._request_for(Blend(edge, (0.5, 0.5))) for edge in near[:_MOST_REHEARSED])

    def _show_dots(self) -> None:
        self._are_dots_due = False
        dots = [
            PadDot(sound_id, self._sounds[sound_id].clip.name, self._sounds[sound_id].kind, point)
            for sound_id, point in self._pad.dots.items()
        ]
        self._views.pad.set_dots(dots)
        self._views.pad.set_edges(self._pad.edges())
        self._rehearse()
        self._dots_shown_s = time.monotonic()

    @Slot()
    def _on_gesture_ended(self) -> None:
        if self._is_layout_due and not self._views.pad.is_held:
            self._lay_out()

    def _lay_out(self) -> None:
        """Arrange all dots anew. What sounds goes on, though its point is another now."""
        self._is_layout_due = False
        self._n_laid_out = len(self._sounds)
        self._pad.layout(self._features)
        self._point = None
        if self._blend is not None and len(self._blend.sound_ids) == 1:
            self._point = self._pad.dots[self._blend.sound_ids[0]]
        self._views.pad.set_cursor(self._point)
        self._show_dots()

    # --- sounds -------------------------------------------------------------------------------

    @Slot()
    def _on_files_requested(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._views.window, self.tr("Add loops"), "", self.tr("Sounds") + f" ({patterns})"
        )
        if names:
            self._importer.add([Path(name) for name in names])

    @Slot(object, object)
    def _on_sound_arrived(self, sound: Sound, features: NDArray[np.float32]) -> None:
        if any(sound.clip.digest == known.clip.digest for known in self._sounds.values()):
            self._known_files.append(sound.clip.path.name if sound.clip.path else sound.clip.name)
            return
        if not self._sounds:
            self._set_loop(sound.clip.n_frames)
        self._sounds[sound.sound_id] = sound
        self._features[sound.sound_id] = features
        self._pad.add(sound.sound_id, features)
        self._views.window.browser.add_sound(sound)
        self._are_dots_due = True
        self._worker.prepare(sound.sound_id, sound.clip, self._n_frames)
        self._tell_clips()

    def _tell_clips(self) -> None:
        self._model_keeper.set_clips([sound.clip for sound in self._sounds.values()])

    def _set_loop(self, n_frames: int) -> None:
        self._n_frames = n_frames
        self._views.window.transport.set_loop_text(self.tr("%1 s").replace("%1", f"{self._loop_s:.2f}"))
        # Until the tempo is known: bars near two seconds, as at 120 beats a minute.
        n_bars = 2 ** max(0, round(math.log2(self._loop_s / _USUAL_BAR_S)))
        self._views.spectrogram.set_grid(n_bars, 4 * n_bars)

    @property
    def _loop_s(self) -> float:
        return self._n_frames / RATE_HZ

    @Slot(object)
    def _on_batch_arrived(self, report: ImportReport) -> None:
        give_back_freed_memory()
        # Dots that came one by one lie where there was room. That will do for a few.
        n_new = len(self._sounds) - self._n_laid_out
        if n_new > 0 and n_new >= self._n_laid_out and not self._is_laid_by_hand:
            self._is_layout_due = True
            self._on_gesture_ended()
        bar = self._views.window.message_bar
        known, self._known_files = self._known_files, []
        if known:
            title = self.tr("1 file was on the pad already")
            if len(known) > 1:
                title = self.tr("%1 files were on the pad already").replace("%1", str(len(known)))
            bar.show_report(title, known, "info")
        if report.notes:
            title = self.tr("Files that were shortened: %1").replace("%1", str(len(report.notes)))
            bar.show_report(title, list(report.notes))
        if report.problems:
            title = self.tr("Files that could not be loaded: %1").replace("%1", str(len(report.problems)))
            bar.show_report(title, list(report.problems))

    @Slot(str)
    def _on_removal_requested(self, sound_id: str) -> None:
        self._on_sounds_removed((sound_id,))

    @Slot(object)
    def _on_sounds_removed(self, sound_ids: Iterable[str]) -> None:
        for sound_id in sound_ids:
            if sound_id in self._sounds:
                del self._sounds[sound_id], self._features[sound_id]
                self._pad.remove(sound_id)
                self._views.window.browser.remove_sound(sound_id)
        self._tell_clips()
        self._show_dots()
        if not self._sounds:
            self._forget_everything()
        elif self._point is not None:
            self._hear_point(self._point, starts=False)
        elif self._blend is not None and not self._sounds.keys() >= set(self._blend.sound_ids):
            left = [sound_id for sound_id in self._blend.sound_ids if sound_id in self._sounds]
            self._hear_sound((left or list(self._sounds))[0], starts=False)

    def _forget_everything(self) -> None:
        self._n_laid_out = 0
        self._is_laid_by_hand = self._is_layout_due = False
        self._point = self._blend = self._last_request = None
        self._n_frames = 0
        self._player.stop()
        self._worker.forget()
        self._views.pad.set_cursor(None)
        self._views.pad.set_blend(None)
        self._views.spectrogram.clear()
        self._views.window.transport.set_playing(False)
        self._views.window.transport.set_export_enabled(False)
        self._views.window.transport.set_loop_text("")
        self._views.window.side_panel.set_figures([])

    # --- transport ----------------------------------------------------------------------------

    @Slot(bool)
    def _on_play_toggled(self, wants_play: bool) -> None:
        if not wants_play:
            self._player.stop()
        elif not self._sounds or not self._can_render:
            self._views.window.transport.set_playing(False)
            return
        elif self._blend is None:
            self._on_sound_activated(next(iter(self._sounds)))
        else:
            self._player.play()
        self._views.window.transport.set_playing(wants_play)

    @Slot(float)
    def _on_detail_changed(self, detail: float) -> None:
        self._detail = detail
        self._render_anew()

    @Slot(object)
    def _on_switches_changed(self, switches: MorphSwitches) -> None:
        self._switches = switches
        self._render_anew()

    def _render_anew(self) -> None:
        """Hear the same point as it is to sound now."""
        if self._blend is not None:
            self._request_morph(self._blend, starts=False)

    @Slot()
    def _on_tick(self) -> None:
        self._device_keeper.poll(is_gesturing=self._views.pad.is_held)
        self._arrivals.hand_out()
        if self._are_dots_due and time.monotonic() - self._dots_shown_s > _REDRAW_S:
            self._show_dots()
        while (chunk := self._player.read_tap()) is not None:
            if chunk.n_loop == self._n_frames:
                self._views.spectrogram.write(chunk.loop_start, chunk.samples)
                self._views.spectrogram.set_playhead(self._player.playhead)
        meters = self._player.meters()
        self._views.window.transport.set_meters(meters.left_db, meters.right_db)

    # --- renders ------------------------------------------------------------------------------

    @Slot(object, int)
    def _on_draft_published(self, request: MorphRequest, generation: int) -> None:
        del generation
        if request is self._last_request:
            self._views.spectrogram.set_stage(self.tr("draft"))

    @Slot(object, object)
    def _on_render_finished(self, request: MorphRequest, figures: RenderFigures) -> None:
        if request is not self._last_request:
            return
        self._rehearse()
        self._views.spectrogram.set_stage("")
        convergence = figures.spectral_convergence_db
        closeness = self.tr("exact") if convergence <= -100.0 else f"{convergence:.1f} dB"
        self._views.window.side_panel.set_figures(
            [
                (self.tr("Closeness"), closeness),
                (self.tr("Rendered in"), f"{figures.render_ms:.0f} ms"),
                (self.tr("Length"), f"{self._loop_s:.2f} s"),
            ]
        )

    @Slot()
    def _on_export_requested(self) -> None:
        request = self._last_request
        if request is None or self._blend is None:
            return
        names = [self._sounds[sound_id].clip.name for sound_id in self._blend.sound_ids]
        self._exporter.ask(request, " + ".join(names))

    @Slot()
    def _on_model_changed(self) -> None:
        self._can_render = True
        self._render_anew()
        for sound_id, sound in self._sounds.items():
            self._worker.prepare(sound_id, sound.clip, self._n_frames)

    @Slot()
    def _on_model_missing(self) -> None:
        self._can_render = False
        self._views.window.transport.set_export_enabled(False)
        self._player.stop()
        self._views.window.transport.set_playing(False)

    @Slot(object)
    def _on_failed(self, error: MorphStudioError) -> None:
        self._views.window.message_bar.show_message("error", error.title, error.message, error.hint)

    @property
    def dots(self) -> dict[str, PadPoint]:
        """Where each sound is on the pad."""
        return self._pad.dots

    @property
    def last_request(self) -> MorphRequest | None:
        """What is asked to sound now."""
        return self._last_request
