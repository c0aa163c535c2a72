"""Whatever stands in the fields of an item, the portal answers with a status of the protocol, never with a bug."""

import random

import pytest

from sync.kinds import TAKEN
from tests.sync.kinds.conftest import row, uid
from tests.sync.kinds.test_document import INVOICE
from tests.sync.kinds.test_lists import LISTS
from tests.sync.kinds.test_order import ORDER
from tests.sync.kinds.test_partner import ANNA
from tests.sync.kinds.test_price import personal, priced
from tests.sync.kinds.test_product import BOLT
from tests.sync.kinds.test_stock import figure

EXAMPLES = {
    **{kind: data for kind, (_, data) in LISTS.items()},
    "agreement": {"kind": "typical", "discount_percent": "5", "price_type": uid("t"), "valid_from": "2026-01-01"},
    "contract": {"counterparty": uid("ooo"), "number": "1", "date": "2026-01-01", "active": True},
    "partner": {"name": "Ромашка", "segments": [uid("s")], "active": True},
    "product_group": {"name": "Все", "parent": uid("x")},
    "product": BOLT,
    "price": priced("1"),
    "personal_price": personal(price="1"),
    "stock": figure(free="1", expected=[{"quantity": "1", "date": "2026-01-01"}], as_of="2026-01-01T00:00:00Z"),
    "order": ORDER,
    "document": INVOICE,
    "user": ANNA,
    "role": {"code": "partner", "name": "Партнер", "rights": ["catalogue"]},
}
HOSTILE = [
    None, True, 0, -1, 10**30, 1.5, 1e308, "", " ", "\0", "\ud800", "\u202e", "а" * 300_000, "NaN", "Infinity", "-0",
    "1e999", "1e-999",
    "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00",
    "../../etc/passwd", "'; DROP TABLE orders; --", "<script>", [], [None], [[]] * 600, {}, {"": None}, {"id": 1}, [{"id": {}}],
    uid("bolt"), uid("bolt").upper(), "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
GOOD = {"user": {"email": "good@example.com"}}  # one person is published once for a company
STATUSES = {"ok", "error", "duplicate", "stale", "disabled"}


def spoiled(data, dice):
    """The data with one to three values, at any depth, replaced by something hostile."""
    for _ in range(dice.randint(1, 3)):
        data = _spoil(data, dice)
    return data


def _spoil(value, dice):
    if isinstance(value, dict) and value and dice.random() < 0.9:
        name = dice.choice(sorted(value))
        return {**value, name: _spoil(value[name], dice)}
    if isinstance(value, list) and value and dice.random() < 0.7:
        place = dice.randrange(len(value))
        return [*value[:place], _spoil(value[place], dice), *value[place + 1 :]]
    return dice.choice(HOSTILE)


def test_every_kind_has_an_example():
    assert EXAMPLES.keys() == TAKEN.keys()


@pytest.mark.parametrize("kind", EXAMPLES)
async def test_spoiled_items_are_answered_and_the_good_one_after_them_is_taken(onec, kind):
    await onec.send("product", "bolt", {"name": "Болт"})
    await onec.send("partner", "romashka", {"name": "Ромашка"})
    dice = random.Random(kind)
    items = [onec.item(kind, f"{dice.randrange(3)}", spoiled(EXAMPLES[kind], dice)) for _ in range(150)]

    results = await onec.batch(*items, onec.item(kind, "good", EXAMPLES[kind] | GOOD.get(kind, {})))

    assert {result["status"] for result in results} <= STATUSES
    assert [result for result in results if result.get("code") == "INTERNAL"] == []
    assert all(
        result["message"].isprintable() and "`" not in result["message"] for result in results if "code" in result
    )
    assert results[-1]["status"] == "ok", results[-1]
    assert await row("PRAGMA integrity_check") == ("ok",)
