"""The only two doors to the database, reading() and writing(), and the statements that run inside them."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any

from data.engine import Database, Open

DB = Database()


def reading(*, apart: bool = False) -> contextlib.AbstractAsyncContextManager[None]:
    """One snapshot for everything a page reads. ``apart``: off the loop, for what may take more than 2 ms."""
    if DB.transaction_exists():
        raise RuntimeError("reading() does not nest")
    return DB.read_apart() if apart else DB.read()


def writing() -> contextlib.AbstractAsyncContextManager[Open]:
    """One rule's changes, all or none, durable when the block has ended."""
    if DB.transaction_exists():
        raise RuntimeError("writing() does not nest: use saving() for a part that may fail alone")
    return DB.write()


@contextlib.asynccontextmanager
async def saving() -> AsyncIterator[None]:
    """A part of writing() that is undone alone when it raises."""
    current = DB.transaction_in_progress()
    current.savepoints += 1
    name = f"part_{current.savepoints}"
    current.connection.execute(f"SAVEPOINT {name}")
    try:
        yield
    except BaseException:
        current.connection.execute(f"ROLLBACK TO {name}")
        raise
    finally:
        current.connection.execute(f"RELEASE {name}")


def after_commit(callback: Callable[[], None]) -> None:
    """Call back once this transaction is safe on the disk."""
    DB.transaction_in_progress().after.append(callback)


async def fetch(sql: str, *args: Any) -> list[tuple[Any, ...]]:
    """Rows of one statement as tuples, in the open transaction."""
    found: list[tuple[Any, ...]] = await DB.run(sql, args)
    return found


async def fetch_one(sql: str, *args: Any) -> tuple[Any, ...] | None:
    """The first row of one statement, or None."""
    found = await DB.run(sql, args)
    return found[0] if found else None


async def execute(sql: str, *args: Any) -> int:
    """Run one changing statement; how many rows it changed."""
    cursor = DB.transaction_in_progress().connection.execute(sql, args)
    changed: int = cursor.rowcount
    return changed


async def execute_many(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run one statement for each row."""
    DB.transaction_in_progress().connection.executemany(sql, rows)
