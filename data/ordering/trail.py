"""The trail of an order: its events, and its lines as they stood under each terms."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.database import execute, fetch, fetch_one

LINE = ("n", "product", "variant", "name", "unit", "quantity", "price", "sum", "cancelled", "cancel_reason")
Line = dict[str, Any]  # by the names of LINE


@dataclass(frozen=True)
class Happened:
    at: datetime
    who: str
    text: str


@dataclass(frozen=True)
class Change:
    """One line that is not as it was: kopecks and thousandths, None where there was no such line."""

    name: str
    unit: str
    was_quantity: int | None
    quantity: int | None
    was_price: int | None
    price: int | None
    was_sum: int | None
    sum: int | None
    reason: str


async def happened(order: int, text: str, *, who: str, now: datetime) -> None:
    """Add one event. Inside writing()."""
    await execute('INSERT INTO order_events ("order", at, who, text) VALUES (?, ?, ?, ?)', order, now, who, text)


async def events(order: int) -> tuple[Happened, ...]:
    """Oldest first."""
    rows = await fetch('SELECT at, who, text FROM order_events WHERE "order" = ? ORDER BY id', order)
    return tuple(Happened(*row) for row in rows)


async def keep_version(order: int, terms: int, now: datetime) -> None:
    """Keep the present lines as those of these terms. Inside writing()."""
    rows = await fetch(f'SELECT {", ".join(LINE)} FROM order_lines WHERE "order" = ? ORDER BY n', order)
    await execute(
        'INSERT INTO order_versions ("order", terms, at, lines, total) SELECT id, ?, ?, ?, total FROM orders WHERE id = ?'
        ' ON CONFLICT ("order", terms) DO UPDATE SET lines = excluded.lines, total = excluded.total, at = excluded.at',
        terms, now, json.dumps([dict(zip(LINE, row, strict=True)) for row in rows], ensure_ascii=False), order,
    )  # fmt: skip


async def changes(order: int, since: int, until: int) -> tuple[Change, ...]:
    """What differs by the line between two terms; nothing when one of them is not kept."""
    before, after = await _lines(order, since), await _lines(order, until)
    if before is None or after is None:
        return ()
    found = []
    for n in sorted(before.keys() | after.keys()):
        change = _difference(before.get(n), after.get(n))
        if change:
            found.append(change)
    return tuple(found)


async def _lines(order: int, terms: int) -> dict[int, Line] | None:
    found = await fetch_one('SELECT lines FROM order_versions WHERE "order" = ? AND terms = ?', order, terms)
    return {line["n"]: line for line in json.loads(found[0])} if found else None


def _difference(was: Line | None, now: Line | None) -> Change | None:
    old, new = _figures(was), _figures(now)
    named = now or was
    assert named is not None
    name, reason = named["name"], (now or {}).get("cancel_reason") or ""
    if was and now and (was["product"], was["variant"]) != (now["product"], now["variant"]):
        name = f"{was['name']} → {now['name']}"
    elif old == new:
        return None
    return Change(name, named["unit"], old[0], new[0], old[1], new[1], old[2], new[2], reason)


def _figures(line: Line | None) -> tuple[int | None, int | None, int | None]:
    if line is None:
        return None, None, None
    if line["cancelled"]:
        return 0, line["price"], 0
    return line["quantity"], line["price"], line["sum"]
