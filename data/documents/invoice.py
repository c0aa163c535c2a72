"""An invoice (Счет на оплату) is the facts 1C gave: its sums are printed as they came and never counted again."""

import re
from dataclasses import dataclass
from datetime import date

# 1C puts the prefixes of the organisation and of the base before the number and pads it with zeros.
_PADDED_NUMBER = re.compile(r"(?:[0-9A-ZА-ЯЁ]{1,4}-|[A-ZА-ЯЁ]{1,4})?0*(\d+)")


@dataclass(frozen=True, slots=True)
class Bank:
    """Where the money goes: the bank, its БИК, the correspondent account and the payee's settlement account."""

    name: str
    bic: str
    account: str
    corr_account: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """The seller or the buyer as papers name it; empty fields are left out."""

    name: str
    inn: str = ""
    kpp: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line: quantity in thousandths of the unit, money in kopecks, VAT is inside price and sum.

    ``vat_rate`` is 1C's text ("22", "10", "0", "22/122"); "none" or an empty text means without VAT.
    """

    name: str
    quantity: int
    unit: str
    price_kopecks: int
    sum_kopecks: int
    vat_rate: str = "none"
    vat_kopecks: int = 0
    article: str = ""
    discount_kopecks: int = 0

    @property
    def is_taxed(self) -> bool:
        """Whether the line stands under VAT; the rate 0 does."""
        return self.vat_rate not in ("", "none")


@dataclass(frozen=True, slots=True)
class Invoice:
    """Everything that stands on the paper: the total includes VAT, both days are days of the seller's zone.

    Without ``bank`` there is neither the bank frame nor the payment QR; empty optional texts leave their block out.
    """

    number: str
    dated: date
    seller: Party
    buyer: Party
    bank: Bank | None
    lines: tuple[InvoiceLine, ...]
    total_kopecks: int
    basis: str = ""
    consignor: str = ""
    consignee: str = ""
    pay_by: date | None = None
    director: str = ""
    accountant: str = ""
    notice: str = ""


def printed_number(number: str) -> str:
    """The number as 1C prints it: "0000-000014" is 14; a number of any other form stays as it is."""
    match = _PADDED_NUMBER.fullmatch(number.strip())
    return match[1] if match else number.strip()


def vat_by_rate(lines: tuple[InvoiceLine, ...]) -> dict[str, int]:
    """Kopecks of VAT per rate, the highest rate first; empty when nothing is under VAT."""
    sums: dict[str, int] = {}
    for line in lines:
        if line.is_taxed:
            sums[line.vat_rate] = sums.get(line.vat_rate, 0) + line.vat_kopecks
    return dict(sorted(sums.items(), key=_rate_order))


def _rate_order(entry: tuple[str, int]) -> tuple[int, str]:
    leading = re.match(r"\d{1,3}", entry[0])
    return (-int(leading[0]) if leading else 0, entry[0])
