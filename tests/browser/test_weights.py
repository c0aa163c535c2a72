import re

import pytest

from tests.browser.phone import phone

pytestmark = pytest.mark.browser
FIRST_LOAD, PARTIAL = 70_000, 4096  # bytes over the wire, headers and all


class Wire:
    """Bytes that came over the wire to one page, by the address asked."""

    def __init__(self):
        self.asked, self.bytes = {}, {}

    async def listen(self, page):
        session = await page.context.new_cdp_session(page)
        session.on("Network.responseReceived", lambda e: self.asked.setdefault(e["requestId"], e["response"]["url"]))
        session.on("Network.loadingFinished", self._loaded)
        await session.send("Network.enable")
        await session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _loaded(self, event):
        address = self.asked.get(event["requestId"], "")
        self.bytes[address] = self.bytes.get(address, 0) + int(event["encodedDataLength"])

    @property
    def total(self):
        return sum(self.bytes.values())


async def test_the_first_catalogue_and_a_tap_cost_little(shop):
    async with phone(shop) as partners:
        page = await partners.sign_in("partner", "Вектор")
        first = Wire()
        await first.listen(page)
        await page.goto(shop.url + "/catalogue", wait_until="networkidle")
        assert await page.locator("#rows > .row").count() == 40
        assert 20_000 < first.total <= FIRST_LOAD, first.bytes

        stepper = page.locator("form.stepper").first
        async with page.expect_response(re.compile("/cart/lines")) as answer:
            await stepper.get_by_role("button", name=re.compile("^Больше")).tap()
        sizes = await (await answer.value).request.sizes()
        assert 0 < sizes["responseHeadersSize"] + sizes["responseBodySize"] <= PARTIAL, sizes
        assert not partners.wrong
