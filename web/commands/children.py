"""Processes that a command starts and takes with it: a child ends when its parent does, however that ends."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from web.commands import CommandFailed

STOP_WITHIN = 25  # s: a little more than the portal takes for its graceful end
LAST_WORDS = 20  # lines of its log that usually hold the reason
WITH_PARENT = "--with-parent"
UTF_8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}  # or Windows writes their logs in a code page of its own


@dataclass(frozen=True)
class Child:
    """``name`` is for people; what the process prints is in ``log``."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def must_live(self) -> None:
        """Raises CommandFailed with its last words when it has ended."""
        if self.process.poll() is not None:
            words = "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-LAST_WORDS:])
            raise CommandFailed(f"{self.name}: процесс завершился. Последние строки {self.log}:\n{words}")


@contextlib.contextmanager
def child(name: str, log: Path, *arguments: object) -> Iterator[Child]:
    """A `portal` command as a process of its own; it is asked to end, and killed when it does not listen."""
    command = [sys.executable, "-m", "web.cli", *map(str, arguments), WITH_PARENT]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        # In a group of its own Ctrl-C reaches the parent alone, which then ends its children in order.
        alone = os.name == "posix"
        started = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, start_new_session=alone, env=UTF_8
        )
    try:
        yield Child(name, started, log)
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
