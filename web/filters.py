"""How sums, quantities, percents, times and plurals are written in Russian."""

import re
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup

from data.documents.figures import grouped
from data.documents.words import MONTHS, form
from web.brand import current

RUSSIAN = re.compile(r"\+7\d{10}", re.ASCII)
NBSP, MINUS = "\u00a0", "\u2212"
BROWSERS = (
    ("YaBrowser/", "Яндекс Браузер"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def rub(kopecks: int, short: bool = False) -> str:
    """1 234,56 ₽; ``short`` drops «,00» in lists."""
    whole, rest = divmod(abs(kopecks), 100)
    tail = "" if short and not rest else f",{rest:02}"
    return f"{_sign(kopecks)}{grouped(whole)}{tail}{NBSP}₽"


def roubles_doc(kopecks: int) -> str:
    """0.00 руб. — as the source's widget and papers write it."""
    whole, rest = divmod(abs(kopecks), 100)
    return f"{'-' if kopecks < 0 else ''}{whole}.{rest:02} руб."


def qty(thousandths: int) -> str:
    """24 or 1,5 from thousandths of a unit."""
    whole, rest = divmod(abs(thousandths), 1000)
    tail = f",{rest:03}".rstrip("0") if rest else ""
    return f"{_sign(thousandths)}{grouped(whole)}{tail}"


def plain_qty(thousandths: int) -> str:
    """The same for an input field: no thin spaces, so that what is shown can be sent back."""
    whole, rest = divmod(abs(thousandths), 1000)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole},{rest:03}".rstrip("0") if rest else f"{sign}{whole}"


class Steps(NamedTuple):
    """What a stepper shows and sends, as text for input fields."""

    now: str
    less: str
    more: str
    step: str


def stepping(quantity: int, step: int, least: int) -> Steps:
    """The neighbours of a quantity: whole steps, at least the least one, nothing below that. Thousandths."""
    more = max((quantity // step + 1) * step, -(-least // step) * step)
    less = (-(-quantity // step) - 1) * step
    less = 0 if less < max(least, 0) else less
    return Steps(plain_qty(quantity), plain_qty(less), plain_qty(more), plain_qty(step))


def pct(hundredths: int) -> str:
    """22 % or 22,5 % from hundredths of a percent."""
    whole, rest = divmod(abs(hundredths), 100)
    tail = f",{rest:02}".rstrip("0") if rest else ""
    return f"{_sign(hundredths)}{whole}{tail}{NBSP}%"


def pl(number: int, one: str, few: str, many: str) -> str:
    """3 позиции: the number with the right form of the word."""
    return f"{grouped(abs(number))}{NBSP}{form(abs(number), (one, few, many))}"


def dt(moment: datetime) -> Markup:
    """«21 ноября, 12:40» in the seller's zone; the year when it is not this one's."""
    local = _local(moment)
    return _time(moment.isoformat(timespec="seconds"), f"{day(local.date())}, {local:%H:%M}")


def day(value: date | datetime) -> str:
    """«21 ноября», or «21 ноября 2025» for another year than the present."""
    there = _local(value).date() if isinstance(value, datetime) else value
    year = "" if there.year == datetime.now(_zone()).year else f" {there.year}"
    return f"{there.day}{NBSP}{MONTHS[there.month - 1]}{year}"


def stamp(moment: datetime) -> str:
    """07.02.2024 16:27:03 in the seller's zone, as 1C writes the time of a document."""
    return f"{_local(moment):%d.%m.%Y %H:%M:%S}"


def tel(text: str) -> str:
    """What a tap on a number dials: digits and the plus."""
    return "tel:" + "".join(letter for letter in text if letter in "+0123456789")


def phone(text: str) -> str:
    """+7 999 123-45-67 for a Russian number in E.164; any other as it was written."""
    if not RUSSIAN.fullmatch(text):
        return text
    return f"+7{NBSP}{text[2:5]}{NBSP}{text[5:8]}-{text[8:10]}-{text[10:]}"


def device(agent: str) -> str:
    """«Chrome, Android» from what the browser says of itself; programs by their own name."""
    browser = next(
        (name for mark, name in BROWSERS if mark in agent),
        agent.split("/", maxsplit=1)[0][:40] or "Неизвестная программа",
    )
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser}, {system}" if system else browser


def add_filters(environment: Environment) -> None:
    known: dict[str, Any] = {
        "rub": rub, "roubles_doc": roubles_doc, "qty": qty, "plain_qty": plain_qty, "stepping": stepping, "pct": pct,
        "pl": pl, "dt": dt, "day": day, "stamp": stamp, "tel": tel, "phone": phone,
        "device": device,
    }  # fmt: skip
    environment.filters.update(known)


def _sign(number: int) -> str:
    return MINUS if number < 0 else ""


def _zone() -> ZoneInfo:
    return ZoneInfo(current().zone)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(_zone())


def _time(machine: str, human: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, human)
