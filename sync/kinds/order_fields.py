"""The order object of the exchange protocol (section 5), read into facts."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from data.catalogue.parts import names_of_packs
from data.ordering.accepted import LineFacts, OrderFacts
from sync.kinds.fields import (
    Currency,
    Id,
    Kopecks,
    Line,
    LongLine,
    Moment,
    OptionalDate,
    OptionalId,
    OptionalLine,
    OptionalLongLine,
    OptionalWord,
    Share,
    Thousandths,
    Word,
    given,
    read,
    utc,
)

Counter = Annotated[int, Meta(ge=0, le=2**53)]
MOST_LINES = 10_000
NULLABLE = frozenset({"confirmed_terms", "delivery_date"})
ZERO = frozenset({"total", "paid", "shipped", "terms"})


class Ref(msgspec.Struct):
    guid: OptionalId = UNSET
    number: OptionalWord = UNSET
    at: Moment | UnsetType | None = msgspec.field(name="date", default=UNSET)


class Delivery(msgspec.Struct):
    delivery_method: OptionalWord = msgspec.field(name="method", default=UNSET)
    delivery_address: OptionalLongLine = msgspec.field(name="address", default=UNSET)
    delivery_date: OptionalDate = msgspec.field(name="date", default=UNSET)


class Manager(msgspec.Struct):
    manager: OptionalId = msgspec.field(name="id", default=UNSET)
    manager_name: OptionalLine = msgspec.field(name="name", default=UNSET)
    manager_phone: OptionalWord = msgspec.field(name="phone", default=UNSET)
    manager_email: OptionalLine = msgspec.field(name="email", default=UNSET)


NO_MANAGER = Manager(None, None, None, None)


class OrderLine(msgspec.Struct, kw_only=True):
    n: Counter
    product: Id | None
    quantity: Thousandths
    sum: Kopecks
    name: LongLine = ""
    variant: Id | None = None
    unit: Word | None = ""
    pack: Id | None = None
    packs: Thousandths | None = None
    price: Kopecks | None = None
    discount_percent: Share | None = None
    vat: Word | None = ""
    vat_sum: Kopecks | None = None
    comment: LongLine | None = ""
    cancelled: bool | None = False
    cancel_reason: Line | None = ""
    shipped: Thousandths | None = None
    ship_date: date | None = None


class OrderFields(msgspec.Struct):
    ref: Ref | UnsetType | None = UNSET
    origin: Literal["portal", "1c"] | UnsetType = UNSET
    terms: Counter | UnsetType = UNSET
    confirmed_terms: Counter | UnsetType | None = UNSET
    status: Literal["new", "wait_manager", "wait_partner", "in_work", "refused", "closed"] | UnsetType = UNSET
    state: OptionalLine = UNSET
    partner: OptionalId = UNSET
    counterparty: OptionalId = UNSET
    agreement: OptionalId = UNSET
    contract: OptionalId = UNSET
    seller: OptionalId = msgspec.field(name="organization", default=UNSET)
    contact: OptionalId = UNSET
    warehouse: OptionalId = UNSET
    delivery: Delivery | UnsetType | None = UNSET
    partner_number: OptionalWord = UNSET
    comment: OptionalLongLine = UNSET
    manager: Manager | UnsetType | None = UNSET
    lines: Annotated[list[OrderLine], Meta(max_length=MOST_LINES)] | UnsetType = UNSET
    total: Kopecks | UnsetType = UNSET
    currency: Currency | UnsetType | None = UNSET
    paid: Share | UnsetType | None = msgspec.field(name="paid_percent", default=UNSET)
    shipped: Share | UnsetType | None = msgspec.field(name="shipped_percent", default=UNSET)


PARTS: Mapping[str, msgspec.Struct] = {
    "ref": Ref(),
    "delivery": Delivery("pickup", None, None),
    "manager": NO_MANAGER,
}
"""Objects inside the order whose fields are columns of ours, and what null means for each."""


async def facts_of(data: Mapping[str, Any]) -> OrderFacts:
    """What came, by our columns. Inside writing(). Raises Wrong."""
    fields = read(data, OrderFields)
    found: dict[str, Any] = {}
    for name, value in msgspec.structs.asdict(fields).items():
        if value is UNSET or name == "lines":
            continue
        if name in PARTS:
            found |= {key: one for key, one in msgspec.structs.asdict(value or PARTS[name]).items() if one is not UNSET}
        else:
            found[name] = value
    lines = None if fields.lines is UNSET else await _lines(fields.lines)
    if found.get("status") == "refused" and lines:
        found["reason"] = next((line.cancel_reason for line in lines if line.cancel_reason), "")
    return OrderFacts(
        {name: _plain(name, value) for name, value in found.items() if not _is_unsaid(name, value)}, lines
    )


async def _lines(lines: list[OrderLine]) -> tuple[LineFacts, ...]:
    packs = await names_of_packs({line.pack for line in lines if line.pack})
    numbered = {line.n: line for line in lines}  # a number that comes twice is one line: the last
    return tuple(_line(line, packs) for line in numbered.values())


def _line(line: OrderLine, packs: Mapping[str, str]) -> LineFacts:
    return LineFacts(
        n=line.n,
        product=line.product or "",
        name=line.name,
        quantity=line.quantity,
        unit=line.unit or "",
        sum=line.sum,
        variant=line.variant or "",
        pack=line.pack or "",
        pack_name=packs.get(line.pack or "", ""),
        packs=line.packs or 0,
        price=line.price,
        discount=line.discount_percent or 0,
        vat=line.vat or "",
        vat_sum=line.vat_sum or 0,
        comment=line.comment or "",
        cancelled=bool(line.cancelled),
        cancel_reason=line.cancel_reason or "",
        shipped=line.shipped or 0,
        ship_date=line.ship_date,
    )


def _is_unsaid(name: str, value: Any) -> bool:
    """1C's document never loses its date; null says nothing."""
    return name == "at" and value is None


def _plain(name: str, value: Any) -> Any:
    if name == "currency":
        return given(value, "RUB")
    if value is None and name not in NULLABLE:
        return 0 if name in ZERO else ""
    return utc(name, value)
