"""Stock — свободный остаток по складу, and what is expected to arrive."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from data.catalogue import stock_rows
from data.catalogue.stock_rows import StockFacts
from sync.kinds.directory import columns
from sync.kinds.fields import Fields, Id, Moment, Stock, Thousandths, given, read, utc
from sync.kinds.kind import Taken, Waits


class Expected(msgspec.Struct):
    quantity: Thousandths
    date: dt.date | None = None


class StockFields(Fields, kw_only=True):
    product: Id
    warehouse: Id
    variant: Id | None = None
    free: Stock | UnsetType | None = UNSET
    expected: Annotated[list[Expected], Meta(max_length=100)] | UnsetType | None = UNSET
    as_of: Moment | UnsetType | None = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: dt.datetime) -> None:
    fields = read(data, StockFields)
    if fields.deleted:
        await stock_rows.remove(uuid)
        return
    free = None if fields.free is UNSET else max(0, fields.free or 0)
    facts = StockFacts(
        fields.product,
        fields.warehouse,
        fields.variant or "",
        free,
        None if fields.expected is UNSET else _as_json(fields.expected or []),
        utc("as_of", given(fields.as_of, None)),
    )
    if not await stock_rows.put(uuid, facts, now):
        raise Waits(fields.product)


async def hide(uuid: str, now: dt.datetime) -> None:
    await stock_rows.remove(uuid)


async def snapshot(scope: Mapping[str, str], uuids: Collection[str], now: dt.datetime) -> None:
    await stock_rows.keep_only(uuids, columns(scope, {"warehouse": "warehouse"}))


def _as_json(expected: list[Expected]) -> str:
    found = [{"quantity": int(one.quantity), "date": one.date.isoformat() if one.date else None} for one in expected]
    return json.dumps(found)


KIND = Taken(put, hide, None, snapshot)
