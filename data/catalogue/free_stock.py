"""How much of goods is free to order, in one warehouse or in all that are shown, and how old the figures are."""

from collections.abc import Sequence
from datetime import datetime

from data.database import fetch


async def stock_of(products: Sequence[int], warehouse: str) -> tuple[dict[tuple[int, str], int], datetime | None]:
    """Free thousandths by (product, variant) in this warehouse, or in all visible ones; the oldest time of the figures.

    Inside reading() or writing().
    """
    if not products:
        return {}, None
    marks = ",".join("?" * len(products))
    where = "warehouse = ?" if warehouse else "warehouse IN (SELECT uuid FROM warehouses WHERE visible = 1) AND ? = ''"
    rows = await fetch(
        f"SELECT product, variant, sum(free), min(as_of) FROM stock WHERE product IN ({marks}) AND {where}"
        " GROUP BY product, variant",
        *products, warehouse,
    )  # fmt: skip
    oldest = min((row[3] for row in rows), default=None)
    return {(row[0], row[1]): row[2] for row in rows}, datetime.fromisoformat(oldest) if oldest else None
