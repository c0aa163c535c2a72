"""Taps on a stepper: the wanted quantity comes, the row it stood in goes back with the cart's new sums."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Response, post

from data import clock
from data.access.person import Person
from data.errors import Missing, Refusal
from data.numbers import units
from data.ordering import cart, offers, shelf
from data.ordering.cart_line import Line
from data.ordering.filling import NotMultiple, Wanted, remove_line, set_quantity
from data.ordering.packing import switch_pack
from data.ordering.summary import summary
from web.answers import AnyRequest, fragment, page, part, redirect, wants_fragment
from web.badges import may_order
from web.errors import came_from
from web.forms import Form, read_form
from web.people import needs, the_person

Part = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Refused:
    """What was typed and why it cannot be; ``near``: thousandths that would fit."""

    typed: str | None = None
    error: str = ""
    near: tuple[int, ...] = ()


class CartLinesController(Controller):
    path = "/cart/lines"
    guards = (needs("orders.own"),)

    @post("/", name="cart:quantity", status_code=200)
    async def set_quantity(self, request: AnyRequest) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        wanted = Wanted(form.get("product"), _typed(form), form.get("variant"), form.get("pack"))
        before = await _line_of(who, wanted) if form.get("from") == "cart" else None
        try:
            await _put(who, wanted, form.get("into"))
        except Refusal as refusal:
            return await _refused(request, form, wanted, refusal)
        if not wants_fragment(request):
            return redirect(request, _page_of(request, form, wanted))
        return await _touched(request, who, form.get("from"), wanted, before)

    @post("/removal", name="cart:remove", status_code=200)
    async def remove(self, request: AnyRequest) -> Response[Any]:
        who, form = the_person(request), await read_form(request)
        n = form.get("n")
        shown = await cart.show(who, clock.now())
        line = next((one for one in shown.lines if str(one.n) == n), None)
        if line is None and form.get("uuid") != shown.uuid:
            raise Missing(f"line {n}")
        if line is not None:
            await remove_line(who, form.get("uuid"), line.n)
        if not wants_fragment(request):
            return redirect(request, "/cart")
        return await _removed(request, who, line)


def _typed(form: Form) -> str:
    """A button says how much to take; without one, the field does."""
    return form.get("take") or form.get("quantity")


async def _put(who: Person, wanted: Wanted, into: str) -> None:
    if into:
        await switch_pack(who, wanted.product, wanted.variant, "" if into == "units" else into, clock.now())
    else:
        await set_quantity(who, wanted, clock.now())


async def _touched(request: AnyRequest, who: Person, source: str, wanted: Wanted, before: Line | None) -> Response[Any]:
    if source == "cart" and await _line_of(who, wanted) is None:
        return await _removed(request, who, before)
    row = await _row(who, source, wanted, Refused())
    return fragment(row, *await _beside(who, source, _said(row)))


async def _removed(request: AnyRequest, who: Person, line: Line | None) -> Response[Any]:
    """The line goes away; a toast can put it back."""
    if not (await summary(who)).count:
        return redirect(request, "/cart")
    gone = [part("removed_line", line=line)] if line else []
    return fragment(*gone, *await _beside(who, "cart", "Товар убран из корзины"))


async def _beside(who: Person, source: str, said: str) -> list[Part]:
    """What else on the page shows the cart."""
    held = await summary(who)
    sums = part("cart_bar", cart=held, oob=True)
    if source == "cart":
        sums = part("cart_totals", cart=await cart.show(who, clock.now()), oob=True)
    return [sums, part("badge", name="cart", number=held.count, oob=True), part("live", text=said)]


async def _refused(request: AnyRequest, form: Form, wanted: Wanted, refusal: Refusal) -> Response[Any]:
    who, source = the_person(request), form.get("from")
    near = (refusal.lower, refusal.upper) if isinstance(refusal, NotMultiple) and not wanted.pack else ()
    row = await _row(who, source, wanted, Refused(_typed(form), refusal.text, tuple(one for one in near if one)))
    if wants_fragment(request):
        return fragment(row, part("live", text=refusal.text), status=422)
    return page("cart/quantity", status=422, row=row, again=_page_of(request, form, wanted))


async def _row(who: Person, source: str, wanted: Wanted, refused: Refused) -> Part:
    """The row the stepper stood in. Raises Missing."""
    seen = {"sees_prices": who.may("prices"), "may_order": may_order(who)}
    told = {"typed": refused.typed, "error": refused.error, "near": refused.near}
    if source == "cart":
        shown = await cart.show(who, clock.now())
        for line in shown.lines:
            if (line.product, line.variant) == (wanted.product, wanted.variant):
                return part("cart_line", line=line, uuid=shown.uuid, **told)
    if source == "product":
        offer = await offers.offer(who, wanted.product, wanted.variant, clock.now())
        return part("product_offer", offer=offer, **seen, **told)
    return part("catalogue_row", item=await shelf.item(who, wanted.product, clock.now()), **seen, **told)


async def _line_of(who: Person, wanted: Wanted) -> Line | None:
    lines = (await cart.show(who, clock.now())).lines
    return next((one for one in lines if (one.product, one.variant) == (wanted.product, wanted.variant)), None)


def _said(row: Part) -> str:
    shown = row[1].get("item") or row[1].get("offer") or row[1]["line"]
    return f"{shown.name}: {units(shown.quantity).replace('.', ',')} {shown.unit}"


def _page_of(request: AnyRequest, form: Form, wanted: Wanted) -> str:
    """The page the plain form stood on, at its row."""
    if form.get("from") == "cart":
        return "/cart"
    source = form.get("from")
    usual = f"/catalogue/{wanted.product}" if source == "product" else "/catalogue"
    before = came_from(request).split("#")[0]
    back = before if before.partition("?")[0] == usual else usual
    return f"{back}#offer-{wanted.variant or wanted.product}" if source == "product" else f"{back}#row-{wanted.product}"
