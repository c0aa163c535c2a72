"""Service users («EX»): programs that come with keys; what an administrator switches on their card."""

from uuid import uuid4

from data.access import organisations
from data.access.publishing import insert_membership
from data.access.sessions import access_changed
from data.access.users import ACTIVE
from data.database import execute, fetch_one
from data.errors import Missing


async def allow_http(user: str, *, is_allowed: bool) -> None:
    """«Разрешить использовать HTTP сервисы», for the user of this uuid. Raises Missing. Inside writing()."""
    if not await execute("UPDATE users SET may_http = ? WHERE uuid = ?", is_allowed, user):
        raise Missing(user)


async def make_admin(user: str, *, is_admin: bool) -> None:
    """«Права администратора» of a service user, as the manual gives them to «EX». Raises Missing. Inside writing()."""
    row = await _service(user)
    has = await fetch_one("SELECT uuid FROM memberships WHERE user = ? AND role = 'admin'", row)
    if is_admin and has is None:
        await insert_membership(str(uuid4()), row, await organisations.owner(), "admin", ACTIVE)
    elif not is_admin and has is not None:
        await execute("DELETE FROM memberships WHERE uuid = ?", has[0])
    access_changed()


async def keep_password(user: str, kept: str) -> None:
    """The hash of a password for doors that know no keys: the built-in exchange of 1C. Inside writing()."""
    await execute("UPDATE users SET password = ? WHERE id = ?", kept, await _service(user))


async def delete_service_user(user: str) -> None:
    """The user, its keys and tokens are gone at once. Raises Missing. Inside writing()."""
    await execute("DELETE FROM users WHERE id = ?", await _service(user))
    access_changed()


async def _service(user: str) -> int:
    found = await fetch_one("SELECT id FROM users WHERE uuid = ? AND is_service = 1", user)
    if found is None:
        raise Missing(user)
    return int(found[0])
