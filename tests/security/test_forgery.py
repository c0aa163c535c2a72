"""A changing request must come from our own page: Sec-Fetch-Site says so, else Origin does."""

import pytest

OURS = "http://127.0.0.1:8000"
PLACES = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, False),
    ({"Sec-Fetch-Site": ""}, False),
    ({"Origin": OURS}, True),
    ({"Origin": "http://127.0.0.1:8001"}, False),
    ({"Origin": "https://127.0.0.1:8000"}, False),
    ({"Origin": "http://127.0.0.1:8000.evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
]


@pytest.mark.parametrize(("headers", "is_taken"), [*PLACES, ({}, False)])
async def test_with_a_session_only_our_own_pages_change_anything(door, headers, is_taken):
    signed_in = await door.signed_in("olga@firma.example")
    browser = door.client(origin=False, cookies={"session": signed_in.cookies["session"]})

    answer = await browser.post("/more/sign-out-everywhere", headers=headers)

    assert answer.status_code == (303 if is_taken else 403)
    assert await door.rows("SELECT count(*) FROM sessions") == [(0 if is_taken else 1,)]


@pytest.mark.parametrize(("headers", "is_taken"), [*PLACES, ({}, True)])
async def test_nobody_is_signed_in_by_a_page_of_another_site(door, headers, is_taken):
    await door.let_in("olga@firma.example")
    browser = door.client(origin=False)

    answer = await browser.post(
        "/login", headers=headers, data={"login": "olga@firma.example", "password": "верный конь 7"}
    )

    assert answer.status_code == (303 if is_taken else 403)


async def test_a_get_changes_nothing_and_is_never_refused(door):
    browser = await door.signed_in("olga@firma.example")

    answer = await browser.get("/more", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})

    assert answer.status_code == 200


async def test_machines_are_outside_of_sessions(door):
    browser = await door.signed_in("boss@seller.example", "admin")

    answer = await browser.post("/api/exchange/in", headers={"Origin": "https://evil.example"}, json={})

    assert answer.status_code == 401, "a cookie opens no door for machines"
