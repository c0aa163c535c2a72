"""Portal and demo 1C as real processes, pushing and pulling the same queue at once."""

from collections import Counter

import pytest

from tests.running import eventually
from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, place


@pytest.mark.row("Q08")
def test_push_and_pull_at_once_take_no_record_twice(fresh_shop):
    shop = fresh_shop
    shop.onec.post("/demo/settings", json={"pull": True, "period": 1}).raise_for_status()
    partner = shop.sign_in("partner", ROMASHKA)

    orders = []
    for _ in range(6):
        fill_cart(partner, 1)
        orders.append(place(partner).rsplit("/", 1)[1])
        shop.onec.post("/demo/exchange", json={}).raise_for_status()

    eventually(lambda: shop.rows("SELECT count(*) FROM queue") == [(0,)], within=30)
    documents = Counter(order["id"] for order in shop.onec.get("/demo/orders").json()["orders"])
    assert [documents[order] for order in orders] == [1] * len(orders)
    handed_over = shop.rows(
        "SELECT queue_id, count(*) FROM event_items i JOIN events e ON e.uuid = i.event"
        " WHERE i.op = 'create' AND (e.incoming = 0 OR e.address LIKE 'GET %out') GROUP BY queue_id"
    )
    assert [times for _, times in handed_over] == [1] * len(orders)


@pytest.mark.row("Q08")
def test_a_1c_that_cannot_be_called_comes_for_its_records_itself(fresh_shop):
    shop = fresh_shop
    partner = shop.sign_in("partner", ROMASHKA)
    eventually(lambda: shop.rows("SELECT count(*) FROM queue") == [(0,)], within=30)
    shop.onec.post("/demo/faults", json={"mode": "down"}).raise_for_status()
    fill_cart(partner, 1)
    order = place(partner).rsplit("/", 1)[1]
    shop.onec.post("/demo/settings", json={"pull": True}).raise_for_status()

    def has_come():
        """1C asks again while the portal's own try holds the record."""
        shop.onec.post("/demo/exchange", json={}).raise_for_status()
        return shop.rows("SELECT number <> '' FROM orders WHERE uuid = ?", order) == [(1,)]

    eventually(has_come, within=30)
    assert shop.rows("SELECT count(*) FROM queue") == [(0,)]
