"""The HTTP service ExchangePortal, as the portal sees 1C: ping, digest and exchange behind Basic sign-in."""

import asyncio
import base64
import binascii
import hashlib
import hmac
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler

from sync.demo_onec.answers import json_answer
from sync.demo_onec.bodies import parsed, plain
from sync.demo_onec.onec import Onec, onec_of
from sync.demo_onec.reception import Envelope, kind_named, parts_named, receive_item

AnyRequest = Request[Any, Any, Any]

MOST_ITEMS = 500
"""The protocol's limit for one batch; what is above it is simply not answered and comes again."""


def signed_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """HTTP Basic with the login and password of this base."""
    store = connection.app.state.onec.store
    expected = f"{store.recall('login')}:{store.recall('password')}".encode()
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    try:
        given = base64.b64decode(token.strip().encode("latin-1"), validate=True)
    except (binascii.Error, ValueError):
        given = b""
    if scheme.lower() != "basic" or not hmac.compare_digest(given, expected):
        raise NotAuthorizedException(headers={"WWW-Authenticate": 'Basic realm="1C"'})


class ServiceController(Controller):
    """Mounted under /{publication}/hs/ExchangePortal."""

    path = "/"
    guards = [signed_in]  # noqa: RUF012 - Litestar's own spelling

    @get("/ping")
    async def ping(self) -> Response[str]:
        """Cyrillic letters, as the manual's service answers."""
        return Response("ОК", media_type="text/plain")

    @get("/digest")
    async def digest(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        kind = request.query_params.get("kind", "order")
        found = _versions(onec, kind, request.query_params.get("bucket"))
        with onec.store.writing():
            return json_answer({**onec.signature(), **found})

    @post("/exchange", status_code=200)
    async def exchange(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        body = plain(await request.body(), request.headers.get("content-encoding", ""))
        sender = parsed(body, Envelope)
        results = []
        for raw in sender.items[:MOST_ITEMS]:
            results.append(_result(onec, sender, raw))
            await asyncio.sleep(0)  # a long batch does not keep the page and the pings waiting
        with onec.store.writing():
            onec.store.count("calls")
            answer = {**onec.signature(), "results": results}
        onec.job.portal_is_alive()
        return json_answer(answer)


def _result(onec: Onec, sender: Envelope, raw: Any) -> dict[str, Any]:
    if onec.faults.refuses(kind_named(raw)):
        return {**parts_named(raw), "status": "error", "code": "REHEARSED", "message": "Отказ по переключателю «Сбои»"}
    return receive_item(onec.store, sender, raw, onec.clock.now())


def _versions(onec: Onec, kind: str, bucket: str | None) -> dict[str, Any]:
    """Hashes of id and version by the first byte of the id, or the versions within one such bucket."""
    if kind == "order":
        rows = onec.store.rows("SELECT id, version FROM customer_order ORDER BY id")
    else:
        rows = onec.store.rows("SELECT id, version FROM object WHERE kind = ? AND deleted = 0 ORDER BY id", kind)
    if bucket is not None:
        return {"items": [dict(row) for row in rows if row["id"][:2] == bucket.lower()]}
    lines: dict[str, list[str]] = {}
    for row in rows:
        lines.setdefault(row["id"][:2], []).append(f"{row['id']}:{row['version']}")
    buckets = {name: hashlib.sha256("\n".join(sorted(part)).encode()).hexdigest()[:16] for name, part in lines.items()}
    return {"kind": kind, "count": len(rows), "buckets": buckets}
