"""«Забыли пароль?»: a letter with a one-time link, and the new password it lets one set."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from data import clock
from data.access import set_password
from data.access.attempts import TooMany
from data.access.links import RESET
from data.errors import Missing, Refusal
from web.answers import AnyRequest, Page, page
from web.forms import read_form
from web.place import place_of
from web.routes.login import NO_NAME, too_many, wait_text, welcomed


class ResetController(Controller):
    path = "/login/reset"

    @get("/", name="reset:ask")
    async def ask(self) -> Page:
        return page("login/reset", login="", error="", back="/login")

    @post("/", name="reset:send", status_code=200)
    async def send(self, request: AnyRequest) -> Page:
        """Send the link; the answer is the same whether there is such a user or not."""
        login = (await read_form(request)).get("login").strip()[:254]
        if not login:
            return page("login/reset", status=422, login="", error=NO_NAME, back="/login")
        try:
            await set_password.ask_for_reset(login, place_of(request), clock.now())
        except TooMany as wait:
            return too_many(page("login/reset", status=429, login=login, error=wait_text(wait), back="/login"), wait)
        return page("login/reset_sent", back="/login")

    @get("/{token:str}", name="reset:show")
    async def show(self, token: FromPath[str]) -> Page:
        return await link_page("login/new_password", token, RESET)

    @post("/{token:str}", name="reset:set", status_code=200)
    async def set(self, request: AnyRequest, token: FromPath[str]) -> Page | Response[Any]:
        password = (await read_form(request)).get("password")
        try:
            tokens = await set_password.reset_password(token, password, place_of(request), clock.now())
        except Refusal as refusal:
            return await link_page("login/new_password", token, RESET, error=refusal.text)
        except Missing:
            return page("login/dead_link", status=410, purpose=RESET)
        return await welcomed(request, tokens, "/")


async def link_page(name: str, token: str, purpose: str, *, error: str = "") -> Page:
    """The form of a one-time link, or the page saying that it does not work any more. Spends nothing."""
    try:
        user = await set_password.look(token, purpose, clock.now())
    except Missing:
        return page("login/dead_link", status=410, purpose=purpose)
    return page(name, status=422 if error else 200, token=token, user=user, error=error)
