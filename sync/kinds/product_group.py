"""Product group — Группа номенклатуры."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET

from data.catalogue import groups
from sync.kinds.directory import directory, with_shown
from sync.kinds.fields import Fields, OptionalId, OptionalLine, changes, read
from sync.kinds.kind import Taken, Waits


class ProductGroupFields(Fields):
    name: OptionalLine = UNSET
    parent: OptionalId = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, ProductGroupFields)
    await groups.put(uuid, with_shown(changes(fields), fields, groups.MIRROR))


async def merge(uuid: str, into: str, now: datetime) -> None:
    if not await groups.MIRROR.is_known(into):
        raise Waits(into)
    await groups.merge(uuid, into)


LISTED = directory(ProductGroupFields, groups.MIRROR, scopes={"parent": "parent"})
KIND = Taken(put, LISTED.hide, merge, LISTED.snapshot)
