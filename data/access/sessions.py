"""Sessions: only the hash of the token is kept; a new token at every sign-in; all can be ended.

Who a token belongs to is remembered in the process; every change of access forgets all of it, after its commit.
"""

import asyncio
import contextlib
import json
import secrets
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data import clock
from data.access.attempts import forget_old_attempts
from data.access.organisations import OWNER
from data.access.person import Person
from data.access.users import Membership, User
from data.columns import Uid
from data.database import DB, after_commit, execute, execute_many, fetch, fetch_one, reading, writing
from data.errors import Missing
from data.secrets import hash_of

STAFF_IDLE, STAFF_LONGEST = timedelta(hours=12), timedelta(days=7)  # a working day; a week until the password is asked
PARTNER_IDLE, PARTNER_LONGEST = timedelta(days=30), timedelta(days=90)  # a phone at a counter, orders once a month
EVERY = 60  # s between two writings of who was seen: one durable write a minute for everybody together
TRUSTED = timedelta(seconds=5)  # a command beside the running portal may end a session: look at the table again


class Session(Table, db=DB, tablename="sessions"):
    uuid = Uid(unique=True, help_text="names the session on the page «Мои входы»")
    token_hash = Varchar(length=64, unique=True)
    user = ForeignKey(User, on_delete=OnDelete.cascade, index=True)
    membership = ForeignKey(Membership, on_delete=OnDelete.cascade)
    created_at = Timestamptz()
    last_seen_at = Timestamptz()
    address = Varchar(length=60)
    agent = Varchar(length=200)


@dataclass
class Known:
    """A live session as the process remembers it."""

    session: str
    person: Person
    ends_at: datetime
    idle: timedelta
    last_seen_at: datetime
    checked_at: datetime


@dataclass(frozen=True)
class SignIn:
    """One row of «Мои входы»."""

    uuid: str
    created_at: datetime
    last_seen_at: datetime
    address: str
    agent: str
    is_this: bool


_known: dict[str, Known] = {}
_seen: dict[str, datetime] = {}

PERSON = """
SELECT s.uuid, s.created_at, s.last_seen_at, u.id, u.uuid, u.name, m.id, m.uuid, o.id, o.uuid, o.name, o.kind, m.role,
    coalesce(r.rights, '[]'), m.contact, m.manager
FROM sessions s JOIN users u ON u.id = s.user JOIN memberships m ON m.id = s.membership
    JOIN organisations o ON o.id = m.organisation LEFT JOIN roles r ON r.code = m.role
WHERE s.token_hash = ? AND m.status = 'active' AND o.active = 1 AND u.is_service = 0
"""

PERSON_FIELDS = (
    "user", "user_uuid", "name", "membership", "membership_uuid",
    "organisation", "organisation_uuid", "organisation_name",
)  # fmt: skip


async def person_of(token: str, now: datetime) -> Known | None:
    """Whose live session this token is; None for an unknown, ended or idle one. Changes no row."""
    key = hash_of(token)
    known = _known.get(key)
    if known is None or now - known.checked_at > TRUSTED or now < known.checked_at:
        known = await _load(key, now)
        if known is None:
            _known.pop(key, None)
            return None
        _known[key] = known
    if now >= known.ends_at or now - known.last_seen_at > known.idle:
        return None
    known.last_seen_at = _seen[key] = now
    return known


async def open_session(user: int, membership: int, *, address: str, agent: str, now: datetime) -> str:
    """A new session; its token, which is kept nowhere. Inside writing()."""
    token = secrets.token_urlsafe(32)
    await execute(
        "INSERT INTO sessions (uuid, token_hash, user, membership, created_at, last_seen_at, address, agent)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        str(uuid4()), hash_of(token), user, membership, now, now, address[:60], agent[:200],
    )  # fmt: skip
    await execute("UPDATE users SET last_seen_at = ? WHERE id = ?", now, user)
    return token


async def sign_out(token: str) -> None:
    """End this session; harmless when it has ended already."""
    async with writing():
        await execute("DELETE FROM sessions WHERE token_hash = ?", hash_of(token))
        access_changed()


async def sign_ins(who: Person, session: str) -> list[SignIn]:
    """Where the person is signed in, the latest first; ``session`` is the one that asks."""
    async with reading():
        found = await fetch(
            "SELECT uuid, created_at, last_seen_at, address, agent FROM sessions WHERE user = ?"
            " ORDER BY last_seen_at DESC, id DESC LIMIT 100",
            who.user,
        )
    return [
        SignIn(uuid, created_at, last_seen_at, address, agent, is_this=uuid == session)
        for uuid, created_at, last_seen_at, address, agent in found
    ]


async def end_session(who: Person, session: str) -> None:
    """End one of the person's own sessions. Raises Missing when it is nobody's or another's."""
    async with writing():
        if not await execute("DELETE FROM sessions WHERE uuid = ? AND user = ?", session, who.user):
            raise Missing(session)
        access_changed()


async def sign_out_everywhere(who: Person) -> None:
    """End every session of the person, this one too."""
    async with writing():
        await end_sessions_of(who.user)


async def end_sessions_of(user: int) -> None:
    """All sessions of a user: password changed, access taken away. Inside writing()."""
    await execute("DELETE FROM sessions WHERE user = ?", user)
    access_changed()


def access_changed() -> None:
    """Sessions, memberships, roles or organisations changed: forget who was who, once it is saved. Inside writing()."""
    after_commit(_known.clear)


@contextlib.asynccontextmanager
async def keeping_last_seen() -> AsyncIterator[None]:
    """While the portal runs, and once more at its end."""
    task = asyncio.create_task(_keep_last_seen_for_ever())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await keep_last_seen(clock.now())
        _known.clear()


async def _keep_last_seen_for_ever() -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            await keep_last_seen(clock.now())
        except Exception:  # the next minute tries again
            traceback.print_exc()


async def keep_last_seen(now: datetime) -> None:
    """Write down who was seen since the last time, and drop sessions that ended by themselves."""
    seen, changed = dict(_seen), [(at, key, at) for key, at in _seen.items()]
    async with writing():
        await execute_many("UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?", changed)
        await execute(
            "UPDATE users SET last_seen_at = s.at FROM (SELECT user, max(last_seen_at) AS at FROM sessions GROUP BY user) s"
            " WHERE s.user = users.id AND (users.last_seen_at IS NULL OR users.last_seen_at < s.at)"
        )
        await execute(
            "DELETE FROM sessions WHERE created_at < ? OR last_seen_at < ?", now - PARTNER_LONGEST, now - PARTNER_IDLE
        )
        await forget_old_attempts(now)
    for key, at in seen.items():
        if _seen.get(key) == at:
            del _seen[key]


async def _load(key: str, now: datetime) -> Known | None:
    async with reading():
        found = await fetch_one(PERSON, key)
    if found is None:
        return None
    is_partner = found[11] != OWNER
    longest, idle = (PARTNER_LONGEST, PARTNER_IDLE) if is_partner else (STAFF_LONGEST, STAFF_IDLE)
    user = dict(zip(PERSON_FIELDS, found[3:11], strict=True))
    rights = frozenset(json.loads(found[13]))
    person = Person(
        **user,
        role=found[12],
        rights=rights,
        contact=found[14],
        manager=found[15],
        is_partner=is_partner,
    )
    last_seen_at = max(found[2], _seen.get(key, found[2]))
    return Known(found[0], person, found[1] + longest, idle, last_seen_at, now)
