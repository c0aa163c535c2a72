"""«Журнал очередей» for people: what is owed to 1C, why it waits, and the two things one can do about it."""

from dataclasses import dataclass
from datetime import datetime

from data.database import after_commit, execute, fetch, fetch_one
from data.errors import Missing, Refusal
from data.exchange.queue import BELL, LABELS, PROCESSING, WAITING

PAGE = 50
FIELDS = "uuid, kind, op, object, title, state, attempts, next_at, created_at, error"


@dataclass(frozen=True)
class QueueRow:
    uuid: str
    kind: str
    op: str
    object: str
    title: str
    state: str
    attempts: int
    next_at: datetime
    created_at: datetime
    error: str

    @property
    def label(self) -> str:
        return LABELS[self.state]


async def page(after: str = "", state: str = "") -> list[QueueRow]:
    """Up to PAGE records, oldest first, after the record of this UUID. Inside reading()."""
    rows = await fetch(
        f"SELECT {FIELDS} FROM queue WHERE (? = '' OR state = ?) AND (? = '' OR id > (SELECT id FROM queue WHERE uuid = ?))"
        " ORDER BY id LIMIT ?",
        *(state, state, after, after, PAGE),
    )
    return [QueueRow(*row) for row in rows]


async def record(uuid: str) -> QueueRow:
    """One record. Raises Missing. Inside reading()."""
    found = await fetch_one(f"SELECT {FIELDS} FROM queue WHERE uuid = ?", uuid)
    if found is None:
        raise Missing(uuid)
    return QueueRow(*found)


async def counts() -> dict[str, int]:
    """How many records are in each state. Inside reading()."""
    found = dict.fromkeys(LABELS, 0)
    found.update({row[0]: row[1] for row in await fetch("SELECT state, count(*) FROM queue GROUP BY state")})
    return found


async def repeat(uuid: str, now: datetime) -> None:
    """«Повторить»: the record waits again with all its attempts. Raises Missing. Inside writing()."""
    changed = await execute(
        "UPDATE queue SET state = ?, attempts = 0, lost = 0, next_at = ?, error = '' WHERE uuid = ? AND state <> ?",
        *(WAITING, now, uuid, PROCESSING),
    )
    if not changed and await fetch_one("SELECT 1 FROM queue WHERE uuid = ?", uuid) is None:
        raise Missing(uuid)
    after_commit(BELL.ring)


async def delete(uuid: str) -> None:
    """«Удалить из очереди»: 1C will not be told. Raises Missing, or Refusal while it is on its way.

    Inside writing().
    """
    if await execute("DELETE FROM queue WHERE uuid = ? AND state <> ?", uuid, PROCESSING):
        after_commit(BELL.ring)
        return
    if await fetch_one("SELECT 1 FROM queue WHERE uuid = ?", uuid) is None:
        raise Missing(uuid)
    raise Refusal("Запись сейчас передаётся в 1С. Подождите минуту и попробуйте снова.")


async def hurry(now: datetime) -> None:
    """«Выполнить сейчас»: what waits between two tries waits no longer; what is held back for undo still does.

    Inside writing().
    """
    await execute("UPDATE queue SET next_at = ? WHERE state = ? AND attempts > 0 AND next_at > ?", now, WAITING, now)
