"""The queue of what the portal owes 1C: «Журнал очередей». A record disappears when 1C has taken it.

Records of one object keep their order; one that fails holds back only later records of the same object.
"""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from piccolo.columns import BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, after_commit, execute, fetch, fetch_one

WAITING, PROCESSING, FAILED = "waiting", "processing", "failed"
NEVER_SENT = f"state = '{WAITING}' AND attempts = 0 AND body IS NULL"  # a frozen body may have reached 1C
LABELS = {WAITING: "Ожидает", PROCESSING: "Обрабатываются", FAILED: "Ошибка"}


class QueueRecord(Table, db=DB, tablename="queue"):
    uuid = Uid(unique=True, help_text="queue_id on the wire")
    kind = Varchar(length=30)
    op = Varchar(length=30)
    object = Uid(index=True)
    version = BigInt(help_text="our own counter of this object")
    title = Varchar(length=200, help_text="what a person reads in the journal")
    data = Text(help_text="JSON of the command; {} when the kind builds it from its rows")
    body = Text(null=True, default=None, help_text="the item as first sent: the same queue_id is never another body")
    state = Varchar(length=12, default=WAITING, index=True)
    attempts = Integer()
    next_at = Timestamptz(help_text="not before: held back for undo, or the next try")
    created_at = Timestamptz()
    error = Text()
    lease = Uid(index=True)
    lease_until = Timestamptz(null=True, default=None)
    holder = Varchar(length=40, help_text='the run of the program that sends it, or "pull" when 1C came for it')
    on_the_way = Boolean(default=False, help_text="built and handed to the network, its receipt not read yet")
    lost = Integer(help_text="how often the program ended while sending it: such a record goes alone")


class Bell:
    """Rings when something was queued and is safe on the disk; the scheduler listens."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def renew(self) -> None:
        """A new loop listens."""
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        await self._event.wait()
        self._event.clear()


BELL = Bell()


@dataclass(frozen=True)
class Record:
    uuid: str
    kind: str
    op: str
    object: str
    version: int
    title: str
    data: dict[str, Any]
    body: str | None
    attempts: int


async def enqueue(
    kind: str,
    op: str,
    object_id: str,
    *,
    title: str,
    data: dict[str, Any],
    now: datetime,
    not_before: datetime | None = None,
) -> str:
    """Owe this to 1C; the record's UUID. Inside the writing() of the change itself, so both are saved or none."""
    record = str(uuid4())
    if op == "upsert":  # a state: only the newest one is worth telling
        older = f"kind = ? AND object = ? AND op = 'upsert' AND {NEVER_SENT}"
        await execute(f"DELETE FROM queue WHERE {older}", kind, object_id)
    version = await _next_version(kind, object_id)
    await execute(
        "INSERT INTO queue (uuid, kind, op, object, version, title, data, body, state, attempts, next_at, created_at,"
        " error, lease, holder, on_the_way, lost) VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, 0, ?, ?, '', '', '', 0, 0)",
        *(record, kind, op, object_id, version, title[:200], json.dumps(data, ensure_ascii=False)),
        *(WAITING, not_before or now, now),
    )
    after_commit(BELL.ring)
    return record


async def withdraw(record: str) -> bool:
    """Take a record back while it was never sent; False when it is too late. Inside writing()."""
    return await execute(f"DELETE FROM queue WHERE uuid = ? AND {NEVER_SENT}", record) == 1


async def of_object(object_id: str) -> list[tuple[str, str, str, int, datetime, str]]:
    """(uuid, op, state, attempts, next try, error) of what is still owed for one object, oldest first."""
    return [
        (row[0], row[1], row[2], row[3], row[4], row[5])
        for row in await fetch(
            "SELECT uuid, op, state, attempts, next_at, error FROM queue WHERE object = ? ORDER BY id", object_id
        )
    ]


async def _next_version(kind: str, object_id: str) -> int:
    await execute(
        "INSERT INTO sent_versions (kind, object, version) VALUES (?, ?, 1)"
        " ON CONFLICT (kind, object) DO UPDATE SET version = version + 1",
        kind,
        object_id,
    )
    found = await fetch_one("SELECT version FROM sent_versions WHERE kind = ? AND object = ?", kind, object_id)
    assert found is not None
    return int(found[0])
