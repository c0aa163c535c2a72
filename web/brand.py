"""The owner's shop as every page shows it: read again at most every few seconds, since pages ask it all the time."""

import time

from data.database import reading
from data.shop import Shop, shop

TRUSTED = 5.0  # s: a new name or time zone shows this much later at most

_shop = Shop()
_read_at = 0.0


def current() -> Shop:
    """The shop as last read."""
    return _shop


async def refresh() -> None:
    """Read the shop again when what we know is old."""
    global _shop, _read_at  # noqa: PLW0603 - one shop in one process
    if not _read_at or time.monotonic() - _read_at > TRUSTED:
        async with reading():
            _shop = await shop()
        _read_at = time.monotonic()


def forget() -> None:
    """The owner has just changed it: read it again at the next page."""
    global _read_at  # noqa: PLW0603 - one shop in one process
    _read_at = 0.0
