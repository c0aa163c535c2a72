import re

import pytest
from playwright.async_api import expect

from tests.browser.phone import phone

pytestmark = pytest.mark.browser
VEKTOR, STROYDVOR, BEREZKIN = "Вектор", "Стройдвор", "ИП Берёзкин"


def more(page, place=0):
    return page.locator("form.stepper").nth(place).get_by_role("button", name=re.compile("^Больше"))


async def test_two_taps_on_the_last_button_are_one_order(shop):
    async with phone(shop) as partners:
        page = await partners.sign_in("partner", STROYDVOR)
        before = len(shop.rows("SELECT 1 FROM orders WHERE status <> 'cart'"))
        await page.goto(shop.url + "/catalogue")
        await more(page).tap()
        await page.locator("#cart-bar-order").dblclick()
        await expect(page).to_have_url(re.compile(r"/(orders/[0-9a-f-]{36}|cart/order)$"))
        if "/cart/order" in page.url:  # the last piece was taken meanwhile: the difference is shown first
            await page.locator("#order").dblclick()
        await expect(page.locator("#order-card")).to_be_visible()
        assert len(shop.rows("SELECT 1 FROM orders WHERE status <> 'cart'")) == before + 1
        assert not partners.wrong


async def test_back_shows_the_cart_as_it_has_become(shop):
    async with phone(shop, back_is_quick=True) as partners:
        page = await partners.sign_in("partner", BEREZKIN)
        await page.goto(shop.url + "/catalogue")
        await more(page, 0).tap()
        await expect(page.locator("#badge-cart")).to_contain_text("1")
        await more(page, 1).tap()
        await expect(page.locator("#cart-bar a")).to_contain_text("2 позиции")
        await page.locator("#cart-bar a").tap()
        await page.get_by_role("button", name=re.compile("^Удалить")).first.tap()
        await expect(page.locator("#cart-lines > li")).to_have_count(1)

        await page.go_back(wait_until="commit")

        await expect(page.locator("#cart-bar a")).to_contain_text("1 позиция")
        await expect(page.locator("#badge-cart")).to_contain_text("1")
        await expect(page.locator("#rows > li[data-in]")).to_have_count(1)
        assert not partners.wrong


async def test_a_session_that_ended_leads_from_a_tap_to_signing_in_and_back(shop):
    async with phone(shop) as partners:
        page = await partners.sign_in("partner", VEKTOR)
        await page.goto(shop.url + "/catalogue")
        await partners.context.clear_cookies(name="session")

        await more(page).tap()

        await expect(page).to_have_url(re.compile(r"/login\?next="))
        assert "catalogue" in page.url


async def test_a_quantity_typed_without_a_line_is_sent_when_it_is_back(shop):
    async with phone(shop) as partners:
        page = await partners.sign_in("partner", VEKTOR)
        await page.goto(shop.url + "/catalogue")
        row = page.locator("#rows > li").filter(has=page.locator("form[data-multiple='1']")).nth(2)
        field = row.locator("input[name=quantity]")
        await partners.context.set_offline(True)
        await field.fill("7")
        await field.press("Enter")
        await expect(page.locator(".toast")).to_contain_text("Нет связи")
        await expect(page.locator("form[data-unsent]")).to_have_count(1)

        await partners.context.set_offline(False)

        await expect(row).to_have_attribute("data-in", "")
        await expect(field).to_have_value("7")
        await expect(page.locator("form[data-unsent]")).to_have_count(0)


async def test_an_order_that_is_over_asks_no_more(shop):
    async with phone(shop) as partners:
        page = await partners.sign_in("partner", "Ромашка")
        await page.goto(shop.url + "/orders?status=closed")
        await page.locator(".row-name a").first.click()
        await expect(page.locator("#order-card")).to_be_visible()
        assert await page.locator("#order-card[hx-get]").count() == 0
