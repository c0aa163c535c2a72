"""One-time links: invitation and password reset. A GET shows the form and spends nothing; the POST spends it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.users import User
from data.database import DB, execute, fetch_one
from data.secrets import hash_of

INVITATION, RESET = "invitation", "reset"
LIVES = {
    INVITATION: timedelta(hours=72),  # sent on Friday evening, read on Monday
    RESET: timedelta(minutes=30),  # asked for at this very moment
}


class Link(Table, db=DB, tablename="links"):
    token_hash = Varchar(length=64, unique=True)
    purpose = Varchar(length=20, help_text="invitation, reset")
    user = ForeignKey(User, on_delete=OnDelete.cascade, index=True)
    created_at = Timestamptz()
    expires_at = Timestamptz()


@dataclass(frozen=True)
class Opened:
    """Whom a live link is for. ``login`` is what they may sign in with."""

    user: int
    name: str
    login: str


async def make_link(user: int, purpose: str, now: datetime) -> str:
    """The token of a new link; earlier ones for the same purpose still work. Inside writing()."""
    token = secrets.token_urlsafe(32)
    await execute(
        "INSERT INTO links (token_hash, purpose, user, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        hash_of(token), purpose, user, now, now + LIVES[purpose],
    )  # fmt: skip
    return token


async def end_links(user: int, purpose: str | None = None) -> None:
    """Nobody can use the links sent so far. Inside writing()."""
    if purpose is None:
        await execute("DELETE FROM links WHERE user = ?", user)
    else:
        await execute("DELETE FROM links WHERE user = ? AND purpose = ?", user, purpose)


async def opened_link(token: str, purpose: str, now: datetime) -> Opened | None:
    """Whom the link is for while it lives; None when it is spent, old or unknown. Inside reading() or writing()."""
    found = await fetch_one(
        "SELECT u.id, u.name, coalesce(nullif(u.email, ''), nullif(u.login, ''), u.phone) FROM links l"
        " JOIN users u ON u.id = l.user WHERE l.token_hash = ? AND l.purpose = ? AND l.expires_at > ?",
        hash_of(token), purpose, now,
    )  # fmt: skip
    return Opened(*found) if found else None
