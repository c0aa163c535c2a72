"""Money, quantities and percents: whole numbers inside, decimal strings at the edges, rounded half up."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

PLAIN = re.compile(
    r"\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII
)  # Decimal takes «1e3», «1_0» and other scripts' digits too
MAX = Decimal(10) ** 13  # ten trillion: beyond any order, and its thousandths still fit SQLite's 64-bit integer


def kopecks(text: str | int | Decimal) -> int:
    """Kopecks in a decimal string of roubles, half up; ValueError when it is no such number."""
    return _scaled(text, 100)


def thousandths(text: str | int | Decimal) -> int:
    """Thousandths in a decimal string of units, half up; ValueError when it is no such number."""
    return _scaled(text, 1000)


def hundredths(text: str | int | Decimal) -> int:
    """Hundredths of a percent in a decimal string of percents, half up; ValueError when it is no such number."""
    return _scaled(text, 100)


def roubles(amount: int) -> str:
    """The decimal string of the wire for kopecks: "120.00"."""
    return str(Decimal(amount).scaleb(-2))


def units(quantity: int) -> str:
    """The shortest decimal string of the wire for thousandths: "24", "1.5"."""
    return _shortest(Decimal(quantity).scaleb(-3))


def percent(value: int) -> str:
    """The shortest decimal string of the wire for hundredths of a percent: "22.5"."""
    return _shortest(Decimal(value).scaleb(-2))


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers rounded half away from zero, as 1C rounds sums. ``denominator`` > 0."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return rounded if numerator >= 0 else -rounded


def line_sum(price: int, quantity: int) -> int:
    """Kopecks of a line: price in kopecks per unit times thousandths of a unit, rounded half up to the kopeck."""
    return half_up(price * quantity, 1000)


def vat_inside(total: int, rate: str | None) -> int:
    """Kopecks of VAT inside a sum at a rate such as "22" or "none": S*r/(100+r), half up."""
    if rate is None or not rate.isdigit():
        return 0
    return half_up(total * int(rate), 100 + int(rate))


def less_percent(amount: int, discount: int) -> int:
    """Kopecks after a discount in hundredths of a percent, half up."""
    return half_up(amount * (10_000 - discount), 10_000)


def _scaled(text: str | int | Decimal, scale: int) -> int:
    if isinstance(text, (bool, float)):
        raise ValueError(f"not a decimal string: {text!r}")
    if isinstance(text, str) and not PLAIN.fullmatch(text):
        raise ValueError(f"not a number: {text[:60]!r}")
    try:
        number = Decimal(text)
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"not a number: {text!r}") from error
    if not number.is_finite() or abs(number) >= MAX:
        raise ValueError(f"out of range: {text!r}")
    return int((number * scale).quantize(Decimal(1), ROUND_HALF_UP))


def _shortest(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
