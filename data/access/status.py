"""1C is told how its published people stand: invited, active or deactivated, and when they were last here."""

from datetime import datetime

from data.access.users import ACTIVE, REGISTRATION, STATUSES
from data.database import execute, fetch, fetch_one
from data.exchange import queue


async def tell_status(membership: str, now: datetime) -> None:
    """Queue the status of a person that 1C has published; of our own people 1C knows nothing. Inside writing()."""
    found = await fetch_one(
        "SELECT m.status, u.last_seen_at, u.name FROM memberships m JOIN users u ON u.id = m.user"
        " WHERE m.uuid = ? AND m.is_published = 1",
        membership,
    )
    if found is None:
        return
    status, last_seen_at, name = found
    data = {"user": membership, "status": status, "last_seen": last_seen_at.isoformat() if last_seen_at else None}
    title = f"Пользователь {name}: {STATUSES[status]}"
    await queue.enqueue("user_status", "upsert", membership, title=title, data=data, now=now)


async def activate_invited(user: int, now: datetime) -> None:
    """Whoever has a password now is «Активен» wherever invited, and 1C is told. Inside writing()."""
    for (membership,) in await fetch("SELECT uuid FROM memberships WHERE user = ? AND status = ?", user, REGISTRATION):
        await execute("UPDATE memberships SET status = ? WHERE uuid = ?", ACTIVE, membership)
        await tell_status(membership, now)
