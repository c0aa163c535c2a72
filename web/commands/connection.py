"""A connection whose requests begin with a small head that comes soon: nobody holds the portal by sending slowly."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 65_536  # bytes of a request's head
WITHIN = 20.0  # s for a whole head, from the connection or from its first byte


class TooLargeHead(Exception):
    """Told to the parser, which then refuses the request."""


class Connection(HttpToolsProtocol):
    """uvicorn's own with the two limits it lacks: it would wait for a head, and keep it, without end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._come = 0  # bytes of a head that is not whole yet
        self._read = 0  # bytes of names and values the parser has found in it
        self._is_head = True  # what comes next belongs to a head
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._be_patient()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_head:
            self._come += len(data)
        super().data_received(data)
        if not self._is_head or not self._come or self.transport.is_closing():
            return
        if self._come > HEAD:
            self.send_400_response("The head of the request is too large.")
        elif self._patience is None:
            self._be_patient()

    def on_message_begin(self) -> None:
        self._read = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(name + value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_head, self._come = False, 0
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_head = True
        super().on_message_complete()

    def _count(self, part: bytes) -> None:
        self._read += len(part)
        if self._read > HEAD:
            raise TooLargeHead

    def _be_patient(self) -> None:
        self._patience = self.loop.call_later(WITHIN, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _hang_up(self) -> None:
        """Unless the next head has begun while the answer to this request is still being made."""
        self._patience = None
        if self.cycle is not None and not self.cycle.response_complete:
            self._be_patient()
        elif not self.transport.is_closing():
            self.transport.close()
