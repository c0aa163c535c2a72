"""«1С (демонстрация)»: one page on which a person plays the manager in 1C; works without any script."""

from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from sync.demo_onec import manager_deeds, orders, queue
from sync.demo_onec.bodies import Unreadable
from sync.demo_onec.catalogue_deeds import PublishDeed, publish
from sync.demo_onec.faults import Fault
from sync.demo_onec.invoice import order_invoice
from sync.demo_onec.json_doors import DEEDS, order_of
from sync.demo_onec.loopback import on_this_machine
from sync.demo_onec.names import ACTION_NAMES, FAULT_NAMES, STATE_NAMES, STATUS_NAMES
from sync.demo_onec.onec import Onec, onec_of
from sync.demo_onec.order_entry import EntryForm, enter_order
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.settings import SettingsForm, change_settings, remembered
from sync.demo_onec.snapshot import restore_snapshot, take_snapshot

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")

MOST_FIELDS = 20_000  # three for each of five thousand lines, and some
SHOWN_ORDERS, SHOWN_RECORDS, SHOWN_PEOPLE = 40, 20, 50
STYLE = (Path(__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")


def show(onec: Onec, notice: str = "", status: int = 200) -> Template:
    store = onec.store
    context = {
        "orders": orders.all_orders(store, SHOWN_ORDERS),
        "partners": {partner["id"]: partner["name"] for partner in store.all("partner")},
        "stages": orders.STAGES,
        "statuses": STATUS_NAMES,
        "queue": queue.summary(store),
        "records": queue.first(store, SHOWN_RECORDS),
        "last": store.recall("last_exchange"),
        "fault": onec.faults.fault,
        "faults": FAULT_NAMES,
        "settings": remembered(store),
        "people": _people(onec),
        "actions": ACTION_NAMES,
        "letters": [*store.all("registration", 20), *store.all("message", 20)],
        "notice": notice,
    }
    return Template("page.html", context=context, status_code=status)


def _people(onec: Onec) -> list[dict[str, Any]]:
    """Published users with what the portal has told of them."""
    told = {status["id"]: status for status in onec.store.all("user_status")}
    people = onec.store.all("user", SHOWN_PEOPLE)
    return [
        {**user, "state": STATE_NAMES.get(str(told.get(user["id"], {}).get("status")), "Регистрация")}
        for user in people
    ]


def _not_done(request: AnyRequest, refused: Exception) -> Template:
    return show(onec_of(request), str(refused), 422)


def done(text: str) -> Redirect:
    return Redirect(f"/?done={quote(text)}", status_code=303)


class PageController(Controller):
    """Every form answers 303 back to the page, or the page again with what is wrong."""

    path = "/"
    guards = [on_this_machine]  # noqa: RUF012 - Litestar's own spelling
    exception_handlers = {Refusal: _not_done, Unreadable: _not_done}  # noqa: RUF012 - Litestar's own spelling

    @get("/")
    async def page(self, request: AnyRequest) -> Template:
        return show(onec_of(request), request.query_params.get("done", "")[:200])

    @get("/page.css")
    async def style(self) -> Response[str]:
        return Response(STYLE, media_type="text/css")

    @post("/exchange")
    async def exchange(self, request: AnyRequest) -> Redirect:
        report = await onec_of(request).job.run()
        return done(report["error"] or f"Обмен выполнен: передано {report['sent']}, отказов {report['refused']}")

    @post("/check")
    async def check(self, request: AnyRequest) -> Redirect:
        return done(await onec_of(request).job.check())

    @post("/orders")
    async def enter(self, request: AnyRequest) -> Redirect:
        onec = onec_of(request)
        form = await _form(request, EntryForm)
        with onec.store.writing():
            order = enter_order(onec.store, form, onec.clock.now())
        return done(f"Создан заказ {order.number}")

    @post("/orders/{key:str}/{deed:str}")
    async def do(self, request: AnyRequest, key: FromPath[str], deed: FromPath[str]) -> Redirect:
        onec = onec_of(request)
        fields = await _fields(request)
        with onec.store.writing():
            order = order_of(onec, key)
            _do(onec, order, deed, fields)
        onec.job.wake()
        return done(f"Заказ {order.number}: записано")

    @post("/people")
    async def publish(self, request: AnyRequest) -> Redirect:
        onec = onec_of(request)
        form = await _form(request, PublishDeed)
        with onec.store.writing():
            publish(onec.store, form)
        onec.job.wake()
        return done("Действие с пользователем поставлено в очередь")

    @post("/faults")
    async def set_faults(self, request: AnyRequest) -> Redirect:
        fields = await _fields(request)
        fields["kind"] = fields.get("kind") or None
        onec_of(request).faults.set(_read(fields, Fault))
        return done("Переключатель сбоев установлен")

    @post("/settings")
    async def set_settings(self, request: AnyRequest) -> Redirect:
        fields: dict[str, Any] = {name: value for name, value in (await _fields(request)).items() if value}
        fields["pull"] = "pull" in fields
        onec = onec_of(request)
        change_settings(onec.store, _read(fields, SettingsForm))
        onec.job.wake()
        return done("Настройки сохранены")

    @post("/queue/repeat")
    async def repeat(self, request: AnyRequest) -> Redirect:
        onec = onec_of(request)
        queue.repeat(onec.store)
        onec.job.wake()
        return done("Записи с ошибкой будут переданы снова")

    @post("/snapshot")
    async def snapshot(self, request: AnyRequest) -> Redirect:
        take_snapshot(onec_of(request).store)
        return done("Снимок базы сделан")

    @post("/restore")
    async def restore(self, request: AnyRequest) -> Redirect:
        onec = onec_of(request)
        async with onec.job.at_rest():
            return done(f"База восстановлена из снимка, эпоха {restore_snapshot(onec.store)}")


def _do(onec: Onec, order: orders.Order, deed: str, fields: dict[str, Any]) -> None:
    if deed == "invoice":
        order_invoice(onec.store, order, onec.clock.now())
    elif deed == "lines":
        manager_deeds.set_lines(onec.store, order, _changed_lines(order, fields))
    elif deed in DEEDS:
        shape, action = DEEDS[deed]
        action(onec.store, order, _read(fields, shape))
    else:
        raise Unreadable("Такого действия нет")


def _changed_lines(order: orders.Order, fields: dict[str, Any]) -> manager_deeds.LinesDeed:
    """Only the lines in which something differs from what the document holds."""
    changed: list[manager_deeds.LineDeed] = []
    for line in order.lines():
        n = line["n"]
        amount, price = fields.get(f"quantity-{n}", line["quantity"]), fields.get(f"price-{n}", line["price"])
        cancelled = f"cancelled-{n}" in fields
        if (amount, price, cancelled) != (line["quantity"], line["price"], line["cancelled"]):
            changed.append(
                manager_deeds.LineDeed(
                    n,
                    amount if amount != line["quantity"] else None,
                    price if price != line["price"] else None,
                    cancelled if cancelled != line["cancelled"] else None,
                )
            )
    if not changed:
        raise Refusal("NOTHING", "В строках ничего не изменено")
    return manager_deeds.LinesDeed(changed, fields.get("reason") or None)


async def _fields(request: AnyRequest) -> dict[str, Any]:
    """The page's forms are url-encoded, whatever a stranger's header says; of a repeated field the last holds."""
    try:
        text = (await request.body()).decode("utf-8", "replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Unreadable("Слишком много полей в форме") from None


def _read(fields: dict[str, Any], shape: type[T]) -> T:
    try:
        return msgspec.convert(fields, shape, strict=False)
    except msgspec.ValidationError as refused:
        raise Unreadable(f"Не понято: {refused}") from None


async def _form(request: AnyRequest, shape: type[T]) -> T:
    return _read({name: value for name, value in (await _fields(request)).items() if value}, shape)
