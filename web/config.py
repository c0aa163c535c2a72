"""What the owner sets outside the pages: the environment (PORTAL_…) first, then portal.toml in the home folder."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = "portal.toml"
PREFIX = "PORTAL_"
NOT_OURS = {"PORTAL_ASSETS", "PORTAL_LONG"}  # for the build of front-end files and for the tests
PLACE = {"home", "clock_file"}  # given by the command, not by the file inside the home itself


class BadSettings(Exception):
    """A setting is wrong; the text says which one and what it should be."""


@dataclass(frozen=True)
class Settings:
    """``public_url`` is what people type, without a slash at the end; ``forwarded_from`` the proxy that is believed.

    ``clock_file`` shifts the clock, in the demo and in tests only.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    forwarded_from: str = ""
    clock_file: Path | None = None

    @property
    def address(self) -> str:
        """Where people find the portal: the public address, or host and port when none is set."""
        return self.public_url or f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


def read_settings(home: Path | None = None, environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """The settings for this home folder; ``given`` on the command line wins, None there means not given.

    Raises BadSettings for an unknown name or a value of another shape.
    """
    folder = home or Path(environment.get(PREFIX + "HOME", "home"))
    found = {**_from_file(folder / FILE), **_from_environment(environment)}
    found.update({name: value for name, value in given.items() if value is not None})
    found["home"] = folder
    return Settings(**{name: _shaped(name, value) for name, value in found.items()})


def _from_file(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"Файл {path} не читается: {error}") from error
    if unknown := sorted(set(found) - (_names() - PLACE)):
        raise BadSettings(f"Неизвестные настройки в файле {path}: {', '.join(unknown)}")
    return found


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    ours = {name: value for name, value in environment.items() if name.startswith(PREFIX) and name not in NOT_OURS}
    found = {name.removeprefix(PREFIX).lower(): value for name, value in ours.items()}
    if unknown := sorted(set(found) - _names()):
        raise BadSettings(f"Неизвестные переменные среды: {', '.join(PREFIX + name.upper() for name in unknown)}")
    return found


def _names() -> set[str]:
    return {field.name for field in fields(Settings)}


def _shaped(name: str, value: Any) -> Any:
    if name in {"home", "clock_file"}:
        return Path(value) if value else None
    if name == "port":
        if not str(value).isdecimal() or not 0 <= int(value) <= 65535:
            raise BadSettings(f"port: нужен номер порта от 0 до 65535, а не «{value}»")
        return int(value)
    if name == "public_url":
        return _address(str(value))
    if not isinstance(value, str):
        raise BadSettings(f"{name}: нужен текст, а не «{value}»")
    return value


def _address(text: str) -> str:
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        is_wrong = parts.scheme not in {"http", "https"} or not parts.hostname or bool(parts.path or parts.query)
    except ValueError:
        is_wrong = True
    if text and is_wrong:
        raise BadSettings(f"public_url: нужен адрес вида https://portal.example.ru, а не «{text}»")
    return text.strip().rstrip("/").lower()
