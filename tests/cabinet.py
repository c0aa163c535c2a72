"""The cabinet's pages asked over HTTP, in this process: the world of tests/ordering and clients signed in to it."""

import re
from html import unescape

import httpx
import pytest

from data import clock
from data.access.sessions import open_session
from data.database import execute, fetch, fetch_one, reading, writing
from data.ordering import accepted
from data.ordering.accepted import LineFacts, OrderFacts
from tests.ordering.world import LUTIK, NOW, ROMASHKA, fill, person, uid
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


@pytest.fixture
async def app(home):
    """The portal over the small world of tests/ordering."""
    await fill()
    return portal(home)


@pytest.fixture
async def anna(app):
    """The owner in the tests: orders for «Ромашка», sees all its orders."""
    return await sign_in(app, "Анна")


@pytest.fixture
async def strangers(app):
    """Everybody who is not Anna: name of what they are -> client."""
    return {
        "colleague": await sign_in(app, "Клара", role="contact"),
        "stranger": await sign_in(app, "Борис", LUTIK),
        "manager": await sign_in(app, "Илья", None, role="manager"),
        "another manager": await sign_in(app, "Чужой менеджер", None, role="manager"),
        "executor": await sign_in(app, "Ефим", None, role="executor"),
        "nobody": Client(app),
    }


async def from_1c(uuid, *, lines=None, **fields):
    """1C has sent this of the order."""
    facts = {"guid": uid(f"guid {uuid}"), "number": "0000-000014", "terms": 1, **fields}
    async with writing():
        await accepted.sent(uuid, "create")
        await accepted.take(uuid, OrderFacts(facts, lines), clock.now())
        await execute("DELETE FROM queue WHERE object = ? AND op = 'create'", uuid)


def line(name="Болт", quantity=20_000, price=10_000, total=200_000, n=1, **more):
    return LineFacts(n=n, product=uid(name), name=name, unit="шт", quantity=quantity, price=price, sum=total, **more)


async def ordered(client, quantity="20"):
    """An order of bolts this client has just placed; its uuid."""
    await client.put("Болт", quantity)
    shown = await client.get("/cart")
    answer = await client.post("/cart/order", data={"uuid": field(shown, "uuid"), "seen": field(shown, "seen")})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("/")[2]


async def waiting_for_partner(client):
    """An order that 1C has accepted and its manager has let pass; its uuid."""
    uuid = await ordered(client)
    await from_1c(uuid, status="wait_manager", total=200_000, lines=(line(),))
    await from_1c(uuid, status="wait_partner")
    return uuid


async def filled(client, quantity="20"):
    """A cart with bolts; its uuid and the mark of what was shown."""
    await client.put("Болт", quantity)
    shown = await client.get("/cart")
    return {"uuid": field(shown, "uuid"), "seen": field(shown, "seen")}


def beside(**more):
    """The fields beside the goods, as the form sends them."""
    names = "agreement counterparty contract delivery_address delivery_date partner_number comment".split()
    return {**dict.fromkeys(names, ""), "delivery_method": "pickup", **more}


async def queued():
    """What 1C is owed: (op, object), oldest first."""
    async with reading():
        return await fetch("SELECT op, object FROM queue ORDER BY id")
