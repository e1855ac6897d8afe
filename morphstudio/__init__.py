"""MorphStudio: an instrument that plays the loops between loops.

For scripts: `Session`, `load_sound`, `Morph`; see `scripting`, and the examples in `resources/examples`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from morphstudio.scripting import Morph, Session, load_sound

__all__ = ["Morph", "Session", "load_sound"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 whatever it is
    """What scripts use; loaded when it is asked for, because the instrument's processes need none of it."""
    if name in __all__:
        from morphstudio import scripting

        return getattr(scripting, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
