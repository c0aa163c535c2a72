"""Sums and dates of papers in Russian words: roubles in words, kopecks in digits, months in the genitive."""

from datetime import date

from data.documents.figures import grouped

_Forms = tuple[str, str, str]

ROUBLES: _Forms = ("рубль", "рубля", "рублей")
KOPECKS: _Forms = ("копейка", "копейки", "копеек")
# From the thousands up; only the thousand is feminine. A quintillion is beyond any sum that 64 bits hold.
_CLASSES: tuple[_Forms, ...] = (
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
    ("триллион", "триллиона", "триллионов"),
    ("квадриллион", "квадриллиона", "квадриллионов"),
    ("квинтиллион", "квинтиллиона", "квинтиллионов"),
)
_UNITS = (
    *("один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"),
    *("одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать"),
    *("шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"),
)
_TENS = ("двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто")
_HUNDREDS = ("сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот")
_FEMININE = {"один": "одна", "два": "две"}
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def sum_in_words(kopecks: int) -> str:
    """A sum of kopecks as papers write it: "Двенадцать тысяч триста сорок пять рублей 00 копеек"."""
    roubles, rest = divmod(abs(kopecks), 100)
    sign = "минус " if kopecks < 0 else ""
    text = f"{sign}{in_words(roubles)} {form(roubles, ROUBLES)} {rest:02d} {form(rest, KOPECKS)}"
    return text[0].upper() + text[1:]


def in_words(number: int) -> str:
    """A whole number from 0 in masculine words; from a sextillion on, in digits."""
    if number == 0:
        return "ноль"
    if number >= 1000 ** (len(_CLASSES) + 1):
        return grouped(number)
    words: list[str] = []
    for power in range(len(_CLASSES), 0, -1):
        triple = number // 1000**power % 1000
        if triple:
            words += _triple(triple, feminine=power == 1)
            words.append(form(triple, _CLASSES[power - 1]))
    return " ".join(words + _triple(number % 1000, feminine=False))


def form(number: int, forms: _Forms) -> str:
    """The form that Russian wants after the number: 1 рубль, 2 рубля, 5 рублей, 11 рублей, 21 рубль."""
    if number % 100 in range(11, 20):
        return forms[2]
    last = number % 10
    return forms[0] if last == 1 else forms[1] if last in (2, 3, 4) else forms[2]


def date_in_words(day: date) -> str:
    """A day as the title of a paper has it: "7 февраля 2024 г."."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} г."


def _triple(number: int, *, feminine: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10 - 2])
        rest %= 10
    if rest:
        unit = _UNITS[rest - 1]
        words.append(_FEMININE.get(unit, unit) if feminine else unit)
    return words
