"""Counterparty — Контрагент. One whose partner has not come yet is kept: nobody sees it until then."""

from msgspec import UNSET

from data.partners.mirrors import COUNTERPARTIES
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalId, OptionalLongLine, OptionalWord


class CounterpartyFields(Fields):
    partner: OptionalId = UNSET
    legal_name: OptionalLongLine = UNSET
    inn: OptionalWord = UNSET
    kpp: OptionalWord = UNSET
    ogrn: OptionalWord = UNSET
    address: OptionalLongLine = UNSET


KIND = directory(CounterpartyFields, COUNTERPARTIES, scopes={"partner": "partner"})
