"""Each fault does to the portal's calls what it says, and nothing to the people of the demo."""

import contextlib
import threading
import time

import httpx
import pytest


def fault(onec, mode, **more):
    answer = onec.demo.post("/demo/faults", json={"mode": mode, **more})
    assert answer.status_code == 200, answer.text


def orders_named(onec, key):
    return [order for order in onec.orders() if order["id"] == key]


def hung_up_on(onec):
    with contextlib.suppress(httpx.HTTPError):
        onec.service.get("/ping")


def test_down_breaks_the_connection_without_an_answer(onec):
    fault(onec, "down")

    with pytest.raises(httpx.RemoteProtocolError):
        onec.service.get("/ping")

    assert onec.demo.get("/demo/stats").status_code == 200
    fault(onec, "ok")
    assert onec.service.get("/ping").text == "ОК"


def test_a_lost_answer_leaves_one_order_behind_and_the_repeat_meets_it(onec):
    item = onec.new_order()
    fault(onec, "lose_answer")

    with pytest.raises(httpx.RemoteProtocolError):
        onec.send(item)

    fault(onec, "ok")
    assert onec.send(item)[0]["ref"]["number"] == "0000-000014"
    assert len(orders_named(onec, item["id"])) == 1


def test_twice_handles_one_call_two_times_and_makes_one_order(onec):
    fault(onec, "twice")
    item = onec.new_order()

    result = onec.send(item)[0]

    assert result["status"] == "ok"
    assert len(orders_named(onec, item["id"])) == 1
    assert onec.stats()["duplicates_refused"] == 1


@pytest.mark.parametrize(
    ("mode", "status", "content_type"),
    [("garbage", 200, "application/json"), ("html200", 200, "text/html"), ("http500", 500, "text/plain")],
)
def test_answers_that_are_no_receipts(onec, mode, status, content_type):
    item = onec.new_order()
    fault(onec, mode)

    answer = onec.service.post("/exchange", json={"base": "b", "epoch": "p1", "seq": 1, "items": [item]})

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(content_type)
    assert orders_named(onec, item["id"]) == []


def test_http401_does_not_know_the_right_login(onec):
    fault(onec, "http401")

    assert onec.service.get("/ping").status_code == 401


def test_refuse_is_an_honest_receipt_with_an_error(onec):
    fault(onec, "refuse", kind="order")

    order, message = onec.send(onec.new_order(), onec.item("upsert", "m1", {"text": "Здравствуйте"}, kind="message"))

    assert (order["status"], order["code"]) == ("error", "REHEARSED")
    assert message["status"] == "ok"


def test_slow_answers_late_but_rightly(onec):
    fault(onec, "slow", seconds=0.4)
    began = time.monotonic()

    assert onec.service.get("/ping").text == "ОК"
    assert time.monotonic() - began >= 0.4


def test_stall_answers_nothing_until_it_is_lifted(onec):
    fault(onec, "stall")

    with pytest.raises(httpx.ReadTimeout):
        onec.service.get("/ping", timeout=0.4)

    waiting = threading.Thread(target=hung_up_on, args=[onec])
    waiting.start()
    fault(onec, "ok")
    waiting.join(10)
    assert not waiting.is_alive()


def test_a_fault_of_one_kind_leaves_other_calls_alone(onec):
    fault(onec, "http500", kind="order")

    message = onec.item("upsert", "m1", {"text": "Здравствуйте"}, kind="message")

    assert onec.service.get("/ping").text == "ОК"
    assert onec.send(message)[0]["status"] == "ok"
    head = {"base": "b", "epoch": "p1", "seq": 1}
    assert onec.service.post("/exchange", json={**head, "items": [onec.new_order()]}).status_code == 500


def test_a_share_hits_some_calls_and_spares_some(onec):
    fault(onec, "http500", share=0.5)

    answers = {onec.service.get("/ping").status_code for _ in range(60)}

    assert answers == {200, 500}


@pytest.mark.parametrize("body", [b'{"mode": "worse"}', b'{"share": 2}', b"[]", b"\xff", b"[" * 5000])
def test_a_fault_that_is_not_understood_is_told_in_plain_text(onec, body):
    answer = onec.demo.post("/demo/faults", content=body)

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
