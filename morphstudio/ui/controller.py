"""What happens when: the wiring between the views, the session, the process that renders and the player.

No painting, no signal processing, no reading of files. Everything here runs in the GUI thread.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import Blend, MorphRequest, PadPoint, RenderFigures
from morphstudio.paths import factory_model_path
from morphstudio.session import MorphOptions, Session, SessionState
from morphstudio.settings import SettingsFile
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.device_keeper import DeviceKeeper
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.importer import Importer
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.model_keeper import ModelKeeper
from morphstudio.ui.pad import LatentPad, PadDot
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.tuner import Tuner
from morphstudio.ui.undo import History

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
        self._settings = settings
        self._session = Session(_SNAP_RADIUS)
        self.history = History(self)
        self._editor = SessionEditor(self._session, self.history, self)
        self._is_arranging_due = False
        self._are_dots_due = False
        self._dots_shown_s = 0.0
        self._point: PadPoint | None = None
        self._blend: Blend | None = None
        self._last_request: MorphRequest | None = None
        self._can_render = True
        self._is_shut_down = False
        window = views.window
        self._library = LibraryKeeper(self._session, self._editor, importer, window, self)
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
        self._library.start(paths)
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
        self._library.stop()
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
        window.closing.connect(self.shut_down)
        window.transport.play_toggled.connect(self._on_play_toggled)
        window.transport.volume_changed.connect(self._player.set_gain_db)
        window.transport.export_requested.connect(self._on_export_requested)
        window.side_panel.options_changed.connect(self._on_options_changed)
        pad.point_picked.connect(self._on_point_picked)
        pad.dot_moved.connect(self._on_dot_moved)
        pad.pick_ended.connect(self._on_gesture_ended)
        pad.dot_moved_finished.connect(self._on_gesture_ended)
        pad.audition_requested.connect(self._on_sound_activated)
        pad.removal_requested.connect(self._on_removal_requested)
        self._library.sound_auditioned.connect(self._on_sound_activated)
        self._library.batch_finished.connect(self._on_batch_finished)
        self._editor.edited.connect(self._on_edited)
        self._model_keeper.model_changed.connect(self._on_model_changed)
        self._model_keeper.model_missing.connect(self._on_model_missing)
        self._worker.draft_published.connect(self._on_draft_published)
        self._worker.render_finished.connect(self._on_render_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.gave_up.connect(self._on_model_missing)
        self.display_timer.timeout.connect(self._on_tick)

    # --- what is heard ------------------------------------------------------------------------

    @Slot(object)
    def _on_point_picked(self, point: PadPoint) -> None:
        if self._session.dots:
            self._hear_point(point, starts=True)

    @Slot(str)
    def _on_sound_activated(self, sound_id: str) -> None:
        if self._session.knows(sound_id):  # it may have gone while its menu was open
            self._hear_sound(sound_id, starts=True)

    def _hear_point(self, point: PadPoint, *, starts: bool) -> None:
        self._point = point
        self._request_morph(self._session.blend_at(point), starts=starts)
        self._views.pad.set_cursor(point)

    def _hear_sound(self, sound_id: str, *, starts: bool) -> None:
        """Hear one sound, even where its dot is hidden behind another, or it has none."""
        self._point = self._session.dots.get(sound_id)
        self._views.pad.set_cursor(self._point)
        self._request_morph(Blend((sound_id,), (1.0,)), starts=starts)

    def _request_morph(self, blend: Blend, *, starts: bool) -> None:
        """Ask for a sound; with `starts`, play it if nothing plays."""
        self._blend = blend
        self._last_request = self._session.request(blend)
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
        self._views.spectrogram.set_loop(self._last_request.n_frames, RATE_HZ)
        self._views.window.browser.set_current(blend.sound_ids[0])

    def _hear_anew(self) -> None:
        """Hear the same point as it is to sound now."""
        if self._blend is not None:
            self._request_morph(self._blend, starts=False)

    def _rehearse(self) -> None:
        """Have the ways from what is heard looked at ahead; all ways, as far as they go, where nothing is."""
        heard = self._blend.sound_ids if self._blend is not None else ()
        near = [edge for edge in self._session.edges() if not heard or set(edge) & set(heard)]
        self._worker.rehearse(
            self._session.request(Blend(edge, (0.5, 0.5))) for edge in near[:_MOST_REHEARSED]
        )

    # --- the session --------------------------------------------------------------------------

    @Slot(str, object)
    def _on_dot_moved(self, sound_id: str, point: PadPoint) -> None:
        self._editor.move({sound_id: point})

    @Slot(str)
    def _on_removal_requested(self, sound_id: str) -> None:
        self._editor.take_off((sound_id,))

    @Slot(object)
    def _on_options_changed(self, options: MorphOptions) -> None:
        self._editor.choose_options(options)

    @Slot(object, object)
    def _on_edited(self, before: SessionState, after: SessionState) -> None:
        """Show and sound what the session is now, whether it was changed or a change taken back."""
        old, new = dict(before.dots), dict(after.dots)
        if after.n_frames != before.n_frames and after.n_frames:
            self._show_loop()
        if old.keys() != new.keys():
            self._on_sounds_changed([sound_id for sound_id in new if sound_id not in old])
        if after.options != before.options:
            self._views.window.side_panel.set_options(after.options)
        if old != new and not self._library.is_busy:
            self._show_dots()
        self._are_dots_due = self._are_dots_due or (old != new and self._library.is_busy)
        self._hear_what_is_left(old, new, has_other_options=after.options != before.options)

    def _on_sounds_changed(self, added: list[str]) -> None:
        for sound_id in added:
            self._worker.prepare(sound_id, self._session.sound(sound_id).clip, self._session.n_frames)
        self._model_keeper.set_clips(self._session.clips())

    def _hear_what_is_left(
        self, old: dict[str, PadPoint], new: dict[str, PadPoint], *, has_other_options: bool
    ) -> None:
        gone = old.keys() - new.keys()
        heard = set(self._blend.sound_ids) if self._blend is not None else set()
        if old and not new:
            self._forget_everything()
        elif self._point is not None and (gone or old.keys() == new.keys()):
            self._hear_point(self._point, starts=False)
        elif heard & gone:
            left = [sound_id for sound_id in new if sound_id in heard]
            self._hear_sound((left or list(new))[0], starts=False)
        elif has_other_options:
            self._hear_anew()

    def _show_dots(self) -> None:
        self._are_dots_due = False
        dots = [
            PadDot(sound_id, sound.clip.name, sound.kind, point)
            for sound_id, point in self._session.dots.items()
            for sound in (self._session.sound(sound_id),)
        ]
        self._views.pad.set_dots(dots)
        self._views.pad.set_edges(self._session.edges())
        self._rehearse()
        self._dots_shown_s = time.monotonic()

    @Slot()
    def _on_batch_finished(self) -> None:
        # Dots that came one by one lie where there was room. That will do for a few.
        n_new = self._session.n_new
        if n_new > 0 and n_new >= self._session.n_arranged:
            self._is_arranging_due = True
        self._on_gesture_ended()

    @Slot()
    def _on_gesture_ended(self) -> None:
        if self._views.pad.is_held:
            return
        if self._is_arranging_due:
            self._is_arranging_due = False
            self._arrange()
        self._library.end_batch()

    def _arrange(self) -> None:
        """Arrange all dots anew. What sounds goes on, though its point is another now."""
        self._point = None
        self._editor.arrange()
        if self._blend is not None and len(self._blend.sound_ids) == 1:
            self._point = self._session.dots.get(self._blend.sound_ids[0])
        self._views.pad.set_cursor(self._point)
        self._show_dots()

    def _show_loop(self) -> None:
        loop_s = self._session.n_frames / RATE_HZ
        self._views.window.transport.set_loop_text(self.tr("%1 s").replace("%1", f"{loop_s:.2f}"))
        # Until the tempo is known: bars near two seconds, as at 120 beats a minute.
        n_bars = 2 ** max(0, round(math.log2(loop_s / _USUAL_BAR_S)))
        self._views.spectrogram.set_grid(n_bars, 4 * n_bars)

    def _forget_everything(self) -> None:
        self._is_arranging_due = False
        self._point = self._blend = self._last_request = None
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
        dots = self._session.dots
        if not wants_play:
            self._player.stop()
        elif not self._can_render or (self._blend is None and not dots):
            self._views.window.transport.set_playing(False)
            return
        elif self._blend is None:
            self._on_sound_activated(next(iter(dots)))
        else:
            self._player.play()
        self._views.window.transport.set_playing(wants_play)

    @Slot()
    def _on_tick(self) -> None:
        self._device_keeper.poll(is_gesturing=self._views.pad.is_held)
        self._library.hand_out()
        if self._are_dots_due and time.monotonic() - self._dots_shown_s > _REDRAW_S:
            self._show_dots()
        n_frames = self._last_request.n_frames if self._last_request is not None else 0
        while (chunk := self._player.read_tap()) is not None:
            if chunk.n_loop == n_frames:
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
                (self.tr("Length"), f"{request.n_frames / RATE_HZ:.2f} s"),
            ]
        )

    @Slot()
    def _on_export_requested(self) -> None:
        request = self._last_request
        if request is None or self._blend is None:
            return
        names = [self._session.sound(sound_id).clip.name for sound_id in self._blend.sound_ids]
        self._exporter.ask(request, " + ".join(names))

    @Slot()
    def _on_model_changed(self) -> None:
        self._can_render = True
        self._hear_anew()
        for sound_id in self._session.dots:
            self._worker.prepare(sound_id, self._session.sound(sound_id).clip, self._session.n_frames)

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
        return self._session.dots

    @property
    def arrivals(self) -> Arrivals:
        """What was read and comes to the pad."""
        return self._library.arrivals

    @property
    def last_request(self) -> MorphRequest | None:
        """What is asked to sound now."""
        return self._last_request
