"""Processes that a command starts and takes with it: a child ends when its parent does, however that ends."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

STOP_WITHIN = 25  # s: a little more than the portal takes for its graceful end
WITH_PARENT = "--with-parent"


@contextlib.contextmanager
def child(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """A `portal` command as a process of its own; it is asked to end, and killed when it does not listen."""
    command = [sys.executable, "-m", "web.cli", *map(str, arguments), WITH_PARENT]
    # In a group of its own Ctrl-C reaches the parent alone, which then ends its children in order.
    started = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=os.name == "posix")
    try:
        yield started
    finally:
        _end(started)


def end_with_parent() -> None:
    """In a child: end as with Ctrl-C once the parent has closed our input or has died."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            os.read(sys.stdin.fileno(), 1)
        signal.raise_signal(signal.SIGINT)

    threading.Thread(target=watch, daemon=True, name="parent").start()


def _end(started: subprocess.Popen[bytes]) -> None:
    assert started.stdin is not None
    with contextlib.suppress(OSError):
        started.stdin.close()
    try:
        started.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()
