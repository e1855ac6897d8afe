"""Where files went: one that was found again tells where the others of its folder are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path


def find_moved(
    missing: Iterable[Path], old: Path, new: Path, exists: Callable[[Path], bool] = Path.is_file
) -> dict[Path, Path]:
    """Files that went the same way as one that was found again.

    A file is looked for under its own name, at the same place below the new folder as below the old one.

    Parameters
    ----------
    missing : iterable of Path
        Files that are not where they were.
    old, new : Path
        Where the one was, and where it is now; it may have another name.
    exists : callable
        Whether there is a file at a path.

    Returns
    -------
    dict
        Old path to new path; `old` is always among them. No new path is there twice.

    >>> moved = find_moved([Path("a/y"), Path("b/z")], Path("a/x"), Path("n/x"), lambda path: True)
    >>> {str(before): str(after) for before, after in moved.items()}
    {'a/x': 'n/x', 'a/y': 'n/y'}
    """
    moved = {old: new}
    taken = {new}
    for path in missing:
        if path in moved or not path.is_relative_to(old.parent):
            continue
        candidate = new.parent / path.relative_to(old.parent)
        if candidate not in taken and candidate != path and exists(candidate):
            moved[path] = candidate
            taken.add(candidate)
    return moved
