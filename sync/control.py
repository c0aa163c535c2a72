"""The one door through which pages speak to the exchange: check it, run it, read its state, decide on its records."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from data import clock
from data.database import reading, writing
from data.exchange import channel, queue_list
from data.exchange.channel import ChannelState
from data.exchange.integration import Integration
from sync import scheduler
from sync.exchange_portal import check
from sync.exchange_portal.check import Verdict
from sync.exchange_portal.client import Client
from sync.exchange_portal.failures import CERTIFICATE_LABEL, CONFIRM_LABEL
from sync.mail import trial_letter
from sync.outgoing import Run
from sync.scheduler import close

__all__ = ["CERTIFICATE_LABEL", "CONFIRM_LABEL", "Run", "State", "Verdict", "close", "trial_letter"]

PATIENCE = 10.0  # s a page waits for a run; then it goes on by itself
STILL_RUNNING = Run("Обмен выполняется, результат появится в журнале")

_running: set[asyncio.Task[Run]] = set()


@dataclass(frozen=True)
class State:
    """The exchange as the administrator sees it. ``next_run``: when the queue is worked next."""

    channel: ChannelState
    counts: dict[str, int]
    is_alarm: bool
    next_run: datetime


async def check_integration(settings: Integration) -> Verdict:
    """«Проверить интеграцию» with these settings, saved or not; the password in plain text."""
    client = Client()
    try:
        return await check.check(client, settings)
    finally:
        await client.close()


async def run_now() -> Run:
    """«Выполнить сейчас»: work the queue whatever its timetable; the page waits no longer than PATIENCE."""
    task = asyncio.create_task(scheduler.run_once(clock.now(), by_hand=True))
    _running.add(task)
    task.add_done_callback(_running.discard)
    try:
        return await asyncio.wait_for(asyncio.shield(task), PATIENCE)
    except TimeoutError:
        return STILL_RUNNING


async def state() -> State:
    """How the exchange stands now."""
    now = clock.now()
    async with reading():
        of_channel, counts = await channel.state(), await queue_list.counts()
    return State(of_channel, counts, of_channel.is_alarm(now), await scheduler.next_run(now))


async def repeat(uuid: str) -> None:
    """«Повторить» a record of the queue. Raises Missing."""
    async with writing():
        await queue_list.repeat(uuid, clock.now())


async def delete(uuid: str) -> None:
    """«Удалить из очереди». Raises Missing, Refusal."""
    async with writing():
        await queue_list.delete(uuid)
