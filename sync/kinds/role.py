"""Role — роль пользователя портала; its code is the key on the portal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from data.access import role
from data.errors import Refusal
from sync.kinds.fields import Fields, OptionalLine, Word, bad, given, read
from sync.kinds.kind import Taken

Code = Annotated[str, Meta(min_length=1, max_length=30)]


class RoleFields(Fields):
    code: Code | UnsetType = UNSET
    name: OptionalLine = UNSET
    rights: Annotated[list[Word], Meta(max_length=200)] | UnsetType | None = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, RoleFields)
    rights = None if fields.rights is UNSET else fields.rights or []
    try:
        await role.put(uuid, code=given(fields.code, None), name=given(fields.name, None), rights=rights)
    except Refusal as refusal:
        raise bad("code", "не заполнено") from refusal


async def hide(uuid: str, now: datetime) -> None:
    await role.remove(uuid)


KIND = Taken(put, hide)
