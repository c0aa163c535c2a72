"""Guessing passwords is slowed down; the rightful owner is never locked out where they signed in before."""

from tests.front_door import PASSWORD, sign_in

WHO = "olga@firma.example"


async def wrong(door, times, *, login=WHO, address="203.0.113.9", browser=None):
    """The statuses of so many wrong sign-ins."""
    browser = browser or door.client(address)
    return [(await sign_in(browser, login, f"не тот {n}")).status_code for n in range(times)]


async def test_the_sixth_wrong_password_waits_and_says_how_long(door):
    await door.let_in(WHO)

    statuses = await wrong(door, 5)
    answer = await sign_in(door.client("203.0.113.9"), WHO)

    assert statuses == [422] * 5
    assert answer.status_code == 429
    assert "Слишком много попыток, попробуйте через 15\u00a0минут" in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= 901


async def test_waiting_is_enough(door):
    await door.let_in(WHO)
    await wrong(door, 6)

    door.pass_time(minutes=16)

    assert (await sign_in(door.client("203.0.113.9"), WHO)).status_code == 303


async def test_a_right_password_starts_anew(door):
    await door.let_in(WHO)
    for _ in range(3):
        assert await wrong(door, 4) == [422] * 4
        assert (await sign_in(door.client("203.0.113.9"), WHO)).status_code == 303


async def test_every_name_of_a_person_counts_as_one(door):
    await door.let_in(WHO, login="olga", phone="+79101234567")

    statuses = [
        *await wrong(door, 2, login="olga"),
        *await wrong(door, 2, login="89101234567"),
        *await wrong(door, 2, login=WHO),
    ]

    assert statuses == [422] * 5 + [429]


async def test_guesses_sent_at_once_are_counted_one_by_one(door):
    import asyncio

    await door.let_in(WHO)
    browser = door.client("203.0.113.9")

    answers = await asyncio.gather(*[sign_in(browser, WHO, f"не тот {n}") for n in range(12)])

    assert sorted(answer.status_code for answer in answers) == [422] * 5 + [429] * 7


async def test_many_accounts_from_one_address_wait_too(door):
    statuses = [status for n in range(22) for status in await wrong(door, 1, login=f"user{n}@firma.example")]

    assert statuses == [422] * 20 + [429] * 2


async def test_an_attack_from_many_addresses_does_not_lock_out_the_device_of_the_owner(door):
    owner = await door.signed_in(WHO)
    await owner.post("/more/sign-out")
    for n in range(60):
        await wrong(door, 1, address=f"203.0.113.{n}")

    stranger = await sign_in(door.client("198.51.100.77"), WHO)
    again = await sign_in(owner, WHO)

    assert stranger.status_code == 429, "the account itself is under attack"
    assert again.status_code == 303


async def test_an_attack_from_the_owners_own_address_does_not_lock_out_the_device(door):
    owner = await door.signed_in(WHO)
    await owner.post("/more/sign-out")
    await wrong(door, 8, address="192.0.2.1")

    assert (await sign_in(owner, WHO)).status_code == 303


async def test_a_device_that_signed_in_before_may_not_guess_for_ever(door):
    owner = await door.signed_in(WHO)
    await owner.post("/more/sign-out")

    assert await wrong(door, 7, browser=owner) == [422] * 5 + [429] * 2


async def test_a_made_up_device_is_no_excuse(door):
    await door.let_in(WHO)
    browser = door.client("203.0.113.9", cookies={"device": "made-up"})

    assert await wrong(door, 6, browser=browser) == [422] * 5 + [429]
    assert (await sign_in(browser, WHO, PASSWORD)).status_code == 429


async def test_reset_letters_are_not_sent_by_the_hundred(door):
    await door.let_in(WHO)
    browser = door.client("203.0.113.9")

    statuses = [(await browser.post("/login/reset", data={"login": WHO})).status_code for _ in range(7)]

    assert statuses == [200] * 5 + [429] * 2
    assert len(await door.links(WHO, "/login/reset")) == 5


async def test_an_unknown_phone_is_counted_like_a_known_one_however_it_is_written(door):
    """Otherwise the sixth try would tell whether somebody has this phone."""
    await door.let_in(WHO, phone="+79101234567")
    told = []
    for tail in ("9101234567", "9995550011"):
        ways = [f"+7{tail}", f"8{tail}", f"7{tail}", tail, f"8 ({tail[:3]}) {tail[3:]}", f"+7 {tail[:3]}-{tail[3:]}"]
        browser = door.client(f"203.0.113.{tail[:1]}{tail[1]}")
        told.append([(await sign_in(browser, way, "не тот")).status_code for way in ways])
        told.append([(await browser.post("/login/reset", data={"login": way})).status_code for way in ways])

    assert told[:2] == told[2:] == [[422] * 5 + [429], [200] * 5 + [429]]
