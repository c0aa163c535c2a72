"""A phone of 360 pixels with Debian's Chromium, and what it complains about."""

import shutil
from contextlib import asynccontextmanager

from playwright.async_api import async_playwright

SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]
  .filter(each => { const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    return box.width > 2 && box.height > 2 && style.visibility != 'hidden' && style.display != 'inline'
      && each.tabIndex >= 0 && !each.closest('.visually-hidden, .skip, label') && (box.width < 44 || box.height < 44) })
  .map(each => each.outerHTML.slice(0, 120))"""


class Phone:
    """One browser context; ``wrong`` gathers console errors, crashes and requests to others."""

    def __init__(self, shop, context):
        self.shop, self.context, self.wrong, self.sent = shop, context, [], []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("request", self._asked)

    async def sign_in(self, role, partner=None):
        """Through the two steps of «Вход в систему»; the page that follows."""
        user = self.shop.user(role, partner)
        page = await self.context.new_page()
        await page.goto(self.shop.url + "/login")
        await page.locator("input[name=login]").fill(user["login"])
        await page.get_by_role("button", name="Далее").click()
        await page.locator("#password").fill(user["password"])
        await page.get_by_role("button", name="Войти").click()
        await page.get_by_role("navigation", name="Разделы").wait_for()
        return page

    def _heard(self, message):
        # 409 and 422 are answers, and a line that is gone is the test's own doing; Chromium calls them errors.
        is_answer = "responded with a status of 4" in message.text or "ERR_INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not is_answer:
            self.wrong.append(message.text)

    def _asked(self, request):
        if request.method == "POST":
            self.sent.append(request.url)
        if not request.url.startswith(self.shop.url):
            self.wrong.append(request.url)


@asynccontextmanager
async def phone(shop, *, javascript=True, dark=False, back_is_quick=False):
    """A signed-out phone. ``back_is_quick``: pages stay in memory for Back, which Playwright turns off."""
    async with async_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"],
            ignore_default_args=["--disable-back-forward-cache"] if back_is_quick else None,
        )  # fmt: skip
        context = await browser.new_context(
            viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, locale="ru-RU",
            java_script_enabled=javascript, color_scheme="dark" if dark else "light",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        try:
            yield Phone(shop, context)
        finally:
            await browser.close()
