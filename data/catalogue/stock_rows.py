"""Free quantities come as rows, each with the time it was true."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.database import execute, fetch_one


@dataclass(frozen=True, slots=True)
class StockFacts:
    """Thousandths of a base unit; ``expected``: JSON list of {quantity, date}, None when it did not come."""

    product: str
    warehouse: str
    variant: str = ""
    free: int | None = None
    expected: str | None = None
    as_of: datetime | None = None


async def put(uuid: str, facts: StockFacts, now: datetime) -> bool:
    """Keep a figure; False when its product has not come yet. Inside writing()."""
    found = await fetch_one("SELECT id FROM products WHERE uuid = ?", facts.product)
    if found is None:
        return False
    await execute(
        "INSERT INTO stock (uuid, product, variant, warehouse, free, expected, as_of)"
        " VALUES (?1, ?2, ?3, ?4, coalesce(?5, 0), coalesce(?6, '[]'), ?7) ON CONFLICT (product, warehouse, variant)"
        " DO UPDATE SET uuid = ?1, free = coalesce(?5, free), expected = coalesce(?6, expected), as_of = ?7",
        uuid, found[0], facts.variant, facts.warehouse, facts.free, facts.expected, facts.as_of or now,
    )  # fmt: skip
    return True


async def remove(uuid: str) -> None:
    """1C has no such row any more. Inside writing()."""
    await execute("DELETE FROM stock WHERE uuid = ?", uuid)


async def keep_only(uuids: Collection[str], where: Mapping[str, str]) -> None:
    """1C's complete list of stock within the columns of ``where``: the others are gone. Inside writing()."""
    limits = "".join(f' AND "{column}" = ?' for column in where)
    await execute(
        f"DELETE FROM stock WHERE uuid NOT IN (SELECT value FROM json_each(?)){limits}",
        json.dumps(list(uuids)), *where.values(),
    )  # fmt: skip
