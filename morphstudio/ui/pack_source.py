"""What packs can be made of now, and the files of one: blends of the session with their names. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.naming import NameFields
from morphstudio.library.timbre import timbre_vector
from morphstudio.morph.packs import (
    PackAsk,
    PackItem,
    PackKind,
    around_pack,
    grid_pack,
    hull,
    path_pack,
    way_pack,
)
from morphstudio.morph.request import MorphRequest, PadPoint
from morphstudio.session import Features, Session
from morphstudio.ui.blend_facts import BlendFacts

_MIDDLE = PadPoint(0.5, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class PackFile:
    """One file of a pack: what is rendered, what it is named by, what it tells, where it lies on the pad."""

    request: MorphRequest
    names: NameFields
    facts: LoopFacts
    point: PadPoint


class PackSource:
    """Makes packs of a session as it is at one moment.

    Parameters
    ----------
    session : Session
    facts : BlendFacts
    cursor : PadPoint or None
        Where the sound is; None for the middle of the pad.
    """

    def __init__(self, session: Session, facts: BlendFacts, cursor: PadPoint | None) -> None:
        self._session, self._facts = session, facts
        self._cursor = cursor or _MIDDLE
        self._features: dict[str, Features] = {}

    @property
    def choices(self) -> tuple[PackAsk, ...]:
        """What is possible now: an ask for each, of a usual size."""
        corners = len(hull(self._session.dots))
        has_sides = bool(self._session.side("a") and self._session.side("b"))
        paths = self._session.paths if corners > 1 else ()
        possible = [PackAsk(PackKind.WAY)] if has_sides else []
        possible += [PackAsk(PackKind.PATH, path=i) for i, path in enumerate(paths) if len(path.points) > 1]
        possible += [PackAsk(PackKind.GRID)] if corners > 2 else []
        possible += [PackAsk(PackKind.AROUND)] if corners > 1 else []
        return tuple(possible)

    @property
    def sides(self) -> tuple[str, str]:
        """Names of the sounds at both ends of the slider; empty where there is none."""
        a, b = (self._session.side(side) for side in ("a", "b"))
        return (self._name(a), self._name(b))

    @property
    def heard(self) -> str:
        """Name of the sound that is heard most at the cursor."""
        blend = self._session.blend_at(self._cursor)
        return self._name(blend.sound_ids[0]) if blend.sound_ids else ""

    @property
    def dots(self) -> tuple[PadPoint, ...]:
        """Where all sounds on the pad are."""
        return tuple(self._session.dots.values())

    def path_name(self, index: int) -> str:
        """Of one of the session's paths; may be empty."""
        return self._session.paths[index].name

    def files(self, ask: PackAsk) -> tuple[PackFile, ...]:
        """The files of a pack, in their order.

        Raises
        ------
        ParameterError
            If there can be no such pack.
        """
        items = self._items(ask)
        digits = max(2, len(str(len(items))))
        return tuple(self._file(item, f"{number:0{digits}}") for number, item in enumerate(items, 1))

    def _items(self, ask: PackAsk) -> list[PackItem]:
        session = self._session
        match ask.kind:
            case PackKind.WAY:
                return way_pack(session.side("a"), session.side("b"), ask.n)
            case PackKind.PATH:
                path = session.paths[ask.path]
                time = session.time
                n_beats = path.n_beats(time.beats_per_bar) if time is not None else path.n_beats()
                return path_pack(path, n_beats, ask.n, session.blend_at, self._features_of)
            case PackKind.GRID:
                return grid_pack(session.dots, ask.rows, ask.columns, session.blend_at)
            case PackKind.AROUND:
                return around_pack(session.dots, self._cursor, ask.radius, ask.n, ask.seed, session.blend_at)

    def _file(self, item: PackItem, index: str) -> PackFile:
        request = replace(self._session.request(item.blend), even_spacing=True)
        names = self._facts.names(item.sound_ids, index=index, share=str(round(100 * item.share)))
        facts = self._facts.facts(item.blend.sound_ids, request)
        return PackFile(request, names, facts, item.point or self._between(item))

    def _between(self, item: PackItem) -> PadPoint:
        """Where a step of the way lies, between the dots of its ends."""
        a, b = (self._session.dots[sound_id] for sound_id in item.sound_ids)
        return PadPoint(a.x + item.share * (b.x - a.x), a.y + item.share * (b.y - a.y))

    def _features_of(self, sound_id: str) -> Features:
        if sound_id not in self._features:
            self._features[sound_id] = timbre_vector(self._session.sound(sound_id).clip)
        return self._features[sound_id]

    def _name(self, sound_id: str) -> str:
        return self._session.sound(sound_id).clip.name if sound_id else ""
