"""1C as the kinds see it: it sends items through the door of batches and reads the results."""

import json
from datetime import UTC, datetime
from uuid import NAMESPACE_DNS, UUID, uuid4, uuid5

import pytest

from data.database import fetch, fetch_one, reading
from sync.incoming import apply_batch

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REGISTERS = UUID("4b6f9a5e-2d0c-5d39-9c1e-7f6a2b8c4d10")


def uid(name):
    return str(uuid5(NAMESPACE_DNS, name))


def row_id(kind, *key):
    """The id of a register row, as the protocol makes it."""
    return str(uuid5(REGISTERS, "|".join((kind, *(part or "" for part in key)))))


async def rows(sql, *args):
    async with reading():
        return await fetch(sql, *args)


async def row(sql, *args):
    async with reading():
        return await fetch_one(sql, *args)


class OneC:
    """Counts versions and numbers as 1C does. ``key`` is a name or a UUID."""

    def __init__(self):
        self.base, self.seq, self.versions = str(uuid4()), 0, {}

    def item(self, kind, key, data=None, *, op="upsert", version=None):
        uuid = key if len(key) == 36 and key.count("-") == 4 else uid(key)
        self.versions[kind, uuid] = version or self.versions.get((kind, uuid), 0) + 1
        number = self.versions[kind, uuid]
        return {"queue_id": str(uuid4()), "kind": kind, "op": op, "id": uuid, "version": number, "data": data or {}}

    async def batch(self, *items, now=NOW):
        self.seq += 1
        frame = {"node": "1c", "base": self.base, "epoch": "e1", "seq": self.seq, "batch": str(uuid4()), "items": items}
        answer = await apply_batch(json.loads(json.dumps(frame)), now)
        return answer["results"]

    async def send(self, kind, key, data=None, *, now=NOW, **more):
        """One item; its result, which must be «ok»."""
        (result,) = await self.batch(self.item(kind, key, data, **more), now=now)
        assert result["status"] == "ok", result
        return result

    async def refused(self, kind, key, data=None, **more):
        """One item that must be refused; (code, message)."""
        (result,) = await self.batch(self.item(kind, key, data, **more))
        assert result["status"] == "error", result
        return result["code"], result["message"]


@pytest.fixture
def onec(home):
    return OneC()
