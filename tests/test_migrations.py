"""The schema comes up to date once, whole or not at all, with a copy made first."""

import sqlite3
from contextlib import closing

import pytest

from data.database import DB, execute, fetch, reading, writing
from data.home import HomeInUse, opened
from data.migrations.runner import SchemaTooNew, migrate
from data.schema import KEYS, TABLES

DECLARED = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'migration%' ORDER BY name"


def spaces_aside(rows):
    return [(*row[:3], "".join((row[3] or "").split())) for row in rows]


async def test_the_migrations_make_exactly_the_tables_that_are_declared(tmp_path):
    async with opened(tmp_path / "home"), reading():
        migrated = spaces_aside(await fetch(DECLARED))
    await DB.start(str(tmp_path / "declared.sqlite"))
    async with writing():
        for table in TABLES:
            await table.create_table(if_not_exists=True)
        for key in KEYS:
            await execute(key)
        declared = spaces_aside(await fetch(DECLARED))
    await DB.stop()

    assert migrated == declared


async def test_an_up_to_date_home_is_left_as_it_is(tmp_path):
    async with opened(tmp_path):
        pass
    async with opened(tmp_path):
        assert await migrate() == []


async def test_a_file_of_a_newer_portal_is_refused(tmp_path):
    async with opened(tmp_path), writing():
        await execute("INSERT INTO migration (name, app_name) VALUES ('m9999_later', 'portal')")

    with pytest.raises(SchemaTooNew, match="m9999_later"):
        async with opened(tmp_path):
            pass


async def test_a_migration_that_fails_leaves_nothing_behind_and_a_copy_was_made(tmp_path, monkeypatch):
    async with opened(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "portal.sqlite")) as file, file:
        file.execute("DELETE FROM migration")
        file.execute("INSERT INTO migration (name, app_name) VALUES ('m0001_first', 'portal')")
        file.execute("UPDATE migration SET name = 'm0001_first'")
    broken = tmp_path / "m0002_broken.py"
    broken.write_text(
        "from data.database import execute\n\n\nasync def forwards():\n"
        "    await execute('CREATE TABLE half (a)')\n    await execute('CREATE TABLE half (a)')\n"
    )
    monkeypatch.setattr("data.migrations.__path__", [*__import__("data.migrations").migrations.__path__, str(tmp_path)])

    with pytest.raises(sqlite3.OperationalError):
        async with opened(tmp_path):
            pass

    with closing(sqlite3.connect(tmp_path / "portal.sqlite")) as file:
        assert file.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    assert (tmp_path / "portal.before-migration").exists()


async def test_one_home_has_one_portal(tmp_path):
    async with opened(tmp_path):
        with pytest.raises(HomeInUse):
            async with opened(tmp_path):
                pass
