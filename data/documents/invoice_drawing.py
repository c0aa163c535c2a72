"""An invoice is drawn in the look of 1C's «Счет на оплату», its blocks in the order that readers know."""

from data.documents.bank_frame import draw_bank_frame
from data.documents.figures import day, grouped, money
from data.documents.invoice import Invoice, InvoiceLine, Party, printed_number, vat_by_rate
from data.documents.invoice_table import SUM_WIDTH, LinesTable
from data.documents.lettering import printable
from data.documents.sheet import LEFT, RIGHT, Fonts, Sheet, Style
from data.documents.words import date_in_words, sum_in_words

__all__ = ["Fonts", "draw"]

_SMALL, _BODY, _STRONG, _TITLE = Style(7.5), Style(9), Style(9, bold=True), Style(14, bold=True)
_FULL = RIGHT - LEFT
_LABEL = 88.0  # the column of «Поставщик (Исполнитель):»


def draw(invoice: Invoice, fonts: Fonts) -> bytes:
    """The PDF file of an invoice; texts longer than a paper bears are cut with «…», foreign letters become «?»."""
    number = printable(printed_number(invoice.number), 40)
    sheet = Sheet(
        fonts,
        title=f"Счет на оплату № {number} от {day(invoice.dated)}",
        author=printable(invoice.seller.name, 200),
        subject=f"Счет на оплату для {printable(invoice.buyer.name, 200)}",
    )
    _draw_notice(sheet, invoice.notice)
    draw_bank_frame(sheet, invoice)
    _draw_title(sheet, f"Счет на оплату № {number} от {date_in_words(invoice.dated)}")
    _draw_parties(sheet, invoice)
    LinesTable(sheet, invoice.lines).draw()
    _draw_totals(sheet, invoice)
    _draw_words(sheet, invoice)
    _draw_signatures(sheet, invoice)
    return sheet.finish()


def _draw_notice(sheet: Sheet, notice: str) -> None:
    lines = sheet.lines(notice, _FULL, _SMALL, limit=1500)
    if lines:
        sheet.y = sheet.block(LEFT, sheet.y, lines, _SMALL, align="center", width=_FULL) - 8


def _draw_title(sheet: Sheet, title: str) -> None:
    sheet.y = sheet.block(LEFT, sheet.y, sheet.lines(title, _FULL, _TITLE), _TITLE) - 2
    sheet.rule(LEFT, sheet.y, RIGHT, sheet.y, thick=1.5)
    sheet.y -= 8


def _draw_parties(sheet: Sheet, invoice: Invoice) -> None:
    _draw_fact(sheet, ["Поставщик", "(Исполнитель):"], _described(invoice.seller))
    _draw_fact(sheet, ["Грузоотправитель:"], invoice.consignor)
    _draw_fact(sheet, ["Покупатель", "(Заказчик):"], _described(invoice.buyer))
    _draw_fact(sheet, ["Грузополучатель:"], invoice.consignee)
    _draw_fact(sheet, ["Основание:"], invoice.basis)
    sheet.y -= 4


def _draw_fact(sheet: Sheet, label: list[str], text: str) -> None:
    lines = sheet.lines(text, _FULL - _LABEL, _STRONG, limit=600)
    if not lines:
        return
    sheet.ensure(len(lines) * _STRONG.leading)
    below = sheet.block(LEFT, sheet.y, label, _BODY, width=_LABEL - 4)
    sheet.y = min(below, sheet.block(LEFT + _LABEL, sheet.y, lines, _STRONG)) - 4


def _described(party: Party) -> str:
    facts = (("", party.name), ("ИНН ", party.inn), ("КПП ", party.kpp), ("", party.address), ("тел.: ", party.phone))
    return ", ".join(f"{word}{fact}" for word, fact in facts if fact)


def _draw_totals(sheet: Sheet, invoice: Invoice) -> None:
    rows = [
        ("Итого:", money(invoice.total_kopecks)),
        *_vat_rows(invoice.lines),
        ("Всего к оплате:", money(invoice.total_kopecks)),
    ]
    row = _STRONG.leading + 2
    sheet.ensure(min(len(rows), 8) * row + 4)
    sheet.y -= 4
    for label, value in rows:
        sheet.ensure(row)
        base = sheet.y - _STRONG.size
        legible = sheet.legible(label, 60, bold=True)
        sheet.put(LEFT, base, legible, _STRONG, align="right", width=_FULL - SUM_WIDTH - 6)
        sheet.put(RIGHT - SUM_WIDTH + 3, base, value, _STRONG, align="right", width=SUM_WIDTH - 6)
        sheet.y -= row


def _vat_rows(lines: tuple[InvoiceLine, ...]) -> list[tuple[str, str]]:
    sums = vat_by_rate(lines)
    if not sums:
        return [("Без налога (НДС):", "-")]
    # A rate such as 22/122 carries no percent sign.
    return [
        (f"В том числе НДС ({rate}{'%' if '/' not in rate else ''}):", money(kopecks)) for rate, kopecks in sums.items()
    ]


def _draw_words(sheet: Sheet, invoice: Invoice) -> None:
    words = sheet.lines(sum_in_words(invoice.total_kopecks), _FULL, _STRONG)
    sheet.ensure((len(words) + 2) * _STRONG.leading + 20)
    sheet.y -= 6
    count = f"Всего наименований {grouped(len(invoice.lines))}, на сумму {money(invoice.total_kopecks)} руб."
    sheet.y = sheet.block(LEFT, sheet.y, [count], _BODY, width=_FULL)
    sheet.y = sheet.block(LEFT, sheet.y, words, _STRONG) - 6
    if invoice.pay_by is not None:
        sheet.y = sheet.block(LEFT, sheet.y, [f"Оплатить не позднее {day(invoice.pay_by)}"], _BODY) - 6


def _draw_signatures(sheet: Sheet, invoice: Invoice) -> None:
    sheet.ensure(80)
    sheet.rule(LEFT, sheet.y, RIGHT, sheet.y, thick=1.5)
    sheet.y -= 28
    if len(invoice.seller.inn) == 12:  # only a person's ИНН has 12 digits: the seller is an entrepreneur
        _draw_signature(sheet, LEFT, _FULL / 2, "Предприниматель", invoice.director)
        return
    _draw_signature(sheet, LEFT, _FULL / 2 - 8, "Руководитель", invoice.director)
    _draw_signature(sheet, LEFT + _FULL / 2 + 8, _FULL / 2 - 8, "Бухгалтер", invoice.accountant)


def _draw_signature(sheet: Sheet, x: float, width: float, office: str, name: str) -> None:
    sheet.put(x, sheet.y, office, _STRONG)
    start = x + sheet.width_of(office, _STRONG) + 6
    sheet.rule(start, sheet.y - 2, start + 80, sheet.y - 2)
    if name:
        sheet.put(start + 84, sheet.y, f"({sheet.legible(name, 80)})", _BODY, width=x + width - start - 84)
