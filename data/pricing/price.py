"""Which price holds: one function for the catalogue, the cart, the order and every paper (exchange protocol 3)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from data.database import fetch
from data.numbers import half_up, less_percent
from data.partners.terms import Terms

BASE = 1000  # thousandths of a unit in one base unit


@dataclass(frozen=True)
class Priced:
    """Kopecks for ``per`` thousandths of a base unit: for one base unit, or for one pack that has its own price."""

    kopecks: int
    per: int = BASE

    def of(self, quantity: int) -> int:
        """Kopecks for a quantity in thousandths, rounded half up once."""
        return half_up(self.kopecks * quantity, self.per)

    @property
    def of_unit(self) -> int:
        """Kopecks for one base unit."""
        return self.of(BASE)


@dataclass
class ProductPrices:
    """Everything that is priced of one product for one agreement, as of one day."""

    discount: int = 0
    typed: dict[tuple[str, str], int] = field(default_factory=dict)
    personal: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)

    def holds(self, variant: str = "", pack: str = "", factors: dict[str, int] | None = None) -> Priced | None:
        """The price that holds, or None: «Цена по запросу». ``factors``: thousandths of a base unit in each pack."""
        price, off = self.personal.get(variant) or self.personal.get("") or (None, None)
        if price is not None:
            return Priced(price)
        by_type = self._by_type(variant, pack, factors or {})
        if by_type is None or not off:
            return by_type
        return Priced(less_percent(by_type.kopecks, off), by_type.per)

    def _by_type(self, variant: str, pack: str, factors: dict[str, int]) -> Priced | None:
        found = self._listed(variant, pack, factors)
        if found is None or not self.discount:
            return found
        return Priced(less_percent(found.kopecks, self.discount), found.per)

    def _listed(self, variant: str, pack: str, factors: dict[str, int]) -> Priced | None:
        if pack and factors.get(pack):
            for key in ((variant, pack), ("", pack)):
                if key in self.typed:
                    return Priced(self.typed[key], factors[pack])
        for key in ((variant, ""), ("", "")):
            if key in self.typed:
                return Priced(self.typed[key])
        packs = [(factors[p], k) for (v, p), k in self.typed.items() if v in ("", variant) and factors.get(p)]
        if not packs:
            return None
        factor, kopecks = min(packs)
        return Priced(kopecks, factor)


async def prices_of(products: Sequence[int], terms: Terms | None, today: date) -> dict[int, ProductPrices]:
    """The prices of these products (row ids) on these terms; empty for who has no agreement. Inside reading()."""
    found: dict[int, ProductPrices] = defaultdict(lambda: ProductPrices(discount=terms.discount if terms else 0))
    if terms is None or not products:
        return found
    marks = ",".join("?" * len(products))
    for product, variant, pack, price in await fetch(
        f"SELECT product, variant, pack, price FROM prices WHERE product IN ({marks}) AND price_type = ?"
        " AND valid_from <= ? ORDER BY valid_from",
        *products, terms.price_type, today,
    ):  # fmt: skip
        found[product].typed[variant, pack] = price
    for product, variant, price, discount in await fetch(
        f"SELECT product, variant, price, discount FROM personal_prices WHERE product IN ({marks}) AND agreement = ?"
        " AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to >= ?)"
        " ORDER BY valid_from",
        *products, terms.agreement, today, today,
    ):  # fmt: skip
        found[product].personal[variant] = (price, discount)
    return found
