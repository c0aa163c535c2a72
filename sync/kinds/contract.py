"""Contract — Договор."""

import msgspec
from msgspec import UNSET

from data.partners.mirrors import CONTRACTS
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalDate, OptionalId, OptionalLine, OptionalYes


class ContractFields(Fields):
    counterparty: OptionalId = UNSET
    seller: OptionalId = msgspec.field(name="organization", default=UNSET)
    number: OptionalLine = UNSET
    date: OptionalDate = UNSET
    valid_to: OptionalDate = UNSET
    active: OptionalYes = UNSET


KIND = directory(ContractFields, CONTRACTS, scopes={"counterparty": "counterparty", "organization": "seller"})
