"""Signing in: a name and a password, or neither is told which was wrong."""

from dataclasses import dataclass
from datetime import datetime

from data.access.attempts import account_of, clear_attempts, count_attempt
from data.access.devices import is_known_device, mark_of, remember_device
from data.access.names import told_apart_by, user_named
from data.access.passwords import is_right
from data.access.person import Person
from data.access.sessions import access_changed, open_session
from data.access.users import ACTIVE
from data.database import execute, fetch, fetch_one, reading, writing
from data.errors import Missing, Refusal
from data.secrets import hash_of

WRONG = "Неверный логин или пароль"


@dataclass(frozen=True)
class Place:
    """Where somebody signs in from. ``device``: the token this device was given before, or empty."""

    address: str
    agent: str
    device: str = ""


@dataclass(frozen=True)
class SignedIn:
    """Tokens for the two cookies: of the session and of the device."""

    session: str
    device: str


async def sign_in(typed: str, password: str, place: Place, now: datetime) -> SignedIn:
    """Open a session in the user's first organisation.

    Raises Refusal with one neutral text for whatever was wrong, TooMany when attempts must wait, Busy under a flood.
    """
    async with writing():
        user = await user_named(typed)
        is_known = user is not None and bool(place.device) and await is_known_device(place.device, user[0])
        account = account_of(user[0] if user else None, told_apart_by(typed))
        address = mark_of(place.device) if is_known else place.address
        await count_attempt(account, address, now, is_known=is_known)
    if not await is_right(password, user[1] if user else "") or user is None:
        raise Refusal(WRONG, "password")
    async with writing():
        if await fetch_one("SELECT 1 FROM users WHERE id = ? AND password = ?", *user) is None:
            raise Refusal(WRONG, "password")  # changed while we compared
        memberships = await _active_memberships(user[0])
        if not memberships:
            raise Refusal(WRONG, "password")
        await clear_attempts(account, address)
        return await _opened(user[0], memberships[0][0], place, now)


async def sign_in_user(user: int, place: Place, now: datetime, *, membership: int | None = None) -> SignedIn:
    """Whoever has just set a password is signed in, in this organisation or the first. Inside writing()."""
    mine = [row[0] for row in await _active_memberships(user)]
    if not mine:
        raise Refusal("Доступ к порталу закрыт. Обратитесь к вашему менеджеру")
    return await _opened(user, membership if membership in mine else mine[0], place, now)


async def choose_organisation(who: Person, membership: str, token: str, now: datetime) -> str:
    """The session goes on in another organisation of the same person under a new token. Raises Missing if not theirs."""
    async with writing():
        mine = {uuid: row for row, uuid, *_ in await _active_memberships(who.user)}
        found = await fetch_one("SELECT address, agent FROM sessions WHERE token_hash = ?", hash_of(token))
        if membership not in mine or found is None:
            raise Missing(membership)
        await execute("DELETE FROM sessions WHERE token_hash = ?", hash_of(token))
        access_changed()
        return await open_session(who.user, mine[membership], address=found[0], agent=found[1], now=now)


async def organisations_of(who: Person) -> list[tuple[str, str, str]]:
    """(membership, organisation's name, role's name) between which the person may switch."""
    async with reading():
        return [row[1:] for row in await _active_memberships(who.user)]


async def _active_memberships(user: int) -> list[tuple[int, str, str, str]]:
    """(row id, uuid, organisation's name, role's name) the user may work in, the first given first."""
    return await fetch(
        "SELECT m.id, m.uuid, o.name, coalesce(r.name, m.role) FROM memberships m"
        " JOIN organisations o ON o.id = m.organisation LEFT JOIN roles r ON r.code = m.role"
        " WHERE m.user = ? AND m.status = ? AND o.active = 1 ORDER BY m.id",
        user, ACTIVE,
    )  # fmt: skip


async def _opened(user: int, membership: int, place: Place, now: datetime) -> SignedIn:
    device = await remember_device(place.device, user, now)
    session = await open_session(user, membership, address=place.address, agent=place.agent, now=now)
    return SignedIn(session, device)
