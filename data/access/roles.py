"""Roles of people («Роли пользователей портала») and the rights each gives."""

import json

from piccolo.columns import Text, Varchar
from piccolo.table import Table

from data.columns import Uid
from data.database import DB, execute, fetch_one, reading

RIGHTS = {
    "catalogue": "Каталог",
    "prices": "Цены",
    "orders.own": "Свои заказы",
    "orders.company": "Заказы компании",
    "orders.assigned": "Заказы своих партнеров",
    "orders.decide": "Решения по заказам партнеров",
    "documents": "Документы",
    "money": "Взаиморасчеты",
    "tasks": "Задачи",
    "people.company": "Люди своей компании",
    "people.all": "Пользователи портала",
    "exchange": "Обмен с 1С",
    "settings": "Настройки",
    "http": "HTTP сервисы",
}

ORDERING = ["catalogue", "prices", "orders.own", "documents"]
DEFAULTS: dict[str, tuple[str, list[str]]] = {
    "admin": (
        "Администратор",
        ["catalogue", "orders.assigned", "orders.decide", "documents", "tasks", "people.all", "exchange", "settings"],
    ),
    "manager": ("Менеджер", ["catalogue", "orders.assigned", "orders.decide", "documents", "tasks"]),
    "partner": ("Партнер", [*ORDERING, "orders.company", "money", "people.company"]),
    "contact": ("Контактное лицо", ORDERING),
    "executor": ("Исполнитель", ["tasks"]),
    "owner": ("Владелец", [*ORDERING, "orders.company", "money", "people.company"]),
    "buyer": ("Закупщик", ORDERING),
    "accountant": ("Бухгалтер", ["orders.company", "documents", "money"]),
    "viewer": ("Наблюдатель", ["catalogue", "prices", "orders.company"]),
    "approver": ("Согласующий", ["catalogue", "prices", "orders.company", "documents"]),
}


class Role(Table, db=DB, tablename="roles"):
    uuid = Uid(help_text="the role in 1C; empty: only the portal has it")
    code = Varchar(length=30, unique=True)
    name = Varchar(length=100)
    rights = Text(help_text="JSON list of rights")


async def fill_by_default() -> None:
    """«Заполнить по умолчанию»: add the roles that are missing, touch no role that is there. Inside writing()."""
    for code, (name, rights) in DEFAULTS.items():
        await execute(
            "INSERT INTO roles (code, name, rights) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING",
            code,
            name,
            json.dumps(rights),
        )


async def role_name(code: str) -> str:
    """What the role is called on screen."""
    async with reading():
        found = await fetch_one("SELECT name FROM roles WHERE code = ?", code)
    return str(found[0]) if found else code
