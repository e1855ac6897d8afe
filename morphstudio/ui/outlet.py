"""What is heard on its way out: into a file that is asked for, or into a DAW as a drag."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.naming import NameFields
from morphstudio.morph.request import MorphRequest
from morphstudio.session import Session
from morphstudio.settings import SettingsFile
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.export_places import facts_of
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.theme import Theme


class Outlet(QObject):
    """Exports what is heard, and lets it be dragged out.

    Parameters
    ----------
    theme : Theme
    session : Session
    hearing : Hearing
    worker : RenderWorker
    settings : SettingsFile
    window : MainWindow
        Is given the handle; also the parent.
    pad : LatentPad
    """

    allowed = Signal(bool)
    """Whether there is something to export, by a file or a drag."""

    def __init__(
        self,
        theme: Theme,
        session: Session,
        hearing: Hearing,
        worker: RenderWorker,
        settings: SettingsFile,
        window: MainWindow,
        pad: LatentPad,
    ) -> None:
        super().__init__(window)
        self._session, self._hearing, self._window, self._pad = session, hearing, window, pad
        self._exporter = Exporter(worker, window.message_bar, settings, window)
        self._drag_out = DragOut(worker, lambda: settings.settings, window.message_bar, self)
        self._handle = DragOutHandle(theme)
        window.transport.add_handle(self._handle)
        window.transport.export_requested.connect(self.export)
        self._handle.picked_up.connect(self.keep_render)
        pad.drag_out_requested.connect(self.keep_render)
        hearing.requested.connect(self.show)
        self._is_allowed: bool | None = None
        self.show()

    @Slot()
    def show(self) -> None:
        """Offer what there is now."""
        is_allowed = self._hearing.request is not None and self._hearing.can_render
        if is_allowed == self._is_allowed:  # asked with each move of a drag
            return
        self._is_allowed = is_allowed
        self._window.transport.set_export_enabled(is_allowed)
        self._handle.setEnabled(is_allowed)
        self.allowed.emit(is_allowed)

    @Slot()
    def export(self) -> None:
        """Ask where what is heard is to be written, and as what."""
        request = self._hearing.request
        if request is not None and self._hearing.can_render:
            self._exporter.ask(request, self._name_fields(), self._session.bar_s, self._facts(request))

    @Slot()
    def keep_render(self) -> None:
        """Write what is heard into the folder of renders; as a drag where the mouse is held."""
        request = self._hearing.request
        if request is not None and self._hearing.can_render:
            source = self._handle if self._handle.isDown() else self._pad
            facts = self._facts(request)
            self._drag_out.begin(request, self._name_fields(), self._session.bar_s, source, facts)

    def _facts(self, request: MorphRequest) -> LoopFacts:
        """What a file of what is heard tells a DAW of it."""
        heard = self._hearing.blend.sound_ids if self._hearing.blend is not None else ()
        entries = [self._window.browser.shelf.entry_of_sound(sound_id) for sound_id in heard]
        tempos = [entry.bpm if entry is not None else None for entry in entries]
        keys = [entry.key if entry is not None else "" for entry in entries]
        return facts_of(tempos, keys, request.n_frames, request.pitch_st)

    def _name_fields(self) -> NameFields:
        """What a file of what is heard may be named by."""
        heard = self._hearing.blend.sound_ids if self._hearing.blend is not None else ()
        most = self._window.browser.shelf.entry_of_sound(heard[0]) if heard else None
        return NameFields(
            tuple(self._session.sound(sound_id).clip.name for sound_id in heard),
            most.bpm if most is not None else None,
            most.key if most is not None else "",
        )
