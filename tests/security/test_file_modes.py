"""What lies on the disk is its owner's: other accounts of the same machine read no key, no letter and no order."""

import os
import sqlite3
from contextlib import closing

import pytest

from data.home import DATABASE, opened

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps who may read in another way")


def open_to_others(home):
    """Files that another account can reach: readable by others, and every folder above them passable."""
    found = []
    for folder, folders, names in os.walk(home):
        if os.stat(folder).st_mode & 0o077:
            found += [
                os.path.join(folder, name) for name in names if os.stat(os.path.join(folder, name)).st_mode & 0o077
            ]
        else:
            folders.clear()
    return found


async def test_a_new_home_is_closed_to_others(tmp_path):
    async with opened(tmp_path / "deep" / "home"):
        assert open_to_others(tmp_path / "deep" / "home") == []


async def test_the_database_is_closed_to_others_in_an_open_folder_and_from_before(tmp_path):
    with closing(sqlite3.connect(tmp_path / DATABASE)) as before:
        before.execute("PRAGMA journal_mode=WAL")
    (tmp_path / DATABASE).chmod(0o644)

    async with opened(tmp_path):
        names = [path.name for path in tmp_path.glob(f"{DATABASE}*")]
        assert len(names) == 3 and [path for path in open_to_others(tmp_path) if DATABASE in path] == []
        assert (tmp_path / "files").stat().st_mode & 0o077 == 0


def test_the_home_of_the_demo_is_closed_to_others(prepared_home):
    assert open_to_others(prepared_home) == []
    for name in ("mail", "onec", "files"):
        assert (prepared_home / name).stat().st_mode & 0o077 == 0, name
