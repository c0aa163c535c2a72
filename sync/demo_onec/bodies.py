"""Bodies of requests are read within limits: five megabytes packed, no bombs, JSON that is strictly JSON."""

import zlib
from typing import TypeVar

import msgspec

LARGEST = 6 * 1024 * 1024
"""The protocol allows 5 MiB a batch; a little more lets the other side's counting differ from ours."""

LARGEST_PLAIN = 48 * 1024 * 1024
"""Orders and goods pack about eight to one."""

T = TypeVar("T")


class TooLarge(Exception):
    """The body is above the limits."""


class Unreadable(Exception):
    """The body is not what it says it is; the text is for the person who sent it."""


def plain(body: bytes, encoding: str) -> bytes:
    """The body without its packing."""
    if len(body) > LARGEST:
        raise TooLarge
    if encoding.strip().lower() != "gzip":
        return body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(body, LARGEST_PLAIN)
    except zlib.error:
        raise Unreadable("Тело запроса не распаковывается как gzip") from None
    if unpacker.unconsumed_tail:
        raise TooLarge
    if not unpacker.eof:
        raise Unreadable("Тело запроса оборвано")
    return unpacked


def parsed(body: bytes, shape: type[T]) -> T:
    """JSON of the given shape; an empty body is an empty object."""
    try:
        return msgspec.json.decode(body or b"{}", type=shape)
    except msgspec.MsgspecError as refused:
        raise Unreadable(f"Не понято: {refused}") from None
    except (RecursionError, UnicodeDecodeError):
        raise Unreadable("Не понято: тело не является разумным JSON") from None
