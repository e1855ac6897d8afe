"""The one door: makes `.venv`, installs MorphStudio into it, and starts the program or its tests.

    python3 packaging/bootstrap.py [ARGUMENT...]            starts MorphStudio with these arguments
    python3 packaging/bootstrap.py test [ARGUMENT...]       runs pytest with these arguments

Standard library only. Standard output belongs to the program that is started; progress goes to
standard error. This file must run on any Python 3, to say what is wrong with an old one; the files
that do the work, beside it, need what MorphStudio needs.
"""

import sys

OLDEST_PYTHON = (3, 11)


def version_error(version: str) -> str:
    """Sentence for a person whose Python is too old; empty where it is not."""
    if tuple(int(part) for part in version.split(".")[:2]) >= OLDEST_PYTHON:
        return ""
    return "MorphStudio needs Python {}.{} or newer, and this is {}.".format(*OLDEST_PYTHON, version)


def main() -> int:
    """Prepare and start; the exit status."""
    error = version_error(sys.version.split()[0])
    if error:
        print(error, file=sys.stderr)
        return 1
    import launch

    return launch.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
