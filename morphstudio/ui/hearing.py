"""What is heard: a point of the pad, one sound, the way from A to B, or what lies around one loop."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.audio.player import Player
from morphstudio.morph.request import Blend, MorphRequest, PadPoint
from morphstudio.session import Session
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.render_worker import RenderWorker

_MOST_REHEARSED = 64


class Hearing(QObject):
    """Turns a place into a request, has it rendered, and follows it when the session changes.

    Parameters
    ----------
    session : Session
    player : Player
    worker : RenderWorker
    pad : LatentPad
        Shows where the sound is.
    parent : QObject

    Attributes
    ----------
    can_render : bool
        Whether there is a model, or will be; nothing starts to play where there is none.
    """

    requested = Signal(object)
    """`MorphRequest` that is being rendered; it plays, or will when somebody plays."""

    def __init__(
        self, session: Session, player: Player, worker: RenderWorker, pad: LatentPad, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._player, self._worker, self._pad = session, player, worker, pad
        self._point: PadPoint | None = None
        self._way: float | None = None
        self._explored, self._explore = "", (0.0, 0.0)
        self.can_render = True
        self.blend: Blend | None = None
        self.request: MorphRequest | None = None

    # --- where --------------------------------------------------------------------------------

    @property
    def point(self) -> PadPoint | None:
        """Of the pad, that is heard; None where what is heard has none."""
        return self._point

    def hear_point(self, point: PadPoint, *, starts: bool) -> None:
        """Hear a point of the pad; with `starts`, play where nothing plays."""
        self._forget_place()
        self._point = point
        self._submit(self._session.blend_at(point), starts=starts)
        self._pad.set_cursor(point)

    def hear_sound(self, sound_id: str, *, starts: bool) -> None:
        """Hear one sound, even where its dot is hidden behind another, or it has none."""
        self._forget_place()
        self._point = self._session.dots.get(sound_id)
        self._pad.set_cursor(self._point)
        self._submit(Blend((sound_id,), (1.0,)), starts=starts)

    @Slot(float)
    def hear_way(self, share: float) -> None:
        """Hear what lies between the two sides, wherever their dots are: 0 is A, 1 is B."""
        if self._session.side("a") and self._session.side("b"):
            self._way = share
            self._submit_way(starts=True)

    @Slot(float, float)
    def hear_around(self, x: float, y: float) -> None:
        """Hear what lies around the loop that is explored, -1..1 on both axes."""
        if self._session.knows(self._explored):
            self._explore = (x, y)
            self._submit_explored(starts=True)

    def hear_anew(self) -> None:
        """Hear the same place as it is to sound now."""
        if self.blend is not None:
            self._submit(self.blend, starts=False)

    @Slot(str)
    def change_mode(self, mode: str) -> None:
        """Explore the loop that is meant, or go back to what lies between loops."""
        self._explored = ""
        if mode == "explore" and (sound_id := self._pad.explore_subject()):
            self._explored, self._explore = sound_id, (0.0, 0.0)
            self.show_explored()
            self._submit_explored(starts=False)
        elif self.blend is not None and self._explore != (0.0, 0.0):
            self.hear_sound(self.blend.sound_ids[0], starts=False)

    def show_explored(self) -> None:
        """Name the loop that is explored and the ways around it, in the language of now."""
        if self._session.knows(self._explored):
            sound = self._session.sound(self._explored)
            self._pad.set_explore(sound.clip.name, sound.family, *self._axis_words())
            self._pad.set_explore_cursor(*self._explore)

    # --- what changes beneath it --------------------------------------------------------------

    def follow(self, gone: Collection[str], *, has_moved: bool, has_other_options: bool) -> None:
        """Go on hearing the same place of a session that has changed.

        Parameters
        ----------
        gone : collection of str
            Sounds that are on the pad no more; others are.
        has_moved : bool
            Whether what lies at a point may be another blend now.
        has_other_options : bool
        """
        heard = self.blend.sound_ids if self.blend is not None else ()
        is_whole = not set(heard) & set(gone)
        if self._way is not None and is_whole:
            self._submit_way(starts=False)
        elif self._point is not None and (gone or has_moved):
            self.hear_point(self._point, starts=False)
        elif not is_whole:
            left = [sound_id for sound_id in self._session.dots if sound_id in heard]
            self.hear_sound((left or list(self._session.dots))[0], starts=False)
        elif has_other_options:
            self.hear_anew()

    def stay(self) -> None:
        """Dots are about to be elsewhere: what sounds is not to change with what lies at its point."""
        self._point = None

    def keep_sound(self) -> None:
        """The dots are elsewhere now: the point is where the dot of what sounds is, if it has one."""
        if self.blend is not None and len(self.blend.sound_ids) == 1:
            self._point = self._session.dots.get(self.blend.sound_ids[0])
        self._pad.set_cursor(self._point)

    def forget(self) -> None:
        """Hear nothing: there is no sound left."""
        self._forget_place()
        self._explored = ""
        self.blend = self.request = None
        self._player.stop()
        self._worker.forget()
        self._pad.set_cursor(None)
        self._pad.set_blend(None)

    def rehearse(self) -> None:
        """Have the ways from what is heard looked at ahead; all ways, as far as they go, where nothing is."""
        heard = self.blend.sound_ids if self.blend is not None else ()
        near = [edge for edge in self._session.edges() if not heard or set(edge) & set(heard)]
        self._worker.rehearse(
            self._session.request(Blend(edge, (0.5, 0.5))) for edge in near[:_MOST_REHEARSED]
        )

    # ------------------------------------------------------------------------------------------

    def _forget_place(self) -> None:
        self._point = self._way = None
        self._explore = (0.0, 0.0)

    def _submit_explored(self, *, starts: bool) -> None:
        self._point = self._way = None
        self._submit(Blend((self._explored,), (1.0,)), starts=starts)
        self._pad.set_explore_cursor(*self._explore)

    def _submit_way(self, *, starts: bool) -> None:
        a, b, share = self._session.side("a"), self._session.side("b"), self._way or 0.0
        self._point, self._explore = None, (0.0, 0.0)
        parts = sorted(((1.0 - share, a), (share, b)), reverse=True)
        heard = [(weight, sound_id) for weight, sound_id in parts if weight > 0.0]
        self._submit(Blend(tuple(i for _, i in heard), tuple(w for w, _ in heard)), starts=starts)
        ends = self._session.dots
        x, y = (
            (1.0 - share) * getattr(ends[a], axis) + share * getattr(ends[b], axis) for axis in ("x", "y")
        )
        self._pad.set_cursor(PadPoint(x, y))

    def _submit(self, blend: Blend, *, starts: bool) -> None:
        """Ask for a sound; with `starts`, play it if nothing plays."""
        self.blend = blend
        self.request = self._session.request(blend, self._explore)
        starts = starts and self.can_render and not self._player.is_playing
        if starts:
            self._player.set_position(0)
            self._player.play(waits=True)
        # Before anything is drawn: it is rendered meanwhile.
        self._worker.submit(self.request, 0 if starts else None)
        self._pad.set_blend(blend)
        self.requested.emit(self.request)

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
