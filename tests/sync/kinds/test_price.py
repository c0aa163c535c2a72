"""Prices: by their key and day; what 1C takes back, what waits for its product, what is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.scheduler import sweep_once
from tests.sync.kinds.conftest import NOW, row, row_id, rows, uid

RETAIL, AGREEMENT = uid("retail"), uid("agreement")
ID = row_id("price", uid("bolt"), None, RETAIL, None)
PERSONAL = row_id("personal_price", AGREEMENT, uid("bolt"), None)


def priced(price, since="2026-01-01", **more):
    key = {"product": uid("bolt"), "variant": None, "price_type": RETAIL, "pack": None}
    return {**key, "price": price, "currency": "RUB", "valid_from": since, **more}


def personal(**more):
    return {"agreement": AGREEMENT, "product": uid("bolt"), "variant": None, "valid_from": "2026-01-01", **more}


async def kept(table="prices"):
    return [
        (str(day), price) for day, price in await rows(f"SELECT valid_from, price FROM {table} ORDER BY valid_from")
    ]


@pytest.fixture
async def bolt(onec):
    await onec.send("product", "bolt", {"name": "Болт"})


async def test_a_price_comes_twice_and_is_one_row(onec, bolt):
    await onec.send("price", ID, priced("120.00"))
    await onec.send("price", ID, priced("120.00"))
    await onec.send("price", ID, priced("125.555"))

    assert await kept() == [("2026-01-01", 12556)]


async def test_a_price_waits_for_its_product(onec):
    result = await onec.send("price", ID, priced("120.00"))
    before = await kept()

    await onec.send("product", "bolt", {"name": "Болт"})

    assert (result["deferred"], before, await kept()) == (True, [], [("2026-01-01", 12000)])


async def test_a_later_price_waits_for_a_product_and_an_older_one_does_not_win(onec):
    await onec.send("price", ID, priced("120.00"), version=5)
    await onec.send("price", ID, priced("130.00"), version=7)

    results = await onec.batch(
        onec.item("product", "bolt", {"name": "Болт"}), onec.item("price", ID, priced("1.00"), version=3)
    )

    assert results[1]["status"] in ("ok", "stale")
    assert await kept() == [("2026-01-01", 13000)]


async def test_a_price_for_later_does_not_hide_todays(onec, bolt):
    await onec.send("price", ID, priced("120.00"))

    await onec.send("price", ID, priced("150.00", "2026-06-01"))

    assert await kept() == [("2026-01-01", 12000), ("2026-06-01", 15000)]


async def test_a_new_word_takes_back_a_price_for_later(onec, bolt):
    await onec.send("price", ID, priced("120.00"))
    await onec.send("price", ID, priced("150.00", "2026-06-01"))

    await onec.send("price", ID, priced("140.00", "2026-04-01"))
    moved = await kept()
    await onec.send("price", ID, priced("110.00"))

    assert moved == [("2026-01-01", 12000), ("2026-04-01", 14000)]
    assert await kept() == [("2026-01-01", 11000)]


async def test_prices_that_can_hold_no_more_are_dropped(onec, bolt):
    await onec.send("price", ID, priced("120.00"))
    await onec.send("price", ID, priced("130.00", "2026-02-01"))

    assert await kept() == [("2026-02-01", 13000)]


async def test_the_day_changes_at_the_sellers_midnight(onec, bolt):
    evening = datetime(2026, 5, 31, 21, 30, tzinfo=UTC)  # half past midnight of 1 June in Moscow

    await onec.send("price", ID, priced("120.00"))
    await onec.send("price", ID, priced("150.00", "2026-06-01"), now=evening)

    assert await kept() == [("2026-06-01", 15000)]


async def test_variants_packs_and_types_are_other_keys(onec, bolt):
    for place, more in enumerate(({}, {"variant": uid("red")}, {"pack": uid("box")}, {"price_type": uid("bulk")})):
        await onec.send("price", f"p{place}", priced("1", **more))

    assert await row("SELECT count(*) FROM prices") == (4,)


@pytest.mark.parametrize(
    ("data", "op"),
    [(None, "delete"), (priced(None), "upsert"), (priced("5", deleted=True), "upsert"), ({"deleted": True}, "upsert")],
)  # fmt: skip
async def test_a_price_is_taken_away_with_all_its_days(onec, bolt, data, op):
    await onec.send("price", ID, priced("120.00"))
    await onec.send("price", ID, priced("150.00", "2026-06-01"))

    await onec.send("price", ID, data, op=op)

    assert await kept() == []


async def test_a_complete_list_of_a_type_removes_the_rest_of_that_type(onec, bolt):
    for key, price_type in (("a", RETAIL), ("b", RETAIL), ("c", uid("bulk"))):
        await onec.send("price", key, priced("1", price_type=price_type, variant=uid(key)))

    for part, key in ((2, "d"), (1, "b")):
        data = {"scope": {"price_type": RETAIL}, "part": part, "parts": 2, "ids": [uid(key)]}
        await onec.send("price", "list", data, op="snapshot", version=9)

    assert await rows("SELECT variant FROM prices ORDER BY id") == [(uid("b"),), (uid("c"),)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "-1"), ("price", "NaN"), ("price", "Infinity"), ("price", "1e999"), ("price", "1e13"), ("price", 120.0),
        ("price", "12,50"), ("price", ""), ("price", ["1"]), ("price", True), ("price", "9" * 100_000),
        ("product", None), ("product", "bolt"), ("price_type", None), ("variant", "x"), ("pack", 1),
        ("valid_from", "2026-13-01"), ("valid_from", 20260101), ("currency", "рублей"), ("currency", ""),
    ],
)  # fmt: skip
async def test_a_wrong_field_of_a_price_is_named(onec, bolt, field, value):
    code, message = await onec.refused("price", ID, priced("1") | {field: value})

    assert (code, f"«{field}»" in message) == ("BAD_FIELD", True), message
    assert await kept() == []


@pytest.mark.parametrize("field", ["product", "price_type", "price"])
async def test_a_missing_field_of_a_price_is_named(onec, bolt, field):
    data = priced("1")
    del data[field]

    assert await onec.refused("price", ID, data) == ("BAD_FIELD", f"Поле «{field}»: не заполнено")


async def test_one_bad_price_blocks_nobody(onec, bolt):
    good, bad, also_good = (
        onec.item("price", f"p{n}", priced(price, variant=uid(str(n)))) for n, price in enumerate("1x2")
    )

    results = await onec.batch(good, bad, also_good)

    assert [result["status"] for result in results] == ["ok", "error", "ok"]
    assert await row("SELECT count(*) FROM prices") == (2,)


async def test_a_personal_price_is_a_price_or_a_discount(onec, bolt):
    await onec.send("personal_price", PERSONAL, personal(price="99.90", discount_percent=None))
    as_price = await rows("SELECT price, discount, valid_to FROM personal_prices")
    await onec.send("personal_price", PERSONAL, personal(price=None, discount_percent="12.5", valid_to="2026-12-31"))

    assert as_price == [(9990, None, None)]
    assert [(p, d, str(v)) for p, d, v in await rows("SELECT price, discount, valid_to FROM personal_prices")] == [
        (None, 1250, "2026-12-31")
    ]


async def test_a_personal_price_for_later_does_not_hide_todays(onec, bolt):
    await onec.send("personal_price", PERSONAL, personal(price="99"))
    await onec.send("personal_price", PERSONAL, personal(price="90", valid_from="2026-06-01"))
    both = await kept("personal_prices")

    await onec.send("personal_price", PERSONAL, personal(price=None, discount_percent=None))

    assert both == [("2026-01-01", 9900), ("2026-06-01", 9000)]
    assert await kept("personal_prices") == []


async def test_a_personal_price_waits_for_its_product_and_is_deleted_by_id(onec):
    await onec.send("personal_price", PERSONAL, personal(price="99"))
    await onec.send("product", "bolt", {"name": "Болт"})
    came = await kept("personal_prices")

    await onec.send("personal_price", PERSONAL, op="delete")

    assert (came, await kept("personal_prices")) == ([("2026-01-01", 9900)], [])


@pytest.mark.parametrize(("field", "value"), [("discount_percent", "101"), ("price", "-1"), ("agreement", None)])
async def test_a_wrong_field_of_a_personal_price_is_named(onec, bolt, field, value):
    code, message = await onec.refused("personal_price", PERSONAL, personal(price="1") | {field: value})

    assert (code, f"«{field}»" in message) == ("BAD_FIELD", True)


async def test_a_price_that_waited_for_a_day_is_dropped_with_a_note(onec):
    await onec.send("price", ID, priced("120.00"))

    await sweep_once(NOW + timedelta(hours=25))
    await onec.send("product", "bolt", {"name": "Болт"}, now=NOW + timedelta(hours=26))

    assert await kept() == []
    assert await row("SELECT code FROM event_items WHERE object = ?", ID) == ("PARENT_MISSING",)
