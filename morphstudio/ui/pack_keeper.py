"""Packs from the question to the drag: what is asked, written, shown and carried out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot

from morphstudio.errors import MorphStudioError
from morphstudio.morph.packs import PackAsk, PackKind
from morphstudio.morph.request import PadPoint
from morphstudio.session import Session
from morphstudio.settings import PackSettings, SettingsFile
from morphstudio.ui.blend_facts import BlendFacts
from morphstudio.ui.drag_out import DragOut
from morphstudio.ui.file_manager import reveal
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pack_dialog import PackDialog
from morphstudio.ui.pack_exporter import Pack, PackExporter
from morphstudio.ui.pack_source import PackSource
from morphstudio.ui.render_worker import RenderWorker
from morphstudio.ui.theme import Theme


class PackKeeper(QObject):
    """Asks what a pack is to be, has it written, and lets it be dragged out.

    Parameters
    ----------
    theme : Theme
    session : Session
    facts : BlendFacts
    hearing : Hearing
        Where the cursor is.
    worker : RenderWorker
    drag_out : DragOut
    settings : SettingsFile
        Knows what exports were asked for last, and is told what is chosen now.
    window : MainWindow
        Its side panel asks for packs and shows the last one; also the parent.
    """

    def __init__(
        self,
        theme: Theme,
        session: Session,
        facts: BlendFacts,
        hearing: Hearing,
        worker: RenderWorker,
        drag_out: DragOut,
        settings: SettingsFile,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._theme, self._session, self._facts, self._hearing = theme, session, facts, hearing
        self._drag_out, self._settings, self._window = drag_out, settings, window
        self._section = window.side_panel.sides
        kept = settings.settings.pack
        self._ask = PackAsk(PackKind(kept.kind), kept.n, kept.rows, kept.columns)
        self._template = kept.template
        self._pack: Pack | None = None
        self._is_possible: bool | None = None
        self._exporter = PackExporter(worker, window.message_bar, self)
        self._exporter.pack_written.connect(self._on_pack_written)
        self._section.pack_requested.connect(self.ask_for_steps)
        self._section.pack_shown.connect(self._on_pack_shown)
        self._section.pack_picked_up.connect(self._on_pack_picked_up)
        window.closing.connect(self._exporter.hand_over)
        self.show()

    def show(self) -> None:
        """Offer packs where there is something to make them of."""
        is_possible = self._hearing.can_render and len(self._session.dots) > 1
        if is_possible != self._is_possible:  # asked with each move of a drag
            self._is_possible = is_possible
            self._section.set_pack_possible(is_possible)

    @Slot()
    def ask(self) -> None:
        """Open the dialog with what was asked for last."""
        source = PackSource(self._session, self._facts, self._cursor())
        if not (self._hearing.can_render and source.choices):
            return
        settings = self._settings.settings.export
        dialog = PackDialog(self._theme, source, self._ask, self._template, settings, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._export, dialog))
        dialog.open()

    @Slot(int)
    def ask_for_steps(self, n_steps: int) -> None:
        """Open the dialog for so many steps from A to B; for another kind of pack where there are none."""
        self._ask = replace(self._ask, kind=PackKind.WAY, n=n_steps)
        self.ask()

    def _export(self, dialog: PackDialog) -> None:
        choice = dialog.chosen()
        self._ask, self._template = choice.ask, choice.template
        if choice.ask.kind is PackKind.WAY:
            self._section.set_steps(choice.ask.n)
        try:
            pack = PackSettings(
                choice.ask.kind.value, choice.ask.n, choice.ask.rows, choice.ask.columns, choice.template
            )
            self._settings.save(replace(self._settings.settings, export=choice.settings, pack=pack))
        except MorphStudioError as error:
            self._window.message_bar.show_error(error, "warning")
        self._exporter.export(choice)

    def _cursor(self) -> PadPoint | None:
        """Where the sound is; amid the dots of what is heard, where that has no place of its own."""
        dots, blend = self._session.dots, self._hearing.blend
        if self._hearing.point is not None or blend is None:
            return self._hearing.point
        parts = [(dots[i], w) for i, w in zip(blend.sound_ids, blend.weights, strict=True) if i in dots]
        whole = sum(weight for _, weight in parts)
        if not whole:
            return None
        x, y = (sum(getattr(dot, axis) * weight for dot, weight in parts) / whole for axis in ("x", "y"))
        return PadPoint(x, y)

    @Slot(object)
    def _on_pack_written(self, pack: Pack) -> None:
        self._pack = pack
        self._section.set_last_pack(pack.folder.name, len(pack.paths))

    @Slot()
    def _on_pack_shown(self) -> None:
        if self._pack is not None:
            reveal(self._pack.paths[0])

    @Slot()
    def _on_pack_picked_up(self) -> None:
        if self._pack is not None:
            self._drag_out.carry(self._pack.paths, self._section.pack_handle)
