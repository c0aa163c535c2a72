"""The home folder: one database file, the key, the files and the lock of the one process that uses them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from filelock import FileLock, Timeout

from data import clock, secrets
from data.access.roles import fill_by_default
from data.database import DB, writing
from data.exchange import files
from data.migrations.runner import migrate

DATABASE = "portal.sqlite"


class HomeInUse(Exception):
    """Another portal works in this folder."""


@contextlib.asynccontextmanager
async def opened(home: Path, *, clock_file: Path | None = None, alone: bool = True) -> AsyncIterator[None]:
    """The folder ready for use, its schema up to date. ``alone``: refuse when a portal runs in it (HomeInUse)."""
    await asyncio.to_thread(home.mkdir, parents=True, exist_ok=True)
    lock = FileLock(home / "portal.lock")
    if alone:
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise HomeInUse(str(home)) from error
    try:
        clock.read_shift_from(clock_file)
        secrets.open_key(home / "secret.key")
        files.keep_in(home / "files")
        await DB.start(str(home / DATABASE))
        try:
            if alone:
                await migrate()
                async with writing():
                    await fill_by_default()
            yield
        finally:
            await DB.stop()
    finally:
        lock.release()
