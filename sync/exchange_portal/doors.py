"""The doors for 1C: a token for its keys, batches in, records out, files; exchange-protocol 2 and 3."""

import json
import re
from typing import Any

from litestar import Request, Response, Router, get, head, post, put
from litestar.params import FromPath

from data import clock
from data.database import reading, writing
from data.exchange import files, node, versions
from data.exchange.node import OtherBase
from sync import incoming, pulling
from sync.batches import MAX_ITEMS, BadBatch, TooManyItems, parsed
from sync.exchange_portal import bodies, problems
from sync.exchange_portal.journalling import Call
from sync.exchange_portal.problems import Problem
from sync.exchange_portal.sign_in import service_of, token_for

Asked = Request[Any, Any, Any]
Json = Response[bytes]

BATCH_LIMIT = 5 * bodies.MIB
FILE_LIMIT = 20 * bodies.MIB
OTHER_BASE = (
    "Портал работает с другой базой 1С. Если это копия для проверок, обмен из неё не нужен;"
    " если база сменилась навсегда, администратор портала подтверждает это в настройках интеграции"
)
KIND = re.compile(r"[a-z_]{1,30}")
BUCKET = re.compile(r"[0-9a-f]{2}")


@post(["/sys/token", "/auth/oidc/token"], name="exchange:token")
async def give_token(request: Asked) -> Json:
    async with Call(request) as call:
        call.answer = await token_for(request)
        return _json(call.answer)


@get("/api/exchange/ping", name="exchange:ping")
async def ping(request: Asked) -> Response[str]:
    await service_of(request)
    return Response("OK", media_type="text/plain")


@post("/api/exchange/in", name="exchange:in")
async def take_batch(request: Asked) -> Json:
    async with Call(request) as call:
        await service_of(request)
        call.body = await bodies.read(request, limit=BATCH_LIMIT, name="Пакет")
        try:
            found = parsed(call.body)
            call.answer = answer = await incoming.apply_batch(found, clock.now())
        except (BadBatch, TooManyItems, OtherBase) as error:
            raise _problem_of(error) from error
        call.items = list(incoming.notes_of(found, answer["results"]))
        return _json(answer)


@get("/api/exchange/out", name="exchange:out")
async def give_records(request: Asked) -> Json:
    async with Call(request) as call:
        await service_of(request)
        asked = request.query_params.get("limit", "")
        limit = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else pulling.MOST
        call.answer, notes = await pulling.offer(limit, clock.now())
        call.items, call.is_silent = notes, not notes
        return _json(call.answer)


@post("/api/exchange/out/ack", name="exchange:ack")
async def take_receipts(request: Asked) -> Json:
    async with Call(request) as call:
        await service_of(request)
        call.body = await bodies.read(request, limit=BATCH_LIMIT, name="Квитанция")
        try:
            call.answer, tally = await pulling.acknowledge(parsed(call.body), clock.now())
        except (BadBatch, OtherBase) as error:
            raise _problem_of(error) from error
        call.items = tally.notes
        return _json(call.answer)


@get("/api/exchange/digest", name="exchange:digest")
async def give_digest(request: Asked) -> Json:
    async with Call(request) as call:
        await service_of(request)
        kind, bucket = request.query_params.get("kind", ""), request.query_params.get("bucket", "").lower()
        if not KIND.fullmatch(kind) or (bucket and not BUCKET.fullmatch(bucket)):
            raise Problem(400, "Нужен вид объекта «kind» и, если спрашивают часть, «bucket» из двух знаков")
        call.answer = await _digest(kind, bucket)
        return _json(call.answer)


@head("/api/exchange/files/{sha256:str}", name="exchange:file_is_there")
async def ask_file(request: Asked, sha256: FromPath[str]) -> Response[None]:
    await service_of(request)
    if not files.NAME.fullmatch(sha256) or not files.is_there(sha256):
        raise Problem(404, "Такого файла на портале нет")
    return Response(None)


@put("/api/exchange/files/{sha256:str}", name="exchange:file")
async def take_file(request: Asked, sha256: FromPath[str]) -> Json:
    async with Call(request) as call:
        await service_of(request)
        if not files.NAME.fullmatch(sha256):
            raise Problem(422, "Имя файла должно быть его SHA-256 строчными буквами")
        content = await bodies.read(request, limit=FILE_LIMIT, name="Файл")
        call.answer = {"sha256": sha256, "size": len(content)}
        try:
            call.status = 201 if await files.keep(sha256, content) else 200
        except files.WrongHash as error:
            raise Problem(422, "Содержимое файла не совпадает с его SHA-256") from error
        return _json(call.answer, status=call.status)


async def _digest(kind: str, bucket: str) -> dict[str, Any]:
    async with writing():
        stamp = await node.next_stamp()
    async with reading():
        if bucket:
            rows = await versions.bucket_of(kind, bucket)
            return stamp.as_json() | {"kind": kind, "items": [{"id": row[0], "version": row[1]} for row in rows]}
        count, buckets = await versions.digest(kind)
    return stamp.as_json() | {"kind": kind, "count": count, "buckets": buckets}


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, TooManyItems):
        return Problem(413, f"В пакете больше {MAX_ITEMS} записей")
    if isinstance(error, OtherBase):
        return Problem(409, OTHER_BASE, code="OTHER_BASE")
    return Problem(400, str(error))


def _json(answer: Any, *, status: int = 200) -> Json:
    return Response(json.dumps(answer, ensure_ascii=False).encode(), status_code=status, media_type="application/json")


DOORS = Router(
    path="/",
    route_handlers=[
        give_token,
        ping,
        take_batch,
        give_records,
        take_receipts,
        give_digest,
        ask_file,
        take_file,
    ],
    exception_handlers={Problem: problems.answer},
    request_max_body_size=None,
    include_in_schema=False,
)
