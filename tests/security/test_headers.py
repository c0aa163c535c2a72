"""The headers that must stand on every answer, whatever is asked and however it ends."""

import pytest

from tests.front_door import opened_door
from tests.security.addresses import every_route
from web.static_files import asset

WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}
DIRECTIVES = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
)  # fmt: skip


def check(answer):
    where = f"{answer.request.method} {answer.request.url} {answer.status_code}"
    for name, value in WANTED.items():
        assert answer.headers.get_list(name) == [value], f"{name} of {where}"
    policy = answer.headers["content-security-policy"]
    assert all(directive in policy for directive in DIRECTIVES), where
    assert "unsafe" not in policy
    assert len(answer.headers["x-request-id"]) == 16
    assert "server" not in answer.headers
    assert answer.headers.get("cache-control"), where


async def test_every_route_answers_with_them_to_nobody_and_to_the_administrator(door):
    boss = await door.signed_in("boss@seller.example", "admin")
    for method, path in every_route(door.outer):
        for browser in (door.client(), boss):
            if "/more/sign-out" in path:
                continue
            answer = await browser.request(method, path)
            check(answer)
            assert answer.status_code < 500, f"{method} {path}: {answer.text}"


async def test_refusals_and_files_answer_with_them_too(door):
    browser = door.client()
    answers = {
        404: await browser.get("/no/such/page"),
        405: await browser.delete("/login"),
        413: await browser.post("/login", content=b"login=" + b"x" * 70_000),
        400: await browser.get("/orders/%ff"),
        403: await browser.post("/login", headers={"Origin": "https://evil.example"}, data={"login": "x"}),
        200: await browser.get(asset("app.css")),
    }
    for status, answer in answers.items():
        check(answer)
        assert answer.status_code == status
    check(await browser.get("/static/none.css"))
    assert (await browser.request("TRACE", "/login")).status_code == 405
    assert (await browser.request("BREW", "/login")).status_code == 405


async def test_pages_are_never_kept_by_strangers_and_plain_http_promises_no_https(door):
    browser = await door.signed_in("olga@firma.example")

    answer = await browser.get("/more")

    assert answer.headers["cache-control"] == "private, no-cache"
    assert "strict-transport-security" not in answer.headers


async def test_https_is_promised_for_a_year(tmp_path):
    async with opened_door(tmp_path / "home", public_url="https://portal.example.ru") as door:
        answer = await door.client().get("/login")

    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
async def test_head_answers_as_get_without_a_body(door, coding):
    browser = door.client(headers={"Accept-Encoding": coding})
    for path in ("/login", "/up", "/no/such/page", asset("app.css")):
        get, head = await browser.get(path), await browser.head(path)
        assert head.content == b""
        assert head.status_code == get.status_code
        for name in ("content-length", "content-type", "content-encoding"):
            assert head.headers.get(name) == get.headers.get(name)
