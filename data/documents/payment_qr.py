"""The payment QR holds the payee, the sum and the purpose as ГОСТ Р 56042-2014 lays them out, in UTF-8."""

import re

from data.documents.figures import day
from data.documents.invoice import Bank, Invoice, InvoiceLine, printed_number, vat_by_rate
from data.documents.lettering import printable

# The standard's own pattern: a code with another account would send the money nowhere.
_ACCOUNT = re.compile(r"[1-9]\d{4}[0-9ABCEHKMPTX]\d{14}", re.ASCII)
_BIC = re.compile(r"\d{9}", re.ASCII)
_CORR_ACCOUNT = re.compile(r"\d{20}", re.ASCII)
_SEPARATORS = "|~^#$;_"
_MANDATORY_BYTES = 300  # the five mandatory fields together
_PURPOSE_LETTERS = 160  # the standard allows 210, some bank programs cut at 160


def payment_string(invoice: Invoice) -> str | None:
    """The text of the payment QR, or None when the bank details cannot be paid to or a separator is nowhere free."""
    bank = invoice.bank
    if bank is None or not _ACCOUNT.fullmatch(bank.account) or not _BIC.fullmatch(bank.bic):
        return None
    fields = _mandatory(invoice.seller.name, bank) | _extra(invoice)
    texts = "".join(fields.values())
    separator = next((sign for sign in _SEPARATORS if sign not in texts), None)
    if separator is None:
        return None
    return separator.join(["ST00012", *(f"{key}={value}" for key, value in fields.items() if value)])


def purpose(invoice: Invoice) -> str:
    """The purpose of the payment, as a person may copy it: number, day and the VAT inside with a decimal dot."""
    number = printable(printed_number(invoice.number), 40)
    return f"Оплата по счету {number} от {day(invoice.dated)}, {_vat(invoice.lines)}"[:_PURPOSE_LETTERS]


def _mandatory(payee: str, bank: Bank) -> dict[str, str]:
    corr_account = bank.corr_account if _CORR_ACCOUNT.fullmatch(bank.corr_account) else "0"
    fields = {
        "Name": printable(payee, 160),
        "PersonalAcc": bank.account,
        "BankName": printable(bank.name, 45),
        "BIC": bank.bic,
        "CorrespAcc": corr_account,
    }
    room = _MANDATORY_BYTES - sum(len(f"|{key}={value}".encode()) for key, value in fields.items() if key != "Name")
    fields["Name"] = fields["Name"].encode()[: room - len("|Name=")].decode(errors="ignore").rstrip()
    return fields


def _extra(invoice: Invoice) -> dict[str, str]:
    return {
        "Sum": str(invoice.total_kopecks) if invoice.total_kopecks > 0 else "",
        "Purpose": purpose(invoice),
        "PayeeINN": printable(invoice.seller.inn, 12),
        "KPP": printable(invoice.seller.kpp, 9),
        "PayerINN": printable(invoice.buyer.inn, 12),
        "DocNo": printable(printed_number(invoice.number), 15),
        "DocDate": day(invoice.dated),
    }


def _vat(lines: tuple[InvoiceLine, ...]) -> str:
    sums = vat_by_rate(lines)
    if not sums:
        return "НДС не облагается"
    rate = f" {printable(next(iter(sums)), 10)}%" if len(sums) == 1 else ""
    roubles, kopecks = divmod(sum(sums.values()), 100)
    return f"в т.ч. НДС{rate} {roubles}.{kopecks:02d}"
