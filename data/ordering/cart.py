"""The cart: the person's current unsaved order of the company, kept at every tap, shown at today's prices and stock."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from data.access.person import Person
from data.database import fetch_one, reading
from data.errors import Missing
from data.numbers import roubles
from data.ordering.cart_details import Choices, Details, offered_to, problems_of, settled
from data.ordering.cart_line import Line, lines_of
from data.ordering.orders import CART, DRAFT
from data.partners.terms import Terms, all_terms, chosen_of
from data.shop import shop


@dataclass(frozen=True)
class Cart:
    """The cart or a draft; ``uuid`` is empty while nothing was put in. ``problems`` must be solved before ordering."""

    uuid: str
    status: str
    lines: tuple[Line, ...]
    details: Details
    choices: Choices
    terms: Terms | None
    problems: tuple[str, ...]
    stock_at: datetime | None

    @property
    def total(self) -> int:
        return sum(line.sum for line in self.lines)

    @property
    def vat_by_rate(self) -> dict[str, int]:
        """Kopecks of VAT inside the sums by rate ("22"), the highest first; goods without VAT are not in it."""
        rates = {line.vat for line in self.lines if line.vat.isdigit()}
        return {
            rate: sum(line.vat_sum for line in self.lines if line.vat == rate)
            for rate in sorted(rates, key=int, reverse=True)
        }

    @property
    def moved(self) -> tuple[Line, ...]:
        """Lines whose price or stock is not what the person put in."""
        return tuple(line for line in self.lines if line.price_moved or line.is_short)

    @property
    def seen(self) -> str:
        """A mark of everything shown: placing with it says that the person saw exactly this."""
        facts = [(line.n, line.quantity, line.price, line.is_short and line.stock) for line in self.lines]
        return hashlib.sha256(repr((self.uuid, facts)).encode()).hexdigest()[:16]


async def show(who: Person, now: datetime) -> Cart:
    """The person's cart, empty when there is none."""
    async with reading():
        row = await fetch_one(
            "SELECT uuid FROM orders WHERE author = ? AND organisation = ? AND status = ?",
            who.user, who.organisation, CART,
        )  # fmt: skip
        return await cart_of(who, row[0] if row else "", now)


async def draft(who: Person, uuid: str, now: datetime) -> Cart:
    """A cart or a draft of the person's company. Raises Missing."""
    async with reading():
        await own_row(who, uuid)
        return await cart_of(who, uuid, now)


async def own_row(who: Person, uuid: str, statuses: tuple[str, ...] = (CART, DRAFT)) -> int:
    """Row id of a cart of this person or a draft he may see. Inside reading() or writing(). Raises Missing."""
    found = await fetch_one(
        f"SELECT id FROM orders WHERE uuid = ? AND organisation = ? AND status IN ({','.join('?' * len(statuses))})"
        " AND (author = ? OR (status <> ? AND ?))",
        uuid, who.organisation, *statuses, who.user, CART, who.may("orders.company"),
    )  # fmt: skip
    if found is None:
        raise Missing(f"order {uuid}")
    return int(found[0])


async def cart_of(who: Person, uuid: str, now: datetime) -> Cart:
    """Everything about a cart or a draft as of now. Inside reading() or writing()."""
    owner = await shop()
    today = owner.today(now)
    row = await fetch_one(
        "SELECT id, status, agreement, counterparty, contract, delivery_method, delivery_address, delivery_date,"
        " partner_number, comment FROM orders WHERE uuid = ? AND organisation = ?",
        uuid, who.organisation,
    )  # fmt: skip
    details = Details(*row[2:]) if row else Details()
    agreements = await all_terms(who.partner, today)
    terms = chosen_of(agreements, details.agreement)
    lines, stock_at = await lines_of(row[0], terms, owner, today) if row else ((), None)
    offered = await offered_to(who.partner, agreements, terms, details, today)
    details = settled(details, terms, offered)
    problems = (*problems_of(details, offered, terms), *_too_late(details, today), *_too_small(lines, terms))
    return Cart(uuid, row[1] if row else CART, lines, details, offered, terms, problems, stock_at)


def _too_late(details: Details, today: date) -> tuple[str, ...]:
    is_past = details.delivery_date is not None and details.delivery_date < today
    return ("Дата доставки уже прошла: выберите другую.",) if is_past else ()


def _too_small(lines: tuple[Line, ...], terms: Terms | None) -> tuple[str, ...]:
    less = terms.min_order_sum - sum(line.sum for line in lines) if terms and lines else 0
    return (f"До минимальной суммы заказа не хватает {roubles(less).replace('.', ',')} руб.",) if less > 0 else ()
