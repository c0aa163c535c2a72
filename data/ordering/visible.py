"""An order as one person sees it, and the only condition under which he finds it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from data.access.person import Person
from data.database import fetch_one
from data.errors import Missing
from data.ordering.orders import (
    CART,
    DELETED,
    DRAFT,
    FINAL,
    IN_WORK,
    LABELS,
    NEW,
    ORIGINAL_LABELS,
    WAIT_MANAGER,
    WAIT_PARTNER,
)
from data.shop import shop


@dataclass(frozen=True)
class Order:
    """One order for a list or a card. Kopecks; hundredths of a percent; ``sending``: the decision on its way to 1C."""

    id: int
    uuid: str
    status: str
    state: str
    at: datetime
    number: str
    guid: str
    terms: int
    confirmed_terms: int | None
    version: int
    origin: str
    author_name: str
    delivery_method: str
    delivery_address: str
    delivery_date: date | None
    partner_number: str
    comment: str
    manager_name: str
    manager_phone: str
    manager_email: str
    total: int
    currency: str
    paid: int
    shipped: int
    reason: str
    sending: str
    problem: str
    partner_name: str
    label: str
    for_partner: bool
    decides: bool

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def may_confirm(self) -> bool:
        return self.for_partner and self.status == WAIT_PARTNER and not self.sending

    @property
    def may_refuse(self) -> bool:
        open_still = self.status in (NEW, WAIT_MANAGER, WAIT_PARTNER)
        untouched = self.status == IN_WORK and not self.paid and not self.shipped
        return self.for_partner and (open_still or untouched) and self.sending in ("", "confirm")

    @property
    def may_decide(self) -> bool:
        return self.decides and self.status == WAIT_MANAGER and not self.sending and bool(self.guid)

    @property
    def may_undo(self) -> bool:
        return self.decides and self.sending in ("approve", "decline")

    @property
    def waits_for_me(self) -> bool:
        return self.may_confirm or self.may_decide


COLUMNS = ", ".join(f"o.{each.name}" for each in fields(Order)[:-4])
SELECT = f"SELECT {COLUMNS}, g.name FROM orders o JOIN organisations g ON g.id = o.organisation"


async def row_of(who: Person, uuid: str) -> Order:
    """Inside reading() or writing(). Raises Missing for what is not there or not theirs."""
    condition, args = visible_to(who)
    found = await fetch_one(f"{SELECT} WHERE o.uuid = ? AND {condition}", uuid, *args)
    if found is None:
        raise Missing(f"order {uuid}")
    return order_from(found, who, await labels())


def visible_to(who: Person) -> tuple[str, list[Any]]:
    """The condition on orders ``o`` that this person may see, with its values. The wrong role sees none."""
    hidden = f"o.status NOT IN ('{CART}', '{DELETED}')"
    if who.may("orders.company"):
        return f"{hidden} AND o.organisation = ?", [who.organisation]
    if who.may("orders.own"):
        return f"{hidden} AND o.organisation = ? AND o.author = ?", [who.organisation, who.user]
    of_others = f"{hidden} AND o.status <> '{DRAFT}'"
    if who.may("orders.assigned") and who.may("settings"):
        return of_others, []
    if who.may("orders.assigned") and who.manager:
        return f"{of_others} AND o.organisation IN (SELECT organisation FROM partners WHERE manager = ?)", [who.manager]
    return "0", []


def order_from(row: tuple[Any, ...], who: Person, names: dict[str, str]) -> Order:
    status = row[2]
    label = names[status]
    if status == WAIT_PARTNER and not who.is_partner:
        label = "Ожидает подтверждения покупателя"
    facts = (*row, label, who.is_partner and who.may("orders.own"), who.may("orders.decide"))
    return Order(*facts)


async def labels() -> dict[str, str]:
    return ORIGINAL_LABELS if (await shop()).original_labels else LABELS
