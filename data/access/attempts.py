"""Failed sign-ins: they slow down the guesser, never lock out the rightful owner.

An attempt is written before the password is compared, so that a hundred at once count as a hundred; a right password
clears them. Whoever carries a device that has signed in here before is counted apart from all others.
"""

import hashlib
import ipaddress
from datetime import datetime, timedelta

from piccolo.columns import Timestamptz, Varchar
from piccolo.table import Table

from data.database import DB, execute, fetch_one

PAIR_LIMIT, PAIR_WINDOW = 5, timedelta(minutes=15)  # one account from one place: a person mistypes, a script guesses
ADDRESS_LIMIT, ADDRESS_WINDOW = 20, timedelta(hours=1)  # many accounts from one place
ACCOUNT_LIMIT, ACCOUNT_WINDOW = 50, timedelta(hours=1)  # one account from everywhere but its own devices
KEPT = timedelta(days=1)  # longer than any window


class FailedSignIn(Table, db=DB, tablename="failed_sign_ins"):
    account = Varchar(length=64, index=True, help_text="hash of the user's id, or of what was typed as login")
    address = Varchar(length=80, index=True, help_text="network address, or the device known to the account")
    at = Timestamptz(index=True)


class TooMany(Exception):
    """No more attempts for ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def account_of(user: int | None, typed: str) -> str:
    """One account whichever of its names was typed."""
    return hashlib.sha256((f"user:{user}" if user else f"typed:{typed}").encode()).hexdigest()


async def count_attempt(account: str, address: str, now: datetime, *, is_known: bool) -> None:
    """Write an attempt down, or raise TooMany. ``is_known``: the address is a device of this account. Inside writing()."""
    rules: list[tuple[str, tuple[str, ...], int, timedelta]] = [
        ("account = ? AND address = ?", (account, address), PAIR_LIMIT, PAIR_WINDOW)
    ]
    if not is_known and not _is_everybody(address):
        rules.append(("address = ?", (address,), ADDRESS_LIMIT, ADDRESS_WINDOW))
    if not is_known:
        rules.append(("account = ? AND address NOT LIKE 'device:%'", (account,), ACCOUNT_LIMIT, ACCOUNT_WINDOW))
    for where, args, limit, window in rules:
        oldest = await fetch_one(
            f"SELECT at FROM failed_sign_ins WHERE {where} AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",
            *args,
            now - window,
            limit - 1,
        )
        if oldest:
            raise TooMany(max(1, int((oldest[0] + window - now).total_seconds()) + 1))
    await execute("INSERT INTO failed_sign_ins (account, address, at) VALUES (?, ?, ?)", account, address, now)


async def clear_attempts(account: str, address: str) -> None:
    """The password was right: this place starts anew. Inside writing()."""
    await execute("DELETE FROM failed_sign_ins WHERE account = ? AND address = ?", account, address)


async def forget_old_attempts(now: datetime) -> None:
    """Inside writing()."""
    await execute("DELETE FROM failed_sign_ins WHERE at < ?", now - KEPT)


def _is_everybody(address: str) -> bool:
    """The loopback address is a proxy that was not named in the settings: whoever comes, comes from there."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
