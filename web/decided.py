"""How a decision on an order is answered: its card as it has become, or as it is now when it could not be made."""

from collections.abc import Awaitable
from typing import Any

from litestar import Response
from litestar.response import Template

from data.access.person import Person
from data.errors import Refusal, Stale
from data.ordering import showing
from data.ordering.showing import Card
from web.answers import AnyRequest, fragment, page, part, redirect, wants_fragment
from web.badges import badges_of
from web.forms import Form
from web.people import the_person

Part = tuple[str, dict[str, Any]]


async def decided(request: AnyRequest, uuid: str, decision: Awaitable[None], *, typed: str = "") -> Response[Any]:
    """Make the decision. A stale one shows the fresh state, a refused one keeps what was typed."""
    who = the_person(request)
    try:
        await decision
    except Stale as stale:
        return await _fresh(request, who, uuid, status=409, notice=stale.text, typed=typed)
    except Refusal as refusal:
        if refusal.field == "reason":
            return await card_page(who, uuid, status=422, typed=typed, error=refusal.text)
        return await _fresh(request, who, uuid, status=422, notice=refusal.text, typed=typed)
    return await _fresh(request, who, uuid) if wants_fragment(request) else redirect(request, f"/orders/{uuid}")


async def card_page(
    who: Person, uuid: str, *, status: int = 200, notice: str = "", typed: str = "", error: str = ""
) -> Template:
    """The whole page of an order. Raises Missing."""
    card = await showing.card(who, uuid)
    shown = {"card": card, "notice": notice, "typed": typed, "error": error, "sees_documents": who.may("documents")}
    return page("orders/show", status=status, back="/orders", badges=await badges_of(who), **shown)


def card_parts(who: Person, card: Card, *, stage: str = "", notice: str = "") -> list[Part]:
    """The card and what stands beside it; the reason stays as it is being typed while the stage is the same."""
    parts = [
        part("order_card", card=card, notice=notice, sees_documents=who.may("documents")),
        part("order_trail", events=card.events, oob=True),
    ]
    if stage != f"{card.order.status}.{card.order.terms}":
        parts.append(part("order_refusal", order=card.order, typed="", error="", oob=True))
    return parts


def terms_of(form: Form) -> int:
    """The terms the person saw; -1, which no order has, when they are no number."""
    text = form.get("terms")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


async def _fresh(
    request: AnyRequest, who: Person, uuid: str, *, status: int = 200, notice: str = "", typed: str = ""
) -> Template:
    if not wants_fragment(request):
        return await card_page(who, uuid, status=status, notice=notice, typed=typed)
    parts = card_parts(who, await showing.card(who, uuid), notice=notice)
    badges = [part("badge", name=name, number=number, oob=True) for name, number in (await badges_of(who)).items()]
    said = notice or (await showing.order(who, uuid)).label
    return fragment(*parts, *badges, part("live", text=said), status=status)
