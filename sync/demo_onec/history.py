"""Orders born in 1C before the portal was: by telephone, with a cancelled line, paid and shipped, and of odd sums."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from sync.demo_onec import orders
from sync.demo_onec.assortment import SECTIONS
from sync.demo_onec.goods import product_id
from sync.demo_onec.ids import invented
from sync.demo_onec.invoice import order_invoice
from sync.demo_onec.order_form import OrderForm, order_data
from sync.demo_onec.orders import Order
from sync.demo_onec.partners import partner_id
from sync.demo_onec.store import Store

FIRST_NUMBER = 9
"""Four past orders take 0000-000010…13, so the first one from the portal is the 0000-000014 of the manual."""


def write(store: Store, now: datetime, goods: int) -> None:
    """Four documents: closed long ago, with a cancelled line, the sample card of the manual, and a fresh one."""
    store.remember("order_number", FIRST_NUMBER)
    _closed(store, now - timedelta(days=92), goods)
    _with_a_cancelled_line(store, now - timedelta(days=20), goods)
    _sample_card(store, now - timedelta(days=5), goods)
    _past(store, "sever", now - timedelta(hours=3), [("8", "20"), ("9", "50")], goods)


def _closed(store: Store, at: datetime, goods: int) -> None:
    order = _past(store, "romashka", at, [("1", "24"), ("4", "10")], goods)
    order.data.update(confirmed_terms=1, paid_percent="100", shipped_percent="100")
    for line in order.lines():
        line.update(shipped=line["quantity"], ship_date=(at + timedelta(days=3)).date().isoformat())
    orders.enter(order, "closed")
    orders.save(store, order)
    order_invoice(store, order, at + timedelta(days=1))


def _with_a_cancelled_line(store: Store, at: datetime, goods: int) -> None:
    order = _past(store, "romashka", at, [("2", "12"), ("3", "6"), ("6", "2")], goods)
    order.lines()[1].update(cancelled=True, cancel_reason="Нет в наличии")
    orders.change_terms(order)
    order.data.update(confirmed_terms=order.data["terms"], paid_percent="50")
    orders.enter(order, "to_ship")
    orders.save(store, order)


def _sample_card(store: Store, at: datetime, goods: int) -> None:
    """The card of the manual: price 120.00, quantity 1, sum 100.00; 1C's sums are shown as they are."""
    sugar = {"quantity": "1", "price": "120.00", "sum": "100.00"}
    lines = [{**sugar, "product": product_id(number % goods)} for number in (0, len(SECTIONS))]
    order = _past(store, "romashka", at, lines, goods)
    orders.enter(order, "to_fulfil")
    orders.save(store, order)


def _past(store: Store, buyer: str, at: datetime, lines: list[Any], goods: int) -> Order:
    given = [
        line if isinstance(line, dict) else {"product": product_id(int(line[0]) % goods), "quantity": line[1]}
        for line in lines
    ]
    body = {"partner": partner_id(buyer), "agreement": invented("agreement", buyer), "lines": given}
    number = orders.number_next(store)
    guid = invented("order", number)
    data = order_data(store, msgspec.convert(body, OrderForm), origin="1c")
    order = orders.start(guid, number, data, at=at, guid=guid)
    orders.save(store, order)
    return order
