"""Five invented buyers whose terms differ in everything a portal must tell apart: prices, contracts, limits, people."""

from datetime import datetime, timedelta
from typing import Any

from sync.demo_onec.check_digits import inn, inn_of_person, ogrn, ogrn_of_person
from sync.demo_onec.company import MANAGERS, ORGANIZATION, manager_id
from sync.demo_onec.goods import Object, price, product_id
from sync.demo_onec.ids import invented, register_row
from sync.demo_onec.prices import BULK, MAIN, REGION, RETAIL, SINCE, WHOLESALE
from sync.demo_onec.sums import discounted, rubles

RETAIL_SEGMENT = invented("segment", "retail")

NAMES = {
    "romashka": ("Ромашка", "orlova", []),
    "berezkin": ("ИП Берёзкин", "orlova", [RETAIL_SEGMENT]),
    "stroydvor": ("Стройдвор", "zimin", []),
    "vektor": ("Вектор", "zimin", [RETAIL_SEGMENT]),
    "sever": ("Северный торговый дом", "orlova", []),
}

PEOPLE: list[tuple[str, str, str, str, str, str]] = [
    ("anna", "Ромашкина Анна Викторовна", "anna@example.com", "+79990000201", "partner", "romashka"),
    ("boris", "Кладов Борис Ильич", "boris@example.com", "+79990000202", "contact", "romashka"),
    ("berezkin", "Берёзкин Олег Петрович", "berezkin@example.com", "+79990000203", "partner", "berezkin"),
    ("vera", "Дворова Вера Николаевна", "vera@example.com", "+79990000204", "partner", "stroydvor"),
    ("gleb", "Прорабов Глеб Юрьевич", "gleb@example.com", "+79990000205", "contact", "stroydvor"),
    ("dina", "Векторова Дина Маратовна", "dina@example.com", "+79990000206", "partner", "vektor"),
    ("egor", "Северов Егор Львович", "egor@example.com", "+79990000207", "partner", "sever"),
    ("anna_sever", "Ромашкина Анна Викторовна", "anna@example.com", "+79990000201", "partner", "sever"),
]
"""Key, name, e-mail, phone, role, partner. Anna buys for two companies with one e-mail."""


def partner_id(key: str) -> str:
    return invented("partner", key)


def partners() -> list[Object]:
    return [
        (partner_id(key), {"name": name, "manager": manager_id(manager), "segments": segments, "active": True})
        for key, (name, manager, segments) in NAMES.items()
    ]


def counterparties() -> list[Object]:
    companies = [
        ("romashka", "romashka", "ООО «Ромашка»", "770000011", "г. Образцов, ул. Луговая, 7"),
        ("stroydvor", "stroydvor", "АО «Стройдвор»", "770000012", "г. Примерск, ул. Кирпичная, 3"),
        ("vektor", "vektor", "ООО «Вектор»", "770000013", "г. Образцов, ул. Прямая, 15"),
        ("sever", "sever", "ООО «Северный торговый дом»", "780000014", "г. Заполярск, пр-т Мира, 2"),
        ("sever-retail", "sever", "ООО «СТД-Розница»", "780000015", "г. Заполярск, пр-т Мира, 4"),
    ]
    found: list[Object] = [_company(place, *company) for place, company in enumerate(companies, start=1)]
    person = {
        "partner": partner_id("berezkin"),
        "legal_name": "ИП Берёзкин Олег Петрович",
        "inn": inn_of_person("7700000021"),
        "kpp": None,
        "ogrn": ogrn_of_person("32677000000001"),
        "address": "г. Образцов, ул. Рыночная, 21",
    }
    return [*found, (invented("counterparty", "berezkin"), person)]


def contracts() -> list[Object]:
    return [
        (invented("contract", number), {**_contract("stroydvor"), "number": number, "date": date, "valid_to": until})
        for number, date, until in (("СД-14/2025", "2025-02-01", None), ("СД-02/2026", "2026-01-15", "2027-12-31"))
    ]


def agreements() -> list[Object]:
    """Individual ones and two typical ones; «Вид цен» belongs to the agreement."""
    return [
        _agreement("romashka", "Соглашение с Ромашкой", WHOLESALE, discount_percent="5", payment_terms="14 дней"),
        _agreement("stroydvor", "Поставка по договорам", BULK, requires_contract=True, warehouse=None),
        _agreement("vektor", "Вектор: от 10 тысяч", WHOLESALE, min_order_sum="10000.00"),
        _agreement("sever", "Северный, крупный опт", BULK, warehouse=REGION, credit_limit="500000.00"),
        _agreement(None, "Типовое розничное", RETAIL, key="typical-retail", segment=RETAIL_SEGMENT),
        _agreement(None, "Типовое оптовое", WHOLESALE, key="typical-wholesale", discount_percent="2"),
    ]


def personal_prices() -> list[Object]:
    """Romashka: three goods at a price of its own, two at a discount of its own."""
    agreement = invented("agreement", "romashka")
    found: list[Object] = []
    for number in (1, 2, 19):
        value = {"price": rubles(discounted(price(number), 3000)), "discount_percent": None}
        found.append(_personal(agreement, product_id(number), value))
    for number in (3, 4):
        found.append(_personal(agreement, product_id(number), {"price": None, "discount_percent": "12.5"}))
    return found


def contacts() -> list[Object]:
    return [
        (
            invented("contact", key),
            {"partner": partner_id(partner), "name": name, "position": "Закупки", "phone": phone, "email": email},
        )
        for key, name, email, phone, _, partner in PEOPLE
    ]


def addresses() -> list[Object]:
    places = [
        ("romashka", "г. Образцов, ул. Луговая, 7", "Въезд со двора"),
        ("romashka", "г. Образцов, ул. Садовая, 22, магазин № 2", "Разгрузка до 12:00"),
        ("stroydvor", "г. Примерск, ул. Кирпичная, 3, склад 5", ""),
        ("vektor", "г. Образцов, ул. Прямая, 15", ""),
        ("sever", "г. Заполярск, пр-т Мира, 2", "Звонить за час"),
    ]
    return [
        (invented("address", text), {"partner": partner_id(key), "text": text, "comment": comment})
        for key, text, comment in places
    ]


def users() -> list[Object]:
    """Two managers, one executor and the people of the partners. The administrator is the portal's own."""
    found: list[Object] = []
    for key, role in (("orlova", "manager"), ("zimin", "manager"), ("lebedev", "executor")):
        name, phone, email = MANAGERS[key]
        found.append((invented("user", key), _user(name, email, phone, key, role, manager=manager_id(key))))
    for key, name, email, phone, role, partner in PEOPLE:
        login = key.split("_")[0]
        contact = invented("contact", key)
        user = _user(name, email, phone, login, role, partner=partner_id(partner), contact=contact)
        found.append((invented("user", key), user))
    return found


def settlements(now: datetime) -> list[Object]:
    """One debt that is overdue and one that is not."""
    rows = [("romashka", "Реализация НФ-000031", "18450.00", -3), ("sever", "Реализация НФ-000044", "96300.00", 12)]
    return [_settlement(now, *row) for row in rows]


def _settlement(now: datetime, key: str, document: str, debt: str, days: int) -> Object:
    counterparty, agreement = invented("counterparty", key), invented("agreement", key)
    data = {
        "counterparty": counterparty,
        "agreement": agreement,
        "document": document,
        "date": (now - timedelta(days=30)).date().isoformat(),
        "debt": debt,
        "due_date": (now + timedelta(days=days)).date().isoformat(),
        "paid": "0.00",
        "overdue": debt if days < 0 else "0.00",
    }
    return register_row("settlement", counterparty, agreement, document), data


def _company(place: int, key: str, *facts: str) -> Object:
    partner, legal_name, first_nine, address = facts
    data = {
        "partner": partner_id(partner),
        "legal_name": legal_name,
        "inn": inn(first_nine),
        "kpp": f"{first_nine[:4]}01001",
        "ogrn": ogrn(f"12677000001{place}"),
        "address": address,
    }
    return invented("counterparty", key), data


def _contract(key: str) -> dict[str, Any]:
    return {"counterparty": invented("counterparty", key), "organization": ORGANIZATION, "active": True}


def _agreement(partner: str | None, name: str, price_type: str, *, key: str | None = None, **terms: object) -> Object:
    data: dict[str, Any] = {
        "kind": "individual" if partner else "typical",
        "partner": partner_id(partner) if partner else None,
        "segment": None,
        "counterparty": None,
        "requires_contract": False,
        "name": name,
        "organization": ORGANIZATION,
        "price_type": price_type,
        "discount_percent": "0",
        "warehouse": MAIN,
        "payment_terms": "Предоплата",
        "credit_limit": None,
        "min_order_sum": None,
        "currency": "RUB",
        "valid_from": SINCE,
        "valid_to": None,
    }
    return invented("agreement", partner or key), {**data, **terms}


def _personal(agreement: str, product: str, value: dict[str, Any]) -> Object:
    key = register_row("personal_price", agreement, product, None)
    data = {"agreement": agreement, "product": product, "variant": None, "valid_from": SINCE, "valid_to": None}
    return key, {**data, **value}


def _user(name: str, email: str, phone: str, login: str, role: str, **ties: str) -> dict[str, Any]:
    loose = {"partner": None, "contact": None, "manager": None}
    person = {"name": name, "email": email, "phone": phone, "login": login, "role": role}
    return {**person, **loose, **ties, "action": "publish"}
