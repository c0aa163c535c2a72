"""The cart on its pages: quantities, packs, what is chosen beside the goods, what has changed since."""

import re

from data.database import execute, writing
from tests.cabinet import HTMX, beside, filled, queued, text_of
from tests.ordering.world import UNIT, agreement, set_price, set_stock, take, uid


async def test_an_empty_cart_leads_to_the_catalogue(anna):
    shown = await anna.get("/cart")

    assert "Корзина пуста" in shown.text and 'href="/catalogue"' in shown.text


async def test_the_cart_shows_lines_sums_and_vat_by_rate(anna):
    async with writing():
        await take("product", "Гайка", name="Гайка", unit=UNIT, vat="10", visible=True)
    await anna.put("Болт", "20")
    await anna.put("Гайка", "10")

    read = text_of(await anna.get("/cart"))

    assert "Товары, 2 позиции 2 012,70 ₽" in read
    assert "в том числе НДС 22 % 360,66 ₽" in read and "в том числе НДС 10 % 1,15 ₽" in read
    assert "Соглашение Ромашка" in read and "ООО Ромашка" in read


async def test_a_tap_in_the_cart_answers_the_line_and_the_totals(anna):
    await anna.put("Болт", "20")

    tapped = await anna.put("Болт", "30", source="cart")

    assert 'id="line-1"' in tapped.text and 'hx-target="#cart-totals"' in tapped.text
    assert "3 000,00" in text_of(tapped)


async def test_taking_a_line_out_can_be_undone(anna):
    await anna.put("Болт", "20")
    await anna.put("Гайка", "5")

    out = await anna.put("Болт", "0", source="cart")

    assert 'hx-target="#line-1" hx-swap="delete"' in out.text and "Вернуть" in out.text
    assert (await anna.put("Болт", "20", source="cart", headers={"Accept": "*/*"})).headers["Location"] == "/cart"
    assert "2 006,35" in text_of(await anna.get("/cart"))


async def test_the_last_line_taken_out_leaves_the_empty_cart(anna):
    await anna.put("Болт", "20")

    assert (await anna.put("Болт", "0", source="cart")).headers["HX-Redirect"] == "/cart"


async def test_a_line_is_counted_in_boxes_and_both_figures_are_shown(anna):
    await anna.put("Болт", "20")

    boxed = await anna.put("Болт", "20", source="cart", into=uid("кор"))
    more = await anna.put("Болт", "2", source="cart", pack=uid("кор"))
    back = await anna.put("Болт", "2", source="cart", pack=uid("кор"), into="units")

    assert "1 кор = 50 шт" in text_of(boxed)
    assert "2 кор = 100 шт" in text_of(more) and "10 000,00" in text_of(more)
    assert 'value="100"' in back.text and "кор =" not in text_of(back)


async def test_a_moved_price_and_short_stock_are_marked_on_the_line(anna):
    await anna.put("Болт", "50")
    await set_price("Болт", "retail", "110.00")
    async with writing():
        await set_stock("Болт", "25")

    shown = await anna.get("/cart")

    read = text_of(shown)
    assert "Цена изменилась: 100,00 ₽ → 110,00 ₽" in read and "Осталось 25 шт" in read
    assert 'name="take" value="20"' in shown.text and "Взять 20 шт" in read


async def test_details_are_kept_at_every_change(anna):
    cart = await filled(anna)

    kept = await anna.post(
        "/cart/details",
        data={
            **cart,
            **beside(delivery_method="truck", delivery_address="Лесная, 1", delivery_date="2126-03-09", comment="<b>"),
        },
        headers=HTMX,
    )

    assert kept.status_code == 200 and 'id="cart-totals"' in kept.text
    shown = await anna.get("/cart")
    assert (
        'value="Лесная, 1"' in shown.text
        and 'value="2126-03-09"' in shown.text
        and "&lt;b&gt;</textarea>" in shown.text
    )


async def test_a_bad_date_is_told_in_place(anna):
    cart = await filled(anna)

    fragment = await anna.post("/cart/details", data={**cart, **beside(delivery_date="вчера")}, headers=HTMX)
    page = await anna.post("/cart/order", data={**cart, **beside(delivery_date="вчера", comment="цел")})

    assert fragment.status_code == page.status_code == 422
    assert "Дата доставки" in text_of(fragment) and "цел" in page.text and "вчера" in page.text


async def test_a_delivery_date_that_has_passed_stops_the_order(anna):
    cart = await filled(anna)

    refused = await anna.post("/cart/order", data={**cart, **beside(delivery_date="01.02.2020")})

    assert refused.status_code == 422 and "Дата доставки уже прошла" in text_of(refused) and await queued() == []


async def test_delivery_wants_an_address(anna):
    cart = await filled(anna)

    refused = await anna.post("/cart/order", data={**cart, **beside(delivery_method="truck")})

    assert refused.status_code == 422 and "Укажите адрес доставки" in text_of(refused)


async def test_another_agreement_brings_its_prices_into_the_open_page(anna):
    async with writing():
        await take("agreement", "second", **agreement("Ромашка", "wholesale", valid_from="2025-01-01", name="Опт"))
    cart = await filled(anna)

    changed = await anna.post("/cart/details", data={**cart, **beside(agreement=uid("second"))}, headers=HTMX)

    assert 'hx-target="#cart-lines"' in changed.text and "90,00" in text_of(changed)
    assert "90,00" in (await anna.get("/catalogue")).text


async def test_a_product_taken_off_the_shelf_can_only_be_removed(anna):
    cart = await filled(anna)
    await anna.put("Гайка", "5")
    async with writing():
        await take("product", "Болт", name="Болт", unit=UNIT, visible=False)

    shown = await anna.get("/cart")
    refused = await anna.post("/cart/order", data=cart)
    removed = await anna.post("/cart/lines/removal", data={"uuid": cart["uuid"], "n": "1"})
    again = await anna.post("/cart/lines/removal", data={"uuid": cart["uuid"], "n": "1"})

    assert "больше не продается" in shown.text and refused.status_code == 422
    assert removed.status_code == again.status_code == 303
    assert "больше не продается" not in (await anna.get("/cart")).text


async def test_a_price_that_vanished_stops_the_order(anna):
    cart = await filled(anna)
    async with writing():
        await execute("DELETE FROM prices")

    refused = await anna.post("/cart/order", data=cart)

    assert refused.status_code == 422 and "Цена по запросу" in text_of(refused) and await queued() == []


async def test_the_cart_is_ones_own(anna, strangers):
    cart = await filled(anna)

    for name, client in strangers.items():
        expected = 303 if name == "nobody" else 200 if name in ("colleague", "stranger") else 404
        shown = await client.get("/cart")
        assert shown.status_code == expected and "Болт" not in shown.text, name
        for path in ("/cart/order", "/cart/draft"):
            answer = await client.post(path, data={**cart, **beside(comment="чужое")})
            assert answer.status_code == (303 if name == "nobody" else 404), f"{name} {path}"
        removal = await client.post("/cart/lines/removal", data={"uuid": cart["uuid"], "n": "1"})
        assert removal.status_code == (303 if name == "nobody" else 404), name
    assert "Болт" in (await anna.get("/cart")).text and "чужое" not in (await anna.get("/cart")).text
    assert await queued() == []


async def test_invalid_utf8_is_refused_and_nothing_changes(anna):
    await filled(anna)
    body = b"from=cart&quantity=10&product=%ff%fe"

    answer = await anna.post("/cart/lines", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 400
    assert 'value="20"' in (await anna.get("/cart")).text


async def test_every_control_that_is_swapped_has_an_id_of_its_own(anna):
    await filled(anna)
    await anna.put("Гайка", "5")

    ids = re.findall(r'\bid="([^"]+)"', (await anna.get("/cart")).text)

    assert len(ids) == len(set(ids))
