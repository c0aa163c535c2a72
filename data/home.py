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


def make_private(folder: Path) -> None:
    """Make the folder, for its owner only, unless it is there: the keys of the house and everybody's letters lie in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextlib.asynccontextmanager
async def opened(home: Path, *, clock_file: Path | None = None, alone: bool = True) -> AsyncIterator[None]:
    """The folder ready for use, its schema up to date. ``alone``: refuse when a portal runs in it (HomeInUse)."""
    await asyncio.to_thread(make_private, home)
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
        _close_to_others(home / DATABASE)
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


def _close_to_others(database: Path) -> None:
    """Whatever folder it lies in, the database is its owner's; SQLite gives its companions the same mode."""
    database.touch(mode=0o600)
    for path in (database, *(database.with_name(database.name + tail) for tail in ("-wal", "-shm"))):
        with contextlib.suppress(FileNotFoundError, PermissionError):  # another user of the group may run a command
            path.chmod(0o600)
