"""«Магазин»: the owner's name on screen, his time zone, and how ordering behaves."""

from dataclasses import asdict
from typing import Any
from zoneinfo import available_timezones

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from data.database import reading, writing
from data.errors import Refusal
from data.settings import save
from data.shop import Shop, shop
from web import brand
from web.answers import AnyRequest, Page, page, redirect
from web.forms import Form, read_form
from web.people import needs

MOST_NOTICE = 1000  # characters above the bank details of a drawn invoice: more pushes them off the first page


class AdminShopController(Controller):
    path = "/admin/shop"
    guards = [needs("settings")]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin_shop:show")
    async def show(self, saved: FromQuery[str] = "") -> Page:
        async with reading():
            kept = await shop()
        return _shown(asdict(kept), is_saved=bool(saved))

    @post("/", name="admin_shop:save", status_code=200)
    async def save(self, request: AnyRequest) -> Page | Response[Any]:
        form = await read_form(request)
        try:
            wanted = _wanted(form)
        except Refusal as refusal:
            return _shown(
                {**asdict(Shop()), **form.as_typed()}, status=422, errors={refusal.field or "name": refusal.text}
            )
        async with writing():
            await save(wanted)
        brand.forget()
        return redirect(request, "/admin/shop?saved=1")


def _wanted(form: Form) -> Shop:
    name = form.text("name", limit=100, label="Название")
    if not name:
        raise Refusal("Укажите название: оно стоит на каждой странице", "name")
    zone = form.get("zone").strip()
    if zone not in available_timezones():
        raise Refusal("Такого часового пояса нет. Например: Europe/Moscow, Asia/Yekaterinburg", "zone")
    return Shop(
        name=name,
        zone=zone,
        hide_unpriced=form.flag("hide_unpriced"),
        allow_over_stock=form.flag("allow_over_stock"),
        original_labels=form.flag("original_labels"),
        invoice_notice=form.text("invoice_notice", limit=MOST_NOTICE, label="Примечание"),
    )


def _shown(
    typed: dict[str, Any], *, status: int = 200, errors: dict[str, str] | None = None, is_saved: bool = False
) -> Page:
    shown = {"typed": typed, "errors": errors or {}, "is_saved": is_saved}
    return page("admin/shop", status=status, back="/admin", **shown)
