"""The rules of the cart: what may be put in, at which price, and what stands in the way of an order."""

import pytest

from data.database import writing
from data.errors import Missing, Refusal
from data.ordering import cart, filling, placing
from data.ordering.filling import NotMultiple, Wanted
from data.ordering.shelf import shelf
from tests.ordering.world import LUTIK, NOW, agreement, person, set_price, set_stock, take, uid


async def put(who, product, quantity, **more):
    return await filling.set_quantity(who, Wanted(uid(product), quantity, **more), NOW)


async def test_each_partner_sees_the_price_of_his_own_agreement(market):
    ours, theirs = await person("Анна"), await person("Борис", LUTIK)

    assert {item.name: item.price for item in (await shelf(ours, NOW)).items}["Болт"] == 10_000
    assert {item.name: item.price for item in (await shelf(theirs, NOW)).items}["Болт"] == 9_000


async def test_the_shelf_shows_stock_price_and_what_is_in_the_cart(market):
    anna = await person("Анна")
    await put(anna, "Болт", "20")

    bolt = next(item for item in (await shelf(anna, NOW)).items if item.name == "Болт")

    assert (bolt.stock, bolt.quantity, bolt.step, bolt.price) == (500_000, 20_000, 10_000, 10_000)


@pytest.mark.parametrize("query", ["болт", "БОЛ", "b1", "B-1", "b 1"])
async def test_goods_are_found_by_name_and_article(market, query):
    found = await shelf(await person("Анна"), NOW, query=query)

    assert [item.name for item in found.items] == ["Болт"]


async def test_a_quantity_is_what_was_sent_however_often(market):
    anna = await person("Анна")

    await put(anna, "Болт", "20")
    touched = await put(anna, "Болт", "20")

    assert (touched.cart.count, touched.cart.total) == (1, 200_000)


async def test_zero_takes_the_line_out(market):
    anna = await person("Анна")
    await put(anna, "Болт", "20")

    assert (await put(anna, "Болт", "0")).cart.count == 0


@pytest.mark.parametrize(
    "quantity",
    [
        "-10",
        "abc",
        "1e9",
        "1000000000",
        "2,5",
        "NaN",
        "Infinity",
        "--",
        "1 000 000 000",
        "1e1",
        "1_0",
        "１０",
        "1e-9999",
    ],
)
async def test_what_is_no_quantity_is_refused_and_nothing_changes(market, quantity):
    anna = await person("Анна")
    await put(anna, "Болт", "20")

    with pytest.raises(Refusal):
        await put(anna, "Болт", quantity)

    assert (await cart.show(anna, NOW)).lines[0].quantity == 20_000


async def test_both_neighbours_of_a_quantity_that_does_not_fit_are_named(market):
    with pytest.raises(NotMultiple) as refused:
        await put(await person("Анна"), "Болт", "17")

    assert (refused.value.lower, refused.value.upper) == (10_000, 20_000)
    assert str(refused.value) == "Кратно 10: 10 или 20"


async def test_less_than_the_least_is_refused(market):
    with pytest.raises(Refusal, match="Не меньше 5 шт"):
        await put(await person("Анна"), "Гайка", "3")


async def test_goods_with_variants_want_one_chosen(market):
    anna = await person("Анна")
    with pytest.raises(Refusal, match="вариант"):
        await put(anna, "Шайба", "1")

    await put(anna, "Шайба", "1", variant=uid("М10"))

    line = (await cart.show(anna, NOW)).lines[0]
    assert (line.name, line.price) == ("Шайба, М10", 300)


async def test_a_foreign_variant_pack_or_product_is_not_found(market):
    anna = await person("Анна")
    for wrong in (
        Wanted(uid("нет такого"), "1"),
        Wanted(uid("Болт"), "10", variant=uid("М8")),
        Wanted(uid("Гайка"), "1", pack=uid("кор")),
    ):
        with pytest.raises(Missing):
            await filling.set_quantity(anna, wrong, NOW)


async def test_goods_without_a_price_cannot_be_put_in(market):
    with pytest.raises(Refusal, match="Цена по запросу"):
        await put(await person("Анна"), "Без цены", "1")


async def test_a_box_is_ordered_by_the_box_at_its_own_price(market):
    boris = await person("Борис", LUTIK)

    await put(boris, "Болт", "2", pack=uid("кор"))

    line = (await cart.show(boris, NOW)).lines[0]
    assert (line.quantity, line.packs, line.sum) == (100_000, 2000, 800_000)


async def test_a_price_that_moved_is_marked_and_asked_about_once(market):
    anna = await person("Анна")
    await put(anna, "Болт", "20")
    await set_price("Болт", "retail", "110.00")

    shown = await cart.show(anna, NOW)
    asked = await placing.place(anna, shown.uuid, NOW)
    placed = await placing.place(anna, shown.uuid, NOW, seen=asked.cart.seen)

    assert (shown.lines[0].was, shown.lines[0].price, shown.total) == (10_000, 11_000, 220_000)
    assert isinstance(asked, placing.Moved)
    assert isinstance(placed, placing.Placed)


async def test_stock_that_does_not_suffice_is_asked_about(market):
    anna = await person("Анна")
    await put(anna, "Болт", "20")
    async with writing():
        await set_stock("Болт", "15")

    shown = await cart.show(anna, NOW)

    assert shown.lines[0].is_short
    assert isinstance(await placing.place(anna, shown.uuid, NOW), placing.Moved)
    assert isinstance(await placing.place(anna, shown.uuid, NOW, seen=shown.seen), placing.Placed)


async def test_a_product_taken_off_the_shelf_stops_the_order_until_its_line_is_removed(market):
    anna = await person("Анна")
    await put(anna, "Болт", "20")
    await put(anna, "Гайка", "5")
    async with writing():
        await take("product", "Болт", visible=False)

    shown = await cart.show(anna, NOW)
    with pytest.raises(Refusal, match="больше не продается"):
        await placing.place(anna, shown.uuid, NOW, seen=shown.seen)
    await filling.remove_line(anna, shown.uuid, shown.lines[0].n)

    shown = await cart.show(anna, NOW)
    assert isinstance(await placing.place(anna, shown.uuid, NOW, seen=shown.seen), placing.Placed)


async def test_the_minimum_sum_of_the_agreement_is_explained(market):
    anna = await person("Анна")
    await put(anna, "Гайка", "10")
    async with writing():
        await take("agreement", "Ромашка agreement", **agreement("Ромашка", "retail", min_order_sum="50"))

    shown = await cart.show(anna, NOW)

    assert shown.problems == ("До минимальной суммы заказа не хватает 37,30 руб.",)
    with pytest.raises(Refusal, match="37,30"):
        await placing.place(anna, shown.uuid, NOW, seen=shown.seen)


async def test_an_agreement_that_requires_a_contract_offers_those_in_force(market):
    anna = await person("Анна")
    await put(anna, "Болт", "10")
    async with writing():
        await take("agreement", "Ромашка agreement", **agreement("Ромашка", "retail", requires_contract=True))

    assert "договор" in (await cart.show(anna, NOW)).problems[0]
    async with writing():
        await take(
            "contract", "old", counterparty=uid("Ромашка ООО"), number="1", date="2020-01-01", valid_to="2025-12-31"
        )
        await take("contract", "new", counterparty=uid("Ромашка ООО"), number="2", date="2026-01-01", active=True)

    shown = await cart.show(anna, NOW)
    assert [one.name for one in shown.choices.contracts] == ["№ 2 от 01.01.2026"]
    assert (shown.details.contract, shown.problems) == (uid("new"), ())


async def test_a_colleague_has_a_cart_of_his_own_and_a_stranger_sees_neither(market):
    anna, clara, boris = await person("Анна"), await person("Клара"), await person("Борис", LUTIK)
    await put(anna, "Болт", "20")
    uuid = (await cart.show(anna, NOW)).uuid

    assert (await cart.show(clara, NOW)).lines == ()
    for other in (clara, boris):
        with pytest.raises(Missing):
            await cart.draft(other, uuid, NOW)
        with pytest.raises(Missing):
            await placing.place(other, uuid, NOW)
