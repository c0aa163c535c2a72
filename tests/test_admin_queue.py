"""«Журнал очередей»: records with their states, and what the administrator may do about them."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.pressing import find, has, press
from tests.running import eventually
from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, place

QUEUE = "/admin/queue"


def fault(shop, mode, **more):
    shop.onec.post("/demo/faults", json={"mode": mode, **more}).raise_for_status()


def states(shop):
    return [state for (state,) in shop.rows("SELECT state FROM queue ORDER BY id")]


def queue_a_status(shop, admin):
    """A published person is deactivated: a record for 1C."""
    (key,) = shop.rows("SELECT uuid FROM memberships WHERE is_published = 1 AND role = 'contact' LIMIT 1")[0]
    assert admin.post(f"/admin/users/{key}/deactivation").status_code == 303
    return key


@pytest.mark.row("Q03")
def test_records_in_work_are_shown_and_gone_when_done(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    eventually(lambda: not states(fresh_shop))
    fault(fresh_shop, "slow", seconds=4)
    queue_a_status(fresh_shop, admin)

    shown = eventually(lambda: _with(admin, "Обрабатываются</span></p>"))
    assert not has(shown, "Удалить из очереди")

    eventually(lambda: "Записей нет" in admin.get(QUEUE).text, within=20)
    assert "user_status" in admin.get("/admin/journal?direction=out").text


def _with(admin, text):
    found = admin.get(QUEUE).text
    return found if text in found else None


@pytest.mark.row("Q04")
def test_an_order_stands_in_the_queue_and_leaves_it_when_the_job_is_run_by_hand(fresh_shop):
    admin, partner = fresh_shop.sign_in("admin"), fresh_shop.sign_in("partner", ROMASHKA)
    fault(fresh_shop, "down")
    fill_cart(partner, 1)
    path = place(partner)
    uuid = path.rpartition("/")[2]

    shown = eventually(lambda: _with(admin, f'href="/orders/{uuid}"'))
    assert "Ожидает" in shown
    fault(fresh_shop, "ok")
    answer = press(admin, admin.get(QUEUE), "Выполнить сейчас")

    assert answer.status_code == 200
    eventually(lambda: f'href="/orders/{uuid}"' not in admin.get(QUEUE).text, within=30)
    assert uuid in [order["id"] for order in fresh_shop.onec.get("/demo/orders").json()["orders"]]


@pytest.mark.row("Q05")
def test_a_refused_record_is_tried_as_often_as_set_then_stands_as_an_error(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    fault(fresh_shop, "refuse", kind="user_status")
    queue_a_status(fresh_shop, admin)

    for attempt, minutes in ((1, 0), (2, 3), (3, 30)):
        fresh_shop.set_clock(datetime.now(UTC) + timedelta(minutes=minutes))
        eventually(lambda n=attempt: fresh_shop.rows("SELECT attempts FROM queue")[0][0] == n, within=20)
    eventually(lambda: states(fresh_shop) == ["failed"])
    shown = admin.get(f"{QUEUE}?shown=failed").text
    assert "Ошибка" in shown
    assert "3&nbsp;попытки" in shown or "3\u00a0попытки" in shown
    assert re.search(r'class="field-error">.*<span>[^<]{5,}', shown)

    fault(fresh_shop, "ok")
    press(admin, admin.get(QUEUE), "Повторить")

    eventually(lambda: states(fresh_shop) == [], within=20)


def test_a_record_is_deleted_after_a_question(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    fault(fresh_shop, "refuse", kind="user_status")
    queue_a_status(fresh_shop, admin)
    eventually(lambda: fresh_shop.rows("SELECT 1 FROM queue WHERE attempts = 1 AND state = 'waiting'"))
    link = re.search(r'href="(/admin/queue/[0-9a-f-]+/delete)">Удалить из очереди', admin.get(QUEUE).text)[1]

    question = admin.get(link)
    assert states(fresh_shop) == ["waiting"]
    answer = press(admin, question, "Удалить из очереди")

    assert "Запись удалена" in answer.text
    assert states(fresh_shop) == []
    assert admin.post(link).status_code == 404
    assert admin.get(link).status_code == 404


def test_the_queue_can_be_run_again_and_again(shop):
    admin = shop.sign_in("admin")

    for _ in range(3):
        assert press(admin, admin.get(QUEUE), "Выполнить сейчас").status_code == 200
    assert find(admin.get(QUEUE).text, "Выполнить сейчас")
