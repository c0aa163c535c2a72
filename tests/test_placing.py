"""«Сохранить заказ» and «Оформить заказ»: once however often tapped, asked again when something moved."""

import pytest

from data.database import writing
from tests.cabinet import beside, field, filled, queued, text_of
from tests.ordering.world import agreement, set_price, take, uid


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
