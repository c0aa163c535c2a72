"""Money is whole kopecks and quantity whole thousandths here; decimal strings exist only on the wire."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation


class NotANumber(ValueError):
    """The text is not a decimal number within what a trade document holds."""


LIMIT = Decimal("1000000000")
"""A billion of anything in one line is a typing error, and keeps the sums inside 64 bits."""


def kopecks(text: object) -> int:
    """Rubles as a decimal string to kopecks, rounded half up."""
    return _scaled(text, 2)


def thousandths(text: object) -> int:
    """A quantity as a decimal string to thousandths of the base unit, rounded half up."""
    return _scaled(text, 3)


def rubles(value: int) -> str:
    """Kopecks to the form of the wire: 12000 to "120.00"."""
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02}"


def quantity(value: int) -> str:
    """Thousandths to the form of the wire, without idle zeros: 1500 to "1.5", 24000 to "24"."""
    whole, rest = divmod(value, 1000)
    return str(whole) if rest == 0 else f"{whole}.{rest:03}".rstrip("0")


def line_sum(price: int, amount: int) -> int:
    """Price in kopecks times thousandths of a unit, in kopecks, rounded half up."""
    return (price * amount + 500) // 1000


def discounted(price: int, percent_hundredths: int) -> int:
    """The price less a discount in hundredths of a percent, rounded half up to the kopeck."""
    return (price * (10000 - percent_hundredths) + 5000) // 10000


def vat_inside(total: int, rate: str) -> int:
    """The tax inside a sum at a rate such as "22"; zero for "0" and "none" (Tax Code of Russia, art. 164)."""
    if not rate.isdigit() or int(rate) == 0:
        return 0
    percent = int(rate)
    return (2 * total * percent + 100 + percent) // (2 * (100 + percent))


def percent(value: object) -> str:
    """A share from 0 to 100 in the form of the wire."""
    hundredths = _scaled(value, 2)
    if not 0 <= hundredths <= 10000:
        raise NotANumber("Процент бывает от 0 до 100")
    return quantity(hundredths * 10)


def _scaled(value: object, places: int) -> int:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        raise NotANumber(f"Не число: {str(value)[:40]}") from None
    if not number.is_finite() or abs(number) >= LIMIT:
        raise NotANumber(f"Число вне пределов: {str(value)[:40]}")
    return int((number * 10**places).quantize(Decimal(1), rounding=ROUND_HALF_UP))
