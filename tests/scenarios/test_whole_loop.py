"""The main job of the portal, end to end: a partner orders, 1C answers, the manager and the partner confirm."""

import io
import re

import pypdf
import pytest

from tests.pressing import find, has, press
from tests.running import eventually

ROMASHKA = "Ромашка"  # of the demo's partners the one with neither a contract nor a minimum in the way


def goods_on(page):
    """(uuid, name) of the goods on a catalogue page that can be put into the cart."""
    rows = re.findall(r'<li[^>]*id="row-([0-9a-f-]{36})".*?</li>', page.text, re.S)
    return [uuid for uuid in rows if _row(page.text, uuid).count('name="quantity"')]


def _row(html, uuid):
    return re.search(rf'<li[^>]*id="row-{uuid}".*?</li>', html, re.S).group()


def fill_cart(client, lines=2):
    """Put the first goods of the catalogue into the cart by pressing «+»; their uuids."""
    page = client.get("/catalogue")
    uuids = goods_on(page)[:lines]
    for uuid in uuids:
        row = _row(page.text, uuid)
        step = int(re.search(r'data-multiple="([\d.]+)"', row).group(1))
        form, _ = find(row, "")
        answer = client.post(form.action, data={**form.as_dict(), "quantity": str(step)})
        assert answer.status_code == 303, answer.text
    return uuids


def place(client):
    """Press «Оформить заказ» in the cart, once more on the difference screen if there is one; the order's address."""
    answer = press(client, client.get("/cart"), "Оформить заказ")
    if not re.search(r"/orders/[0-9a-f-]{36}$", str(answer.url)):
        answer = press(client, answer, "Оформить заказ")
    assert answer.status_code == 200, answer.text
    return answer.url.path


def in_onec(shop, path):
    """The documents of the demo 1C for an order of the portal."""
    uuid = path.rsplit("/", 1)[1]
    return [order for order in shop.onec.get("/demo/orders").json()["orders"] if order["id"] == uuid]


def shows(client, path, text, within=20):
    """The page once it says this."""

    def look():
        page = client.get(path)
        assert text in page.text, page.text
        return page

    return eventually(look, within=within)


@pytest.fixture
def partner(shop):
    return shop.sign_in("partner", ROMASHKA)


@pytest.fixture
def manager(shop):
    """The manager whose partner places the orders of these tests."""
    partner = shop.user("partner", ROMASHKA)["partner"]
    (email,) = shop.rows(
        "SELECT m.email FROM partners p JOIN managers m ON m.uuid = p.manager WHERE p.name = ?", partner
    )[0]
    user = next(
        user for user in shop.facts["users"] if user["role"] == "manager" and user["login"] in _names(shop, email)
    )
    return shop.sign_in_as(user["login"], user["password"])


def _names(shop, email):
    return shop.rows("SELECT login, email, phone FROM users WHERE email = ?", email.casefold())[0]


@pytest.mark.row("O07", "O08", "O09", "O10", "O11", "O13", "O20", "Q04", "Q03")
def test_from_the_cart_to_the_invoice(shop, partner, manager):
    fill_cart(partner)
    path = place(partner)
    assert "Новый" in partner.get(path).text or "Ожидает подтверждения менеджера" in partner.get(path).text

    card = shows(partner, path, "Ожидает подтверждения менеджера")
    (document,) = in_onec(shop, path)
    assert document["number"] in card.text
    assert re.fullmatch(r"\d{4}-\d{6}", document["number"])
    assert shop.rows("SELECT count(*) FROM queue WHERE object = ? AND op = 'create'", document["id"]) == [(0,)]
    assert has(manager.get(path).text, "Подтвердить")
    assert not has(card.text, "Подтвердить")

    answer = press(manager, manager.get(path), "Подтвердить")
    assert "Передаётся в 1С" in answer.text
    card = shows(partner, path, "Ожидает вашего подтверждения", within=30)
    assert in_onec(shop, path)[0]["status"] in {"wait_partner", "to_fulfil"}
    eventually(lambda: any("ожидает вашего подтверждения" in letter for letter in _subjects(shop)), within=20)

    press(partner, card, "Подтвердить")
    assert "В работе" in partner.get(path).text
    eventually(lambda: in_onec(shop, path)[0]["confirmed_terms"] == in_onec(shop, path)[0]["terms"])

    number = document["number"].split("-")[1].lstrip("0")
    press(partner, partner.get(path), "Скачать счет")
    invoice = eventually(lambda: _pdf(partner, path), within=20)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(invoice)).pages)
    assert number in text
    assert "Счет на оплату" in text
    total = in_onec(shop, path)[0]["total"]
    assert total.replace(".", ",") in text.replace("\xa0", "").replace(" ", "")


def _subjects(shop):
    return [letter["Subject"] for letter in shop.letters()]


def _pdf(client, path):
    answer = client.get(f"{path}/invoice")
    return answer.content if answer.headers["content-type"] == "application/pdf" else None


@pytest.mark.row("O06", "O18")
def test_a_draft_stays_here_until_it_is_placed(shop, partner):
    fill_cart(partner, 1)
    draft = press(partner, partner.get("/cart"), "Сохранить заказ")
    path = draft.url.path

    assert "Черновик" in partner.get(path).text
    assert in_onec(shop, path) == []
    assert "0 на сумму 0.00 руб." in partner.get("/").text

    press(partner, partner.get(path), "Изменить")
    placed = place(partner)
    assert placed == path
    shows(partner, path, "Ожидает подтверждения менеджера")
    assert len(in_onec(shop, path)) == 1


@pytest.mark.row("O17", "O03")
def test_both_buttons_stand_and_work_in_the_catalogue(shop, partner):
    home = partner.get("/")
    assert "Корзина: 0 на сумму 0.00 руб." in home.text
    assert 'href="/catalogue"' in home.text
    fill_cart(partner, 1)

    answer = press(partner, partner.get("/catalogue"), "Сохранить заказ")
    assert "Черновик" in answer.text

    fill_cart(partner, 1)
    answer = press(partner, partner.get("/catalogue"), "Оформить заказ")
    if not re.search(r"/orders/[0-9a-f-]{36}$", str(answer.url)):
        answer = press(partner, answer, "Оформить заказ")
    assert re.search(r"/orders/[0-9a-f-]{36}$", str(answer.url))


@pytest.mark.row("O12")
def test_refused_here_it_is_cancelled_in_1c_and_not_once_it_is_paid(shop, partner):
    fill_cart(partner, 1)
    path = place(partner)
    card = shows(partner, path, "Ожидает подтверждения менеджера")
    press(partner, card, "Отказ", reason="Передумали")
    shows(partner, path, "Отказ")
    eventually(lambda: in_onec(shop, path)[0]["status"] in {"refused", "cancelled"})

    fill_cart(partner, 1)
    path = place(partner)
    shows(partner, path, "Ожидает подтверждения менеджера")
    (document,) = in_onec(shop, path)
    shop.onec.post(f"/demo/orders/{document['guid']}/status", json={"status": "to_fulfil"}).raise_for_status()
    card = shows(partner, path, "Ожидает вашего подтверждения")
    press(partner, card, "Подтвердить")
    shop.onec.post(f"/demo/orders/{document['guid']}/payment", json={"percent": "50"}).raise_for_status()
    card = shows(partner, path, "50% оплаты")
    assert not has(card.text, "Отказ")
    refused = partner.post(f"{path}/refusal", data={"terms": document["terms"], "reason": ""})
    assert refused.status_code in {404, 409, 422}
    assert in_onec(shop, path)[0]["status"] not in {"refused", "cancelled"}


@pytest.mark.row("O14")
def test_what_1c_changed_is_shown_by_the_line_and_confirmed_anew(shop, partner):
    fill_cart(partner, 2)
    path = place(partner)
    shows(partner, path, "Ожидает подтверждения менеджера")
    (document,) = in_onec(shop, path)
    shop.onec.post(f"/demo/orders/{document['guid']}/status", json={"status": "to_fulfil"}).raise_for_status()
    press(partner, shows(partner, path, "Ожидает вашего подтверждения"), "Подтвердить")
    eventually(lambda: in_onec(shop, path)[0]["confirmed_terms"])

    changed = {"lines": [{"n": 1, "price": "999.99"}, {"n": 2, "cancelled": True}], "reason": "Нет на складе"}
    shop.onec.post(f"/demo/orders/{document['guid']}/lines", json=changed).raise_for_status()

    card = shows(partner, path, "999,99")
    assert "Нет на складе" in card.text
    press(partner, card, "Подтвердить")
    assert "В работе" in partner.get(path).text
    eventually(lambda: in_onec(shop, path)[0]["confirmed_terms"] == in_onec(shop, path)[0]["terms"])


@pytest.mark.row("O19")
def test_orders_born_in_1c_appear_once(shop, partner):
    history = [order for order in shop.onec.get("/demo/orders").json()["orders"] if order["number"]]
    seen = partner.get("/orders").text

    mine = shop.rows("SELECT number FROM orders WHERE origin = '1c'")
    assert len(mine) == len({row[0] for row in mine}) > 0
    assert {row[0] for row in mine} <= {order["number"] for order in history}
    own = shop.rows(
        "SELECT o.number FROM orders o JOIN organisations g ON g.id = o.organisation WHERE o.origin = '1c' AND g.name = ?",
        shop.user("partner", ROMASHKA)["partner"],
    )
    for (number,) in own:
        assert number in seen


@pytest.mark.row("O04")
def test_two_partners_see_their_own_prices_only(shop):
    names = [user["partner"] for user in shop.facts["users"] if user["role"] == "partner"]
    pages = {name: shop.sign_in("partner", name).get("/catalogue").text for name in names}
    prices = {
        name: {uuid: re.search(r'class="row-price[^>]*>(.*?)</', _row(html, uuid), re.S) for uuid in _uuids(html)}
        for name, html in pages.items()
    }

    shown = [{uuid: found.group(1) for uuid, found in each.items() if found} for each in prices.values()]
    assert any(shown[0].get(uuid) != shown[1].get(uuid) for uuid in shown[0])


def _uuids(html):
    return re.findall(r'<li[^>]*id="row-([0-9a-f-]{36})"', html)


@pytest.mark.row("O05")
def test_stock_follows_1c_and_shows_its_time(shop, partner):
    page = partner.get("/catalogue")
    assert re.search(r"Остатки на .*\d\d:\d\d", page.text)
    uuid = goods_on(page)[0]
    code = shop.rows("SELECT article FROM products WHERE uuid = ?", uuid)[0][0]
    warehouse = shop.rows("SELECT warehouse FROM stock s JOIN products p ON p.id = s.product WHERE p.uuid = ?", uuid)[
        0
    ][0]

    change = {"kind": "stock", "product": uuid, "warehouse": warehouse, "free": "777"}
    shop.onec.post("/demo/change", json=change).raise_for_status()

    eventually(lambda: "777" in _row(partner.get("/catalogue", params={"q": code}).text, uuid))
