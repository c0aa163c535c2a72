"""What the outermost door learned about a request before any route sees it."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, cast

from litestar.connection import ASGIConnection

from data.access.person import Person

MACHINES = ("/api/", "/sys/", "/auth/", "/tx/", "/1c_exchange", "/bitrix/")  # they sign in with keys, not with cookies
KEY = "portal"  # in the ASGI scope


@dataclass(slots=True)
class Asked:
    """``token`` and ``session`` are empty for nobody; ``address`` is the true peer, or what the named proxy said."""

    id: str
    person: Person | None = None
    token: str = ""
    session: str = ""
    cookies: bytes = b""
    address: str = ""


NOW: ContextVar[Asked] = ContextVar("asked")  # for the touch that Litestar gives an answer without its request


def asked_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Asked:
    return cast(Asked, connection.scope[KEY])  # type: ignore[literal-required]
