"""What 1C has sent: the answer that each queue_id got, and items that wait for their parent."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from piccolo.columns import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, execute, execute_many, fetch

KEEP_ANSWERS = timedelta(days=90)  # a copy of 1C restored from last quarter's back-up still repeats harmlessly
KEEP_WAITING = timedelta(hours=24)  # the contract: an item waits a day for its parent


class Answered(Table, db=DB, tablename="answered"):
    """The stored answer of one queue_id: a repeat gets it again and changes nothing."""

    queue_id = Uid(unique=True)
    sha256 = Varchar(length=64, help_text="of the item as canonical JSON: another body is KEY_REUSED")
    result = Text(help_text="JSON of status, code, message, deferred")
    at = Timestamptz(index=True)


class Deferred(Table, db=DB, tablename="deferred"):
    """An item whose parent has not come yet; it is applied when the parent does, or dropped after a day."""

    queue_id = Uid(unique=True)
    kind = Varchar(length=30)
    object = Uid(index=True)
    version = BigInt()
    item = Text()
    epoch = Varchar(length=40)
    waits_for = Uid(index=True)
    at = Timestamptz()


class SnapshotPart(Table, db=DB, tablename="snapshot_parts"):
    """One part of a complete list; the list is applied when all its parts are here."""

    list_key = Varchar(length=64, index=True)
    part = Integer()
    ids = Text(help_text="JSON list")
    at = Timestamptz()


@dataclass(frozen=True)
class Answer:
    sha256: str
    result: dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """An item kept until its parent comes."""

    queue_id: str
    kind: str
    object: str
    version: int
    item: dict[str, Any]
    epoch: str


async def answers_to(queue_ids: Collection[str]) -> dict[str, Answer]:
    """The stored answers to these. Inside reading() or writing()."""
    rows = await fetch(
        f"SELECT queue_id, sha256, result FROM answered WHERE queue_id IN ({', '.join('?' * len(queue_ids))})",
        *queue_ids,
    )
    return {row[0]: Answer(row[1], json.loads(row[2])) for row in rows}


async def keep_answers(answers: Iterable[tuple[str, Answer]], now: datetime) -> None:
    """Inside writing()."""
    await execute_many(
        "INSERT INTO answered (queue_id, sha256, result, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (queue_id) DO UPDATE SET sha256 = excluded.sha256, result = excluded.result, at = excluded.at",
        [(queue_id, answer.sha256, json.dumps(answer.result, ensure_ascii=False), now) for queue_id, answer in answers],
    )


async def defer(waiting: Waiting, parent: str, now: datetime) -> None:
    """Keep the item until the parent comes. Inside writing()."""
    await execute(
        "INSERT INTO deferred (queue_id, kind, object, version, item, epoch, waits_for, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (queue_id) DO UPDATE SET waits_for = excluded.waits_for",
        *(waiting.queue_id, waiting.kind, waiting.object, waiting.version),
        *(json.dumps(waiting.item, ensure_ascii=False), waiting.epoch, parent, now),
    )


async def waiting_for(parents: Collection[str]) -> list[Waiting]:
    """Items whose parent is among these, in the order of their versions. Inside writing()."""
    rows = await fetch(
        "SELECT queue_id, kind, object, version, item, epoch FROM deferred"
        f" WHERE waits_for IN ({', '.join('?' * len(parents))}) ORDER BY version, id",
        *parents,
    )
    return [Waiting(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5]) for row in rows]


async def forget(queue_id: str) -> None:
    """The item waits no longer. Inside writing()."""
    await execute("DELETE FROM deferred WHERE queue_id = ?", queue_id)


async def keep_part(list_key: str, part: int, ids: list[str], now: datetime) -> None:
    """Inside writing()."""
    await execute("DELETE FROM snapshot_parts WHERE list_key = ? AND part = ?", list_key, part)
    await execute(
        "INSERT INTO snapshot_parts (list_key, part, ids, at) VALUES (?, ?, ?, ?)", list_key, part, json.dumps(ids), now
    )


async def whole_list(list_key: str, parts: int) -> set[str] | None:
    """All ids of the list, once: its parts are forgotten. None while a part is missing. Inside writing()."""
    rows = await fetch("SELECT ids FROM snapshot_parts WHERE list_key = ? AND part BETWEEN 1 AND ?", list_key, parts)
    if len(rows) < parts:
        return None
    await execute("DELETE FROM snapshot_parts WHERE list_key = ?", list_key)
    return {uuid for row in rows for uuid in json.loads(row[0])}


async def drop_old(now: datetime) -> list[tuple[str, str, str, str]]:
    """Forget what is too old; (queue_id, kind, object, parent) of items whose parent never came. Inside writing()."""
    await execute("DELETE FROM answered WHERE at < ?", now - KEEP_ANSWERS)
    await execute("DELETE FROM snapshot_parts WHERE at < ?", now - KEEP_WAITING)
    dropped = await fetch(
        "DELETE FROM deferred WHERE at < ? RETURNING queue_id, kind, object, waits_for", now - KEEP_WAITING
    )
    return [(row[0], row[1], row[2], row[3]) for row in dropped]
