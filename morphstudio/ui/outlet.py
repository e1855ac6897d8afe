"""What is heard on its way out: into a file or a pack that is asked for, or into a DAW as a drag."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.errors import MorphStudioError
from morphstudio.morph.gesture import GesturePath
from morphstudio.session import Session
from morphstudio.session_paths import path_facts, path_request
from morphstudio.settings import SettingsFile
from morphstudio.ui.blend_facts import BlendFacts
from morphstudio.ui.drag_handle import DragOutHandle
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.exporter import Exporter
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pack_keeper import PackKeeper
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

    Attributes
    ----------
    packs : PackKeeper
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
        self._facts = BlendFacts(session, window.browser.shelf)
        self.packs = PackKeeper(
            theme, session, self._facts, hearing, worker, self._drag_out, settings, window
        )
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
        self.packs.show()
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
            names, facts = self._facts.names(self._heard), self._facts.facts(self._heard, request)
            self._exporter.ask(request, names, self._session.bar_s, facts)

    @Slot(object)
    def export_path(self, path: GesturePath) -> None:
        """Ask where a path is to be written, and as what."""
        if not self._hearing.can_render:
            return
        try:
            request = path_request(self._session, path)
        except MorphStudioError as error:
            self._window.message_bar.show_error(error)
            return
        names = replace(self._facts.names(self._heard), name=path.name or self.tr("Path"))
        self._exporter.ask(request, names, self._session.bar_s, path_facts(self._session, path))

    @Slot()
    def keep_render(self) -> None:
        """Write what is heard into the folder of renders; as a drag where the mouse is held."""
        request = self._hearing.request
        if request is not None and self._hearing.can_render:
            source = self._handle if self._handle.isDown() else self._pad
            names, facts = self._facts.names(self._heard), self._facts.facts(self._heard, request)
            self._drag_out.begin(request, names, self._session.bar_s, source, facts)

    @property
    def _heard(self) -> tuple[str, ...]:
        """Sounds that are heard, the loudest first."""
        return self._hearing.blend.sound_ids if self._hearing.blend is not None else ()
