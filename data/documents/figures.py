"""Figures on papers: a no-break space between thousands, a comma before the fraction, days as 07.02.2024."""

from datetime import date

NO_BREAK = "\u00a0"


def grouped(number: int) -> str:
    """A whole number in groups of three digits."""
    return f"{number:,}".replace(",", NO_BREAK)


def money(kopecks: int) -> str:
    """Kopecks as roubles with two decimals: "12 345,00"."""
    roubles, rest = divmod(abs(kopecks), 100)
    return f"{'-' if kopecks < 0 else ''}{grouped(roubles)},{rest:02d}"


def quantity(thousandths: int) -> str:
    """Thousandths of a unit without idle zeros: "1 250,5"."""
    whole, rest = divmod(abs(thousandths), 1000)
    fraction = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{'-' if thousandths < 0 else ''}{grouped(whole)}{fraction}"


def day(value: date) -> str:
    """A day as Russian papers write it: "07.02.2024"."""
    return f"{value:%d.%m}.{value.year:04d}"
