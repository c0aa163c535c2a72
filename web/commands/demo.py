"""`portal demo`: a ready shop in one command, with a demonstration 1C and a mailbox of its own."""

import argparse
import asyncio
import signal
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

from data.home import make_private
from web.commands import CommandFailed, words
from web.commands.children import Child, child
from web.commands.demo_home import Prepared, open_doors, prepare
from web.commands.demo_notes import keep_notes, kept_notes, print_notes
from web.commands.demo_progress import introduce, wait_published, wait_up
from web.commands.listening import listen
from web.commands.mailbox import Mailbox

LOOK_EVERY = 0.5  # s between looks whether both processes live


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("demo", help="готовый магазин с демонстрационной 1С")
    words.home(parser, Path("home"))
    parser.add_argument("--port", type=words.port, default=8000, metavar="НОМЕР", help="порт портала, обычно 8000")
    parser.add_argument(
        "--onec-port", type=words.port, default=8001, metavar="НОМЕР", help="порт демонстрационной 1С, обычно 8001"
    )
    parser.add_argument(
        "--goods", type=words.count, default=520, metavar="ЧИСЛО", help="сколько товаров завести при первом запуске"
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    if asked.port == asked.onec_port:
        raise CommandFailed("Порталу и демонстрационной 1С нужны разные порты: --port и --onec-port")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end is Ctrl-C: the children end with us
    for name, port in (("--port", asked.port), ("--onec-port", asked.onec_port)):
        listen("127.0.0.1", port, option=name).close()
    make_private(asked.home)
    known = bool(kept_notes(asked.home).password)
    when = "Продолжаю с прежними данными" if known else "Завожу магазин, это займёт до минуты"
    print(f"{when}: {asked.home.resolve()}", flush=True)
    with Mailbox(asked.home / "mail") as mailbox, ExitStack() as children:
        shop = asyncio.run(prepare(asked.home, asked.port, asked.onec_port, mailbox.port))
        onec = children.enter_context(_onec(asked))
        portal = children.enter_context(_portal(asked, shop))
        wait_up(f"{shop.url}/up", portal)
        wait_up(f"{shop.onec_url}/demo/stats", onec)
        introduce(shop)
        wait_published(asked.home, shop.onec_url, asked.goods, (onec, portal))
        users = asyncio.run(open_doors(asked.home, shop))
        keep_notes(asked.home, shop, users)
        print_notes(asked.home, shop, users)
        _watch(onec, portal)
    return 0


def _onec(asked: argparse.Namespace) -> AbstractContextManager[Child]:
    return child(
        "Демонстрационная 1С", asked.home / "onec.log",
        "demo-onec", "--home", asked.home / "onec", "--port", asked.onec_port, "--goods", asked.goods,
        "--clock", asked.home / "clock",
    )  # fmt: skip


def _portal(asked: argparse.Namespace, shop: Prepared) -> AbstractContextManager[Child]:
    return child(
        "Портал", asked.home / "portal.log",
        "serve", "--home", asked.home, "--port", asked.port, "--public-url", shop.url,
        "--clock", asked.home / "clock",
    )  # fmt: skip


def _watch(*children: Child) -> None:
    """Until Ctrl-C. Raises CommandFailed when one of them ends by itself."""
    while True:
        for each in children:
            each.must_live()
        time.sleep(LOOK_EVERY)
