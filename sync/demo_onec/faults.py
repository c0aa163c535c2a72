"""How this 1C can misbehave towards the portal: a switch for rehearsing what real networks and servers do."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec

from sync.demo_onec.bodies import LARGEST, TooLarge, Unreadable, parsed, plain

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

Mode = Literal[
    "ok", "down", "slow", "stall", "garbage", "html200", "lose_answer", "twice", "http500", "http401", "refuse"
]

HANG_UP = "onec.hang_up"
"""The server puts here what breaks the connection without an answer."""

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>1С:Предприятие</title></head><body>Вход в программу</body></html>"


class Fault(msgspec.Struct, frozen=True):
    """What is wrong now: `share` of the calls is hit, and with `kind` only those that carry such an object."""

    mode: Mode = "ok"
    share: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    kind: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    seconds: Annotated[float, msgspec.Meta(ge=0, le=120)] = 3.0


class Faults:
    """The switch itself, and the door in front of the service that obeys it."""

    def __init__(self) -> None:
        self.fault = Fault()
        self._lifted = asyncio.Event()
        self._dice = random.Random()

    def set(self, fault: Fault) -> None:
        self.fault = fault
        self._lifted.set()
        self._lifted = asyncio.Event()

    @property
    def is_down(self) -> bool:
        return self.fault.mode == "down" and self.fault.share == 1

    def refuses(self, kind: str) -> bool:
        """Whether this item is to be answered with an error inside an honest receipt."""
        return self.fault.mode == "refuse" and self.fault.kind in (None, kind) and self._hits()

    async def pass_through(self, app: Asgi, scope: Scope, receive: Receive, send: Send) -> None:
        """One call of the portal, with whatever is wrong now done to it."""
        fault = self.fault
        body = await _whole_body(receive)
        if fault.mode in ("ok", "refuse") or not _concerns(fault.kind, scope, body) or not self._hits():
            await app(_own(scope), _replay(body, receive), send)
            return
        if fault.mode == "slow":
            await asyncio.sleep(fault.seconds)
            await app(_own(scope), _replay(body, receive), send)
        elif fault.mode == "stall":
            await _first(self._lifted.wait(), _gone(receive))
            await _hang_up(scope, receive, send)
        elif fault.mode == "twice":
            await app(_own(scope), _replay(body, receive), _swallow)
            await app(_own(scope), _replay(body, receive), send)
        elif fault.mode in ("down", "lose_answer"):
            if fault.mode == "lose_answer":
                await app(_own(scope), _replay(body, receive), _swallow)
            await _hang_up(scope, receive, send)
        else:
            await _answer(send, *ANSWERS[fault.mode])

    def _hits(self) -> bool:
        return self.fault.share >= 1 or self._dice.random() < self.fault.share


ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "garbage": (200, "application/json", b'{"base": "\xff\xfe", "resul'),
    "html200": (200, "text/html; charset=utf-8", LOGIN_PAGE.encode()),
    "http500": (500, "text/plain; charset=utf-8", "Ошибка выполнения обработчика HTTP-сервиса".encode()),
    "http401": (401, "text/plain; charset=utf-8", "Идентификация пользователя не выполнена".encode()),
}


async def _whole_body(receive: Receive) -> bytes:
    """Above the limit reading stops; the service itself then says 413."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            return b"".join(parts)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _concerns(kind: str | None, scope: Scope, body: bytes) -> bool:
    """With a kind named, only an exchange call with an item of that kind is hit."""
    if kind is None:
        return True
    try:
        packing = dict(scope["headers"]).get(b"content-encoding", b"").decode("ascii", "replace")
        items = parsed(plain(body, packing), dict[str, Any])["items"]
        return any(item["kind"] == kind for item in items)
    except (TooLarge, Unreadable, LookupError, TypeError):
        return False


def _own(scope: Scope) -> Scope:
    """A scope that one handling may write into without the next one seeing it."""
    return {**scope, "state": dict(scope.get("state") or {})}


async def _swallow(message: Message) -> None:
    """The answer is lost on its way."""


async def _answer(send: Send, status: int, content_type: str, body: bytes) -> None:
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _hang_up(scope: Scope, receive: Receive, send: Send) -> None:
    """Break the connection; a server that cannot do that says 503."""
    hang_up = (scope.get("extensions") or {}).get(HANG_UP)
    if hang_up is None:
        await _answer(send, 503, "text/plain; charset=utf-8", b"")
        return
    hang_up()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _first(*waits: Awaitable[Any]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
