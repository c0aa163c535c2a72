"""«Главная»: the widget of the cart, what waits for the person, his orders by status, the news."""

import pytest

from data.database import writing
from tests.cabinet import ordered, text_of, waiting_for_partner
from tests.ordering.world import take


@pytest.mark.row("O03")
async def test_home_shows_orders_the_cart_in_the_sources_words_and_news(anna):
    async with writing():
        await take("news", "news", title="Новый склад", text="<p>Открыт <b>склад</b><script>alert(1)</script></p>",
                   published_at="2026-03-01T09:00:00+00:00", visible=True)  # fmt: skip

    shown = await anna.get("/")

    read = text_of(shown)
    assert "Заказы" in read and "Оформление заказа" in read and "Новый склад" in read
    assert "Корзина: 0 на сумму 0.00 руб." in read
    assert "<b>склад</b>" in shown.text and "alert" not in shown.text


async def test_the_widget_counts_positions_and_has_no_thousands_separator(anna):
    await anna.put("Болт", "30")
    await anna.put("Гайка", "5")

    assert "Корзина: 2 на сумму 3006.35 руб." in text_of(await anna.get("/"))


@pytest.mark.row("O17")
async def test_the_button_of_the_widget_opens_the_catalogue(anna):
    assert '<a class="button button-primary" href="/catalogue">Оформить заказ</a>' in (await anna.get("/")).text


async def test_what_waits_for_me_stands_first_and_orders_are_counted(anna):
    await waiting_for_partner(anna)
    await ordered(anna)

    read = text_of(await anna.get("/"))

    assert read.index("Ожидают вашего подтверждения") < read.index("Оформление заказа")
    assert "Новый 1" in read and "Ожидает вашего подтверждения 1" in read


async def test_home_is_ones_own(anna, strangers):
    uuid = await waiting_for_partner(anna)
    await anna.put("Болт", "10")

    for name in ("colleague", "stranger", "another manager", "executor"):
        shown = await strangers[name].get("/")
        assert shown.status_code == 200
        assert uuid not in shown.text and "1000.00" not in shown.text, name
    assert (await strangers["nobody"].get("/")).headers["Location"] == "/login"


async def test_the_manager_is_led_to_his_desk(strangers):
    assert 'href="/desk"' in (await strangers["manager"].get("/")).text
