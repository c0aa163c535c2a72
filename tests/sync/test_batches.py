"""Batches of 1C: every item gets its own answer, whatever is beside it, and hostile bodies change nothing."""

import gzip
import json
import socket
import zlib
from uuid import uuid4

import pytest

from sync import kinds
from tests.sync.portal_doors import is_problem


@pytest.mark.row("Q09")
def test_one_bad_item_does_not_hold_back_the_others(doors, send, parcels):
    results = send(
        doors.item(), doors.item(wrong=1), doors.item(bug=1), 5, {"queue_id": "x"}, doors.item(kind="ghost"),
        doors.item(op="explode"), doors.item(kind="task"), doors.item(version=-1), doors.item(version=1.5), doors.item(),
        full=True,
    )  # fmt: skip

    codes = [result.get("code", result["status"]) for result in results]
    assert codes == [
        "ok", "EMAIL_REQUIRED", "INTERNAL", "BAD_ITEM", "BAD_ITEM", "UNKNOWN_KIND", "UNKNOWN_OP", "disabled",
        "BAD_ITEM", "BAD_ITEM", "ok",
    ]  # fmt: skip
    assert len(parcels.put) == 2


def test_the_answer_echoes_the_batch_and_says_who_answers(doors, http, parcels):
    batch = doors.batch(doors.item())
    found = http.post("/api/exchange/in", json=batch).json()
    again = http.post("/api/exchange/in", json=doors.batch()).json()

    assert found["batch"] == batch["batch"] and again["base"] == found["base"] and again["seq"] > found["seq"]
    item, result = batch["items"][0], found["results"][0]
    assert all(result[name] == item[name] for name in ("queue_id", "id", "version"))


def test_a_repeat_gets_the_stored_answer_and_another_body_is_key_reused(doors, send, parcels):
    item = doors.item(text="раз")

    assert send(item) == send(item) == ["ok"]
    assert send(item | {"data": {"text": "два"}}, full=True)[0]["code"] == "KEY_REUSED"
    assert send(item, item) == ["ok", "ok"]
    assert len(parcels.put) == 1


def test_a_refused_item_is_tried_again_when_it_is_repeated(doors, send, parcels, monkeypatch):
    item = doors.item(kind="later")
    assert send(item) == ["error"]

    monkeypatch.setitem(kinds.TAKEN, "later", kinds.TAKEN["parcel"])

    assert send(item) == ["ok"]


def test_older_versions_are_stale_and_equal_ones_duplicate_within_an_epoch(doors, send, parcels):
    uuid = doors.item()["id"]

    assert send(doors.item(uuid=uuid, version=5), doors.item(uuid=uuid, version=5)) == ["ok", "duplicate"]
    assert send(doors.item(uuid=uuid, version=4), doors.item(uuid=uuid, version=6)) == ["stale", "ok"]
    doors.epoch = "e2"
    assert send(doors.item(uuid=uuid, version=1)) == ["ok"]


def test_a_child_waits_for_its_parent_in_the_same_batch_or_a_later_one(doors, send, parcels):
    parent, later = doors.item(), doors.item()
    child, orphan = doors.item(parent=parent["id"]), doors.item(parent=later["id"])
    grandchild = doors.item(parent=orphan["id"])

    results = send(child, grandchild, orphan, parent, full=True)
    assert [result.get("deferred") for result in results] == [True, True, True, None]
    assert parcels.put == [parent["id"], child["id"]]

    assert send(later, grandchild) == ["ok", "ok"]
    assert parcels.put[2:] == [later["id"], orphan["id"], grandchild["id"]]


def test_a_newer_version_that_came_directly_wins_over_one_that_waits(doors, send, parcels):
    parent, child = doors.item(), doors.item()
    send(doors.item(uuid=child["id"], version=1, parent=parent["id"]))
    send(doors.item(uuid=child["id"], version=2))

    send(parent)

    assert parcels.put == [child["id"], parent["id"]]


def test_deleting_merging_and_hiding_reach_the_kind(doors, send, parcels):
    one, two, three = doors.item()["id"], doors.item()["id"], doors.item()["id"]

    assert send(
        doors.item(uuid=one, op="delete"), doors.item(uuid=two, deleted=True), doors.item(uuid=three, op="merge", into=one),
        doors.item(op="merge", into="x"),
    ) == ["ok", "ok", "ok", "error"]  # fmt: skip
    assert parcels.hidden == [one, two, (three, one)]


def test_a_list_in_parts_is_applied_when_all_of_it_is_here(doors, send, parcels):
    uuid, ids = doors.item()["id"], [doors.item()["id"] for _ in range(3)]
    parts = [
        doors.item(uuid=uuid, op="snapshot", scope={"price_type": uuid}, part=n, parts=3, ids=[ids[n - 1]])
        for n in (3, 1, 2)
    ]

    assert send(parts[0], parts[1], parts[1]) == ["ok", "ok", "ok"]
    assert parcels.lists == []
    assert send(parts[2]) == ["ok"]
    assert parcels.lists == [({"price_type": uuid}, set(ids))]


@pytest.mark.parametrize(
    "broken",
    [{"part": 0}, {"part": 4}, {"parts": "3"}, {"ids": ["x"]}, {"ids": 5}, {"scope": []}, {"scope": {"a": 1}}],
)
def test_a_broken_list_is_refused(doors, send, parcels, broken):
    good = {"scope": {}, "part": 1, "parts": 3, "ids": []}

    assert send(doors.item(op="snapshot", **(good | broken))) == ["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"garbage", b"\xff\xfe\x00", b"[]", b"5", b'"x"', b"null", b"{}", b'{"items": 5}', b"[" * 200_000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000, b'{"base": "x", "epoch": "e", "seq": 1, "items": []}', b'{"a": NaN}',
        b'{"base": "00000000-0000-4000-8000-000000000000", "epoch": 5, "seq": 1, "items": []}', b'{"a": "\\ud800"}',
        b'{"base": "00000000-0000-4000-8000-000000000000", "epoch": "e", "seq": -1, "items": []}', b'{"n": 1e999}',
        b'{"n": ' + b"9" * 5000 + b"}", b'{"n": 1e999, "a": "\\udfff"}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["in", "out/ack"])
def test_garbage_is_a_bad_request(http, body, path):
    assert is_problem(http.post(f"/api/exchange/{path}", content=body), 400)


def test_a_number_beyond_all_bounds_is_the_trouble_of_its_item_only(doors, http, parcels):
    body = json.dumps(doors.batch(doors.item(), doors.item(price="BOUNDS"))).replace('"BOUNDS"', "1e999")

    answer = http.post("/api/exchange/in", content=body)

    assert [result["status"] for result in answer.json()["results"]] == ["ok", "ok"]


def test_another_base_is_stopped(doors, http, parcels):
    http.post("/api/exchange/in", json=doors.batch())
    other = doors.batch(doors.item()) | {"base": "00000000-0000-4000-8000-000000000000"}

    answer = http.post("/api/exchange/in", json=other)

    assert is_problem(answer, 409, "другой базой") and answer.json()["code"] == "OTHER_BASE"
    assert parcels.put == []


def test_too_many_items_and_too_many_bytes_are_refused_by_name(doors, http, parcels):
    many = doors.batch(*[doors.item() for _ in range(501)])

    assert is_problem(http.post("/api/exchange/in", json=many), 413, "500")
    assert is_problem(http.post("/api/exchange/in", content=b" " * (5 * 1024 * 1024 + 1)), 413, "5 МиБ")
    bomb = gzip.compress(b" " * (60 * 1024 * 1024))
    assert is_problem(http.post("/api/exchange/in", content=bomb, headers={"Content-Encoding": "gzip"}), 413, "5 МиБ")
    assert parcels.put == []


def test_a_packed_batch_is_taken_and_a_broken_one_refused(doors, http, parcels):
    packed = gzip.compress(json.dumps(doors.batch(doors.item())).encode())
    headers = {"Content-Encoding": "gzip"}

    assert http.post("/api/exchange/in", content=packed, headers=headers).json()["results"][0]["status"] == "ok"
    assert is_problem(http.post("/api/exchange/in", content=packed[:-9], headers=headers), 400)
    assert is_problem(http.post("/api/exchange/in", content=zlib.compress(b"{}"), headers=headers), 400)
    assert is_problem(http.post("/api/exchange/in", content=packed, headers={"Content-Encoding": "br"}), 415)


def test_a_body_cut_in_half_changes_nothing(doors, http, parcels):
    body = json.dumps(doors.batch(doors.item())).encode()
    token = http.headers["Authorization"]
    with socket.create_connection(("127.0.0.1", int(doors.url.rpartition(":")[2]))) as line:
        head = f"POST /api/exchange/in HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body[: len(body) // 2])

    assert http.get("/api/exchange/ping").status_code == 200
    assert parcels.put == []


def test_a_record_nested_without_end_spoils_no_other(doors, http, parcels):
    """Shallow enough to be read and too deep to be kept lies somewhere below Python's limit of 1000."""
    for depth in range(930, 1000):
        waits = doors.item(parent=str(uuid4()), deep="@")
        body = json.dumps(doors.batch(waits, doors.item())).replace('"@"', "[" * depth + "]" * depth)

        answer = http.post("/api/exchange/in", content=body)

        if answer.status_code != 400:  # which says that the whole is no JSON
            first, second = answer.json()["results"]
            assert first["status"] == "ok" or first["code"] == "BAD_ITEM"
            assert second["status"] == "ok"
