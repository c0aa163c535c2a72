"""Drafts: brought back into the cart, thrown away and back, or placed as they are."""

from typing import Any

from litestar import Controller, Response, post
from litestar.params import FromPath

from data import clock
from data.errors import Refusal
from data.ordering import placing
from data.ordering.placing import Moved
from web.answers import AnyRequest, redirect
from web.decided import card_page
from web.forms import read_form
from web.people import needs, the_person
from web.routes.cart import moved_page


class DraftsController(Controller):
    path = "/orders/{uuid:str}"
    guards = (needs("orders.own"),)

    @post("/editing", name="drafts:edit", status_code=200)
    async def edit(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        await placing.edit_draft(the_person(request), uuid, clock.now())
        return redirect(request, "/cart")

    @post("/removal", name="drafts:remove", status_code=200)
    async def remove(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        await placing.delete_draft(the_person(request), uuid)
        return redirect(request, f"/orders?removed={uuid}")

    @post("/return", name="drafts:restore", status_code=200)
    async def restore(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        await placing.restore_draft(the_person(request), uuid)
        return redirect(request, f"/orders/{uuid}")

    @post("/placing", name="drafts:place", status_code=200)
    async def place(self, request: AnyRequest, uuid: FromPath[str]) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        try:
            placed = await placing.place(who, uuid, clock.now(), seen=form.get("seen"))
        except Refusal as refusal:
            return await card_page(who, uuid, status=422, notice=refusal.text)
        if isinstance(placed, Moved):
            return moved_page(placed, f"/orders/{uuid}/placing", back=f"/orders/{uuid}")
        return redirect(request, f"/orders/{uuid}")
