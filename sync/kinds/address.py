"""Address — Адрес доставки партнера."""

from msgspec import UNSET

from data.partners.mirrors import ADDRESSES
from sync.kinds.directory import directory
from sync.kinds.fields import Fields, OptionalId, OptionalLongLine


class AddressFields(Fields):
    partner: OptionalId = UNSET
    text: OptionalLongLine = UNSET
    comment: OptionalLongLine = UNSET


KIND = directory(AddressFields, ADDRESSES, scopes={"partner": "partner"})
