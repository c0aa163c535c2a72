"""Orders as a person may see them: the list, the card, the inbox. Whoever may not see an order does not find it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.access.person import Person
from data.database import fetch, fetch_one, reading
from data.errors import Missing
from data.exchange.queue import of_object
from data.ordering.orders import (
    CART,
    DELETED,
    DRAFT,
    FINAL,
    IN_WORK,
    LABELS,
    NEW,
    ORIGINAL_LABELS,
    WAIT_MANAGER,
    WAIT_PARTNER,
)
from data.ordering.trail import Change, Happened, changes, events
from data.shop import shop

PAGE = 40
COLUMNS = [
    "id",
    "uuid",
    "status",
    "state",
    "at",
    "placed_at",
    "number",
    "guid",
    "terms",
    "confirmed_terms",
    "version",
    "origin",
    "author_name",
    "delivery_method",
    "delivery_address",
    "delivery_date",
    "partner_number",
    "comment",
    "manager_name",
    "manager_phone",
    "manager_email",
    "total",
    "currency",
    "paid",
    "shipped",
    "reason",
    "sending",
    "problem",
]
SELECT = f"SELECT {', '.join(f'o.{name}' for name in COLUMNS)}, g.name FROM orders o JOIN organisations g ON g.id = o.organisation"


@dataclass(frozen=True)
class Order:
    """One order for a list or a card. Kopecks; hundredths of a percent; ``sending``: the decision on its way to 1C."""

    id: int
    uuid: str
    status: str
    state: str
    at: datetime
    placed_at: datetime | None
    number: str
    guid: str
    terms: int
    confirmed_terms: int | None
    version: int
    origin: str
    author_name: str
    delivery_method: str
    delivery_address: str
    delivery_date: date | None
    partner_number: str
    comment: str
    manager_name: str
    manager_phone: str
    manager_email: str
    total: int
    currency: str
    paid: int
    shipped: int
    reason: str
    sending: str
    problem: str
    partner_name: str
    label: str
    for_partner: bool
    decides: bool

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def may_confirm(self) -> bool:
        return self.for_partner and self.status == WAIT_PARTNER and not self.sending

    @property
    def may_refuse(self) -> bool:
        open_still = self.status in (NEW, WAIT_MANAGER, WAIT_PARTNER)
        untouched = self.status == IN_WORK and not self.paid and not self.shipped
        return self.for_partner and (open_still or untouched) and self.sending in ("", "confirm")

    @property
    def may_decide(self) -> bool:
        return self.decides and self.status == WAIT_MANAGER and not self.sending and bool(self.guid)

    @property
    def may_undo(self) -> bool:
        return self.decides and self.sending in ("approve", "decline")

    @property
    def waits_for_me(self) -> bool:
        return self.may_confirm or self.may_decide


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
        labels = await _labels()
        rows = await fetch(f"{SELECT} WHERE {condition} ORDER BY o.at DESC, o.id DESC LIMIT ?", *args, PAGE + 1)
    found = [_order(row, who, labels) for row in rows]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tuple(found[:PAGE]), json.dumps([str(last.at), last.id]) if last else "")


async def waiting_for(who: Person, limit: int = PAGE) -> tuple[Order, ...]:
    """The orders that wait for this person's decision, the oldest first."""
    condition, args = visible_to(who)
    status = WAIT_PARTNER if who.is_partner else WAIT_MANAGER
    async with reading():
        labels = await _labels()
        rows = await fetch(
            f"{SELECT} WHERE {condition} AND o.status = ? ORDER BY o.at, o.id LIMIT ?", *args, status, limit
        )
    return tuple(order for order in (_order(row, who, labels) for row in rows) if order.waits_for_me or order.sending)


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
            "SELECT 1 FROM documents WHERE kind = 'invoice' AND \"order\" IN (?, ?)", uuid, found.guid or uuid
        )
        changed = await changes(found.id, found.confirmed_terms or 0, found.terms) if found.terms else ()
        owed = tuple(Owed(*row) for row in await of_object(uuid))
        return Card(
            found,
            tuple(Line(*line) for line in lines),
            method[0] if method else "Самовывоз" if found.delivery_method == "pickup" else found.delivery_method,
            changed,
            await events(found.id),
            owed,
            invoice is not None,
        )


async def row_of(who: Person, uuid: str) -> Order:
    """Inside reading() or writing(). Raises Missing for what is not there or not theirs."""
    condition, args = visible_to(who)
    found = await fetch_one(f"{SELECT} WHERE o.uuid = ? AND {condition}", uuid, *args)
    if found is None:
        raise Missing(f"order {uuid}")
    return _order(found, who, await _labels())


def visible_to(who: Person) -> tuple[str, list[Any]]:
    """The condition on orders ``o`` that this person may see, with its values. The wrong role sees none."""
    hidden = f"o.status NOT IN ('{CART}', '{DELETED}')"
    if who.may("orders.company"):
        return f"{hidden} AND o.organisation = ?", [who.organisation]
    if who.may("orders.own"):
        return f"{hidden} AND o.organisation = ? AND o.author = ?", [who.organisation, who.user]
    of_others = f"{hidden} AND o.status <> '{DRAFT}'"
    if who.may("orders.assigned") and who.may("settings"):
        return of_others, []
    if who.may("orders.assigned") and who.manager:
        return f"{of_others} AND o.organisation IN (SELECT organisation FROM partners WHERE manager = ?)", [who.manager]
    return "0", []


def _order(row: tuple[Any, ...], who: Person, labels: dict[str, str]) -> Order:
    status = row[2]
    label = labels[status]
    if status == WAIT_PARTNER and not who.is_partner:
        label = "Ожидает подтверждения покупателя"
    return Order(*row, label, who.is_partner, who.may("orders.decide"))


async def _labels() -> dict[str, str]:
    return ORIGINAL_LABELS if (await shop()).original_labels else LABELS


def _cursor(text: str) -> list[str | int] | None:
    """The cursor of a list, or None when it is not one of ours: then the list starts at its beginning."""
    try:
        at, id_ = json.loads(text)
        datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    return [at, id_] if type(id_) is int and abs(id_) < 2**63 else None
