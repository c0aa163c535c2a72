"""Prices come as rows: the newest word of 1C on a key takes back later ones; earlier ones hold until it begins."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data.database import execute, fetch, fetch_one
from data.pricing.prices import ALWAYS
from data.shop import shop

OF_PRICE = "product = ? AND price_type = ? AND variant = ? AND pack = ?"
OF_PERSONAL = "product = ? AND agreement = ? AND variant = ?"
KEEP_PRICE = """
INSERT INTO prices (uuid, product, price_type, variant, pack, valid_from, price, currency)
SELECT ?, id, ?, ?, ?, ?, ?, ? FROM products WHERE uuid = ?
ON CONFLICT (product, price_type, variant, pack, valid_from)
DO UPDATE SET uuid = excluded.uuid, price = excluded.price, currency = excluded.currency
RETURNING product, EXISTS (SELECT 1 FROM prices other WHERE other.product = prices.product
    AND other.price_type = prices.price_type AND other.variant = prices.variant AND other.pack = prices.pack
    AND other.valid_from <> ?)
"""  # one statement, and whether the key has other days: prices come by the hundred thousand


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """Kopecks for one base unit, or for one pack. ``price`` None: there is no price on this key any more."""

    product: str
    price_type: str
    price: int | None
    variant: str = ""
    pack: str = ""
    currency: str = "RUB"
    valid_from: date = ALWAYS


@dataclass(frozen=True, slots=True)
class PersonalFacts:
    """A price in kopecks, or a discount in hundredths of a percent; both None: no personal price."""

    product: str
    agreement: str
    variant: str = ""
    price: int | None = None
    discount: int | None = None
    valid_from: date = ALWAYS
    valid_to: date | None = None


async def put(uuid: str, facts: PriceFacts, now: datetime) -> bool:
    """Keep a price; False when its product has not come yet. Inside writing()."""
    key = (facts.price_type, facts.variant, facts.pack)
    if facts.price is None:
        product = await _product(facts.product)
        await execute(f"DELETE FROM prices WHERE {OF_PRICE}", product, *key)
        return product is not None
    kept = await fetch_one(
        KEEP_PRICE, uuid, *key, facts.valid_from, facts.price, facts.currency, facts.product, facts.valid_from
    )
    if kept is None:
        return False
    if kept[1]:
        await _tidy(f"prices WHERE {OF_PRICE}", (kept[0], *key), facts.valid_from.isoformat(), now)
    return True


async def put_personal(uuid: str, facts: PersonalFacts, now: datetime) -> bool:
    """Keep a personal price; False when its product has not come yet. Inside writing()."""
    product = await _product(facts.product)
    if product is None:
        return False
    key = (product, facts.agreement, facts.variant)
    if facts.price is None and facts.discount is None:
        await execute(f"DELETE FROM personal_prices WHERE {OF_PERSONAL}", *key)
        return True
    await execute(
        "INSERT INTO personal_prices (uuid, product, agreement, variant, valid_from, price, discount, valid_to)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (product, agreement, variant, valid_from)"
        " DO UPDATE SET uuid = excluded.uuid, price = excluded.price, discount = excluded.discount,"
        " valid_to = excluded.valid_to",
        uuid, *key, facts.valid_from, facts.price, facts.discount, facts.valid_to,
    )  # fmt: skip
    await _tidy(f"personal_prices WHERE {OF_PERSONAL}", key, facts.valid_from.isoformat(), now)
    return True


async def remove(table: str, uuid: str) -> None:
    """1C has no such price any more. ``table``: prices or personal_prices. Inside writing()."""
    await execute(f"DELETE FROM {table} WHERE uuid = ?", uuid)


async def keep_only(table: str, uuids: Collection[str], where: Mapping[str, str]) -> None:
    """1C's complete list of prices within the columns of ``where``: the others are gone. Inside writing()."""
    limits = "".join(f' AND "{column}" = ?' for column in where)
    await execute(
        f"DELETE FROM {table} WHERE uuid NOT IN (SELECT value FROM json_each(?)){limits}",
        json.dumps(list(uuids)), *where.values(),
    )  # fmt: skip


async def _product(uuid: str) -> int | None:
    found = await fetch_one("SELECT id FROM products WHERE uuid = ?", uuid)
    return int(found[0]) if found else None


async def _tidy(rows: str, key: tuple[object, ...], since: str, now: datetime) -> None:
    """Later rows 1C took back; of the earlier ones only the one that holds today can still be needed."""
    days = [day for (day,) in await fetch(f"SELECT CAST(valid_from AS TEXT) FROM {rows}", *key)]
    if len(days) == 1:
        return
    today = (await shop()).today(now).isoformat()
    days = [day for day in days if day <= since]
    holds = max((day for day in days if day <= today), default=min(days))
    await execute(f"DELETE FROM {rows} AND (valid_from > ? OR valid_from < ?)", *key, since, holds)
