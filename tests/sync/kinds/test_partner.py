"""Partners and their organisations; roles; whom 1C opens the portal to."""

import json

import pytest

from data.access import sessions
from data.database import execute, fetch_one, writing
from tests.sync.kinds.conftest import NOW, row, rows, uid

ANNA = {
    "name": "Ромашкина Анна",
    "email": "Anna@Example.com",
    "phone": "+79990000201",
    "login": "anna",
    "role": "partner",
    "partner": uid("romashka"),
    "contact": uid("contact"),
    "manager": None,
    "action": "publish",
}


@pytest.fixture
async def romashka(onec):
    await onec.send(
        "partner", "romashka", {"name": "Ромашка", "manager": uid("m"), "segments": [uid("s")], "active": True}
    )


async def signed_in(membership):
    async with writing():
        await execute("UPDATE memberships SET status = 'active' WHERE uuid = ?", uid(membership))
        user, id_ = await fetch_one("SELECT user, id FROM memberships WHERE uuid = ?", uid(membership))
        return await sessions.open_session(user, id_, address="127.0.0.1", agent="", now=NOW)


async def member(key="anna"):
    return await row(
        "SELECT u.name, u.email, u.phone, u.login, m.role, o.uuid, m.contact, m.status FROM memberships m"
        " JOIN users u ON u.id = m.user JOIN organisations o ON o.id = m.organisation WHERE m.uuid = ?",
        uid(key),
    )


async def test_a_partner_is_an_organisation_of_the_same_name(onec, romashka):
    await onec.send("partner", "romashka", {"name": "Ромашка и Ко"})

    assert await rows("SELECT uuid, kind, name, active FROM organisations WHERE kind = 'partner'") == [
        (uid("romashka"), "partner", "Ромашка и Ко", True)
    ]
    name, manager, segments, active = await row("SELECT name, manager, segments, active FROM partners")
    assert (name, manager, json.loads(segments), active) == ("Ромашка и Ко", uid("m"), [uid("s")], True)


@pytest.mark.parametrize(
    ("data", "op"), [({"active": False}, "upsert"), ({"deleted": True}, "upsert"), (None, "delete")]
)
async def test_a_partner_that_trades_no_more_signs_nobody_in(onec, romashka, data, op):
    await onec.send("user", "anna", ANNA)
    token = await signed_in("anna")

    await onec.send("partner", "romashka", data, op=op)
    await onec.send("partner", "romashka", {"name": "Ромашка"})

    assert await sessions.person_of(token, NOW) is None
    assert await row("SELECT p.active, o.active FROM partners p JOIN organisations o ON o.id = p.organisation") == (
        False,
        False,
    )


async def test_a_partner_comes_back(onec, romashka):
    await onec.send("partner", "romashka", {"active": False})

    await onec.send("partner", "romashka", {"active": True})

    assert await row("SELECT p.active, o.active FROM partners p JOIN organisations o ON o.id = p.organisation") == (
        True,
        True,
    )


async def test_people_and_orders_go_over_to_the_survivor(onec, romashka):
    await onec.send("partner", "double", {"name": "Ромашка (дубль)", "active": True})
    await onec.send("counterparty", "ooo", {"partner": uid("double"), "legal_name": "ООО Ромашка"})
    await onec.send("user", "anna", {**ANNA, "partner": uid("double")})

    await onec.send("partner", "double", {"into": uid("romashka")}, op="merge")

    assert (await member())[5] == uid("romashka")
    assert await row("SELECT partner FROM counterparties") == (uid("romashka"),)
    assert await rows("SELECT active FROM partners ORDER BY id") == [(True,), (False,)]


async def test_who_is_not_on_the_complete_list_trades_no_more(onec, romashka):
    await onec.send("partner", "other", {"name": "Другой", "active": True})

    await onec.send("partner", "list", {"scope": {}, "ids": [uid("other")]}, op="snapshot")

    assert await rows("SELECT active FROM organisations WHERE kind = 'partner' ORDER BY id") == [(False,), (True,)]


@pytest.mark.parametrize(("field", "value"), [("segments", "x"), ("segments", [1]), ("active", "да"), ("manager", "М")])
async def test_a_wrong_field_of_a_partner_is_named(onec, field, value):
    code, message = await onec.refused("partner", "romashka", {"name": "Ромашка", field: value})

    assert (code, f"«{field}" in message) == ("BAD_FIELD", True)
    assert await rows("SELECT * FROM organisations WHERE kind = 'partner'") == []


async def test_a_person_is_published_once_and_invited_once(onec, romashka):
    await onec.send("user", "anna", ANNA)
    await onec.send("user", "anna", ANNA)

    assert await member() == (
        "Ромашкина Анна", "anna@example.com", "+79990000201", "anna", "partner", uid("romashka"), uid("contact"), "registration"
    )  # fmt: skip
    assert await row("SELECT count(*) FROM letters") == (1,)


async def test_what_is_absent_of_a_person_stays(onec, romashka):
    await onec.send("user", "anna", ANNA)

    await onec.send("user", "anna", {"name": "Анна Р.", "contact": None})

    assert (await member())[:7] == (
        "Анна Р.",
        "anna@example.com",
        "+79990000201",
        "anna",
        "partner",
        uid("romashka"),
        "",
    )


async def test_one_mail_in_two_companies_is_one_person(onec, romashka):
    await onec.send("user", "anna", ANNA)

    await onec.send("user", "anna 2", {**ANNA, "partner": uid("sever")})

    assert await row("SELECT count(DISTINCT user), count(*) FROM memberships") == (1, 2)


@pytest.mark.parametrize("email", [None, "", "  "])
async def test_a_person_without_mail_is_refused_in_1cs_words(onec, romashka, email):
    assert await onec.refused("user", "anna", {**ANNA, "email": email}) == (
        "EMAIL_REQUIRED", "Не указана электронная почта"
    )  # fmt: skip
    assert await row("SELECT count(*) FROM users") == (0,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"role": "king"}, "ROLE_UNKNOWN"),
        ({"email": "not mail"}, "EMAIL_REQUIRED"),
        ({"action": "promote"}, "BAD_FIELD"),
        ({"email": "a" * 255}, "BAD_FIELD"),
        ({"action": "activate"}, "UNKNOWN_USER"),
        ({"action": "reset_password"}, "UNKNOWN_USER"),
    ],
)
async def test_what_cannot_be_done_with_a_person_is_told(onec, romashka, data, code):
    assert (await onec.refused("user", "anna", {**ANNA, **data}))[0] == code


async def test_access_is_taken_and_given_and_deleted(onec, romashka):
    await onec.send("user", "anna", ANNA)
    token = await signed_in("anna")

    await onec.send("user", "anna", {"action": "deactivate"})
    gone = await sessions.person_of(token, NOW)
    status = (await member())[-1]
    await onec.send("user", "anna", {"action": "activate"})
    back = (await member())[-1]
    await onec.send("user", "anna", {"action": "delete"})
    await onec.send("user", "anna", {"action": "delete"})

    assert (gone, status, back) == (None, "deactivated", "registration")
    assert await row("SELECT count(*) FROM users") == (0,)


async def test_an_invitation_and_a_reset_write_letters(onec, romashka):
    await onec.send("user", "anna", ANNA)

    await onec.send("user", "anna", {"action": "invite_again"})
    await onec.send("user", "anna", {"action": "reset_password"})

    assert await row("SELECT count(*) FROM letters") == (3,)


async def test_1c_changes_the_rights_of_a_role_at_once(onec, romashka):
    await onec.send("user", "anna", ANNA)
    token = await signed_in("anna")
    before = (await sessions.person_of(token, NOW)).person.rights

    await onec.send("role", "role", {"code": "partner", "name": "Покупатель", "rights": ["catalogue", "fly"]})

    assert "documents" in before
    assert (await sessions.person_of(token, NOW)).person.rights == {"catalogue"}


async def test_the_administrator_keeps_the_keys(onec):
    await onec.send("role", "role", {"code": "admin", "rights": []})

    (rights,) = await row("SELECT rights FROM roles WHERE code = 'admin'")
    assert set(json.loads(rights)) == {"people.all", "exchange", "settings"}


async def test_a_role_of_1cs_own_comes_and_goes_and_the_portals_stay(onec):
    await onec.send("role", "mine", {"code": "auditor", "name": "Ревизор", "rights": ["orders.company"]})
    await onec.send("role", "mine", {"name": "Аудитор"})
    named = await row("SELECT name, rights FROM roles WHERE code = 'auditor'")
    await onec.send("role", "theirs", {"code": "viewer", "name": "Зритель"})

    await onec.send("role", "mine", op="delete")
    await onec.send("role", "theirs", op="delete")

    assert named == ("Аудитор", '["orders.company"]')
    assert [code for (code,) in await rows("SELECT code FROM roles WHERE code IN ('auditor', 'viewer')")] == ["viewer"]
    assert await onec.refused("role", "new", {"name": "Без кода"}) == ("BAD_FIELD", "Поле «code»: не заполнено")
