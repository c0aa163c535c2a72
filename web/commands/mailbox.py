"""The demo's mail server: it takes every letter on loopback and keeps it as HOME/mail/*.eml."""

import asyncio
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP

from data.home import make_private


class Mailbox:
    """An SMTP sink on a free port, in a thread of its own; the letters are numbered in the order of coming."""

    def __init__(self, folder: Path) -> None:
        make_private(folder)  # letters carry links that open accounts
        self._folder = folder
        self._number = max((int(path.stem) for path in folder.glob("*.eml") if path.stem.isdecimal()), default=0)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="mailbox")
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> "Mailbox":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self._number += 1
        part = self._folder / f"{self._number:06}.part"
        part.write_bytes(envelope.content)
        part.replace(part.with_suffix(".eml"))
        return "250 OK"

    def _run(self) -> None:
        server = self._loop.run_until_complete(self._loop.create_server(self._talk, sock=self._listening))
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _talk(self) -> SMTP:
        return SMTP(self, hostname="localhost", loop=self._loop, enable_SMTPUTF8=True)
