"""Forms as browsers send them: url-encoded, strictly UTF-8, small, each field read by name."""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_to_bytes

from litestar import Request

from data.errors import Refusal

MANY = 1000  # fields: the longest order form has a few hundred
LARGEST = 65_536  # bytes, counted by the outer door; the longest form is an order of some hundred lines
PATIENCE = timedelta(seconds=20)  # for the whole body: half-sent forms do not hold us
NOT_TEXT = dict.fromkeys(  # control characters but tab and line ends; neither XML nor 1C can carry them
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF]
)


class BadForm(Exception):
    """The body is no form: wrong type, wrong encoding, too many fields or never finished."""


class TooLarge(Exception):
    """The body grew over the limit while it came in."""


class Form:
    """Fields by name; a name may come several times."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def get(self, name: str, default: str = "") -> str:
        """The value as sent but for control characters, the first of several."""
        return self._fields.get(name, [default])[0]

    def all(self, name: str) -> list[str]:
        return self._fields.get(name, [])

    def text(self, name: str, *, limit: int, label: str = "Текст") -> str:
        """Text without spaces around. Raises Refusal when it is longer than ``limit``."""
        text = self.get(name).replace("\r\n", "\n").strip()
        if len(text) > limit:
            raise Refusal(f"{label}: не больше {limit} знаков, сейчас {len(text)}", name)
        return text

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.get(name) not in {"", "0", "false", "off"}

    def as_typed(self) -> dict[str, str]:
        """Everything typed, to be shown again. Passwords are not."""
        return {name: values[0] for name, values in self._fields.items() if "password" not in name}


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The form in the body of this request. Raises BadForm."""
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadForm(f"not a form: {kind[:60]}")
    return Form(_parsed(await _body(request)))


async def _body(request: Request[Any, Any, Any]) -> bytes:
    chunks: list[bytes] = []
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            while True:
                message = await request.receive()
                if message["type"] != "http.request":
                    raise BadForm("the sender went away")
                chunks.append(message.get("body", b""))
                if not message.get("more_body"):
                    return b"".join(chunks)
    except TimeoutError:
        raise BadForm("never finished") from None


def _parsed(body: bytes) -> dict[str, list[str]]:
    pairs = [pair for pair in body.split(b"&") if pair]
    if len(pairs) > MANY:
        raise BadForm("too many fields")
    fields: dict[str, list[str]] = {}
    for pair in pairs:
        name, _, value = pair.partition(b"=")
        fields.setdefault(_decoded(name), []).append(_decoded(value))
    return fields


def _decoded(raw: bytes) -> str:
    try:
        return unquote_to_bytes(raw.replace(b"+", b" ")).decode().translate(NOT_TEXT)
    except UnicodeDecodeError:
        raise BadForm("not UTF-8") from None
