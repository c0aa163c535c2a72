"""The two doors to the database: one writer, snapshots for readers, nothing half done, nothing left open."""

import asyncio
import sqlite3

import pytest

from data.database import DB, after_commit, execute, fetch, fetch_one, reading, saving, writing


@pytest.fixture
async def table(home):
    async with writing():
        await execute("CREATE TABLE numbers (n INTEGER UNIQUE)")


async def add(n: int) -> None:
    await execute("INSERT INTO numbers VALUES (?)", n)


async def count() -> int:
    async with reading():
        found = await fetch_one("SELECT count(*) FROM numbers")
    return found[0]


async def test_a_failed_rule_changes_nothing(table):
    with pytest.raises(ValueError, match="no"):
        async with writing():
            await add(1)
            raise ValueError("no")

    assert await count() == 0


async def test_a_part_that_fails_is_undone_alone(table):
    async with writing():
        await add(1)
        with pytest.raises(sqlite3.IntegrityError):
            async with saving():
                await add(2)
                await add(1)
        await add(3)

    async with reading():
        assert await fetch("SELECT n FROM numbers ORDER BY n") == [(1,), (3,)]


async def test_doors_do_not_nest(table):
    async with writing():
        with pytest.raises(RuntimeError):
            reading()
        with pytest.raises(RuntimeError):
            writing()


async def test_statements_outside_the_doors_are_refused(table):
    with pytest.raises(RuntimeError):
        await fetch("SELECT 1")


async def test_a_child_task_cannot_use_its_parents_transaction(table):
    async with writing():
        with pytest.raises(RuntimeError, match="another task"):
            await asyncio.create_task(add(1))


async def test_many_writers_wait_for_each_other(table):
    async def one(n: int) -> None:
        async with writing():
            found = await fetch_one("SELECT count(*) FROM numbers")
            await add(n)
            assert await fetch_one("SELECT count(*) FROM numbers") == (found[0] + 1,)

    await asyncio.gather(*(one(n) for n in range(200)))

    assert await count() == 200


async def test_readers_see_one_snapshot_while_somebody_writes(table):
    async with writing():
        await add(1)
        assert await asyncio.create_task(count(), context=__import__("contextvars").Context()) == 0

    assert await count() == 1


async def test_a_heavy_read_runs_apart(table):
    async with writing():
        await add(7)

    async with reading(apart=True):
        assert await fetch("SELECT n FROM numbers") == [(7,)]


async def test_cancelled_at_any_await_it_is_whole_or_absent_and_the_lock_is_free(table):
    async def pair(n: int) -> None:
        async with writing():
            await add(2 * n)
            await asyncio.sleep(0)
            await add(2 * n + 1)

    for n in range(200):
        task = asyncio.create_task(pair(n))
        for _ in range(n % 7):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async with reading():
        odd = await fetch("SELECT n / 2 FROM numbers GROUP BY n / 2 HAVING count(*) <> 2")
    assert odd == []
    async with writing():
        await add(-1)


async def test_a_commit_that_fails_releases_everything(table):
    async with writing():
        await execute("CREATE TABLE parents (id INTEGER PRIMARY KEY)")
        await execute("CREATE TABLE children (p INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)")

    with pytest.raises(sqlite3.IntegrityError):
        async with writing():
            await execute("INSERT INTO children VALUES (42)")

    assert not DB.transaction_exists()
    async with writing():
        await add(1)
    assert await count() == 1


async def test_another_process_that_writes_is_waited_for(table):
    other = sqlite3.connect(DB.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    task = asyncio.create_task(_write(5))
    await asyncio.sleep(0)

    other.execute("COMMIT")
    other.close()
    await task

    assert await count() == 1


async def test_what_follows_a_commit_is_called_only_after_it(table):
    rung: list[int] = []
    with pytest.raises(ValueError, match="no"):
        async with writing():
            after_commit(lambda: rung.append(1))
            raise ValueError("no")
    async with writing():
        after_commit(lambda: rung.append(2))
        assert rung == []

    assert rung == [2]


async def test_every_connection_is_durable(table):
    async with writing():
        assert await fetch_one("PRAGMA synchronous") == (2,)
        assert await fetch_one("PRAGMA journal_mode") == ("wal",)


async def _write(n: int) -> None:
    async with writing():
        await add(n)
