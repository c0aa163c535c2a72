"""Whom the portal is open to: published by 1C or made here, invited, active, deactivated, deleted.

One person with one e-mail may have memberships in several organisations; access is given and taken by membership.
"""

from datetime import datetime
from uuid import uuid4

from data.access import organisations
from data.access.links import INVITATION, RESET, end_links, make_link
from data.access.names import folded
from data.access.publishing import NO_EMAIL, Published, create_person, insert_membership, invite, must_be_role, publish
from data.access.sessions import access_changed, end_sessions_of
from data.access.status import tell_status
from data.access.users import ACTIVE, DEACTIVATED, REGISTRATION, insert_user
from data.database import execute, fetch, fetch_one, writing
from data.errors import Missing, Refusal
from data.letters import texts
from data.letters.letters import write

__all__ = ["Published", "create_person", "publish"]  # and what follows: one door to the rules of access

LAST_ADMIN = "Это последний администратор: сначала назначьте другого"


async def invite_again(membership: str, now: datetime) -> None:
    """A new letter; the links sent before are dead. Inside writing(). Raises Missing, Refusal."""
    user, status, email, _ = await _member(membership)
    if status == DEACTIVATED:
        raise Refusal("Доступ деактивирован: сначала активируйте его")
    if not email:
        raise Refusal(NO_EMAIL, "email")
    await end_links(user, INVITATION)
    await invite(user, membership, now)


async def invitation_path(membership: str, now: datetime) -> str:
    """A path to copy and hand over when mail does not work; links sent before stay alive. Inside writing().

    Raises Missing, Refusal.
    """
    user, status, *_ = await _member(membership)
    if status == DEACTIVATED:
        raise Refusal("Доступ деактивирован: сначала активируйте его")
    return f"/invite/{await make_link(user, INVITATION, now)}"


async def activate(membership: str, now: datetime) -> None:
    """Open the access that was deactivated; who never set a password is waiting for it again. Inside writing().

    Raises Missing.
    """
    _, status, _, password = await _member(membership)
    if status == DEACTIVATED:
        await _set_status(membership, ACTIVE if password else REGISTRATION, now)


async def deactivate(membership: str, now: datetime) -> None:
    """No sign-in here any more; the sessions in this organisation end at once. Inside writing(). Raises Missing, Refusal."""
    await _must_not_be_last_admin(membership)
    await _member(membership)
    await _set_status(membership, DEACTIVATED, now)
    await _end_sessions_in(membership)


async def reset_password(membership: str, now: datetime) -> None:
    """The old password is gone, sessions end, a letter with a link to set a new one leaves. Inside writing().

    Raises Missing, Refusal.
    """
    user, status, email, _ = await _member(membership)
    if status == DEACTIVATED:
        raise Refusal("Доступ деактивирован: сначала активируйте его")
    if not email:
        raise Refusal(NO_EMAIL, "email")
    await end_sessions_of(user)
    await execute("UPDATE users SET password = '' WHERE id = ?", user)
    await end_links(user)
    token = await make_link(user, RESET, now)
    name = await _name(user)
    words = texts.reset(name=name, path=f"/login/reset/{token}")
    await write(f"reset:{token[:12]}", email, words.subject, words.text, now)


async def delete(membership: str, now: datetime) -> None:
    """Take the access away for good; the orders keep the name. Inside writing(). Raises Missing, Refusal."""
    await _must_not_be_last_admin(membership)
    user, *_ = await _member(membership)
    await _end_sessions_in(membership)
    await execute("DELETE FROM memberships WHERE uuid = ?", membership)
    if await fetch_one("SELECT 1 FROM memberships WHERE user = ?", user) is None:
        await execute("DELETE FROM users WHERE id = ?", user)
    access_changed()


async def change_role(membership: str, role: str, now: datetime) -> None:
    """The rights change at once, in open sessions too. Inside writing(). Raises Missing, Refusal."""
    await must_be_role(role)
    if role != "admin":
        await _must_not_be_last_admin(membership)
    await _member(membership)
    await execute("UPDATE memberships SET role = ? WHERE uuid = ?", role, membership)
    access_changed()


async def create_service_user(name: str, now: datetime, *, login: str = "") -> str:
    """A user for programs («EX»): signs in with keys only; the user's uuid. Inside writing(). Raises Refusal."""
    if not name.strip():
        raise Refusal("Укажите имя", "name")
    wanted = folded(login or name)
    if await fetch_one("SELECT 1 FROM users WHERE login = ?", wanted):
        raise Refusal("Пользователь с таким логином уже есть", "login")
    _, uuid = await insert_user(name, now, login=wanted, is_service=True)
    return uuid


async def first_admin_link(now: datetime) -> str | None:
    """The token of a link for the first administrator, or None when one has signed in already."""
    async with writing():
        found = await fetch(
            "SELECT m.uuid, u.password FROM memberships m JOIN users u ON u.id = m.user "
            " WHERE m.role = 'admin' AND u.is_service = 0"
        )
        if any(password for _, password in found):
            return None
        membership = found[0][0] if found else await _first_admin(now)
        user, *_ = await _member(membership)
        await end_links(user, INVITATION)
        return await make_link(user, INVITATION, now)


async def _first_admin(now: datetime) -> str:
    membership = str(uuid4())
    user, _ = await insert_user("Администратор", now, login="admin")
    await insert_membership(membership, user, await organisations.owner(), "admin", REGISTRATION)
    return membership


async def _member(membership: str) -> tuple[int, str, str, str]:
    """(user, status, e-mail, password hash). Raises Missing."""
    found = await fetch_one(
        "SELECT u.id, m.status, u.email, u.password FROM memberships m JOIN users u ON u.id = m.user WHERE m.uuid = ?",
        membership,
    )
    if found is None:
        raise Missing(membership)
    return found


async def _name(user: int) -> str:
    found = await fetch_one("SELECT name FROM users WHERE id = ?", user)
    return str(found[0]) if found else ""


async def _set_status(membership: str, status: str, now: datetime) -> None:
    await execute("UPDATE memberships SET status = ? WHERE uuid = ?", status, membership)
    access_changed()
    await tell_status(membership, now)


async def _end_sessions_in(membership: str) -> None:
    await execute("DELETE FROM sessions WHERE membership = (SELECT id FROM memberships WHERE uuid = ?)", membership)
    access_changed()


async def _must_not_be_last_admin(membership: str) -> None:
    """Whoever can still give rights must not be shut out: the portal would have no owner."""
    others = await fetch_one(
        "SELECT 1 FROM memberships m JOIN users u ON u.id = m.user"
        " WHERE m.role = 'admin' AND m.status = 'active' AND u.password <> '' AND u.is_service = 0 AND m.uuid <> ?",
        membership,
    )
    this = await fetch_one("SELECT role, status FROM memberships WHERE uuid = ?", membership)
    if others is None and this == ("admin", ACTIVE):
        raise Refusal(LAST_ADMIN)
