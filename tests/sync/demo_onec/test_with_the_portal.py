"""The demo 1C and the real portal, each a process of its own, over real HTTP."""

import pytest


@pytest.mark.row("C05")
def test_the_check_from_the_side_of_1c_finds_the_portal(shop):
    answer = shop.onec.post("/demo/check", json={})

    assert answer.json() == {"result": "Сервис доступен"}


def test_the_first_exchange_has_left_nothing_behind(shop):
    stats = shop.onec.get("/demo/stats").json()

    assert stats["queue"]["failed"] == 0
    assert stats["last_report"]["error"] is None


def test_an_order_by_telephone_is_known_to_the_portal_after_the_exchange(shop):
    order = shop.onec.post("/demo/orders", json={"comment": "По телефону"}).json()

    shop.exchange()

    assert shop.rows("SELECT number, status FROM orders WHERE uuid = ?", order["id"]) == [
        (order["number"], "wait_partner")
    ]
