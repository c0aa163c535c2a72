"""On what terms a partner buys today: the agreement that holds (СоглашениеСКлиентом) and what hangs on it."""

import json
from dataclasses import dataclass
from datetime import date

from data.database import fetch, fetch_one

FIELDS = (
    "a.uuid, a.name, a.kind, a.price_type, a.discount, a.warehouse, a.min_order_sum, a.requires_contract,"
    " a.counterparty, a.seller, a.currency, a.payment_terms"
)


@dataclass(frozen=True)
class Terms:
    """One valid agreement. ``discount`` in hundredths of a percent, ``min_order_sum`` in kopecks."""

    agreement: str
    name: str
    kind: str
    price_type: str
    discount: int
    warehouse: str
    min_order_sum: int
    requires_contract: bool
    counterparty: str
    seller: str
    currency: str
    payment_terms: str


@dataclass(frozen=True)
class Choice:
    """Something to choose in a list: its id and what the person reads."""

    uuid: str
    name: str


async def all_terms(partner: str, today: date) -> tuple[Terms, ...]:
    """The agreements this partner may buy on today, the default one first.

    Individual ones before typical ones of the partner's segments, the latest start first (exchange protocol 3).
    """
    found = await fetch_one("SELECT segments FROM partners WHERE uuid = ? AND active = 1", partner)
    if found is None:
        return ()
    rows = await fetch(
        f"SELECT {FIELDS} FROM agreements a WHERE a.active = 1"
        " AND (a.valid_from IS NULL OR a.valid_from <= ?) AND (a.valid_to IS NULL OR a.valid_to >= ?)"
        " AND (a.partner = ? OR (a.kind = 'typical' AND a.partner = ''"
        " AND (a.segment = '' OR a.segment IN (SELECT value FROM json_each(?)))))"
        " ORDER BY a.kind = 'typical', a.valid_from DESC, a.id DESC",
        today, today, partner, json.dumps(json.loads(found[0])),
    )  # fmt: skip
    return tuple(Terms(*row) for row in rows)


async def terms(partner: str, today: date, chosen: str = "") -> Terms | None:
    """The chosen agreement while it is valid, else the default one; None when the partner has none."""
    return chosen_of(await all_terms(partner, today), chosen)


def chosen_of(every: tuple[Terms, ...], chosen: str) -> Terms | None:
    """The chosen one of these agreements, else the first; None when there are none."""
    return next((one for one in every if one.agreement == chosen), every[0] if every else None)


async def counterparties(partner: str, terms: Terms | None) -> tuple[Choice, ...]:
    """Legal entities of the partner that may stand on the papers: the agreement's own one, or all."""
    rows = await fetch(
        "SELECT uuid, legal_name FROM counterparties WHERE partner = ? AND visible = 1 AND (? = '' OR uuid = ?) ORDER BY id",
        partner, terms.counterparty if terms else "", terms.counterparty if terms else "",
    )  # fmt: skip
    return tuple(Choice(*row) for row in rows)


async def contracts(partner: str, counterparty: str, today: date) -> tuple[Choice, ...]:
    """Contracts (Договор) in force with this counterparty of the partner."""
    rows = await fetch(
        "SELECT c.uuid, c.number, c.date FROM contracts c JOIN counterparties k ON k.uuid = c.counterparty"
        " WHERE k.partner = ? AND c.counterparty = ? AND c.active = 1 AND (c.valid_to IS NULL OR c.valid_to >= ?)"
        " ORDER BY c.date DESC, c.id DESC",
        partner, counterparty, today,
    )  # fmt: skip
    return tuple(Choice(uuid, f"№ {number} от {on:%d.%m.%Y}" if on else f"№ {number}") for uuid, number, on in rows)


async def addresses(partner: str) -> tuple[Choice, ...]:
    """Delivery addresses of the partner as 1C keeps them."""
    rows = await fetch(
        "SELECT uuid, text FROM addresses WHERE partner = ? AND visible = 1 AND text <> '' ORDER BY id", partner
    )
    return tuple(Choice(*row) for row in rows)
