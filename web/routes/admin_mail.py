"""«Почта»: the account that really sends the portal's letters, and a letter to try it."""

from dataclasses import asdict
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from data import clock
from data.database import reading, writing
from data.errors import Refusal
from data.letters import letters, mail_settings
from data.letters.mail_settings import SECURITIES, MailSettings
from data.settings import read
from sync import control
from web.answers import AnyRequest, Fragment, Page, fragment, page, part, redirect, wants_fragment
from web.forms import Form, read_form
from web.people import needs


class AdminMailController(Controller):
    path = "/admin/mail"
    guards = [needs("settings")]  # noqa: RUF012 - Litestar's own spelling

    @get("/", name="admin_mail:show")
    async def show(self, saved: FromQuery[str] = "") -> Page:
        return await _shown(is_saved=bool(saved))

    @post("/", name="admin_mail:save", status_code=200)
    async def save(self, request: AnyRequest) -> Page | Response[Any]:
        form = await read_form(request)
        wanted = _wanted(form)
        try:
            async with writing():
                await mail_settings.change(wanted, form.get("password")[:256])
                await letters.send_again(clock.now())
        except Refusal as refusal:
            return await _shown(status=422, typed=wanted, errors={refusal.field or "host": refusal.text})
        return redirect(request, "/admin/mail?saved=1")

    @post("/trial", name="admin_mail:trial", status_code=200)
    async def trial(self, request: AnyRequest) -> Page | Fragment:
        """«Отправить тестовое письмо»."""
        to = (await read_form(request)).get("to").strip()[:254]
        outcome = await control.trial_letter(to, request.app.state.settings.address)
        if wants_fragment(request):
            return fragment(part("trial", trial=outcome))
        return await _shown(trial=outcome)

    @post("/again", name="admin_mail:again", status_code=200)
    async def again(self, request: AnyRequest) -> Response[Any]:
        """«Повторить» for all letters that could not be sent."""
        async with writing():
            await letters.send_again(clock.now())
        return redirect(request, "/admin/mail")


async def _shown(
    *,
    status: int = 200,
    typed: MailSettings | None = None,
    errors: dict[str, str] | None = None,
    trial: tuple[bool, str] | None = None,
    is_saved: bool = False,
) -> Page:
    async with reading():
        kept, standing = await read(MailSettings), await letters.standing()
    shown = asdict(typed or kept)
    return page(
        "admin/mail",
        status=status,
        **{"typed": {**shown, "password": "", "port": str(shown["port"] or "")}, "errors": errors or {}},
        **{"securities": SECURITIES, "standing": standing, "trial": trial, "is_saved": is_saved},
        **{"has_password": bool(kept.password), "own": kept.common_inbox or kept.sender, "back": "/admin"},
    )


def _wanted(form: Form) -> MailSettings:
    port = form.get("port").strip()
    return MailSettings(
        host=form.get("host").strip()[:253],
        port=int(port) if port.isdecimal() and len(port) < 6 else 0,
        security=form.get("security"),
        login=form.get("login").strip()[:254],
        sender=form.get("sender").strip()[:254],
        sender_name=form.get("sender_name").strip()[:200],
        common_inbox=form.get("common_inbox").strip()[:254],
    )
