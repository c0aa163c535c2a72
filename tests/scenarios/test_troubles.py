"""What goes wrong between a portal and 1C, and what the people see of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.pressing import find, has, press
from tests.running import eventually
from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, in_onec, place, shows


def fault(shop, mode, **more):
    shop.onec.post("/demo/faults", json={"mode": mode, **more}).raise_for_status()


def document_of(shop, path):
    (document,) = in_onec(shop, path)
    return document


@pytest.mark.row("O16", "N02")
def test_while_1c_is_down_for_a_day_orders_are_kept_and_passed_on_later(fresh_shop):
    shop = fresh_shop
    partner = shop.sign_in("partner", ROMASHKA)
    fault(shop, "down")

    paths = []
    for day in (0, 12, 24):
        shop.set_clock(datetime.now(UTC) + timedelta(hours=day))
        fill_cart(partner, 1)
        paths.append(place(partner))
    for path in paths:
        card = shows(partner, path, "пока не передано в 1С")
        assert "Следующая попытка" in card.text
        assert "Новый" in card.text
        assert has(card.text, "Отказ")
    unburnt = "SELECT count(*) FROM queue WHERE op = 'create' AND attempts = 0 AND state = 'waiting'"
    eventually(lambda: shop.rows(unburnt) == [(3,)])  # between two tries: during one they are «Обрабатываются»

    fault(shop, "ok")
    admin = shop.sign_in("admin")
    press(admin, admin.get("/admin/queue"), "Выполнить сейчас")

    for path in paths:
        shows(partner, path, "Ожидает подтверждения менеджера", within=30)
        assert len(in_onec(shop, path)) == 1


@pytest.mark.row("O15")
@pytest.mark.parametrize("mode", ["lose_answer", "twice", "http500", "garbage", "html200"])
def test_whatever_becomes_of_the_answer_there_is_one_order_in_1c(fresh_shop, mode):
    shop = fresh_shop
    partner = shop.sign_in("partner", ROMASHKA)
    fault(shop, mode)
    fill_cart(partner, 1)
    path = place(partner)
    eventually(lambda: shop.rows("SELECT count(*) FROM events WHERE incoming = 0")[0][0] >= 1, within=20)

    fault(shop, "ok")

    shows(partner, path, "Ожидает подтверждения менеджера", within=60)
    assert len(in_onec(shop, path)) == 1
    assert shop.rows("SELECT count(*) FROM queue") == [(0,)]


@pytest.mark.row("O15")
def test_of_two_people_deciding_at_once_one_wins_and_the_other_sees_the_fresh_state(shop):
    partner = shop.sign_in("partner", ROMASHKA)
    fill_cart(partner, 1)
    path = place(partner)
    shows(partner, path, "Ожидает подтверждения менеджера")
    guid = document_of(shop, path)["guid"]
    shop.onec.post(f"/demo/orders/{guid}/status", json={"status": "to_fulfil"}).raise_for_status()
    first = shows(partner, path, "Ожидает вашего подтверждения")
    second = partner.get(path)

    press(partner, first, "Отказ", reason="не нужно")
    late = press(partner, second, "Подтвердить")

    assert late.status_code == 409
    assert "Отказ" in late.text
    assert not has(partner.get(path).text, "Подтвердить")


@pytest.mark.row("O15")
def test_a_decision_on_terms_that_have_changed_is_not_taken(shop):
    partner = shop.sign_in("partner", ROMASHKA)
    fill_cart(partner, 1)
    path = place(partner)
    shows(partner, path, "Ожидает подтверждения менеджера")
    guid = document_of(shop, path)["guid"]
    shop.onec.post(f"/demo/orders/{guid}/status", json={"status": "to_fulfil"}).raise_for_status()
    old = shows(partner, path, "Ожидает вашего подтверждения")
    shop.onec.post(
        f"/demo/orders/{guid}/lines", json={"lines": [{"n": 1, "price": "777.77"}], "reason": "Новая цена"}
    ).raise_for_status()
    shows(partner, path, "777,77")

    late = press(partner, old, "Подтвердить")

    assert late.status_code == 409
    assert "777,77" in late.text
    assert document_of(shop, path)["confirmed_terms"] != document_of(shop, path)["terms"]


@pytest.mark.row("Q05")
def test_what_1c_refuses_is_repeated_then_parked_and_can_be_repeated_by_hand(fresh_shop):
    shop = fresh_shop
    partner, admin = shop.sign_in("partner", ROMASHKA), shop.sign_in("admin")
    fault(shop, "refuse", kind="order")
    fill_cart(partner, 1)
    path = place(partner)
    uuid = path.rsplit("/", 1)[1]

    eventually(lambda: shop.rows("SELECT attempts FROM queue WHERE object = ?", uuid) == [(1,)], within=20)
    for minutes, standing in ((2, ("waiting", 2)), (20, ("failed", 3))):
        shop.set_clock(datetime.now(UTC) + timedelta(minutes=minutes))
        eventually(
            lambda want=standing: shop.rows("SELECT state, attempts FROM queue WHERE object = ?", uuid) == [want]
        )
    page = admin.get("/admin/queue")
    assert "Ошибка" in page.text
    assert "Новый" in partner.get(path).text

    fault(shop, "ok")
    find(page.text, "Повторить")
    press(admin, page, "Повторить")

    shows(partner, path, "Ожидает подтверждения менеджера", within=30)
    assert len(in_onec(shop, path)) == 1


@pytest.mark.row("O21")
def test_the_minimum_sum_of_the_agreement_is_explained_and_what_was_typed_stays(shop):
    name = shop.rows(
        "SELECT p.name FROM agreements a JOIN partners p ON p.uuid = a.partner WHERE a.min_order_sum > 0 AND a.active = 1"
    )[0][0]
    partner = shop.sign_in("partner", name)
    fill_cart(partner, 1)
    page = partner.get("/cart")
    if "До минимальной суммы" not in page.text:
        pytest.fail("the first goods of the demo reach the minimum: choose others")

    answer = press(partner, page, "Оформить заказ", comment="Позвоните за час")

    assert answer.status_code == 422
    assert re.search(r"До минимальной суммы заказа не хватает [\d\s ]+,\d\d руб", answer.text)
    assert "Позвоните за час" in answer.text
    assert "Позвоните за час" in partner.get("/cart").text
