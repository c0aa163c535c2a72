"""Stock: free quantities by product, variant and warehouse."""

import json
from datetime import UTC, datetime

import pytest

from tests.sync.kinds.conftest import NOW, row, row_id, rows, uid

MAIN = uid("main")
ID = row_id("stock", uid("bolt"), None, MAIN)


def figure(**more):
    return {"product": uid("bolt"), "variant": None, "warehouse": MAIN, **more}


@pytest.fixture
async def bolt(onec):
    await onec.send("product", "bolt", {"name": "Болт"})


async def test_a_figure_comes_with_its_time(onec, bolt):
    expected = [{"quantity": "120", "date": "2026-03-09"}]

    await onec.send("stock", ID, figure(free="24.5", expected=expected, as_of="2026-03-02T10:00:00+03:00"))
    await onec.send("stock", ID, figure(free="7", as_of="2026-03-02T11:00:00+03:00"))

    free, kept, as_of = await row("SELECT free, expected, as_of FROM stock")
    assert (free, as_of) == (7000, datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert json.loads(kept) == [{"quantity": 120_000, "date": "2026-03-09"}]


async def test_absent_is_unchanged_and_null_is_nothing(onec, bolt):
    await onec.send("stock", ID, figure(free="5", expected=[{"quantity": "1", "date": None}]))

    await onec.send("stock", ID, figure(expected=None))
    unchanged = await rows("SELECT free, expected, as_of FROM stock")
    await onec.send("stock", ID, figure(free=None))

    assert unchanged == [(5000, "[]", NOW)]
    assert await rows("SELECT free FROM stock") == [(0,)]


async def test_less_than_nothing_is_nothing_to_sell(onec, bolt):
    await onec.send("stock", ID, figure(free="-3"))

    assert await row("SELECT free FROM stock") == (0,)


async def test_a_figure_waits_for_its_product(onec):
    result = await onec.send("stock", ID, figure(free="5"))

    await onec.send("product", "bolt", {"name": "Болт"})

    assert result["deferred"]
    assert await row("SELECT free FROM stock") == (5000,)


async def test_figures_go_one_by_one_or_with_a_complete_list_of_a_warehouse(onec, bolt):
    for key, warehouse in (("a", MAIN), ("b", MAIN), ("c", uid("far")), ("d", MAIN)):
        await onec.send("stock", key, figure(free="1", variant=uid(key)) | {"warehouse": warehouse})

    await onec.send("stock", "a", op="delete")
    await onec.send("stock", "list", {"scope": {"warehouse": MAIN}, "ids": [uid("d")]}, op="snapshot")

    assert await rows("SELECT variant FROM stock ORDER BY id") == [(uid("c"),), (uid("d"),)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("free", "NaN"), ("free", "1e999"), ("free", 5.0), ("free", "пять"), ("product", 1), ("warehouse", None),
        ("expected", [{"quantity": "-1"}]), ("expected", "скоро"),
        ("as_of", "2026-03-02"), ("as_of", "9999-12-31T23:59:59-23:00"),
    ],
)  # fmt: skip
async def test_a_wrong_field_of_stock_is_named(onec, bolt, field, value):
    code, message = await onec.refused("stock", ID, figure(free="1") | {field: value})

    assert (code, f"«{field}" in message) == ("BAD_FIELD", True), message
    assert await rows("SELECT * FROM stock") == []
