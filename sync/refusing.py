"""A record that was refused is tried again after a pause, or stands as «Ошибка» until a person decides."""

import logging
import random
from datetime import datetime

from data.database import saving
from data.exchange import leases
from data.exchange.queue import Record
from sync import retry
from sync.kinds import SENT
from sync.kinds.kind import Sent

LOG = logging.getLogger("portal.exchange")


async def refuse(record: Record, lease: str, text: str, *, attempts: int, now: datetime) -> None:
    """The text stands on the record and, through its kind, on the object. Inside writing()."""
    pause = retry.after_refusal(record.attempts, attempts=attempts, luck=random.random())
    await leases.refuse(record.uuid, lease, error=text, next_at=now + pause if pause is not None else None)
    try:
        async with saving():
            await SENT.get(record.kind, Sent()).refused(record, text, now)
    except Exception:
        LOG.exception("the refusal of record %s could not be told to its object", record.uuid)
