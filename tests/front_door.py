"""The portal in this process behind its outermost door: every test asks it over HTTP, with a clock that can be moved."""

import re
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from data import clock
from data.access import people
from data.access.given_password import give_password
from data.database import fetch, reading, writing
from web.app import create_app
from web.config import Settings

ADDRESS = "http://127.0.0.1:8000"
PASSWORD = "верный конь 7"


class Door:
    """What tests do with the portal."""

    def __init__(self, outer, settings):
        self.outer, self.settings = outer, settings

    def client(self, address="192.0.2.1", *, origin=True, **kwargs):
        """A browser with its own cookies at this network address."""
        kwargs.setdefault("headers", {"Origin": self.settings.address} if origin else {})
        transport = httpx.ASGITransport(app=self.outer, client=(address, 50000))
        return httpx.AsyncClient(transport=transport, base_url=self.settings.address, **kwargs)

    async def publish(self, email, role="partner", **facts):
        """1C publishes a person; the membership's uuid."""
        membership = facts.pop("membership", None) or str(uuid4())
        facts.setdefault("partner", "" if role in {"admin", "manager", "executor"} else str(uuid4()))
        facts.setdefault("name", "Ольга Крылова")
        async with writing():
            await people.publish(people.Published(membership, email=email, role=role, **facts), clock.now())
        return membership

    async def let_in(self, email, role="partner", **facts):
        """The same with the password set already."""
        membership = await self.publish(email, role, **facts)
        (row,) = await self.rows("SELECT user FROM memberships WHERE uuid = ?", membership)
        await give_password([row[0]], PASSWORD, clock.now())
        return membership

    async def signed_in(self, email, role="partner", **facts):
        """A browser of a new person who has signed in."""
        await self.let_in(email, role, **facts)
        browser = self.client()
        assert (await sign_in(browser, email)).status_code == 303
        return browser

    async def rows(self, sql, *args):
        async with reading():
            return await fetch(sql, *args)

    async def change(self, rule, *args, **kwargs):
        """Run a rule that wants to be inside writing()."""
        async with writing():
            return await rule(*args, clock.now(), **kwargs)

    async def links(self, email, kind):
        """Paths of one-time links in the letters to this address, oldest first."""
        letters = await self.rows('SELECT text FROM letters WHERE "to" = ? ORDER BY id', email)
        return [found for (text,) in letters for found in re.findall(rf"{kind}/[\w-]{{20,}}", text)]

    def pass_time(self, **time):
        """The clock of the portal goes on by this much."""
        self.settings.clock_file.write_text((clock.now() + timedelta(**time)).isoformat())


async def sign_in(browser, login, password=PASSWORD, **fields):
    return await browser.post("/login", data={"login": login, "password": password, **fields})


@asynccontextmanager
async def opened_door(home, **settings):
    made = Settings(home=home, clock_file=home / "clock", **settings)
    outer = create_app(made)
    async with outer.litestar.lifespan():
        yield Door(outer, made)


@pytest.fixture
async def door(tmp_path):
    async with opened_door(tmp_path / "home") as opened:
        yield opened
