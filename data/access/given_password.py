"""A password given to people from the console of the machine: whoever works there may do everything anyway."""

from collections.abc import Iterable
from datetime import datetime

from data.access.links import end_links
from data.access.passwords import check_password, hashed
from data.access.sessions import end_sessions_of
from data.access.status import tell_status
from data.access.users import ACTIVE, REGISTRATION
from data.database import execute, fetch, writing


async def give_password(users: Iterable[int], password: str, now: datetime) -> None:
    """These users (row ids) sign in with it from now on and are «Активен» where invited. Raises Refusal."""
    check_password(password)
    kept = await hashed(password)
    async with writing():
        for user in users:
            await execute("UPDATE users SET password = ? WHERE id = ?", kept, user)
            await end_links(user)
            await end_sessions_of(user)
            await _activate(user, now)


async def _activate(user: int, now: datetime) -> None:
    invited = await fetch("SELECT uuid FROM memberships WHERE user = ? AND status = ?", user, REGISTRATION)
    for (membership,) in invited:
        await execute("UPDATE memberships SET status = ? WHERE uuid = ?", ACTIVE, membership)
        await tell_status(membership, now)
