"""Why 1C could not be spoken with, step by step and in words that tell the administrator what to do."""

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

CONFIRM_LABEL = "Разрешить адрес в локальной сети"
CERTIFICATE_LABEL = "Файл сертификата"
WITHIN = 30  # s a call: the contract's limit

SELF_SIGNED = frozenset({18, 19, 20, 21})  # OpenSSL: self-signed, its chain, no issuer
EXPIRED, OTHER_NAME = frozenset({9, 10}), frozenset({62, 64})

STATUSES = {
    401: "1С не принимает логин и пароль (401): проверьте «Логин» и «Пароль»",
    403: "1С запрещает доступ (403): у пользователя 1С нет права на HTTP-сервис",
    404: "По этому пути нет сервиса (404): проверьте «Путь к сервису»; чаще всего в публикации базы на веб-сервере"
    " не отмечено «Публиковать HTTP-сервисы расширений по умолчанию»",
    407: "Прокси-сервер требует вход (407): разрешите на нём порталу выход к 1С",
    413: "Веб-сервер 1С не принимает пакет такого размера (413): увеличьте на нём предел тела запроса до 10 МБ",
    429: "1С просит обращаться реже (429): портал подождёт и повторит сам",
    502: "Веб-сервер не может связаться с 1С (502): проверьте, что сервер 1С запущен",
    503: "1С временно недоступна (503): возможно, идёт обновление или закончились лицензии",
}
NOT_OURS = "Ответил не сервис обмена 1С, это не квитанция: проверьте «Сервер» и «Путь к сервису»"


class Unreachable(Exception):
    """No receipt. ``urgent``: it will not pass by itself, somebody must act."""

    def __init__(self, step: str, text: str, *, status: int = 0, urgent: bool = False, asked: timedelta | None = None):
        super().__init__(text)
        self.step = step
        self.text = text
        self.status = status
        self.urgent = urgent
        self.asked = asked
        self.answer = ""


class NotConnected(Unreachable):
    """Nothing was sent: another address of the same host may be tried."""


def of_error(error: BaseException, where: str) -> Unreachable:
    """What a failed connection means."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLWantReadError | ssl.SSLWantWriteError):
            return _of_tls(cause, where)
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return NotConnected("connect", f"{where} не принимает соединения: веб-сервер 1С выключен или порт другой")
    if any(isinstance(cause, TimeoutError | httpx.TimeoutException) for cause in causes):
        return Unreachable("timeout", f"1С не ответила за {WITHIN} с")
    if isinstance(error, httpx.ConnectError):
        return NotConnected("connect", f"Не удалось соединиться с {where}: {causes[-1]}"[:300])
    if isinstance(error, httpx.RemoteProtocolError) and not re.search("disconnected|closed|incomplete", str(error)):
        return Unreachable("body", NOT_OURS)
    return Unreachable("connection", "Связь с 1С прервалась, не закончив ответа")


def of_status(status: int, retry_after: str = "", *, now: datetime | None = None) -> Unreachable:
    """What an HTTP status other than 200 means."""
    asked = asked_pause(retry_after, now or datetime.now(UTC))
    if 300 <= status < 400:
        return Unreachable(
            "redirect", f"1С перенаправляет на другой адрес ({status}): укажите его сразу", status=status
        )
    text = STATUSES.get(status, f"1С ответила ошибкой ({status}): причина записана в журнале регистрации 1С")
    return Unreachable("status", text, status=status, urgent=status in {401, 403}, asked=asked)


def asked_pause(retry_after: str, now: datetime) -> timedelta | None:
    """Retry-After as seconds or as a date; None when there is none to understand."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        found = parsedate_to_datetime(text)
        return max(found.replace(tzinfo=found.tzinfo or UTC) - now, timedelta())
    except (ValueError, TypeError, OverflowError):
        return None


def _of_tls(error: ssl.SSLError, where: str) -> Unreachable:
    code = getattr(error, "verify_code", 0)
    if code in SELF_SIGNED:
        text = (
            f"Сертификат {where} самоподписанный или выдан своим центром сертификации:"
            f" укажите его в поле «{CERTIFICATE_LABEL}»"
        )
    elif code in EXPIRED:
        text = f"Срок сертификата {where} истёк или ещё не наступил: установите на веб-сервер 1С действующий"
    elif code in OTHER_NAME:
        text = f"Сертификат выдан не для {where}: укажите сервер под тем именем, которое стоит в сертификате"
    elif "WRONG_VERSION_NUMBER" in str(error) or "RECORD_LAYER" in str(error):
        text = f"{where} отвечает без шифрования: адрес должен начинаться с http://"
    else:
        text = f"Защищённое соединение с {where} не устанавливается: {error.reason or error}"[:300]
    return Unreachable("tls", text, urgent=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        if isinstance(found, BaseExceptionGroup):
            for inner in found.exceptions:
                yield from _causes(inner)
        found = found.__cause__ or found.__context__
