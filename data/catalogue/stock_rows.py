"""Free quantities come as rows, each with the time it was true."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.database import execute

KEEP = """
INSERT INTO stock (uuid, product, variant, warehouse, free, expected, as_of)
SELECT ?1, id, ?2, ?3, coalesce(?4, 0), coalesce(?5, '[]'), ?6 FROM products WHERE uuid = ?7
ON CONFLICT (product, warehouse, variant)
DO UPDATE SET uuid = ?1, free = coalesce(?4, free), expected = coalesce(?5, expected), as_of = ?6
"""  # one statement: figures come by the hundred thousand


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
    kept = await execute(
        KEEP, uuid, facts.variant, facts.warehouse, facts.free, facts.expected, facts.as_of or now, facts.product
    )
    return kept == 1


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
