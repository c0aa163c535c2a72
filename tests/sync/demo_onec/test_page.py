"""«1С (демонстрация)»: a page for people of this machine, whose every form works without a script."""

import re

import httpx
import pytest

HUGE_VERSION = (
    b'{"base": "b", "epoch": "e", "seq": 1, "items": [{"queue_id": "q", "kind": "message", "op": "upsert", "id": "m", '
    b'"version": 1000000000000000000000000000000}]}'
)


def pressed(onec, path, **fields):
    answer = onec.demo.post(path, data=fields)
    assert answer.status_code == 303, answer.text
    return onec.demo.get(answer.headers["location"]).text


def test_the_page_shows_orders_queue_and_switch(onec):
    key = onec.placed()

    page = onec.demo.get("/").text

    assert "<h1>1С (демонстрация)</h1>" in page
    assert "Заказ клиента 0000-000014" in page
    assert "Выполнить обмен вручную" in page
    assert onec.order(key)["guid"] in page
    assert "<script" not in page


def test_the_page_needs_no_inline_anything_and_is_not_indexed(onec):
    answer = onec.demo.get("/")

    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)
    assert onec.demo.get("/page.css").headers["content-type"].startswith("text/css")


def test_buttons_do_what_they_say(onec):
    key = onec.placed()
    at = f"/orders/{onec.order(key)['guid']}"

    pressed(onec, f"{at}/status", status="to_fulfil", reason="")
    pressed(onec, f"{at}/payment", percent="30")
    pressed(onec, f"{at}/lines", **{"quantity-1": "10", "price-1": "120.00", "quantity-2": "24", "price-2": "120.00"})

    order = onec.order(key)
    assert (order["status"], order["paid_percent"], order["lines"][0]["quantity"]) == ("wait_partner", "30", "10")
    assert order["terms"] == 2
    assert "Создан заказ 0000-000015" in pressed(onec, "/orders")
    assert "Сбоев нет" in pressed(onec, "/faults", mode="ok", share="1", kind="", seconds="3")


def test_a_person_is_published_from_the_page(onec):
    user = onec.objects("user")[0]
    onec.send(onec.item("upsert", user["id"], {"user": user["id"], "status": "active"}, kind="user_status"))

    assert "Активен" in onec.demo.get("/").text
    assert "поставлено в очередь" in pressed(onec, "/people", person=user["id"], action="reset_password")


def test_messages_and_requests_for_access_are_kept_and_shown(onec):
    message = {"order": "o", "author": "a", "text": "Когда отгрузка?", "at": "2026-01-01T10:00:00+03:00", "files": []}
    company = {"inn": "7707083893", "kpp": None, "name": "ООО «Новое»", "person": "Ольга", "email": "o@example.com"}

    results = onec.send(
        onec.item("upsert", "m1", message, kind="message"), onec.item("create", "r1", company, kind="registration")
    )

    page = onec.demo.get("/").text
    assert [result["status"] for result in results] == ["ok", "ok"]
    assert "Когда отгрузка?" in page
    assert "ООО «Новое», Ольга, o@example.com" in page


def test_what_is_refused_is_said_on_the_page_and_changes_nothing(onec):
    key = onec.placed()
    before = onec.order(key)

    answer = onec.demo.post(f"/orders/{before['guid']}/payment", data={"percent": "много"})

    assert answer.status_code == 422
    assert "Не число" in answer.text
    assert onec.order(key) == before


def test_settings_are_kept_and_an_empty_secret_leaves_the_old_one(onec):
    form = {"portal": "http://127.0.0.1:9", "client_id": "id", "period": "3600", "invoice": "number"}
    pressed(onec, "/settings", **form, client_secret="one")
    pressed(onec, "/settings", **form, client_secret="")

    settings = onec.demo.get("/demo/settings").json()

    assert (settings["client_secret"], settings["invoice"], settings["pull"]) == ("one", "number", False)


def test_what_is_hostile_in_a_name_is_only_text(onec):
    product = onec.objects("product")[0]["id"]
    lines = [{"product": product, "quantity": "1", "price": "1.00", "name": "<script>alert(1)</script>"}]
    onec.send(onec.new_order(lines=lines))

    page = onec.demo.get("/").text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "OURS"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_a_foreign_page_cannot_press_the_buttons(onec, headers, status):
    own = str(onec.demo.base_url).rstrip("/")
    headers = {name: own if value == "OURS" else value for name, value in headers.items()}

    answer = onec.demo.post("/demo/faults", json={"kind": None}, headers=headers)

    assert answer.status_code == status


def test_a_made_up_name_of_this_machine_opens_no_demo_door(onec):
    for path in ("/", "/demo/settings", "/demo/orders"):
        assert onec.demo.get(path, headers={"Host": "rebound.example.com"}).status_code == 404


def test_addresses_that_are_not_there_are_plain_404(onec):
    for path in ("/nowhere", "/demo/nowhere", "/trade/hs/Other/ping"):
        answer = onec.demo.get(path)
        assert (answer.status_code, answer.text) == (404, "Не найдено")


def test_odd_requests_never_are_a_server_error(onec):
    bodies = [b"", b"{}", b"\x00", b"%ff=%ff", b'{"items": [1, null, {}, []], "base": "b", "epoch": "e", "seq": 1}']
    with httpx.Client(base_url=onec.url, auth=("portal", "secret"), trust_env=False) as client:
        for body in bodies:
            for method, path in (("POST", "/trade/hs/ExchangePortal/exchange"), ("POST", "/settings"), ("PUT", "/")):
                answer = client.request(method, path, content=body, headers={"Content-Encoding": "identity"})
                assert answer.status_code < 500, (path, body, answer.text)
        packed = client.post("/trade/hs/ExchangePortal/exchange", content=b"x", headers={"Content-Encoding": "gzip"})
        parts = (
            b'--x\r\nContent-Disposition: form-data; name="mode"\r\nContent-Type: text/plain; charset=nope\r\n\r\n\xff'
        )
        form = client.post("/faults", content=parts, headers={"Content-Type": "multipart/form-data; boundary=x"})
        huge = client.post("/trade/hs/ExchangePortal/exchange", content=b" " * 7_000_000)
        number = client.post("/trade/hs/ExchangePortal/exchange", content=HUGE_VERSION)
    assert packed.status_code == 400
    assert form.status_code < 500
    assert huge.status_code == 413
    assert number.json()["results"][0]["code"] == "BAD_ITEM"
