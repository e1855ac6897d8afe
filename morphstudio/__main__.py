"""`python -m morphstudio`: the same as the `morphstudio` command."""

from morphstudio.cli import main

if __name__ == "__main__":
    main()
