"""Settings the owner changes on pages: one row each, a JSON value by name, read and written whole."""

import json
from dataclasses import asdict, fields
from typing import Any, TypeVar

from piccolo.columns import Text, Varchar
from piccolo.table import Table

from data.database import DB, execute, fetch_one


class Setting(Table, db=DB, tablename="settings"):
    name = Varchar(length=60, unique=True)
    value = Text()


Values = TypeVar("Values")


async def read(kind: type[Values]) -> Values:
    """The settings of this dataclass, its defaults where nothing was saved. Inside reading() or writing()."""
    found = await fetch_one("SELECT value FROM settings WHERE name = ?", kind.__name__)
    saved: dict[str, Any] = json.loads(found[0]) if found else {}
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in saved.items() if name in known})


async def save(values: Any) -> None:
    """Keep the settings of this dataclass whole. Inside writing()."""
    await execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        type(values).__name__,
        json.dumps(asdict(values), ensure_ascii=False),
    )
