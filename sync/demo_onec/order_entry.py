"""An order taken by telephone: entered in 1C by a manager and only then seen on the portal."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from sync.demo_onec import orders
from sync.demo_onec.ids import invented
from sync.demo_onec.order_form import LineForm, OrderForm, Short, Text, order_data
from sync.demo_onec.orders import Order
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.store import Store


class EntryForm(msgspec.Struct):
    """Everything may be left out: then the first partner orders ten pieces of the first good."""

    partner: Short | None = None
    agreement: Short | None = None
    lines: Annotated[list[LineForm], msgspec.Meta(max_length=5000)] = []
    contract: Short | None = None
    delivery: dict[str, Any] | None = None
    comment: Text | None = None
    status: Literal["to_approve", "to_fulfil", "to_ship"] = "to_fulfil"


def enter_order(store: Store, form: EntryForm, now: datetime) -> Order:
    """A new document with origin "1c". Raises Refusal when something named in it is unknown."""
    partner = form.partner or store.all("partner", limit=1)[0]["id"]
    agreement = form.agreement or _agreement_of(store, partner)
    lines = form.lines or [LineForm(product=store.all("product", limit=1)[0]["id"], quantity="10")]
    whole = OrderForm(partner, agreement, lines, contract=form.contract, delivery=form.delivery, comment=form.comment)
    number = orders.number_next(store)
    guid = invented("order", f"{store.recall('base')}/{store.recall('epoch')}/{number}")
    order = orders.start(guid, number, order_data(store, whole, origin="1c"), at=now, guid=guid)
    if form.status != "to_approve":
        orders.enter(order, form.status)
    orders.save(store, order)
    return order


def _agreement_of(store: Store, partner: str) -> str:
    found = [agreement for agreement in store.all("agreement") if agreement["partner"] in (partner, None)]
    if not found:
        raise Refusal("NO_AGREEMENT", "У партнера нет соглашения")
    return str(found[0]["id"])
