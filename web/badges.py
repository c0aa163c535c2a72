"""The numbers on the sections at the bottom of the page."""

from data.access.person import Person
from data.ordering.overview import waiting
from data.ordering.summary import summary


async def badges_of(who: Person) -> dict[str, int]:
    """Positions in the cart for who orders, orders that wait for who decides."""
    if may_order(who):
        return {"cart": (await summary(who)).count}
    if who.may("orders.decide"):
        return {"desk": await waiting(who)}
    return {}


def may_order(who: Person) -> bool:
    """Orders for a partner: sees prices and has a cart."""
    return who.is_partner and {"catalogue", "prices", "orders.own"} <= who.rights
