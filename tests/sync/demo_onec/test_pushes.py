"""What 1C pushes: everything once, in an order that a strict portal takes, kept through every kind of failure."""

import io
import re

from pypdf import PdfReader

from tests.sync.demo_onec.serving import until
from tests.sync.demo_onec.strict_portal import KEYS

QUIET = {"waiting": 0, "processing": 0, "failed": 0}


def exchange(onec):
    answer = onec.demo.post("/demo/exchange", json={})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_first_publication_brings_everything(connected, portal):
    kinds = {
        "organization", "warehouse", "price_type", "product_group", "product", "price", "personal_price", "stock",
        "partner", "counterparty", "contract", "agreement", "contact", "address", "user", "role", "manager",
        "cancel_reason", "delivery_method", "news", "order", "document", "settlement",
    }  # fmt: skip

    assert portal.objects.keys() == kinds
    assert len(portal.objects["product"]) == 40
    assert len(portal.objects["order"]) == 4
    assert portal.files


def test_batches_are_signed_and_within_the_limits(connected, portal):
    first, *others = portal.batches

    assert all(batch["base"] == first["base"] and batch["epoch"] == "e1" for batch in others)
    assert [batch["seq"] for batch in portal.batches] == sorted({batch["seq"] for batch in portal.batches})


def test_a_changed_price_is_sent_once_and_newer(connected, portal):
    key, row = next(iter(portal.objects["price"].items()))
    deed = {"kind": "price", "data": {name: row[name] for name in ("product", "variant", "price_type", "pack")}}

    first = connected.demo.post("/demo/change", json={**deed, "data": {**deed["data"], "price": "77.5"}}).json()
    connected.demo.post("/demo/change", json={**deed, "data": {**deed["data"], "price": "78"}})
    report = exchange(connected)

    assert first["id"] == key
    assert portal.objects["price"][key]["price"] == "78.00"
    assert portal.versions["price", key] == 3
    assert report["sent"] == 1


def test_an_order_changed_in_1c_reaches_the_portal(connected, portal):
    key = connected.placed()
    connected.deed(key, "status", status="to_fulfil")

    exchange(connected)

    assert portal.objects["order"][key]["status"] == "wait_partner"
    assert portal.objects["order"][key]["version"] == portal.versions["order", key]


def test_a_page_instead_of_a_receipt_burns_no_attempt(connected, portal):
    key = connected.placed()
    portal.mischief = lambda method, path: (200, b"<html>Sign in</html>")

    for _ in range(4):
        assert "квитанцией" in exchange(connected)["error"]

    assert [record["attempts"] for record in connected.demo.get("/demo/queue").json()["records"]] == [0]
    portal.mischief = None
    exchange(connected)
    assert key in portal.objects["order"]
    assert connected.stats()["queue"] == QUIET


def test_a_lost_receipt_is_repeated_under_the_same_ids(connected, portal):
    key = connected.placed()

    def lose(method, path):
        portal.mischief = None
        return 500, b""

    portal.mischief = lose

    assert "500" in exchange(connected)["error"]
    exchange(connected)
    assert key in portal.objects["order"]


def test_a_refused_record_waits_and_the_others_pass(connected, portal):
    portal.refused_kinds = {"news"}
    news = connected.objects("news")[0]["id"]
    connected.demo.post("/demo/change", json={"kind": "news", "id": news, "data": {"title": "Новое"}})
    key = connected.placed()

    report = exchange(connected)

    assert (report["sent"], report["refused"]) == (1, 1)
    assert key in portal.objects["order"]
    record = connected.demo.get("/demo/queue").json()["records"][0]
    assert (record["state"], record["attempts"], record["error"]) == ("waiting", 1, "NO: нет")


def test_after_three_refusals_a_record_stands_as_an_error_until_it_is_repeated(connected, portal):
    portal.refused_kinds = {"news"}
    news = connected.objects("news")[0]["id"]
    connected.demo.post("/demo/change", json={"kind": "news", "id": news, "data": {"title": "Новое"}})
    clock = connected.clock

    for minutes in (0, 2, 20):
        clock(minutes)
        exchange(connected)

    assert connected.stats()["queue"] == {**QUIET, "failed": 1}
    portal.refused_kinds = set()
    connected.demo.post("/demo/queue/repeat")
    until(lambda: connected.stats()["queue"] == QUIET)
    assert portal.objects["news"][news]["title"] == "Новое"


def test_wrong_keys_and_an_absent_portal_are_told_and_keep_the_queue(connected, portal):
    connected.placed()
    connected.demo.post("/demo/settings", json={"client_secret": "other"})
    assert "токен" in exchange(connected)["error"]

    connected.demo.post("/demo/settings", json={"portal": "http://127.0.0.1:9", "client_secret": KEYS[1]})
    assert "недоступен" in exchange(connected)["error"]

    assert sum(connected.stats()["queue"].values()) == 1


def test_pull_mode_takes_orders_from_the_portals_queue(connected, portal):
    item = connected.new_order()
    portal.outgoing = [item]
    exchange(connected)
    assert portal.acknowledged == []

    connected.demo.post("/demo/settings", json={"pull": True})
    until(lambda: portal.acknowledged)

    assert portal.acknowledged[0]["ref"]["number"] == "0000-000014"
    assert connected.send(item)[0] == portal.acknowledged[0]


def test_an_asked_invoice_comes_as_a_document(connected, portal):
    key = connected.placed()

    assert connected.tell("document_request", key, document="invoice")["status"] == "ok"

    paper = until(lambda: next((p for p in portal.objects["document"].values() if p["order"] == key), None))
    assert (paper["number"], paper["sum"], paper["kind"]) == ("0000-000014", "5760.00", "invoice")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(portal.files[paper["file"]["sha256"]])).pages)
    assert "Счет на оплату № 14 от" in text
    assert "Демоснаб" in text
    assert "5 760,00" in text.replace("\xa0", " ")


def test_an_invoice_of_number_and_date_only_has_no_file(connected, portal):
    connected.demo.post("/demo/settings", json={"invoice": "number"})
    key = connected.placed()

    connected.tell("document_request", key, document="invoice")
    exchange(connected)

    paper = next(paper for paper in portal.objects["document"].values() if paper["order"] == key)
    assert paper["file"] is None


def test_money_and_quantities_are_decimal_strings(connected, portal):
    prices = [row["price"] for row in portal.objects["price"].values()]
    free = [row["free"] for row in portal.objects["stock"].values()]

    assert all(re.fullmatch(r"\d+\.\d\d", price) for price in prices)
    assert all(re.fullmatch(r"\d+(\.\d{1,3})?", amount) for amount in free)


def test_a_segment_formed_again_is_sent_again_under_new_versions(connected, portal):
    group = next(group for group in connected.objects("product_group") if group["parent"] is None)

    queued = connected.demo.post(f"/demo/segments/{group['id']}/form").json()["queued"]
    report = exchange(connected)

    assert report["sent"] == queued > 0
    assert 2 in {portal.versions["product", key] for key in portal.objects["product"]}


def test_the_check_of_the_integration_names_what_is_wrong(connected, portal):
    def result():
        return connected.demo.post("/demo/check").json()["result"]

    assert result() == "Сервис доступен"
    portal.mischief = lambda method, path: (403, {"detail": "Нет права использовать HTTP сервисы"})
    assert "403" in result()
    assert "Нет права" in result()
    portal.mischief = lambda method, path: (200, b"<html>")
    assert result() == "По этому адресу отвечает не портал"
    connected.demo.post("/demo/settings", json={"portal": "http://127.0.0.1:9"})
    assert "недоступен" in result()


def test_an_invoice_asked_for_again_is_sent_again_at_once(connected, portal):
    key = connected.placed()
    connected.tell("document_request", key, document="invoice")
    until(lambda: any(paper["order"] == key for paper in portal.objects["document"].values()))
    papers = len(portal.receipts)

    connected.tell("document_request", key, document="invoice")

    until(lambda: len(portal.receipts) > papers)
