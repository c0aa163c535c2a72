"""The journal of events for people: its list, one event, the history of one object, and how it stays small."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.database import execute, fetch, fetch_one
from data.errors import Missing
from data.exchange.journal import LABELS, ItemNote

PAGE = 50
KEEP = timedelta(days=30)
KEEP_CHARACTERS = 200_000_000  # about 200 MB: the journal must not fill the owner's disk
PORTION = 500  # events removed in one transaction, so that nobody waits for the sweeping
FIELDS = "uuid, at, incoming, channel, address, kinds, items, outcome, status, duration_ms, error"


@dataclass(frozen=True)
class EventRow:
    uuid: str
    at: datetime
    incoming: bool
    channel: str
    address: str
    kinds: str
    items: int
    outcome: str
    status: int
    duration_ms: int
    error: str

    @property
    def label(self) -> str:
        return LABELS[self.outcome]


@dataclass(frozen=True)
class EventPage:
    row: EventRow
    request: str
    answer: str
    items: list[ItemNote]


async def page(
    after: str = "", *, incoming: bool | None = None, outcome: str = "", kind: str = "", query: str = ""
) -> list[EventRow]:
    """Up to PAGE events, newest first, after the event of this UUID. ``query``: a UUID, or a part of any text.

    Inside reading(), apart when ``query`` is given: it reads the texts.
    """
    where, values = _conditions(incoming, outcome, kind, query.strip())
    if after:
        where.append("id < (SELECT id FROM events WHERE uuid = ?)")
        values.append(after)
    rows = await fetch(
        f"SELECT {FIELDS} FROM events WHERE {' AND '.join(where) or '1'} ORDER BY id DESC LIMIT ?", *values, PAGE
    )
    return [EventRow(*row) for row in rows]


async def event(uuid: str) -> EventPage:
    """One event whole. Raises Missing. Inside reading()."""
    found = await fetch_one(f"SELECT {FIELDS}, request, answer FROM events WHERE uuid = ?", uuid)
    if found is None:
        raise Missing(uuid)
    rows = await fetch(
        "SELECT queue_id, kind, op, object, version, status, code, message, attempt FROM event_items"
        " WHERE event = ? ORDER BY id",
        uuid,
    )
    return EventPage(EventRow(*found[:-2]), found[-2], found[-1], [ItemNote(*row) for row in rows])


async def of_object(object_id: str, after: str = "") -> list[EventRow]:
    """Up to PAGE events in which this object took part, newest first, after the event of this UUID. Inside reading()."""
    rows = await fetch(
        f"SELECT {FIELDS} FROM events WHERE uuid IN (SELECT event FROM event_items WHERE object = ?)"
        " AND (? = '' OR id < (SELECT id FROM events WHERE uuid = ?)) ORDER BY id DESC LIMIT ?",
        *(object_id, after, after, PAGE),
    )
    return [EventRow(*row) for row in rows]


async def sweep(now: datetime) -> int:
    """Remove a portion of what is too old or too much; how many events went. Inside writing()."""
    found = await fetch_one("SELECT total(size) FROM events")
    too_much = found is not None and found[0] > KEEP_CHARACTERS
    rows = await fetch("SELECT uuid FROM events WHERE ? OR at < ? ORDER BY id LIMIT ?", too_much, now - KEEP, PORTION)
    for row in rows:
        await execute("DELETE FROM event_items WHERE event = ?", row[0])
        await execute("DELETE FROM events WHERE uuid = ?", row[0])
    return len(rows)


def _conditions(incoming: bool | None, outcome: str, kind: str, query: str) -> tuple[list[str], list[object]]:
    where: list[str] = []
    values: list[object] = []
    if incoming is not None:
        where.append("incoming = ?")
        values.append(incoming)
    if outcome:
        where.append("outcome = ?")
        values.append(outcome)
    if kind:
        where.append("uuid IN (SELECT event FROM event_items WHERE kind = ?)")
        values.append(kind)
    if query:
        where.append(
            "(uuid IN (SELECT event FROM event_items WHERE object = ? OR queue_id = ?)"
            " OR instr(error, ?) OR instr(address, ?) OR instr(request, ?) OR instr(answer, ?))"
        )
        values.extend([query.lower(), query.lower(), query, query, query, query])
    return where, values
