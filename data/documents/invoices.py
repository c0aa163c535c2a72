"""The invoice of an order: the file 1C made, or, when 1C gave number and date only, the facts to draw it from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from data.access.person import Person
from data.database import fetch, fetch_one, reading
from data.documents.documents import INVOICE
from data.documents.invoice import Bank, Invoice, InvoiceLine, Party
from data.exchange import files
from data.ordering.visible import row_of
from data.shop import shop


@dataclass(frozen=True)
class InvoiceFile:
    """1C's own PDF: its bytes are given as they are."""

    sha256: str
    name: str


async def invoice_of(who: Person, uuid: str) -> InvoiceFile | Invoice | None:
    """The latest invoice of an order this person may see; None while 1C has made none. Raises Missing."""
    who.must("documents")
    async with reading():
        order = await row_of(who, uuid)
        found = await fetch_one(
            "SELECT number, date, sum, sha256, file_name FROM documents"
            ' WHERE kind = ? AND visible AND "order" IN (?, ?) ORDER BY date DESC, id DESC LIMIT 1',
            INVOICE, uuid, order.guid or uuid,
        )  # fmt: skip
        if found is None:
            return None
        number, dated, total, sha256, name = found
        if sha256:
            return InvoiceFile(sha256, name or f"Счет {number}") if files.is_there(sha256) else None
        day = dated or (await shop()).today(order.at)
        return await _facts(order.id, number, day, order.total if total is None else total)


async def _facts(order: int, number: str, dated: date, total: int) -> Invoice:
    seller, bank, director, accountant = await _seller(order)
    return Invoice(
        number=number,
        dated=dated,
        seller=seller,
        buyer=await _buyer(order),
        bank=bank,
        lines=await _lines(order),
        total_kopecks=total,
        basis=await _basis(order),
        director=director,
        accountant=accountant,
        notice=(await shop()).invoice_notice,
    )


async def _seller(order: int) -> tuple[Party, Bank | None, str, str]:
    """The seller, where it is paid, who signs as director and as accountant."""
    found = await fetch_one(
        "SELECT s.legal_name, s.name, s.inn, s.kpp, s.address, s.phone, s.bank_name, s.bic, s.account, s.corr_account,"
        " s.director, s.accountant FROM orders o JOIN sellers s ON s.uuid = o.seller WHERE o.id = ?",
        order,
    )
    if found is None:
        return Party(""), None, "", ""
    legal, short, inn, kpp, address, phone, bank, bic, account, corr, *signers = found
    payee = Bank(bank, bic, account, corr) if account and bic else None
    return Party(legal or short, inn, kpp, address, phone), payee, *signers


async def _buyer(order: int) -> Party:
    found = await fetch_one(
        "SELECT c.legal_name, c.inn, c.kpp, c.address FROM orders o JOIN counterparties c ON c.uuid = o.counterparty"
        " WHERE o.id = ?",
        order,
    )
    if found is None:
        found = await fetch_one(
            "SELECT g.name FROM orders o JOIN organisations g ON g.id = o.organisation WHERE o.id = ?", order
        )
    return Party(*found) if found else Party("")


async def _lines(order: int) -> tuple[InvoiceLine, ...]:
    rows = await fetch(
        "SELECT l.name, l.quantity, l.unit, coalesce(l.price, 0), l.sum, l.vat, l.vat_sum, coalesce(p.article, '')"
        ' FROM order_lines l LEFT JOIN products p ON p.uuid = l.product WHERE l."order" = ? AND NOT l.cancelled'
        " ORDER BY l.n",
        order,
    )
    return tuple(_line(row) for row in rows)


def _line(row: tuple[Any, ...]) -> InvoiceLine:
    name, quantity, unit, price, total, vat, vat_sum, article = row
    return InvoiceLine(name, quantity, unit, price, total, vat or "none", vat_sum, article)


async def _basis(order: int) -> str:
    """«Основание»: the contract, else our order."""
    found = await fetch_one(
        "SELECT c.number, c.date, o.number FROM orders o LEFT JOIN contracts c ON c.uuid = o.contract WHERE o.id = ?",
        order,
    )
    assert found is not None
    number, on, order_number = found
    if number:
        return f"Договор № {number}" + (f" от {on:%d.%m.%Y}" if on else "")
    return f"Заказ клиента № {order_number}" if order_number else ""
