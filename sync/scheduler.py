"""The portal's own clockwork: the queue is worked by the clock and at once when something is queued; the house is swept.

Each cycle stands alone: what fails in one is logged, and the next one comes.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

from data import clock
from data.access import keys
from data.catalogue import pictures
from data.database import DB, reading, writing
from data.exchange import channel, inbox, integration, journal, journal_list, leases
from data.exchange.journal import ItemNote, Note
from data.exchange.queue import BELL
from sync import outgoing
from sync.exchange_portal.client import Client
from sync.outgoing import HOLDER, Run

LOG = logging.getLogger("portal.exchange")
LOOK = 1.0  # s: how soon a moved clock, changed settings or a record of another process are noticed
SWEEP_EVERY = timedelta(minutes=1)
DRAW_EVERY = timedelta(seconds=10)  # a picture sent after its product is not awaited by anybody
PARENT_NEVER_CAME = "Запись ждала сутки, но объект {} из 1С так и не пришёл: выгрузите его и повторите запись"

_client = Client()


async def run_once(now: datetime, *, by_hand: bool = False) -> Run:
    """Work the queue once; two runs never overlap in one process."""
    async with _client.turn:
        return await outgoing.run(_client, now, by_hand=by_hand)


async def sweep_once(now: datetime) -> None:
    """Remove what has outlived its use, a portion at a time, and fold the write-ahead log into the file."""
    async with writing():
        await keys.drop_expired_tokens(now)
        dropped = await inbox.drop_old(now)
        items = [
            ItemNote(queue_id, kind, "upsert", uuid, 0, "error", "PARENT_MISSING", PARENT_NEVER_CAME.format(parent))
            for queue_id, kind, uuid, parent in dropped
        ]
        if items:
            note = Note(True, "отложенные записи", journal.REFUSED, 0, 0, error=items[0].message, items=items)
            await journal.write(note, now)
    swept = journal_list.PORTION
    while swept == journal_list.PORTION:
        async with writing():
            swept = await journal_list.sweep(now)
    await DB.checkpoint()


async def next_run(since: datetime) -> datetime:
    """When the queue is worked next, its last run being over at ``since``, unless something is queued before."""
    async with reading():
        settings, state, due = await integration.current(), await channel.state(), await leases.next_due()
    by_clock = since + timedelta(seconds=max(settings.every_seconds, 1))
    if due is None or not settings.is_complete:
        return by_clock
    return min(by_clock, max(due, state.open_until or due))


@contextlib.asynccontextmanager
async def running() -> AsyncIterator[None]:
    """The clockwork runs within this block; at its start everything that an earlier run left half sent waits again."""
    BELL.renew()
    async with writing():
        settings = await integration.current()
        await leases.return_lost(HOLDER, attempts=settings.attempts)
    tasks = [
        asyncio.create_task(_exchange()),
        asyncio.create_task(_repeat(sweep_once, SWEEP_EVERY)),
        asyncio.create_task(_repeat(pictures.prepare, DRAW_EVERY)),
    ]
    try:
        yield
    finally:
        await _stop(tasks)
        await close()


async def close() -> None:
    """Let the line to 1C go; for commands that called run_once() by themselves too."""
    global _client
    last, _client = _client, Client()
    await last.close()


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel until they have ended: a library on the way may swallow one cancelling."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=1)


async def _exchange() -> None:
    while True:
        try:
            await run_once(clock.now())
            await _rest()
        except Exception:
            LOG.exception("the queue could not be worked")
            await asyncio.sleep(LOOK)


async def _rest() -> None:
    """Until the bell rings or something is due; what another process has queued is noticed within LOOK."""
    since = clock.now()
    while (left := (await next_run(since) - clock.now()).total_seconds()) > 0:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(left, LOOK)):
                return await BELL.wait()


async def _repeat(job: Callable[[datetime], Awaitable[object]], pause: timedelta) -> None:
    while True:
        try:
            await job(clock.now())
        except Exception:
            LOG.exception("%s failed", job.__name__)
        await asyncio.sleep(pause.total_seconds())
