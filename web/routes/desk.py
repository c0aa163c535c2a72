"""The manager's desk: «Входящие заказы», each confirmed in place and for some seconds taken back."""

import hashlib
from collections.abc import Awaitable
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from data import clock
from data.errors import Stale
from data.ordering import decisions, showing
from data.ordering.overview import Entry, entry, inbox
from web.answers import AnyRequest, fragment, page, part, redirect, wants_fragment
from web.badges import badges_of
from web.decided import card_page, terms_of
from web.forms import read_form
from web.people import needs, the_person


class DeskController(Controller):
    path = "/desk"
    guards = (needs("orders.decide"),)

    @get("/", name="desk")
    async def show(self, request: AnyRequest) -> Template:
        who = the_person(request)
        badges = await badges_of(who)
        return page("desk/show", badges=badges, **_shown(await inbox(who), badges.get("desk", 0)))

    @get("/cards", name="desk:cards")
    async def cards(self, request: AnyRequest, seen: FromQuery[str] = "") -> Response[Any]:
        """The inbox as it is now, or 204 while nothing has changed."""
        who = the_person(request)
        number = (await badges_of(who)).get("desk", 0)
        shown = _shown(await inbox(who), number)
        if shown["seen"] == seen:
            return Response(b"", status_code=204)
        return fragment(part("desk_cards", **shown), part("badge", name="desk", number=number, oob=True))

    @post("/{uuid:str}/approval", name="desk:approve", status_code=200)
    async def approve(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        return await _decided(request, uuid, decisions.approve(who, uuid, terms_of(form), clock.now()))

    @post("/{uuid:str}/undo", name="desk:undo", status_code=200)
    async def undo(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        return await _decided(request, uuid, decisions.undo(the_person(request), uuid, clock.now()))


async def _decided(request: AnyRequest, uuid: str, decision: Awaitable[None]) -> Response[Any]:
    who, status, notice = the_person(request), 200, ""
    try:
        await decision
    except Stale as stale:
        status, notice = 409, stale.text
    if not wants_fragment(request):
        return await card_page(who, uuid, status=409, notice=notice) if notice else redirect(request, "/desk")
    card = part("desk_card", entry=await entry(who, await showing.order(who, uuid)), notice=notice)
    number = (await badges_of(who)).get("desk", 0)
    return fragment(card, part("badge", name="desk", number=number, oob=True), part("live", text=notice), status=status)


def _shown(entries: tuple[Entry, ...], waiting: int) -> dict[str, Any]:
    """Looked at more often while a decision is on its way; ``further`` orders wait that are not among these."""
    is_moving = any(one.order.sending for one in entries)
    further = max(0, waiting - sum(one.order.may_decide for one in entries))
    mark = hashlib.sha256(repr((entries, further)).encode()).hexdigest()[:16]
    return {"entries": entries, "further": further, "seen": mark, "every": 5 if is_moving else 20}
