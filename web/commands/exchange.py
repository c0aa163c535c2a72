"""`portal exchange run`: work the queue to 1C now, beside the running portal or without it."""

import argparse
import asyncio
import sys
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
    done = asyncio.run(_run(read_settings(asked.home)))
    print(done.text, file=sys.stderr if done.is_failed else sys.stdout)
    return int(done.is_failed)


async def _run(settings: Settings) -> control.Run:
    async with at_home(settings):
        try:
            return await control.run_now()
        finally:
            await control.close()
