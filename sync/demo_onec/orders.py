"""«Заказ клиента»: what 1C holds of an order, and the one way in which it is written, numbered and offered."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sync.demo_onec import queue
from sync.demo_onec.store import Store, dumps
from sync.demo_onec.sums import kopecks, line_sum, rubles, thousandths, vat_inside

STAGES = {
    "to_approve": ("На согласовании", "Ожидается согласование"),
    "to_fulfil": ("К выполнению / В резерве", "Ожидается обеспечение"),
    "to_ship": ("К отгрузке", "Готов к отгрузке"),
    "closed": ("Закрыт", "Закрыт"),
    "cancelled": ("Отменен", "Закрыт"),
}
"""Status of the document in 1C to its name and to the usual «Состояние» (enumerations of УТ 11.5, КА 2.5, ERP 2.5)."""


@dataclass
class Order:
    """One document. `data` is the order object of the exchange; `stage` is 1C's own status."""

    id: str
    guid: str
    number: str
    stage: str
    version: int
    data: dict[str, Any]

    @property
    def status(self) -> str:
        return str(self.data["status"])

    @property
    def is_final(self) -> bool:
        return self.stage in ("closed", "cancelled")

    @property
    def is_untouched(self) -> bool:
        """Nothing is paid and nothing shipped."""
        return (self.data["paid_percent"], self.data["shipped_percent"]) == ("0", "0")

    def lines(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["lines"]
        return found


def found(store: Store, key: str) -> Order | None:
    """By the portal's UUID or by the GUID of 1C."""
    row = store.row("SELECT * FROM customer_order WHERE id = ?1 OR guid = ?1", key)
    return None if row is None else _order(dict(row))


def all_orders(store: Store, limit: int = 10000) -> list[Order]:
    """The newest number first."""
    rows = store.rows("SELECT * FROM customer_order ORDER BY number DESC LIMIT ?", limit)
    return [_order(dict(row)) for row in rows]


def number_next(store: Store) -> str:
    """Numbers of 1C: eleven characters, never reused within the life of the base."""
    return f"0000-{store.count('order_number'):06}"


def start(key: str, number: str, data: dict[str, Any], *, at: datetime, guid: str | None = None) -> Order:
    """A new document «На согласовании»; `data` carries buyer, terms and lines."""
    guid = guid or str(uuid.uuid4())
    facts = {
        "id": key,
        "ref": {"guid": guid, "number": number, "date": at.isoformat()},
        "confirmed_terms": None,
        "status": "wait_manager",
        "state": STAGES["to_approve"][1],
        "currency": "RUB",
        "paid_percent": "0",
        "shipped_percent": "0",
    }
    order = Order(key, guid, number, "to_approve", 0, {**data, **facts})
    total(order)
    return order


def save(store: Store, order: Order) -> None:
    """Every writing is the next version and is offered to the portal."""
    order.version += 1
    order.data["version"] = order.version
    store.db.execute(
        "INSERT OR REPLACE INTO customer_order (id, guid, number, stage, version, data) VALUES (?, ?, ?, ?, ?, ?)",
        (order.id, order.guid, order.number, order.stage, order.version, dumps(order.data)),
    )
    queue.offer(store, "order", order.id, order.version)


def enter(order: Order, stage: str) -> None:
    """Move the document to a status of 1C; the status for the portal follows from it."""
    order.stage = stage
    order.data["state"] = STAGES[stage][1]
    if stage in ("closed", "cancelled"):
        order.data["status"] = "closed" if stage == "closed" else "refused"
    elif stage == "to_approve":
        order.data["status"] = "wait_manager"
    else:
        agreed = order.data["confirmed_terms"] == order.data["terms"]
        order.data["status"] = "in_work" if agreed else "wait_partner"


def change_terms(order: Order) -> None:
    """Lines or prices became others: the partner's word is asked for again."""
    order.data["terms"] += 1
    total(order)
    enter(order, order.stage)


def cancel(order: Order, reason: str) -> None:
    """«Отмена»: every line is cancelled with the reason and the document is done with."""
    for line in order.lines():
        line["cancelled"] = True
        line["cancel_reason"] = line["cancel_reason"] or reason
    order.data["refusal"] = reason
    enter(order, "cancelled")


def price_line(line: dict[str, Any]) -> None:
    """Sum and tax of a line from its price and quantity, by 1C's rounding."""
    value = line_sum(kopecks(line["price"]), thousandths(line["quantity"]))
    line["sum"] = rubles(value)
    line["vat_sum"] = rubles(vat_inside(value, str(line["vat"])))


def total(order: Order) -> None:
    """The total is the sum of the lines that are not cancelled."""
    standing = (kopecks(line["sum"]) for line in order.lines() if not line["cancelled"])
    order.data["total"] = rubles(sum(standing))


def _order(row: dict[str, Any]) -> Order:
    return Order(**{**row, "data": json.loads(row["data"])})
