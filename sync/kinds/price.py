"""Price — цена номенклатуры по виду цен: a row of a register, deleted by its id or by its key."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import UNSET, UnsetType

from data.pricing import price_rows
from data.pricing.price_rows import PriceFacts
from data.pricing.prices import ALWAYS
from sync.kinds.directory import columns
from sync.kinds.fields import Currency, Fields, Id, Kopecks, OptionalDate, bad, given, read
from sync.kinds.kind import Taken, Waits


class PriceFields(Fields, kw_only=True):
    product: Id
    price_type: Id
    variant: Id | None = None
    pack: Id | None = None
    price: Kopecks | UnsetType | None = UNSET
    currency: Currency | UnsetType | None = UNSET
    valid_from: OptionalDate = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, PriceFields)
    if fields.price is UNSET and not fields.deleted:
        raise bad("price", "не заполнено")
    facts = PriceFacts(
        fields.product,
        fields.price_type,
        None if fields.deleted or fields.price is UNSET else fields.price,
        fields.variant or "",
        fields.pack or "",
        given(fields.currency, "RUB"),
        first_day(fields.valid_from),
    )
    if not await price_rows.put(uuid, facts, now):
        raise Waits(fields.product)


async def hide(uuid: str, now: datetime) -> None:
    await price_rows.remove("prices", uuid)


async def snapshot(scope: Mapping[str, str], uuids: Collection[str], now: datetime) -> None:
    await price_rows.keep_only("prices", uuids, columns(scope, {"price_type": "price_type"}))


def first_day(value: date | UnsetType | None) -> date:
    return value if isinstance(value, date) else ALWAYS


KIND = Taken(put, hide, None, snapshot)
