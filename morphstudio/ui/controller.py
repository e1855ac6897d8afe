"""What happens when: the wiring between the views, the session, the process that renders and the player.

No painting, no signal processing, no reading of files. Everything here runs in the GUI thread.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.metering import PlayedMeter
from morphstudio.audio.naming import NameFields
from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import Blend, MorphRequest, PadPoint, RenderFigures
from morphstudio.paths import factory_model_path
from morphstudio.rescue import rescue, rescue_path
from morphstudio.session import Session, SessionState
from morphstudio.settings import SettingsFile
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.device_keeper import DeviceKeeper
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.figures import decibel_text, signed_text
from morphstudio.ui.importer import Importer
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.meters import MeterPanel
from morphstudio.ui.model_keeper import ModelKeeper
from morphstudio.ui.pad import LatentPad, PadDot
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.theme import Theme
from morphstudio.ui.tuner import Tuner
from morphstudio.ui.undo import History

_TICK_MS = 33
_USUAL_BAR_S = 2.0
_REDRAW_S = 0.15
"""While files are read, new dots are shown this often: drawing hundreds takes a while."""
_MOST_REHEARSED = 64
_LONGEST_SILENCE_S = 3.0

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
    theme : Theme
    views : Views
    player : Player
    worker : RenderWorker
    importer : Importer
        Both threads are started and stopped here.
    tuner : Tuner
    settings : SettingsFile
        Read already.
    """

    exports_allowed = Signal(bool)
    """Whether there is something to export, by a file or a drag."""

    def __init__(
        self,
        theme: Theme,
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
        self._session = Session()
        self.history = History(self)
        self._editor = SessionEditor(self._session, self.history, self)
        self._is_arranging_due = False
        self._are_dots_due = False
        self._dots_shown_s = 0.0
        self._point: PadPoint | None = None
        self._blend: Blend | None = None
        self._way: float | None = None
        self._explored, self._explore = "", (0.0, 0.0)
        self._last_request: MorphRequest | None = None
        self._figures: RenderFigures | None = None
        self._can_render = True
        self._is_shut_down = False
        window = views.window
        self.library = LibraryKeeper(self._session, self._editor, importer, settings, window, views.pad, self)
        self._device_keeper = DeviceKeeper(player, window.transport, window.message_bar, settings, self)
        panel = window.side_panel.model
        self._model_keeper = ModelKeeper(
            worker, tuner, panel, window.message_bar, factory_model_path(), window
        )
        self._exporter = Exporter(worker, window.message_bar, settings, window)
        self._drag_out = DragOut(worker, lambda: settings.settings, window.message_bar, self)
        self._handle = DragOutHandle(theme)
        window.transport.add_handle(self._handle)
        self._meter = PlayedMeter()
        self._metered_s = time.monotonic()
        self._meter_panel = MeterPanel(theme)
        window.side_panel.add_section(self._meter_panel)
        self.display_timer = QTimer(self)
        self.display_timer.setInterval(_TICK_MS)
        self._connect()
        self._allow_exports(False)
        window.transport.set_volume_db(settings.settings.volume_db)

    def start(self, paths: Iterable[Path]) -> None:
        """Start the threads, open the device and read the first files."""
        self._worker.start()
        self._model_keeper.start()
        self.library.start(paths)
        self._device_keeper.start()
        self.display_timer.start()

    def shut_down(self) -> None:
        """Stop sound and threads, when the window closes; again, it does nothing."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self.display_timer.stop()
        self._player.stop()
        self._views.window.hide()  # what has to be finished may take a while
        self._model_keeper.shut_down()
        self.library.stop()
        self._worker.stop()
        self._device_keeper.stop()
        self._player.close()

    def _connect(self) -> None:
        window, pad = self._views.window, self._views.pad
        window.closing.connect(self.shut_down)
        window.transport.play_toggled.connect(self._on_play_toggled)
        window.transport.volume_changed.connect(self._player.set_gain_db)
        window.transport.export_requested.connect(self.export)
        self._handle.picked_up.connect(self.keep_render)
        pad.drag_out_requested.connect(self.keep_render)
        window.side_panel.options_changed.connect(self._editor.choose_options)
        window.side_panel.way_slid.connect(self._on_way_slid)
        window.side_panel.sides_swapped.connect(self._editor.swap_sides)
        pad.point_picked.connect(self._on_point_picked)
        pad.explore_picked.connect(self._on_explore_picked)
        pad.mode_changed.connect(self._on_mode_changed)
        pad.dots_moved.connect(self._editor.move)
        pad.pick_ended.connect(self._on_gesture_ended)
        pad.dots_moved_finished.connect(self._on_gesture_ended)
        pad.audition_requested.connect(self._on_sound_activated)
        pad.removals_requested.connect(self._editor.take_off)
        pad.side_chosen.connect(self._editor.choose_side)
        pad.arrangement_requested.connect(self.arrange)
        self.library.sound_auditioned.connect(self._on_sound_activated)
        self.library.batch_finished.connect(self._on_batch_finished)
        self._editor.edited.connect(self._on_edited)
        self._model_keeper.model_changed.connect(self._on_model_changed)
        self._model_keeper.model_missing.connect(self._on_model_missing)
        self._worker.draft_published.connect(self._on_draft_published)
        self._worker.render_finished.connect(self._on_render_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.gave_up.connect(self._on_model_missing)
        self._views.spectrogram.position_picked.connect(self._player.set_position)
        window.transport.meter.clicked.connect(self._meter.reset_peaks)
        self.display_timer.timeout.connect(self._on_tick)

    # --- what is heard ------------------------------------------------------------------------

    @Slot(object)
    def _on_point_picked(self, point: PadPoint) -> None:
        if self._session.dots:
            self._hear_point(point, starts=True)

    @Slot(float, float)
    def _on_explore_picked(self, x: float, y: float) -> None:
        if self._session.knows(self._explored):
            self._explore = (x, y)
            self._hear_explored(starts=True)

    @Slot(float)
    def _on_way_slid(self, share: float) -> None:
        a, b = self._session.side("a"), self._session.side("b")
        if a and b:
            self._way = share
            self._hear_way(starts=True)

    @Slot(str)
    def _on_sound_activated(self, sound_id: str) -> None:
        if self._session.knows(sound_id):  # it may have gone while its menu was open
            self._hear_sound(sound_id, starts=True)

    @Slot(str)
    def _on_mode_changed(self, mode: str) -> None:
        """Explore the loop that is meant, or go back to what lies between loops."""
        self._explored = ""
        pad = self._views.pad
        if mode == "explore" and (sound_id := pad.explore_subject()):
            self._explored, self._explore = sound_id, (0.0, 0.0)
            self._show_explored()
            self._hear_explored(starts=False)
        elif self._blend is not None and self._explore != (0.0, 0.0):
            self._hear_sound(self._blend.sound_ids[0], starts=False)

    def _show_explored(self) -> None:
        sound, pad = self._session.sound(self._explored), self._views.pad
        pad.set_explore(sound.clip.name, sound.kind, *self._axis_words())
        pad.set_explore_cursor(*self._explore)

    def _axis_words(self) -> tuple[str, str]:
        """What grows to the right and upwards, around a loop."""
        words = {
            "darker": self.tr("darker"),
            "brighter": self.tr("brighter"),
            "noisier": self.tr("noisier"),
            "purer": self.tr("purer"),
            "fuller": self.tr("fuller"),
            "thinner": self.tr("thinner"),
            "smoother": self.tr("smoother"),
            "punchier": self.tr("punchier"),
        }
        (_, right), (_, up) = self._worker.explore_words
        return words.get(right, right), words.get(up, up)

    def _hear_point(self, point: PadPoint, *, starts: bool) -> None:
        self._forget_where()
        self._point = point
        self._request_morph(self._session.blend_at(point), starts=starts)
        self._views.pad.set_cursor(point)

    def _hear_sound(self, sound_id: str, *, starts: bool) -> None:
        """Hear one sound, even where its dot is hidden behind another, or it has none."""
        self._forget_where()
        self._point = self._session.dots.get(sound_id)
        self._views.pad.set_cursor(self._point)
        self._request_morph(Blend((sound_id,), (1.0,)), starts=starts)

    def _hear_explored(self, *, starts: bool) -> None:
        """Hear what lies around one sound."""
        self._point = self._way = None
        self._request_morph(Blend((self._explored,), (1.0,)), starts=starts)
        self._views.pad.set_explore_cursor(*self._explore)

    def _hear_way(self, *, starts: bool) -> None:
        """Hear what lies between the two sides, wherever their dots are."""
        a, b, share = self._session.side("a"), self._session.side("b"), self._way or 0.0
        self._point, self._explore = None, (0.0, 0.0)
        parts = sorted(((1.0 - share, a), (share, b)), reverse=True)
        heard = [(weight, sound_id) for weight, sound_id in parts if weight > 0.0]
        self._request_morph(Blend(tuple(i for _, i in heard), tuple(w for w, _ in heard)), starts=starts)
        ends = self._session.dots
        x, y = (
            (1.0 - share) * getattr(ends[a], axis) + share * getattr(ends[b], axis) for axis in ("x", "y")
        )
        self._views.pad.set_cursor(PadPoint(x, y))

    def _forget_where(self) -> None:
        self._point = self._way = None
        self._explore = (0.0, 0.0)

    def _request_morph(self, blend: Blend, *, starts: bool) -> None:
        """Ask for a sound; with `starts`, play it if nothing plays."""
        self._blend = blend
        self._last_request = self._session.request(blend, self._explore)
        starts = starts and self._can_render and not self._player.is_playing
        if starts:
            self._player.set_position(0)
            self._player.play(waits=True)
        # Before anything is drawn: it is rendered meanwhile.
        self._worker.submit(self._last_request, 0 if starts else None)
        if starts:
            self._views.window.transport.set_playing(True)
        self._views.pad.set_blend(blend)
        self._allow_exports(self._can_render)
        self._views.spectrogram.set_loop(self._last_request.n_frames, RATE_HZ)
        self._meter.set_loop(self._last_request.n_frames)
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
        if (after.side_a, after.side_b) != (before.side_a, before.side_b) or old.keys() != new.keys():
            self._show_sides()
        if old != new and not self.library.is_busy:
            self._show_dots()
        self._are_dots_due = self._are_dots_due or (old != new and self.library.is_busy)
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
        elif self._way is not None and not heard & gone:
            self._hear_way(starts=False)
        elif self._point is not None and (gone or old.keys() == new.keys() or self.history.is_restoring):
            self._hear_point(self._point, starts=False)
        elif heard & gone:
            left = [sound_id for sound_id in new if sound_id in heard]
            self._hear_sound((left or list(new))[0], starts=False)
        elif has_other_options:
            self._hear_anew()

    def _show_sides(self) -> None:
        a, b = self._session.side("a"), self._session.side("b")
        names = [self._session.sound(sound_id).clip.name if sound_id else "" for sound_id in (a, b)]
        self._views.window.side_panel.set_sides(*names)
        self._views.pad.set_sides(a, b)

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
            self.arrange()
        self.library.end_batch()

    @Slot()
    def arrange(self) -> None:
        """Arrange all dots anew. What sounds goes on, though its point is another now."""
        self._point = None
        self._editor.arrange()
        if self._blend is not None and len(self._blend.sound_ids) == 1:
            self._point = self._session.dots.get(self._blend.sound_ids[0])
        self._views.pad.set_cursor(self._point)
        self._show_dots()

    @property
    def _n_bars(self) -> int:
        """Of the loop. Until the tempo is known: bars near two seconds, as at 120 beats a minute."""
        loop_s = self._session.n_frames / RATE_HZ
        return 1 << max(0, round(math.log2(loop_s / _USUAL_BAR_S)))

    @property
    def _bar_s(self) -> float:
        return self._session.n_frames / RATE_HZ / self._n_bars if self._session.n_frames else _USUAL_BAR_S

    def _show_loop(self) -> None:
        seconds = f"{self._session.n_frames / RATE_HZ:.2f}"
        self._views.window.transport.set_loop_text(self.tr("{seconds} s").format(seconds=seconds))
        self._views.spectrogram.set_grid(self._n_bars, 4 * self._n_bars)

    @Slot(str)
    def choose_mode(self, mode: str) -> None:
        """Switch the pad to *blend* or *explore*."""
        if self._session.dots and mode != self._views.pad.mode:
            self._views.pad.set_mode(mode)
            self._on_mode_changed(mode)

    @Slot()
    def swap_sides(self) -> None:
        """Turn the slider between A and B round."""
        self._editor.swap_sides()

    def rescue(self) -> Path | None:
        """Keep what is on the pad for the next start; returns where, None where there is nothing."""
        sounds = {sound_id: self._session.sound(sound_id).clip.path for sound_id in self._session.dots}
        dots = {path: self._session.dots[sound_id] for sound_id, path in sounds.items() if path is not None}
        if not dots:
            return None
        rescue(rescue_path(), dots, self._session.options)
        return rescue_path()

    def retranslate(self) -> None:
        """Make every text again that no widget makes by itself."""
        self.history.retranslate()
        self._model_keeper.retranslate()
        self._device_keeper.retranslate()
        self._show_figures()
        if self._session.n_frames:
            self._show_loop()
        if self._session.knows(self._explored):
            self._show_explored()

    def _forget_everything(self) -> None:
        self._is_arranging_due = False
        self._forget_where()
        self._blend = self._last_request = None
        self._explored = ""
        self._player.stop()
        self._worker.forget()
        self._views.pad.set_cursor(None)
        self._views.pad.set_blend(None)
        self._views.spectrogram.clear()
        self._views.window.transport.set_playing(False)
        self._allow_exports(False)
        self._views.window.transport.set_loop_text("")
        self._figures = None
        self._show_figures()

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
        self.library.hand_out()
        if self._are_dots_due and time.monotonic() - self._dots_shown_s > _REDRAW_S:
            self._show_dots()
        n_frames = self._last_request.n_frames if self._last_request is not None else 0
        is_silent = True
        while (chunk := self._player.read_tap()) is not None:
            is_silent = False
            self._meter.write(chunk.samples)
            if chunk.n_loop == n_frames:
                self._views.spectrogram.write(chunk.loop_start, chunk.samples)
                self._views.spectrogram.set_playhead(self._player.playhead)
        self._show_levels(is_silent=is_silent)

    def _show_levels(self, *, is_silent: bool) -> None:
        before_s, self._metered_s = self._metered_s, time.monotonic()
        if is_silent:  # of which nothing is told
            n_frames = round(min(self._metered_s - before_s, _LONGEST_SILENCE_S) * RATE_HZ)
            self._meter.write(np.zeros((n_frames, 2), np.float32))
        meters, reading = self._player.meters(), self._meter.reading()
        self._views.window.transport.set_meters(meters.left_db, meters.right_db)
        self._views.window.transport.meter.set_reading(reading)
        self._meter_panel.set_reading(reading)

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
        self._figures = figures
        self._show_figures()

    def _show_figures(self) -> None:
        rows = self._in_words(self._figures) if self._figures is not None else []
        self._views.window.side_panel.set_figures(rows)

    def _in_words(self, figures: RenderFigures) -> list[tuple[str, str]]:
        """What a producer may want to know of what is heard."""
        rows = []
        point = figures.point
        if point is not None:
            kept, more = min(point.hits, point.wanted_hits), max(point.hits - point.wanted_hits, 0)
            hits = self.tr("{count} of {wanted}").format(count=kept, wanted=point.wanted_hits)
            hits += f" +{more}" if more else ""
            level = f"{signed_text(point.level_lu, 1)} LU"
            rows += [(self.tr("Hits kept"), hits), (self.tr("Loudness change"), level)]
            if point.evenness is not None:
                rows.append((self.tr("Evenness"), f"{point.evenness:.2f}"))
        convergence = figures.spectral_convergence_db
        closeness = self.tr("exact") if convergence <= -100.0 else decibel_text(convergence, 1)
        return [*rows, (self.tr("Closeness"), closeness)]

    def _allow_exports(self, is_allowed: bool) -> None:
        self._views.window.transport.set_export_enabled(is_allowed)
        self._handle.setEnabled(is_allowed)
        self.exports_allowed.emit(is_allowed)

    @Slot()
    def export(self) -> None:
        """Ask where what is heard is to be written, and as what."""
        if self._last_request is not None and self._can_render:
            self._exporter.ask(self._last_request, self._name_fields(), self._bar_s)

    @Slot()
    def keep_render(self) -> None:
        """Write what is heard into the folder of renders; as a drag where the mouse is held."""
        if self._last_request is not None and self._can_render:
            source = self._handle if self._handle.isDown() else self._views.pad
            self._drag_out.begin(self._last_request, self._name_fields(), self._bar_s, source)

    def _name_fields(self) -> NameFields:
        """What a file of what is heard may be named by."""
        heard = self._blend.sound_ids if self._blend is not None else ()
        most = self._views.window.browser.entry_of_sound(heard[0]) if heard else None
        return NameFields(
            tuple(self._session.sound(sound_id).clip.name for sound_id in heard),
            most.bpm if most is not None else None,
            most.key if most is not None else "",
        )

    @Slot()
    def _on_model_changed(self) -> None:
        self._can_render = True
        self._hear_anew()
        for sound_id in self._session.dots:
            self._worker.prepare(sound_id, self._session.sound(sound_id).clip, self._session.n_frames)

    @Slot()
    def _on_model_missing(self) -> None:
        self._can_render = False
        self._allow_exports(False)
        self._player.stop()
        self._views.window.transport.set_playing(False)

    @Slot(object)
    def _on_failed(self, error: MorphStudioError) -> None:
        self._views.window.message_bar.show_error(error)

    @property
    def dots(self) -> dict[str, PadPoint]:
        """Where each sound is on the pad."""
        return self._session.dots

    @property
    def arrivals(self) -> Arrivals:
        """What was read and comes to the pad."""
        return self.library.arrivals

    @property
    def last_request(self) -> MorphRequest | None:
        """What is asked to sound now."""
        return self._last_request
