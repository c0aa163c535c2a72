"""«Настройки интеграции»: how the portal reaches 1C, and whether it does."""

from dataclasses import asdict
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from data.database import reading
from data.errors import Refusal
from data.exchange import connection, integration
from data.exchange.connection import Typed
from data.exchange.integration import Integration
from data.exchange.schedule import written
from sync import control
from web.answers import AnyRequest, Fragment, Page, fragment, page, part, redirect, wants_fragment
from web.forms import Form, read_form
from web.people import needs

LONGEST = 500  # signs of any field here


class AdminExchangeController(Controller):
    path = "/admin/exchange"
    guards = [needs("exchange")]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin_exchange:show")
    async def show(self, request: AnyRequest, saved: FromQuery[str] = "") -> Page:
        return await _shown(request, is_saved=bool(saved))

    @post("/", name="admin_exchange:save", status_code=200)
    async def save(self, request: AnyRequest) -> Page | Response[Any]:
        form = await read_form(request)
        try:
            await connection.change(_typed(form))
        except Refusal as refusal:
            errors = {refusal.field or "server": refusal.text}
            return await _shown(request, status=422, typed=asdict(_typed(form)), errors=errors)
        return redirect(request, "/admin/exchange?saved=1")

    @post("/check", name="admin_exchange:check", status_code=200)
    async def check(self, request: AnyRequest) -> Page | Fragment:
        async with reading():
            settings = await integration.current()
        verdict = await control.check_integration(settings)
        if wants_fragment(request):
            return fragment(part("verdict", verdict=verdict))
        return await _shown(request, verdict=verdict)


async def _shown(
    request: AnyRequest,
    *,
    status: int = 200,
    typed: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    verdict: control.Verdict | None = None,
    is_saved: bool = False,
) -> Page:
    async with reading():
        settings = await integration.current()
    state = await control.state()
    return page(
        "admin/exchange",
        status=status,
        typed=typed or _as_typed(settings),
        errors=errors or {},
        verdict=verdict,
        is_saved=is_saved,
        has_password=bool(settings.password),
        address=request.app.state.settings.address,
        state=state.channel,
        is_alarm=state.is_alarm,
        next_run=state.next_run if settings.is_complete else None,
        labels={"confirm": control.CONFIRM_LABEL, "certificate": control.CERTIFICATE_LABEL},
        back="/admin",
    )


def _typed(form: Form) -> Typed:
    return Typed(
        server=form.get("server")[:LONGEST],
        path=form.get("path")[:LONGEST],
        login=form.get("login")[:LONGEST],
        password=form.get("password")[:LONGEST],
        attempts=form.get("attempts")[:LONGEST],
        schedule=form.get("schedule")[:LONGEST],
        certificate_file=form.get("certificate_file")[:LONGEST],
        private_address_confirmed=form.flag("private_address_confirmed"),
    )


def _as_typed(settings: Integration) -> dict[str, Any]:
    return {**asdict(settings), "schedule": written(settings.every_seconds), "attempts": str(settings.attempts)}
