"""The bank frame of an invoice is the sample of a payment order, with the payment QR beside it."""

from data.documents.invoice import Bank, Invoice
from data.documents.payment_qr import payment_string
from data.documents.qr_squares import dark_runs
from data.documents.sheet import LEFT, RIGHT, Sheet, Style

_TEXT, _CAPTION = Style(9), Style(7)
_LABEL, _VALUE = 40.0, 136.0  # columns of «БИК», «Сч. №» and of their numbers
_PAD = 4.0
_HALF = 54.0  # least height of the bank's and of the payee's half; together as high as the QR
_CODE = 108.0  # side of the QR with its quiet zone: 38 mm, half a millimetre a square for the usual text


def draw_bank_frame(sheet: Sheet, invoice: Invoice) -> None:
    """Puts the frame and the QR down; nothing when the invoice names no bank, no QR when it could not be paid by."""
    if invoice.bank is None:
        return
    top, code = sheet.y, payment_string(invoice)
    right = RIGHT - _CODE if code else RIGHT
    bottom = _draw_frame(sheet, invoice, invoice.bank, right)
    if code:
        _draw_code(sheet, code, top)
        bottom = min(bottom, top - _CODE - _CAPTION.leading)
    sheet.y = bottom - 14


def _draw_frame(sheet: Sheet, invoice: Invoice, bank: Bank, right: float) -> float:
    left_width = right - LEFT - _LABEL - _VALUE
    bank_lines = sheet.lines(f"{bank.name} {bank.city}", left_width - 2 * _PAD, _TEXT, limit=160)
    payee_lines = sheet.lines(invoice.seller.name, left_width - 2 * _PAD, _TEXT, limit=250)
    row = _TEXT.leading + _PAD
    upper = max(_HALF, len(bank_lines) * _TEXT.leading + _CAPTION.leading + _PAD)
    lower = max(_HALF, row + len(payee_lines) * _TEXT.leading + _CAPTION.leading + _PAD)
    top, middle, bottom = sheet.y, sheet.y - upper, sheet.y - upper - lower
    split, numbers = LEFT + left_width, LEFT + left_width + _LABEL

    sheet.box(LEFT, top, right - LEFT, upper + lower)
    sheet.rule(LEFT, middle, right, middle)
    sheet.rule(split, top, split, bottom)
    sheet.rule(numbers, top, numbers, bottom)
    sheet.rule(split, top - row, numbers, top - row)
    sheet.rule(LEFT, middle - row, split, middle - row)
    sheet.rule(LEFT + left_width / 2, middle, LEFT + left_width / 2, middle - row)

    sheet.block(LEFT + _PAD, top - 2, bank_lines, _TEXT)
    sheet.put(LEFT + _PAD, middle + 3, "Банк получателя", _CAPTION)
    _pair(sheet, split, top, "БИК", bank.bic)
    _pair(sheet, split, top - row, "Сч. №", bank.corr_account)
    half = left_width / 2 - 2 * _PAD
    for x, label, value in ((LEFT, "ИНН", invoice.seller.inn), (LEFT + left_width / 2, "КПП", invoice.seller.kpp)):
        sheet.put(x + _PAD, middle - 2 - _TEXT.size, f"{label} {sheet.legible(value, 20)}", _TEXT, width=half)
    sheet.block(LEFT + _PAD, middle - row - 2, payee_lines, _TEXT)
    sheet.put(LEFT + _PAD, bottom + 3, "Получатель", _CAPTION)
    _pair(sheet, split, middle, "Сч. №", bank.account)
    return bottom


def _pair(sheet: Sheet, x: float, top: float, label: str, value: str) -> None:
    sheet.put(x + _PAD, top - 2 - _TEXT.size, label, _TEXT)
    sheet.put(x + _LABEL + _PAD, top - 2 - _TEXT.size, sheet.legible(value, 30), _TEXT, width=_VALUE - 2 * _PAD)


def _draw_code(sheet: Sheet, text: str, top: float) -> None:
    runs, side = dark_runs(text)
    sheet.squares(runs, RIGHT - _CODE, top, _CODE / side)
    base = top - _CODE - _CAPTION.size + 2
    sheet.put(RIGHT - _CODE, base, "Оплата по QR-коду", _CAPTION, align="center", width=_CODE)
