"""What the portal's people decide about an order, and what 1C does with it: the first decision taken here wins."""

import uuid
from datetime import datetime
from typing import Any, Literal

import msgspec

from sync.demo_onec import orders
from sync.demo_onec.ids import canonical
from sync.demo_onec.invoice import order_invoice
from sync.demo_onec.order_form import LineForm, OrderForm, Short, Text, order_data, order_line
from sync.demo_onec.orders import Order
from sync.demo_onec.refusal import Conflict, Refusal
from sync.demo_onec.store import Store
from sync.demo_onec.sums import NotANumber, quantity, thousandths


class Decision(msgspec.Struct):
    """The terms that the person saw, who it was, and why."""

    terms: int
    by: Any = None
    reason: Text | None = None
    request: Text | None = None
    lines: list["LineDecision"] = []


class LineDecision(msgspec.Struct):
    """The partner's word on one line."""

    n: int
    decision: Literal["accept", "remove", "replace"]
    product: Short | None = None
    variant: Short | None = None
    quantity: Short | None = None


def decide(store: Store, op: str, key: str, data: dict[str, Any], now: datetime) -> Order:
    """Carry out one command of the portal and give the order as it is afterwards.

    Raises Refusal when the command cannot be understood, Conflict when the order has moved on meanwhile.
    """
    if op == "create":
        return _create(store, key, data, now)
    order = orders.found(store, key)
    if order is None:
        raise Refusal("UNKNOWN_ORDER", "Заказ не найден в 1С")
    if op == "document_request":
        order_invoice(store, order, now)
        return order
    command = COMMANDS.get(op)
    if command is None:
        raise Refusal("UNKNOWN_OP", f"Неизвестная операция {op[:40]}")
    decision = msgspec.convert(data, Decision)
    if decision.terms != order.data["terms"]:
        raise Conflict
    if command(store, order, decision):
        orders.save(store, order)
    return order


def _create(store: Store, key: str, data: dict[str, Any], now: datetime) -> Order:
    """Find by the portal's UUID, else make: a repeat with a lost answer meets the same document."""
    standing = orders.found(store, key)
    if standing is not None:
        return standing
    if canonical(key) != key:
        raise Refusal("BAD_ID", "Идентификатор заказа должен быть UUID")
    form = msgspec.convert(data, OrderForm)
    order = orders.start(key, "", order_data(store, form, origin="portal"), at=now, guid=str(uuid.uuid4()))
    order.number = order.data["ref"]["number"] = orders.number_next(store)
    orders.save(store, order)
    return order


def _approve(store: Store, order: Order, decision: Decision) -> bool:
    if order.stage in ("to_fulfil", "to_ship"):
        return False
    _only(order.stage == "to_approve")
    orders.enter(order, "to_fulfil")
    return True


def _cancel(store: Store, order: Order, decision: Decision) -> bool:
    """«Отказ» of the partner or the manager's refusal; not after something was paid or shipped."""
    if order.stage == "cancelled":
        return False
    _only(not order.is_final and order.is_untouched)
    orders.cancel(order, decision.reason or "Отказ клиента")
    return True


def _decline(store: Store, order: Order, decision: Decision) -> bool:
    if order.stage == "cancelled":
        return False
    _only(order.stage == "to_approve")
    orders.cancel(order, decision.reason or "Отклонен менеджером")
    return True


def _confirm(store: Store, order: Order, decision: Decision) -> bool:
    if order.data["confirmed_terms"] == decision.terms and order.status in ("in_work", "closed"):
        return False
    _only(order.status == "wait_partner")
    order.data["confirmed_terms"] = decision.terms
    orders.enter(order, order.stage)
    return True


def _change(store: Store, order: Order, decision: Decision) -> bool:
    """Removed lines are the partner's last word; a replacement or a free request goes back to the manager."""
    _only(not order.is_final and order.is_untouched)
    agreement = store.found("agreement", order.data["agreement"]) or {}
    lines = {line["n"]: line for line in order.lines()}
    replaced = False
    for word in decision.lines:
        line = lines.get(word.n)
        if line is None:
            raise Refusal("UNKNOWN_LINE", f"В заказе нет строки {word.n}")
        if word.decision == "remove":
            line.update(cancelled=True, cancel_reason="Отказ клиента")
        elif word.decision == "replace":
            _replace(store, agreement, line, word)
            replaced = True
    order.data["request"] = decision.request
    orders.change_terms(order)
    if all(line["cancelled"] for line in order.lines()):
        orders.cancel(order, "Отказ клиента")
    elif replaced or decision.request:
        orders.enter(order, "to_approve")
    else:
        order.data["confirmed_terms"] = order.data["terms"]
        orders.enter(order, order.stage)
    return True


def _replace(store: Store, agreement: dict[str, Any], line: dict[str, Any], word: LineDecision) -> None:
    if word.product and word.product != line["product"]:
        form = LineForm(product=word.product, variant=word.variant, quantity=word.quantity or line["quantity"])
        line.update(order_line(store, agreement, form, line["n"]))
        return
    try:
        amount = thousandths(word.quantity or line["quantity"])
    except NotANumber as refused:
        raise Refusal("BAD_NUMBER", str(refused)) from None
    if amount <= 0:
        raise Refusal("BAD_LINE", "Количество должно быть больше нуля")
    line.update(quantity=quantity(amount), packs=None, variant=word.variant or line["variant"])
    orders.price_line(line)


def _only(allowed: bool) -> None:
    if not allowed:
        raise Conflict


COMMANDS = {"approve": _approve, "decline": _decline, "confirm": _confirm, "change": _change, "refuse": _cancel}
