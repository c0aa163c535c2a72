"""Simple lists: one row for each object, field by field."""

from datetime import UTC, date, datetime

import pytest

from tests.sync.kinds.conftest import row, rows, uid

LISTS = {
    "warehouse": ("warehouses", {"name": "Основной", "address": "ул. Складская, 1"}),
    "price_type": ("price_types", {"name": "Оптовая", "currency": "USD", "vat_included": False}),
    "manager": ("managers", {"name": "Зудеев", "phone": "+79990000001", "email": "z@example.com"}),
    "counterparty": ("counterparties", {"partner": uid("p"), "legal_name": "ООО «Ромашка»", "inn": "7707083893"}),
    "contact": ("contacts", {"partner": uid("p"), "name": "Анна", "position": "Закупки", "email": "a@example.com"}),
    "address": ("addresses", {"partner": uid("p"), "text": "ул. Луговая, 7", "comment": "со двора"}),
    "cancel_reason": ("cancel_reasons", {"name": "Нет в наличии"}),
    "delivery_method": ("delivery_methods", {"code": "courier", "name": "Курьер", "needs_address": True}),
    "organization": ("sellers", {"name": "Демоснаб", "inn": "7700000016", "vat_mode": "general"}),
    "news": ("news", {"title": "График", "text": "<p>До 15:00</p>"}),
}


async def kept(table, key="one"):
    found = await row(f"SELECT * FROM {table} WHERE uuid = ?", uid(key))
    names = [column[0] for column in await _columns(table)]
    return dict(zip(names, found, strict=True)) if found else None


async def _columns(table):
    return await rows(f"SELECT name FROM pragma_table_info('{table}')")


@pytest.mark.parametrize("kind", LISTS)
async def test_an_object_comes_twice_and_is_one_row_with_its_fields(onec, kind):
    table, data = LISTS[kind]

    await onec.send(kind, "one", data)
    await onec.send(kind, "one", data)

    found = await kept(table)
    assert {name: found[name] for name in data} == data
    assert await row(f"SELECT count(*) FROM {table}") == (1,)


@pytest.mark.parametrize("kind", LISTS)
async def test_absent_is_unchanged_and_null_is_cleared(onec, kind):
    table, data = LISTS[kind]
    text = next(name for name, value in data.items() if isinstance(value, str) and name not in ("partner", "currency"))
    await onec.send(kind, "one", data)

    await onec.send(kind, "one", {"unknown": [1]})
    unchanged = await kept(table)
    await onec.send(kind, "one", {text: None})

    assert unchanged[text] == data[text]
    assert (await kept(table))[text] == ""


@pytest.mark.parametrize("kind", LISTS)
async def test_a_deleted_object_is_hidden_and_comes_back(onec, kind):
    table, data = LISTS[kind]
    await onec.send(kind, "one", data)

    await onec.send(kind, "one", op="delete")
    deleted = await kept(table)
    await onec.send(kind, "one", data)
    again = await kept(table)
    await onec.send(kind, "one", {**data, "deleted": True})

    assert (deleted["visible"], again["visible"], (await kept(table))["visible"]) == (False, True, False)


@pytest.mark.parametrize("kind", LISTS)
async def test_a_complete_list_hides_the_rest(onec, kind):
    table, data = LISTS[kind]
    await onec.send(kind, "one", data)
    await onec.send(kind, "two", data)

    await onec.send(kind, "list", {"scope": {}, "part": 1, "parts": 1, "ids": [uid("two")]}, op="snapshot")

    assert [(await kept(table, key))["visible"] for key in ("one", "two")] == [False, True]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("value", [5, ["a"], {"a": 1}, True, "\0", "а" * 500_000, 1.5])
async def test_a_wrong_text_is_refused_by_the_name_of_its_field(onec, kind, value):
    table, data = LISTS[kind]
    text = next(name for name, value in data.items() if isinstance(value, str) and name != "partner")

    code, message = await onec.refused(kind, "one", {**data, text: value})

    assert code == "BAD_FIELD"
    assert f"«{text}»" in message
    assert await kept(table) is None


async def test_a_survivor_takes_over_what_named_the_double(onec):
    await onec.send("counterparty", "one", {"legal_name": "ООО Ромашка"})
    await onec.send("counterparty", "two", {"legal_name": "ООО «Ромашка»"})
    await onec.send("contract", "c", {"counterparty": uid("one"), "number": "1"})

    await onec.send("counterparty", "one", {"into": uid("two")}, op="merge")

    assert (await kept("contracts", "c"))["counterparty"] == uid("two")
    assert [(await kept("counterparties", key))["visible"] for key in ("one", "two")] == [False, True]


async def test_a_merge_waits_for_its_survivor(onec):
    await onec.send("manager", "one", {"name": "Старый"})

    result = await onec.send("manager", "one", {"into": uid("two")}, op="merge")
    before = await kept("managers")
    await onec.send("manager", "two", {"name": "Новый"})

    assert result["deferred"]
    assert before["visible"]
    assert not (await kept("managers"))["visible"]


async def test_an_agreement_keeps_money_percents_and_days(onec):
    data = {
        "kind": "individual", "partner": uid("p"), "organization": uid("seller"), "price_type": uid("t"),
        "discount_percent": "12.5", "credit_limit": "500000.00", "min_order_sum": "10000", "requires_contract": True,
        "valid_from": "2026-01-01", "valid_to": None, "segment": None,
    }  # fmt: skip

    await onec.send("agreement", "one", data)

    found = await kept("agreements")
    assert (found["discount"], found["credit_limit"], found["min_order_sum"]) == (1250, 50_000_000, 1_000_000)
    assert (found["valid_from"], found["valid_to"], found["seller"]) == (date(2026, 1, 1), None, uid("seller"))
    await onec.send("agreement", "one", {"credit_limit": None, "min_order_sum": None})
    found = await kept("agreements")
    assert (found["credit_limit"], found["min_order_sum"]) == (None, 0)


WRONG = [
    ("discount_percent", "101"), ("discount_percent", "-1"), ("credit_limit", "NaN"), ("credit_limit", "1e999"),
    ("credit_limit", 5.5), ("min_order_sum", "много"), ("valid_from", "01.02.2026"), ("valid_from", "2026-02-30"),
    ("partner", "не uuid"), ("partner", 5), ("kind", "other"), ("requires_contract", "да"), ("currency", "РУБЛИ"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), WRONG)
async def test_a_wrong_field_of_an_agreement_is_named(onec, field, value):
    code, message = await onec.refused("agreement", "one", {field: value})

    assert (code, f"«{field}»" in message) == ("BAD_FIELD", True)
    assert message.isprintable()
    assert "Expected" not in message


async def test_a_sellers_bank_changes_in_part_or_goes(onec):
    bank = {"name": "Банк", "bic": "044525990", "corr_account": "301", "account": "407"}
    await onec.send("organization", "one", {"name": "Мы", "bank": bank})

    await onec.send("organization", "one", {"bank": {"account": "408"}})
    changed = await kept("sellers")
    await onec.send("organization", "one", {"bank": None})
    gone = await kept("sellers")

    assert (changed["bank_name"], changed["account"]) == ("Банк", "408")
    assert (gone["bank_name"], gone["account"], gone["name"]) == ("", "", "Мы")


async def test_news_is_cleaned_and_gets_a_time(onec):
    await onec.send("news", "one", {"title": "Т", "text": '<p onclick="x" class="a">Да<script>1</script></p>'})
    await onec.send("news", "two", {"title": "Т", "text": "", "published_at": "2026-03-01T12:00:00+03:00"})

    assert (await kept("news"))["text"] == "<p>Да</p>"
    assert (await kept("news", "two"))["published_at"] == datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["2026-03-01", "2026-03-01T12:00:00", "9999-12-31T23:59:59-12:00", 5, "завтра"])
async def test_a_time_without_its_zone_or_beyond_the_calendar_is_refused(onec, moment):
    code, message = await onec.refused("news", "one", {"title": "Т", "published_at": moment})

    assert (code, "«published_at»" in message) == ("BAD_FIELD", True)


async def test_a_scope_that_is_not_known_is_refused(onec):
    data = {"scope": {"colour": "red"}, "ids": []}

    assert (await onec.refused("contract", "list", data, op="snapshot"))[0] == "BAD_SCOPE"
