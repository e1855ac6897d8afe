"""Sessions as files: `.morph`, a zip of `session.json`, of loops where they are collected, and of the model.

A file is written beside its place and then renamed. When it is opened, everything in it is checked before any
of it is written or decoded. No Qt, no torch.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.audio.encoding import encoding
from morphstudio.checked_values import BadValueError
from morphstudio.errors import FileError
from morphstudio.saving import saving
from morphstudio.session_archive import (
    MAX_JSON_BYTES,
    MAX_MODEL_BYTES,
    MODEL_MEMBER,
    SESSION_MEMBER,
    SessionArchive,
    damaged,
    opened_archive,
)
from morphstudio.session_document import LoopReference, PlacedLoop, SessionDocument
from morphstudio.session_json import (
    FORMAT_VERSION,
    LoopPlaces,
    ReadDocument,
    from_json,
    relative_to_session,
    to_json,
    version_in,
)
from morphstudio.session_opened import OpenedSession, in_place

SUFFIX: Final = ".morph"

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a file, so that the same session is the same bytes."""
_MODEL_HEAD_BYTES = 9


# --- writing ------------------------------------------------------------------------------------


def save_session(
    path: Path, document: SessionDocument, clips: Mapping[str, AudioClip], *, collect: bool = False
) -> None:
    """Write a session's file beside its place, then rename it there; the same session is the same bytes.

    Parameters
    ----------
    path : Path
        An existing file is replaced. One of a newer version is not to be: the caller asks first.
    document : SessionDocument
    clips : mapping
        The loops by their digests.
    collect : bool
        Whether the loops come into the file: as FLAC where that holds their very samples, else as float WAV.
        Those that have no file of their own always do. Those that are not among `clips` never do.

    Raises
    ------
    FileError
        If the file cannot be written, or the model is not there.
    MorphStudioError
        If the disk is full.
    """
    title = f"Can't save {path.name}"
    members = {
        dot.loop.digest: f"loops/{number:04d}"
        for number, dot in enumerate(document.dots, 1)
        if dot.loop.digest in clips and (collect or dot.loop.path is None)
    }
    try:
        with saving(path) as file, zipfile.ZipFile(file, "w", allowZip64=False) as archive:
            places: dict[str, LoopPlaces] = {}
            dots: list[PlacedLoop] = []
            for dot in document.dots:
                loop = dot.loop
                if loop.digest in members:
                    member = _write_loop(archive, members[loop.digest], clips[loop.digest])
                    places[loop.digest] = LoopPlaces(member=member)
                    dots.append(replace(dot, loop=replace(loop, path=None, n_bytes=0)))
                else:
                    relative = relative_to_session(loop.path, path) if loop.path is not None else ""
                    places[loop.digest] = LoopPlaces(relative)
                    dots.append(replace(dot, loop=replace(loop, n_bytes=_size_of(loop))))
            model = document.model
            if model is not None:
                _write_model(archive, model.path, title)
                model = replace(model, path=Path(MODEL_MEMBER))
            written = replace(document, dots=tuple(dots), model=model)
            content = json.dumps(to_json(written, places), indent=1).encode()
            from_json(content)  # whatever could not be opened again is not written
            archive.writestr(_info(SESSION_MEMBER), content, zipfile.ZIP_DEFLATED)
    except zipfile.LargeZipFile as error:
        raise FileError(
            title,
            f"{path.name} would be larger than 2 GB.",
            "Save it without collecting the loops, or with fewer of them.",
        ) from error
    except BadValueError as error:
        raise FileError(title, f"{path.name} could not be opened again: {error}.", "Change it.") from error


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _OLDEST)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


def _write_loop(archive: zipfile.ZipFile, member: str, clip: AudioClip) -> str:
    """Put a loop's samples into the file; returns what they are called there."""
    samples = np.asarray(clip.samples)
    steps = np.clip(np.rint(samples.astype(np.float64) * 2**23), -(2**23), 2**23 - 1).astype(np.int32)
    again = (steps / 2**23).astype(np.float32)
    is_whole = again.tobytes() == samples.tobytes()  # a zero may be negative, and then they differ
    file_format, bits = ("flac", 24) if is_whole else ("wav", 32)
    content = io.BytesIO()
    with encoding(content, file_format, bits, RATE_HZ, clip.n_channels, clip.n_frames) as write:
        write(steps if is_whole else samples)
    name = f"{member}.{file_format}"
    archive.writestr(_info(name), content.getvalue(), zipfile.ZIP_STORED)
    return name


def _write_model(archive: zipfile.ZipFile, model: Path, title: str) -> None:
    try:
        content = model.read_bytes() if model.stat().st_size <= MAX_MODEL_BYTES else b""
    except OSError as error:
        raise FileError(
            title,
            f"The session's model {model} cannot be read ({error.strerror}).",
            "Choose another model and save again.",
        ) from error
    if not _is_model(content, len(content)):
        raise FileError(
            title, f"The session's model {model} is damaged.", "Choose another model and save again."
        )
    archive.writestr(_info(MODEL_MEMBER), content, zipfile.ZIP_STORED)


def _size_of(loop: LoopReference) -> int:
    """Of its file now; what was known where it is not there."""
    if loop.path is None:
        return 0
    try:
        return loop.path.stat().st_size
    except (OSError, ValueError):
        return loop.n_bytes


# --- reading ------------------------------------------------------------------------------------


def open_session(path: Path, folder: Path) -> OpenedSession:
    """Read a session's file; loops and the model that are in it are put into a folder.

    Parameters
    ----------
    path : Path
    folder : Path
        Of the opened session alone; is made where anything comes into it. It stays while that is used.

    Raises
    ------
    FileError
        If it is missing, no session, damaged, or meant to do harm. Then nothing was written.
    MorphStudioError
        If the disk is full.
    """
    title = f"Can't open {path.name}"
    with opened_archive(path, title) as archive:
        read = _read_document(archive, path, title)
        _check_members(archive, read, path, title)
        document = _with_extracted(archive, read, folder, title)
    is_collected = any(places.member for places in read.places.values())
    found = [in_place(dot, read.places[dot.loop.digest], path) for dot in document.dots]
    document = replace(document, dots=tuple(dot for dot, _ in found))
    missing = tuple(dot.loop for dot, is_there in found if not is_there)
    return OpenedSession(path, document, missing, is_collected, read.version)


def _read_document(archive: SessionArchive, path: Path, title: str) -> ReadDocument:
    content = archive.read(SESSION_MEMBER, MAX_JSON_BYTES)
    try:
        return from_json(content)
    except BadValueError as error:
        if version_in(content) > FORMAT_VERSION:
            raise FileError(
                title,
                f"{path.name} was saved by a newer MorphStudio, and this one cannot read it.",
                "Update MorphStudio.",
            ) from error
        raise damaged(title, path, str(error)) from error


def _check_members(archive: SessionArchive, read: ReadDocument, path: Path, title: str) -> None:
    """Refuse a file in which there is less, more or something else than its list says."""
    named = [places.member for places in read.places.values() if places.member]
    if len(set(named)) != len(named):
        raise damaged(title, path, "two of its loops are one")
    for member in named:
        if member not in archive.loops:
            raise damaged(title, path, "a loop that should be in it is not")
        mark = b"fLaC" if member.endswith(".flac") else b"RIFF"
        if archive.read(member, len(mark)) != mark:
            raise damaged(title, path, "a loop in it is no sound")
    has_model = archive.holds(MODEL_MEMBER)
    if has_model != (read.document.model is not None):
        raise damaged(title, path, "it has a model too few or too many")
    if has_model and not _is_model(archive.read(MODEL_MEMBER, _MODEL_HEAD_BYTES), archive.size(MODEL_MEMBER)):
        raise damaged(title, path, "the model in it is none")
    if not read.is_newer and (archive.loops - set(named) or archive.strangers):
        raise damaged(title, path, "there is something in it that belongs to no session")


def _is_model(head: bytes, n_bytes: int) -> bool:
    """Whether a safetensors file begins so: the size of its header, then JSON."""
    if len(head) < _MODEL_HEAD_BYTES:
        return False
    return 2 <= int.from_bytes(head[:8], "little") <= n_bytes - 8 and head[8:9] == b"{"


def _with_extracted(archive: SessionArchive, read: ReadDocument, folder: Path, title: str) -> SessionDocument:
    """Put what is in the file into a folder, all or nothing; the document says where."""
    written: list[Path] = []
    dots: list[PlacedLoop] = []
    document = read.document
    try:
        for dot in document.dots:
            member = read.places[dot.loop.digest].member
            if not member:
                dots.append(dot)
                continue
            name = f"{_safe_name(dot.loop.name)}{Path(member).suffix}"
            target = folder / dot.loop.digest / name
            _extract(archive, member, target, written, title)
            dots.append(replace(dot, loop=replace(dot.loop, path=target)))
        if document.model is not None:
            target = folder / MODEL_MEMBER
            _extract(archive, MODEL_MEMBER, target, written, title)
            document = replace(document, model=replace(document.model, path=target))
    except BaseException:
        for target in written:
            target.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                target.parent.rmdir()
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise
    return replace(document, dots=tuple(dots))


def _extract(archive: SessionArchive, member: str, target: Path, written: list[Path], title: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            title, f"The folder {target.parent} cannot be made ({error.strerror}).", "Free some space."
        ) from error
    written.append(target)
    with saving(target) as file:
        archive.copy(member, file)


def _safe_name(name: str) -> str:
    """A file's name on every system."""
    text = _UNSAFE.sub("_", name).encode("utf-8", "replace")[:120].decode("utf-8", "ignore")
    return text.strip(". ") or "loop"
