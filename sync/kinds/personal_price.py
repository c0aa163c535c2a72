"""Personal price — индивидуальная цена соглашения: a price, or a discount on the price of the type."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET

from data.pricing import price_rows
from data.pricing.price_rows import PersonalFacts
from sync.kinds.directory import columns
from sync.kinds.fields import Fields, Hundredths, Id, Kopecks, OptionalDate, given, read
from sync.kinds.kind import Taken, Waits
from sync.kinds.price import first_day


class PersonalPriceFields(Fields, kw_only=True):
    agreement: Id
    product: Id
    variant: Id | None = None
    price: Kopecks | None = None
    discount: Hundredths | None = msgspec.field(name="discount_percent", default=None)
    valid_from: OptionalDate = UNSET
    valid_to: OptionalDate = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, PersonalPriceFields)
    is_gone = fields.deleted is True
    facts = PersonalFacts(
        fields.product,
        fields.agreement,
        fields.variant or "",
        None if is_gone else fields.price,
        None if is_gone else fields.discount,
        first_day(fields.valid_from),
        given(fields.valid_to, None),
    )
    if not await price_rows.put_personal(uuid, facts, now):
        raise Waits(fields.product)


async def hide(uuid: str, now: datetime) -> None:
    await price_rows.remove("personal_prices", uuid)


async def snapshot(scope: Mapping[str, str], uuids: Collection[str], now: datetime) -> None:
    await price_rows.keep_only("personal_prices", uuids, columns(scope, {"agreement": "agreement"}))


KIND = Taken(put, hide, None, snapshot)
