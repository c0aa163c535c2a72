"""The cart on its pages: quantities, packs, details, the two buttons, the difference screen, two tabs."""

import re

import pytest

from data.database import execute, fetch, reading, writing
from tests.cabinet import HTMX, field, text_of
from tests.ordering.world import UNIT, agreement, set_price, set_stock, take, uid


async def filled(client, quantity="20"):
    """A cart with bolts; its uuid and the mark of what was shown."""
    await client.put("Болт", quantity)
    shown = await client.get("/cart")
    return {"uuid": field(shown, "uuid"), "seen": field(shown, "seen")}


def beside(**more):
    """The fields beside the goods, as the form sends them."""
    names = "agreement counterparty contract delivery_address delivery_date partner_number comment".split()
    return {**dict.fromkeys(names, ""), "delivery_method": "pickup", **more}


async def queued():
    async with reading():
        return await fetch("SELECT op, object FROM queue ORDER BY id")


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


@pytest.mark.row("O07")
async def test_an_order_is_new_and_queued(anna):
    cart = await filled(anna)

    placed = await anna.post("/cart/order", data={**cart, **beside(comment="Побыстрее", partner_number="A-7")})

    assert placed.headers["Location"] == f"/orders/{cart['uuid']}"
    assert await queued() == [("create", cart["uuid"])]
    read = text_of(await anna.get(f"/orders/{cart['uuid']}"))
    assert "Заказ № —" in read and "Новый" in read and "Побыстрее" in read and "A-7" in read
    assert "Корзина пуста" in (await anna.get("/cart")).text


@pytest.mark.row("O06")
async def test_a_saved_order_is_a_draft_of_which_1c_hears_nothing(anna):
    cart = await filled(anna)

    saved = await anna.post("/cart/draft", data={**cart, **beside()})

    assert saved.headers["Location"] == f"/orders/{cart['uuid']}"
    assert "Черновик" in text_of(await anna.get(f"/orders/{cart['uuid']}"))
    assert await queued() == []


async def test_a_double_tap_and_two_tabs_are_one_order(anna):
    cart = await filled(anna)

    first = await anna.post("/cart/order", data={**cart, **beside(comment="раз")})
    second = await anna.post("/cart/order", data={**cart, **beside(comment="два")})
    third = await anna.post("/cart/draft", data=cart)

    assert first.headers["Location"] == second.headers["Location"] == third.headers["Location"]
    assert len(await queued()) == 1
    assert "раз" in (await anna.get(first.headers["Location"])).text


async def test_what_moved_since_is_asked_about_once(anna):
    cart = await filled(anna)
    await set_price("Болт", "retail", "110.00")

    asked = await anna.post("/cart/order", data={**cart, **beside(comment="не потерять")})
    placed = await anna.post("/cart/order", data={"uuid": field(asked, "uuid"), "seen": field(asked, "seen")})

    assert asked.status_code == 409
    read = text_of(asked)
    assert "Проверьте изменения" in read and "100,00 ₽ → 110,00 ₽" in read and "2 200,00 ₽" in read
    assert "Вернуться в корзину" in read
    assert placed.status_code == 303 and "не потерять" in (await anna.get(placed.headers["Location"])).text


async def test_an_empty_cart_is_not_ordered(anna):
    cart = await filled(anna)
    await anna.put("Болт", "0")

    refused = await anna.post("/cart/order", data=cart)

    assert refused.status_code == 422 and "Корзина пуста" in text_of(refused)
    assert (await anna.post("/cart/order", data={"uuid": uid("нет")})).status_code == 404


@pytest.mark.row("O21")
async def test_the_minimum_sum_is_explained_and_nothing_typed_is_lost(anna):
    async with writing():
        await take("agreement", "Ромашка agreement", **agreement("Ромашка", "retail", min_order_sum="5000"))
    cart = await filled(anna)

    refused = await anna.post("/cart/order", data={**cart, **beside(comment="Мой комментарий")})

    assert refused.status_code == 422
    assert "не хватает 3000,00 руб." in text_of(refused) and "Мой комментарий" in refused.text
    assert await queued() == []


@pytest.mark.parametrize(("length", "status"), [(1000, 303), (1001, 422)])
async def test_a_comment_at_its_limit_passes_and_over_it_is_told_and_kept(anna, length, status):
    cart, comment = await filled(anna), "ю" * length

    answer = await anna.post("/cart/order", data={**cart, **beside(comment=comment)})

    assert answer.status_code == status
    if status == 422:
        assert comment in answer.text and "Комментарий длиннее 1000" in text_of(answer) and await queued() == []


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
