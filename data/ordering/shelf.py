"""The shelf: goods as this person may buy them, with his price, the stock and its age, and what is in his cart."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.access.person import Person
from data.catalogue.free_stock import stock_of
from data.catalogue.search import find
from data.catalogue.tree import Group, below, crumbs_of
from data.catalogue.words import words_of
from data.database import fetch, fetch_one, reading
from data.errors import Missing
from data.ordering.orders import CART
from data.ordering.summary import Summary
from data.partners.terms import Terms, terms
from data.pricing.price import prices_of
from data.shop import Shop, shop

PAGE = 40  # rows on one page: front-end 3.1
END = "\U0010ffff"  # sorts after every path below a group
Row = tuple[Any, ...]  # of FIELDS
FIELDS = (
    "p.id, p.uuid, p.name, p.article, p.unit, p.multiple, p.min_quantity, p.image, p.path, p.sort_name,"
    " (SELECT count(*) FROM variants v WHERE v.product = p.id AND v.visible = 1)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the catalogue. Kopecks per base unit; thousandths of a base unit."""

    uuid: str
    name: str
    article: str
    unit: str
    multiple: int
    min_quantity: int
    image: str
    variants: int
    price: int | None
    stock: int | None
    quantity: int

    @property
    def step(self) -> int:
        """By how much the stepper moves."""
        return self.multiple or 1000


@dataclass(frozen=True)
class Shelf:
    """One page of goods; ``after`` is the cursor of the next one, ``stock_at`` the age of its figures."""

    items: tuple[Item, ...]
    after: str
    group: str
    crumbs: tuple[Group, ...]
    groups: tuple[Group, ...]
    query: str
    terms: Terms | None
    stock_at: datetime | None
    cart: Summary


@dataclass(frozen=True)
class Basis:
    """What a page of goods is reckoned on, found once for the page."""

    who: Person
    shop: Shop
    terms: Terms | None
    now: datetime
    cart: dict[tuple[str, str], int]
    summary: Summary


async def shelf(who: Person, now: datetime, *, group: str = "", query: str = "", after: str = "") -> Shelf:
    """One page of the catalogue. Raises Missing for a group that is not there."""
    async with reading():
        basis = await basis_of(who, now)
        crumbs, path = await crumbs_of(group)
        rows, cursor = await (_found(query, path, after) if words_of(query) else _listed(path, after))
        items, stock_at = await _items(rows, basis)
        groups = await below(group)
    return Shelf(items, cursor, group, crumbs, groups, query, basis.terms, stock_at, basis.summary)


async def item(who: Person, uuid: str, now: datetime) -> Item:
    """One row of the catalogue. Raises Missing."""
    async with reading():
        return await item_of(await basis_of(who, now), uuid)


async def item_of(basis: Basis, uuid: str) -> Item:
    """Inside reading() or writing(). Raises Missing."""
    rows = await fetch(f"SELECT {FIELDS} FROM products p WHERE p.uuid = ? AND p.visible = 1", uuid)
    items, _ = await _items(rows, basis)
    if not items:
        raise Missing(f"product {uuid}")
    return items[0]


async def basis_of(who: Person, now: datetime) -> Basis:
    """Inside reading() or writing()."""
    owner = await shop()
    cart = await fetch_one(
        "SELECT id, agreement, uuid FROM orders WHERE author = ? AND organisation = ? AND status = ?",
        who.user, who.organisation, CART,
    )  # fmt: skip
    chosen = await terms(who.partner, owner.today(now), cart[1] if cart else "") if who.may("prices") else None
    lines = (
        await fetch('SELECT product, variant, quantity, sum FROM order_lines WHERE "order" = ?', cart[0])
        if cart
        else []
    )
    summary = Summary(len(lines), sum(line[3] for line in lines), cart[2] if cart and lines else "")
    return Basis(who, owner, chosen, now, {(line[0], line[1]): line[2] for line in lines}, summary)


async def _listed(path: str, after: str) -> tuple[list[Row], str]:
    start = _cursor(after) or [path, "", 0]
    rows = await fetch(
        f"SELECT {FIELDS} FROM products p WHERE p.visible = 1 AND (p.path, p.sort_name, p.id) > (?, ?, ?)"
        " AND p.path < ? ORDER BY p.path, p.sort_name, p.id LIMIT ?",
        *start, path + END, PAGE + 1,
    )  # fmt: skip
    more = len(rows) > PAGE
    last = rows[PAGE - 1] if more else None
    return rows[:PAGE], json.dumps([last[8], last[9], last[0]], ensure_ascii=False) if last else ""


async def _found(query: str, path: str, after: str) -> tuple[list[Row], str]:
    skip = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0
    ids = await find(query)
    page = ids[skip : skip + PAGE]
    marks = ",".join("?" * len(page))
    rows = await fetch(
        f"SELECT {FIELDS} FROM products p WHERE p.id IN ({marks}) AND p.visible = 1 AND p.path >= ? AND p.path < ?",
        *page, path, path + END,
    )  # fmt: skip
    order = {one: place for place, one in enumerate(page)}
    return sorted(rows, key=lambda row: order[row[0]]), str(skip + PAGE) if len(ids) > skip + PAGE else ""


async def _items(rows: list[Row], basis: Basis) -> tuple[tuple[Item, ...], datetime | None]:
    ids = [row[0] for row in rows]
    prices = await prices_of(ids, basis.terms, basis.shop.today(basis.now))
    free, stock_at = await stock_of(ids, basis.terms.warehouse if basis.terms else "")
    totals: dict[int, int] = {}
    for (product, _), quantity in free.items():
        totals[product] = totals.get(product, 0) + quantity
    items = []
    for id_, uuid, name, article, unit, multiple, least, image, _, _, variants in rows:
        priced = prices[id_].holds() if id_ in prices else None
        price = priced.of_unit if priced else None
        if price is None and basis.shop.hide_unpriced and basis.who.is_partner and not variants:
            continue
        quantity = basis.cart.get((uuid, ""), 0)
        items.append(
            Item(uuid, name, article, unit, multiple, least, image, variants, price, totals.get(id_), quantity)
        )
    return tuple(items), stock_at


def _cursor(text: str) -> list[str | int] | None:
    """The cursor of a list, or None when it is not one of ours: then the list starts at its beginning."""
    try:
        path, name, id_ = json.loads(text)
    except (ValueError, TypeError):
        return None
    if isinstance(path, str) and isinstance(name, str) and type(id_) is int and abs(id_) < 2**63:
        return [path, name, id_]
    return None
