"""Queue records become items on the wire: leased first, with the attempt counted, then built once and frozen."""

import json
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from data.database import saving, writing
from data.exchange import leases
from data.exchange.leases import Lease
from data.exchange.queue import Record
from sync import refusing
from sync.kinds import SENT
from sync.kinds.kind import Sent, Wrong

LOG = logging.getLogger("portal.exchange")
MAX_CHARACTERS = (
    1_200_000  # of all items of a batch: even as four-byte letters it stays under the 5 MiB of the contract
)


async def lend(holder: str, *, limit: int, length: timedelta, attempts: int, now: datetime) -> Lease:
    """The due records as frozen items, held by ``holder`` for ``length``.

    Two transactions: a record whose building ends the program has its attempt counted already.
    """
    async with writing():
        lease = await leases.take(holder, limit=limit, length=length, now=now)
    if not lease.records:
        return lease
    async with writing():
        built = [await _frozen(record, lease.uuid, attempts, now) for record in lease.records]
        whole = [record for record in built if record]
        kept = _within_size(whole)
        await leases.mark(lease.uuid, on_the_way=True)
        await leases.give_back([record.uuid for record in whole[len(kept) :]], lease.uuid)
    return replace(lease, records=kept)


async def _frozen(record: Record, lease: str, attempts: int, now: datetime) -> Record | None:
    """The record with its body, or None when it cannot be built: then it is refused, the others go on."""
    if record.body is not None:
        return record
    try:
        async with saving():
            data = await SENT.get(record.kind, Sent()).build(record)
            body = json.dumps(
                {
                    "queue_id": record.uuid,
                    "kind": record.kind,
                    "op": record.op,
                    "id": record.object,
                    "version": record.version,
                    "data": dict(data),
                },
                ensure_ascii=False,
            )
            await leases.freeze(record.uuid, body)
    except Wrong as wrong:
        await refusing.refuse(record, lease, wrong.message, attempts=attempts, now=now)
        return None
    except Exception:
        LOG.exception("record %s of kind %s could not be built", record.uuid, record.kind)
        text = "Портал не смог подготовить запись к отправке, подробности в журнале программы"
        await refusing.refuse(record, lease, text, attempts=attempts, now=now)
        return None
    return replace(record, body=body)


def _within_size(records: list[Record]) -> list[Record]:
    """As many as fit into one batch, at least one."""
    size = 0
    kept: list[Record] = []
    for record in records:
        size += len(record.body or "")
        if kept and size > MAX_CHARACTERS:
            break
        kept.append(record)
    return kept
