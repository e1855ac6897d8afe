"""The process that renders: started by `render_client`, spoken to by pickled messages on stdin and stdout.

Painting holds the interpreter of the window's process, and a render is made of hundreds of short calls that
would each wait for it. Messages name a method of `Renderer` and its arguments; clips are sent once, as their
places in the `ClipStore`, and named by their digests from then on.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipPlace, ClipStore
from morphstudio.audio.decks import DeckBank, SharedDecks
from morphstudio.audio.shared import SharedBlock
from morphstudio.child import leave_signals_to_owner, taken_stdout
from morphstudio.logs import start_logging
from morphstudio.memory import give_back_freed_memory, give_back_libraries, keep_freed_memory
from morphstudio.morph.messages import read_message, write_message
from morphstudio.morph.renderer import Renderer
from morphstudio.threads import share_cores, share_interpreter

if TYPE_CHECKING:
    from morphstudio.morph.engines import Engine

_log = logging.getLogger(__name__)
_NICENESS = 4
"""Painting and other programs' sound come first: a picture is late sooner than a draft."""
MESSAGES = ("submit", "submit_export", "cancel_export", "prepare", "rehearse", "forget", "use_model")


def main(make_engine: Callable[[Path], Engine]) -> int:
    """Serve the process that started this one until it says stop or is gone."""
    leave_signals_to_owner()
    deck_handle, clip_handle = sys.argv[1:3]
    if sys.platform != "win32":
        os.nice(_NICENESS)
    share_cores()
    share_interpreter()
    keep_freed_memory()
    start_logging("render")
    messages = sys.stdin.buffer
    events = taken_stdout()
    lock = threading.Lock()

    def tell(name: str, *values: object) -> None:
        try:
            with lock:
                write_message(events, (name, *values))
                events.flush()
        except BrokenPipeError:
            renderer.stop()

    def relax() -> None:
        store.relax()
        give_back_freed_memory()

    block = SharedBlock(SharedDecks.N_BYTES, deck_handle)
    store = ClipStore(handle=clip_handle)
    renderer = Renderer(make_engine, DeckBank(SharedDecks(block.buffer)), tell, relax)
    threading.Thread(target=_serve, args=(messages, renderer, store), daemon=True).start()
    renderer.run()
    # Libraries may have threads that are in the middle of something.
    os._exit(0)


def _serve(messages: BinaryIO, renderer: Renderer, store: ClipStore) -> None:
    clips: dict[str, AudioClip] = {}
    try:
        while True:
            name, *values = read_message(messages, clips)
            if name == "clip":
                (place,) = values
                assert isinstance(place, ClipPlace)
                clips[place.digest] = store.clip(place)
            elif name == "stop":
                break
            elif name in MESSAGES:
                getattr(renderer, name)(*values)
    except (EOFError, OSError, pickle.UnpicklingError):
        pass  # the owner is gone, perhaps in the middle of a message
    except Exception:  # noqa: BLE001 whatever it is
        # Nobody would listen from now on. Whoever started this starts another.
        _log.exception("A message could not be read")
        os._exit(1)
    renderer.stop()


def _make_engine(model_path: Path) -> Engine:
    """Engine with a model, on the best device; imports torch."""
    import torch

    from morphstudio.model.checkpoint import load_any_model
    from morphstudio.morph import engines

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.type == "cpu":
        give_back_libraries()
    return engines.make_engine(load_any_model(model_path), device)


if __name__ == "__main__":
    sys.exit(main(_make_engine))
