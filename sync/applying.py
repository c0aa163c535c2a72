"""One item of 1C's is applied to the portal: whole, or not at all."""

import hashlib
import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from data.database import saving
from data.exchange import inbox
from sync.batches import Item, canonical
from sync.kinds import SWITCHED_OFF, TAKEN
from sync.kinds.kind import Taken, Waits, Wrong

MAX_PARTS = 10_000
LOG = logging.getLogger("portal.exchange")
DISK = ("full", "disk I/O", "locked", "readonly", "unable to open")  # not the item's fault: the call fails as a whole


@dataclass(frozen=True)
class Outcome:
    """``status`` as on the wire; ``parent`` when the item waits for it."""

    status: str
    code: str = ""
    message: str = ""
    parent: str = ""

    @property
    def is_final(self) -> bool:
        """A repeat gets the same answer; a refused one is tried again, since it has changed nothing."""
        return self.status not in {"error", "disabled"}

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"status": self.status}
        if self.code:
            found |= {"code": self.code, "message": self.message}
        return found | ({"deferred": True} if self.parent else {})


def error(code: str, message: str) -> Outcome:
    return Outcome("error", code, message)


async def apply(item: Item, epoch: str, now: datetime) -> Outcome:
    """Apply the item in a savepoint of its own; whatever is wrong with it stays with it. Inside writing()."""
    if item.kind in SWITCHED_OFF:
        return Outcome("disabled")
    kind = TAKEN.get(item.kind)
    if kind is None:
        return error("UNKNOWN_KIND", f"Вид объекта «{item.kind[:30]}» порталу неизвестен")
    try:
        async with saving():
            await _do(kind, item, epoch, now)
    except Waits as waits:
        return Outcome("ok", parent=waits.parent)
    except Wrong as wrong:
        return error(wrong.code, wrong.message)
    except Exception as failure:
        if isinstance(failure, sqlite3.OperationalError) and any(word in str(failure) for word in DISK):
            raise
        LOG.exception("item of kind %s, id %s, could not be applied", item.kind, item.id)
        return error("INTERNAL", "Портал не смог применить запись, подробности в журнале программы")
    return Outcome("ok")


def fingerprint(raw: Mapping[str, Any]) -> str:
    """SHA-256 of the item as canonical JSON: another body under the same queue_id is noticed."""
    return hashlib.sha256(msgspec.json.encode(raw, order="sorted")).hexdigest()


async def _do(kind: Taken, item: Item, epoch: str, now: datetime) -> None:
    if item.op == "delete" or (item.op == "upsert" and item.data.get("deleted") is True):
        await kind.hide(item.id, now)
    elif item.op == "upsert":
        await kind.put(item.id, item.data, now)
    elif item.op == "merge" and kind.merge:
        into = canonical(item.data.get("into"))
        if into is None or into == item.id:
            raise Wrong("BAD_FIELD", "Поле «into»: нужен UUID другого объекта того же вида")
        await kind.merge(item.id, into, now)
    elif item.op == "snapshot" and kind.snapshot:
        await _take_part(kind, item, epoch, now)
    else:
        raise Wrong("UNKNOWN_OP", f"Действие «{item.op[:30]}» для вида «{item.kind}» порталу неизвестно")


async def _take_part(kind: Taken, item: Item, epoch: str, now: datetime) -> None:
    """Keep one part of a complete list; apply the list when all its parts are here."""
    scope, ids = item.data.get("scope", {}), item.data.get("ids")
    part, parts = item.data.get("part", 1), item.data.get("parts", 1)
    if not isinstance(scope, dict) or not all(isinstance(value, str) for value in scope.values()):
        raise Wrong("BAD_FIELD", "Поле «scope»: нужен объект со строками")
    if type(part) is not int or type(parts) is not int or not 1 <= part <= parts <= MAX_PARTS:
        raise Wrong("BAD_FIELD", "Поля «part» и «parts»: нужны целые числа, часть не больше числа частей")
    found = [canonical(uuid) for uuid in ids] if isinstance(ids, list) else [None]
    if None in found:
        raise Wrong("BAD_FIELD", "Поле «ids»: нужен список UUID")
    key = fingerprint({"of": [item.kind, epoch, item.id, item.version, parts], "scope": scope})
    await inbox.keep_part(key, part, [uuid for uuid in found if uuid], now)
    whole = await inbox.whole_list(key, parts)
    if whole is not None:
        assert kind.snapshot is not None
        await kind.snapshot(scope, whole, now)
