"""What a manager does to an order inside 1C: moves its status, cuts and reprices lines, enters payment and shipment."""

from typing import Annotated, Any, Literal

import msgspec

from sync.demo_onec import orders
from sync.demo_onec.order_form import LineForm, Short, Text, order_line
from sync.demo_onec.orders import Order
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.store import Store
from sync.demo_onec.sums import NotANumber, kopecks, percent, quantity, rubles, thousandths

Number = int | float | Annotated[str, msgspec.Meta(max_length=40)]


class StatusDeed(msgspec.Struct):
    status: Literal["to_fulfil", "to_ship", "closed", "cancelled"]
    reason: Text | None = None


class LineDeed(msgspec.Struct):
    n: int
    quantity: Number | None = None
    price: Number | None = None
    cancelled: bool | None = None
    product: Short | None = None


class LinesDeed(msgspec.Struct):
    lines: Annotated[list[LineDeed], msgspec.Meta(min_length=1, max_length=5000)]
    reason: Text | None = None


class PercentDeed(msgspec.Struct):
    percent: Number


def set_status(store: Store, order: Order, deed: StatusDeed) -> None:
    """A closed or cancelled document is not moved any more."""
    if order.is_final and deed.status != order.stage:
        raise Refusal("FINAL", f"Заказ уже в статусе «{orders.STAGES[order.stage][0]}»")
    if order.stage == deed.status:
        return
    if deed.status == "cancelled":
        orders.cancel(order, deed.reason or "Отменен менеджером")
    else:
        orders.enter(order, deed.status)
    orders.save(store, order)


def set_lines(store: Store, order: Order, deed: LinesDeed) -> None:
    """New lines are new terms; the price and the sum of a changed line are 1C's own."""
    if order.is_final:
        raise Refusal("FINAL", "Заказ закрыт или отменен, строки не меняются")
    agreement = store.found("agreement", order.data["agreement"]) or {}
    lines = {line["n"]: line for line in order.lines()}
    for change in deed.lines:
        line = lines.get(change.n)
        if line is None:
            raise Refusal("UNKNOWN_LINE", f"В заказе нет строки {change.n}")
        _set_line(store, agreement, line, change, deed.reason)
    orders.change_terms(order)
    if all(line["cancelled"] for line in order.lines()):
        orders.cancel(order, deed.reason or "Все строки отменены")
    orders.save(store, order)


def set_payment(store: Store, order: Order, deed: PercentDeed) -> None:
    order.data["paid_percent"] = _percent(deed)
    _settle(store, order)


def set_shipment(store: Store, order: Order, deed: PercentDeed) -> None:
    """Every line is shipped by the same share."""
    share = _percent(deed)
    order.data["shipped_percent"] = share
    for line in order.lines():
        if not line["cancelled"]:
            line["shipped"] = quantity(thousandths(line["quantity"]) * kopecks(share) // 10000)
    _settle(store, order)


def _settle(store: Store, order: Order) -> None:
    """Fully paid and fully shipped closes the document, as the assistant of УТ does."""
    if order.stage == "cancelled":
        raise Refusal("FINAL", "Заказ отменен")
    paid, shipped = order.data["paid_percent"] == "100", order.data["shipped_percent"]
    if paid and shipped == "100":
        orders.enter(order, "closed")
    elif shipped == "100":
        order.data["state"] = "Ожидается оплата (после отгрузки)"
    elif shipped != "0":
        order.data["state"] = "В процессе отгрузки"
    orders.save(store, order)


def _set_line(store: Store, agreement: dict[str, Any], line: dict[str, Any], change: LineDeed, why: str | None) -> None:
    try:
        amount = line["quantity"] if change.quantity is None else quantity(thousandths(change.quantity))
        price = None if change.price is None else rubles(kopecks(change.price))
    except NotANumber as refused:
        raise Refusal("BAD_NUMBER", str(refused)) from None
    if thousandths(amount) <= 0 or (price is not None and price.startswith("-")):
        raise Refusal("BAD_LINE", "Количество должно быть больше нуля, цена не меньше нуля")
    if change.product is not None:
        line.update(order_line(store, agreement, LineForm(change.product, amount, price=price), line["n"]))
    elif change.quantity is not None or price is not None:
        line.update(
            quantity=amount, price=price or line["price"], packs=line["packs"] if change.quantity is None else None
        )
        orders.price_line(line)
    if change.cancelled is not None:
        line["cancelled"] = change.cancelled
        line["cancel_reason"] = (why or "Отменено менеджером") if change.cancelled else None
    line["change_reason"] = why


def _percent(deed: PercentDeed) -> str:
    try:
        return percent(deed.percent)
    except NotANumber as refused:
        raise Refusal("BAD_NUMBER", str(refused)) from None
