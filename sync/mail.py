"""Letters leave through the owner's mail server; one that fails waits and never holds up another or an order."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import datetime

from data import clock
from data.database import reading, writing
from data.letters import letters, texts
from data.letters.mail_settings import MailSettings, is_address
from data.settings import read
from sync.smtp import NotSent, send

log = logging.getLogger(__name__)

LONGEST_SLEEP = 60  # s: the clock of the demo may jump, so the loop looks up now and then


async def send_waiting(now: datetime, address: str) -> int:
    """Try the letters whose time has come; how many were sent. ``address``: where people find the portal."""
    async with reading():
        settings = await read(MailSettings)
        due = await letters.waiting(now)
    if not settings.is_complete:
        return 0
    return sum([await _is_sent(settings, letter, now, address) for letter in due])


async def trial_letter(to: str, address: str) -> tuple[bool, str]:
    """«Отправить тестовое письмо»: at once, not through the queue; whether it was taken, and what to tell the person."""
    async with reading():
        settings = await read(MailSettings)
    if not settings.is_complete:
        return False, "Сначала заполните и сохраните настройки почты"
    if not is_address(to):
        return False, "Укажите адрес, на который отправить письмо"
    try:
        await send(settings, to, texts.trial(), address)
    except NotSent as error:
        return False, str(error)
    return True, f"Письмо для {to} отправлено"


@contextlib.asynccontextmanager
async def running(address: str) -> AsyncIterator[None]:
    """Letters leave by themselves while this is open."""
    letters.BELL.renew()
    task = asyncio.create_task(_run(address))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _run(address: str) -> None:
    while True:
        pause = float(LONGEST_SLEEP)
        try:
            await send_waiting(clock.now(), address)
            pause = await _until_next()
        except Exception:
            log.exception("sending letters")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):  # not wait_for(): in 3.11 it may swallow the cancelling at the end
                await letters.BELL.wait()


async def _until_next() -> float:
    async with reading():
        earliest = await letters.next_time() if (await read(MailSettings)).is_complete else None
    seconds = (earliest - clock.now()).total_seconds() if earliest else LONGEST_SLEEP
    return min(max(seconds, 1.0), LONGEST_SLEEP)


async def _is_sent(settings: MailSettings, letter: letters.Waiting, now: datetime, address: str) -> bool:
    try:
        await send(settings, letter.to, texts.Words(letter.subject, letter.text), address, letter.uuid)
    except NotSent as error:
        async with writing():
            await letters.failed_try(letter.uuid, str(error), now, for_good=error.for_good)
        return False
    async with writing():
        await letters.sent(letter.uuid, now)
    return True
