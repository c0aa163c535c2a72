"""What is new: the news that is shown on the home page, the latest first."""

from dataclasses import dataclass
from datetime import datetime

from data.database import fetch, reading

SHOWN = 3  # cards on the home page; news is not what people come for


@dataclass(frozen=True)
class Shown:
    uuid: str
    title: str
    text: str
    published_at: datetime


async def latest(now: datetime) -> tuple[Shown, ...]:
    """News already published."""
    async with reading():
        rows = await fetch(
            "SELECT uuid, title, text, published_at FROM news WHERE visible = 1 AND published_at <= ?"
            " ORDER BY published_at DESC, id DESC LIMIT ?",
            now, SHOWN,
        )  # fmt: skip
    return tuple(Shown(*row) for row in rows)
