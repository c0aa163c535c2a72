"""A line of a cart or a draft at today's price and stock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.catalogue.free_stock import stock_of
from data.database import fetch
from data.numbers import units, vat_inside
from data.partners.terms import Terms
from data.pricing.price import Priced, ProductPrices, prices_of
from data.shop import Shop


@dataclass(frozen=True)
class PackChoice:
    uuid: str
    name: str
    factor: int


@dataclass(frozen=True)
class Line:
    """One line at today's price. Kopecks; thousandths of a base unit. ``was`` is the price when last touched."""

    n: int
    product: str
    variant: str
    name: str
    article: str
    unit: str
    quantity: int
    multiple: int
    min_quantity: int
    pack: str
    packs: int
    pack_choices: tuple[PackChoice, ...]
    vat: str
    priced: Priced | None
    was: int | None
    stock: int | None
    problem: str

    @property
    def price(self) -> int | None:
        return self.priced.of_unit if self.priced else None

    @property
    def sum(self) -> int:
        return self.priced.of(self.quantity) if self.priced else 0

    @property
    def vat_sum(self) -> int:
        return vat_inside(self.sum, self.vat)

    @property
    def price_moved(self) -> bool:
        return self.was is not None and self.was != self.price

    @property
    def is_short(self) -> bool:
        return self.quantity > (self.stock or 0)

    @property
    def enough(self) -> int:
        """The most that is in stock and fits the pack, in thousandths; 0 when nothing does."""
        fits = max(self.stock or 0, 0) // self.step * self.step
        return fits if fits >= self.min_quantity else 0

    @property
    def pack_name(self) -> str:
        return next((one.name for one in self.pack_choices if one.uuid == self.pack), "")

    @property
    def step(self) -> int:
        return self.multiple or 1000


async def lines_of(
    order: int, terms: Terms | None, shop: Shop, today: date
) -> tuple[tuple[Line, ...], datetime | None]:
    """The lines and the oldest time of their stock figures. Inside reading() or writing()."""
    rows = await fetch(
        "SELECT l.n, l.product, l.variant, coalesce(p.name, l.name), coalesce(nullif(v.article, ''), p.article, ''),"
        " coalesce(p.unit, l.unit), l.quantity, coalesce(p.multiple, 0), coalesce(p.min_quantity, 0), l.pack, l.packs,"
        " coalesce(p.vat, l.vat), l.price,"
        " p.id, p.visible, v.name, v.visible FROM order_lines l LEFT JOIN products p ON p.uuid = l.product"
        ' LEFT JOIN variants v ON v.uuid = l.variant WHERE l."order" = ? ORDER BY l.n',
        order,
    )
    ids = [row[13] for row in rows if row[13]]
    prices = await prices_of(ids, terms, today)
    free, stock_at = await stock_of(ids, terms.warehouse if terms else "")
    packs = await packs_of(ids)
    return tuple(_line(row, prices, free, packs, shop) for row in rows), stock_at


def _line(
    row: tuple[Any, ...],
    prices: dict[int, ProductPrices],
    free: dict[tuple[int, str], int],
    packs: dict[int, tuple[PackChoice, ...]],
    shop: Shop,
) -> Line:
    n, product, variant, name, article, unit, quantity, *rest = row[:11]
    vat, was, id_, visible, kind, is_kept = row[11:]
    choices = packs.get(id_, ())
    factors = {one.uuid: one.factor for one in choices}
    is_gone = not id_ or not visible or (variant and not is_kept)
    priced = None if is_gone or id_ not in prices else prices[id_].holds(variant, row[9], factors)
    stock = free.get((id_, variant), free.get((id_, "")) if variant else None)
    problem = ""
    if is_gone:
        problem = "Товар больше не продается. Удалите строку."
    elif priced is None:
        problem = "Цена по запросу: спросите менеджера или удалите строку."
    elif quantity > (stock or 0) and not shop.allow_over_stock:
        problem = f"Осталось {units(stock or 0)} {unit}. Уменьшите количество."
    full = f"{name}, {kind}" if kind else name
    facts = (n, product, variant, full, article, unit, quantity, *rest, choices, vat, priced, was, stock, problem)
    return Line(*facts)


async def packs_of(products: list[int]) -> dict[int, tuple[PackChoice, ...]]:
    """Packs by product row id, the smallest first. Inside reading() or writing()."""
    found: dict[int, tuple[PackChoice, ...]] = {}
    for product, uuid, name, factor in await fetch(
        f"SELECT product, uuid, name, factor FROM packs WHERE product IN ({','.join('?' * len(products))})"
        " AND visible = 1 AND factor > 0 ORDER BY factor",
        *products,
    ):
        found[product] = (*found.get(product, ()), PackChoice(uuid, name, factor))
    return found
