"""Invoices are drawn in a warm child process that knows no database and is killed when a drawing takes too long."""

import asyncio
import atexit
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer
from typing import IO

from data.documents.invoice import Invoice
from data.documents.sheet import Fonts

SECONDS = 10.0  # a usual invoice takes 0.05 s, one of 500 lines 0.2 s; only a hostile one takes ten
_ROOT = Path(__file__).resolve().parents[2]  # where the child finds the package data


class DrawingFailed(Exception):
    """The invoice could not be drawn in time or at all; the text is for the journal."""


async def draw_apart(invoice: Invoice, fonts: Fonts, *, seconds: float = SECONDS) -> bytes:
    """The PDF file of an invoice, drawn in the child within the seconds; DrawingFailed otherwise.

    Invoices wait for each other: one child is enough for the papers of one portal.
    """
    resolved = Fonts(fonts.regular.resolve(), fonts.semibold.resolve())
    job = pickle.dumps((invoice, resolved))
    return await asyncio.get_running_loop().run_in_executor(_lane, _child.draw, job, seconds)


def close_drawing() -> None:
    """Ends the child; the next drawing starts another."""
    _lane.submit(_child.end).result()


class _Child:
    """The process and its two pipes. A plain process instead of multiprocessing: that one imports our main module."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, job: bytes, seconds: float) -> bytes:
        process = self._running()
        late = Timer(seconds, process.kill)
        late.start()
        try:
            answer = _ask(process, job)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            raise DrawingFailed(f"the drawing process ended, limit {seconds} s") from error
        finally:
            late.cancel()
        late.join()
        if isinstance(answer, bytes):
            return answer
        raise DrawingFailed(answer)

    def end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            command = [sys.executable, "-m", "data.documents.drawing_child"]
            self._process = subprocess.Popen(
                command,
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows would flash a console
            )
        return self._process


def _ask(process: subprocess.Popen[bytes], job: bytes) -> bytes | str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(job)
    process.stdin.flush()
    answer = pickle.load(process.stdout)
    return answer if isinstance(answer, bytes) else str(answer)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is None:
        return
    try:
        pipe.close()
    except OSError:
        return  # the rest of a job that a killed child will not read


_child = _Child()
_lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
atexit.register(_child.end)
