"""A password given to people from the console of the machine: whoever works there may do everything anyway."""

from collections.abc import Iterable
from datetime import datetime

from data.access.links import end_links
from data.access.passwords import check_password, hashed
from data.access.sessions import end_sessions_of
from data.access.status import activate_invited
from data.database import execute, writing


async def give_password(users: Iterable[int], password: str, now: datetime) -> None:
    """These users (row ids) sign in with it from now on and are «Активен» where invited. Raises Refusal."""
    check_password(password)
    kept = await hashed(password)
    async with writing():
        for user in users:
            await execute("UPDATE users SET password = ? WHERE id = ?", kept, user)
            await end_links(user)
            await end_sessions_of(user)
            await activate_invited(user, now)
