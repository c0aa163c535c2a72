"""Price type — Вид цен."""

from msgspec import UNSET, UnsetType

from data.pricing.prices import PRICE_TYPES
from sync.kinds.directory import directory
from sync.kinds.fields import Currency, Fields, OptionalLine, OptionalYes


class PriceTypeFields(Fields):
    name: OptionalLine = UNSET
    currency: Currency | UnsetType | None = UNSET
    vat_included: OptionalYes = UNSET


KIND = directory(PriceTypeFields, PRICE_TYPES)
