"""«Расписание выполнения очередей» as the manual writes it: 01:00 (мм.сс) is every minute."""

import re

from data.errors import Refusal

SHORTEST, LONGEST = 5, 3600  # s: oftener only burdens 1C, an order wakes the exchange anyway; 60:00 is an hour
WRITTEN = re.compile(r"(\d{1,2})[:.](\d{2})")


def seconds_of(text: str) -> int:
    """Seconds between two runs from «мм:сс» or «мм.сс». Raises Refusal."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None or int(found[2]) > 59:
        raise Refusal("Расписание: минуты и секунды, например 01:00", "schedule")
    seconds = int(found[1]) * 60 + int(found[2])
    if not SHORTEST <= seconds <= LONGEST:
        raise Refusal("Расписание: от 00:05 до 60:00", "schedule")
    return seconds


def written(seconds: int) -> str:
    """60 is 01:00."""
    return f"{seconds // 60:02}:{seconds % 60:02}"
