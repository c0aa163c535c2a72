"""`portal migrate`: bring the database up to date without serving anybody."""

import argparse
import asyncio
from pathlib import Path
from typing import Any

from data.home import opened
from web.commands import words
from web.config import read_settings


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("migrate", help="обновить базу данных")
    words.home(parser)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    home = read_settings(asked.home).home
    asyncio.run(_migrate(home))
    print(f"База в папке {home} обновлена.")
    return 0


async def _migrate(home: Path) -> None:
    async with opened(home):
        pass
