"""The colours can be read by everybody, and the script does in Chromium what a hurried person expects of it."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import uvicorn
from playwright.async_api import Page, async_playwright, expect

from web import static_files
from web.static_files import asset
from web.templating import environment

TOKENS = Path(__file__).resolve().parent.parent / "web" / "static" / "style" / "tokens.css"
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("on-accent", "accent"),
    ("accent", "accent-soft"),
    ("amber", "amber-soft"),
    ("red", "red-soft"),
    ("red", "surface"),
    ("surface", "red"),
    ("blue", "blue-soft"),
    ("paper", "ink"),
]
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
STEPPER = """
<form class="stepper" id="stepper" method="post" action="/quantity" hx-post="/quantity" hx-swap="none"
      hx-trigger="submit, change delay:350ms" hx-sync="this:queue last" data-multiple="{multiple}">
  <button class="visually-hidden" tabindex="-1" aria-hidden="true">Сохранить</button>
  <button name="step" value="-1" data-step="-1" aria-label="Убрать">−</button>
  <input id="amount" name="quantity" value="{amount}" aria-label="Количество">
  <button name="step" value="1" data-step="1" aria-label="Добавить">+</button>
</form>"""


def luminance(colour: str) -> float:
    parts = [byte / 255 for byte in bytes.fromhex(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--([\w-]+): #([0-9A-F]{6});", light if scheme == "light" else dark))


@dataclass
class Door:
    """A page of our own components; it answers posts with `status` and remembers them."""

    body: str
    status: int = 204
    answer: str = ""
    posts: list[dict[str, list[str]]] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if static_files.is_static(scope["path"]):
            await static_files.serve(scope, receive, send)
        elif scope["method"] == "POST":
            self.posts.append(parse_qs((await receive())["body"].decode()))
            await self.send(send, self.status, self.answer)
        else:
            await self.send(send, 200, self.page())

    async def send(self, send: Any, status: int, text: str) -> None:
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", CSP.encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})

    def page(self) -> str:
        scripts = "".join(f'<script src="{asset(name)}" defer></script>' for name in ("htmx.js", "app.js"))
        return (
            f'<!DOCTYPE html><html lang="ru"><head><title>Проба</title><link rel="icon" href="{asset("favicon.svg")}">'
            f'<link rel="stylesheet" href="{asset("app.css")}">{scripts}</head>'
            f'<body><main>{self.body}</main><p id="offline" hidden>Нет связи</p><div id="toasts"></div></body></html>'
        )


@asynccontextmanager
async def opened(door: Door) -> AsyncIterator[Page]:
    """The door's page in a phone-sized Chromium."""
    server = uvicorn.Server(uvicorn.Config(door, port=0, log_level="error", lifespan="off"))
    running = asyncio.create_task(server.serve())
    try:
        await until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        async with async_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = await browser.new_page(viewport={"width": 360, "height": 740})
            await page.goto(f"http://127.0.0.1:{port}/")
            yield page
            await browser.close()
    finally:
        server.should_exit = True
        await running


async def until(condition: Any, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110, the server has no event to wait for
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme: str) -> None:
    palette = colours(scheme)

    assert [pair for pair in TEXT_PAIRS if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []
    assert contrast(palette["edge"], palette["paper"]) >= 3
    assert contrast(palette["blue"], palette["paper"]) >= 3


@pytest.mark.browser
async def test_five_quick_taps_are_one_message_with_the_absolute_number() -> None:
    door = Door(STEPPER.format(multiple="6", amount="0"))

    async with opened(door) as page:
        for _ in range(5):
            await page.get_by_role("button", name="Добавить").click()
        await expect(page.locator("#amount")).to_have_value("30")
        await until(lambda: door.posts)

    assert door.posts == [{"quantity": ["30"]}]


@pytest.mark.browser
async def test_a_tap_moves_to_the_next_multiple() -> None:
    cases = [
        ("6", "7", "Добавить", "12"),
        ("6", "7", "Убрать", "6"),
        ("6", "0", "Убрать", "0"),
        ("0.25", "1,5", "Добавить", "1,75"),
        ("0.1", "0,2", "Добавить", "0,3"),
        ("1", "1 000", "Добавить", "1001"),
        ("12", "много", "Добавить", "12"),
    ]
    steppers = [STEPPER.format(multiple=multiple, amount=amount) for multiple, amount, _, _ in cases]

    async with opened(Door("".join(steppers))) as page:
        for place, (_, _, tap, shown) in enumerate(cases):
            stepper = page.locator(".stepper").nth(place)
            await stepper.get_by_role("button", name=tap).click()
            await expect(stepper.get_by_label("Количество")).to_have_value(shown)


@pytest.mark.browser
async def test_a_number_that_was_not_sent_is_marked_and_sent_when_the_line_is_back() -> None:
    door = Door(STEPPER.format(multiple="1", amount="3"))

    async with opened(door) as page:
        await page.context.set_offline(True)
        await expect(page.locator("#offline")).to_be_visible()
        await page.get_by_role("button", name="Добавить").click()
        await expect(page.locator(".toast")).to_contain_text("Нет связи")
        await expect(page.locator("#stepper[data-unsent]")).to_be_visible()
        await page.context.set_offline(False)
        await until(lambda: door.posts)
        await expect(page.locator("#offline")).to_be_hidden()
        await expect(page.locator("#stepper[data-unsent]")).to_have_count(0)

    assert door.posts == [{"quantity": ["4"]}]


@pytest.mark.browser
async def test_a_failure_of_the_portal_is_said_once_and_the_number_stays() -> None:
    async with opened(Door(STEPPER.format(multiple="1", amount="3"), status=503)) as page:
        await page.get_by_role("button", name="Добавить").click()

        await expect(page.locator(".toast")).to_have_text("Не получилось. Попробуйте ещё раз")
        await expect(page.locator("#amount")).to_have_value("4")


@pytest.mark.browser
async def test_a_plain_form_tapped_twice_is_sent_once() -> None:
    door = Door('<form method="post" action="/order"><button class="button">Оформить заказ</button></form>')

    async with opened(door) as page:
        await page.get_by_role("button").dblclick()
        await until(lambda: door.posts)
        await page.wait_for_load_state("networkidle")

    assert len(door.posts) == 1


@pytest.mark.browser
async def test_the_eye_shows_and_hides_the_password() -> None:
    drawn = environment().get_template("components/password.html")
    body = drawn.render(request=None, id="secret", name="secret", label="Пароль", autocomplete="off", hint="", error="")

    async with opened(Door(body)) as page:
        await page.locator("label.button").click()
        await expect(page.locator("#secret")).to_have_attribute("type", "text")
        await expect(page.locator("use")).to_have_attribute("href", f"{asset('icons.svg')}#eye-off")
        await page.locator("label.button").click()
        await expect(page.locator("#secret")).to_have_attribute("type", "password")


@pytest.mark.browser
async def test_an_error_that_asks_for_focus_gets_it_in_a_page_and_in_a_fragment() -> None:
    form = '<div id="place"><form hx-post="/x" hx-target="#place"><button>Сохранить</button></form></div>'
    answer = "<h2 data-focus>Ошибка: нет даты</h2>"
    door = Door(f"<h1 data-focus>Ошибка</h1>{form}", status=422, answer=answer)

    async with opened(door) as page:
        await expect(page.locator("h1")).to_be_focused()
        await page.get_by_role("button").click()
        await expect(page.locator("h2")).to_be_focused()


@pytest.mark.browser
async def test_digits_of_both_weights_take_one_width_on_the_screen() -> None:
    numbers = "".join(f'<b class="number">{digit * 8}</b><br>' for digit in "0123456789")

    async with opened(Door(numbers)) as page:
        await page.evaluate("document.fonts.ready")
        script = "[...document.querySelectorAll('b')].map(line => line.getBoundingClientRect().width.toFixed(2))"
        widths = await page.evaluate(script)
        assert await page.evaluate("document.fonts.check('600 16px Golos')")

    assert len(set(widths)) == 1
