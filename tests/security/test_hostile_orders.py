"""Whatever a form says, an order is placed once, on the partner's own terms and at his own prices."""

import asyncio
from collections import Counter

from data.database import fetch, reading
from tests.cabinet import field, text_of
from tests.ordering.world import LUTIK, ROMASHKA, uid

OF_LUTIK = {
    "partner": uid(LUTIK),
    "agreement": uid(f"{LUTIK} agreement"),
    "counterparty": uid(f"{LUTIK} ООО"),
    "contract": uid(f"{LUTIK} contract"),
    "seller": uid(LUTIK),
    "warehouse": uid(LUTIK),
    "delivery_method": "no-such",
    "price": "0.01",
    "sum": "0.01",
    "total": "0.01",
    "discount": "100",
}


async def rows(sql, *args):
    async with reading():
        return await fetch(sql, *args)


async def test_terms_of_another_partner_are_neither_shown_nor_ordered_on(anna):
    await anna.put("Болт", "20", price="0.01", discount="100")
    cart = field(await anna.get("/cart"), "uuid")

    await anna.post("/cart/details", data={**OF_LUTIK, "uuid": cart})
    shown = await anna.get("/cart")
    placed = await anna.post("/cart/order", data={**OF_LUTIK, "uuid": cart, "seen": field(shown, "seen")})

    assert LUTIK not in text_of(shown)
    assert placed.status_code == 303
    [order] = await rows("SELECT partner, agreement, counterparty, contract, delivery_method, total FROM orders")
    assert order == (uid(ROMASHKA), uid(f"{ROMASHKA} agreement"), uid(f"{ROMASHKA} ООО"), "", "pickup", 200_000)


async def test_a_draft_tells_nothing_of_another_partner(anna):
    await anna.put("Болт", "20")
    cart = field(await anna.get("/cart"), "uuid")

    await anna.post("/cart/draft", data={**OF_LUTIK, "uuid": cart})

    assert LUTIK not in text_of(await anna.get(f"/orders/{cart}"))


async def test_fifty_taps_at_once_are_one_order(anna):
    await anna.put("Болт", "20")
    shown = await anna.get("/cart")
    form = {"uuid": field(shown, "uuid"), "seen": field(shown, "seen")}

    answers = await asyncio.gather(*[anna.post("/cart/order", data=form) for _ in range(50)])

    assert Counter((one.status_code, one.headers["Location"]) for one in answers) == {
        (303, f"/orders/{form['uuid']}"): 50
    }
    assert await rows("SELECT op, object FROM queue") == [("create", form["uuid"])]


async def test_taps_on_one_stepper_at_once_leave_one_line_of_one_cart(anna):
    await asyncio.gather(*[anna.put("Болт", str(10 * n)) for n in range(1, 40)])

    assert await rows('SELECT count(*), count(DISTINCT "order") FROM order_lines') == [(1, 1)]
    assert await rows("SELECT count(*) FROM orders") == [(1,)]
