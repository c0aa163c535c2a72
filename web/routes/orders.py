"""Orders: the list, the card that refreshes itself, and what the partner and his manager decide on it."""

import hashlib
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from data import clock
from data.access.person import Person
from data.ordering import decisions, showing
from data.ordering.overview import counts
from data.ordering.showing import Page
from web.answers import AnyRequest, fragment, page, part
from web.badges import badges_of
from web.decided import card_page, card_parts, decided, terms_of
from web.forms import read_form
from web.people import needs, the_person

SEES = needs("orders.own", "orders.company", "orders.assigned")
Text = FromQuery[str]


class OrdersController(Controller):
    path = "/orders"
    guards = (SEES,)

    @get("/", name="orders")
    async def show_list(
        self, request: AnyRequest, status: Text = "", q: Text = "", after: Text = "", removed: Text = ""
    ) -> Template:
        who = the_person(request)
        asked = {"status": status, "q": q}
        found = await showing.orders(who, after=after, status=status, query=q)
        mark = "" if after else _mark(found)
        beside: dict[str, Any] = {"counts": await counts(who), "badges": await badges_of(who), "removed": removed}
        return page("orders/list", orders=found, asked=asked, used=_given(asked), seen=mark, **_for(who), **beside)

    @get("/rows", name="orders:rows")
    async def rows(self, request: AnyRequest, status: Text = "", q: Text = "", after: Text = "") -> Template:
        who = the_person(request)
        found = await showing.orders(who, after=after, status=status, query=q)
        used = _given({"status": status, "q": q})
        rows = part("order_rows", orders=found, asked=used, seen="", **_for(who))
        return fragment(rows, part("older_orders", orders=found, asked=used))

    @get("/fresh", name="orders:fresh")
    async def fresh(self, request: AnyRequest, status: Text = "", q: Text = "", seen: Text = "") -> Response[Any]:
        """The first rows again, or 204 while nothing has changed."""
        who = the_person(request)
        found = await showing.orders(who, status=status, query=q)
        if _mark(found) == seen:
            return Response(b"", status_code=204)
        used = _given({"status": status, "q": q})
        return fragment(part("order_rows", orders=found, asked=used, seen=_mark(found), **_for(who)))

    @get("/{uuid:str}", name="orders:show")
    async def show(self, request: AnyRequest, uuid: FromPath[str]) -> Template:
        return await card_page(the_person(request), uuid)

    @get("/{uuid:str}/card", name="orders:card")
    async def card(self, request: AnyRequest, uuid: FromPath[str], seen: Text = "", stage: Text = "") -> Response[Any]:
        """The card as it is now, or 204 while nothing has changed."""
        who = the_person(request)
        found = await showing.card(who, uuid)
        if found.seen == seen:
            return Response(b"", status_code=204)
        return fragment(*card_parts(who, found, stage=stage))

    @post("/{uuid:str}/confirmation", name="orders:confirm", guards=[needs("orders.own")], status_code=200)
    async def confirm(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        return await decided(request, uuid, decisions.confirm(who, uuid, terms_of(form), clock.now()))

    @post("/{uuid:str}/refusal", name="orders:refuse", guards=[needs("orders.own")], status_code=200)
    async def refuse(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        reason = form.get("reason")
        refusing = decisions.refuse(who, uuid, terms_of(form), reason, clock.now())
        return await decided(request, uuid, refusing, typed=reason)

    @post("/{uuid:str}/approval", name="orders:approve", guards=[needs("orders.decide")], status_code=200)
    async def approve(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        return await decided(request, uuid, decisions.approve(who, uuid, terms_of(form), clock.now()))

    @post("/{uuid:str}/decline", name="orders:decline", guards=[needs("orders.decide")], status_code=200)
    async def decline(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        reason = form.get("reason")
        declining = decisions.decline(who, uuid, terms_of(form), reason, clock.now())
        return await decided(request, uuid, declining, typed=reason)

    @post("/{uuid:str}/undo", name="orders:undo", guards=[needs("orders.decide")], status_code=200)
    async def undo(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        return await decided(request, uuid, decisions.undo(the_person(request), uuid, clock.now()))


def _mark(found: Page) -> str:
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _for(who: Person) -> dict[str, Any]:
    return {"for_staff": not who.is_partner}


def _given(asked: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if value}
