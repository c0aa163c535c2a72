"""The manager's deeds in 1C through /demo: status, lines, payment, shipment, orders by telephone."""

import pytest


def done(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_statuses_of_1c_lead_the_portals_status(onec):
    key = onec.placed()

    fulfil = done(onec.deed(key, "status", status="to_fulfil"))
    onec.tell("confirm", key, terms=1)
    ship = done(onec.deed(key, "status", status="to_ship"))
    closed = done(onec.deed(key, "status", status="closed"))

    assert [order["status"] for order in (fulfil, ship, closed)] == ["wait_partner", "in_work", "closed"]
    assert [order["state"] for order in (fulfil, ship, closed)] == [
        "Ожидается обеспечение",
        "Готов к отгрузке",
        "Закрыт",
    ]


def test_cut_and_repriced_lines_are_new_terms_to_confirm(onec):
    key = onec.placed()
    onec.tell("approve", key, terms=1)
    onec.tell("confirm", key, terms=1)

    changes = [{"n": 1, "quantity": "12", "price": 99.9}, {"n": 2, "cancelled": True}]
    order = done(onec.deed(key, "lines", lines=changes, reason="Нет в наличии"))

    first, second = order["lines"]
    assert (first["quantity"], first["price"], first["sum"], first["vat_sum"]) == ("12", "99.90", "1198.80", "108.98")
    assert (second["cancelled"], second["cancel_reason"]) == (True, "Нет в наличии")
    assert (order["total"], order["terms"], order["status"]) == ("1198.80", 2, "wait_partner")


def test_payment_and_shipment_change_the_version_and_never_the_terms(onec):
    key = onec.placed()
    onec.tell("approve", key, terms=1)
    onec.tell("confirm", key, terms=1)

    paid = done(onec.deed(key, "payment", percent="50"))
    shipped = done(onec.deed(key, "shipment", percent=25))

    assert (paid["paid_percent"], paid["terms"]) == ("50", 1)
    assert shipped["version"] == paid["version"] + 1
    assert (shipped["shipped_percent"], shipped["lines"][0]["shipped"]) == ("25", "6")
    done(onec.deed(key, "payment", percent=100))
    assert done(onec.deed(key, "shipment", percent=100))["status"] == "closed"


@pytest.mark.parametrize(
    ("deed", "body", "status"),
    [
        ("status", {"status": "sold"}, 400),
        ("payment", {"percent": 101}, 422),
        ("payment", {"percent": "many"}, 422),
        ("payment", {}, 400),
        ("lines", {"lines": []}, 400),
        ("lines", {"lines": [{"n": 9, "price": "1"}]}, 422),
        ("lines", {"lines": [{"n": 1, "quantity": "-3"}]}, 422),
        ("lines", {"lines": [{"n": 1, "price": "1e400"}]}, 422),
        ("dance", {}, 400),
    ],
)
def test_a_wrong_deed_changes_nothing_and_says_why(onec, deed, body, status):
    key = onec.placed()
    before = onec.order(key)

    answer = onec.deed(key, deed, **body)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert onec.order(key) == before


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"status": "\\ud800"}', b"[" * 3000, b"null", b"NaN"])
def test_bad_json_is_a_plain_400(onec, body):
    key = onec.placed()

    for path in (f"/demo/orders/{key}/status", "/demo/orders", "/demo/tasks", "/demo/publish", "/demo/change"):
        answer = onec.demo.post(path, content=body)
        assert answer.status_code in (400, 404), path
        assert answer.headers["content-type"].startswith("text/plain")


def test_a_cancelled_order_is_left_alone(onec):
    key = onec.placed()
    done(onec.deed(key, "status", status="cancelled", reason="Склад закрыт"))

    assert onec.deed(key, "status", status="to_ship").status_code == 422
    assert onec.deed(key, "lines", lines=[{"n": 1, "price": "1"}]).status_code == 422
    assert onec.order(key)["status"] == "refused"


def test_an_unknown_order_is_not_found(onec):
    assert onec.deed("6f1c1c7e-0000-4000-8000-000000000000", "status", status="closed").status_code == 404


def test_the_guid_of_1c_names_an_order_as_well(onec):
    key = onec.placed()
    guid = onec.order(key)["guid"]

    assert done(onec.deed(guid, "status", status="to_fulfil"))["id"] == key


def test_an_order_by_telephone_is_born_in_1c(onec):
    answer = onec.demo.post("/demo/orders", json={})

    order = answer.json()
    assert answer.status_code == 201
    assert (order["origin"], order["number"], order["status"]) == ("1c", "0000-000014", "wait_partner")
    assert order["id"] == order["guid"]


def test_the_past_has_a_closed_order_a_cancelled_line_and_the_sample_card(onec):
    orders = {order["number"]: order for order in onec.orders()}

    assert orders["0000-000010"]["status"] == "closed"
    assert any(line["cancelled"] for line in orders["0000-000011"]["lines"])
    sample = orders["0000-000012"]
    assert sample["total"] == "200.00"
    assert {(line["price"], line["quantity"], line["sum"]) for line in sample["lines"]} == {("120.00", "1", "100.00")}


def test_a_restored_base_has_a_new_epoch_and_yesterdays_orders(onec):
    onec.demo.post("/demo/snapshot")
    onec.placed()
    before = onec.stats()

    epoch = onec.demo.post("/demo/restore").json()["epoch"]

    after = onec.stats()
    assert (before["epoch"], after["epoch"]) == ("e1", epoch)
    assert after["documents"] == before["documents"] - 1
    assert after["base"] == before["base"]
    assert onec.service.get("/ping").text == "ОК"
    onec.versions = {}
    assert onec.send(onec.new_order())[0]["ref"]["number"] == "0000-000014"


def test_a_restore_without_a_snapshot_is_refused(onec):
    assert onec.demo.post("/demo/restore").status_code == 422


def test_people_tasks_segments_and_merges_are_queued(onec):
    one, other = onec.objects("product")[:2]
    before = len(onec.demo.get("/demo/queue").json()["records"])
    group = next(group for group in onec.objects("product_group") if group["parent"] is None)

    person = onec.demo.post("/demo/publish", json={"person": "boris@example.com", "action": "reset_password"})
    task = onec.demo.post("/demo/tasks", json={"subject": "Проверить цены"})
    formed = onec.demo.post(f"/demo/segments/{group['id']}/form")
    merged = onec.demo.post("/demo/merge", json={"from": one["id"], "into": other["id"]})

    assert [answer.status_code for answer in (person, task, formed, merged)] == [200, 201, 200, 200]
    assert formed.json()["queued"] > 0
    assert before <= len(onec.demo.get("/demo/queue").json()["records"])
    assert one["id"] not in {product["id"] for product in onec.objects("product")}


def test_a_person_without_an_email_is_not_published(onec):
    user = onec.objects("user")[0]
    onec.demo.post("/demo/change", json={"kind": "user", "id": user["id"], "data": {"email": None}})

    answer = onec.demo.post("/demo/publish", json={"person": user["id"]})

    assert answer.status_code == 422
    assert "электронная почта" in answer.text


def test_a_price_is_changed_by_naming_its_product(onec):
    product = onec.objects("product")[0]["id"]
    rows = [row for row in onec.objects("price") if row["product"] == product]

    answer = onec.demo.post("/demo/change", json={"kind": "price", "product": product, "price": "55"})

    assert sorted(answer.json()["ids"]) == sorted(row["id"] for row in rows)
    assert {row["price"] for row in onec.objects("price") if row["product"] == product} == {"55.00"}


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "price"},
        {"kind": "price", "product": 5, "price": "1"},
        {"kind": "price", "product": "x", "price": "dear"},
        {"kind": "dragon", "id": "x"},
        {"kind": "product", "id": "x", "data": {"name": "Y"}},
        {"kind": "product", "data": 5},
    ],
)
def test_a_change_of_nothing_is_refused(onec, body):
    answer = onec.demo.post("/demo/change", json=body)

    assert answer.status_code in (400, 422), answer.text


def test_a_deleted_good_is_gone_and_its_deletion_is_queued(onec):
    product = onec.objects("product")[0]["id"]

    done(onec.demo.post("/demo/change", json={"kind": "product", "id": product, "op": "delete"}))

    assert product not in {entry["id"] for entry in onec.objects("product")}


def test_foreign_agreements_and_counterparties_are_refused(onec):
    sever = next(partner for partner in onec.objects("partner") if partner["name"].startswith("Северный"))
    company = next(one for one in onec.objects("counterparty") if one["partner"] == sever["id"])

    assert onec.send(onec.new_order(partner=sever["id"]))[0]["code"] == "FOREIGN_AGREEMENT"
    assert onec.send(onec.new_order(counterparty=company["id"]))[0]["code"] == "FOREIGN_COUNTERPARTY"
