"""One letter to the owner's mail server, and in plain words why it was not taken."""

import html
import re
import socket
import ssl
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid

import aiosmtplib

from data.letters import texts
from data.letters.mail_settings import MailSettings

TIME_LIMIT = 30  # s for one step of the talk with the mail server
HTML = '<!doctype html><html lang="ru"><meta charset="utf-8"><body>{}</body></html>'
LINK = re.compile(r"https?://[^\s<>\"]+")


class NotSent(Exception):
    """The letter was not taken; the text says at which step and why. ``for_good``: trying again cannot help."""

    def __init__(self, text: str, *, for_good: bool = False) -> None:
        super().__init__(text)
        self.for_good = for_good


async def send(settings: MailSettings, to: str, words: texts.Words, address: str, key: str = "") -> None:
    """Hand one letter to the mail server. ``address`` of the portal; ``key`` makes the Message-ID. Raises NotSent."""
    try:
        await aiosmtplib.send(
            _written(settings, to, words, address, key),
            sender=settings.sender,
            recipients=[to],
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


def _written(settings: MailSettings, to: str, words: texts.Words, address: str, key: str) -> EmailMessage:
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


def _as_html(text: str) -> str:
    paragraphs = html.escape(text.strip()).split("\n\n")
    linked = (LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', paragraph) for paragraph in paragraphs)
    return "".join(f"<p>{paragraph}</p>" for paragraph in linked).replace("\n", "<br>")


def _told(settings: MailSettings, error: Exception) -> NotSent:
    where = f"{settings.host}:{settings.port}"
    told = NotSent(f"Письмо не отправлено: {error}")
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            told = NotSent(f"Почтовый сервер не принял логин и пароль: {error.code} {error.message}")
        case aiosmtplib.SMTPTimeoutError():
            told = NotSent(f"Почтовый сервер {where} не ответил за {TIME_LIMIT} с")
        case aiosmtplib.SMTPConnectError() | OSError():
            told = NotSent(f"Нет соединения с почтовым сервером {where}: {_reason(error)}")
        case aiosmtplib.SMTPRecipientsRefused():
            reasons = "; ".join(f"{each.code} {each.message}" for each in error.recipients)
            is_final = all(each.code >= 500 for each in error.recipients)
            told = NotSent(f"Почтовый сервер не принял адрес получателя: {reasons}", for_good=is_final)
        case aiosmtplib.SMTPResponseException():
            told = NotSent(f"Почтовый сервер ответил отказом: {error.code} {error.message}")
        case ValueError():
            told = NotSent(f"Письмо нельзя составить: {error}", for_good=True)
    return told


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error
    if isinstance(cause, socket.gaierror):
        return "имя сервера не найдено (DNS)"
    if isinstance(cause, ConnectionRefusedError):
        return "сервер отказал в соединении, проверьте порт"
    if isinstance(cause, ssl.SSLError):
        return f"не вышло защищённое соединение (TLS), проверьте порт и защиту: {cause.reason}"
    return str(cause)
