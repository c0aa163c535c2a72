"""The cart: its lines, what is chosen beside them, and the two buttons «Сохранить заказ» and «Оформить заказ»."""

from contextlib import suppress
from dataclasses import fields
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.response import Template

from data import clock
from data.access.person import Person
from data.errors import Missing, Refusal
from data.ordering import cart
from data.ordering.cart_details import Details
from data.ordering.filling import set_details
from data.ordering.placing import Moved, place, save_draft
from data.ordering.summary import summary
from web.answers import AnyRequest, fragment, page, part, redirect, wants_fragment
from web.forms import Form, read_form
from web.people import needs, the_person


class CartController(Controller):
    path = "/cart"
    guards = (needs("orders.own"),)

    @get("/", name="cart")
    async def show(self, request: AnyRequest) -> Template:
        return await _cart_page(the_person(request))

    @get("/bar", name="cart:bar")
    async def bar(self, request: AnyRequest) -> Template:
        found = await summary(the_person(request))
        return fragment(part("cart_bar", cart=found), part("badge", name="cart", number=found.count, oob=True))

    @post("/details", name="cart:details", status_code=200)
    async def details(self, request: AnyRequest) -> Response[Any]:
        """What was chosen and written is kept at once; what hangs on the choice is drawn anew."""
        who, form = the_person(request), await read_form(request)
        before = await cart.show(who, clock.now())
        try:
            await _keep(who, form)
        except Refusal as refusal:
            return await _not_kept(request, who, form, refusal)
        if not wants_fragment(request):
            return redirect(request, "/cart")
        return await _kept(request, who, before)

    @post("/draft", name="cart:save", status_code=200)
    async def save(self, request: AnyRequest) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        try:
            await _keep(who, form)
            saved = await save_draft(who, form.get("uuid"), clock.now())
        except Refusal as refusal:
            return await _cart_page(who, status=422, refusal=refusal, typed=form.as_typed())
        return redirect(request, f"/orders/{saved.uuid}")

    @post("/order", name="cart:order", status_code=200)
    async def order(self, request: AnyRequest) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        try:
            await _keep(who, form)
            placed = await place(who, form.get("uuid"), clock.now(), seen=form.get("seen"))
        except Refusal as refusal:
            return await _cart_page(who, status=422, refusal=refusal, typed=form.as_typed())
        if isinstance(placed, Moved):
            return moved_page(placed, "/cart/order", back="/cart")
        return redirect(request, f"/orders/{placed.uuid}")


def moved_page(moved: Moved, action: str, *, back: str) -> Template:
    """The difference screen: what moved since the person put it in, and the same button once more."""
    return page("cart/moved", status=409, cart=moved.cart, action=action, back=back)


async def _cart_page(
    who: Person, *, status: int = 200, refusal: Refusal | None = None, typed: dict[str, str] | None = None
) -> Template:
    found = await cart.show(who, clock.now())
    shown = {**_texts(found.details), **(typed or {})}
    badges = {"cart": len(found.lines)}
    return page("cart/show", status=status, cart=found, shown=shown, refusal=refusal, badges=badges)


async def _keep(who: Person, form: Form) -> None:
    """Keep what came beside the goods; the bar in the catalogue sends none of it. Raises Refusal."""
    if "delivery_method" not in form:
        return
    texts = {field.name: form.get(field.name).strip() for field in fields(Details)}
    day = _day(texts.pop("delivery_date"))
    with suppress(Missing):  # placed meanwhile in another tab: placing it again will say so
        await set_details(who, form.get("uuid"), Details(**texts, delivery_date=day))


def _day(text: str) -> date | None:
    """The day a browser sends, or one typed by hand as 25.12.2026."""
    if not text:
        return None
    try:
        parts = text.split(".")
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(text)
    except ValueError:
        raise Refusal("Дата доставки: укажите день, месяц и год, например 25.12.2026.", "delivery_date") from None


async def _kept(request: AnyRequest, who: Person, before: cart.Cart) -> Response[Any]:
    found = await cart.show(who, clock.now())
    parts = [part("cart_totals", cart=found), part("details_error", text="", oob=True)]
    if (found.details.agreement, found.details.counterparty) != (before.details.agreement, before.details.counterparty):
        parts.append(part("cart_choices", cart=found, shown=_texts(found.details), oob=True))
        parts.append(part("cart_lines", cart=found, oob=True))
    return fragment(*parts)


async def _not_kept(request: AnyRequest, who: Person, form: Form, refusal: Refusal) -> Response[Any]:
    if not wants_fragment(request):
        return await _cart_page(who, status=422, refusal=refusal, typed=form.as_typed())
    totals = part("cart_totals", cart=await cart.show(who, clock.now()))
    return fragment(totals, part("details_error", text=refusal.text, oob=True), status=422)


def _texts(details: Details) -> dict[str, str]:
    return {field.name: str(getattr(details, field.name) or "") for field in fields(Details)}
