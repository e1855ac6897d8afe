"""An opened session with its loops, read one after the other, for who has no window. No Qt, no torch."""

from __future__ import annotations

from morphstudio.audio.files import load_clip
from morphstudio.errors import FileError
from morphstudio.library.sounds import Sound, family_of_name, outline
from morphstudio.library.timbre import timbre_vector
from morphstudio.session import Session
from morphstudio.session_document import state_of, tell_tempos
from morphstudio.session_opened import OpenedSession, file_name_of

_N_NAMED = 3


def free_name(session: Session, name: str) -> str:
    """What a sound is called in a session: its name, with a number where another is called so."""
    free, number = name, 2
    while session.knows(free):
        free, number = f"{name} {number}", number + 1
    return free


def read_session(opened: OpenedSession) -> tuple[Session, tuple[str, ...]]:
    """Session with the loops of a file, by their names, and what people should know of them.

    Parameters
    ----------
    opened : OpenedSession
        Where its loops are must still be there.

    Raises
    ------
    FileError
        If a loop is missing or cannot be read.
    """
    title = "Can't read the session's loops"
    name = opened.path.name if opened.path is not None else "The session"
    if opened.missing:
        names = [loop.name if loop.path is None else file_name_of(loop.path) for loop in opened.missing]
        n_more = len(names) - _N_NAMED
        listed = ", ".join(names[:_N_NAMED]) + (f" and {n_more} more" if n_more > 0 else "")
        raise FileError(
            title,
            f"{name} needs loops that are not where they were: {listed}.",
            "Put them back beside the session, or find them in the window and save it.",
        )
    session = Session()
    notes: list[str] = []
    sound_ids: dict[str, str] = {}
    for dot in opened.document.dots:
        loop = dot.loop
        assert loop.path is not None
        clip, note = load_clip(loop.path)
        if clip.digest != loop.digest:
            notes.append(f"{loop.path.name} has changed since {name} was saved.")
        elif note:
            notes.append(note)
        sound_id = free_name(session, loop.name)
        session.learn(Sound(sound_id, clip, family_of_name(clip.name), outline(clip)), timbre_vector(clip))
        sound_ids[loop.digest] = sound_id
    tell_tempos(session, opened.document.dots, sound_ids)
    session.restore(state_of(opened.document, sound_ids))
    return session, tuple(notes)
