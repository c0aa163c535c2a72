"""Partner — Партнер; its organisation on the portal comes with it."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from data.partners import partner
from sync.kinds.directory import columns, with_shown
from sync.kinds.fields import Fields, Id, OptionalId, OptionalLine, OptionalYes, changes, read
from sync.kinds.kind import Taken, Waits


class PartnerFields(Fields):
    name: OptionalLine = UNSET
    manager: OptionalId = UNSET
    segments: Annotated[list[Id], Meta(max_length=1000)] | UnsetType | None = UNSET
    active: OptionalYes = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, PartnerFields)
    values = with_shown(changes(fields), fields, partner.MIRROR)
    if values.get("segments") is not None:
        values["segments"] = json.dumps(values["segments"])
    await partner.put(uuid, values, now)


async def hide(uuid: str, now: datetime) -> None:
    await partner.hide(uuid)


async def merge(uuid: str, into: str, now: datetime) -> None:
    if not await partner.MIRROR.is_known(into):
        raise Waits(into)
    await partner.merge(uuid, into)


async def snapshot(scope: Mapping[str, str], uuids: Collection[str], now: datetime) -> None:
    columns(scope, {})
    await partner.keep_only(uuids)


KIND = Taken(put, hide, merge, snapshot)
