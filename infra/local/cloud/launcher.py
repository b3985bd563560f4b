"""Runs MiniStack, and never outlives whoever started it.

Usage: launcher.py INSTANCE {with-parent|detached}

INSTANCE only marks the command line, so that a process id found in a state file can be proven ours.
With `with-parent` the starter keeps the other end of our standard input open: when it goes away, by
whatever death (kill -9 included), the read ends and the whole process group, Lambda workers included,
goes too. A signal handler could not promise that.
"""

import os
import signal
import sys
import threading


def die_with_parent() -> None:
    while os.read(0, 4096):
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)


def tune() -> None:
    from ministack import app
    from ministack.core import lambda_runtime

    # MiniStack would take port 443 as well when it may (for Cognito): one port is enough, on any machine.
    app._port_is_bindable = lambda *_: False
    # After each call of a function that logged nothing it waits 50 ms for a late line, which is most of
    # the time of a warm call. A line that comes later than this is kept for the next call, not lost.
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.004, 0.002, 0.250)


def main() -> None:
    if sys.argv[2] == "with-parent":
        threading.Thread(target=die_with_parent, daemon=True).start()
    tune()
    from ministack.app import main as serve

    sys.argv = sys.argv[:1]
    serve()


if __name__ == "__main__":
    main()
