"""What the tests of the exchange share: a strict 1C, the settings that lead to it, records for it."""

from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from data.database import writing
from data.exchange import integration, queue
from data.exchange.integration import Integration
from sync import kinds
from sync.exchange_portal.client import Client
from sync.kinds.kind import Taken
from tests.sync.onec_stand_in import OneC
from tests.sync.portal_doors import GRANT, Doors, Parcels

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def onec():
    """A strict stand-in 1C on a socket of its own."""
    stand_in = OneC()
    yield stand_in
    stand_in.close()


@pytest.fixture
def settings(onec):
    return Integration(
        server=f"http://127.0.0.1:{onec.port}",
        path="/trade/hs/ExchangePortal",
        login="portal",
        password="пароль",
        private_address_confirmed=True,
    )


@pytest.fixture
async def connected(home, settings):
    """A home whose integration settings lead to the stand-in."""
    async with writing():
        await integration.save(settings)
    return settings


@pytest.fixture
async def client():
    line = Client()
    yield line
    await line.close()


@pytest.fixture
def owe(home):
    """Queue a record of a kind that only the stand-in knows; the object's UUID."""

    async def add(object_id=None, op="create", now=NOW, **more):
        object_id = object_id or str(uuid4())
        async with writing():
            await queue.enqueue("parcel", op, object_id, title="Посылка", data={"text": "Ёлка"}, now=now, **more)
        return object_id

    return add


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    opened = Doors(tmp_path_factory.mktemp("doors"))
    yield opened
    opened.close()


@pytest.fixture
def parcels(monkeypatch):
    taken = Parcels()
    kind = Taken(taken.take, taken.hide, taken.merge, taken.snapshot)
    monkeypatch.setitem(kinds.TAKEN, "parcel", kind)
    return taken


@pytest.fixture
def http(doors):
    """Signed in with the keys of EX."""
    with httpx.Client(base_url=doors.url, timeout=20) as line:
        token = line.post("/sys/token", data=GRANT, headers=doors.basic()).json()["id_token"]
        line.headers["Authorization"] = f"Bearer {token}"
        yield line


@pytest.fixture
def send(doors, http):
    """Send items; the statuses of their results."""

    def sent(*items, full=False):
        answer = http.post("/api/exchange/in", json=doors.batch(*items))
        assert answer.status_code == 200, answer.text
        results = answer.json()["results"]
        return results if full else [result["status"] for result in results]

    return sent
