"""Letters about orders reach the people whom they concern, with a link that opens the order."""

import re

import pytest

from tests.pressing import press
from tests.running import eventually, text_of
from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, in_onec, place, shows

LINK = re.compile(r"http://\S+/orders/[0-9a-f-]{36}")


def letter(shop, *, to, subject):
    """The letter to this address with such a subject, once it has come."""

    def look():
        return [found for found in shop.letters(to=to) if subject in found["Subject"]]

    return eventually(look, within=20)[-1]


def email_of(shop, login):
    return shop.rows("SELECT email FROM users WHERE login = ? OR email = ?", login, login)[0][0]


@pytest.mark.row("O20", "O09")
def test_the_manager_and_the_partner_are_told_when_it_is_their_turn(fresh_shop):
    shop = fresh_shop
    user = shop.user("partner", ROMASHKA)
    partner = shop.sign_in_as(user["login"], user["password"])
    mine = email_of(shop, user["login"])
    sql = "SELECT m.email FROM partners p JOIN managers m ON m.uuid = p.manager WHERE p.name = ?"
    ((managers,),) = shop.rows(sql, user["partner"])

    fill_cart(partner, 1)
    path = place(partner)
    new = letter(shop, to=managers, subject="Новый заказ")
    assert ROMASHKA in text_of(new)
    assert LINK.search(text_of(new))[0] == shop.url + path

    shows(partner, path, "Ожидает подтверждения менеджера")
    guid = in_onec(shop, path)[0]["guid"]
    shop.onec.post(f"/demo/orders/{guid}/status", json={"status": "to_fulfil"}).raise_for_status()
    waits = letter(shop, to=mine, subject="ожидает вашего подтверждения")
    assert partner.get(LINK.search(text_of(waits))[0]).status_code == 200

    shop.onec.post(
        f"/demo/orders/{guid}/status", json={"status": "cancelled", "reason": "Нет товара"}
    ).raise_for_status()
    refused = letter(shop, to=mine, subject="отказ")
    assert in_onec(shop, path)[0]["number"] in refused["Subject"]
    assert len([found for found in shop.letters(to=mine) if "ожидает" in found["Subject"]]) == 1


@pytest.mark.row("O20")
def test_a_partner_without_a_manager_writes_to_the_common_inbox(fresh_shop):
    shop = fresh_shop
    admin = shop.sign_in("admin")
    press(admin, admin.get("/admin/mail"), "Сохранить настройки", common_inbox="all.orders@example.org")
    change = {"kind": "partner", "id": _partner(shop), "data": {"manager": None}}
    answer = shop.onec.post("/demo/change", json=change)
    assert answer.status_code == 200, answer.text
    eventually(lambda: shop.rows("SELECT manager FROM partners WHERE name = ?", ROMASHKA) == [("",)])

    partner = shop.sign_in("partner", ROMASHKA)
    fill_cart(partner, 1)
    path = place(partner)

    new = letter(shop, to="all.orders@example.org", subject="Новый заказ")
    assert shop.url + path in text_of(new)


def _partner(shop):
    ((uuid,),) = shop.rows("SELECT uuid FROM partners WHERE name = ?", ROMASHKA)
    return uuid
