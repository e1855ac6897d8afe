"""Rows of the index: which columns there are, and how values become them and come back. No SQLite here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.library.analysis import ANALYSIS_VERSION, Analysis
from morphstudio.library.indexed_file import IndexedFile, KnownFile, Stamp
from morphstudio.library.marks import Marks, kind_of

_BLOBS: Final = ("vector", "embedding", "peaks")
_SCALARS: Final = tuple(slot.name for slot in fields(Analysis) if slot.name not in _BLOBS)

ANALYSIS_COLUMNS: Final = ("analysis_version", *_SCALARS, *_BLOBS)
"""One for each field of `Analysis`, and of which version it is."""
FILE_COLUMNS: Final = ("path", "size", "mtime_ns", "added_s", "is_missing", "fingerprint")
MARK_COLUMNS: Final = ("path", "is_favourite", "tags", "kind")

_NO_TAGS: Final = json.dumps(())
_LARGEST: Final = float(np.finfo(np.float16).max)

Row = tuple[Any, ...]


def file_row(file: IndexedFile) -> Row:
    """Values of `FILE_COLUMNS`."""
    return (file.path, file.stamp.size, file.stamp.mtime_ns, float(file.added_s), int(file.is_missing),
            file.fingerprint)  # fmt: skip


def analysis_row(analysis: Analysis) -> Row:
    """Values of `ANALYSIS_COLUMNS`: the vectors in 16 bits each, the outline in 8."""
    scalars = (getattr(analysis, name) for name in _SCALARS)
    peaks = analysis.peaks
    return (
        ANALYSIS_VERSION,
        *(one.item() if isinstance(one, np.generic) else one for one in scalars),
        _packed(analysis.vector),
        _packed(analysis.embedding),
        None if peaks is None else np.rint(np.clip(peaks, 0, 1) * 255).astype(np.uint8).data,
    )


def _packed(vector: NDArray[np.float32] | None) -> memoryview | None:
    return None if vector is None else np.clip(vector, -_LARGEST, _LARGEST).astype("<f2").data


def indexed_file(row: Sequence[Any]) -> IndexedFile:
    """File of a row of `FILE_COLUMNS` and `ANALYSIS_COLUMNS`.

    Raises
    ------
    TypeError, ValueError
        If a disk has made nonsense of it.
    """
    path, size, mtime_ns, added_s, is_missing, fingerprint, version = row[: len(FILE_COLUMNS) + 1]
    analysis = _analysis(row[len(FILE_COLUMNS) + 1 :]) if version == ANALYSIS_VERSION else None
    return IndexedFile(path, Stamp(size, mtime_ns), added_s, bool(is_missing), analysis, fingerprint)


def _analysis(values: Sequence[Any]) -> Analysis:
    scalars = dict(zip(_SCALARS, values, strict=False))
    scalars["kind"] = kind_of(scalars["kind"])
    if scalars["is_loop"] is not None:
        scalars["is_loop"] = bool(scalars["is_loop"])
    vector, embedding, peaks = values[-len(_BLOBS) :]
    made = Analysis(
        **scalars,
        vector=_unpacked(vector),
        embedding=_unpacked(embedding),
        peaks=None if peaks is None else np.frombuffer(peaks, np.uint8) * np.float32(1 / 255),
    )
    for array in (made.vector, made.embedding, made.peaks):
        if array is not None:
            array.flags.writeable = False
    return made


def _unpacked(blob: bytes | None) -> NDArray[np.float32] | None:
    return None if blob is None else np.frombuffer(blob, "<f2").astype(np.float32)


def known_file(row: Sequence[Any]) -> KnownFile:
    """As much of a row of `FILE_COLUMNS` and the version as a rescan compares."""
    _, size, mtime_ns, added_s, is_missing, fingerprint, version = row
    is_heard = version == ANALYSIS_VERSION
    return KnownFile(Stamp(size, mtime_ns), added_s, bool(is_missing), is_heard, fingerprint)


def mark_row(path: str, marks: Marks) -> Row:
    """Values of `MARK_COLUMNS`."""
    kind = None if marks.kind is None else marks.kind.value
    return (path, int(marks.is_favourite), json.dumps(marks.tags), kind)


def marks_of(row: Sequence[Any]) -> Marks:
    """Marks of a row of `MARK_COLUMNS`."""
    _, is_favourite, tags, kind = row
    try:
        known = tuple(map(str, json.loads(tags))) if tags != _NO_TAGS else ()
    except (ValueError, TypeError):
        known = ()
    return Marks(bool(is_favourite), known, kind_of(kind))
