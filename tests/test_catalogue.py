"""The catalogue: groups, search, pages by cursor, prices and stock as this person may see them."""

import re

import pytest

from data.database import execute, fetch_one, writing
from data.exchange import files
from tests.cabinet import HTMX, text_of
from tests.ordering.world import UNIT, set_price, take, uid

GARBAGE = ["-10", "abc", "1e9", "1000000000", "17", "NaN", "--"]


def row(shown, name):
    """What stands in the row of this product."""
    found = re.search(rf'<li class="row" id="row-{uid(name)}".*?</li>', shown.text, re.DOTALL)
    assert found, name
    return found[0]


@pytest.mark.row("O04")
async def test_two_partners_see_their_own_prices_only(anna, strangers):
    ours, theirs = await anna.get("/catalogue"), await strangers["stranger"].get("/catalogue")

    assert "100,00" in row(ours, "Болт") and "90,00" not in ours.text
    assert "90,00" in row(theirs, "Болт") and "100,00" not in theirs.text


@pytest.mark.row("O05")
async def test_stock_is_shown_with_its_time(anna):
    shown = await anna.get("/catalogue")

    assert "Остатки на 2 марта, 12:00" in text_of(shown)
    assert "500&nbsp;шт" in row(shown, "Болт") and "нет в наличии" in row(shown, "Гайка")


@pytest.mark.row("O21")
async def test_goods_without_a_price_are_on_request_and_have_no_stepper(anna):
    found = row(await anna.get("/catalogue"), "Без цены")

    assert "Цена по запросу" in found and "<form" not in found


@pytest.mark.row("O21")
async def test_goods_without_a_price_are_hidden_when_the_owner_wants_so(anna):
    async with writing():
        await execute("INSERT INTO settings (name, value) VALUES ('Shop', '{\"hide_unpriced\": true}')")

    assert "Без цены" not in (await anna.get("/catalogue")).text


async def test_the_manager_sees_goods_and_stock_without_price_and_stepper(strangers):
    shown = await strangers["manager"].get("/catalogue")

    assert "Болт" in shown.text and "500&nbsp;шт" in shown.text
    assert "₽" not in shown.text and "/cart" not in shown.text and "по запросу" not in shown.text


async def test_who_has_no_catalogue_does_not_find_it(strangers):
    for path in ("/catalogue", "/catalogue/rows", f"/catalogue/{uid('Болт')}", f"/pictures/{'0' * 64}"):
        assert (await strangers["executor"].get(path)).status_code == 404
        assert (await strangers["nobody"].get(path)).headers["Location"].startswith("/login?next=")


@pytest.mark.parametrize("query", ["болт", "b-1", "B1", "4600000000017"])
async def test_search_finds_by_name_article_and_barcode_also_in_a_group(anna, query):
    async with writing():
        await take("product", "Болт", name="Болт", unit=UNIT, article="B-1", barcodes=["4600000000017"], visible=True)

    whole = await anna.get("/catalogue", params={"q": query, "group": uid("group")})
    part = await anna.get("/catalogue/rows", params={"q": query}, headers=HTMX)

    assert "Болт" in whole.text and "Гайка" not in whole.text
    assert "Болт" in part.text and "<html" not in part.text
    assert part.headers["HX-Replace-Url"].startswith("/catalogue?q=")
    assert "Ничего не нашли" in (await anna.get("/catalogue", params={"q": "ъъъ"})).text


async def test_forty_rows_and_the_rest_by_cursor_each_product_once(anna):
    async with writing():
        for n in range(90):
            await take("product", f"Товар {n}", name=f"Товар {n:02}", group=uid("group"), unit=UNIT, visible=True)
    shown, seen = await anna.get("/catalogue"), []
    while True:
        rows = re.findall(r'<li class="row" id="row-([0-9a-f-]+)"', shown.text)
        assert len(rows) <= 40
        seen += rows
        more = re.search(r'hx-get="(/catalogue/rows[^"]*)"', shown.text.partition('id="more"')[2])
        if not more:
            break
        shown = await anna.get(more[1].replace("&amp;", "&"), headers=HTMX)

    assert len(seen) == len(set(seen)) == 94


async def test_a_strange_cursor_starts_from_the_beginning_and_a_strange_group_is_not_found(anna):
    for after in ("{", "[1,2]", '["a","b",1e999]', "x" * 5000):
        assert "Болт" in (await anna.get("/catalogue", params={"after": after})).text
    assert (await anna.get("/catalogue", params={"group": "нет"})).status_code == 404
    assert (await anna.get("/catalogue?q=%ff")).status_code == 400


async def test_the_product_page_tells_everything_and_lets_no_markup_through(anna):
    async with writing():
        await take("product", "Болт", name="Болт <M6>", unit=UNIT, article="B-1", multiple="10", visible=True,
                   description='<p onclick="x()">Крепкий <b>болт</b></p><script>alert(1)</script>',
                   properties=[{"name": "Длина", "value": "<6> мм"}])  # fmt: skip

    shown = await anna.get(f"/catalogue/{uid('Болт')}")

    read = text_of(shown)
    for said in ("Болт <M6>", "Артикул B-1", "кратно 10", "Длина", "<6> мм", "Основной 500 шт", "кор 50 шт",
                 "Цена по соглашению «Соглашение Ромашка», вид цены «Розничная»"):  # fmt: skip
        assert said in read
    assert "<b>болт</b>" in shown.text and "onclick" not in shown.text and "alert" not in shown.text


async def test_each_variant_has_its_own_price_and_stepper(anna):
    shown = await anna.get(f"/catalogue/{uid('Шайба')}")
    tapped = await anna.put("Шайба", "3", source="product", variant=uid("М10"))

    assert "2,00" in shown.text and "3,00" in shown.text
    assert tapped.status_code == 200 and f'id="offer-{uid("М10")}" data-in' in tapped.text
    assert "9,00" in tapped.text


async def test_a_product_that_is_not_sold_is_not_found(anna):
    async with writing():
        await take("product", "Болт", name="Болт", unit=UNIT, visible=False)

    assert (await anna.get(f"/catalogue/{uid('Болт')}")).status_code == 404
    assert (await anna.put("Болт", "10")).status_code == 404


async def test_pictures_of_goods_are_kept_by_the_browser_and_other_files_are_not_found(anna, strangers, home):
    picture = b"\xff\xd8\xff picture"
    async with writing():
        kept, other = await files.keep_new(picture), await files.keep_new(b"%PDF an invoice")
        (product,) = await fetch_one("SELECT id FROM products WHERE uuid = ?", uid("Болт"))
        await execute(
            "INSERT INTO pictures (product, sha256, kept, main, problem) VALUES (?, ?, ?, 1, '')", product, kept, kept
        )

    shown = await anna.get(f"/pictures/{kept}")

    assert (shown.content, shown.headers["Content-Type"]) == (picture, "image/jpeg")
    assert shown.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    for wrong in (other, "0" * 64, "x"):
        assert (await anna.get(f"/pictures/{wrong}")).status_code == 404


async def test_a_tap_answers_its_row_the_bar_and_the_badge(anna):
    tapped = await anna.put("Болт", "20")

    assert tapped.status_code == 200 and 'value="20"' in tapped.text and "data-in" in tapped.text
    for place in ("#cart-bar", "#badge-cart", "#live"):
        assert f'hx-target="{place}"' in tapped.text
    assert "2 000,00" in text_of(tapped) and "Болт: 20 шт" in text_of(tapped)
    assert len(tapped.content) < 8000


async def test_the_row_of_an_answer_is_the_row_of_the_page(anna):
    tapped = await anna.put("Болт", "20")

    assert row(await anna.get("/catalogue"), "Болт") == row(tapped, "Болт")


async def test_the_same_tap_twice_is_one_line(anna):
    first, second = await anna.put("Болт", "20"), await anna.put("Болт", "20")

    assert first.text == second.text


@pytest.mark.parametrize("quantity", GARBAGE)
async def test_a_quantity_that_cannot_be_is_told_in_place_and_what_was_typed_stays(anna, quantity):
    await anna.put("Болт", "20")

    told = await anna.put("Болт", quantity)

    assert told.status_code == 422
    assert f'value="{quantity}"' in told.text and 'aria-invalid="true"' in told.text and "field-error" in told.text
    assert 'value="20"' in row(await anna.get("/catalogue"), "Болт")


async def test_half_a_piece_is_refused_and_both_neighbours_are_offered(anna):
    told = await anna.put("Гайка", "7,5")

    assert told.status_code == 422
    assert 'name="take" value="7"' in told.text and 'name="take" value="8"' in told.text
    assert (await anna.put("Гайка", "7,5", take="8")).status_code == 200


async def test_without_javascript_a_tap_leads_back_to_its_row(anna):
    plain = {"Referer": "http://portal.test/catalogue?q=%D0%B1%D0%BE%D0%BB%D1%82"}

    put = await anna.put("Болт", "20", headers=plain)
    refused = await anna.put("Болт", "17", headers=plain)

    assert put.status_code == 303
    assert put.headers["Location"] == f"/catalogue?q=%D0%B1%D0%BE%D0%BB%D1%82#row-{uid('Болт')}"
    assert refused.status_code == 422 and "<html" in refused.text and 'value="17"' in refused.text


async def test_a_price_that_vanished_is_told(anna):
    await set_price("Гайка", "retail", "1.30")
    async with writing():
        await execute("DELETE FROM prices")

    told = await anna.put("Гайка", "5")

    assert told.status_code == 422 and "Цена по запросу" in text_of(told)


@pytest.mark.row("O17")
async def test_both_buttons_stand_in_the_catalogue_and_work_as_in_the_cart(anna):
    assert "Сохранить заказ" not in (await anna.get("/catalogue")).text
    await anna.put("Болт", "20")
    shown = await anna.get("/catalogue")
    uuid = re.search(r'name="uuid" value="([^"]+)"', shown.text)[1]
    assert "Сохранить заказ" in shown.text and "Оформить заказ" in shown.text

    placed = await anna.post("/cart/order", data={"uuid": uuid})

    assert placed.headers["Location"] == f"/orders/{uuid}"
    assert "Новый" in text_of(await anna.get(f"/orders/{uuid}"))


async def test_nobody_fills_a_cart_who_has_none(strangers):
    assert (await strangers["manager"].put("Болт", "10")).status_code == 404
    assert (await strangers["nobody"].put("Болт", "10")).headers["HX-Redirect"].startswith("/login")
