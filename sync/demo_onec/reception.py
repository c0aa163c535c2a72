"""What the portal sends is taken item by item: each in a transaction of its own, each effect once."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any

import msgspec

from sync.demo_onec import decisions, orders
from sync.demo_onec.order_form import Short
from sync.demo_onec.orders import Order
from sync.demo_onec.queue import keep_and_offer
from sync.demo_onec.refusal import Conflict, Refusal
from sync.demo_onec.store import Store, dumps

STORED_KINDS = ("task_result", "user_status", "message", "registration")
"""Kinds that change no order: they are kept and shown."""


Counter = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Envelope(msgspec.Struct):
    """One call of the portal; items stay raw, so a bad one does not spoil the others."""

    base: Short
    epoch: Short
    seq: Counter
    items: list[msgspec.Raw]
    node: Short = "portal"


class Item(msgspec.Struct):
    """One record of the portal's queue."""

    queue_id: Short
    kind: Short
    op: Short
    id: Short
    version: Counter
    data: dict[str, Any] = {}


def receive_item(store: Store, sender: Envelope, raw: msgspec.Raw, now: datetime) -> dict[str, Any]:
    """One result of the receipt. A repeated record gets its stored answer and changes nothing."""
    try:
        item = msgspec.json.decode(raw, type=Item)
    except (msgspec.MsgspecError, RecursionError) as refused:
        return {**parts_named(raw), "status": "error", "code": "BAD_ITEM", "message": f"Запись не понята: {refused}"}
    named = {"queue_id": item.queue_id, "id": item.id, "version": item.version}
    body = hashlib.sha256(dumps([item.kind, item.op, item.id, item.version, item.data]).encode()).hexdigest()
    stored = store.row("SELECT body, answer FROM receipt WHERE queue_id = ?", item.queue_id)
    if stored is not None:
        with store.writing():
            store.count("duplicates_refused")
            if stored["body"] != body:
                return {
                    **named,
                    "status": "error",
                    "code": "KEY_REUSED",
                    "message": "Номер записи уже занят другой",
                }
            answer: dict[str, Any] = json.loads(stored["answer"])
            return answer
    return _applied(store, sender, item, body=body, answer={**named, "status": "ok"}, now=now)


def parts_named(raw: msgspec.Raw) -> dict[str, Any]:
    """What can still be named of an item that is not one."""
    item = _loose(raw)
    return {name: item.get(name) for name in ("queue_id", "id", "version")}


def kind_named(raw: msgspec.Raw) -> str:
    return str(_loose(raw).get("kind"))


def _loose(raw: msgspec.Raw) -> dict[str, Any]:
    try:
        return msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError):
        return {}


def _applied(
    store: Store, sender: Envelope, item: Item, *, body: str, answer: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """A refusal rolls everything back and is not kept, so that the record may be tried again."""
    try:
        with store.writing():
            passed = _age(store, sender, item)
            if passed is None:
                answer.update(_apply(store, item, now))
            else:
                store.count("duplicates_refused")
                answer.update(_order_part(orders.found(store, item.id)), status=passed)
            store.db.execute("INSERT INTO receipt VALUES (?, ?, ?)", (item.queue_id, body, dumps(answer)))
    except Refusal as refused:
        return {**answer, "status": "error", "code": refused.code, "message": refused.message}
    except msgspec.ValidationError as refused:
        return {**answer, "status": "error", "code": "BAD_DATA", "message": f"Данные не поняты: {refused}"}
    except Conflict:
        fresh = _order_part(orders.found(store, item.id))
        text = "Заказ в 1С уже изменился, решение принято по прежним условиям"
        return {**answer, **fresh, "status": "error", "code": "VERSION_CONFLICT", "message": text}
    return answer


def _apply(store: Store, item: Item, now: datetime) -> dict[str, Any]:
    if item.kind == "order":
        return _order_part(decisions.decide(store, item.op, item.id, item.data, now))
    if item.kind not in STORED_KINDS:
        raise Refusal("UNKNOWN_KIND", f"Неизвестный вид объекта {item.kind[:40]}")
    store.keep(item.kind, item.id, {**item.data, "received_at": now.isoformat()})
    if item.kind == "task_result":
        _finish_task(store, item.data)
    return {}


def _finish_task(store: Store, data: dict[str, Any]) -> None:
    """The process in 1C goes on: the task is done with its outcome. One decision only."""
    task = store.found("task", str(data.get("task")))
    if task is None:
        raise Refusal("UNKNOWN_TASK", "Задача не найдена в 1С")
    if task["status"] != "done":
        key = task.pop("id")
        keep_and_offer(store, "task", key, {**task, "status": "done", "outcome": data.get("outcome")})


def _age(store: Store, sender: Envelope, item: Item) -> str | None:
    """Stale or duplicate by the sender's own counter of the object; None when the version is new."""
    last = store.row("SELECT * FROM heard WHERE kind = ? AND id = ?", item.kind, item.id)
    if last is not None and (last["base"], last["epoch"]) == (sender.base, sender.epoch):
        if item.version < last["version"]:
            return "stale"
        if item.version == last["version"]:
            return "duplicate"
    store.db.execute(
        "INSERT OR REPLACE INTO heard VALUES (?, ?, ?, ?, ?)",
        (item.kind, item.id, sender.base, sender.epoch, item.version),
    )
    return None


def _order_part(order: Order | None) -> dict[str, Any]:
    return {} if order is None else {"ref": order.data["ref"], "data": order.data}
