"""Brings the schema up to date: one process, each migration and its bookkeeping in one transaction, a copy first."""

import importlib
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path

from piccolo.apps.migrations.tables import Migration

import data.migrations
from data.database import DB, fetch, writing

APP = "portal"
Migration._meta.db = DB


class CopyFailed(Exception):
    """The copy made before a migration is not whole; nothing was migrated."""


class SchemaTooNew(Exception):
    """The file was written by a newer version of the portal."""


async def migrate() -> list[str]:
    """Apply what is missing, in order of names; the names applied. The database is open and nobody else uses it."""
    names = [module.name for module in pkgutil.iter_modules(data.migrations.__path__) if module.name.startswith("m")]
    async with writing():
        await Migration.create_table(if_not_exists=True)
        done = {row[0] for row in await fetch("SELECT name FROM migration WHERE app_name = ?", APP)}
    if newer := sorted(done - set(names)):
        raise SchemaTooNew(", ".join(newer))
    missing = [name for name in sorted(names) if name not in done]
    if missing and done:
        copy_before_migration(Path(DB.path))
    for name in missing:
        module = importlib.import_module(f"data.migrations.{name}")
        async with writing():
            await module.forwards()
            await Migration.insert(Migration(name=name, app_name=APP))
    return missing


def copy_before_migration(path: Path) -> Path:
    """A verified copy beside the database file. Raises CopyFailed."""
    part, copy = path.with_suffix(".before-migration.part"), path.with_suffix(".before-migration")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
        verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise CopyFailed(str(verdict))
    part.replace(copy)
    return copy
