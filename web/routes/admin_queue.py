"""«Журнал очередей»: what waits for 1C, and what an administrator may do about it."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from data.database import reading
from data.exchange import channel, queue_list
from data.exchange.queue import LABELS
from sync import control
from web.answers import AnyRequest, Page, page, redirect
from web.people import needs

SAID = {
    "run": "Очередь выполнена",
    "repeat": "Запись отправится ещё раз",
    "delete": "Запись удалена из очереди",
}


class AdminQueueController(Controller):
    path = "/admin/queue"
    guards = [needs("exchange")]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin_queue:list")
    async def list(self, after: FromQuery[str] = "", shown: FromQuery[str] = "", said: FromQuery[str] = "") -> Page:
        shown = shown if shown in LABELS else ""
        async with reading():
            records, counts = await queue_list.page(after, shown), await queue_list.counts()
            last_run = (await channel.state()).last_run
        further = records[-1].uuid if len(records) == queue_list.PAGE else ""
        return page(
            "admin/queue",
            records=records,
            counts=counts,
            shown=shown,
            after=further,
            labels=LABELS,
            said=SAID.get(said, ""),
            last_run=last_run if said == "run" else "",
            back="/admin",
        )

    @post("/run", name="admin_queue:run", status_code=200)
    async def run(self, request: AnyRequest) -> Response[Any]:
        """«Выполнить сейчас»."""
        await control.run_now()
        return redirect(request, "/admin/queue?said=run")

    @post("/{record:str}/repeat", name="admin_queue:repeat", status_code=200)
    async def repeat(self, request: AnyRequest, record: FromPath[str]) -> Response[Any]:
        await control.repeat(record)
        return redirect(request, "/admin/queue?said=repeat")

    @get("/{record:str}/delete", name="admin_queue:sure")
    async def sure(self, record: FromPath[str]) -> Page:
        async with reading():
            found = await queue_list.record(record)
        return page(
            "admin/sure",
            title="Удалить из очереди",
            text=f"«{found.title}»: 1С об этом не узнает. Вернуть запись нельзя.",
            button="Удалить из очереди",
            action=f"/admin/queue/{record}/delete",
            back_to="/admin/queue",
        )

    @post("/{record:str}/delete", name="admin_queue:delete", status_code=200)
    async def delete(self, request: AnyRequest, record: FromPath[str]) -> Response[Any]:
        await control.delete(record)
        return redirect(request, "/admin/queue?said=delete")
