"""The same goods counted in another pack: the quantity stays, made up to whole packs, and both are shown."""

from datetime import datetime

from data.access.person import Person
from data.database import fetch_one, reading
from data.errors import Missing
from data.numbers import units
from data.ordering.filling import Touched, Wanted, set_quantity
from data.ordering.orders import CART


async def switch_pack(who: Person, product: str, variant: str, pack: str, now: datetime) -> Touched:
    """Count this line of the cart in such packs, or in base units when ``pack`` is empty. Raises Missing, Refusal."""
    async with reading():
        found = await fetch_one(
            "SELECT l.quantity, k.factor FROM orders o JOIN order_lines l ON l.\"order\" = o.id"
            " JOIN products p ON p.uuid = l.product LEFT JOIN packs k ON k.uuid = ? AND k.product = p.id AND k.visible = 1"
            " WHERE o.author = ? AND o.organisation = ? AND o.status = ? AND l.product = ? AND l.variant = ?",
            pack, who.user, who.organisation, CART, product, variant,
        )  # fmt: skip
    if found is None or (pack and not found[1]):
        raise Missing(f"line of {product}")
    quantity, factor = found
    wanted = units(-(-quantity // factor) * 1000) if pack else units(quantity)
    return await set_quantity(who, Wanted(product, wanted, variant, pack), now)
