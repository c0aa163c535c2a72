"""What this person may buy of one product: each variant with his price, why it is this one, the stock and his cart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.access.person import Person
from data.catalogue.card import ProductCard, card_of
from data.catalogue.free_stock import stock_of
from data.catalogue.parts import VariantFacts
from data.catalogue.tree import Group, crumbs_of
from data.database import fetch, fetch_one, reading
from data.errors import Missing
from data.ordering.shelf import Basis, basis_of
from data.partners.terms import Terms
from data.pricing.price import ProductPrices, prices_of


@dataclass(frozen=True)
class Offer:
    """The product, or one of its variants. Kopecks per base unit; thousandths of a base unit."""

    product: str
    variant: str
    name: str
    article: str
    unit: str
    multiple: int
    min_quantity: int
    price: int | None
    stock: int | None
    quantity: int

    @property
    def step(self) -> int:
        """By how much the stepper moves."""
        return self.multiple or 1000


@dataclass(frozen=True)
class Place:
    """Free thousandths in one warehouse; ``variant`` is its name, or empty."""

    warehouse: str
    variant: str
    free: int


@dataclass(frozen=True)
class Shown:
    """The product page; ``price_type`` names where the price comes from, empty when there is none."""

    card: ProductCard
    crumbs: tuple[Group, ...]
    offers: tuple[Offer, ...]
    places: tuple[Place, ...]
    terms: Terms | None
    price_type: str
    stock_at: datetime | None


async def product(who: Person, uuid: str, now: datetime) -> Shown:
    """Everything on the product page. Raises Missing."""
    async with reading():
        card = await card_of(uuid)
        basis = await basis_of(who, now)
        crumbs = await _crumbs(card.group)
        offers, stock_at = await _offers(card, basis)
        places = await _places(card, basis.terms.warehouse if basis.terms else "")
        price_type = await _price_type(basis.terms)
    return Shown(card, crumbs, offers, places, basis.terms, price_type, stock_at)


async def offer(who: Person, uuid: str, variant: str, now: datetime) -> Offer:
    """The product or one variant of it. Raises Missing."""
    async with reading():
        offers, _ = await _offers(await card_of(uuid), await basis_of(who, now))
    for one in offers:
        if one.variant == variant:
            return one
    raise Missing(f"variant {variant}")


async def _crumbs(group: str) -> tuple[Group, ...]:
    try:
        return (await crumbs_of(group))[0]
    except Missing:  # a product outlives its group
        return ()


async def _offers(card: ProductCard, basis: Basis) -> tuple[tuple[Offer, ...], datetime | None]:
    prices = (await prices_of([card.id], basis.terms, basis.shop.today(basis.now)))[card.id]
    free, stock_at = await stock_of([card.id], basis.terms.warehouse if basis.terms else "")
    kinds: Sequence[VariantFacts] = card.variants or (VariantFacts("", card.name, card.article),)
    return tuple(_offer(card, kind, prices, free, basis) for kind in kinds), stock_at


def _offer(
    card: ProductCard, kind: VariantFacts, prices: ProductPrices, free: dict[tuple[int, str], int], basis: Basis
) -> Offer:
    priced = prices.holds(kind.uuid)
    stock = free.get((card.id, kind.uuid), free.get((card.id, "")))
    quantity = basis.cart.get((card.uuid, kind.uuid), 0)
    price = priced.of_unit if priced else None
    return Offer(
        card.uuid,
        kind.uuid,
        kind.name,
        kind.article,
        card.unit,
        card.multiple,
        card.min_quantity,
        price,
        stock,
        quantity,
    )


async def _places(card: ProductCard, warehouse: str) -> tuple[Place, ...]:
    rows = await fetch(
        "SELECT w.name, coalesce(v.name, ''), s.free FROM stock s JOIN warehouses w ON w.uuid = s.warehouse"
        " LEFT JOIN variants v ON v.uuid = s.variant WHERE s.product = ? AND w.visible = 1 AND (? = '' OR w.uuid = ?)"
        " ORDER BY w.name, v.id",
        card.id, warehouse, warehouse,
    )  # fmt: skip
    return tuple(Place(*row) for row in rows)


async def _price_type(terms: Terms | None) -> str:
    found = await fetch_one("SELECT name FROM price_types WHERE uuid = ?", terms.price_type) if terms else None
    return str(found[0]) if found else ""
