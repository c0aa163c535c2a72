"""A person sets the password: by an invitation, by a reset link, or knowing the old one. All earlier sessions end."""

from datetime import datetime

from data.access.attempts import account_of, clear_attempts, count_attempt
from data.access.links import INVITATION, RESET, Opened, end_links, make_link, opened_link
from data.access.names import told_apart_by, user_named
from data.access.passwords import check_password, hashed, is_right
from data.access.person import Person
from data.access.sessions import end_sessions_of
from data.access.sign_in import Place, SignedIn, sign_in_user
from data.access.status import activate_invited
from data.access.users import ACTIVE
from data.database import execute, fetch_one, reading, writing
from data.errors import Missing, Refusal
from data.letters import texts
from data.letters.letters import write


async def look(token: str, purpose: str, now: datetime) -> Opened:
    """Whom the link is for; nothing is spent. Raises Missing when it does not work any more."""
    async with reading():
        found = await opened_link(token, purpose, now)
    if found is None:
        raise Missing(purpose)
    return found


async def accept_invitation(token: str, password: str, place: Place, now: datetime) -> SignedIn:
    """The first password: the person is «Активен» wherever invited, 1C is told, and signed in.

    Raises Missing when the link is dead, Refusal for a bad password.
    """
    return await _spend(token, INVITATION, password, place, now)


async def reset_password(token: str, password: str, place: Place, now: datetime) -> SignedIn:
    """A new password by the link of a letter; a letter about the change follows. Raises Missing, Refusal."""
    return await _spend(token, RESET, password, place, now)


async def ask_for_reset(typed: str, place: Place, now: datetime) -> None:
    """Send the link to whoever this is; nobody is told whether such a user exists. Raises TooMany."""
    async with writing():
        user = await user_named(typed)
        await count_attempt(account_of(None, "reset:" + told_apart_by(typed)), place.address, now, is_known=False)
        if user is None:
            return
        found = await fetch_one(
            "SELECT name, email FROM users WHERE id = ? AND email <> '' AND password <> ''", user[0]
        )
        if found is None or not await _is_active(user[0]):
            return
        token = await make_link(user[0], RESET, now)
        words = texts.reset(name=found[0], path=f"/login/reset/{token}")
        await write(f"reset:{token[:12]}", found[1], words.subject, words.text, now)


async def change_password(who: Person, old: str, new: str, place: Place, now: datetime) -> SignedIn:
    """Knowing the old one; every session ends and this one goes on as a new one. Raises Refusal, TooMany."""
    async with writing():
        found = await fetch_one("SELECT password, login, email, name FROM users WHERE id = ?", who.user)
        assert found is not None
        await count_attempt(account_of(who.user, ""), place.address, now, is_known=True)
    if not await is_right(old, found[0]):
        raise Refusal("Прежний пароль не подходит", "old_password")
    check_password(new, context=found[1:])
    kept = await hashed(new)
    async with writing():
        await _keep(who.user, kept, now)
        await clear_attempts(account_of(who.user, ""), place.address)
        return await sign_in_user(who.user, place, now, membership=who.membership)


async def _spend(token: str, purpose: str, password: str, place: Place, now: datetime) -> SignedIn:
    user = await look(token, purpose, now)
    check_password(password, context=(user.login, user.name))
    kept = await hashed(password)
    async with writing():
        if await opened_link(token, purpose, now) is None:
            raise Missing(purpose)  # spent by another tab while the hash was made
        await _keep(user.user, kept, now)
        if purpose == INVITATION:
            await activate_invited(user.user, now)
        return await sign_in_user(user.user, place, now)


async def _keep(user: int, kept: str, now: datetime) -> None:
    """Inside writing()."""
    before = await fetch_one("SELECT password, email, name, uuid FROM users WHERE id = ?", user)
    assert before is not None
    await execute("UPDATE users SET password = ? WHERE id = ?", kept, user)
    await end_links(user)
    await end_sessions_of(user)
    if before[0] and before[1]:
        words = texts.password_changed(name=before[2])
        await write(f"password_changed:{before[3]}:{now.isoformat()}", before[1], words.subject, words.text, now)


async def _is_active(user: int) -> bool:
    return await fetch_one("SELECT 1 FROM memberships WHERE user = ? AND status = ?", user, ACTIVE) is not None
