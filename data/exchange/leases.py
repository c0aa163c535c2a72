"""Who sends a queue record now: taken for a while, then deleted, given back or refused. Everything inside writing().

The attempt is counted when a record is taken, so that one which ends the program is set aside too.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from data.database import execute, execute_many, fetch, fetch_one
from data.exchange.queue import FAILED, PROCESSING, WAITING, Record

PULL = "pull"  # the holder of records that 1C itself came for
CRASHED = "Программа завершилась во время передачи этой записи"
LOST_LIMIT = 10  # starts after which a record is set aside although the program never ended in our own work on it
FREE = "lease = '', lease_until = NULL, holder = '', on_the_way = 0"
FIRST_OF_ITS_OBJECT = (
    "NOT EXISTS (SELECT 1 FROM queue AS earlier WHERE earlier.object = mine.object AND earlier.id < mine.id)"
)
FIELDS = "uuid, kind, op, object, version, title, data, body, attempts"


@dataclass(frozen=True)
class Lease:
    """Records that one sender holds; nobody else touches them until it ends."""

    uuid: str
    until: datetime
    records: list[Record]


async def take(holder: str, *, limit: int, length: timedelta, now: datetime) -> Lease:
    """Take the due records, at most one of each object: its oldest. A record once lost with the program goes alone."""
    await _return_expired(now)
    rows = await fetch(
        f"SELECT id, lost, {FIELDS} FROM queue AS mine WHERE state = ? AND next_at <= ? AND {FIRST_OF_ITS_OBJECT}"
        " ORDER BY id LIMIT ?",
        WAITING,
        now,
        limit,
    )
    if rows and rows[0][1]:
        rows = rows[:1]
    rows = [row for place, row in enumerate(rows) if place == 0 or not row[1]]
    lease, until = str(uuid4()), now + length
    await execute_many(
        "UPDATE queue SET state = ?, attempts = attempts + 1, lease = ?, lease_until = ?, holder = ? WHERE id = ?",
        [(PROCESSING, lease, until, holder, row[0]) for row in rows],
    )
    return Lease(lease, until, [_record(row[2:], attempts=row[10] + 1) for row in rows])


async def held(lease: str) -> list[Record]:
    """The records that are still held under this lease."""
    rows = await fetch(f"SELECT {FIELDS} FROM queue WHERE lease = ? AND state = ? ORDER BY id", lease, PROCESSING)
    return [_record(row, attempts=row[8]) for row in rows]


async def freeze(record: str, body: str) -> None:
    """From now on this record is exactly this item on the wire."""
    await execute("UPDATE queue SET body = ? WHERE uuid = ? AND body IS NULL", body, record)


async def mark(lease: str, *, on_the_way: bool) -> None:
    """Tell our own work on the records, which a bad one may end, from the wait for 1C, which ends for other reasons."""
    await execute("UPDATE queue SET on_the_way = ? WHERE lease = ?", on_the_way, lease)


async def finish(record: str, lease: str) -> bool:
    """1C has it: the record disappears; False when somebody else holds it by now."""
    return await execute("DELETE FROM queue WHERE uuid = ? AND lease = ?", record, lease) == 1


async def give_back(
    records: Sequence[str], lease: str, *, error: str | None = None, next_at: datetime | None = None
) -> None:
    """1C has not refused them: they wait again, no attempt is burnt. ``error`` says why they were not taken."""
    await execute_many(
        f"UPDATE queue SET state = ?, attempts = max(attempts - 1, 0), {FREE},"
        " error = coalesce(?, error), next_at = coalesce(?, next_at) WHERE uuid = ? AND lease = ?",
        [(WAITING, error, next_at, record, lease) for record in records],
    )


async def refuse(record: str, lease: str, *, error: str, next_at: datetime | None) -> None:
    """1C said no: the next try is at ``next_at``; None: never by itself, it stands as «Ошибка»."""
    await execute(
        f"UPDATE queue SET state = ?, error = ?, next_at = coalesce(?, next_at), lost = 0, {FREE}"
        " WHERE uuid = ? AND lease = ?",
        FAILED if next_at is None else WAITING,
        error[:1000],
        next_at,
        record,
        lease,
    )


async def tell_waiting(error: str, now: datetime) -> None:
    """Write on everything that is due why it does not leave."""
    await execute(
        "UPDATE queue SET error = ? WHERE state = ? AND next_at <= ? AND error <> ?", error, WAITING, now, error
    )


async def return_lost(holder: str, *, attempts: int) -> int:
    """At a start: what an earlier run of the program held waits again; one that ended it too often is set aside.

    A program that ended while it waited for 1C was ended from outside: the records' attempts are given back.
    """
    lost = f"state = '{PROCESSING}' AND holder NOT IN (?, '{PULL}')"
    await execute(f"UPDATE queue SET lost = lost + 1, attempts = max(attempts - on_the_way, 0) WHERE {lost}", holder)
    await execute(
        f"UPDATE queue SET state = ?, error = ?, {FREE} WHERE {lost} AND (attempts >= ? OR lost >= ?)",
        *(FAILED, CRASHED, holder, attempts, LOST_LIMIT),
    )
    return await execute(f"UPDATE queue SET state = ?, {FREE} WHERE {lost}", WAITING, holder)


async def next_due() -> datetime | None:
    """When the earliest record that nothing holds back may leave. Inside reading() or writing()."""
    found = await fetch_one(
        f"SELECT next_at FROM queue AS mine WHERE state = ? AND {FIRST_OF_ITS_OBJECT} ORDER BY next_at LIMIT 1", WAITING
    )
    return found[0] if found else None


async def _return_expired(now: datetime) -> None:
    await execute(
        f"UPDATE queue SET state = ?, attempts = max(attempts - 1, 0), {FREE} WHERE state = ? AND lease_until < ?",
        *(WAITING, PROCESSING, now),
    )


def _record(row: Sequence[Any], *, attempts: int) -> Record:
    uuid, kind, op, object_id, version, title, data, body, _ = row
    return Record(uuid, kind, op, object_id, version, title, json.loads(data), body, attempts)
