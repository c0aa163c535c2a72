"""`portal demo-onec`: the stand-in 1C alone, to try the portal or to rehearse an integration."""

import argparse
from pathlib import Path
from typing import Any

from web.commands import words
from web.commands.children import WITH_PARENT, end_with_parent
from web.commands.listening import listen


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("demo-onec", help="запустить демонстрационную 1С")
    words.home(parser, Path("home/onec"), "./home/onec")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="АДРЕС", help="адрес, на котором слушать, обычно 127.0.0.1"
    )
    parser.add_argument("--port", type=words.port, default=8001, metavar="НОМЕР", help="порт, обычно 8001")
    parser.add_argument("--portal", metavar="АДРЕС", help="адрес портала")
    parser.add_argument("--client-id", metavar="ID", help="Client ID служебного пользователя портала")
    parser.add_argument("--client-secret", metavar="SECRET", help="Client Secret служебного пользователя портала")
    parser.add_argument("--login", metavar="ЛОГИН", help="логин HTTP-сервиса этой 1С, обычно portal")
    parser.add_argument("--password", metavar="ПАРОЛЬ", help="пароль HTTP-сервиса этой 1С, без него придумается сам")
    parser.add_argument(
        "--period", type=words.count, metavar="СЕКУНДЫ", help="через сколько секунд выполнять обмен, обычно 5"
    )
    parser.add_argument("--goods", type=words.count, metavar="ЧИСЛО", help="сколько товаров завести при первом запуске")
    parser.add_argument("--clock", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(WITH_PARENT, action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    from sync.demo_onec.run import serve
    from sync.demo_onec.settings import DEFAULT_GOODS, Settings

    listen(asked.host, asked.port).close()  # a busy port is told before anything is made
    if asked.with_parent:
        end_with_parent()
    settings = Settings(
        home=asked.home,
        portal=asked.portal,
        client_id=asked.client_id,
        client_secret=asked.client_secret,
        login=asked.login,
        password=asked.password,
        period=asked.period,
        goods=asked.goods or DEFAULT_GOODS,
        clock=asked.clock,
    )
    print(f"Демонстрационная 1С: http://{asked.host}:{asked.port}/", flush=True)
    print("На этой странице: логин и пароль для портала, поля для адреса и ключей портала, заказы и сбои.", flush=True)
    serve(settings, asked.host, asked.port)
    return 0
