"""kill -9 of the demo 1C: what it has answered stays, and a repeat of what it has not answered makes no second order."""

import collections
import threading

import httpx

from tests.running import onec_in
from tests.sync.demo_onec.conftest import Onec
from tests.sync.demo_onec.serving import until

KILLS = 4


def test_no_answered_order_is_lost_and_none_is_there_twice(tmp_path):
    process = onec_in(tmp_path / "onec", None, "--goods", "40", "--login", "portal", "--password", "secret")
    process.start().wait_ready()
    onec = Onec(process.url)
    items = [onec.new_order() for _ in range(60)]
    answered = {}
    portal = threading.Thread(target=place_all, args=[onec, items, answered])
    portal.start()

    for wanted in range(10, 10 + KILLS * 10, 10):
        until(lambda wanted=wanted: len(answered) >= wanted, within=60)
        process.kill()
        process.restart()
    portal.join(120)

    try:
        held = collections.Counter(order["id"] for order in onec.orders())
        numbers = {order["id"]: order["number"] for order in onec.orders()}
        assert all(held[item["id"]] == 1 for item in items)
        assert {key: numbers[key] for key in answered} == answered
        assert len(set(numbers.values())) == len(numbers)
    finally:
        onec.close()
        process.stop()


def place_all(onec, items, answered):
    """Send every order until it is answered, as the portal's queue does."""
    for item in items:
        while item["id"] not in answered:
            try:
                answered[item["id"]] = onec.send(item)[0]["ref"]["number"]
            except httpx.TransportError:
                threading.Event().wait(0.1)
