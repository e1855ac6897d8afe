"""What happens when: the wiring between the views, the session, the process that renders and the player.

No painting, no signal processing, no reading of files. Everything here runs in the GUI thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.morph.request import Blend, MorphRequest, PadPoint, RenderFigures
from morphstudio.paths import factory_model_path
from morphstudio.session import Session, SessionState
from morphstudio.settings import SettingsFile
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.device_keeper import DeviceKeeper
from morphstudio.ui.dot_keeper import DotKeeper
from morphstudio.ui.figures import decibel_text, signed_text
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.importer import Importer
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.model_keeper import ModelKeeper
from morphstudio.ui.outlet import Outlet
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.path_keeper import PathKeeper
from morphstudio.ui.played import PlayedView
from morphstudio.ui.remote import Remote
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.session_keeper import SessionKeeper, SessionParts
from morphstudio.ui.session_rules import is_session
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.theme import Theme
from morphstudio.ui.time_keeper import TimeKeeper
from morphstudio.ui.tuner import Tuner
from morphstudio.ui.undo import History

_TICK_MS = 33


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
        self._figures: RenderFigures | None = None
        self._is_shut_down = False
        window = views.window
        self.library = LibraryKeeper(self._session, self._editor, importer, settings, window, views.pad, self)
        self._device_keeper = DeviceKeeper(player, window.transport, window.message_bar, settings, self)
        panel = window.side_panel.model
        self._model_keeper = ModelKeeper(
            worker, tuner, panel, window.message_bar, factory_model_path(), window
        )
        self._hearing = Hearing(self._session, player, worker, views.pad, self)
        # Before anything else follows edits: requests need the tempos of new loops.
        self.tempo = TimeKeeper(theme, self._session, self._editor, self._hearing, window, views.pad, self)
        self._played = PlayedView(theme, player, views.spectrogram, window)
        self.remote = Remote(
            self._session, self._editor, player, settings, window, views.pad, self._on_play_toggled, self
        )
        self.outlet = Outlet(theme, self._session, self._hearing, worker, settings, window, views.pad)
        self.paths = PathKeeper(self._session, self._editor, self._hearing, player, views.pad, self)
        self.paths.export_requested.connect(self.outlet.export_path)
        parts = SessionParts(
            self._session,
            self._editor,
            self._hearing,
            self.library,
            self._model_keeper,
            player,
            window,
            views.pad,
        )
        self.sessions = SessionKeeper(parts, settings, self)
        # After that, because what a session brings lies where it lay.
        self.dot_keeper = DotKeeper(self._session, self._editor, self._hearing, self.library, views.pad, self)
        self.sessions.left.connect(self.paths.stop)  # a gesture would be recorded into another session
        self.display_timer = QTimer(self)
        self.display_timer.setInterval(_TICK_MS)
        self._connect()
        window.transport.set_volume_db(settings.settings.volume_db)

    def start(self, paths: Collection[Path]) -> None:
        """Start the threads, open the device and read the first files, or the first session among them."""
        sessions = [path for path in paths if is_session(path)]
        self._worker.start()
        self._model_keeper.start()
        self.library.start(() if sessions else paths)
        self.sessions.start()
        if sessions:
            self.sessions.open(sessions[0])
        self._device_keeper.start()
        self.display_timer.start()
        self.remote.start()

    def shut_down(self) -> None:
        """Stop sound and threads, when the window closes; again, it does nothing."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self.display_timer.stop()
        self.remote.controls.stop()
        self.paths.stop()
        self._player.stop()
        self._views.window.hide()  # what has to be finished may take a while
        self.sessions.shut_down()  # before models go that were not saved
        self._model_keeper.shut_down()
        self.library.stop()
        self._worker.stop()
        self._device_keeper.stop()
        self._player.close()

    def _connect(self) -> None:
        window, pad = self._views.window, self._views.pad
        window.closing.connect(self.shut_down)
        window.paths_dropped.connect(self._on_paths_dropped)
        window.transport.play_toggled.connect(self._on_play_toggled)
        window.side_panel.options_changed.connect(self._editor.choose_options)
        window.side_panel.way_slid.connect(self._hearing.hear_way)
        window.side_panel.sides_swapped.connect(self._editor.swap_sides)
        pad.point_picked.connect(self._on_point_picked)
        pad.explore_picked.connect(self._hearing.hear_around)
        pad.mode_changed.connect(self._hearing.change_mode)
        pad.dots_moved.connect(self._editor.move)
        pad.audition_requested.connect(self._on_sound_activated)
        pad.removals_requested.connect(self._editor.take_off)
        pad.loop_time_requested.connect(self.tempo.open_loop)
        pad.tempo_taken.connect(self.tempo.take_tempo)
        pad.side_chosen.connect(self._editor.choose_side)
        self.library.sound_auditioned.connect(self._on_sound_activated)
        self.remote.controls.tempo_heard.connect(self.tempo.follow_tempo)
        self.tempo.tempos_heard.connect(self._on_tempos_heard)
        window.browser.shelf.tempos_told.connect(self.tempo.hear_tempos)
        self.remote.controls.sound_triggered.connect(self._on_sound_activated)
        self.library.sound_auditioned.connect(self.remote.controls.forget_level)
        self.dot_keeper.shown.connect(self.remote.controls.set_dots)
        self._editor.edited.connect(self._on_edited)
        self._model_keeper.model_changed.connect(self._on_model_changed)
        self._model_keeper.model_missing.connect(self._on_model_missing)
        # Listening to files has time; starting and learning have not, nor memory for all at once.
        places = self.library.places
        for begins in (self._model_keeper.model_changed, self._model_keeper.model_missing):
            begins.connect(places.resume)
        self._hearing.requested.connect(places.give_way)
        self._model_keeper.tuning_began.connect(places.pause)
        self._model_keeper.tuning_ended.connect(places.resume)
        self._worker.draft_published.connect(self._on_draft_published)
        self._worker.render_finished.connect(self._on_render_finished)
        self._worker.failed.connect(self._on_failed)
        self._worker.gave_up.connect(self._on_model_missing)
        self._hearing.requested.connect(self._on_requested)
        self.display_timer.timeout.connect(self._on_tick)

    # --- what is heard ------------------------------------------------------------------------

    @Slot(object)
    def _on_point_picked(self, point: PadPoint) -> None:
        if self._session.dots:
            self._hearing.hear_point(point, starts=True)

    @Slot(str)
    def _on_sound_activated(self, sound_id: str) -> None:
        if self._session.knows(sound_id):  # it may have gone while its menu was open
            self._hearing.hear_sound(sound_id, starts=True)

    @Slot(object)
    def _on_requested(self, request: MorphRequest) -> None:
        if self._player.is_playing:
            self._views.window.transport.set_playing(True)
        self._played.set_loop(request.n_frames)
        if self._hearing.blend is not None:
            self._views.window.browser.set_current(self._hearing.blend.sound_ids[0])

    # --- the session --------------------------------------------------------------------------

    @Slot(object)
    def _on_paths_dropped(self, paths: list[Path]) -> None:
        sessions = [path for path in paths if is_session(path)]
        if sessions:
            self.sessions.open(sessions[0])
        else:
            self.library.add(paths)

    @Slot(object, object)
    def _on_edited(self, before: SessionState, after: SessionState) -> None:
        """Show and sound what the session is now, whether it was changed or a change taken back."""
        old, new = dict(before.dots), dict(after.dots)
        if after.n_frames and (after.n_frames, after.time) != (before.n_frames, before.time):
            self._show_loop()
        if old.keys() != new.keys():
            self._on_sounds_changed([sound_id for sound_id in new if sound_id not in old])
        if after.options != before.options:
            self._views.window.side_panel.set_options(after.options)
        if (after.side_a, after.side_b) != (before.side_a, before.side_b) or old.keys() != new.keys():
            self._show_sides()
        if old != new:
            self.dot_keeper.follow()
        if old and not new:
            self._forget_everything()
        else:
            has_moved = old.keys() == new.keys() or self.history.is_restoring
            has_other_times = _times_of(after) != _times_of(before)
            has_other_options = after.options != before.options or has_other_times
            self._hearing.follow(
                old.keys() - new.keys(), has_moved=has_moved, has_other_options=has_other_options
            )
            if has_other_times:
                self._prepare(new)
        self.outlet.show()

    def _on_sounds_changed(self, added: list[str]) -> None:
        self._prepare(added)
        self._model_keeper.set_clips(self._session.clips())

    def _prepare(self, sound_ids: Iterable[str]) -> None:
        """Have sounds encoded ahead, as they are to sound now."""
        for sound_id in sound_ids:
            self._worker.prepare(sound_id, self._session.request(Blend((sound_id,), (1.0,))))

    @Slot(object)
    def _on_tempos_heard(self, sound_ids: tuple[str, ...]) -> None:
        if self._session.time is not None:
            self._prepare(sound_ids)

    def _show_sides(self) -> None:
        a, b = self._session.side("a"), self._session.side("b")
        names = [self._session.sound(sound_id).clip.name if sound_id else "" for sound_id in (a, b)]
        self._views.window.side_panel.set_sides(*names)
        self._views.pad.set_sides(a, b)

    def _show_loop(self) -> None:
        n_bars, time = self._session.n_bars, self._session.time
        self._views.spectrogram.set_grid(n_bars, 4 * n_bars if time is None else time.n_beats)

    @Slot(str)
    def choose_mode(self, mode: str) -> None:
        """Switch the pad to *blend* or *explore*."""
        if self._session.dots and mode != self._views.pad.mode:
            self._views.pad.set_mode(mode)
            self._hearing.change_mode(mode)

    @Slot()
    def swap_sides(self) -> None:
        """Turn the slider between A and B round."""
        self._editor.swap_sides()

    def retranslate(self) -> None:
        """Make every text again that no widget makes by itself."""
        self.history.retranslate()
        self.sessions.retranslate()
        self._model_keeper.retranslate()
        self._device_keeper.retranslate()
        self._show_figures()
        self._hearing.show_explored()

    def _forget_everything(self) -> None:
        self.dot_keeper.forget()
        self._hearing.forget()
        self._played.clear()
        self.outlet.show()
        self._views.window.transport.set_playing(False)
        self._figures = None
        self._show_figures()

    # --- transport ----------------------------------------------------------------------------

    @Slot(bool)
    def _on_play_toggled(self, wants_play: bool) -> None:
        dots = self._session.dots
        if not wants_play:
            self._player.stop()
        elif not self._hearing.can_render or (self._hearing.blend is None and not dots):
            self._views.window.transport.set_playing(False)
            return
        elif self._hearing.blend is None:
            self._on_sound_activated(next(iter(dots)))
        else:
            self._player.play()
        self._views.window.transport.set_playing(wants_play)

    @Slot()
    def _on_tick(self) -> None:
        self._device_keeper.poll(is_gesturing=self._views.pad.is_held)
        self.library.hand_out()
        self.sessions.poll()
        self.dot_keeper.poll()
        self._played.poll()

    # --- renders ------------------------------------------------------------------------------

    @Slot(object, int)
    def _on_draft_published(self, request: MorphRequest, generation: int) -> None:
        del generation
        if request is self._hearing.request:
            self._views.spectrogram.set_stage(self.tr("draft"))

    @Slot(object, object)
    def _on_render_finished(self, request: MorphRequest, figures: RenderFigures) -> None:
        if request is not self._hearing.request:
            return
        self._hearing.rehearse()
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

    @Slot()
    def _on_model_changed(self) -> None:
        self._hearing.can_render = True
        self._hearing.hear_anew()
        self._prepare(self._session.dots)
        self.outlet.show()

    @Slot()
    def _on_model_missing(self) -> None:
        self._hearing.can_render = False
        self.outlet.show()
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
        return self._hearing.request


def _times_of(state: SessionState) -> tuple[object, ...]:
    """What of a session says how loops are brought into its time."""
    return state.time, state.keeps_pitch, state.loop_times
