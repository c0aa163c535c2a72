"""The last touch of every page of a signed-in person: the shop's name and the numbers on the sections."""

from typing import Any

from litestar import Response

from web.answers import Page
from web.asked import NOW
from web.badges import badges_of
from web.brand import refresh


async def dress(response: Response[Any]) -> Response[Any]:
    """Runs after each route, before its page is drawn."""
    if isinstance(response, Page):
        await refresh()
        person = NOW.get().person
        if person and "badges" not in response.context:
            response.context["badges"] = await badges_of(person)
    return response
