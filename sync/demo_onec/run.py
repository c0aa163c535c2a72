"""Runs the stand-in 1C until it is told to stop; it can also hang up on the portal when a fault asks for that."""

import logging
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sync.demo_onec.app import create_onec
from sync.demo_onec.faults import HANG_UP
from sync.demo_onec.settings import Settings

GRACE = 3
"""Seconds for calls that are being answered when the program is told to stop."""


class HangingUpProtocol(HttpToolsProtocol):
    """Lets the application break its connection, which plain ASGI has no word for."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: Any = self.scope
        scope["extensions"] = {HANG_UP: self._hang_up}

    def _hang_up(self) -> None:
        self.transport.abort()


def server(settings: Settings, host: str, port: int) -> uvicorn.Server:
    """A server that is not started yet; without an access log."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    config = uvicorn.Config(
        create_onec(settings),
        host=host,
        port=port,
        http=HangingUpProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    return uvicorn.Server(config)


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve until SIGINT or SIGTERM."""
    server(settings, host, port).run()
