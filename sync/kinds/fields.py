"""How the fields of 1C's objects are read: strictly by name, with an error that a person who knows 1C understands.

Absent is UNSET and stays unchanged, null is None and clears, unknown fields are ignored.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from data import numbers
from sync.kinds.complaints import in_russian
from sync.kinds.kind import Wrong


class Id(str):
    """A UUID as canonical text."""

    __slots__ = ()


class Sha256(str):
    """The name of a file: SHA-256 in lower-case hexadecimal."""

    __slots__ = ()


class Kopecks(int):
    """A decimal string of roubles, not below zero."""


class Thousandths(int):
    """A decimal string of units, not below zero."""


class Hundredths(int):
    """A decimal string of percents, from 0 to 100."""


class Share(int):
    """A decimal string of percents that may go below 0 (a mark-up) and beyond 100 (paid ahead)."""


class Stock(int):
    """A decimal string of units; below zero is true in 1C at times and sells as zero."""


Word = Annotated[str, Meta(max_length=60)]
Line = Annotated[str, Meta(max_length=300)]
LongLine = Annotated[str, Meta(max_length=1000)]
Prose = Annotated[str, Meta(max_length=200_000)]  # 1C keeps descriptions as HTML, seldom beyond 100 KB
Moment = Annotated[datetime, Meta(tz=True)]
Currency = Annotated[str, Meta(min_length=1, max_length=3)]

OptionalId = Id | UnsetType | None
OptionalWord = Word | UnsetType | None
OptionalLine = Line | UnsetType | None
OptionalLongLine = LongLine | UnsetType | None
OptionalDate = date | UnsetType | None
OptionalYes = bool | UnsetType | None


class Fields(msgspec.Struct):
    """What ``data`` of an item may hold; a kind adds its own."""

    deleted: bool | UnsetType | None = UNSET


Read = TypeVar("Read", bound=msgspec.Struct)

CANONICAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # ten times faster than parsing


def read(data: Mapping[str, Any], kind: type[Read]) -> Read:
    """The fields of ``data``. Raises Wrong (BAD_FIELD) naming the field."""
    try:
        if _may_hold_bad_text(data):
            _check_texts(data, "")
        return msgspec.convert(data, kind, dec_hook=_own_types)
    except msgspec.ValidationError as error:
        raise Wrong("BAD_FIELD", in_russian(str(error))) from error
    except RecursionError as error:
        raise Wrong("BAD_FIELD", "Слишком глубокая вложенность") from error


def changes(fields: Fields) -> dict[str, Any]:
    """What the item names, by the names of our columns; times in UTC. Without ``deleted``."""
    found = {name: getattr(fields, name) for name in fields.__struct_fields__ if name != "deleted"}
    return {name: utc(name, value) for name, value in found.items() if value is not UNSET}


def utc(name: str, value: Any) -> Any:
    """A time in UTC, anything else as it is. Raises Wrong for the ends of the calendar."""
    if not isinstance(value, datetime):
        return value
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise bad(name, "такого времени не бывает") from error


def given(value: Any, otherwise: Any) -> Any:
    """The value, or ``otherwise`` when it is absent or null."""
    return otherwise if value is UNSET or value is None else value


def bad(field: str, text: str) -> Wrong:
    return Wrong("BAD_FIELD", f"Поле «{field}»: {text}")


def _may_hold_bad_text(data: Mapping[str, Any]) -> bool:
    """SQLite takes no half of a surrogate pair and ends a text at NUL. One pass in C: nearly every item is clean."""
    try:
        return rb"\u0000" in msgspec.json.encode(data)
    except (ValueError, TypeError, RecursionError):
        return True


def _check_texts(value: Any, place: str) -> None:
    if isinstance(value, str):
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise bad(place, "недопустимый символ") from error
        if "\0" in value:
            raise bad(place, "недопустимый символ")
    elif isinstance(value, Mapping):
        for name, part in value.items():
            _check_texts(part, name)
    elif isinstance(value, list):
        for part in value:
            _check_texts(part, place)


def _uuid(value: Any) -> str:
    if isinstance(value, str) and CANONICAL.fullmatch(value):
        return value
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError) as error:
        raise ValueError("ожидался UUID") from error


def _sha256(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-fA-F]{64}", value):
        raise ValueError("ожидалась SHA-256: 64 шестнадцатеричных цифры")
    return value.lower()


def _number(scaled: Callable[[Any], int], least: int | None, most: int | None = None) -> Callable[[Any], int]:
    def read_number(value: Any) -> int:
        try:
            number = scaled(value)
        except ValueError as error:
            raise ValueError('ожидалось число строкой, как "120.00"') from error
        if least is not None and number < least:
            raise ValueError("число слишком мало" if least else "число меньше нуля")
        if most is not None and number > most:
            raise ValueError("число слишком велико" if least else "число больше 100")
        return number

    return read_number


READERS: dict[type, Callable[[Any], Any]] = {
    Id: _uuid,
    Sha256: _sha256,
    Kopecks: _number(numbers.kopecks, 0),
    Thousandths: _number(numbers.thousandths, 0),
    Hundredths: _number(numbers.hundredths, 0, 100_00),
    Share: _number(numbers.hundredths, -1_000_00, 1_000_00),
    Stock: _number(numbers.thousandths, None),
}


def _own_types(kind: type, value: Any) -> Any:
    return kind(READERS[kind](value))
