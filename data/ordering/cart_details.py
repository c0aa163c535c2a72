"""What is chosen and written beside the goods of a cart, out of what the partner is offered."""

from dataclasses import dataclass
from datetime import date

from data.database import fetch
from data.ordering.delivery import PICKUP, PICKUP_NAME
from data.partners.terms import Choice, Terms, addresses, contracts, counterparties


@dataclass(frozen=True)
class Details:
    """What is chosen and written beside the goods."""

    agreement: str = ""
    counterparty: str = ""
    contract: str = ""
    delivery_method: str = PICKUP
    delivery_address: str = ""
    delivery_date: date | None = None
    partner_number: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Method:
    code: str
    name: str
    needs_address: bool


@dataclass(frozen=True)
class Choices:
    """What there is to choose from."""

    agreements: tuple[Terms, ...]
    counterparties: tuple[Choice, ...]
    contracts: tuple[Choice, ...]
    methods: tuple[Method, ...]
    addresses: tuple[Choice, ...]

    def needs_address(self, method: str) -> bool:
        return any(one.needs_address for one in self.methods if one.code == method)


async def offered_to(
    partner: str, agreements: tuple[Terms, ...], terms: Terms | None, details: Details, today: date
) -> Choices:
    """What this partner may choose on these terms. Inside reading() or writing()."""
    legal = await counterparties(partner, terms)
    chosen = _kept(details.counterparty, [one.uuid for one in legal])
    methods = await fetch("SELECT code, name, needs_address FROM delivery_methods WHERE visible = 1 ORDER BY id")
    offered = tuple(Method(*row) for row in methods) or (Method(PICKUP, PICKUP_NAME, needs_address=False),)
    return Choices(agreements, legal, await contracts(partner, chosen, today), offered, await addresses(partner))


def settled(details: Details, terms: Terms | None, offered: Choices) -> Details:
    """The details with what is not offered any more replaced by the first that is."""
    method = _kept(details.delivery_method, [one.code for one in offered.methods])
    contract = (
        _kept(details.contract, [one.uuid for one in offered.contracts]) if terms and terms.requires_contract else ""
    )
    return Details(
        terms.agreement if terms else "",
        _kept(details.counterparty, [one.uuid for one in offered.counterparties]),
        contract,
        method,
        details.delivery_address or _first_address(offered, method),
        details.delivery_date,
        details.partner_number,
        details.comment,
    )


def _first_address(offered: Choices, method: str) -> str:
    return offered.addresses[0].name if offered.addresses and offered.needs_address(method) else ""


def _kept(chosen: str, offered: list[str]) -> str:
    return chosen if chosen in offered else offered[0] if offered else ""


def problems_of(details: Details, offered: Choices, terms: Terms | None) -> tuple[str, ...]:
    """Why an order cannot be placed with these details, each with what to do."""
    found = []
    if terms is None:
        found.append("Для вас нет действующего соглашения. Позвоните менеджеру: без него нет цен.")
    elif terms.requires_contract and not details.contract:
        found.append("По соглашению нужен договор, а действующего договора нет. Позвоните менеджеру.")
    if not details.counterparty and terms is not None:
        found.append("Не указан контрагент. Позвоните менеджеру: его заводят в 1С.")
    if offered.needs_address(details.delivery_method) and not details.delivery_address.strip():
        found.append("Укажите адрес доставки.")
    return tuple(found)
