"""What is chosen and written beside the goods of a cart, out of what the partner is offered."""

from dataclasses import dataclass
from datetime import date

from data.database import fetch
from data.ordering.delivery import PICKUP
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


async def offered_to(
    partner: str, agreements: tuple[Terms, ...], terms: Terms | None, details: Details, today: date
) -> Choices:
    legal = await counterparties(partner, terms)
    chosen = (
        details.counterparty
        if any(one.uuid == details.counterparty for one in legal)
        else legal[0].uuid
        if legal
        else ""
    )
    methods = await fetch("SELECT code, name, needs_address FROM delivery_methods WHERE visible = 1 ORDER BY id")
    offered = tuple(Method(*row) for row in methods) or (Method(PICKUP, "Самовывоз", False),)
    return Choices(agreements, legal, await contracts(partner, chosen, today), offered, await addresses(partner))


def settled(details: Details, terms: Terms | None, offered: Choices) -> Details:
    """The details with what is not offered any more replaced by the first that is."""
    method = _kept(details.delivery_method, [one.code for one in offered.methods])
    needs = next((one.needs_address for one in offered.methods if one.code == method), False)
    contract = (
        _kept(details.contract, [one.uuid for one in offered.contracts]) if terms and terms.requires_contract else ""
    )
    return Details(
        terms.agreement if terms else "",
        _kept(details.counterparty, [one.uuid for one in offered.counterparties]),
        contract,
        method,
        details.delivery_address or (offered.addresses[0].name if needs and offered.addresses else ""),
        details.delivery_date,
        details.partner_number,
        details.comment,
    )


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
    needs = next((one.needs_address for one in offered.methods if one.code == details.delivery_method), False)
    if needs and not details.delivery_address.strip():
        found.append("Укажите адрес доставки.")
    return tuple(found)
