"""Reading what a machine sends: never more than the limit, packed or not."""

import asyncio
import zlib
from typing import Any

from litestar import Request

from sync.exchange_portal.problems import Problem

MIB = 1024 * 1024
WITHIN = 300  # s: the largest file over a line of half a megabit


async def read(request: Request[Any, Any, Any], *, limit: int, name: str, within: float = WITHIN) -> bytes:
    """The unpacked body. Raises Problem 413 that names the limit, 415 for another packing than gzip, 400, 408."""
    packing = request.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"identity", "", "gzip", "x-gzip"}:
        raise Problem(415, f"Сжатие «{packing[:40]}» не поддерживается, можно gzip")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise _too_big(limit, name)
    reading = _read_packed if "gzip" in packing else _read_plain
    try:
        async with asyncio.timeout(within):
            return await reading(request, limit, name)
    except TimeoutError as error:
        raise Problem(408, f"{name}: за {within:.0f} с пришло не все", headers={"Connection": "close"}) from error


async def _read_plain(request: Request[Any, Any, Any], limit: int, name: str) -> bytes:
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise _too_big(limit, name)
    return bytes(found)


async def _read_packed(request: Request[Any, Any, Any], limit: int, name: str) -> bytes:
    """Unpacked as it comes and stopped at the limit, so that a bomb costs no memory."""
    reader, found, taken = zlib.decompressobj(wbits=31), bytearray(), 0
    try:
        async for chunk in request.stream():
            rest, taken = chunk, taken + len(chunk)
            if taken > limit:  # a packing can go on for ever and unpack to nothing
                raise _too_big(limit, name)
            while rest and not reader.eof:
                found += reader.decompress(rest, limit + 1 - len(found))
                rest = reader.unconsumed_tail
                if len(found) > limit:
                    raise _too_big(limit, name)
    except zlib.error as error:
        raise Problem(400, "Тело запроса не распаковывается как gzip") from error
    if not reader.eof:
        raise Problem(400, "Сжатое тело запроса пришло не целиком")
    return bytes(found)


def _too_big(limit: int, name: str) -> Problem:
    return Problem(413, f"{name} больше {limit // MIB} МиБ")
