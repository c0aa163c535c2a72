"""Signing in, resetting the password and accepting an invitation, through the front door."""

import pytest

from data.access import people
from tests.front_door import PASSWORD, sign_in

WRONG = "Неверный логин или пароль"


@pytest.mark.row("O01")
async def test_a_person_signs_in_in_two_steps(door):
    await door.let_in("olga@firma.example")
    browser = door.client()

    first = await browser.get("/login")
    second = await browser.post("/login", data={"login": "olga@firma.example"})
    last = await sign_in(browser, "olga@firma.example", step="2")

    assert all(text in first.text for text in ("Вход в систему", "Логин, телефон или e-mail", "Далее"))
    assert all(text in second.text for text in ("Пароль", "Войти", "Забыли пароль?", 'data-reveal="password"'))
    assert 'value="olga@firma.example" readonly' in second.text
    assert (last.status_code, last.headers["location"]) == (303, "/")
    assert (await browser.get("/more")).status_code == 200


@pytest.mark.row("O01")
async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(door):
    await door.let_in("olga@firma.example")
    browser = door.client()

    steps = [await browser.post("/login", data={"login": name}) for name in ("olga@firma.example", "olga@firma.nobody")]
    answers = [await sign_in(browser, name, "не тот") for name in ("olga@firma.example", "olga@firma.nobody")]

    assert [step.status_code for step in steps] == [200, 200]
    assert [answer.status_code for answer in answers] == [422, 422]
    for pair in (steps, answers):
        assert pair[0].text.replace("olga@firma.example", "olga@firma.nobody") == pair[1].text
    assert WRONG in answers[0].text


@pytest.mark.row("O01", "O22")
@pytest.mark.parametrize(
    "typed",
    [
        "Krylova", " krylova ", "OLGA@firma.example", "+7 910 123-45-67", "+79101234567", "89101234567",
        "8 (910) 123 45 67", "79101234567", "7 910 123-45-67", "9101234567", "910 123 45 67",
    ],
)  # fmt: skip
async def test_login_email_and_every_spelling_of_the_phone_sign_in(door, typed):
    await door.let_in("olga@firma.example", login="Krylova", phone="8 910 123-45-67")

    answer = await sign_in(door.client(), typed)

    assert answer.status_code == 303


@pytest.mark.row("O22")
async def test_the_hint_about_the_plus_is_shown(door):
    answer = await door.client().get("/login")

    assert "Номер телефона начните с символа «+»" in answer.text


@pytest.mark.parametrize("data", [{}, {"login": ""}, {"login": "  ", "password": "x"}, {"login": "a", "step": "2"}])
async def test_an_empty_field_is_asked_for(door, data):
    answer = await door.client().post("/login", data=data)

    assert answer.status_code == 422
    assert "Введите" in answer.text


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/ \r\nX: y"]
)
async def test_after_signing_in_nobody_is_sent_to_another_site(door, elsewhere):
    await door.let_in("olga@firma.example")

    answer = await sign_in(door.client(), "olga@firma.example", next=elsewhere)

    assert answer.headers["location"] == "/"


async def test_whoever_is_not_signed_in_comes_back_to_the_page_they_asked_for(door):
    await door.let_in("olga@firma.example")
    browser = door.client()

    sent = await browser.get("/more/sign-ins?x=1&y=%D1%8F")
    shown = await browser.get(sent.headers["location"])
    answer = await sign_in(browser, "olga@firma.example", next="/more/sign-ins?x=1&y=%D1%8F")

    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=/more/sign-ins%3Fx%3D1%26y%3D%25D1%258F")
    assert 'name="next" value="/more/sign-ins?x=1&amp;y=%D1%8F"' in shown.text
    assert answer.headers["location"] == "/more/sign-ins?x=1&y=%D1%8F"


async def test_a_fragment_asked_by_nobody_sends_the_whole_page_to_sign_in(door):
    headers = {
        "HX-Request": "true",
        "HX-Current-URL": "http://127.0.0.1:8000/more/password",
        "Origin": door.settings.address,
    }

    answer = await door.client().get("/more/sign-ins", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/login?next=/more/password"


async def test_service_users_and_people_without_access_do_not_sign_in(door):
    membership = await door.let_in("olga@firma.example")
    await door.change(people.deactivate, membership)

    answer = await sign_in(door.client(), "olga@firma.example")

    assert answer.status_code == 422
    assert WRONG in answer.text


@pytest.mark.row("O02")
async def test_a_reset_letter_comes_and_its_link_works_once(door):
    browser = await door.signed_in("olga@firma.example")
    stranger = door.client()

    asked = await stranger.post("/login/reset", data={"login": "olga@firma.example"})
    (link,) = await door.links("olga@firma.example", "/login/reset")
    for _ in range(3):
        assert "Новый пароль" in (await stranger.get(link)).text
    changed = await stranger.post(link, data={"password": "новый конь 8"})

    assert "Проверьте почту" in asked.text
    assert (changed.status_code, changed.headers["location"]) == (303, "/")
    assert (await stranger.get("/more")).status_code == 200
    assert (await browser.get("/more")).status_code == 303, "earlier sessions have ended"
    assert (await stranger.post(link, data={"password": "третий конь 9"})).status_code == 410
    assert (await stranger.get(link)).status_code == 410
    assert (await sign_in(door.client(), "olga@firma.example")).status_code == 422
    assert (await sign_in(door.client(), "olga@firma.example", "новый конь 8")).status_code == 303
    subjects = await door.rows("SELECT subject FROM letters ORDER BY id DESC LIMIT 1")
    assert "изменён" in subjects[0][0]


@pytest.mark.row("O02")
async def test_asking_for_a_reset_tells_nobody_who_exists(door):
    await door.let_in("olga@firma.example")

    known = await door.client().post("/login/reset", data={"login": "olga@firma.example"})
    unknown = await door.client().post("/login/reset", data={"login": "nobody@firma.example"})

    assert known.text == unknown.text
    assert await door.rows("SELECT count(*) FROM letters WHERE event LIKE 'reset:%'") == [(1,)]


@pytest.mark.row("O02")
async def test_a_reset_link_dies_after_half_an_hour(door):
    await door.let_in("olga@firma.example")
    await door.client().post("/login/reset", data={"login": "olga@firma.example"})
    (link,) = await door.links("olga@firma.example", "/login/reset")

    door.pass_time(minutes=31)

    assert (await door.client().get(link)).status_code == 410
    assert (await door.client().post(link, data={"password": "новый конь 8"})).status_code == 410


async def test_an_invitation_sets_the_first_password_and_tells_1c(door):
    membership = await door.publish("olga@firma.example")
    (link,) = await door.links("olga@firma.example", "/invite")
    browser = door.client()

    shown = await browser.get(link)
    short = await browser.post(link, data={"password": "конь"})
    answer = await browser.post(link, data={"password": PASSWORD})

    assert "Ольга Крылова" in shown.text
    assert (short.status_code, answer.status_code) == (422, 303)
    assert "не короче 8" in short.text
    assert await door.rows("SELECT status FROM memberships") == [("active",)]
    queued = await door.rows("SELECT kind, op, object FROM queue")
    assert queued == [("user_status", "upsert", membership)]
    assert (await browser.get("/more")).status_code == 200
    assert (await door.client().get(link)).status_code == 410


@pytest.mark.row("A04")
async def test_after_inviting_again_the_old_link_is_dead(door):
    membership = await door.publish("olga@firma.example")
    await door.change(people.invite_again, membership)

    old, new = await door.links("olga@firma.example", "/invite")

    assert (await door.client().get(old)).status_code == 410
    assert (await door.client().get(new)).status_code == 200


async def test_a_link_for_one_purpose_opens_nothing_else(door):
    await door.publish("olga@firma.example")
    (link,) = await door.links("olga@firma.example", "/invite")

    answer = await door.client().post(link.replace("/invite", "/login/reset"), data={"password": PASSWORD})

    assert answer.status_code == 410


@pytest.mark.parametrize("weak", ["1234567", "password", "aaaaaaaaaa", "olga@firma.example", "я" * 257])
async def test_a_weak_password_is_refused_in_place(door, weak):
    await door.publish("olga@firma.example")
    (link,) = await door.links("olga@firma.example", "/invite")

    answer = await door.client().post(link, data={"password": weak})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert await door.rows("SELECT count(*) FROM users WHERE password <> ''") == [(0,)]


@pytest.mark.row("A16")
async def test_a_second_partner_with_the_same_email_adds_a_membership_and_a_switcher(door):
    browser = await door.signed_in("olga@firma.example")
    second = await door.publish("Olga@Firma.example", "contact")

    more = await browser.get("/more")
    before = browser.cookies["session"]
    switched = await browser.post("/more/company", data={"membership": second})

    assert "Мои компании" in more.text
    assert switched.status_code == 303
    assert browser.cookies["session"] != before
    assert "Контактное лицо" in (await browser.get("/more")).text
    assert await door.rows("SELECT count(*) FROM users") == [(1,)]


async def test_nobody_switches_into_a_company_that_is_not_theirs(door):
    browser = await door.signed_in("olga@firma.example")
    other = await door.let_in("boris@other.example")

    answer = await browser.post("/more/company", data={"membership": other})

    assert answer.status_code == 404


@pytest.mark.row("A15")
async def test_the_person_changes_the_password_in_more(door):
    browser = await door.signed_in("olga@firma.example")
    elsewhere = door.client()
    await sign_in(elsewhere, "olga@firma.example")

    wrong = await browser.post("/more/password", data={"old_password": "не тот", "password": "новый конь 8"})
    right = await browser.post("/more/password", data={"old_password": PASSWORD, "password": "новый конь 8"})

    assert wrong.status_code == 422
    assert "Прежний пароль не подходит" in wrong.text
    assert right.status_code == 303
    assert (await browser.get("/more")).status_code == 200
    assert (await elsewhere.get("/more")).status_code == 303
