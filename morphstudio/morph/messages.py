"""Messages between the process of the window and the one that renders: pickled, each the other's own.

Clips are named by their digests, so that a gesture is a message of a few hundred bytes.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import IO, Any

from morphstudio.audio.clip import AudioClip

Message = tuple[Any, ...]
"""A name and its values."""


def write_message(
    stream: IO[bytes], message: Message, announce: Callable[[AudioClip], None] = lambda clip: None
) -> None:
    """Write a message; `announce` is called with each clip in it before the first byte is written."""
    _ClipPickler(stream, announce).dump(message)


def read_message(stream: IO[bytes], clips: dict[str, AudioClip]) -> Message:
    """Read the next message.

    Raises
    ------
    EOFError
        If the other side is gone.
    """
    message = _ClipUnpickler(stream, clips).load()
    assert isinstance(message, tuple)
    return message


class _ClipPickler(pickle.Pickler):
    def __init__(self, stream: IO[bytes], announce: Callable[[AudioClip], None]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._announce = announce

    def persistent_id(self, obj: object) -> str | None:
        if not isinstance(obj, AudioClip):
            return None
        self._announce(obj)
        return obj.digest


class _ClipUnpickler(pickle.Unpickler):
    def __init__(self, stream: IO[bytes], clips: dict[str, AudioClip]) -> None:
        super().__init__(stream)
        self._clips = clips

    def persistent_load(self, pid: str) -> AudioClip:
        return self._clips[pid]
