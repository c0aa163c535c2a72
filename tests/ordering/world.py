"""A small world for the rules of ordering: two partners with their people, a manager, four goods, taken as 1C sends them."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_DNS, uuid5

from data.access.person import Person
from data.access.roles import DEFAULTS
from data.database import execute, fetch_one, writing
from sync.kinds import TAKEN

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROMASHKA, LUTIK = "Ромашка", "Лютик"


def uid(name):
    return str(uuid5(NAMESPACE_DNS, name))


async def take(kind, key, /, **data):
    await TAKEN[kind].put(uid(key), data, NOW)


async def fill():
    """Everything in one transaction; the prices: retail 100.00 for a bolt, wholesale 90.00."""
    async with writing():
        await take("organization", "seller", name="Наша фирма", legal_name="ООО Наша фирма", inn="7707083893")
        await take("warehouse", "main", name="Основной")
        await take("price_type", "retail", name="Розничная", currency="RUB", vat_included=True)
        await take("price_type", "wholesale", name="Оптовая", currency="RUB", vat_included=True)
        await take("manager", "manager", name="Зудеев Илья", phone="+79990000001", email="manager@example.com")
        await take("delivery_method", "pickup", code="pickup", name="Самовывоз", needs_address=False)
        await take("delivery_method", "truck", code="truck", name="До клиента", needs_address=True)
        await take("product_group", "group", name="Крепеж", parent=None)
        for name, more in GOODS.items():
            await take("product", name, name=name, group=uid("group"), unit=UNIT, vat="22", visible=True, **more)
        for product, variant, pack, price_type, price in PRICES:
            await take(
                "price", f"{product}{variant}{pack}{price_type}",
                product=uid(product), variant=variant and uid(variant), pack=pack and uid(pack),
                price_type=uid(price_type), price=price, currency="RUB", valid_from="2026-01-01",
            )  # fmt: skip
        await set_stock("Болт", "500")
        for partner, price_type in ((ROMASHKA, "retail"), (LUTIK, "wholesale")):
            await take("partner", partner, name=partner, manager=uid("manager"), segments=[], active=True)
            await take("counterparty", f"{partner} ООО", partner=uid(partner), legal_name=f"ООО {partner}", inn="")
            await take("agreement", f"{partner} agreement", **agreement(partner, price_type))


def agreement(partner, price_type, **more):
    return {
        "kind": "individual",
        "partner": uid(partner),
        "name": f"Соглашение {partner}",
        "price_type": uid(price_type),
        "organization": uid("seller"),
        "warehouse": uid("main"),
        "valid_from": "2026-01-01",
        "requires_contract": False,
        "min_order_sum": "0",
        "discount_percent": "0",
        **more,
    }


async def set_stock(product, free):
    await take(
        "stock", f"{product} stock",
        product=uid(product), variant=None, warehouse=uid("main"), free=free, expected=[], as_of=NOW.isoformat(),
    )  # fmt: skip


async def set_price(product, price_type, price):
    async with writing():
        await take(
            "price", f"{product}{None}{None}{price_type}",
            product=uid(product), variant=None, pack=None, price_type=uid(price_type), price=price, currency="RUB",
            valid_from="2026-01-02",
        )  # fmt: skip


UNIT = {"id": uid("шт"), "name": "шт", "okei": "796"}
GOODS = {
    "Болт": {"article": "B-1", "multiple": "10", "packs": [{"id": uid("кор"), "name": "кор", "factor": "50"}]},
    "Гайка": {"article": "N-1", "min_quantity": "5"},
    "Шайба": {"article": "W-1", "variants": [{"id": uid("М8"), "name": "М8"}, {"id": uid("М10"), "name": "М10"}]},
    "Без цены": {"article": "X-1"},
}
PRICES = [
    ("Болт", None, None, "retail", "100.00"),
    ("Болт", None, None, "wholesale", "90.00"),
    ("Болт", None, "кор", "wholesale", "4000.00"),
    ("Гайка", None, None, "retail", "1.27"),
    ("Шайба", None, None, "retail", "2.00"),
    ("Шайба", "М10", None, "retail", "3.00"),
]


async def person(name, partner=ROMASHKA, role="partner"):
    """Somebody signed in for a partner; with no partner, one of the owner's own people."""
    async with writing():
        await execute(
            "INSERT INTO users (uuid, name, login, email, phone, password, is_service, may_http, created_at)"
            " VALUES (?, ?, ?, ?, '', '', 0, 0, ?)",
            uid(name), name, name, f"{uid(name)}@example.com", NOW,
        )  # fmt: skip
        (user,) = await fetch_one("SELECT id FROM users WHERE uuid = ?", uid(name))
        organisation = await fetch_one("SELECT id, uuid FROM organisations WHERE uuid = ?", uid(partner))
        organisation = organisation or (0, "")
        if organisation[0]:
            await execute(
                "INSERT INTO memberships (uuid, user, organisation, role, status, contact, manager)"
                " VALUES (?, ?, ?, ?, 'active', '', '')",
                uid(f"{name} membership"), user, organisation[0], role,
            )  # fmt: skip
    return Person(
        user=user, user_uuid=uid(name), name=name, membership=0, membership_uuid="", organisation=organisation[0],
        organisation_uuid=organisation[1], organisation_name=partner, role=role, rights=frozenset(DEFAULTS[role][1]),
        contact="", manager=uid("manager") if role == "manager" else "", is_partner=bool(organisation[0]),
    )  # fmt: skip


def later(seconds=60):
    return NOW + timedelta(seconds=seconds)
