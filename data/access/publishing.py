"""Publishing: whom 1C or an administrator opens the portal to, and the invitation that follows.

One person with one e-mail may have memberships in several organisations.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from data.access import organisations
from data.access.links import INVITATION, make_link
from data.access.names import folded, is_email, phone_of
from data.access.sessions import access_changed
from data.access.status import tell_status
from data.access.users import ACTIVE, REGISTRATION, insert_user
from data.database import execute, fetch_one
from data.errors import Refusal
from data.letters import texts
from data.letters.letters import write
from data.shop import shop

NO_EMAIL = "Не указана электронная почта"
UNKNOWN_ROLE = "Нет такой роли: {role}"


@dataclass(frozen=True)
class Published:
    """A person as 1C publishes it (ПользовательПортала). ``membership`` is the id of 1C's object.

    ``partner`` is empty for the seller's own people; ``contact`` and ``manager`` are ids in 1C or empty.
    """

    membership: str
    name: str
    email: str
    role: str
    phone: str = ""
    login: str = ""
    partner: str = ""
    contact: str = ""
    manager: str = ""


async def publish(facts: Published, now: datetime) -> None:
    """Open the portal to a person: a new one gets an invitation, a known e-mail another membership. Inside writing().

    Again for the same membership: the facts are changed, and nothing is sent a second time. Raises Refusal.
    """
    email = folded(facts.email)
    if not is_email(email):
        raise Refusal(NO_EMAIL, "email")
    await must_be_role(facts.role)
    known = await fetch_one("SELECT user FROM memberships WHERE uuid = ?", facts.membership)
    user = await _user_with(email) if known is None else known[0]
    if user is None:
        user, _ = await insert_user(facts.name, now, email=email)
    elif known is not None:
        await _rename(user, facts.name, email)
    await _add_names(user, facts)
    organisation = await organisations.of_partner(facts.partner, now) if facts.partner else await organisations.owner()
    if known is not None:
        await execute(
            "UPDATE memberships SET organisation = ?, role = ?, contact = ?, manager = ?, is_published = 1 WHERE uuid = ?",
            organisation, facts.role, facts.contact, facts.manager, facts.membership,
        )  # fmt: skip
        access_changed()
        return
    await _add_membership(user, organisation, facts, now)


async def create_person(name: str, email: str, role: str, now: datetime, *, login: str = "") -> str:
    """One of the seller's own people, made on the portal and invited; the membership's uuid. Inside writing().

    Raises Refusal.
    """
    facts = Published(str(uuid4()), name, email, role, login=login)
    if is_email(folded(email)) and await _user_with(folded(email)) is not None:
        raise Refusal("Пользователь с такой почтой уже есть", "email")
    await publish(facts, now)
    await execute("UPDATE memberships SET is_published = 0 WHERE uuid = ?", facts.membership)
    return facts.membership


async def must_be_role(role: str) -> None:
    """Raises Refusal unless there is such a role. Inside reading() or writing()."""
    if await fetch_one("SELECT 1 FROM roles WHERE code = ?", role) is None:
        raise Refusal(UNKNOWN_ROLE.format(role=role), "role")


async def _add_membership(user: int, organisation: int, facts: Published, now: datetime) -> None:
    """Somebody with a password may work there at once; a new person is invited."""
    again = await fetch_one("SELECT uuid FROM memberships WHERE user = ? AND organisation = ?", user, organisation)
    if again is not None:
        raise Refusal(f"Пользователь с почтой {folded(facts.email)} уже опубликован для этой организации", "email")
    found = await fetch_one("SELECT password FROM users WHERE id = ?", user)
    has_password = bool(found and found[0])
    status = ACTIVE if has_password else REGISTRATION
    await insert_membership(facts.membership, user, organisation, facts.role, status, facts)
    access_changed()
    if has_password:
        await tell_status(facts.membership, now)
    else:
        await invite(user, facts.membership, now)


async def insert_membership(
    uuid: str, user: int, organisation: int, role: str, status: str, facts: Published | None = None
) -> None:
    """``facts``: as 1C published it. Inside writing()."""
    await execute(
        "INSERT INTO memberships (uuid, user, organisation, role, status, contact, manager, is_published)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        uuid, user, organisation, role, status,
        facts.contact if facts else "", facts.manager if facts else "", facts is not None,
    )  # fmt: skip


async def invite(user: int, membership: str, now: datetime) -> None:
    """Owe the user a letter with a link that sets the first password. Inside writing()."""
    token = await make_link(user, INVITATION, now)
    found = await fetch_one("SELECT name, email FROM users WHERE id = ?", user)
    assert found is not None
    words = texts.invitation(name=found[0], company=(await shop()).name, path=f"/invite/{token}")
    await write(f"invitation:{membership}:{token[:8]}", found[1], words.subject, words.text, now)


async def _user_with(email: str) -> int | None:
    found = await fetch_one("SELECT id FROM users WHERE email = ?", email)
    return int(found[0]) if found else None


async def _rename(user: int, name: str, email: str) -> None:
    if await fetch_one("SELECT 1 FROM users WHERE email = ? AND id <> ?", email, user):
        raise Refusal(f"Почта {email} уже занята другим пользователем", "email")
    await execute("UPDATE users SET name = ?, email = ? WHERE id = ?", name.strip()[:200], email, user)


async def _add_names(user: int, facts: Published) -> None:
    """Login and phone to sign in with, unless they are another's: two people may share a phone in 1C, not here."""
    for column, value in (("login", folded(facts.login)[:100]), ("phone", phone_of(facts.phone))):
        if value and not await fetch_one(f"SELECT 1 FROM users WHERE {column} = ? AND id <> ?", value, user):
            await execute(f"UPDATE users SET {column} = ? WHERE id = ?", value, user)
