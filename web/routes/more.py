"""«Ещё»: who am I, my companies, my sign-ins, my password, the way out."""

from typing import Any

from litestar import Controller, Response, get, post

from data import clock
from data.access import sessions, set_password, sign_in
from data.access.attempts import TooMany
from data.access.roles import role_name
from data.errors import Refusal
from web.answers import AnyRequest, Page, page, redirect
from web.asked import asked_of
from web.cookies import cookies_of
from web.forms import read_form
from web.navigation import ADMIN_RIGHTS
from web.people import the_person
from web.place import place_of
from web.routes.login import too_many, wait_text

CLEARED = '"cache", "storage"'  # what others could see with Back on a shared phone; the device stays known


class MoreController(Controller):
    path = "/more"

    @get("/", name="more")
    async def show(self, request: AnyRequest) -> Page:
        who = the_person(request)
        companies = await sign_in.organisations_of(who)
        is_admin = bool(who.rights.intersection(ADMIN_RIGHTS))
        return page("more/show", who=who, role=await role_name(who.role), companies=companies, is_admin=is_admin)

    @post("/company", name="more:company", status_code=200)
    async def choose_company(self, request: AnyRequest) -> Response[Any]:
        who = the_person(request)
        wanted = (await read_form(request)).get("membership")
        token = await sign_in.choose_organisation(who, wanted, asked_of(request).token, clock.now())
        return redirect(request, "/", cookies=cookies_of(request).switched(token))

    @get("/sign-ins", name="more:sign_ins")
    async def sign_ins(self, request: AnyRequest) -> Page:
        found = await sessions.sign_ins(the_person(request), asked_of(request).session)
        return page("more/sign_ins", sign_ins=found, back="/more")

    @post("/sign-ins/end", name="more:end_sign_in", status_code=200)
    async def end_sign_in(self, request: AnyRequest) -> Response[Any]:
        who = the_person(request)
        wanted = (await read_form(request)).get("session")
        await sessions.end_session(who, wanted)
        return redirect(request, "/more/sign-ins")

    @post("/sign-out", name="more:sign_out", status_code=200)
    async def sign_out(self, request: AnyRequest) -> Response[Any]:
        """Harmless when nobody is signed in any more."""
        await sessions.sign_out(asked_of(request).token)
        return gone(request)

    @post("/sign-out-everywhere", name="more:sign_out_everywhere", status_code=200)
    async def sign_out_everywhere(self, request: AnyRequest) -> Response[Any]:
        await sessions.sign_out_everywhere(the_person(request))
        return gone(request)

    @get("/password", name="more:password")
    async def password(self, request: AnyRequest) -> Page:
        the_person(request)
        return page("more/password", error="", field="", back="/more")

    @post("/password", name="more:change_password", status_code=200)
    async def change_password(self, request: AnyRequest) -> Page | Response[Any]:
        who, form = the_person(request), await read_form(request)
        old, new = form.get("old_password"), form.get("password")
        try:
            tokens = await set_password.change_password(who, old, new, place_of(request), clock.now())
        except Refusal as refusal:
            return page("more/password", status=422, error=refusal.text, field=refusal.field, back="/more")
        except TooMany as wait:
            text = wait_text(wait)
            return too_many(page("more/password", status=429, error=text, field="old_password", back="/more"), wait)
        return redirect(request, "/more", cookies=cookies_of(request).signed_in(tokens))


def gone(request: AnyRequest) -> Response[Any]:
    answer = redirect(request, "/login", cookies=cookies_of(request).signed_out())
    answer.headers["Clear-Site-Data"] = CLEARED
    return answer
