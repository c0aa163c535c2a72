"""Every page on a phone, by day and by night: nothing overflows, nothing is too small to tap."""

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.phone import SMALL, phone

pytestmark = pytest.mark.browser
NOBODY = ["/login", "/login/reset"]
PARTNER = ["/", "/catalogue", "/catalogue?q=ъъъъ", "/cart", "/orders", "/more", "/more/sign-ins", "/nowhere"]
MANAGER = ["/", "/desk", "/orders", "/catalogue"]
ADMIN = [
    "/admin",
    *(f"/admin/{name}" for name in ("exchange", "queue", "journal", "users", "users/new", "mail", "shop")),
]


async def complaints(page):
    """What is wrong with the page as it stands: axe, overflow, small targets, headings."""
    width, height = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    await page.set_viewport_size({"width": 360, "height": max(740, height)})  # no row half under the bar at the bottom
    found = [
        f"axe: {one['id']} {one['nodes'][0]['html'][:160]}" for one in (await Axe().run(page)).response["violations"]
    ]
    found += [f"wider than the phone: {width}"] if width > 360 else []
    found += [f"small: {one}" for one in await page.evaluate(SMALL)]
    headings = await page.locator("h1").count()
    await page.set_viewport_size({"width": 360, "height": 740})
    return found + ([f"{headings} headings"] if headings != 1 else [])


async def links(page, address, selector):
    """The address the first such link on this page leads to, as a list."""
    await page.goto(address)
    found = page.locator(selector)
    return [await found.first.get_attribute("href")] if await found.count() else []


@pytest.mark.parametrize("dark", [False, True])
async def test_every_page_of_a_partner_is_readable_by_everybody(shop, dark):
    async with phone(shop, dark=dark) as partners:
        page = await partners.sign_in("partner", "Ромашка")
        await page.goto(shop.url + "/catalogue")
        await page.locator("form.stepper button[data-step='1']").first.tap()
        await page.locator("#cart-bar a").wait_for()
        product = await links(page, shop.url + "/catalogue", ".row-name a")
        order = await links(page, shop.url + "/orders", ".row-name a")
        for path in [*PARTNER, *product, *order]:
            await page.goto(shop.url + path)
            assert await complaints(page) == [], path
        assert not partners.wrong


@pytest.mark.parametrize("dark", [False, True])
async def test_every_page_of_a_manager_is_readable_by_everybody(shop, dark):
    async with phone(shop, dark=dark) as managers:
        page = await managers.sign_in("manager")
        order = await links(page, shop.url + "/orders", ".row-name a")
        for path in [*MANAGER, *order]:
            await page.goto(shop.url + path)
            assert await complaints(page) == [], path
        assert not managers.wrong


@pytest.mark.parametrize("dark", [False, True])
async def test_every_page_of_an_admin_and_of_nobody_is_readable_by_everybody(shop, dark):
    async with phone(shop, dark=dark) as people:
        page = await people.context.new_page()
        for path in NOBODY:
            await page.goto(shop.url + path)
            assert await complaints(page) == [], path
        page = await people.sign_in("admin")
        for path in ADMIN:
            await page.goto(shop.url + path)
            assert await complaints(page) == [], path
        assert not people.wrong
