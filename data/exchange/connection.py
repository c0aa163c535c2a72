"""«Настройки интеграции» as a person fills them in: what is put right in silence, and what is explained."""

import asyncio
import ssl
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from data.database import writing
from data.errors import Refusal
from data.exchange import integration
from data.exchange.integration import Integration
from data.exchange.schedule import seconds_of

MOST_ATTEMPTS = 100


@dataclass(frozen=True)
class Typed:
    """The fields of the page as text; an empty password means: as before."""

    server: str
    path: str
    login: str
    password: str
    attempts: str
    schedule: str
    certificate_file: str
    private_address_confirmed: bool


async def change(typed: Typed) -> Integration:
    """Save what was typed and let the exchange try at once. Raises Refusal, then nothing is saved."""
    wanted = Integration(
        server=_server(typed.server),
        path=_path(typed.path),
        login=typed.login.strip(),
        password=typed.password,
        attempts=_attempts(typed.attempts),
        every_seconds=seconds_of(typed.schedule),
        private_address_confirmed=typed.private_address_confirmed,
        certificate_file=await asyncio.to_thread(_certificate, typed.certificate_file.strip()),
    )
    async with writing():
        changed = wanted if wanted.password else replace(wanted, password=(await integration.current()).password)
        await integration.save(changed)
    return changed


def _server(text: str) -> str:
    server = text.strip().rstrip("/")
    try:
        parts = urlsplit(server)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise Refusal(
            "Сервер: адрес веб-сервера вместе с http:// или https://, например https://1c.example.ru", "server"
        )
    if parts.path or parts.query or parts.fragment:
        raise Refusal(f"Сервер: только адрес, а «{parts.path}» укажите в поле «Путь к сервису»", "server")
    if parts.username or parts.password:
        raise Refusal("Сервер: логин и пароль укажите в своих полях", "server")
    return server


def _path(text: str) -> str:
    path = "/" + text.strip().strip("/").removesuffix("/ping")
    if path == "/" or any(sign.isspace() or sign in "?#\\" for sign in path):
        raise Refusal("Путь к сервису: /имя публикации/hs/ExchangePortal", "path")
    return path


def _attempts(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= MOST_ATTEMPTS:
        raise Refusal(f"Количество попыток: число от 1 до {MOST_ATTEMPTS}", "attempts")
    return int(text)


def _certificate(path: str) -> str:
    if not path:
        return ""
    try:
        ssl.create_default_context(cafile=str(Path(path)))
    except OSError as error:  # ssl.SSLError is one, too
        raise Refusal(f"Файл сертификата не читается на сервере портала: {error}", "certificate_file") from error
    return path
