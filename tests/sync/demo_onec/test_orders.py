"""Orders from the portal: one document each, numbers that grow, decisions on the terms that were seen."""

import pytest


@pytest.mark.row("C01")
def test_ping_answers_in_cyrillic_and_asks_for_the_login(onec):
    assert onec.service.get("/ping").text == "ОК"
    assert onec.service.get("/ping").content == "ОК".encode()

    refused = onec.demo.get("/trade/hs/ExchangePortal/ping")

    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert onec.demo.get("/other/hs/ExchangePortal/ping").status_code == 404


def test_an_order_gets_the_next_number_manager_and_organization(onec):
    result = onec.send(onec.new_order())[0]

    order = result["data"]
    assert result["status"] == "ok"
    assert result["ref"]["number"] == "0000-000014"
    assert (order["status"], order["state"]) == ("wait_manager", "Ожидается согласование")
    assert order["manager"]["email"] == "orlova@example.org"
    assert order["total"] == "5760.00"
    assert onec.send(onec.new_order())[0]["ref"]["number"] == "0000-000015"


def test_a_repeated_record_gets_the_same_answer_and_no_second_order(onec):
    item = onec.new_order()

    first, second = onec.send(item)[0], onec.send(item)[0]

    assert first == second
    assert sum(order["id"] == item["id"] for order in onec.orders()) == 1
    assert onec.stats()["duplicates_refused"] == 1


def test_a_queue_id_with_another_body_is_refused(onec):
    item = onec.new_order()
    onec.send(item)

    reused = onec.send({**item, "op": "approve"})[0]

    assert (reused["status"], reused["code"]) == ("error", "KEY_REUSED")


def test_a_create_under_a_new_record_finds_the_order_by_its_uuid(onec):
    item = onec.new_order()
    first = onec.send(item)[0]

    again = onec.send({**onec.item("create", item["id"], item["data"])})[0]

    assert again["ref"] == first["ref"]


def test_an_older_version_is_stale_and_an_equal_one_a_duplicate(onec):
    key = onec.placed()
    onec.tell("approve", key, terms=1)

    stale = onec.send(onec.item("decline", key, {"terms": 1}, version=1))[0]
    equal = onec.send(onec.item("decline", key, {"terms": 1}, version=2))[0]

    assert (stale["status"], equal["status"]) == ("stale", "duplicate")
    assert stale["data"]["status"] == "wait_partner"


def test_a_restored_portal_counts_its_versions_anew(onec):
    key = onec.placed()

    result = onec.send(onec.item("approve", key, {"terms": 1}, version=1), epoch="p2")[0]

    assert result["data"]["status"] == "wait_partner"


def test_approve_then_confirm_leads_into_work(onec):
    key = onec.placed()

    approved = onec.tell("approve", key, terms=1, by="Орлова")["data"]
    confirmed = onec.tell("confirm", key, terms=1, by="Анна")["data"]

    assert (approved["status"], approved["state"]) == ("wait_partner", "Ожидается обеспечение")
    assert (confirmed["status"], confirmed["confirmed_terms"]) == ("in_work", 1)


@pytest.mark.parametrize("op", ["decline", "refuse"])
def test_a_refusal_cancels_every_line_with_the_reason(onec, op):
    key = onec.placed()

    order = onec.tell(op, key, terms=1, reason="Передумали")["data"]

    assert order["status"] == "refused"
    assert {line["cancel_reason"] for line in order["lines"]} == {"Передумали"}
    assert order["total"] == "5760.00"


def test_other_terms_are_a_conflict_with_the_order_as_it_stands(onec):
    key = onec.placed()
    onec.deed(key, "lines", lines=[{"n": 1, "price": "99.90"}])

    result = onec.tell("approve", key, terms=1)

    assert (result["status"], result["code"]) == ("error", "VERSION_CONFLICT")
    assert result["data"]["terms"] == 2
    assert result["data"]["lines"][0]["price"] == "99.90"


def test_the_first_decision_wins(onec):
    key = onec.placed()
    onec.tell("refuse", key, terms=1)

    late = onec.tell("approve", key, terms=1)

    assert late["code"] == "VERSION_CONFLICT"
    assert late["data"]["status"] == "refused"


def test_a_paid_order_is_not_refused_any_more(onec):
    key = onec.placed()
    onec.tell("approve", key, terms=1)
    onec.deed(key, "payment", percent=10)

    assert onec.tell("refuse", key, terms=1)["code"] == "VERSION_CONFLICT"


def test_removed_lines_are_the_partners_last_word_and_a_replacement_is_not(onec):
    one, other = onec.placed(), onec.placed()
    product = onec.objects("product")[2]["id"]
    for key in (one, other):
        onec.tell("approve", key, terms=1)

    removed = onec.tell("change", one, terms=1, lines=[{"n": 1, "decision": "remove"}])["data"]
    swap = {"n": 1, "decision": "replace", "product": product, "quantity": "2"}
    replaced = onec.tell("change", other, terms=1, lines=[swap])["data"]

    assert (removed["status"], removed["terms"], removed["total"]) == ("in_work", 2, "2880.00")
    assert (replaced["status"], replaced["lines"][0]["product"]) == ("wait_manager", product)


def test_a_sum_that_was_sent_stands_even_when_it_is_not_price_times_quantity(onec):
    product = onec.objects("product")[0]["id"]
    lines = [{"product": product, "quantity": "1", "price": "120.00", "sum": "100.00", "vat": "22"}]

    order = onec.send(onec.new_order(lines=lines))[0]["data"]

    assert (order["lines"][0]["sum"], order["lines"][0]["vat_sum"], order["total"]) == ("100.00", "18.03", "100.00")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"partner": "6f1c1c7e-0000-4000-8000-000000000000"}, "UNKNOWN_PARTNER"),
        ({"lines": []}, "BAD_DATA"),
        ({"lines": [{"product": "x", "quantity": "1"}]}, "UNKNOWN_PRODUCT"),
        ({"lines": "much"}, "BAD_DATA"),
        ({"terms": -1}, "BAD_DATA"),
    ],
)
def test_a_bad_order_is_refused_and_the_others_pass(onec, changes, code):
    results = onec.send(onec.new_order(**changes), onec.new_order())

    assert [result["status"] for result in results] == ["error", "ok"]
    assert results[0]["code"] == code


@pytest.mark.parametrize("quantity", ["0", "-1", "abc", "1e99", "NaN", ""])
def test_a_bad_quantity_is_refused(onec, quantity):
    product = onec.objects("product")[0]["id"]

    result = onec.send(onec.new_order(lines=[{"product": product, "quantity": quantity, "price": "1.00"}]))[0]

    assert result["status"] == "error"


def test_a_refused_record_may_be_tried_again_under_its_id(onec):
    onec.demo.post("/demo/faults", json={"mode": "refuse"})
    item = onec.new_order()
    assert onec.send(item)[0]["status"] == "error"

    onec.demo.post("/demo/faults", json={"mode": "ok"})

    assert onec.send(item)[0]["status"] == "ok"


def test_an_agreement_that_requires_a_contract_gets_none_without_one(onec):
    agreement = next(one for one in onec.objects("agreement") if one["requires_contract"])
    contract = onec.objects("contract")[0]["id"]
    terms = {"partner": agreement["partner"], "agreement": agreement["id"]}

    without = onec.send(onec.new_order(**terms))[0]
    bound = onec.send(onec.new_order(**terms, contract=contract))[0]

    assert without["code"] == "CONTRACT_REQUIRED"
    assert bound["data"]["contract"] == contract


def test_digests_change_with_the_orders_and_name_versions(onec):
    before = onec.service.get("/digest", params={"kind": "order"}).json()
    key = onec.placed()

    after = onec.service.get("/digest", params={"kind": "order"}).json()
    bucket = onec.service.get("/digest", params={"kind": "order", "bucket": key[:2]}).json()

    assert (before["count"], after["count"]) == (4, 5)
    assert after["seq"] > before["seq"]
    assert {"id": key, "version": 1} in bucket["items"]


def test_numbers_and_orders_survive_a_restart(tmp_path, serve_onec):
    with serve_onec(tmp_path / "onec") as onec:
        item = onec.new_order()
        first = onec.send(item)[0]
        base = onec.stats()["base"]

    with serve_onec(tmp_path / "onec", goods=300) as onec:
        assert onec.send(item)[0] == first
        assert onec.stats()["base"] == base
        assert len(onec.objects("product")) == 40
        onec.versions = {}
        assert onec.send(onec.new_order())[0]["ref"]["number"] == "0000-000015"
