"""The seller of the demo: an invented organisation, its managers, roles, reasons, ways of delivery and news."""

from datetime import datetime, timedelta
from typing import Any

from sync.demo_onec.check_digits import account, corr_account, inn, ogrn
from sync.demo_onec.goods import Object
from sync.demo_onec.ids import invented

ORGANIZATION = invented("organization", "seller")
BIC = "044525990"

MANAGERS = {
    "orlova": ("Орлова Марина Сергеевна", "+79990000101", "orlova@example.org"),
    "zimin": ("Зимин Павел Андреевич", "+79990000102", "zimin@example.org"),
    "lebedev": ("Лебедев Игорь Олегович", "+79990000103", "lebedev@example.org"),
}

CANCEL_REASONS = ("Отказ клиента", "Нет в наличии", "Изменилась цена", "Ошибка в заказе")

ORDERING = ["catalogue", "prices", "orders.own", "documents"]
ROLES: dict[str, tuple[str, list[str]]] = {
    "admin": (
        "Администратор",
        ["catalogue", "orders.assigned", "orders.decide", "documents", "tasks", "people.all", "exchange", "settings"],
    ),
    "manager": ("Менеджер", ["catalogue", "orders.assigned", "orders.decide", "documents", "tasks"]),
    "partner": ("Партнер", [*ORDERING, "orders.company", "money", "people.company"]),
    "contact": ("Контактное лицо", ORDERING),
    "executor": ("Исполнитель", ["tasks"]),
}


def manager_id(name: str) -> str:
    return invented("manager", name)


def seller() -> Object:
    """Requisites pass every check that real ones pass; the names are plainly invented."""
    bank = {
        "name": "АО «Демонстрационный банк», г. Образцов",
        "bic": BIC,
        "corr_account": corr_account("30101810000000000990", BIC),
        "account": account("40702810000000012345", BIC),
    }
    return ORGANIZATION, {
        "name": "Демоснаб",
        "legal_name": "ООО «Демоснаб»",
        "inn": inn("770000001"),
        "kpp": "770001001",
        "ogrn": ogrn("126770000001"),
        "address": "101000, г. Образцов, ул. Складская, 1",
        "phone": "+74990000100",
        "bank": bank,
        "director": "Примеров П. П.",
        "accountant": "Счетова С. С.",
        "vat_mode": "general",
    }


def managers() -> list[Object]:
    return [
        (manager_id(key), {"name": name, "phone": phone, "email": email})
        for key, (name, phone, email) in MANAGERS.items()
    ]


def roles() -> list[Object]:
    return [
        (invented("role", code), {"code": code, "name": name, "rights": rights})
        for code, (name, rights) in ROLES.items()
    ]


def cancel_reasons() -> list[Object]:
    return [(invented("cancel_reason", name), {"name": name}) for name in CANCEL_REASONS]


def delivery_methods() -> list[Object]:
    return [
        (invented("delivery", "pickup"), {"code": "pickup", "name": "Самовывоз", "needs_address": False}),
        (invented("delivery", "courier"), {"code": "delivery", "name": "Доставка до клиента", "needs_address": True}),
    ]


def news(now: datetime) -> list[Object]:
    told: list[tuple[str, str, str, int]] = [
        ("winter", "График отгрузок", "<p>По субботам склад отгружает заказы до 15:00.</p>", 2),
        ("paint", "Новые краски «Крепыш»", "<p>В разделе «Краски и смеси» появились фасовки 10 л и 14 кг.</p>", 9),
    ]
    return [(invented("news", key), _news(title, text, now - timedelta(days=days))) for key, title, text, days in told]


def _news(title: str, text: str, at: datetime) -> dict[str, Any]:
    return {"title": title, "text": text, "published_at": at.isoformat()}
