"""Prices by price type and stock by warehouse of the demo: some goods lack the one, some the other."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sync.demo_onec.goods import Object, packs, price, product_id, section_of, variants
from sync.demo_onec.ids import invented, register_row
from sync.demo_onec.sums import discounted, quantity, rubles

RETAIL, WHOLESALE, BULK = (invented("price_type", name) for name in ("retail", "wholesale", "bulk"))
MAIN, REGION = (invented("warehouse", name) for name in ("main", "region"))

LESS = {RETAIL: 0, WHOLESALE: 1500, BULK: 2200}
"""What each price type takes off the retail price, in hundredths of a percent."""

SINCE = "2026-01-01"


def prices(count: int) -> Iterator[Object]:
    for number in range(count):
        yield from _prices_of(number)


def stocks(count: int, as_of: datetime) -> Iterator[Object]:
    stamp = as_of.isoformat()
    for number in range(count):
        for warehouse in (MAIN, REGION):
            if warehouse == REGION and number % 3 == 2:
                continue
            yield from _stock_of(number, warehouse, as_of, stamp)


def price_row(product: str, variant: str | None, price_type: str, pack: str | None, kopecks: int) -> Object:
    """A register row and its id, which is made of its key fields."""
    data = {
        "product": product,
        "variant": variant,
        "price_type": price_type,
        "pack": pack,
        "price": rubles(kopecks),
        "currency": "RUB",
        "valid_from": SINCE,
    }
    return register_row("price", product, variant, price_type, pack), data


def stock_row(product: str, variant: str | None, warehouse: str, free: int, as_of: str) -> Object:
    """Free stock in thousandths of the base unit at a moment."""
    data: dict[str, Any] = {
        "product": product,
        "variant": variant,
        "warehouse": warehouse,
        "free": quantity(free),
        "expected": [],
    }
    return register_row("stock", product, variant, warehouse), {**data, "as_of": as_of}


def has_price(number: int, price_type: str) -> bool:
    """Every 97th good is priced by request for all, every 17th for the largest buyers."""
    return not (number % 97 == 50 or (price_type == BULK and number % 17 == 5))


def _prices_of(number: int) -> Iterator[Object]:
    product, retail = product_id(number), price(number)
    for price_type, less in LESS.items():
        if not has_price(number, price_type):
            continue
        value = discounted(retail, less)
        yield price_row(product, None, price_type, None, value)
        for variant in variants(number)[-1:]:
            yield price_row(product, variant["id"], price_type, None, discounted(value, -1000))
        if number % 23 == 6 and price_type == WHOLESALE:
            for pack in packs(number)[:1]:
                yield price_row(product, None, price_type, pack["id"], discounted(value * int(pack["factor"]), 300))


def _stock_of(number: int, warehouse: str, as_of: datetime, stamp: str) -> Iterator[Object]:
    dice = random.Random(number * 31 + (warehouse == REGION))
    step = 500 if section_of(number).multiple == "0.5" else 1000
    for variant in [entry["id"] for entry in variants(number)] or [None]:
        free = 0 if number % 11 == 7 else dice.randrange(3, 900) * step
        product = product_id(number)
        key, data = stock_row(product, variant, warehouse, free, stamp)
        if free == 0 and warehouse == MAIN:
            data["expected"] = [{"quantity": "120", "date": _in_a_week(as_of)}]
        yield key, data


def _in_a_week(moment: datetime) -> str:
    return (moment + timedelta(days=7)).date().isoformat()


def trade_facts() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Warehouses and price types."""
    return {
        "warehouse": [
            (MAIN, {"name": "Основной склад", "address": "г. Образцов, ул. Складская, 1"}),
            (REGION, {"name": "Региональный склад", "address": "г. Примерск, Заводской пр-д, 12"}),
        ],
        "price_type": [
            (RETAIL, {"name": "Розничная", "currency": "RUB", "vat_included": True}),
            (WHOLESALE, {"name": "Оптовая", "currency": "RUB", "vat_included": True}),
            (BULK, {"name": "Крупный опт", "currency": "RUB", "vat_included": True}),
        ],
    }
