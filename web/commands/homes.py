"""Opening a home folder from the console, whether or not a portal runs in it."""

import contextlib
from collections.abc import AsyncIterator

from data.home import HomeInUse, opened
from web.config import Settings


@contextlib.asynccontextmanager
async def at_home(settings: Settings) -> AsyncIterator[None]:
    """Alone and brought up to date, or beside the portal that has done so already."""
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(opened(settings.home, clock_file=settings.clock_file))
        except HomeInUse:
            await stack.enter_async_context(opened(settings.home, clock_file=settings.clock_file, alone=False))
        yield
