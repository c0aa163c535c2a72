"""The link of an invitation: the first password opens the portal."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from data import clock
from data.access import set_password
from data.access.links import INVITATION
from data.errors import Missing, Refusal
from web.answers import AnyRequest, Page, page
from web.forms import read_form
from web.place import place_of
from web.routes.login import welcomed
from web.routes.reset import link_page


class InviteController(Controller):
    path = "/invite"

    @get("/{token:str}", name="invite:show")
    async def show(self, token: FromPath[str]) -> Page:
        """A GET spends nothing: mail scanners open every link."""
        return await link_page("invite/show", token, INVITATION)

    @post("/{token:str}", name="invite:accept", status_code=200)
    async def accept(self, request: AnyRequest, token: FromPath[str]) -> Page | Response[Any]:
        password = (await read_form(request)).get("password")
        try:
            tokens = await set_password.accept_invitation(token, password, place_of(request), clock.now())
        except Refusal as refusal:
            return await link_page("invite/show", token, INVITATION, error=refusal.text)
        except Missing:
            return page("login/dead_link", status=410, purpose=INVITATION)
        return await welcomed(request, tokens, "/")
