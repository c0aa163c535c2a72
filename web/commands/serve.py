"""`portal serve`: the portal itself, one process for one home folder."""

import argparse
import asyncio
import socket
from typing import Any

import uvicorn

from data import clock
from data.access import people
from data.home import opened
from web.commands import words
from web.commands.children import WITH_PARENT, end_with_parent
from web.commands.connection import Connection
from web.commands.listening import listen
from web.config import Settings, read_settings

GRACEFUL = 20  # s for requests in progress when the server is asked to end
AT_ONCE = 1000  # connections and tasks; further ones get 503 instead of eating the memory
KEPT = 65  # s an idle connection is kept: a little more than proxies do, so it is never closed under a request
QUIET = {"version": 1, "disable_existing_loggers": False, "loggers": {"uvicorn": {"level": "WARNING"}}}


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("serve", help="запустить портал")
    words.home(parser)
    parser.add_argument("--host", metavar="АДРЕС", help="адрес, на котором слушать, обычно 127.0.0.1")
    parser.add_argument("--port", type=words.port, metavar="НОМЕР", help="порт, обычно 8000")
    parser.add_argument(
        "--public-url", metavar="АДРЕС", help="по какому адресу портал видят люди, например https://portal.example.ru"
    )
    parser.add_argument("--clock", help=argparse.SUPPRESS)
    parser.add_argument(WITH_PARENT, action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    settings = read_settings(
        asked.home,
        host=asked.host,
        port=asked.port,
        public_url=asked.public_url,
        clock_file=asked.clock,
    )
    listening = listen(settings.host, settings.port)
    if asked.with_parent:
        end_with_parent()
    link = asyncio.run(_prepared(settings))
    _announce(settings, listening, link)
    _serve(settings, listening)
    return 0


async def _prepared(settings: Settings) -> str | None:
    """Bring the home up to date; the path of the first administrator's one-time link while there is none yet."""
    async with opened(settings.home, clock_file=settings.clock_file):
        token = await people.first_admin_link(clock.now())
    return f"/invite/{token}" if token else None


def _announce(settings: Settings, listening: socket.socket, link: str | None) -> None:
    host, port = listening.getsockname()[:2]
    print(f"Портал слушает {host}:{port}, адрес для людей: {settings.address}", flush=True)
    if link:
        print(f"Первый вход администратора (ссылка на один раз): {settings.address}{link}", flush=True)
    if not settings.is_https and host not in {"127.0.0.1", "::1"}:
        print(
            "Внимание: портал доступен по сети без HTTPS, пароли идут открыто."
            " Поставьте перед ним Caddy или nginx и задайте PORTAL_PUBLIC_URL=https://…",
            flush=True,
        )


def _serve(settings: Settings, listening: socket.socket) -> None:
    from web.app import create_app

    config = uvicorn.Config(
        create_app(settings),
        http=Connection,
        log_config=QUIET,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.forwarded_from),
        forwarded_allow_ips=settings.forwarded_from or None,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=GRACEFUL,
        ws="none",
    )
    uvicorn.Server(config).run(sockets=[listening])
