"""Orders counted and gathered for the first look: how many stand where, and what waits for the manager."""

from dataclasses import dataclass

from data.access.person import Person
from data.database import fetch, fetch_one, reading
from data.ordering.orders import LABELS, WAIT_MANAGER, WAIT_PARTNER
from data.ordering.showing import waiting_for
from data.ordering.visible import Order, visible_to


@dataclass(frozen=True)
class Count:
    """How many orders have this status."""

    status: str
    label: str
    number: int


@dataclass(frozen=True)
class Entry:
    """An order in the manager's inbox: how many positions it has, and whom to call about it."""

    order: Order
    positions: int
    contact: str
    phone: str


async def counts(who: Person) -> tuple[Count, ...]:
    """The person's orders by status, in the order an order goes through them; no line for none."""
    condition, args = visible_to(who)
    async with reading():
        rows = await fetch(f"SELECT o.status, count(*) FROM orders o WHERE {condition} GROUP BY o.status", *args)
    found = dict(rows)
    return tuple(Count(status, label, found[status]) for status, label in LABELS.items() if status in found)


async def waiting(who: Person) -> int:
    """How many orders wait for this person: the number on the section."""
    condition, args = visible_to(who)
    status = WAIT_PARTNER if who.is_partner else WAIT_MANAGER
    async with reading():
        found = await fetch_one(
            f"SELECT count(*) FROM orders o WHERE {condition} AND o.status = ? AND o.sending = '' AND o.guid <> ''",
            *args, status,
        )  # fmt: skip
    return int(found[0]) if found else 0


async def inbox(who: Person) -> tuple[Entry, ...]:
    """What waits for the manager, the oldest first, a page of it. Raises Missing for who may not decide."""
    who.must("orders.decide")
    orders = await waiting_for(who)
    async with reading():
        return tuple([await _entry(order) for order in orders])


async def entry(who: Person, order: Order) -> Entry:
    """One order as it stands in the inbox. Raises Missing for who may not decide."""
    who.must("orders.decide")
    async with reading():
        return await _entry(order)


async def _entry(order: Order) -> Entry:
    found = await fetch_one(
        'SELECT (SELECT count(*) FROM order_lines l WHERE l."order" = o.id AND NOT l.cancelled), c.name, c.phone'
        " FROM orders o LEFT JOIN contacts c ON c.uuid = coalesce(nullif(o.contact, ''), (SELECT k.uuid FROM contacts k"
        " WHERE k.partner = o.partner AND k.visible = 1 AND k.phone <> '' ORDER BY k.id LIMIT 1)) WHERE o.id = ?",
        order.id,
    )
    assert found is not None
    return Entry(order, found[0], found[1] or "", found[2] or "")
