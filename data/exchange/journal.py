"""«Журналы входящих и исходящих событий»: every exchange with its request, answer and error, secrets masked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from piccolo.columns import BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, execute, execute_many, fetch_one
from data.exchange.masks import masked

STRANGERS_CALLS, STRANGERS_TIME = 100, timedelta(hours=1)  # further ones would push out what the journal is kept for
OK, REFUSED, FAILED = "ok", "refused", "failed"  # all taken; some items refused; no receipt at all
LABELS = {OK: "Успешно", REFUSED: "Есть отказы", FAILED: "Ошибка"}


class Event(Table, db=DB, tablename="events"):
    uuid = Uid(unique=True)
    at = Timestamptz(index=True)
    incoming = Boolean()
    channel = Varchar(length=20)
    address = Varchar(length=300, help_text="method and address that was called")
    kinds = Varchar(length=300)
    items = Integer()
    outcome = Varchar(length=12, help_text="ok, refused, failed")
    status = Integer(help_text="HTTP status, 0 when there was none")
    duration_ms = Integer()
    error = Text()
    request = Text()
    answer = Text()
    size = Integer(index=True, help_text="characters of request and answer: what the journal weighs")


class EventItem(Table, db=DB, tablename="event_items"):
    """One item of an exchange, so that the history of one object can be followed."""

    event = Uid(index=True)
    queue_id = Uid(index=True)
    kind = Varchar(length=30)
    op = Varchar(length=30)
    object = Uid(index=True)
    version = BigInt()
    attempt = Integer()
    status = Varchar(length=12)
    code = Varchar(length=40)
    message = Text()


@dataclass(frozen=True)
class ItemNote:
    """What became of one item: as in the answer of the exchange."""

    queue_id: str
    kind: str
    op: str
    object: str
    version: int
    status: str
    code: str = ""
    message: str = ""
    attempt: int = 0


@dataclass(frozen=True)
class Note:
    """One exchange that took place."""

    incoming: bool
    address: str
    outcome: str
    status: int
    duration_ms: int
    error: str = ""
    request: str = ""
    answer: str = ""
    items: Sequence[ItemNote] = ()


async def write(note: Note, now: datetime, channel: str = "exchange_portal") -> str:
    """Keep one exchange, its secrets masked; the event's UUID. Inside writing()."""
    event = str(uuid4())
    request, answer = masked(note.request), masked(note.answer)
    await execute(
        "INSERT INTO events (uuid, at, incoming, channel, address, kinds, items, outcome, status, duration_ms, error,"
        " request, answer, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(event, now, note.incoming, channel, note.address[:300], _kinds(note.items), len(note.items), note.outcome),
        *(note.status, note.duration_ms, masked(note.error), request, answer, len(request) + len(answer)),
    )
    await execute_many(
        "INSERT INTO event_items (event, queue_id, kind, op, object, version, attempt, status, code, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (event, i.queue_id, i.kind[:30], i.op[:30], i.object, i.version, i.attempt, i.status, i.code, i.message)
            for i in note.items
        ],
    )
    return event


async def is_full_of_strangers(now: datetime) -> bool:
    """Whoever has no keys has called so often that further calls are not worth a row. Inside reading() or writing()."""
    found = await fetch_one(
        "SELECT 1 FROM events WHERE at > ? AND incoming = 1 AND outcome = ? AND (status IN (401, 429) OR address LIKE '%/token')"
        " LIMIT 1 OFFSET ?",
        now - STRANGERS_TIME, FAILED, STRANGERS_CALLS - 1,
    )  # fmt: skip
    return found is not None


def _kinds(items: Sequence[ItemNote]) -> str:
    counted = Counter(item.kind[:30] for item in items)
    return ", ".join(f"{kind} {count}" for kind, count in counted.most_common(8))[:300]
