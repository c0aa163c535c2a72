"""Agreement — Соглашение с клиентом; the price type belongs to it. Who may buy on it is decided when it is read."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from data.partners.mirrors import AGREEMENTS
from sync.kinds.directory import directory
from sync.kinds.fields import (
    Currency,
    Fields,
    Hundredths,
    Kopecks,
    OptionalDate,
    OptionalId,
    OptionalLine,
    OptionalYes,
)


class AgreementFields(Fields):
    kind: Literal["individual", "typical"] | UnsetType = UNSET
    partner: OptionalId = UNSET
    segment: OptionalId = UNSET
    counterparty: OptionalId = UNSET
    requires_contract: OptionalYes = UNSET
    name: OptionalLine = UNSET
    seller: OptionalId = msgspec.field(name="organization", default=UNSET)
    price_type: OptionalId = UNSET
    discount: Hundredths | UnsetType | None = msgspec.field(name="discount_percent", default=UNSET)
    warehouse: OptionalId = UNSET
    payment_terms: OptionalLine = UNSET
    credit_limit: Kopecks | UnsetType | None = UNSET
    min_order_sum: Kopecks | UnsetType | None = UNSET
    currency: Currency | UnsetType | None = UNSET
    valid_from: OptionalDate = UNSET
    valid_to: OptionalDate = UNSET


KIND = directory(AgreementFields, AGREEMENTS, scopes={"partner": "partner", "organization": "seller"})
