"""The order as 1C holds it: once 1C has accepted, lines, sums and status are 1C's and are never recomputed."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from data.database import execute, execute_many, fetch, fetch_one
from data.ordering.orders import CLOSED, IN_WORK, LABELS, REFUSED, WAIT_MANAGER, WAIT_PARTNER
from data.ordering.telling import tell_refused, tell_waits_for_partner
from data.ordering.trail import happened, keep_version

FIELDS = frozenset(
    "status state number guid at terms confirmed_terms partner counterparty agreement contract seller contact warehouse"
    " delivery_method delivery_address delivery_date partner_number comment manager manager_name manager_phone"
    " manager_email total currency paid shipped reason origin".split()
)
FROM_1C = "1С"


@dataclass(frozen=True)
class LineFacts:
    """One line as 1C sent it: kopecks, thousandths, hundredths of a percent."""

    n: int
    product: str
    name: str
    quantity: int
    unit: str
    sum: int
    variant: str = ""
    pack: str = ""
    pack_name: str = ""
    packs: int = 0
    price: int | None = None
    discount: int = 0
    vat: str = ""
    vat_sum: int = 0
    comment: str = ""
    cancelled: bool = False
    cancel_reason: str = ""
    shipped: int = 0
    ship_date: date | None = None


LINE_FIELDS = tuple(each.name for each in fields(LineFacts))


@dataclass(frozen=True)
class OrderFacts:
    """What 1C sent of an order: values by column for the fields that came, and the lines when they came."""

    fields: dict[str, Any] = field(default_factory=dict)
    lines: tuple[LineFacts, ...] | None = None


async def take(uuid: str, facts: OrderFacts, now: datetime) -> bool:
    """Apply what 1C sent; an unknown order was born in 1C. False when its partner is not here yet. Inside writing()."""
    unknown = set(facts.fields) - FIELDS
    if unknown:
        raise ValueError(f"not of an order: {sorted(unknown)}")
    order = await _find(uuid, facts.fields.get("guid") or "")
    if order is None:
        order = await _born_in_1c(uuid, facts, now)
        if order is None:
            return False
    before = await _row(order)
    values = dict(facts.fields)
    values["status"] = _status(before, values)
    await _update(order, values)
    if facts.lines is not None:
        await _replace_lines(order, facts.lines)
    terms = values.get("terms", before["terms"])
    if facts.lines is not None and (terms != before["terms"] or not await _has_version(order, terms)):
        await keep_version(order, terms, now)
    await _tell(order, before, now)
    return True


async def sent(uuid: str, op: str) -> None:
    """1C has taken our record of this decision: it is no longer on its way. Before take(). Inside writing()."""
    await execute(
        "UPDATE orders SET sending = '', problem = '' WHERE uuid = ? AND (sending = ? OR ? = 'create')", uuid, op, op
    )


async def overtaken(uuid: str, op: str, now: datetime) -> None:
    """The order had changed in 1C before our decision came: it is void. Before take(). Inside writing()."""
    await sent(uuid, op)
    found = await fetch_one("SELECT id FROM orders WHERE uuid = ?", uuid)
    if found:
        await happened(found[0], "Решение не принято: заказ тем временем изменился в 1С", who=FROM_1C, now=now)


async def not_taken(uuid: str, op: str, reason: str, now: datetime) -> None:
    """1C refused our record for good: the reason stands on the order. Inside writing()."""
    found = await fetch_one("SELECT id, sending, status FROM orders WHERE uuid = ?", uuid)
    if found is None:
        return
    order, sending, status = found
    if sending == op and op == "confirm" and status == IN_WORK:
        await execute("UPDATE orders SET status = ?, confirmed_terms = NULL WHERE id = ?", WAIT_PARTNER, order)
    await execute(
        "UPDATE orders SET problem = ?, version = version + 1, sending = CASE WHEN sending = ? THEN '' ELSE sending END"
        " WHERE id = ?",
        reason, op, order,
    )  # fmt: skip
    await happened(order, f"1С не приняла: {reason}", who=FROM_1C, now=now)


async def not_reached(uuid: str, reason: str) -> None:
    """1C could not be asked; why, stands on the order until it is. Inside writing()."""
    await execute("UPDATE orders SET problem = ? WHERE uuid = ? AND problem <> ?", reason, uuid, reason)


async def whole(uuid: str) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """The order's row and its lines by column, for the wire. Inside reading() or writing()."""
    order = await _find(uuid, "")
    if order is None:
        return None
    lines = await fetch(f'SELECT {", ".join(LINE_FIELDS)} FROM order_lines WHERE "order" = ? ORDER BY n', order)
    return await _row(order), [dict(zip(LINE_FIELDS, line, strict=True)) for line in lines]


async def _find(uuid: str, guid: str) -> int | None:
    found = await fetch_one("SELECT id FROM orders WHERE uuid = ? OR (guid <> '' AND guid IN (?, ?))", uuid, uuid, guid)
    return int(found[0]) if found else None


async def _row(order: int) -> dict[str, Any]:
    names = [*sorted(FIELDS), "uuid", "sending", "organisation", "author", "author_name", "problem"]
    found = await fetch_one(f"SELECT {', '.join(names)} FROM orders WHERE id = ?", order)
    assert found is not None
    return dict(zip(names, found, strict=True))


async def _born_in_1c(uuid: str, facts: OrderFacts, now: datetime) -> int | None:
    owner = await fetch_one("SELECT organisation FROM partners WHERE uuid = ?", facts.fields.get("partner") or "")
    if owner is None:
        return None
    await execute(
        "INSERT INTO orders (uuid, organisation, author, author_name, origin, status, at) VALUES (?, ?, NULL, '', '1c', ?, ?)",
        uuid or str(uuid4()), owner[0], WAIT_MANAGER, facts.fields.get("at") or now,
    )  # fmt: skip
    return await _find(uuid, "")


def _status(before: dict[str, Any], values: dict[str, Any]) -> str:
    """1C's word, except for a decision of ours that 1C has not seen yet, and for terms nobody has confirmed."""
    status: str = values.get("status") or before["status"]
    terms = values.get("terms", before["terms"])
    if before["status"] == IN_WORK and status == WAIT_PARTNER and terms == before["confirmed_terms"]:
        return IN_WORK  # said before 1C heard of the confirmation: these very terms have been confirmed
    if before["sending"] == "refuse" and status not in (CLOSED, REFUSED):
        return REFUSED
    confirmed = values.get("confirmed_terms", before["confirmed_terms"])
    if status == IN_WORK and confirmed is not None and confirmed != terms:
        return WAIT_PARTNER
    return status


async def _update(order: int, values: dict[str, Any]) -> None:
    names = sorted(values)
    await execute(
        f"UPDATE orders SET {', '.join(f'{name} = ?' for name in names)}, version = version + 1 WHERE id = ?",
        *(values[name] for name in names), order,
    )  # fmt: skip


async def _replace_lines(order: int, lines: tuple[LineFacts, ...]) -> None:
    await execute('DELETE FROM order_lines WHERE "order" = ?', order)
    await execute_many(
        f'INSERT INTO order_lines ("order", {", ".join(LINE_FIELDS)}) VALUES (?{", ?" * len(LINE_FIELDS)})',
        [(order, *(getattr(line, name) for name in LINE_FIELDS)) for line in lines],
    )


async def _has_version(order: int, terms: int) -> bool:
    return await fetch_one('SELECT 1 FROM order_versions WHERE "order" = ? AND terms = ?', order, terms) is not None


async def _tell(order: int, before: dict[str, Any], now: datetime) -> None:
    after = await _row(order)
    if after["number"] and after["number"] != before["number"]:
        await happened(order, f"Документ в 1С: № {after['number']}", who=FROM_1C, now=now)
    if after["status"] != before["status"]:
        reason = f": {after['reason']}" if after["status"] == REFUSED and after["reason"] else ""
        await happened(order, LABELS[after["status"]] + reason, who=FROM_1C, now=now)
    elif after["terms"] != before["terms"] and before["terms"]:
        await happened(order, "Изменены строки заказа", who=FROM_1C, now=now)
    if after["status"] == WAIT_PARTNER and (before["status"] != WAIT_PARTNER or after["terms"] != before["terms"]):
        await tell_waits_for_partner(order, now)
    if after["status"] == REFUSED and before["status"] != REFUSED and before["number"]:
        await tell_refused(order, after["reason"] or "", now)
