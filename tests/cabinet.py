"""The cabinet's pages asked over HTTP, in this process: the world of tests/ordering and clients signed in to it."""

import re
from html import unescape

import httpx

from data import clock
from data.access.sessions import open_session
from data.database import execute, fetch_one, writing
from tests.ordering.world import NOW, ROMASHKA, person, uid
from web.app import create_app
from web.config import Settings

URL = "http://portal.test"
HTMX = {"HX-Request": "true"}


def portal(home):
    """The portal's application on an open home."""
    return create_app(Settings(home=home, public_url=URL))


class Client(httpx.AsyncClient):
    """A browser as far as HTTP goes. ``who`` is the Person signed in, or None for nobody."""

    def __init__(self, app, who=None, token=""):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        super().__init__(
            transport=transport, base_url=URL, headers={"Origin": URL}, cookies={"session": token} if token else {}
        )
        self.who = who

    async def put(self, product, quantity, *, source="catalogue", headers=None, **more):
        """One tap of a stepper."""
        data = {"from": source, "product": uid(product), "quantity": quantity, **more}
        return await self.post("/cart/lines", data=data, headers=headers or HTMX)


async def sign_in(app, name, partner=ROMASHKA, role="partner"):
    """A client of this person, who is made when not there yet."""
    if partner is None:
        await _owner_organisation()
    who = await person(name, partner or "Хозяин", role)
    async with writing():
        (membership,) = await fetch_one("SELECT id FROM memberships WHERE user = ?", who.user)
        manager = uid("manager") if role == "manager" and name != "Чужой менеджер" else ""
        await execute("UPDATE memberships SET manager = ? WHERE id = ?", manager, membership)
        token = await open_session(who.user, membership, address="127.0.0.1", agent="test", now=clock.now())
    return Client(app, who, token)


def text_of(answer):
    """What a person reads: without tags, one space between words."""
    plain = re.sub(r"<[^>]*>", " ", answer.text)
    return " ".join(unescape(plain).replace("\u00a0", " ").split())


def field(answer, name):
    """The value of the first field with this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found, f"no field {name}"
    return unescape(found[1])


async def _owner_organisation():
    async with writing():
        await execute(
            "INSERT INTO organisations (uuid, name, kind, active, created_at) VALUES (?, 'Хозяин', 'owner', 1, ?)"
            " ON CONFLICT DO NOTHING",
            uid("Хозяин"), NOW,
        )  # fmt: skip
