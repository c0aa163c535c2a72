"""Simple lists of 1C (справочники): every field of the wire is one column of one row."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET

from data.mirror import Mirror
from sync.kinds.fields import Fields, changes, read
from sync.kinds.kind import Taken, Waits, Wrong


def directory(kind: type[Fields], mirror: Mirror, *, scopes: Mapping[str, str] | None = None) -> Taken:
    """The kind of a list. ``scopes``: by what a snapshot may be limited, and the column of it."""

    async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
        fields = read(data, kind)
        await mirror.put(uuid, with_shown(changes(fields), fields, mirror))

    async def hide(uuid: str, now: datetime) -> None:
        await mirror.hide(uuid)

    async def merge(uuid: str, into: str, now: datetime) -> None:
        if not await mirror.is_known(into):
            raise Waits(into)
        await mirror.merge(uuid, into)

    async def snapshot(scope: Mapping[str, str], uuids: Collection[str], now: datetime) -> None:
        await mirror.keep_only(uuids, columns(scope, scopes or {}))

    return Taken(put, hide, merge, snapshot)


def with_shown(values: dict[str, Any], fields: Fields, mirror: Mirror) -> dict[str, Any]:
    """The values with what ``deleted`` means for the column that shows the row."""
    if fields.deleted is True:
        return {**values, mirror.shown: False}
    if fields.deleted is UNSET:
        return values
    return {mirror.shown: True, **values}


def columns(scope: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The scope of a snapshot by our columns. Raises Wrong (BAD_SCOPE)."""
    for name, value in scope.items():
        if name not in known or not isinstance(value, str):
            raise Wrong("BAD_SCOPE", f"Полный список по «{name}» не поддерживается")
    return {known[name]: value.lower() for name, value in scope.items()}
