"""The SQLite engine under Piccolo: one connection that writes, the others read; data.database has the doors to it.

Connections are kept; short statements run on the loop's own thread, because a hop to another costs more than the
query; only COMMIT, which waits for the disk, and heavy reads leave it. One writer at a time, BEGIN IMMEDIATE,
synchronous=FULL: what was committed survives a power cut.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, dict_factory
from piccolo.querystring import QueryString

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=1",
    "trusted_schema=0",
    "cell_size_check=1",
    "temp_store=MEMORY",
    "cache_size=-32768",
    "mmap_size=268435456",
    "journal_size_limit=67108864",
)
WRITE_WAIT = 10.0  # s to wait for another process (a command beside the running portal) that writes

# SQLite gives whole numbers as int already; Piccolo's converter would take each cell through Decimal.
sqlite3.converters.pop("INTEGER", None)


class Open:
    """A transaction in progress: on which connection, and whose it is."""

    def __init__(self, connection: Any, *, writes: bool, heavy: bool = False) -> None:
        self.connection = connection
        self.writes = writes
        self.heavy = heavy
        self.task = asyncio.current_task()
        self.after: list[Callable[[], None]] = []
        self.savepoints = 0


class Joined:
    """What Piccolo gets when it opens a transaction of its own: ours, which must be open already."""

    def __init__(self, engine: "Database") -> None:
        self._engine = engine

    async def __aenter__(self) -> "Joined":
        self._engine.transaction_in_progress()
        return self

    async def __aexit__(self, *exc: object) -> None:
        return None


class Database(SQLiteEngine):
    """Piccolo's engine with kept connections. ``start`` before use, ``stop`` at the end."""

    __slots__ = ("_commits", "_idle", "_lock", "_writer")

    def __init__(self, path: str = "") -> None:
        super().__init__(path=path, check_same_thread=False, timeout=0, cached_statements=512)
        self._writer: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []

    async def start(self, path: str) -> None:
        """Open the file at ``path``, creating it when it is not there."""
        self.path = path
        self._commits = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._lock = asyncio.Lock()
        self._writer = self._connect()

    async def stop(self) -> None:
        """Fold the write-ahead log into the file and close everything."""
        async with self._lock:
            assert self._writer is not None
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for connection in (self._writer, *self._idle):
                connection.close()
            self._writer, self._idle = None, []
        self._commits.shutdown()

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(**self.connection_kwargs)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def transaction_in_progress(self) -> Open:
        """The open transaction of this very task; RuntimeError when there is none or it is another task's."""
        current: Open | None = self._current.get()
        if current is None:
            raise RuntimeError("use reading() or writing()")
        if current.task is not asyncio.current_task():
            raise RuntimeError("the transaction belongs to another task")
        return current

    @property
    def _current(self) -> "ContextVar[Open | None]":
        return self.current_transaction  # type: ignore[return-value]  # Piccolo's variable holds our own class

    def transaction(self, *_: Any, **__: Any) -> Any:
        return Joined(self)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> Any:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.run(sql, args, as_dicts=True)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> Any:
        return await self.run(ddl, (), as_dicts=True)

    async def run(self, sql: str, args: Sequence[Any] = (), *, as_dicts: bool = False) -> Any:
        """Run one statement in the open transaction and give all its rows."""
        current = self.transaction_in_progress()
        if current.heavy:
            cursor = await current.connection.execute(sql, args)
            found = await cursor.fetchall()
        else:
            cursor = current.connection.execute(sql, args)
            found = cursor.fetchall()
        return [dict_factory(cursor, row) for row in found] if as_dicts else found

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[None]:
        borrowed = not self._lock.locked()
        if borrowed:  # the writer's page cache is warm; nobody waits, since inline reads do not leave the thread
            await self._lock.acquire()
            assert self._writer is not None
            connection = self._writer
        else:
            connection = self._idle.pop() if self._idle else self._connect()
        try:
            connection.execute("BEGIN")
            token = self._current.set(Open(connection, writes=False))
            try:
                yield
            finally:
                self._current.reset(token)
        finally:
            if connection.in_transaction:
                connection.rollback()
            if borrowed:
                self._lock.release()
            else:
                self._idle.append(connection)

    @contextlib.asynccontextmanager
    async def read_apart(self) -> AsyncIterator[None]:
        async with aiosqlite.connect(**self.connection_kwargs) as connection:
            await connection.execute("PRAGMA query_only=1")
            await connection.execute("BEGIN")
            token = self._current.set(Open(connection, writes=False, heavy=True))
            try:
                yield
            finally:
                self._current.reset(token)
                await connection.rollback()

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Open]:
        async with asyncio.timeout(WRITE_WAIT):  # wait_for() of 3.11 can swallow the cancelling of its task
            await self._lock.acquire()
        try:
            writer = await self._begin()
        except BaseException:
            self._lock.release()
            raise
        current = Open(writer, writes=True)
        token = self._current.set(current)
        try:
            yield current
        except BaseException:
            self._current.reset(token)
            self._give_up(writer)
            raise
        self._current.reset(token)
        await self._commit(writer)
        for callback in current.after:
            callback()

    async def _begin(self) -> sqlite3.Connection:
        if self._writer is None:
            raise RuntimeError("the database is not open")
        waited = 0.0
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                return self._writer
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or waited >= WRITE_WAIT:
                    raise
            await asyncio.sleep(0.005)
            waited += 0.005

    async def _commit(self, writer: sqlite3.Connection) -> None:
        """COMMIT runs to its end even when the task is cancelled; only then is the lock free."""

        def commit() -> None:
            try:
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.rollback()
                raise

        done = asyncio.get_running_loop().run_in_executor(self._commits, commit)
        done.add_done_callback(self._committed)
        await asyncio.shield(done)

    def _committed(self, done: asyncio.Future[None]) -> None:
        self._lock.release()
        if not done.cancelled():
            done.exception()  # read here, so that a cancelled task leaves no warning behind

    def _give_up(self, writer: sqlite3.Connection) -> None:
        try:
            if writer.in_transaction:
                writer.rollback()
        except sqlite3.Error:  # a connection that cannot roll back is of no more use
            self._writer = self._connect()
        finally:
            self._lock.release()

    async def checkpoint(self) -> None:
        """Move the write-ahead log into the file without stopping anybody."""

        def work() -> None:
            with contextlib.closing(sqlite3.connect(self.path, timeout=5)) as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

        await asyncio.to_thread(work)
