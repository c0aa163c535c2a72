"""A receipt of 1C's is believed only when it names the very records that were sent; then each result takes effect."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.database import saving
from data.exchange import leases
from data.exchange.journal import ItemNote
from data.exchange.queue import Record
from sync import refusing, retry
from sync.batches import canonical
from sync.kinds import SENT
from sync.kinds.kind import Receipt, Sent

LOG = logging.getLogger("portal.exchange")
TAKEN = frozenset({"ok", "duplicate", "stale"})  # 1C has this version of the object, or a later one
NO_ANSWER = "1С ответила, но об этой записи ничего не сказала"
NOT_APPLIED = "1С приняла запись, но её ответ не удалось применить; подробности в журнале программы"
DISABLED = "Вид объекта отключён в настройках обмена 1С: включите его там и нажмите «Повторить»"


@dataclass
class Tally:
    """What became of the records of one exchange."""

    taken: int = 0
    refused: int = 0
    returned: int = 0
    notes: list[ItemNote] = field(default_factory=list)


async def settle(
    records: Sequence[Record], lease: str, results: Sequence[Any], *, attempts: int, now: datetime
) -> Tally:
    """Let each result take effect on its record; records without one are given back. Inside writing()."""
    by_id = {record.uuid: record for record in records}
    found: dict[str, Mapping[str, Any]] = {}
    for result in results:
        record = by_id.get(canonical(result.get("queue_id")) or "") if isinstance(result, dict) else None
        if record is not None and _names(result, record):
            found[record.uuid] = result
    tally = Tally()
    for record in records:
        if record.uuid in found:
            await _take_effect(record, lease, found[record.uuid], tally, attempts, now)
    missing = [record for record in records if record.uuid not in found]
    pause = None if found else now + retry.NO_ANSWER_TO_RECORD
    await leases.give_back([record.uuid for record in missing], lease, error=NO_ANSWER, next_at=pause)
    tally.returned += len(missing)
    tally.notes += [_note(record, "missing", "", NO_ANSWER) for record in missing]
    return tally


def _names(result: Mapping[str, Any], record: Record) -> bool:
    """The result echoes the object and its version, so it is about what we have sent."""
    return canonical(result.get("id")) == record.object and result.get("version") == record.version


async def _take_effect(
    record: Record, lease: str, result: Mapping[str, Any], tally: Tally, attempts: int, now: datetime
) -> None:
    status, code = result.get("status"), str(result.get("code") or "")
    is_conflict = status == "error" and code == "VERSION_CONFLICT"
    text = str(result.get("message") or code or "1С отказала без объяснения")[:1000]
    if status in TAKEN or is_conflict:
        if await _accept(record, lease, result, is_conflict=is_conflict, now=now):
            tally.taken += 1
            tally.notes.append(_note(record, str(status), code, text if is_conflict else ""))
            return
        text = NOT_APPLIED
    elif status == "disabled":
        text = DISABLED
    await refusing.refuse(record, lease, text, attempts=attempts, now=now)
    tally.refused += 1
    tally.notes.append(_note(record, "error", code, text))


async def _accept(record: Record, lease: str, result: Mapping[str, Any], *, is_conflict: bool, now: datetime) -> bool:
    """Apply what 1C says of the object and let the record go; False when that cannot be done."""
    ref, data = result.get("ref"), result.get("data")
    receipt = Receipt(ref if isinstance(ref, dict) else {}, data if isinstance(data, dict) else {})
    kind = SENT.get(record.kind, Sent())
    try:
        async with saving():
            if await leases.finish(record.uuid, lease):
                await (kind.conflict if is_conflict else kind.accepted)(record, receipt, now)
    except Exception:
        LOG.exception("the receipt for record %s could not be applied", record.uuid)
        return False
    return True


def _note(record: Record, status: str, code: str, message: str) -> ItemNote:
    return ItemNote(
        record.uuid, record.kind, record.op, record.object, record.version, status, code[:40], message, record.attempts
    )
