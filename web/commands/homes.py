"""Opening a home folder from the console, whether or not a portal runs in it."""

import contextlib
from collections.abc import AsyncIterator

from data.home import DATABASE, HomeInUse, opened
from web.commands import CommandFailed
from web.config import Settings


@contextlib.asynccontextmanager
async def at_home(settings: Settings) -> AsyncIterator[None]:
    """Alone and brought up to date, or beside the portal that has done so already.

    Raises CommandFailed where no portal has ever been: a mistyped folder must not become a new one.
    """
    if not (settings.home / DATABASE).exists():
        raise CommandFailed(
            f"В папке {settings.home} нет данных портала. Укажите другую: --home ПАПКА,"
            f" или заведите новые: portal serve --home {settings.home}"
        )
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(opened(settings.home, clock_file=settings.clock_file))
        except HomeInUse:
            await stack.enter_async_context(opened(settings.home, clock_file=settings.clock_file, alone=False))
        yield
