"""What the portal owes 1C leaves in batches; every record is settled by a receipt, or waits as before."""

import asyncio
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from data.database import reading, writing
from data.exchange import channel, integration, journal, leases, node, queue_list
from data.exchange.channel import ChannelState
from data.exchange.integration import Integration
from data.exchange.journal import ItemNote, Note
from data.exchange.leases import Lease
from data.exchange.node import OtherBase, Stamp
from sync import receipts, retry
from sync.batches import BadBatch, parsed, stamp_in
from sync.exchange_portal import failures
from sync.exchange_portal.client import Client
from sync.exchange_portal.failures import Unreachable
from sync.lending import lend
from sync.receipts import Tally

HOLDER = uuid4().hex  # this run of the program
MOST = 100  # records in one call
LENGTH = timedelta(seconds=failures.WITHIN + 30)  # a call is over by then, whatever became of it
NOTHING = "Отправлять нечего"
NOT_SET = "Не заполнены настройки интеграции"
OTHER_BASE = "Ответила другая база 1С: обмен остановлен до решения администратора"


@dataclass(frozen=True)
class Run:
    """What one run of the queue has done, in words for the administrator."""

    text: str
    taken: int = 0
    refused: int = 0
    is_failed: bool = False


async def run(client: Client, now: datetime, *, by_hand: bool = False) -> Run:
    """Send everything that is due. ``by_hand``: although the circuit is open or a refused record's pause lasts."""
    async with reading():
        settings, state = await integration.current(), await channel.state()
    if not settings.is_complete:
        return Run(NOT_SET, is_failed=True)
    if state.is_open(now) and not by_hand:
        return Run(state.error, is_failed=True)
    if by_hand:
        async with writing():
            await queue_list.hurry(now)
    taken, refused, started = 0, 0, time.monotonic()
    while True:
        moment = now + timedelta(seconds=time.monotonic() - started)
        lease = await lend(HOLDER, limit=MOST, length=LENGTH, attempts=settings.attempts, now=moment)
        if not lease.records:
            break
        try:
            tally = await _send(client, settings, lease, moment)
        except Unreachable as failure:
            return Run(failure.text, taken, refused, is_failed=True)
        taken, refused = taken + tally.taken, refused + tally.refused
        if not tally.taken:  # nothing moves any more: the rest waits for its own time
            break
    return Run(_summary(taken, refused) if taken or refused else NOTHING, taken, refused)


async def _send(client: Client, settings: Integration, lease: Lease, now: datetime) -> Tally:
    """One call with the leased records. Raises Unreachable when there was no receipt; then nothing is burnt."""
    async with writing():
        stamp = await node.next_stamp()
    body, started = _body_of(lease, stamp), time.monotonic()
    reply = ""
    try:
        found = await client.call(settings, "POST", "exchange", body.encode())
        reply = found.text
        their, results = receipt_in(found.body, found.content_type)
        async with writing():
            await leases.mark(lease.uuid, on_the_way=False)
        async with writing():
            await node.remember(their)
            tally = await receipts.settle(lease.records, lease.uuid, results, attempts=settings.attempts, now=now)
            await channel.succeeded(_summary(tally.taken, tally.refused), now=now)
            await journal.write(_note(body, reply, started, tally.notes, 200), now)
        return tally
    except asyncio.CancelledError:  # the program is asked to end: that is not the records' fault
        async with writing():
            await leases.give_back([record.uuid for record in lease.records], lease.uuid)
        raise
    except OtherBase as error:
        failure = Unreachable("base", OTHER_BASE, urgent=True)
        await _fail(lease, failure, _note(body, reply, started, _untaken(lease), 200, failure.text), now)
        raise failure from error
    except Unreachable as failure:
        answer = reply or failure.answer
        await _fail(lease, failure, _note(body, answer, started, _untaken(lease), failure.status, failure.text), now)
        raise


def receipt_in(body: bytes, content_type: str) -> tuple[Stamp, list[object]]:
    """Who answered and the results. Raises Unreachable when it is no receipt, whatever it is."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Unreachable("receipt", failures.NOT_OURS, status=200)
    try:
        found = parsed(body)
        stamp = stamp_in(found)
    except BadBatch as error:
        raise Unreachable("receipt", failures.NOT_OURS, status=200) from error
    results = found.get("results")
    if not isinstance(results, list):
        raise Unreachable("receipt", failures.NOT_OURS, status=200)
    return stamp, results


async def _fail(lease: Lease, failure: Unreachable, note: Note, now: datetime) -> None:
    """The call failed: the records wait as before, the circuit opens, the reason stands on everything that is due."""
    async with writing():
        await leases.give_back([record.uuid for record in lease.records], lease.uuid, error=failure.text)
        await leases.tell_waiting(failure.text, now)
        state: ChannelState = await channel.state()
        pause = retry.circuit_pause(state.failures, luck=random.random(), asked=failure.asked)
        await channel.failed(failure.text, open_until=now + pause, urgent=failure.urgent, now=now)
        await journal.write(note, now)


def _body_of(lease: Lease, stamp: Stamp) -> str:
    items = ", ".join(record.body or "{}" for record in lease.records)
    return f'{{"node": "portal", "base": "{stamp.base}", "epoch": "{stamp.epoch}", "seq": {stamp.seq}, "items": [{items}]}}'


def _untaken(lease: Lease) -> list[ItemNote]:
    return [
        ItemNote(record.uuid, record.kind, record.op, record.object, record.version, "failed", attempt=record.attempts)
        for record in lease.records
    ]


def _note(body: str, answer: str, started: float, items: list[ItemNote], status: int, error: str = "") -> Note:
    bad = next((item.message for item in items if item.status == "error"), "")
    return Note(
        incoming=False,
        address="POST exchange",
        outcome=journal.FAILED if error else journal.REFUSED if bad else journal.OK,
        status=status,
        duration_ms=int((time.monotonic() - started) * 1000),
        error=error or bad,
        request=body,
        answer=answer,
        items=items,
    )


def _summary(taken: int, refused: int) -> str:
    return f"Передано записей: {taken}" + (f", отказов: {refused}" if refused else "")
