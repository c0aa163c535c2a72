"""The catalogue: goods in groups, search by name, article and barcode, the page of one product."""

from typing import Any
from urllib.parse import urlencode

from litestar import Controller, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from data import clock
from data.access.person import Person
from data.catalogue.tree import Group
from data.ordering.offers import product
from data.ordering.shelf import shelf
from data.ordering.summary import summary
from web.answers import AnyRequest, fragment, page, part
from web.badges import may_order
from web.people import needs, the_person
from web.rich_text import rich


class CatalogueController(Controller):
    path = "/catalogue"
    guards = (needs("catalogue"),)

    @get("/", name="catalogue")
    async def show(
        self, request: AnyRequest, group: FromQuery[str] = "", q: FromQuery[str] = "", after: FromQuery[str] = ""
    ) -> Template:
        who = the_person(request)
        found = await shelf(who, clock.now(), group=group, query=q, after=after)
        back = _above(found.crumbs[-2:-1]) if group else ""
        badges = {"cart": found.cart.count} if may_order(who) else {}
        return page("catalogue/list", shelf=found, cart=found.cart, badges=badges, back=back, **_seen_by(who))

    @get("/rows", name="catalogue:rows")
    async def rows(
        self, request: AnyRequest, group: FromQuery[str] = "", q: FromQuery[str] = "", after: FromQuery[str] = ""
    ) -> Template:
        """More rows, or those of another search: then the address of the page follows."""
        who = the_person(request)
        found = await shelf(who, clock.now(), group=group, query=q, after=after)
        asked = urlencode({name: value for name, value in (("group", group), ("q", q)) if value})
        headers = {} if after else {"HX-Replace-Url": f"/catalogue?{asked}" if asked else "/catalogue"}
        return fragment(part("catalogue_rows", shelf=found, **_seen_by(who)), headers=headers)

    @get("/{uuid:str}", name="catalogue:product")
    async def show_product(self, request: AnyRequest, uuid: FromPath[str]) -> Template:
        who = the_person(request)
        found = await product(who, uuid, clock.now())
        back = _above(found.crumbs[-1:])
        text = rich(found.card.description)
        beside = {**_seen_by(who), **await _cart_of(who)}
        return page("catalogue/product", found=found, description=text, back=back, **beside)


def _seen_by(who: Person) -> dict[str, Any]:
    return {"sees_prices": who.may("prices"), "may_order": may_order(who)}


async def _cart_of(who: Person) -> dict[str, Any]:
    if not may_order(who):
        return {"cart": None}
    cart = await summary(who)
    return {"cart": cart, "badges": {"cart": cart.count}}


def _above(crumbs: tuple[Group, ...]) -> str:
    """Where «Назад» leads: the group that is last of these, or the whole catalogue."""
    return f"/catalogue?group={crumbs[0].uuid}" if crumbs else "/catalogue"
