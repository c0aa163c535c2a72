"""The pull mode: a 1C that cannot be reached from outside comes for its records and says later what became of them."""

import json
from datetime import datetime, timedelta
from typing import Any

from data.database import writing
from data.exchange import integration, leases, node
from data.exchange.journal import ItemNote
from sync import receipts
from sync.batches import BadBatch, canonical, stamp_in
from sync.lending import lend
from sync.receipts import Tally

LENGTH = timedelta(minutes=10)  # the contract's
MOST = 200


async def offer(limit: int, now: datetime) -> tuple[dict[str, Any], list[ItemNote]]:
    """The answer to GET /api/exchange/out, and its items for the journal."""
    async with writing():
        attempts = (await integration.current()).attempts
        stamp = await node.next_stamp()
    lease = await lend(leases.PULL, limit=max(1, min(limit, MOST)), length=LENGTH, attempts=attempts, now=now)
    items = [json.loads(record.body or "{}") for record in lease.records]
    notes = [
        ItemNote(record.uuid, record.kind, record.op, record.object, record.version, "offered", attempt=record.attempts)
        for record in lease.records
    ]
    return stamp.as_json() | {"lease": lease.uuid, "lease_until": lease.until.isoformat(), "items": items}, notes


async def acknowledge(found: dict[str, Any], now: datetime) -> tuple[dict[str, Any], Tally]:
    """The answer to POST /api/exchange/out/ack. A lease that has ended removes nothing. Raises BadBatch, OtherBase."""
    stamp, lease, results = stamp_in(found), canonical(found.get("lease")), found.get("results")
    if lease is None:
        raise BadBatch("Поле «lease» должно быть UUID")
    if not isinstance(results, list):
        raise BadBatch("Поле «results» должно быть списком")
    async with writing():
        await node.remember(stamp)
        ours = await node.next_stamp()
        attempts = (await integration.current()).attempts
        tally = await receipts.settle(await leases.held(lease), lease, results, attempts=attempts, now=now)
    return ours.as_json() | {"removed": tally.taken, "returned": tally.returned + tally.refused}, tally
