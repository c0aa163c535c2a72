"""Letters that the portal owes to people; a failing mail server delays them and stops nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from piccolo.columns import Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, after_commit, execute, fetch, fetch_one
from data.exchange.queue import Bell

WAITING, SENT, FAILED = "waiting", "sent", "failed"
PAUSES = (1, 5, 30, 120, 360, 1440)  # min between tries; together a day and a half, while an invitation lives three
AT_ONCE = 50  # letters of one round: a long list must not keep a new one from being seen


class Letter(Table, db=DB, tablename="letters"):
    uuid = Uid(unique=True)
    event = Varchar(length=120, unique=True, help_text="what it is about and to whom: one event, one letter")
    to = Varchar(length=254)
    subject = Varchar(length=300)
    text = Text(help_text="emptied once it is sent: links in it open accounts")
    state = Varchar(length=10, default=WAITING, index=True)
    attempts = Integer()
    next_at = Timestamptz()
    created_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    error = Text()


@dataclass(frozen=True)
class Waiting:
    uuid: str
    to: str
    subject: str
    text: str
    attempts: int


@dataclass(frozen=True)
class Standing:
    """How the letters stand: how many wait or were given up, and the last error of those."""

    waiting: int
    failed: int
    error: str


BELL = Bell()


async def write(event: str, to: str, subject: str, text: str, now: datetime) -> bool:
    """Owe this letter to an address; False when this event has its letter already. Inside writing().

    The address of the portal stands in the text as ``texts.ADDRESS`` and is filled in when the letter leaves.
    """
    written = await execute(
        "INSERT INTO letters (uuid, event, \"to\", subject, text, state, attempts, next_at, created_at, error)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, '') ON CONFLICT (event) DO NOTHING",
        str(uuid4()), event, to.strip(), " ".join(subject.split())[:300], text, WAITING, now, now,
    )  # fmt: skip
    if written:
        after_commit(BELL.ring)
    return bool(written)


async def waiting(now: datetime) -> list[Waiting]:
    """The letters whose time has come, oldest first. Inside reading() or writing()."""
    rows = await fetch(
        'SELECT uuid, "to", subject, text, attempts FROM letters WHERE state = ? AND next_at <= ? ORDER BY id LIMIT ?',
        WAITING,
        now,
        AT_ONCE,
    )
    return [Waiting(*row) for row in rows]


async def next_time() -> datetime | None:
    """When the earliest waiting letter may be tried. Inside reading() or writing()."""
    found = await fetch_one("SELECT min(next_at) FROM letters WHERE state = ?", WAITING)
    return _moment(found[0]) if found and found[0] else None


async def sent(letter: str, now: datetime) -> None:
    """The mail server has taken it. Inside writing()."""
    await execute("UPDATE letters SET state = ?, sent_at = ?, text = '', error = '' WHERE uuid = ?", SENT, now, letter)


async def failed_try(letter: str, error: str, now: datetime, *, for_good: bool = False) -> None:
    """It could not be sent: try later, or give up after the last pause or when trying cannot help. Inside writing()."""
    found = await fetch_one("SELECT attempts FROM letters WHERE uuid = ? AND state = ?", letter, WAITING)
    if found is None:
        return
    attempts = int(found[0])
    is_over = for_good or attempts >= len(PAUSES)
    await execute(
        "UPDATE letters SET state = ?, attempts = attempts + 1, next_at = ?, error = ? WHERE uuid = ?",
        FAILED if is_over else WAITING,
        now if is_over else now + timedelta(minutes=PAUSES[attempts]),
        error[:1000],
        letter,
    )


async def send_again(now: datetime) -> int:
    """Try everything that waits or was given up at once, because the mail settings have changed. Inside writing()."""
    changed = await execute(
        "UPDATE letters SET state = ?, attempts = 0, next_at = ? WHERE state <> ? AND text <> ''", WAITING, now, SENT
    )
    after_commit(BELL.ring)
    return changed


async def standing() -> Standing:
    """How the letters stand, for the page of the mail settings. Inside reading()."""
    rows = await fetch("SELECT state, count(*), max(error) FROM letters WHERE state <> ? GROUP BY state", SENT)
    counts = {state: count for state, count, _ in rows}
    return Standing(counts.get(WAITING, 0), counts.get(FAILED, 0), next((error for _, _, error in rows if error), ""))


def _moment(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
