"""The main path on a phone, from signing in to the invoice."""

import re

import pytest
from playwright.async_api import expect
from pypdf import PdfReader

from tests.browser.phone import phone

pytestmark = pytest.mark.browser
ROMASHKA = "Ромашка"
expect.set_options(timeout=20_000)  # ms: the card asks again every few seconds, and two cores may be busy


def first_stepper(page):
    return page.locator("form.stepper").first


async def order_from_the_cart(page):
    """Press «Оформить заказ» in the cart, and again on the difference screen when one is shown."""
    await page.locator("main").get_by_role("button", name="Оформить заказ").last.click()
    if await page.get_by_role("heading", name="Проверьте изменения").count():
        await page.get_by_role("button", name="Оформить заказ").click()
    await expect(page).to_have_url(re.compile(r"/orders/[0-9a-f-]{36}$"))


@pytest.mark.row("O08")
async def test_an_order_goes_all_the_way_to_its_invoice(fresh_shop, tmp_path):
    async with phone(fresh_shop) as partners, phone(fresh_shop) as managers:
        page = await partners.sign_in("partner", ROMASHKA)
        await page.get_by_role("link", name="Оформить заказ").click()
        await first_stepper(page).get_by_role("button", name=re.compile("^Больше")).tap()
        await expect(page.locator("#cart-bar a")).to_contain_text("1 позиция")
        await page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Корзина").click()
        await order_from_the_cart(page)
        address = page.url

        await expect(page.locator("h1")).to_contain_text(re.compile(r"Заказ 0000-\d{6} от"))
        await expect(page.locator("#order-card")).to_contain_text("Ожидает подтверждения менеджера")

        desk = await managers.sign_in("manager")
        await desk.goto(fresh_shop.url + "/desk")
        card = desk.locator(f"#desk-{address.rpartition('/')[2]}")
        await card.get_by_role("button", name="Подтвердить").tap()
        await expect(card).to_contain_text("Передаётся в 1С")

        await page.get_by_role("button", name="Подтвердить").tap(timeout=40_000)
        await expect(page.locator(".facts")).to_contain_text("В работе")
        await page.get_by_role("button", name="Скачать счет").tap()
        await expect(page.get_by_role("heading", name="Счет")).to_be_visible()
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="Скачать счет").tap(timeout=40_000)

        await (await coming.value).save_as(tmp_path / "invoice.pdf")
        read = PdfReader(tmp_path / "invoice.pdf").pages[0].extract_text()
        assert "Счет на оплату №" in read and ROMASHKA in read
        assert not partners.wrong and not managers.wrong


async def test_every_step_works_without_javascript(fresh_shop):
    async with phone(fresh_shop, javascript=False) as partners:
        page = await partners.sign_in("partner", ROMASHKA)
        await page.goto(fresh_shop.url + "/catalogue")
        await first_stepper(page).get_by_role("button", name=re.compile("^Больше")).tap()
        await expect(page).to_have_url(re.compile(r"/catalogue#row-"))
        await expect(page.locator("#cart-bar a")).to_contain_text("1 позиция")
        await first_stepper(page).locator("input[name=quantity]").fill("много")
        await first_stepper(page).locator("input[name=quantity]").press("Enter")
        await expect(page.locator(".field-error")).to_contain_text("Введите количество числом")
        await expect(page.locator("input[name=quantity]")).to_have_value("много")
        await page.goto(fresh_shop.url + "/cart")
        await page.get_by_label("Комментарий").fill("Позвоните заранее")
        await page.get_by_role("button", name="Сохранить заказ").tap()
        await expect(page.locator("h1")).to_contain_text("Черновик")
        await page.get_by_role("button", name="Изменить").tap()
        await expect(page.get_by_label("Комментарий")).to_have_value("Позвоните заранее")
        await order_from_the_cart(page)
        for _ in range(200):
            if "Заказ № —" not in await page.locator("h1").inner_text():
                break
            await page.reload()
        await page.get_by_label(re.compile("Причина")).fill("Передумали")
        await page.get_by_role("button", name="Отказ").tap()
        await expect(page.locator("#order-card .tag").first).to_have_text("Отказ")
        assert not partners.wrong


async def test_five_quick_taps_are_one_request_with_the_right_number(fresh_shop):
    async with phone(fresh_shop) as partners:
        page = await partners.sign_in("partner", ROMASHKA)
        await page.goto(fresh_shop.url + "/catalogue")
        stepper = first_stepper(page)
        multiple = float((await stepper.get_attribute("data-multiple")).replace(",", "."))
        more = stepper.get_by_role("button", name=re.compile("^Больше"))
        partners.sent.clear()

        for _ in range(5):
            await more.click()

        await expect(page.locator("#cart-bar a")).to_contain_text("1 позиция")
        await expect(stepper.locator("input[name=quantity]")).to_have_value(f"{multiple * 5:g}")
        assert len(partners.sent) == 1


async def test_a_wrong_number_is_told_in_place_and_a_button_corrects_it(fresh_shop):
    async with phone(fresh_shop) as partners:
        page = await partners.sign_in("partner", ROMASHKA)
        await page.goto(fresh_shop.url + "/catalogue")
        row = page.locator("#rows > li").filter(has=page.locator('form[data-multiple="1"]')).first
        field = row.locator("input[name=quantity]")
        await field.fill("7,5")
        await field.press("Enter")
        await expect(row.locator(".field-error")).to_contain_text("Кратно 1: 7 или 8")
        await expect(field).to_have_value("7,5")
        await expect(field).to_have_attribute("aria-invalid", "true")

        await row.get_by_role("button", name="Взять 8").tap()

        await expect(field).to_have_value("8")
        await expect(page.locator("#live")).to_contain_text("8")


async def test_typing_a_search_brings_rows_and_the_address(fresh_shop):
    async with phone(fresh_shop) as partners:
        page = await partners.sign_in("partner", ROMASHKA)
        await page.goto(fresh_shop.url + "/catalogue")
        name = (await page.locator(".row-name").nth(5).inner_text()).split()[0]

        await page.locator("#q").press_sequentially(name[:4])

        await expect(page).to_have_url(re.compile(r"/catalogue\?q="))
        await expect(page.locator(".row-name").first).to_contain_text(re.compile(name[:4], re.IGNORECASE))
        assert not partners.wrong


async def test_a_line_taken_out_of_the_cart_comes_back(fresh_shop):
    async with phone(fresh_shop) as partners:
        page = await partners.sign_in("partner", ROMASHKA)
        await page.goto(fresh_shop.url + "/catalogue")
        for n in range(2):
            await page.locator("form.stepper").nth(n).get_by_role("button", name=re.compile("^Больше")).tap()
            await expect(page.locator("#badge-cart")).to_contain_text(str(n + 1))
        await page.goto(fresh_shop.url + "/cart")

        await page.get_by_role("button", name=re.compile("^Удалить")).first.tap()

        await expect(page.locator("#cart-lines > li")).to_have_count(1)
        await expect(page.locator("#cart-totals")).to_contain_text("1 позиция")
        await page.get_by_role("button", name="Вернуть").tap()
        await expect(page.locator("#cart-lines > li")).to_have_count(2)
