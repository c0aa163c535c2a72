"""The last touch of every page of a signed-in person: the shop's name and the numbers on the sections."""

from typing import Any

from litestar import Response

from data.access.person import Person
from data.ordering import cart
from web.answers import Page
from web.asked import NOW
from web.brand import refresh
from web.navigation import sections_of


async def dress(response: Response[Any]) -> Response[Any]:
    """Runs after each route, before its page is drawn."""
    if isinstance(response, Page):
        await refresh()
        person = NOW.get().person
        if person and "badges" not in response.context:
            response.context["badges"] = await _badges_of(person)
    return response


async def _badges_of(person: Person) -> dict[str, int]:
    wanted = {section.badge for section in sections_of(person)}
    return {"cart": (await cart.summary(person)).count} if "cart" in wanted else {}
