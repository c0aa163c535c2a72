"""What the owner decided about his shop: its name on screen, its time zone, and how ordering behaves."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.settings import read


@dataclass(frozen=True)
class Shop:
    """Saved whole in the settings."""

    name: str = "Накладная"
    zone: str = "Europe/Moscow"
    hide_unpriced: bool = False
    allow_over_stock: bool = True
    original_labels: bool = False
    invoice_notice: str = ""

    def today(self, now: datetime) -> date:
        """The date at the seller's: prices and agreements begin and end by it."""
        return now.astimezone(ZoneInfo(self.zone)).date()


async def shop() -> Shop:
    """Inside reading() or writing()."""
    return await read(Shop)
