"""Every error a person may see.

Foreign exceptions are converted into these at the boundary where a library raises; whatever else
escapes is a bug. No other module of the package may be imported here.
"""

from __future__ import annotations


class MorphStudioError(Exception):
    """An error with a title, a sentence saying what happened, and a hint saying what to do.

    Parameters
    ----------
    title : str
        A few words, no full stop: "Can't read kick.wav".
    message : str
        One sentence: what is wrong, with the file's name where there is one.
    hint : str
        One sentence: what to do about it; may be empty.
    """

    exit_code = 1

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.message, self.hint) if part)


class InputError(MorphStudioError):
    """What was asked for or handed over is wrong: a file, a path, a parameter. Exit code 2."""

    exit_code = 2


class FileError(InputError):
    """A file cannot be read or written as what it should be."""


class ParameterError(InputError):
    """A number or an option is outside what is possible."""


class ModelError(InputError):
    """A model file is not a MorphStudio model, or is damaged."""


class DeviceError(MorphStudioError):
    """The sound device or the audio host failed. Exit code 1."""
