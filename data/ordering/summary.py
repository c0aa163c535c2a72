"""How much is in the cart: for the widget, the bar and the badge."""

from dataclasses import dataclass

from data.access.person import Person
from data.database import fetch_one, reading
from data.ordering.orders import CART


@dataclass(frozen=True)
class Summary:
    """«Корзина: 0 на сумму 0.00 руб.»: positions and kopecks as of the last tap; ``uuid`` is empty with no goods."""

    count: int = 0
    total: int = 0
    uuid: str = ""


async def summary(who: Person) -> Summary:
    """For the widget, the bar and the badge."""
    async with reading():
        return await summary_of(who)


async def summary_of(who: Person) -> Summary:
    """Inside reading() or writing()."""
    found = await fetch_one(
        "SELECT count(*), coalesce(sum(l.sum), 0), coalesce(max(o.uuid), '') FROM orders o"
        ' JOIN order_lines l ON l."order" = o.id'
        " WHERE o.author = ? AND o.organisation = ? AND o.status = ?",
        who.user, who.organisation, CART,
    )  # fmt: skip
    return Summary(*found) if found else Summary()
