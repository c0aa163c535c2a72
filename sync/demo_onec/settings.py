"""What the stand-in 1C is told at its start, and what it remembers of that afterwards."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from sync.demo_onec.store import Store

DEFAULT_GOODS = 500
"""Enough for every page of a catalogue to have something on it, and still published in a few seconds."""

REMEMBERED = ("portal", "client_id", "client_secret", "login", "password", "period", "pull", "invoice", "publication")


@dataclass(frozen=True)
class Settings:
    """None means: as remembered in the database of this 1C, or the default on its first start."""

    home: Path
    publication: str | None = None
    login: str | None = None
    password: str | None = None
    portal: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    goods: int = DEFAULT_GOODS
    clock: Path | None = None
    period: int | None = None
    pull: bool | None = None
    invoice: str | None = None


def remember(store: Store, given: Settings) -> None:
    """Keep what was given now; make up what was never given. The password is random and made once."""
    defaults: dict[str, object] = {
        "portal": "",
        "client_id": "",
        "client_secret": "",
        "login": "portal",
        "password": secrets.token_urlsafe(12),
        "period": 5,
        "pull": False,
        "invoice": "pdf",
        "publication": "trade",
    }
    with store.writing():
        for name in REMEMBERED:
            value = getattr(given, name)
            if value is not None:
                store.remember(name, value)
            elif store.recall(name) is None:
                store.remember(name, defaults[name])


def remembered(store: Store) -> dict[str, object]:
    """All settings that can be seen and changed at /demo/settings."""
    return {name: store.recall(name) for name in REMEMBERED}


class SettingsForm(msgspec.Struct):
    """What may be changed while this 1C runs; an absent field stays as it is."""

    portal: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    client_id: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    client_secret: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    login: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern="^[^:]+$")] | None = None
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=300)] | None = None
    period: Annotated[int, msgspec.Meta(ge=1, le=86400)] | None = None
    pull: bool | None = None
    invoice: Literal["pdf", "number"] | None = None


def change_settings(store: Store, form: SettingsForm) -> None:
    """Spaces around pasted keys are dropped."""
    with store.writing():
        for name, value in msgspec.to_builtins(form).items():
            if value is not None:
                store.remember(name, value.strip() if isinstance(value, str) else value)
