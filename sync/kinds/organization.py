"""Organization — Организация: the seller who stands on the papers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from data.partners.mirrors import SELLERS
from sync.kinds.directory import directory, with_shown
from sync.kinds.fields import Fields, OptionalLine, OptionalLongLine, OptionalWord, changes, read
from sync.kinds.kind import Taken


class Bank(msgspec.Struct):
    bank_name: OptionalLine = msgspec.field(name="name", default=UNSET)
    bic: OptionalWord = UNSET
    corr_account: OptionalWord = UNSET
    account: OptionalWord = UNSET


NO_BANK = Bank(None, None, None, None)


class OrganizationFields(Fields):
    name: OptionalLine = UNSET
    legal_name: OptionalLongLine = UNSET
    inn: OptionalWord = UNSET
    kpp: OptionalWord = UNSET
    ogrn: OptionalWord = UNSET
    address: OptionalLongLine = UNSET
    phone: OptionalLine = UNSET
    bank: Bank | UnsetType | None = UNSET
    director: OptionalLine = UNSET
    accountant: OptionalLine = UNSET
    vat_mode: OptionalWord = UNSET


async def put(uuid: str, data: Mapping[str, Any], now: datetime) -> None:
    fields = read(data, OrganizationFields)
    values = changes(fields)
    bank = values.pop("bank", UNSET)
    if bank is not UNSET:
        values |= {name: value for name, value in msgspec.structs.asdict(bank or NO_BANK).items() if value is not UNSET}
    await SELLERS.put(uuid, with_shown(values, fields, SELLERS))


LISTED = directory(OrganizationFields, SELLERS)
KIND = Taken(put, LISTED.hide, LISTED.merge, LISTED.snapshot)
