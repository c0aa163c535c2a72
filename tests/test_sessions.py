"""Sessions: new at every sign-in, seen and ended by their owner, ended at once when access is taken away."""

import asyncio
import hashlib

import pytest

from data import clock
from data.access import people, sessions
from tests.front_door import opened_door, sign_in


async def test_a_planted_session_does_not_survive_signing_in(door):
    await door.let_in("olga@firma.example")
    browser = door.client()
    browser.cookies.set("session", "planted")

    await sign_in(browser, "olga@firma.example")

    assert all(cookie.value != "planted" for cookie in browser.cookies.jar if cookie.domain == "127.0.0.1")
    planted = door.client(cookies={"session": "planted"})
    assert (await planted.get("/more")).status_code == 303


async def test_signing_in_again_ends_the_session_the_browser_had(door):
    browser = await door.signed_in("olga@firma.example")
    old = browser.cookies["session"]

    await sign_in(browser, "olga@firma.example")

    assert browser.cookies["session"] != old
    assert (await door.client(cookies={"session": old}).get("/more")).status_code == 303


async def test_only_the_hash_of_the_token_is_kept(door):
    browser = await door.signed_in("olga@firma.example")
    token = browser.cookies["session"]

    kept = await door.rows("SELECT token_hash FROM sessions")

    assert kept == [(hashlib.sha256(token.encode()).hexdigest(),)]


@pytest.mark.row("A15")
async def test_signing_out_ends_the_session_on_the_server(door):
    browser = await door.signed_in("olga@firma.example")
    token = browser.cookies["session"]

    answer = await browser.post("/more/sign-out")

    assert answer.headers["location"] == "/login"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "session" not in browser.cookies
    assert (await door.client(cookies={"session": token}).get("/more")).status_code == 303


async def test_a_request_in_flight_does_not_bring_an_ended_session_back(door):
    browser = await door.signed_in("olga@firma.example")
    token = browser.cookies["session"]
    flights = [browser.get("/more/sign-ins") for _ in range(20)]

    await asyncio.gather(*flights, door.client(cookies={"session": token}).post("/more/sign-out"))
    await sessions.keep_last_seen(clock.now())

    assert await door.rows("SELECT count(*) FROM sessions") == [(0,)]
    assert (await door.client(cookies={"session": token}).get("/more")).status_code == 303


@pytest.mark.row("A15")
async def test_a_person_sees_the_own_sign_ins_and_ends_one(door):
    browser = await door.signed_in("olga@firma.example")
    phone = door.client(
        "198.51.100.7", headers={"Origin": door.settings.address, "User-Agent": "Mozilla Android Chrome/9"}
    )
    await sign_in(phone, "olga@firma.example")

    shown = await browser.get("/more/sign-ins")
    ((session,),) = await door.rows("SELECT uuid FROM sessions WHERE address = '198.51.100.7'")
    ended = await browser.post("/more/sign-ins/end", data={"session": session})

    assert "Chrome, Android" in shown.text
    assert "198.51.100.7" in shown.text
    assert ended.status_code == 303
    assert (await phone.get("/more")).status_code == 303
    assert (await browser.get("/more")).status_code == 200


async def test_nobody_ends_the_session_of_another(door):
    browser = await door.signed_in("olga@firma.example")
    stranger = await door.signed_in("boris@other.example")
    ((session,),) = await door.rows(
        "SELECT s.uuid FROM sessions s JOIN users u ON u.id = s.user WHERE u.email = 'olga@firma.example'"
    )

    answer = await stranger.post("/more/sign-ins/end", data={"session": session})

    assert answer.status_code == 404
    assert (await browser.get("/more")).status_code == 200


async def test_signing_out_everywhere_ends_all(door):
    browser = await door.signed_in("olga@firma.example")
    phone = door.client("198.51.100.7")
    await sign_in(phone, "olga@firma.example")

    await browser.post("/more/sign-out-everywhere")

    assert (await phone.get("/more")).status_code == 303
    assert await door.rows("SELECT count(*) FROM sessions") == [(0,)]


@pytest.mark.row("A05", "A15")
@pytest.mark.parametrize("rule", [people.deactivate, people.delete, people.reset_password])
async def test_access_taken_away_ends_open_sessions_at_once(door, rule):
    membership = await door.let_in("olga@firma.example")
    browser = door.client()
    await sign_in(browser, "olga@firma.example")
    assert (await browser.get("/more")).status_code == 200

    await door.change(rule, membership)

    assert (await browser.get("/more")).status_code == 303
    assert (await sign_in(browser, "olga@firma.example")).status_code == 422


@pytest.mark.row("A05")
async def test_who_is_activated_again_signs_in_with_the_old_password(door):
    membership = await door.let_in("olga@firma.example")
    await door.change(people.deactivate, membership)

    await door.change(people.activate, membership)

    assert (await sign_in(door.client(), "olga@firma.example")).status_code == 303


@pytest.mark.row("A15")
async def test_a_new_role_holds_in_an_open_session(door):
    await door.let_in("boss@seller.example", "admin")
    membership = await door.let_in("ivan@seller.example", "admin")
    browser = door.client()
    await sign_in(browser, "ivan@seller.example")
    assert (await browser.get("/admin")).status_code == 200

    await door.change(people.change_role, membership, "manager")

    assert (await browser.get("/admin")).status_code == 404


async def test_the_last_administrator_is_not_shut_out(door):
    membership = await door.let_in("boss@seller.example", "admin")

    for rule in (people.deactivate, people.delete):
        with pytest.raises(people.Refusal):
            await door.change(rule, membership)


@pytest.mark.parametrize(
    ("role", "idle", "step", "steps"),
    [("manager", {"hours": 13}, {"hours": 11}, 15), ("partner", {"days": 31}, {"days": 29}, 3)],
)
async def test_an_idle_session_ends_and_a_busy_one_at_its_longest(door, role, idle, step, steps):
    browser = await door.signed_in("olga@firma.example", role)
    door.pass_time(**idle)
    assert (await browser.get("/more")).status_code == 303

    await sign_in(browser, "olga@firma.example")
    for _ in range(steps):
        door.pass_time(**step)
        assert (await browser.get("/more")).status_code == 200
    door.pass_time(**step)

    assert (await browser.get("/more")).status_code == 303


async def test_when_somebody_was_last_here_is_written_without_a_write_per_page(door):
    browser = await door.signed_in("olga@firma.example")
    ((before,),) = await door.rows("SELECT last_seen_at FROM sessions")
    door.pass_time(minutes=10)

    await browser.get("/more")
    ((during,),) = await door.rows("SELECT last_seen_at FROM sessions")
    await sessions.keep_last_seen(clock.now())
    ((after,),) = await door.rows("SELECT last_seen_at FROM sessions")

    assert before == during < after


async def test_over_https_the_cookies_are_bound_to_the_host(tmp_path):
    async with opened_door(tmp_path / "home", public_url="https://portal.example.ru") as door:
        await door.let_in("olga@firma.example")
        answer = await sign_in(door.client(), "olga@firma.example")

    cookies = answer.headers.get_list("set-cookie")
    for name in ("__Host-session=", "__Host-device="):
        (found,) = [cookie for cookie in cookies if cookie.startswith(name)]
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= {piece.strip() for piece in found.split(";")}
        assert "Domain" not in found
    assert any(cookie.startswith("here=1") and "HttpOnly" not in cookie for cookie in cookies)
