"""Devices that have signed in before: an attack from elsewhere never locks their owner out. Only hashes are kept."""

import secrets
from datetime import datetime

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from data.access.users import User
from data.database import DB, execute, fetch_one
from data.secrets import hash_of

KEPT_PER_USER = 20  # phones, tablets and browsers of one person


class Device(Table, db=DB, tablename="devices"):
    token_hash = Varchar(length=64, index=True)
    user = ForeignKey(User, on_delete=OnDelete.cascade, index=True)
    last_used_at = Timestamptz()


async def is_known_device(token: str, user: int) -> bool:
    """Inside reading() or writing()."""
    found = await fetch_one("SELECT 1 FROM devices WHERE token_hash = ? AND user = ?", hash_of(token), user)
    return found is not None


async def remember_device(token: str, user: int, now: datetime) -> str:
    """The token this device carries from now on: its own when it is known to this user, else a new one. Inside writing()."""
    if token and await execute(
        "UPDATE devices SET last_used_at = ? WHERE token_hash = ? AND user = ?", now, hash_of(token), user
    ):
        return token
    token = token if token and await _is_any(token) else secrets.token_urlsafe(32)
    await execute("INSERT INTO devices (token_hash, user, last_used_at) VALUES (?, ?, ?)", hash_of(token), user, now)
    await execute(
        "DELETE FROM devices WHERE user = ? AND id NOT IN"
        " (SELECT id FROM devices WHERE user = ? ORDER BY last_used_at DESC LIMIT ?)",
        user, user, KEPT_PER_USER,
    )  # fmt: skip
    return token


def mark_of(token: str) -> str:
    """How failed sign-ins name this device."""
    return "device:" + hash_of(token)


async def _is_any(token: str) -> bool:
    """Made by us: a token planted by somebody else is never taken over."""
    return await fetch_one("SELECT 1 FROM devices WHERE token_hash = ?", hash_of(token)) is not None
