"""The doors of the portal on a real server in a thread of its own, with one pair of keys that works."""

import asyncio
import base64
import contextlib
import socket
import threading
from uuid import uuid4

import uvicorn
from litestar import Litestar

from data import clock
from data.access import keys
from data.database import execute, reading, writing
from data.home import opened
from sync.exchange_portal.doors import DOORS
from sync.kinds.kind import Waits, Wrong
from tests.sync.onec_stand_in import wait_until

GRANT = {"grant_type": "client_credentials"}


class Doors:
    """``base``: of the 1C that speaks in tests."""

    def __init__(self, home):
        self.home, self.base, self.epoch, self.seq = home, str(uuid4()), "e1", 0
        self.loop, self.user, self.key = None, str(uuid4()), None
        app = Litestar([DOORS], lifespan=[self._living], openapi_config=None, logging_config=None)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        wait_until(lambda: self._server.started or not self._thread.is_alive())

    def close(self):
        self._server.should_exit = True
        self._thread.join(10)

    def run(self, work):
        """Run a coroutine in the portal's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    @contextlib.asynccontextmanager
    async def _living(self, _):
        self.loop = asyncio.get_running_loop()
        async with opened(self.home):
            async with writing():
                await execute(
                    "INSERT INTO users (uuid, name, login, email, phone, password, is_service, may_http, created_at)"
                    " VALUES (?, 'EX', 'ex', '', '', '', 1, 1, ?)",
                    *(self.user, clock.now()),
                )
                self.key = await keys.create_key(self.user, clock.now())
            yield

    def basic(self, client_id=None, secret=None):
        pair = f"{client_id or self.key.client_id}:{secret or self.key.secret}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

    def item(self, kind="parcel", op="upsert", uuid=None, version=1, queue_id=None, **data):
        return {
            "queue_id": queue_id or str(uuid4()),
            "kind": kind,
            "op": op,
            "id": uuid or str(uuid4()),
            "version": version,
            "data": data,
        }

    def batch(self, *items):
        self.seq += 1
        stamp = {"node": "1c-main", "base": self.base, "epoch": self.epoch, "seq": self.seq, "batch": str(uuid4())}
        return stamp | {"items": list(items)}


async def written(rule):
    """A rule inside writing()."""
    async with writing():
        return await rule


async def read(rule):
    """A rule inside reading()."""
    async with reading():
        return await rule


class Parcels:
    """A kind of the tests: what was put, in order."""

    def __init__(self):
        self.put, self.hidden, self.lists = [], [], []

    async def take(self, uuid, data, now):
        if "wrong" in data:
            raise Wrong("EMAIL_REQUIRED", "Не указана электронная почта")
        if "bug" in data:
            raise ZeroDivisionError
        if (parent := data.get("parent")) and parent not in self.put:
            raise Waits(parent)
        self.put.append(uuid)

    async def hide(self, uuid, now):
        self.hidden.append(uuid)

    async def snapshot(self, scope, ids, now):
        self.lists.append((scope, ids))

    async def merge(self, uuid, into, now):
        self.hidden.append((uuid, into))


def is_problem(answer, status, words=""):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert words in answer.json()["detail"]
    return True
