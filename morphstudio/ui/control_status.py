"""What the window listens to beside mouse and keys, as it is shown. A value only."""

from __future__ import annotations

from dataclasses import dataclass

from morphstudio.control.midi_map import Target


@dataclass(frozen=True, slots=True)
class ControlStatus:
    """What is listened to.

    Parameters
    ----------
    has_midi, has_osc : bool
        Whether what they need is installed.
    midi_ports : tuple of str
        Inputs that are there.
    midi_opened : tuple of str
        Those that are listened to.
    osc_port : int
        0 while none is listened on.
    osc_problem : str
        Why it is not, where it should be.
    learning : str
        The `Target` for which a control is waited for; empty for none.
    """

    has_midi: bool = True
    has_osc: bool = True
    midi_ports: tuple[str, ...] = ()
    midi_opened: tuple[str, ...] = ()
    osc_port: int = 0
    osc_problem: str = ""
    learning: Target | str = ""
