"""The outermost door: what holds for every request and every answer, before and after the routes.

Each answer carries the headers and a request id; a malformed request, a too large body and a forged form end here;
whoever comes with a session is known further inside. One class, lists made once: it costs less than Litestar itself.
"""

import itertools
import secrets
import time
from typing import Any
from urllib.parse import unquote_to_bytes

from litestar import Litestar
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from data import clock
from data.access.sessions import person_of
from web import static_files
from web.answering import Answering
from web.asked import KEY, MACHINES, NOW, Asked
from web.config import Settings
from web.cookies import Cookies, value_of
from web.forms import LARGEST, TooLarge
from web.headers import headers_of_every_answer
from web.logs import log_crash, log_request
from web.plain_pages import plain_page

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SILENT = ("/up", static_files.PREFIX)  # asked all the time, worth no line in the log
START = secrets.token_hex(4)  # of this process: its requests are numbered on
NO_CONTROLS = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"  # tabs and lines can be pasted into a search


class Outer:
    """An ASGI application around Litestar's; ``litestar`` is the one inside."""

    def __init__(self, litestar: Litestar, settings: Settings) -> None:
        self.litestar = litestar
        self._inner: ASGIApp = litestar
        self._headers = headers_of_every_answer(is_https=settings.is_https)
        self._session = Cookies(is_https=settings.is_https).session.encode()
        self._number = itertools.count(1)
        self._origin = settings.address.encode()
        self._is_address_known = bool(settings.public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if str(scope["type"]) != "http":
            return await self._inner(scope, receive, send)
        return await self._exchange(scope, receive, send)

    async def _exchange(self, scope: Any, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        peer = scope["client"]
        asked = Asked(f"{START}{next(self._number):08x}", address=peer[0] if peer else "")
        headers = dict(scope["headers"])
        answering = Answering(send, headers, self._headers, asked, is_head=scope["method"] == "HEAD")
        try:
            await self._answer(scope, receive, answering, headers, asked)
        except TooLarge:
            await self._refuse(answering, 413)
        except Exception as error:
            log_crash(asked, scope["method"], scope["path"], error)
            if answering.is_begun:
                raise
            await self._refuse(answering, 500)
        if not scope["path"].startswith(SILENT):
            log_request(asked, scope["method"], scope["path"], answering.status, (time.perf_counter() - started) * 1000)

    async def _answer(
        self, scope: Any, receive: Receive, answering: Answering, headers: dict[bytes, bytes], asked: Asked
    ) -> None:
        method, path = scope["method"], scope["path"]
        if method not in METHODS:
            return await self._refuse(answering, 405)
        if _is_malformed(scope, headers):
            return await self._refuse(answering, 400)
        if static_files.is_static(path):
            return await static_files.serve(scope, receive, answering)
        if path.startswith(MACHINES):
            inner = scope
        else:
            inner = {**scope, "method": "GET"} if method == "HEAD" else scope
            await self._recognise(headers, asked)
            if method not in SAFE:
                if not self._is_own_form(headers, asked):
                    return await self._refuse(answering, 403)
                if _length(headers) > LARGEST:
                    return await self._refuse(answering, 413)
                receive = _limited(receive)
        NOW.set(asked)
        inner[KEY] = asked
        return await self._inner(inner, receive, answering)

    async def _recognise(self, headers: dict[bytes, bytes], asked: Asked) -> None:
        if b"cookie" not in headers:
            return
        asked.cookies = headers[b"cookie"]
        asked.token = value_of(asked.cookies, self._session)
        known = await person_of(asked.token, clock.now()) if asked.token else None
        if known:
            asked.person, asked.session = known.person, known.session

    def _is_own_form(self, headers: dict[bytes, bytes], asked: Asked) -> bool:
        """Whether a changing request comes from our own page. Browsers say so; without cookies there is nothing to forge."""
        site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
        if site is not None:
            return site in {b"same-origin", b"none"}
        if origin is None:
            return not asked.token
        is_this_host = not self._is_address_known and origin == b"http://" + headers.get(b"host", b"")
        return origin == self._origin or is_this_host

    async def _refuse(self, answering: Answering, status: int) -> None:
        body = plain_page(status, answering.asked.id)
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        if status == 405:
            headers.append((b"allow", b"GET, HEAD, POST"))
        if status == 413:
            headers.append((b"connection", b"close"))  # the rest of the body is not read
        await answering({"type": "http.response.start", "status": status, "headers": headers})
        await answering({"type": "http.response.body", "body": body, "more_body": False})


def _is_malformed(scope: Any, headers: dict[bytes, bytes]) -> bool:
    """Bad UTF-8 or control characters in the path or the query, or a length that is no number."""
    raw, query = scope.get("raw_path") or b"", scope["query_string"]
    if b"%" in raw and not _is_text(unquote_to_bytes(raw)):
        return True
    if query and not _is_text(unquote_to_bytes(query.replace(b"+", b" "))):
        return True
    return not raw.isascii() or not headers.get(b"content-length", b"0").isdigit()


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return raw.translate(None, NO_CONTROLS) == raw


def _length(headers: dict[bytes, bytes]) -> int:
    return int(headers.get(b"content-length", b"0")[:12])


def _limited(receive: Receive) -> Receive:
    """The same body, counted as it comes."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message: Any = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise TooLarge
        return message  # type: ignore[no-any-return]

    return counted  # type: ignore[return-value]
