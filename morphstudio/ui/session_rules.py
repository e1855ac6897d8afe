"""What counts as a session, as a change of one, and as nothing to keep; and what is not written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import FileError, MorphStudioError
from morphstudio.paths import demo_loops_dir
from morphstudio.session import MorphOptions
from morphstudio.session_archive import MAX_JSON_BYTES, SESSION_MEMBER, opened_archive
from morphstudio.session_document import SessionDocument
from morphstudio.session_file import SUFFIX, save_session
from morphstudio.session_json import FORMAT_VERSION, version_in


def is_session(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.lower() == SUFFIX and not path.is_dir()


def is_nothing(document: SessionDocument, path: Path | None) -> bool:
    """Whether a session that was never saved holds nothing but what the first start brings."""
    if path is not None or not document.dots:
        return path is None
    demo = demo_loops_dir()
    return (
        all(dot.loop.path is not None and dot.loop.path.parent == demo for dot in document.dots)
        and document.options == MorphOptions()
        and not (document.side_a or document.side_b or document.is_laid_by_hand)
        and document.model is None
    )


def by_hand(document: SessionDocument) -> SessionDocument:
    """What counts as a change: where the mouse was last does not, nor what tempos were heard meanwhile."""
    return replace(document, picked=None, dots=tuple(replace(dot, heard_bpm=None) for dot in document.dots))


def write_session(
    path: Path, document: SessionDocument, clips: Mapping[str, AudioClip], *, collect: bool
) -> None:
    """Write a session as `save_session` does, but not over one of a newer version."""
    if _version_at(path) > FORMAT_VERSION:
        raise FileError(
            f"Can't save {path.name}",
            f"{path.name} was saved by a newer MorphStudio, so it is not written over.",
            "Choose another name.",
        )
    save_session(path, document, clips, collect=collect)


def _version_at(path: Path) -> int:
    """Format of a session's file; 0 where there is none."""
    try:
        with opened_archive(path, path.name) as archive:
            return version_in(archive.read(SESSION_MEMBER, MAX_JSON_BYTES))
    except MorphStudioError:
        return 0
