"""Letters leave through the owner's mail server; one that fails waits and never holds up another or an order."""

import asyncio
import contextlib
import html
import logging
import re
from collections.abc import AsyncIterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid

import aiosmtplib

from data import clock
from data.database import reading, writing
from data.letters import letters, texts
from data.letters.mail_settings import MailSettings
from data.settings import read

log = logging.getLogger(__name__)

TIME_LIMIT = 30  # s for one step of the talk with the mail server
LONGEST_SLEEP = 60  # s: the clock of the demo may jump, so the loop looks up now and then
HTML = '<!doctype html><html lang="ru"><meta charset="utf-8"><body>{}</body></html>'
LINK = re.compile(r"https?://[^\s<>\"]+")


class NotSent(Exception):
    """The letter was not taken; the text says at which step and why. ``for_good``: trying again cannot help."""

    def __init__(self, text: str, *, for_good: bool = False) -> None:
        super().__init__(text)
        self.for_good = for_good


async def send_waiting(now: datetime, address: str) -> int:
    """Try the letters whose time has come, one connection for all; how many were sent. ``address`` of the portal."""
    async with reading():
        settings = await read(MailSettings)
        due = await letters.waiting(now)
    if not due or not settings.is_complete:
        return 0
    done = 0
    for letter in due:
        message = written(settings, letter.to, texts.Words(letter.subject, letter.text), address, letter.uuid)
        try:
            await send(settings, message)
        except NotSent as error:
            async with writing():
                await letters.failed_try(letter.uuid, str(error), now, for_good=error.for_good)
        else:
            done += 1
            async with writing():
                await letters.sent(letter.uuid, now)
    return done


async def send_trial(to: str, address: str) -> None:
    """«Отправить тестовое письмо»: at once, not through the queue. Raises NotSent with the exact failure."""
    async with reading():
        settings = await read(MailSettings)
    await send(settings, written(settings, to, texts.trial(), address))


def written(settings: MailSettings, to: str, words: texts.Words, address: str, key: str = "") -> EmailMessage:
    """The letter as it goes: plain text with a simple HTML alternative. ``key`` makes its Message-ID."""
    text = words.text.replace(texts.ADDRESS, address)
    message = EmailMessage()
    message["From"] = formataddr((settings.sender_name, settings.sender))
    message["To"] = to
    message["Subject"] = words.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(key or None, domain=settings.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(HTML.format(_as_html(text)), subtype="html")
    return message


async def send(settings: MailSettings, message: EmailMessage) -> None:
    """Hand one letter to the mail server. Raises NotSent."""
    try:
        await aiosmtplib.send(
            message,
            sender=settings.sender,
            recipients=[message["To"]],
            hostname=settings.host,
            port=settings.port,
            username=settings.login or None,
            password=settings.open_password or None,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            timeout=TIME_LIMIT,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise _told(settings, error) from error


@contextlib.asynccontextmanager
async def running(address: str) -> AsyncIterator[None]:
    """Letters leave by themselves while this is open."""
    task = asyncio.create_task(_run(address))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _run(address: str) -> None:
    while True:
        try:
            await send_waiting(clock.now(), address)
            pause = await _until_next()
        except Exception:
            log.exception("sending letters")
            pause = float(LONGEST_SLEEP)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(letters.BELL.wait(), pause)


async def _until_next() -> float:
    async with reading():
        earliest = await letters.next_time()
    seconds = (earliest - clock.now()).total_seconds() if earliest else LONGEST_SLEEP
    return min(max(seconds, 1.0), LONGEST_SLEEP)


def _as_html(text: str) -> str:
    paragraphs = html.escape(text.strip()).split("\n\n")
    linked = (LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', paragraph) for paragraph in paragraphs)
    return "".join(f"<p>{paragraph}</p>" for paragraph in linked).replace("\n", "<br>")


def _told(settings: MailSettings, error: Exception) -> NotSent:
    where = f"{settings.host}:{settings.port}"
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return NotSent(f"Почтовый сервер не принял логин и пароль: {error.code} {error.message}")
        case aiosmtplib.SMTPConnectTimeoutError() | aiosmtplib.SMTPTimeoutError():
            return NotSent(f"Почтовый сервер {where} не ответил за {TIME_LIMIT} с")
        case aiosmtplib.SMTPConnectError() | OSError():
            return NotSent(f"Нет соединения с почтовым сервером {where}: {error.__cause__ or error}")
        case aiosmtplib.SMTPRecipientsRefused():
            reasons = "; ".join(f"{each.code} {each.message}" for each in error.recipients)
            for_good = all(each.code >= 500 for each in error.recipients)
            return NotSent(f"Почтовый сервер не принял адрес получателя: {reasons}", for_good=for_good)
        case aiosmtplib.SMTPResponseException():
            return NotSent(f"Почтовый сервер ответил отказом: {error.code} {error.message}")
        case ValueError():
            return NotSent(f"Письмо нельзя составить: {error}", for_good=True)
    return NotSent(f"Письмо не отправлено: {error}")
