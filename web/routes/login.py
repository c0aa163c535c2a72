"""Signing in, in two steps: who, then the password."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from data import clock
from data.access import sessions, sign_in
from data.access.attempts import TooMany
from data.access.sign_in import SignedIn
from data.errors import Refusal
from web.answers import AnyRequest, Page, page, person_asking, redirect
from web.asked import asked_of
from web.cookies import cookies_of
from web.errors import safe_path
from web.filters import pl
from web.forms import read_form
from web.place import place_of

NO_NAME = "Введите логин, телефон или e-mail"
NO_PASSWORD = "Введите пароль"


class LoginController(Controller):
    path = "/login"

    @get("/", name="login:show")
    async def show(self, request: AnyRequest, next: FromQuery[str] = "/") -> Page | Response[Any]:
        if person_asking(request):
            return redirect(request, safe_path(next))
        return page("login/name", login="", next=safe_path(next), error="")

    @post("/", name="login:enter", status_code=200)
    async def enter(self, request: AnyRequest) -> Page | Response[Any]:
        """Sign in; without a password yet, ask for it: the same for a known name and an unknown one."""
        form = await read_form(request)
        login, password, then = form.get("login").strip()[:254], form.get("password"), safe_path(form.get("next", "/"))
        if not login:
            return page("login/name", status=422, login="", next=then, error=NO_NAME)
        if not password:
            is_second = form.get("step") == "2"
            error = NO_PASSWORD if is_second else ""
            return page("login/password", status=422 if is_second else 200, login=login, next=then, error=error)
        try:
            tokens = await sign_in.sign_in(login, password, place_of(request), clock.now())
        except Refusal as refusal:
            return page("login/password", status=422, login=login, next=then, error=refusal.text)
        except TooMany as wait:
            return too_many(page("login/password", status=429, login=login, next=then, error=wait_text(wait)), wait)
        return await welcomed(request, tokens, then)


async def welcomed(request: AnyRequest, tokens: SignedIn, then: str) -> Response[Any]:
    """Go on with the new session; the one the browser came with, if any, is over."""
    if old := asked_of(request).token:
        await sessions.sign_out(old)
    return redirect(request, then, cookies=cookies_of(request).signed_in(tokens))


def wait_text(wait: TooMany) -> str:
    minutes = -(-wait.seconds // 60)
    return f"Слишком много попыток, попробуйте через {pl(minutes, 'минуту', 'минуты', 'минут')}"


def too_many(answer: Page, wait: TooMany) -> Page:
    answer.headers["Retry-After"] = str(wait.seconds)
    return answer
