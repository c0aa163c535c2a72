"""«Почта»: the account from which the portal sends its letters, and the common inbox for orders without a manager."""

from dataclasses import dataclass, replace

from data.errors import Refusal
from data.secrets import seal, unseal
from data.settings import read, save

PLACE = "settings.MailSettings.password"
SECURITIES = {"starttls": "STARTTLS", "tls": "TLS", "none": "Без шифрования"}
PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class MailSettings:
    """Saved whole in the settings; the password is sealed. Without a host letters wait."""

    host: str = ""
    port: int = PORTS["starttls"]
    security: str = "starttls"
    login: str = ""
    password: str = ""
    sender: str = ""
    sender_name: str = ""
    common_inbox: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.host and self.sender)

    @property
    def open_password(self) -> str:
        return unseal(self.password, place=PLACE)


async def change(wanted: MailSettings, password: str) -> MailSettings:
    """Save the settings; an empty password keeps the one that is there. Raises Refusal. Inside writing()."""
    _check(wanted)
    kept = (await read(MailSettings)).password
    saved = replace(wanted, password=seal(password, place=PLACE) if password else kept)
    await save(saved)
    return saved


def _check(wanted: MailSettings) -> None:
    if not wanted.host:
        raise Refusal("Укажите сервер исходящей почты", "host")
    if not 1 <= wanted.port <= 65535:
        raise Refusal("Порт: число от 1 до 65535", "port")
    if wanted.security not in SECURITIES:
        raise Refusal("Выберите защиту соединения", "security")
    if not is_address(wanted.sender):
        raise Refusal("Укажите адрес отправителя, например zakaz@example.ru", "sender")
    if wanted.common_inbox and not is_address(wanted.common_inbox):
        raise Refusal("Общий ящик: нужен адрес электронной почты", "common_inbox")


def is_address(text: str) -> bool:
    """Something that a mail server may be asked to deliver to."""
    name, _, host = text.rpartition("@")
    return bool(name and "." in host.strip(".") and not any(sign.isspace() or sign in '<>,;"' for sign in text))
