"""The people of the demo: an administrator, the service user «EX», and everybody whom the demo 1C publishes."""

from dataclasses import dataclass
from datetime import datetime

from data.access import keys, people, service_users
from data.access.given_password import give_password
from data.access.passwords import hashed
from data.database import fetch, fetch_one, reading, writing

SERVICE_NAME, SERVICE_LOGIN = "EX", "ex"


@dataclass(frozen=True)
class DemoUser:
    """A sign-in of the demo. ``partner`` is the company's name, None for the seller's own people."""

    role: str
    role_name: str
    login: str
    name: str
    partner: str | None


async def make_admin(now: datetime) -> None:
    """The first administrator, login «admin», unless there is one; without a password yet."""
    await people.first_admin_link(now)


async def make_service_user(password: str, now: datetime) -> str:
    """«EX» with the rights of the manual; the user's uuid."""
    kept = await hashed(password)
    async with writing():
        found = await fetch_one("SELECT uuid FROM users WHERE login = ? AND is_service = 1", SERVICE_LOGIN)
        user = str(found[0]) if found else await people.create_service_user(SERVICE_NAME, now, login=SERVICE_LOGIN)
        await service_users.make_admin(user, is_admin=True)
        await service_users.allow_http(user, is_allowed=True)
        await service_users.keep_password(user, kept)
    return user


async def new_key(user: str, now: datetime) -> tuple[str, str]:
    """(Client ID, Client Secret) of the service user."""
    async with writing():
        key = await keys.create_key(user, now)
    return key.client_id, key.secret


async def let_in(password: str, now: datetime, *, everybody: bool) -> None:
    """Who has no password gets the demo's; ``everybody``: the others, too, as nobody has been told theirs."""
    async with reading():
        found = await fetch("SELECT id FROM users WHERE is_service = 0 AND (password = '' OR ?)", everybody)
    if found:
        await give_password([row[0] for row in found], password, now)


async def users() -> list[DemoUser]:
    """Everybody who can sign in, with the organisation they come to first. Inside reading()."""
    rows = await fetch(
        "SELECT m.role, r.name, coalesce(nullif(u.login, ''), nullif(u.email, ''), u.phone), u.name,"
        " CASE o.kind WHEN 'partner' THEN o.name END"
        " FROM memberships m JOIN users u ON u.id = m.user JOIN organisations o ON o.id = m.organisation"
        " JOIN roles r ON r.code = m.role WHERE u.is_service = 0"
        " AND m.id = (SELECT min(id) FROM memberships WHERE user = u.id AND status = 'active')"
        " ORDER BY o.kind, m.role <> 'admin', m.role <> 'manager', o.name, m.role <> 'partner', m.id"
    )
    return [DemoUser(*row) for row in rows]
