"""What a batch on the wire must look like before any of its items is read."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn, TypeGuard
from uuid import UUID

import msgspec

from data.exchange.node import Stamp

MAX_ITEMS = 500
BOM = b"\xef\xbb\xbf"  # 1C's text writer begins with it unless told otherwise
MAX_VERSION = 2**63 - 1


class BadBatch(Exception):
    """The whole request cannot be read; the Russian text says what is wrong with it."""


class TooManyItems(Exception):
    """More than MAX_ITEMS."""


@dataclass(frozen=True)
class Item:
    """One item as sent. ``queue_id`` and ``id`` are canonical; ``raw`` is echoed back untouched."""

    queue_id: str
    kind: str
    op: str
    id: str
    version: int
    data: dict[str, Any]
    raw: dict[str, Any]


@dataclass(frozen=True)
class BadItem:
    """An item whose frame is broken: the others go on without it."""

    raw: Any
    problem: str


@dataclass(frozen=True)
class Batch:
    stamp: Stamp
    batch: str
    items: list[Item | BadItem]


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object of a request or an answer. Raises BadBatch."""
    try:
        found = msgspec.json.decode(body.removeprefix(BOM))
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        found = _parsed_slowly(body, error)
    if not isinstance(found, dict):
        raise BadBatch("Ожидался объект JSON")
    return found


def stamp_in(found: dict[str, Any]) -> Stamp:
    """Who speaks: base, epoch and seq. Raises BadBatch."""
    base, epoch, seq = canonical(found.get("base")), found.get("epoch"), found.get("seq")
    if base is None:
        raise BadBatch("Поле «base» должно быть UUID базы")
    if not isinstance(epoch, str) or not 1 <= len(epoch) <= 40:
        raise BadBatch("Поле «epoch» должно быть строкой до 40 знаков")
    if not is_counter(seq):
        raise BadBatch("Поле «seq» должно быть целым числом не меньше нуля")
    return Stamp(base, epoch, seq)


def batch_in(found: dict[str, Any]) -> Batch:
    """The frame of POST /api/exchange/in. Raises BadBatch, TooManyItems."""
    items = found.get("items")
    if not isinstance(items, list):
        raise BadBatch("Поле «items» должно быть списком")
    if len(items) > MAX_ITEMS:
        raise TooManyItems(str(len(items)))
    batch = found.get("batch", "")
    if batch is not None and not isinstance(batch, str):
        raise BadBatch("Поле «batch» должно быть UUID пакета")
    return Batch(stamp_in(found), batch or "", [item_in(raw) for raw in items])


def item_in(raw: Any) -> Item | BadItem:
    """One item, or what is wrong with its frame."""
    if not isinstance(raw, dict):
        return BadItem(raw, "Запись должна быть объектом JSON")
    queue_id, uuid, data = canonical(raw.get("queue_id")), canonical(raw.get("id")), raw.get("data")
    kind, op, version = raw.get("kind"), raw.get("op"), raw.get("version")
    if queue_id is None or uuid is None:
        return BadItem(raw, "Поля «queue_id» и «id» должны быть UUID")
    if not is_counter(version):
        return BadItem(raw, "Поле «version» должно быть целым числом не меньше нуля")
    if not isinstance(kind, str) or not isinstance(op, str) or not isinstance(data, dict | None):
        return BadItem(raw, "Поля «kind» и «op» должны быть строками, «data» — объектом JSON")
    return Item(queue_id, kind, op, uuid, version, data or {}, raw)


def canonical(value: Any) -> str | None:
    """The lower-case text of a UUID, or None when it is no such thing."""
    if not isinstance(value, str) or len(value) != 36:
        return None
    try:
        return str(UUID(value))
    except ValueError:
        return None


def is_counter(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_VERSION


def _parsed_slowly(body: bytes, first: Exception) -> Any:
    """Numbers beyond any type of ours are one item's trouble, so the slower reader has a try at the batch."""
    if "range" not in str(first):
        raise BadBatch("Тело запроса не похоже на JSON") from first
    try:
        found = json.loads(body.removeprefix(BOM), parse_constant=_no_constants)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair can be neither kept nor answered
    except (ValueError, RecursionError) as error:
        raise BadBatch("Тело запроса не похоже на JSON") from error
    return found


def _no_constants(name: str) -> NoReturn:
    raise ValueError(name)
