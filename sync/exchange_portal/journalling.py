"""Every call of 1C's to the portal leaves an event in the journal, also one that was refused."""

import json
import time
from collections.abc import Sequence
from typing import Any

from litestar import Request

from data import clock
from data.database import reading, writing
from data.exchange import journal
from data.exchange.journal import ItemNote, Note
from sync.exchange_portal.problems import Problem, text_of


class Call:
    """One call of 1C's; within it the request and the answer are put down as they become known.

    ``async with Call(request) as call``: a Problem raised inside is written and goes on.
    """

    def __init__(self, request: Request[Any, Any, Any]) -> None:
        self.address = f"{request.method} {request.url.path}"
        self.body = b""
        self.answer: dict[str, Any] | str = ""
        self.items: Sequence[ItemNote] = ()
        self.status = 200
        self.is_silent = False
        self._started = time.monotonic()

    async def __aenter__(self) -> "Call":
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Problem) and await self._is_worth_a_row(error):
            await self._write(journal.FAILED, error.status, error.detail, text_of(error))
        elif error is None and not self.is_silent:
            answer = self.answer if isinstance(self.answer, str) else json.dumps(self.answer, ensure_ascii=False)
            bad = next((item.message for item in self.items if item.status == "error"), None)
            await self._write(journal.OK if bad is None else journal.REFUSED, self.status, bad or "", answer)

    async def _is_worth_a_row(self, error: Problem) -> bool:
        """What comes without keys is written until there is too much of it."""
        if error.status not in {401, 429} and not self.address.endswith("/token"):
            return True
        async with reading():
            return not await journal.is_full_of_strangers(clock.now())

    async def _write(self, outcome: str, status: int, error: str, answer: str) -> None:
        note = Note(
            incoming=True,
            address=self.address,
            outcome=outcome,
            status=status,
            duration_ms=int((time.monotonic() - self._started) * 1000),
            error=error,
            request=self.body.decode("utf-8", "replace"),
            answer=answer,
            items=self.items,
        )
        async with writing():
            await journal.write(note, clock.now())
