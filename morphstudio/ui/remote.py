"""Controllers at the window: what they ask for is done as if a hand had done it, and they are told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from morphstudio.audio.player import Player
from morphstudio.session import Session, SessionState
from morphstudio.settings import SILENT_DB, SettingsFile
from morphstudio.ui.control_keeper import ControlKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.session_editor import SessionEditor


class Remote(QObject):
    """Wires controllers to the pad, the options and the transport.

    Parameters
    ----------
    session : Session
    editor : SessionEditor
    player : Player
    settings : SettingsFile
        Read already.
    window : MainWindow
    pad : LatentPad
    play : callable
        Called with whether to play.
    parent : QObject

    Attributes
    ----------
    controls : ControlKeeper
    """

    def __init__(
        self,
        session: Session,
        editor: SessionEditor,
        player: Player,
        settings: SettingsFile,
        window: MainWindow,
        pad: LatentPad,
        play: Callable[[bool], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._editor, self._player, self._settings = session, editor, player, settings
        self._transport, self._play = window.transport, play
        self._level_db = 0.0
        self.controls = controls = ControlKeeper(self)
        window.transport.volume_changed.connect(self._on_volume_changed)
        window.transport.playing_changed.connect(controls.set_playing)
        pad.point_picked.connect(controls.follow)
        pad.audition_requested.connect(controls.forget_level)
        controls.point_moved.connect(pad.pick)
        controls.detail_changed.connect(self._on_detail_changed)
        controls.play_requested.connect(self._on_play_requested)
        controls.level_changed.connect(self._on_level_changed)
        controls.failed.connect(window.message_bar.show_error)
        editor.edited.connect(self._on_edited)

    def start(self) -> None:
        """Listen to what the settings say."""
        kept = self._settings.settings
        self.controls.apply(kept.midi, kept.osc)

    @Slot(float)
    def _on_volume_changed(self, volume_db: float) -> None:
        self._player.set_gain_db(volume_db + self._level_db)

    @Slot(float)
    def _on_level_changed(self, level_db: float) -> None:
        self._level_db = level_db
        volume_db = self._transport.volume_db
        self._player.set_gain_db(volume_db + level_db if volume_db > SILENT_DB else float("-inf"))

    @Slot(float)
    def _on_detail_changed(self, detail: float) -> None:
        self._editor.choose_options(replace(self._session.options, detail=detail))

    @Slot(bool, bool)
    def _on_play_requested(self, wants_play: bool, is_from_start: bool) -> None:
        if is_from_start:
            self._player.set_position(0)
        self._play(wants_play)

    @Slot(object, object)
    def _on_edited(self, before: SessionState, after: SessionState) -> None:
        if after.time is not None and after.time != before.time:
            self.controls.set_tempo(after.time.bpm)
