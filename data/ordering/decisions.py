"""Decisions on an order: each names the terms the person saw, goes to 1C through the queue, and is made once."""

from datetime import datetime, timedelta

from data.access.person import Person
from data.database import execute, fetch, fetch_one, writing
from data.errors import Missing, Refusal, Stale
from data.exchange.queue import enqueue, withdraw
from data.ordering.orders import CLOSED, IN_WORK, NEW, REFUSED, WAIT_MANAGER, WAIT_PARTNER
from data.ordering.trail import happened
from data.ordering.visible import Order, row_of

UNDO = timedelta(seconds=8)  # how long a manager's decision is held back: a slip of the thumb is seen within that
MOST_REASON = 500  # characters
CHANGED = "Заказ тем временем изменился. Посмотрите его заново и решите."


async def confirm(who: Person, uuid: str, terms: int, now: datetime) -> None:
    """The partner's «Подтвердить»: allowed in «Ожидает вашего подтверждения». Raises Missing, Stale."""
    async with writing():
        order = await _own(who, uuid)
        if order.status == IN_WORK and order.confirmed_terms == terms:
            return
        changed = await execute(
            "UPDATE orders SET status = ?, confirmed_terms = terms, sending = 'confirm', problem = '', version = version + 1"
            " WHERE id = ? AND status = ? AND terms = ? AND sending = '' AND ?",
            IN_WORK, order.id, WAIT_PARTNER, terms, order.may_confirm,
        )  # fmt: skip
        if not changed:
            raise Stale(CHANGED)
        await happened(order.id, "Подтверждён покупателем", who=who.name, now=now)
        await _queue(order, "confirm", {"terms": terms, "by": who.name}, now)


async def refuse(who: Person, uuid: str, terms: int, reason: str, now: datetime) -> None:
    """The partner's «Отказ»; an order that 1C has never been sent is simply withdrawn. Raises Missing, Refusal, Stale."""
    reason = _reason(reason)
    async with writing():
        order = await _own(who, uuid)
        if order.status == REFUSED:
            return
        if order.status == IN_WORK and (order.paid or order.shipped):
            raise Refusal("Заказ уже оплачен или отгружен: отказаться можно только через менеджера.")
        if not order.may_refuse or order.terms != terms:
            raise Stale(CHANGED)
        never_sent = order.status == NEW and await _withdraw_create(uuid)
        await execute(
            "UPDATE orders SET status = ?, reason = ?, sending = ?, problem = '', version = version + 1 WHERE id = ?",
            REFUSED, reason, "" if never_sent else "refuse", order.id,
        )  # fmt: skip
        await happened(order.id, _with("Отказ покупателя", reason), who=who.name, now=now)
        if not never_sent:
            named = terms if order.status != NEW else None
            await _queue(order, "refuse", {"terms": named, "by": who.name, "reason": reason}, now)


async def approve(who: Person, uuid: str, terms: int, now: datetime) -> None:
    """The manager confirms: held back for UNDO, then the status follows 1C's answer (guard O9). Raises Missing, Stale."""
    await _decide(who, uuid, "approve", terms, "", now)


async def decline(who: Person, uuid: str, terms: int, reason: str, now: datetime) -> None:
    """The manager declines with a reason. Raises Missing, Refusal, Stale."""
    reason = _reason(reason)
    if not reason:
        raise Refusal("Укажите причину: её увидит покупатель.", "reason")
    await _decide(who, uuid, "decline", terms, reason, now)


async def undo(who: Person, uuid: str, now: datetime) -> None:
    """Take the manager's decision back while it is held. Repeating is harmless. Raises Missing, Stale when it is gone."""
    async with writing():
        order = await row_of(who, uuid)
        if not order.decides:
            raise Missing(f"decision on {uuid}")
        if order.sending not in ("approve", "decline"):
            return
        for (record,) in await fetch("SELECT uuid FROM queue WHERE object = ? AND op = ?", uuid, order.sending):
            if not await withdraw(record):
                raise Stale("Решение уже ушло в 1С.")
        await execute("UPDATE orders SET sending = '', reason = '', version = version + 1 WHERE id = ?", order.id)
        await happened(order.id, "Решение отозвано", who=who.name, now=now)


async def _own(who: Person, uuid: str) -> Order:
    """An order of the person's own company: nobody else confirms or refuses for it. Raises Missing."""
    order = await row_of(who, uuid)
    if not order.for_partner:
        raise Missing(f"confirmation of {uuid}")
    return order


async def _decide(who: Person, uuid: str, op: str, terms: int, reason: str, now: datetime) -> None:
    async with writing():
        order = await row_of(who, uuid)
        if not order.decides:
            raise Missing(f"decision on {uuid}")
        if order.sending == op:
            return
        changed = await execute(
            "UPDATE orders SET sending = ?, problem = '', version = version + 1"
            " WHERE id = ? AND status = ? AND terms = ? AND sending = ''",
            op, order.id, WAIT_MANAGER, terms,
        )  # fmt: skip
        if not changed:
            raise Stale(CHANGED)
        said = "Подтверждает менеджер" if op == "approve" else _with("Отклоняет менеджер", reason)
        await happened(order.id, said, who=who.name, now=now)
        data = {"terms": terms, "by": who.name} | ({"reason": reason} if reason else {})
        await _queue(order, op, data, now, not_before=now + UNDO)


async def ask_for_invoice(who: Person, uuid: str, now: datetime) -> None:
    """«Скачать счет» before the file is there: 1C is asked once. Raises Missing, Refusal when 1C has no such order yet."""
    async with writing():
        order = await row_of(who, uuid)
        who.must("documents")
        if order.status in (NEW, REFUSED, CLOSED) or not order.guid:
            raise Refusal("Счет появится, когда заказ примут в 1С.")
        if await fetch_one("SELECT 1 FROM queue WHERE object = ? AND op = 'document_request'", uuid):
            return
        await _queue(order, "document_request", {"document": "invoice"}, now)


async def _queue(
    order: Order, op: str, data: dict[str, object], now: datetime, *, not_before: datetime | None = None
) -> None:
    title = f"Заказ № {order.number or '—'}: {order.partner_name}"
    await enqueue("order", op, order.uuid, title=title, data=data, now=now, not_before=not_before)


async def _withdraw_create(uuid: str) -> bool:
    found = await fetch_one("SELECT uuid FROM queue WHERE object = ? AND op = 'create'", uuid)
    return found is not None and await withdraw(found[0])


def _reason(text: str) -> str:
    if len(text) > MOST_REASON:
        raise Refusal(f"Причина длиннее {MOST_REASON} знаков: сократите её.", "reason")
    return text.strip()


def _with(text: str, reason: str) -> str:
    return f"{text}: {reason}" if reason else text
