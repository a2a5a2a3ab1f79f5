"""Run a module as a program that ends when its starter ends: python -m flows.services.tether PID MODULE ARGUMENTS…

A service that is killed cannot stop its children; so they watch it.
"""

import os
import runpy
import signal
import sys
import threading
import time

_LOOK_SECONDS = 1.0


def main() -> None:
    """Run the module named on the command line, tied to the process whose id precedes it."""
    starter, *sys.argv = int(sys.argv[1]), *sys.argv[2:]
    threading.Thread(target=_watch, args=(starter,), name="tether", daemon=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _watch(starter: int) -> None:
    while os.getppid() == starter:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
