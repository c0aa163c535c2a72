"""Orders as a person may see them: the list, the card, the inbox. Whoever may not see an order does not find it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from data.access.person import Person
from data.database import fetch, fetch_one, reading
from data.exchange import channel
from data.exchange.queue import of_object
from data.ordering.delivery import PICKUP, PICKUP_NAME
from data.ordering.orders import CART, IN_WORK, LABELS, WAIT_MANAGER, WAIT_PARTNER
from data.ordering.trail import Change, Happened, changes, events
from data.ordering.visible import SELECT, Order, labels, order_from, row_of, visible_to

AWAY = "Связи с 1С сейчас нет, заказ сохранён и уйдёт сам."
PAGE = 40


@dataclass(frozen=True)
class Line:
    """A line of an order as 1C sent it, or as ordered while 1C has not accepted. Kopecks; thousandths."""

    n: int
    product: str
    name: str
    quantity: int
    unit: str
    pack_name: str
    packs: int
    price: int | None
    discount: int
    vat: str
    vat_sum: int
    sum: int
    comment: str
    cancelled: bool
    cancel_reason: str
    shipped: int
    ship_date: date | None


@dataclass(frozen=True)
class Owed:
    """What of this order has not reached 1C yet."""

    record: str
    op: str
    state: str
    attempts: int
    next_at: datetime
    error: str


@dataclass(frozen=True)
class Card:
    order: Order
    lines: tuple[Line, ...]
    method_name: str
    changes: tuple[Change, ...]
    events: tuple[Happened, ...]
    owed: tuple[Owed, ...]
    has_invoice: bool

    @property
    def seen(self) -> str:
        """A mark of everything shown: while it is the same there is nothing new to show."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    @property
    def is_on_its_way(self) -> bool:
        """Something of this order has not reached 1C yet."""
        return bool(self.order.sending or self.owed)

    @property
    def may_ask_invoice(self) -> bool:
        """1C has the order and is still working on it."""
        return bool(self.order.guid) and self.order.status in (WAIT_MANAGER, WAIT_PARTNER, IN_WORK)


@dataclass(frozen=True)
class Page:
    orders: tuple[Order, ...]
    after: str


async def orders(who: Person, *, after: str = "", status: str = "", query: str = "") -> Page:
    """The orders this person may see, the newest first, by cursor. ``query``: the tail of a number, or a partner's name."""
    condition, args = visible_to(who)
    if status in LABELS and status != CART:
        condition, args = f"{condition} AND o.status = ?", [*args, status]
    if query.strip():
        condition += " AND (o.number LIKE ? ESCAPE '\\' OR o.partner_number LIKE ? ESCAPE '\\')"
        tail = "%" + query.strip()[:50].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        args = [*args, tail, tail + "%"]
    cursor = _cursor(after)
    if cursor:
        condition, args = f"{condition} AND (o.at, o.id) < (?, ?)", [*args, *cursor]
    async with reading():
        names = await labels()
        rows = await fetch(f"{SELECT} WHERE {condition} ORDER BY o.at DESC, o.id DESC LIMIT ?", *args, PAGE + 1)
    found = [order_from(row, who, names) for row in rows]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(found[:PAGE]), json.dumps([str(last.at), last.id]) if last else "")


async def waiting_for(who: Person) -> tuple[Order, ...]:
    """The orders that wait for this person's decision, the oldest first, at most PAGE."""
    condition, args = visible_to(who)
    status = WAIT_PARTNER if who.is_partner else WAIT_MANAGER
    async with reading():
        names = await labels()
        rows = await fetch(
            f"{SELECT} WHERE {condition} AND o.status = ? ORDER BY o.at, o.id LIMIT ?", *args, status, PAGE
        )
    return tuple(
        order for order in (order_from(row, who, names) for row in rows) if order.waits_for_me or order.sending
    )


async def order(who: Person, uuid: str) -> Order:
    """Raises Missing."""
    async with reading():
        return await row_of(who, uuid)


async def card(who: Person, uuid: str) -> Card:
    """Everything the card shows. Raises Missing."""
    async with reading():
        found = await row_of(who, uuid)
        lines = await fetch(
            "SELECT n, product, name, quantity, unit, pack_name, packs, price, discount, vat, vat_sum, sum, comment,"
            ' cancelled, cancel_reason, shipped, ship_date FROM order_lines WHERE "order" = ? ORDER BY n',
            found.id,
        )
        method = await fetch_one("SELECT name FROM delivery_methods WHERE code = ?", found.delivery_method)
        invoice = await fetch_one(
            "SELECT 1 FROM documents WHERE kind = 'invoice' AND visible AND \"order\" IN (?, ?)",
            uuid,
            found.guid or uuid,
        )
        changed = await changes(found.id, found.confirmed_terms or 0, found.terms) if found.terms else ()
        owed = await _owed(who, uuid)
        return Card(
            found,
            tuple(Line(*line) for line in lines),
            _method_name(method, found.delivery_method),
            changed,
            await events(found.id),
            owed,
            invoice is not None,
        )


def _method_name(known: tuple[str] | None, code: str) -> str:
    """As 1C calls it; by its code while 1C has not said."""
    if known:
        return known[0]
    return PICKUP_NAME if code == PICKUP else code


async def _owed(who: Person, uuid: str) -> tuple[Owed, ...]:
    """While 1C cannot be reached, the time of the next try is the channel's, and so is the reason.

    The owner's people read what is to be mended; a partner, who cannot mend it, that nothing is lost.
    """
    way = await channel.state()
    unreached = AWAY if way.error and who.is_partner else way.error
    return tuple(
        Owed(record, op, state, attempts, max(next_at, way.open_until or next_at), unreached or error)
        for record, op, state, attempts, next_at, error in await of_object(uuid)
    )


def _cursor(text: str) -> list[str | int] | None:
    """The cursor of a list, or None when it is not one of ours: then the list starts at its beginning."""
    try:
        at, id_ = json.loads(text)
        datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    return [at, id_] if type(id_) is int and abs(id_) < 2**63 else None
