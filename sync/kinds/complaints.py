"""What is wrong with a field, in Russian: the reader of fields speaks English, 1C's journal is read by its people."""

import re

WHERE = re.compile(r" - at `\$\.?(.*)`$", re.DOTALL)
LENGTH = re.compile(r"Expected `(str|array)` of length (<=|>=) (\d+)")
EXPECTED = re.compile(r"Expected `([a-z]+)")
NEEDED = re.compile(r"missing required field `(\w+)`")
NAMES = {"str": "строка", "bool": "true или false", "int": "целое число", "array": "список", "object": "объект"}
DATE = "дата как 2026-01-31"
MOMENT = "время с часовым поясом, как 2026-01-31T10:00:00+03:00"


def in_russian(text: str) -> str:
    """«Поле «lines[0].price»: …» for a message of msgspec."""
    place = WHERE.search(text)
    field, reason = (place[1] if place else ""), WHERE.sub("", text)
    if needed := NEEDED.search(reason):
        field, reason = f"{field}.{needed[1]}".lstrip("."), "не заполнено"
    else:
        reason = _reason(reason)
    return f"Поле «{field}»: {reason}" if field else reason


def _reason(text: str) -> str:
    if length := LENGTH.search(text):
        what = "знаков" if length[1] == "str" else "строк"
        return f"не {'больше' if length[2] == '<=' else 'меньше'} {length[3]} {what}"
    if "datetime" in text:
        return f"ожидалось {MOMENT}"
    if "date" in text:
        return f"ожидалась {DATE}"
    if "enum" in text:
        return "неизвестное значение"
    if expected := EXPECTED.search(text):
        return f"ожидается {NAMES.get(expected[1], expected[1])}"
    return text
