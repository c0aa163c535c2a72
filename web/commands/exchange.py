"""`portal exchange run`: work the queue to 1C now, beside the running portal or without it."""

import argparse
import asyncio
from typing import Any

from sync import control
from web.commands import words
from web.commands.homes import at_home
from web.config import Settings, read_settings


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("exchange", help="обмен с 1С")
    deeds = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    run_now = deeds.add_parser("run", help="выполнить очередь сейчас")
    words.home(run_now)
    run_now.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    print(asyncio.run(_run(read_settings(asked.home))))
    return 0


async def _run(settings: Settings) -> str:
    async with at_home(settings):
        try:
            return (await control.run_now()).text
        finally:
            await control.close()
