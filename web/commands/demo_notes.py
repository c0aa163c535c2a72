"""HOME/demo.json and the table on the screen: addresses and sign-ins of the demo, the same in both."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from data.access.demo_people import SERVICE_LOGIN, DemoUser

FILE = "demo.json"


class Shop(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def onec_url(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def client_secret(self) -> str: ...
    @property
    def service_password(self) -> str: ...
    @property
    def password(self) -> str: ...


@dataclass(frozen=True)
class Notes:
    """What an earlier run has written down; empty before the first has come to its end."""

    password: str = ""
    service_password: str = ""
    keys: tuple[str, str] | None = None


def kept_notes(home: Path) -> Notes:
    """The secrets of this demo, so that a restart keeps them."""
    try:
        kept: dict[str, Any] = json.loads((home / FILE).read_text("utf-8"))
        keys = kept["exchange"]["client_id"], kept["exchange"]["client_secret"]
        return Notes(kept["users"][0]["password"], kept["commerceml"]["password"], keys)
    except (OSError, ValueError, LookupError):
        return Notes()


def keep_notes(home: Path, shop: Shop, users: Sequence[DemoUser]) -> None:
    """Write demo.json, readable by the owner only."""
    known = [
        {"role": user.role, "login": user.login, "password": shop.password, "partner": user.partner, "name": user.name}
        for user in users
    ]
    notes = {
        "portal": shop.url,
        "onec": shop.onec_url,
        "users": known,
        "exchange": {"client_id": shop.client_id, "client_secret": shop.client_secret},
        "commerceml": {"login": SERVICE_LOGIN, "password": shop.service_password},
    }
    part = home / f"{FILE}.part"
    part.touch(mode=0o600)
    part.write_text(json.dumps(notes, ensure_ascii=False, indent=2), "utf-8")
    os.replace(part, home / FILE)


def print_notes(home: Path, shop: Shop, users: Sequence[DemoUser]) -> None:
    lines = [
        "",
        f"Портал:  {shop.url}/",
        f"1С:      {shop.onec_url}/   (демонстрация)",
        f"Письма:  {(home / 'mail').resolve()}",
        f"Пароль у всех один: {shop.password}",
        "",
        f"{'Роль':<16} {'Логин':<34} {'Кто':<28} Партнер",
        *(f"{user.role_name:<16} {user.login:<34} {user.name:<28} {user.partner or ''}" for user in users),
        "",
        f"То же самое записано в {(home / FILE).resolve()}. Остановить: Ctrl-C, данные останутся.",
    ]
    print("\n".join(lines), flush=True)
