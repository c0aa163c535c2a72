"""What the portal must still be told: one record per change, and only the newest change of an object waits."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from sync.demo_onec.store import Store, dumps

ATTEMPTS = 3
"""«Количество попыток» of the integration settings."""

PAUSES = (60.0, 600.0)
"""A refused record is tried again after a minute and after ten: a parent object may be on its way."""


@dataclass(frozen=True)
class Record:
    """One row of the queue with the body that it carries."""

    place: int
    queue_id: str
    kind: str
    id: str
    version: int
    op: str
    data: str


def offer(store: Store, kind: str, key: str, version: int) -> None:
    """Queue the object as it stands. A waiting record of the same object gives way: its body would be out of date."""
    store.db.execute("DELETE FROM queue WHERE kind = ? AND id = ? AND op = 'upsert' AND data IS NULL", (kind, key))
    _add(store, kind, key, version, op="upsert", data=None)


def offer_action(store: Store, kind: str, key: str, version: int, *, op: str, data: dict[str, Any]) -> None:
    """Queue a deed that is not the state of an object («Сбросить пароль», a merge): each one goes, in order."""
    _add(store, kind, key, version, op=op, data=dumps(data))


def keep_and_offer(store: Store, kind: str, key: str, data: dict[str, Any]) -> int:
    """Write an object and tell the portal about it."""
    version = store.keep(kind, key, data)
    offer(store, kind, key, version)
    return version


def offer_again(store: Store, kind: str, key: str) -> None:
    """Queue an object that has not changed: under a new version, or the other side would call it a duplicate."""
    sql = "UPDATE object SET version = version + 1 WHERE kind = ? AND id = ? RETURNING version"
    offer(store, kind, key, store.number(sql, kind, key))


def offer_all(store: Store, kind: str) -> None:
    """Queue every object of a kind at once, as the first publication does."""
    store.db.execute(
        "INSERT INTO queue (queue_id, kind, id, version, op) "
        "SELECT new_uuid(), kind, id, version, 'upsert' FROM object WHERE kind = ? AND deleted = 0 ORDER BY place",
        (kind,),
    )


def take(store: Store, now: float, limit: int, size: int) -> list[Record]:
    """Lease the oldest due records, one per object, not above so many bytes. Each attempt is counted beforehand,
    so a record that kills the process is parked too."""
    rows = store.rows(
        "SELECT q.place, q.queue_id, q.kind, q.id, q.version, q.op, q.data, "
        "CASE q.kind WHEN 'order' THEN (SELECT data FROM customer_order o WHERE o.id = q.id) "
        "ELSE (SELECT data FROM object o WHERE o.kind = q.kind AND o.id = q.id) END AS state_data "
        "FROM queue q WHERE q.state = 'waiting' AND q.next_at <= ? AND NOT EXISTS "
        "(SELECT 1 FROM queue e WHERE e.kind = q.kind AND e.id = q.id AND e.place < q.place) "
        "ORDER BY q.place LIMIT ?",
        now,
        limit,
    )
    records: list[Record] = []
    for row in rows:
        body = row["data"] or row["state_data"] or "{}"
        size -= len(body.encode()) + 250
        if size < 0 and records:
            break
        records.append(Record(row["place"], row["queue_id"], row["kind"], row["id"], row["version"], row["op"], body))
    _mark(store, records, "processing", attempt=1)
    return records


def give_back(store: Store, records: list[Record]) -> None:
    """The transport failed or the answer did not name them: they wait as before and no attempt is burnt."""
    _mark(store, records, "waiting", attempt=-1)


def give_back_all(store: Store) -> None:
    """At a start nothing is being processed: what a killed process left is waiting again, its attempt counted."""
    with store.writing():
        store.db.execute(
            "UPDATE queue SET state = CASE WHEN attempts >= ? THEN 'failed' ELSE 'waiting' END, "
            "error = coalesce(error, 'Обмен прервался во время передачи') WHERE state = 'processing'",
            (ATTEMPTS,),
        )


def done(store: Store, record: Record) -> None:
    store.db.execute("DELETE FROM queue WHERE place = ?", (record.place,))


def refused(store: Store, record: Record, error: str, now: float) -> None:
    """The portal said no: again in 1 and 10 minutes, then «Ошибка» until a person repeats it."""
    row = store.row("SELECT attempts FROM queue WHERE place = ?", record.place)
    if row is None:
        return
    attempts = int(row["attempts"])
    failed = attempts >= ATTEMPTS
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    store.db.execute(
        "UPDATE queue SET state = ?, error = ?, next_at = ? WHERE place = ?",
        ("failed" if failed else "waiting", error[:500], 0 if failed else now + pause, record.place),
    )


def repeat(store: Store) -> None:
    """«Повторить»: everything refused is due now, with its attempts counted anew."""
    with store.writing():
        store.db.execute(
            "UPDATE queue SET state = 'waiting', attempts = 0, next_at = 0 WHERE state = 'failed' OR error IS NOT NULL"
        )


def summary(store: Store) -> dict[str, int]:
    """How many records are in each state; a queue of a large base is counted often while it is published."""
    sql = "SELECT state, count(*) AS n FROM queue WHERE state != 'waiting' GROUP BY state"
    unusual = {row["state"]: int(row["n"]) for row in store.rows(sql)}
    waiting = store.number("SELECT count(*) FROM queue") - sum(unusual.values())
    return {"waiting": waiting, "processing": unusual.get("processing", 0), "failed": unusual.get("failed", 0)}


def first(store: Store, limit: int) -> list[dict[str, Any]]:
    """The head of the queue for the page, the refused ones on top."""
    sql = (
        "SELECT place, queue_id, kind, id, version, op, state, attempts, error FROM queue "
        "ORDER BY error IS NULL, place LIMIT ?"
    )
    return [dict(row) for row in store.rows(sql, limit)]


def body_of(record: Record) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(record.data)
    return parsed


def _mark(store: Store, records: list[Record], state: str, attempt: int) -> None:
    with store.writing():
        store.db.executemany(
            "UPDATE queue SET state = ?, attempts = attempts + ? WHERE place = ? AND state != 'failed'",
            [(state, attempt, record.place) for record in records],
        )


def _add(store: Store, kind: str, key: str, version: int, *, op: str, data: str | None) -> None:
    store.db.execute(
        "INSERT INTO queue (queue_id, kind, id, version, op, data) VALUES (?, ?, ?, ?, ?, ?)",
        (str(uuid.uuid4()), kind, key, version, op, data),
    )
