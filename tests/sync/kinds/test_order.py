"""Orders: as 1C holds them, and what is sent to 1C of them."""

from datetime import UTC, date, datetime

import pytest

from data.database import execute, writing
from data.exchange.queue import FAILED, Record
from sync.kinds import SENT
from sync.kinds.kind import Receipt
from tests.sync.kinds.conftest import NOW, row, rows, uid

LINE = {
    "n": 1, "product": uid("bolt"), "variant": uid("red"), "name": "Болт, красный", "quantity": "24", "pack": uid("box"),
    "packs": "2", "unit": "шт", "price": "120.00", "discount_percent": "0", "vat": "22", "vat_sum": "18.03",
    "sum": "100.00", "comment": "", "cancelled": False, "cancel_reason": None, "shipped": "0", "ship_date": None,
}  # fmt: skip
ORDER = {
    "id": uid("order"),
    "ref": {"guid": uid("guid"), "number": "0000-000014", "date": "2024-02-07T16:27:03+03:00"},
    "origin": "1c",
    "terms": 5,
    "confirmed_terms": None,
    "status": "wait_partner",
    "state": "Ожидается обеспечение",
    "partner": uid("romashka"),
    "counterparty": uid("ooo"),
    "agreement": uid("agreement"),
    "contract": None,
    "organization": uid("seller"),
    "contact": uid("anna"),
    "warehouse": uid("main"),
    "delivery": {"method": "courier", "address": "ул. Луговая, 7", "date": "2026-03-05"},
    "partner_number": None,
    "comment": "Позвонить",
    "manager": {"id": uid("m"), "name": "Зудеев Илья", "phone": "+79990000001", "email": "z@example.com"},
    "lines": [LINE, {**LINE, "n": 2, "pack": None, "packs": None, "price": None}],
    "total": "200.00",
    "currency": "RUB",
    "paid_percent": "50",
    "shipped_percent": "0",
}


@pytest.fixture
async def romashka(onec):
    await onec.send("partner", "romashka", {"name": "Ромашка", "active": True})
    await onec.send("product", "bolt", {"name": "Болт", "packs": [{"id": uid("box"), "name": "кор", "factor": "12"}]})


async def kept(key="order"):
    names = [name for (name,) in await rows("SELECT name FROM pragma_table_info('orders')")]
    return dict(zip(names, await row("SELECT * FROM orders WHERE uuid = ?", uid(key)), strict=True))


def record(op, data=None, key="order"):
    return Record(uid(f"{key} {op}"), "order", op, uid(key), 1, "", data or {}, None, 1)


async def test_an_order_born_in_1c_is_kept_as_it_stands_there(onec, romashka):
    await onec.send("order", "order", ORDER)
    await onec.send("order", "order", ORDER)

    order = await kept()
    told = {
        name: order[name] for name in ("number", "guid", "status", "state", "terms", "total", "paid", "manager_name")
    }
    assert told == {
        "number": "0000-000014", "guid": uid("guid"), "status": "wait_partner", "state": "Ожидается обеспечение", "terms": 5,
        "total": 20000, "paid": 5000, "manager_name": "Зудеев Илья",
    }  # fmt: skip
    assert order["at"] == datetime(2024, 2, 7, 13, 27, 3, tzinfo=UTC)
    assert (order["delivery_method"], order["delivery_address"], order["delivery_date"]) == (
        "courier", "ул. Луговая, 7", date(2026, 3, 5)
    )  # fmt: skip


async def test_sums_are_1cs_and_never_recomputed(onec, romashka):
    await onec.send("order", "order", ORDER)

    assert await rows("SELECT quantity, price, sum, vat_sum, pack_name, packs FROM order_lines ORDER BY n") == [
        (24_000, 12_000, 10_000, 1803, "кор", 2000),
        (24_000, None, 10_000, 1803, "", 0),
    ]


async def test_what_is_absent_of_an_order_stays(onec, romashka):
    await onec.send("order", "order", ORDER)

    await onec.send("order", "order", {"paid_percent": "120", "ref": {"number": "0000-000015"}, "comment": None})

    order = await kept()
    assert (order["paid"], order["number"], order["guid"], order["comment"]) == (12_000, "0000-000015", uid("guid"), "")
    assert (order["status"], order["manager_name"]) == ("wait_partner", "Зудеев Илья")
    assert await row("SELECT count(*) FROM order_lines") == (2,)


async def test_an_order_waits_for_its_partner(onec):
    result = await onec.send("order", "order", ORDER)

    await onec.send("partner", "romashka", {"name": "Ромашка"})

    assert result["deferred"]
    assert (await kept())["number"] == "0000-000014"


async def test_an_older_version_of_an_order_changes_nothing(onec, romashka):
    await onec.send("order", "order", {**ORDER, "status": "in_work"}, version=7)

    (result,) = await onec.batch(onec.item("order", "order", ORDER, version=6))

    assert (result["status"], (await kept())["status"]) == ("stale", "in_work")


async def test_the_reason_of_a_refusal_is_that_of_its_lines(onec, romashka):
    lines = [{**LINE, "cancelled": True, "cancel_reason": "Нет в наличии"}]

    await onec.send("order", "order", {**ORDER, "status": "refused", "lines": lines})

    assert ((await kept())["status"], (await kept())["reason"]) == ("refused", "Нет в наличии")


async def test_an_order_deleted_in_1c_is_refused_and_stays(onec, romashka):
    await onec.send("order", "order", ORDER)

    await onec.send("order", "order", op="delete")
    await onec.send("order", "never came", op="delete")

    assert ((await kept())["status"], (await kept())["reason"]) == ("refused", "Удалён в 1С")
    assert await row("SELECT count(*) FROM orders") == (1,)


def line_with(**more):
    return {"lines": [{**LINE, **more}]}


WRONG = [
    ({"status": "cart"}, "status"),
    ({"status": "done"}, "status"),
    ({"terms": -1}, "terms"),
    ({"terms": "5"}, "terms"),
    ({"terms": 10**30}, "terms"),
    ({"total": "-1"}, "total"),
    ({"lines": None}, "lines"),
    ({"lines": {}}, "lines"),
    ({"ref": {"guid": "x"}}, "ref.guid"),
    ({"ref": {"date": "вчера"}}, "ref.date"),
    ({"delivery": "pickup"}, "delivery"),
    (line_with(quantity="-1"), "lines[0].quantity"),
    (line_with(quantity="NaN"), "lines[0].quantity"),
    (line_with(sum=None), "lines[0].sum"),
    (line_with(n="1"), "lines[0].n"),
    (line_with(name="а" * 1001), "lines[0].name"),
    ({"paid_percent": "1e999"}, "paid_percent"),
    ({"comment": "\0"}, "comment"),
]


@pytest.mark.parametrize(("data", "field"), WRONG)
async def test_a_wrong_field_of_an_order_is_named_and_the_order_stays(onec, romashka, data, field):
    await onec.send("order", "order", ORDER)

    code, message = await onec.refused("order", "order", {**ORDER, **data})

    assert (code, f"«{field}»" in message) == ("BAD_FIELD", True), message
    assert (await kept())["status"] == "wait_partner"


async def test_an_unknown_order_without_a_partner_is_refused(onec, romashka):
    assert await onec.refused("order", "order", {"paid_percent": "5"}) == (
        "BAD_FIELD", "Поле «partner»: не заполнено, а заказ порталу неизвестен"
    )  # fmt: skip


@pytest.fixture
async def placed(onec, romashka):
    """An order of ours that 1C does not know yet."""
    await onec.send("order", "order", {name: ORDER[name] for name in ORDER if name not in ("ref", "terms", "manager")})
    async with writing():
        await execute("UPDATE orders SET status = 'new', origin = 'portal', state = '', sending = ''")


async def test_a_new_order_is_sent_whole(placed):
    async with writing():
        data = await SENT["order"].build(record("create"))

    assert "terms" not in data
    assert (data["origin"], data["partner"], data["organization"]) == ("portal", uid("romashka"), uid("seller"))
    assert data["delivery"] == ORDER["delivery"]
    assert (data["total"], data["contract"], data["comment"]) == ("200.00", None, "Позвонить")
    sent = data["lines"][0]
    assert {name: sent[name] for name in ("quantity", "pack", "packs", "price", "sum", "vat_sum")} == {
        "quantity": "24", "pack": uid("box"), "packs": "2", "price": "120.00", "sum": "100.00", "vat_sum": "18.03",
    }  # fmt: skip
    assert data["lines"][1]["packs"] is None


async def test_a_refusal_of_an_order_on_its_way_names_the_terms_that_1c_gave_it(onec, placed):
    await onec.send("order", "order", {"terms": 3})

    async with writing():
        data = await SENT["order"].build(record("refuse", {"terms": None, "by": "Анна", "reason": "Передумали"}))
        decided = await SENT["order"].build(record("confirm", {"terms": 2, "by": "Анна"}))

    assert data == {"terms": 3, "by": "Анна", "reason": "Передумали"}
    assert decided == {"terms": 2, "by": "Анна"}


async def test_a_receipt_gives_the_number_and_the_order_as_accepted(placed):
    data = {name: ORDER[name] for name in ORDER if name != "ref"} | {"status": "wait_manager"}

    async with writing():
        await SENT["order"].accepted(record("create"), Receipt(ORDER["ref"], data), NOW)

    order = await kept()
    assert (order["number"], order["guid"], order["status"], order["terms"]) == (
        "0000-000014",
        uid("guid"),
        "wait_manager",
        5,
    )


@pytest.mark.parametrize("data", [{}, {"status": "done"}, {"lines": 5}, {"ref": 5}])
async def test_a_receipt_whose_order_cannot_be_read_still_gives_the_number(placed, data):
    async with writing():
        await SENT["order"].accepted(record("create"), Receipt(ORDER["ref"], data), NOW)

    assert (await kept())["number"] == "0000-000014"


async def test_a_receipt_that_says_nothing_is_a_receipt(placed):
    async with writing():
        await SENT["order"].accepted(record("create"), Receipt({"guid": 5}, {"lines": 5}), NOW)

    assert (await kept())["status"] == "new"


async def test_a_decision_that_came_too_late_shows_the_order_as_it_is(onec, romashka):
    await onec.send("order", "order", ORDER)
    async with writing():
        await execute("UPDATE orders SET sending = 'confirm', status = 'in_work', confirmed_terms = 5")

    async with writing():
        await SENT["order"].conflict(record("confirm", {"terms": 5}), Receipt({}, {**ORDER, "terms": 6}), NOW)

    order = await kept()
    assert (order["status"], order["terms"], order["sending"]) == ("wait_partner", 6, "")


async def test_a_refused_record_says_why_and_only_the_parked_one_gives_up(onec, romashka):
    await onec.send("order", "order", {**ORDER, "status": "wait_manager"})
    async with writing():
        await execute("UPDATE orders SET sending = 'approve'")
        await execute(
            "INSERT INTO queue (uuid, kind, op, object, version, title, data, state, attempts, next_at, created_at, error, lease)"
            " VALUES (?, 'order', 'approve', ?, 1, '', '{}', 'waiting', 1, ?, ?, '', '')",
            uid("order approve"), uid("order"), NOW, NOW,
        )  # fmt: skip

    async with writing():
        await SENT["order"].refused(record("approve"), "Период закрыт", NOW)
    first = await kept()
    async with writing():
        await execute("UPDATE queue SET state = ?", FAILED)
        await SENT["order"].refused(record("approve"), "Период закрыт", NOW)
    parked = await kept()
    async with writing():
        await SENT["order"].refused(record("approve"), "", NOW)

    assert [(order["problem"], order["sending"]) for order in (first, parked, await kept())] == [
        ("Период закрыт", "approve"), ("Период закрыт", ""), ("", "")
    ]  # fmt: skip
