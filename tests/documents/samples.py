"""One usual invoice, and the text of a PDF."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from data.documents.invoice import Bank, Invoice, InvoiceLine, Party

SELLER = Party("ООО Три кита", "7707083893", "773601001", "117312, г. Москва, ул. Вавилова, д. 19", "+7 495 123-45-67")
BUYER = Party("ООО Ромашка", "7736050003", "773602002", "190000, г. Санкт-Петербург, Невский пр., д. 1")
BANK = Bank("ПАО СБЕРБАНК", "044525225", "40702810138250123017", "30101810400000000225", "г. Москва")
LINES = (
    InvoiceLine("Болт <M6> оцинкованный", 12500, "кг", 12345, 154313, "22", 27827, article="БЛТ-6"),
    InvoiceLine("Молоко 3,2 %", 24000, "шт", 8990, 215760, "10", 19615),
    InvoiceLine("Книга", 1000, "шт", 864427, 864427),
)
INVOICE = Invoice(
    number="0000-000014",
    dated=date(2024, 2, 7),
    seller=SELLER,
    buyer=BUYER,
    bank=BANK,
    lines=LINES,
    total_kopecks=1234500,
    basis="Договор № 15 от 01.02.2024",
    pay_by=date(2024, 2, 13),
    director="Иванов И. И.",
    accountant="Петрова П. П.",
    notice="Внимание! Оплата данного счета означает согласие с условиями поставки товара.",
)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    """The words of all pages in the order of drawing, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in reader(pdf).pages).split())
