"""How an order comes into 1C: read strictly, filled up with what only 1C knows, priced as it was agreed."""

from typing import Annotated, Any

import msgspec

from sync.demo_onec.ids import register_row
from sync.demo_onec.orders import price_line
from sync.demo_onec.refusal import Refusal
from sync.demo_onec.store import Store
from sync.demo_onec.sums import NotANumber, discounted, kopecks, quantity, rubles, thousandths, vat_inside

Text = Annotated[str, msgspec.Meta(max_length=3000)]
Short = Annotated[str, msgspec.Meta(max_length=250)]


class LineForm(msgspec.Struct):
    """One line as the portal or a person of the demo gives it."""

    product: Short
    quantity: Short
    variant: Short | None = None
    price: Short | None = None
    sum: Short | None = None
    vat: Short | None = None
    vat_sum: Short | None = None
    name: Text | None = None
    unit: Short | None = None
    pack: Short | None = None
    packs: Short | None = None
    discount_percent: Short | None = None
    comment: Text | None = None


class OrderForm(msgspec.Struct):
    """The part of an order that the buyer decides."""

    partner: Short
    agreement: Short
    lines: Annotated[list[LineForm], msgspec.Meta(min_length=1, max_length=5000)]
    counterparty: Short | None = None
    contract: Short | None = None
    contact: Short | None = None
    warehouse: Short | None = None
    delivery: dict[str, Any] | None = None
    partner_number: Text | None = None
    comment: Text | None = None
    terms: Annotated[int, msgspec.Meta(ge=1, le=1000000)] = 1


def order_data(store: Store, form: OrderForm, origin: str) -> dict[str, Any]:
    """The order object without its reference. Raises Refusal when something named in it is unknown here."""
    partner = _known(store, "partner", form.partner, "партнер")
    agreement = _known(store, "agreement", form.agreement, "соглашение")
    if agreement.get("partner") not in (None, partner["id"]):
        raise Refusal("FOREIGN_AGREEMENT", "Соглашение заключено с другим партнером")
    counterparty = form.counterparty or agreement.get("counterparty") or _counterparty(store, partner["id"])
    if counterparty and _known(store, "counterparty", counterparty, "контрагент")["partner"] != partner["id"]:
        raise Refusal("FOREIGN_COUNTERPARTY", "Контрагент принадлежит другому партнеру")
    contract = _known(store, "contract", form.contract, "договор") if form.contract else None
    if agreement.get("requires_contract") and contract is None:
        raise Refusal("CONTRACT_REQUIRED", "Соглашение требует договор, а договор не указан")
    return {
        "origin": origin,
        "terms": form.terms,
        "partner": partner["id"],
        "counterparty": counterparty,
        "agreement": agreement["id"],
        "contract": form.contract,
        "organization": agreement["organization"],
        "contact": form.contact,
        "warehouse": form.warehouse or agreement.get("warehouse"),
        "delivery": form.delivery or {"method": "pickup", "address": None, "date": None},
        "partner_number": form.partner_number,
        "comment": form.comment or "",
        "manager": manager_of(store, partner),
        "lines": [order_line(store, agreement, line, n) for n, line in enumerate(form.lines, start=1)],
    }


def order_line(store: Store, agreement: dict[str, Any], form: LineForm, n: int) -> dict[str, Any]:
    """A line as agreed: a sum that was sent stands, even when it is not price times quantity."""
    product = _known(store, "product", form.product, "номенклатура")
    try:
        amount = thousandths(form.quantity)
        price = kopecks(form.price) if form.price is not None else price_for(store, agreement, form.product)
        sent = kopecks(form.sum) if form.sum is not None else None
    except NotANumber as refused:
        raise Refusal("BAD_NUMBER", f"Строка {n}: {refused}") from None
    if amount <= 0 or price is None or price < 0:
        raise Refusal("BAD_LINE", f"Строка {n}: нужны количество больше нуля и цена")
    line: dict[str, Any] = {
        "n": n,
        "product": product["id"],
        "variant": form.variant,
        "name": form.name or product["name"],
        "quantity": quantity(amount),
        "pack": form.pack,
        "packs": form.packs,
        "unit": form.unit or product["unit"]["name"],
        "price": rubles(price),
        "discount_percent": form.discount_percent or "0",
        "vat": form.vat or product["vat"],
        "comment": form.comment or "",
        "cancelled": False,
        "cancel_reason": None,
        "shipped": "0",
        "ship_date": None,
    }
    price_line(line)
    if sent is not None:
        line["sum"] = rubles(sent)
        line["vat_sum"] = rubles(vat_inside(sent, line["vat"]))
    return line


def price_for(store: Store, agreement: dict[str, Any], product: str) -> int | None:
    """The price of the agreement's price type less its discount, in kopecks; None is «Цена по запросу»."""
    row = store.row(
        "SELECT data ->> 'price' AS price FROM object WHERE kind = 'price' AND deleted = 0 AND id = ?",
        register_row("price", product, None, str(agreement["price_type"]), None),
    )
    if row is None:
        return None
    return discounted(kopecks(row["price"]), kopecks(agreement.get("discount_percent") or "0"))


def manager_of(store: Store, partner: dict[str, Any]) -> dict[str, Any] | None:
    return store.found("manager", str(partner.get("manager")))


def _counterparty(store: Store, partner: str) -> str | None:
    owned = (company["id"] for company in store.all("counterparty") if company["partner"] == partner)
    return next(owned, None)


def _known(store: Store, kind: str, key: str, name: str) -> dict[str, Any]:
    thing = store.found(kind, key)
    if thing is None:
        raise Refusal("UNKNOWN_" + kind.upper(), f"В 1С не найден объект «{name}» {key[:60]}")
    return thing
