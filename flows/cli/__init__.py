"""The command `rasid`."""

import sys


def main() -> None:
    """Run the command line of this process and end with its exit code."""
    from flows.cli.app import run

    sys.exit(run(sys.argv[1:]))
