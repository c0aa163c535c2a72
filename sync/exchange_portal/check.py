"""«Проверить интеграцию»: one call of 1C's ping, and the exact step that fails."""

import ipaddress
from dataclasses import dataclass

from data.exchange.integration import Integration
from sync.exchange_portal import addresses
from sync.exchange_portal.client import Client, Reply
from sync.exchange_portal.failures import Unreachable

AVAILABLE = "Сервис доступен"
OK = frozenset({"ок", "ok", "оk", "oк"})  # Cyrillic, Latin and both mixtures, as people and keyboards write it
QUOTES = "\"'«»“”` \t\r\n\ufeff"
NOT_EXCHANGE = "Это не сервис обмена, по адресу отвечает что-то другое: проверьте «Сервер» и «Путь к сервису»"
PLAIN = "Соединение без шифрования: логин и пароль видны в сети. Внутри своей сети это допустимо, через интернет нет."


@dataclass(frozen=True)
class Verdict:
    """``step`` is the failing one, empty when all is well; ``advice`` stands under the text."""

    ok: bool
    text: str
    step: str = ""
    advice: str = ""


async def check(client: Client, settings: Integration) -> Verdict:
    """Whether 1C's exchange service answers under these settings, saved or not."""
    if not settings.is_complete:
        return Verdict(False, "Заполните «Сервер» и «Путь к сервису»", "address")
    try:
        reply = await client.call(settings, "GET", "ping")
    except Unreachable as failure:
        return Verdict(False, failure.text, failure.step)
    if not _is_ok(reply):
        return Verdict(False, NOT_EXCHANGE, "body")
    return Verdict(True, AVAILABLE, advice=advice_on(settings))


def advice_on(settings: Integration) -> str:
    """What to think of although the service answers: http beyond this machine shows the password. Empty: nothing."""
    scheme, host, _, _ = addresses.parts_of(settings)
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    return PLAIN if scheme == "http" and not is_here else ""


def _is_ok(reply: Reply) -> bool:
    return len(reply.body) < 100 and reply.text.strip(QUOTES).casefold() in OK
