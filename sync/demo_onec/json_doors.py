"""JSON under /demo for scripts and tests on this machine: the same deeds that people do on the page."""

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from sync.demo_onec import catalogue_deeds, manager_deeds, orders, queue
from sync.demo_onec.answers import json_answer
from sync.demo_onec.bodies import Unreadable, parsed
from sync.demo_onec.faults import Fault
from sync.demo_onec.invoice import order_invoice
from sync.demo_onec.loopback import on_this_machine
from sync.demo_onec.onec import Onec, onec_of
from sync.demo_onec.order_entry import EntryForm, enter_order
from sync.demo_onec.settings import SettingsForm, change_settings, remembered
from sync.demo_onec.snapshot import restore_snapshot, take_snapshot

AnyRequest = Request[Any, Any, Any]

DEEDS: dict[str, tuple[type[Any], Any]] = {
    "status": (manager_deeds.StatusDeed, manager_deeds.set_status),
    "lines": (manager_deeds.LinesDeed, manager_deeds.set_lines),
    "payment": (manager_deeds.PercentDeed, manager_deeds.set_payment),
    "shipment": (manager_deeds.PercentDeed, manager_deeds.set_shipment),
}


class ExchangeForm(msgspec.Struct):
    channel: str = "exchange_portal"
    wait: bool = True


def order_view(order: orders.Order) -> dict[str, Any]:
    return {**order.data, "guid": order.guid, "number": order.number, "stage": order.stage}


def order_of(onec: Onec, key: str) -> orders.Order:
    order = orders.found(onec.store, key)
    if order is None:
        raise NotFoundException
    return order


class DemoController(Controller):
    """Reading and doing; every answer is JSON, every misunderstanding a plain text."""

    path = "/demo"
    guards = [on_this_machine]  # noqa: RUF012 - Litestar's own spelling

    @get("/orders")
    async def orders(self, request: AnyRequest) -> Response[bytes]:
        return json_answer({"orders": [order_view(order) for order in orders.all_orders(onec_of(request).store)]})

    @post("/orders", status_code=201)
    async def enter(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        form = parsed(await request.body(), EntryForm)
        with onec.store.writing():
            order = enter_order(onec.store, form, onec.clock.now())
        return json_answer(order_view(order), 201)

    @post("/orders/{key:str}/invoice", status_code=200)
    async def invoice(self, request: AnyRequest, key: FromPath[str]) -> Response[bytes]:
        onec = onec_of(request)
        with onec.store.writing():
            paper = order_invoice(onec.store, order_of(onec, key), onec.clock.now())
        onec.job.wake()
        return json_answer({"document": paper})

    @post("/orders/{key:str}/{deed:str}", status_code=200)
    async def do(self, request: AnyRequest, key: FromPath[str], deed: FromPath[str]) -> Response[bytes]:
        onec = onec_of(request)
        if deed not in DEEDS:
            raise Unreadable("Такого действия нет: status, lines, payment, shipment, invoice")
        shape, action = DEEDS[deed]
        form = parsed(await request.body(), shape)
        with onec.store.writing():
            order = order_of(onec, key)
            action(onec.store, order, form)
        return json_answer(order_view(order))

    @post("/tasks", status_code=201)
    async def task(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        form = parsed(await request.body(), catalogue_deeds.TaskDeed)
        with onec.store.writing():
            return json_answer({"id": catalogue_deeds.give_task(onec.store, form, onec.clock)}, 201)

    @post("/publish", status_code=200)
    async def publish(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        form = parsed(await request.body(), catalogue_deeds.PublishDeed)
        with onec.store.writing():
            return json_answer({"id": catalogue_deeds.publish(onec.store, form)})

    @post("/segments/{group:str}/form", status_code=200)
    async def segment(self, request: AnyRequest, group: FromPath[str]) -> Response[bytes]:
        onec = onec_of(request)
        with onec.store.writing():
            return json_answer({"queued": catalogue_deeds.form_segment(onec.store, group)})

    @post("/change", status_code=200)
    async def change(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        body = catalogue_deeds.flat(parsed(await request.body(), dict[str, Any]))
        form = parsed(msgspec.json.encode(body), catalogue_deeds.ChangeDeed)
        with onec.store.writing():
            ids = catalogue_deeds.change(onec.store, form, onec.clock)
        return json_answer({"id": ids[0], "ids": ids})

    @post("/merge", status_code=200)
    async def merge(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        form = parsed(await request.body(), catalogue_deeds.MergeDeed)
        with onec.store.writing():
            return json_answer({"id": catalogue_deeds.merge(onec.store, form)})

    @get("/objects/{kind:str}")
    async def objects(self, request: AnyRequest, kind: FromPath[str]) -> Response[bytes]:
        limit = request.query_params.get("limit", "1000")
        found = onec_of(request).store.all(kind, min(int(limit), 100000) if limit.isdigit() else 1000)
        return json_answer({"objects": found})

    @post("/exchange", status_code=200)
    async def exchange(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        form = parsed(await request.body(), ExchangeForm)
        if form.channel != "exchange_portal":
            raise Unreadable("Этот канал демонстрационная 1С пока не ведет: есть exchange_portal")
        if not form.wait:
            onec.job.wake()
            return json_answer({"started": True})
        return json_answer(await onec.job.run())

    @post("/check", status_code=200)
    async def check(self, request: AnyRequest) -> Response[bytes]:
        return json_answer({"result": await onec_of(request).job.check()})

    @post("/snapshot", status_code=200)
    async def snapshot(self, request: AnyRequest) -> Response[bytes]:
        return json_answer({"snapshot": take_snapshot(onec_of(request).store)})

    @post("/restore", status_code=200)
    async def restore(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        async with onec.job.at_rest():
            return json_answer({"epoch": restore_snapshot(onec.store)})

    @get("/stats")
    async def stats(self, request: AnyRequest) -> Response[bytes]:
        store = onec_of(request).store
        last = store.recall("last_exchange")
        counted = {
            "documents": store.number("SELECT count(*) FROM customer_order"),
            "calls": store.recall("calls") or 0,
            "duplicates_refused": store.recall("duplicates_refused") or 0,
            "last_exchange": last["at"] if last else None,
        }
        signed = {name: store.recall(name) for name in ("base", "epoch", "seq")}
        return json_answer({**counted, "last_report": last, "queue": queue.summary(store), **signed})

    @get("/queue")
    async def queue(self, request: AnyRequest) -> Response[bytes]:
        return json_answer({"records": queue.first(onec_of(request).store, 200)})

    @post("/queue/repeat", status_code=200)
    async def repeat(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        queue.repeat(onec.store)
        onec.job.wake()
        return json_answer(queue.summary(onec.store))

    @get("/faults")
    async def faults(self, request: AnyRequest) -> Response[bytes]:
        return json_answer(msgspec.to_builtins(onec_of(request).faults.fault))

    @post("/faults", status_code=200)
    async def set_faults(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        onec.faults.set(parsed(await request.body(), Fault))
        return json_answer(msgspec.to_builtins(onec.faults.fault))

    @get("/settings")
    async def settings(self, request: AnyRequest) -> Response[bytes]:
        return json_answer(remembered(onec_of(request).store))

    @post("/settings", status_code=200)
    async def set_settings(self, request: AnyRequest) -> Response[bytes]:
        onec = onec_of(request)
        change_settings(onec.store, parsed(await request.body(), SettingsForm))
        onec.job.wake()
        return json_answer(remembered(onec.store))
