"""Order — Заказ клиента: taken from 1C as 1C holds it; created and decided upon by records of ours."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.exchange import node, queue, versions
from data.exchange.queue import Record
from data.ordering import accepted
from data.ordering.accepted import OrderFacts
from data.ordering.orders import REFUSED
from sync.kinds.fields import bad
from sync.kinds.kind import Receipt, Sent, Taken, Waits, Wrong
from sync.kinds.order_fields import facts_of
from sync.kinds.order_wire import wire_of

LOG = logging.getLogger("portal.exchange")


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    facts = await facts_of(data)
    if not await accepted.take(uuid, facts, now):
        partner = facts.fields.get("partner")
        if not partner:
            raise bad("partner", "не заполнено, а заказ порталу неизвестен")
        raise Waits(partner)


async def hide(uuid: str, now: datetime) -> None:
    """«Пометка удаления»: the order stays as refused."""
    if await accepted.whole(uuid) is not None:
        await accepted.take(uuid, OrderFacts({"status": REFUSED, "reason": "Удалён в 1С"}), now)


async def build(record: Record) -> Mapping[str, Any]:
    """The whole order for ``create``; a decision is sent as it was queued, on the terms that are known by now."""
    found = await accepted.whole(record.object)
    if found is None:
        return record.data
    if record.op == "create":
        return wire_of(*found)
    if "terms" in record.data and record.data["terms"] is None:
        return {**record.data, "terms": found[0]["terms"]}
    return record.data


async def take_receipt(record: Record, receipt: Receipt, now: datetime) -> None:
    await accepted.sent(record.object, record.op)
    await _take(record, receipt, now)


async def take_conflict(record: Record, receipt: Receipt, now: datetime) -> None:
    await accepted.overtaken(record.object, record.op, now)
    await _take(record, receipt, now)


async def refused(record: Record, text: str, now: datetime) -> None:
    """A decision that is parked as «Ошибка» is off its way; one that will be tried again only says why it waits."""
    states = {uuid: state for uuid, _, state, *_ in await queue.of_object(record.object)}
    if text and states.get(record.uuid) == queue.FAILED:
        await accepted.not_taken(record.object, record.op, text, now)
    else:
        await accepted.not_reached(record.object, text)


async def _take(record: Record, receipt: Receipt, now: datetime) -> None:
    """1C has done it: an answer that cannot be read must not make us ask again, the order itself will come."""
    if not await _is_news(record.object, receipt.data):
        return
    for data in ({**receipt.data, "ref": {**_mapping(receipt.data.get("ref")), **receipt.ref}}, {"ref": receipt.ref}):
        try:
            await accepted.take(record.object, await facts_of(data), now)
        except Wrong as wrong:
            LOG.warning("answer to %s of order %s: %s", record.op, record.object, wrong.message)
        else:
            return


async def _is_news(uuid: str, data: Mapping[str, Any]) -> bool:
    """Whether 1C's answer is not older than what 1C has pushed meanwhile: a repeated call gets its first answer again.

    By 1C's own counter, when the answer names it; then the push of the same version will change nothing.
    """
    version, stamp = data.get("version"), await node.stamp_of("1c")
    if type(version) is not int or stamp is None:
        return True
    key = ("order", uuid)
    known = (await versions.taken({key})).get(key)
    if known and known[0] == stamp.epoch and version < known[1]:
        return False
    await versions.keep_taken([(key, (stamp.epoch, version))])
    return True


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


TAKEN = Taken(put, hide)
SENT = Sent(build, take_receipt, take_conflict, refused)
