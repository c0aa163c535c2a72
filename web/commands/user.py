"""`portal user`: who may sign in, from the console of the machine."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from data import clock
from data.access import people, people_list
from data.access.given_password import give_password
from data.access.names import user_named
from data.database import reading, writing
from data.errors import Refusal
from web.commands import CommandFailed, words
from web.commands.homes import at_home
from web.config import Settings, read_settings

Deed = Callable[[argparse.Namespace, Settings], Awaitable[None]]


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("user", help="пользователи портала")
    deeds = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    _deed(deeds, "list", "показать всех", _list)
    add = _deed(deeds, "add", "добавить и напечатать ссылку для входа", _add)
    add.add_argument("--name", required=True, metavar="ИМЯ", help="имя")
    add.add_argument("--email", required=True, metavar="АДРЕС", help="электронная почта")
    add.add_argument("--login", default="", metavar="ЛОГИН", help="логин, если входить не по почте")
    add.add_argument("--admin", action="store_true", help="администратор, иначе менеджер")
    password = _deed(deeds, "password", "задать пароль", _password)
    password.add_argument("login", metavar="ЛОГИН", help="логин, телефон или e-mail")
    link = _deed(deeds, "link", "напечатать ссылку для входа", _link)
    link.add_argument("login", metavar="ЛОГИН", help="логин, телефон или e-mail")


def _deed(deeds: Any, word: str, text: str, deed: Deed) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = deeds.add_parser(word, help=text)
    words.home(parser)
    parser.set_defaults(run=run, deed=deed)
    return parser


def run(asked: argparse.Namespace) -> int:
    settings = read_settings(asked.home)
    try:
        asyncio.run(_done(asked, settings))
    except Refusal as refusal:
        raise CommandFailed(refusal.text) from refusal
    return 0


async def _done(asked: argparse.Namespace, settings: Settings) -> None:
    async with at_home(settings):
        await asked.deed(asked, settings)


async def _list(asked: argparse.Namespace, settings: Settings) -> None:
    async with reading():
        found = await people_list.everybody()
    for row in found:
        role = row.role or ("Служебный" if row.is_service else "")
        print(f"{row.names[0] if row.names else '':<34} {role:<16} {row.status_label:<14} {row.name}  {row.partner}")


async def _add(asked: argparse.Namespace, settings: Settings) -> None:
    role = "admin" if asked.admin else "manager"
    async with writing():
        membership = await people.create_person(asked.name, asked.email, role, clock.now(), login=asked.login)
        path = await people.invitation_path(membership, clock.now())
    print(f"Ссылка для входа (на один раз): {settings.address}{path}")


async def _password(asked: argparse.Namespace, settings: Settings) -> None:
    user = await _user(asked.login)
    password = getpass.getpass("Новый пароль: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    await give_password([user], password, clock.now())
    print("Пароль задан, прежние входы завершены.")


async def _link(asked: argparse.Namespace, settings: Settings) -> None:
    user = await _user(asked.login)
    async with writing():
        path = await people.invitation_path(await people_list.membership_of(user), clock.now())
    print(f"Ссылка для входа (на один раз): {settings.address}{path}")


async def _user(typed: str) -> int:
    async with reading():
        found = await user_named(typed)
    if found is None:
        raise CommandFailed(f"Нет пользователя «{typed}»")
    return found[0]
