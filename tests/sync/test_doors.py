"""The doors for 1C: who may come in, what a hostile body meets, and what is said to whom."""

import gzip
import hashlib
import json
import socket
import zlib

import httpx
import pytest

from data.access import keys
from data.database import execute
from data.exchange import files, journal_list, queue
from sync import kinds
from sync.kinds.kind import Taken, Waits, Wrong
from tests.sync.conftest import NOW
from tests.sync.portal_doors import Doors, read, written

GRANT = {"grant_type": "client_credentials"}


class Parcels:
    """A kind of the tests: what was put, in order."""

    def __init__(self):
        self.put, self.hidden, self.lists = [], [], []

    async def take(self, uuid, data, now):
        if "wrong" in data:
            raise Wrong("EMAIL_REQUIRED", "Не указана электронная почта")
        if "bug" in data:
            raise ZeroDivisionError
        if (parent := data.get("parent")) and parent not in self.put:
            raise Waits(parent)
        self.put.append(uuid)

    async def hide(self, uuid, now):
        self.hidden.append(uuid)

    async def snapshot(self, scope, ids, now):
        self.lists.append((scope, ids))

    async def merge(self, uuid, into, now):
        self.hidden.append((uuid, into))


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    opened = Doors(tmp_path_factory.mktemp("doors"))
    yield opened
    opened.close()


@pytest.fixture
def parcels(monkeypatch):
    taken = Parcels()
    kind = Taken(taken.take, taken.hide, taken.merge, taken.snapshot)
    monkeypatch.setitem(kinds.TAKEN, "parcel", kind)
    return taken


@pytest.fixture
def http(doors):
    """Signed in with the keys of EX."""
    with httpx.Client(base_url=doors.url, timeout=20) as line:
        token = line.post("/sys/token", data=GRANT, headers=doors.basic()).json()["id_token"]
        line.headers["Authorization"] = f"Bearer {token}"
        yield line


@pytest.fixture
def send(doors, http):
    """Send items; the statuses of their results."""

    def sent(*items, full=False):
        answer = http.post("/api/exchange/in", json=doors.batch(*items))
        assert answer.status_code == 200, answer.text
        results = answer.json()["results"]
        return results if full else [result["status"] for result in results]

    return sent


def is_problem(answer, status, words=""):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert words in answer.json()["detail"]
    return True


@pytest.mark.row("C03")
@pytest.mark.parametrize("path", ["/sys/token", "/auth/oidc/token"])
def test_keys_give_a_token_that_opens_the_doors(doors, path):
    found = httpx.post(doors.url + path, data={"grant_type": "CLIENT_CREDENTIALS"}, headers=doors.basic()).json()

    assert found["access_token"] == found["id_token"] and found["token_type"] == "Bearer"
    assert found["expires_in"] == 3600
    headers = {"Authorization": f"Bearer {found['id_token']}"}
    answer = httpx.get(doors.url + "/api/exchange/ping", headers=headers)
    assert (answer.status_code, answer.text) == (200, "OK")


def test_spaces_around_pasted_keys_do_not_matter(doors):
    pasted = doors.basic(f"  {doors.key.client_id}\t", f" {doors.key.secret}\n")

    assert httpx.post(doors.url + "/sys/token", data=GRANT, headers=pasted).status_code == 200


@pytest.mark.row("C03")
def test_a_user_without_the_right_to_http_services_gets_403(doors, http):
    may = "UPDATE users SET may_http = ? WHERE uuid = ?"
    doors.run(written(execute(may, False, doors.user)))

    assert is_problem(httpx.post(doors.url + "/sys/token", data=GRANT, headers=doors.basic()), 403, "HTTP сервисы")
    assert is_problem(http.get("/api/exchange/ping"), 403, "HTTP сервисы")

    doors.run(written(execute(may, True, doors.user)))
    assert http.get("/api/exchange/ping").status_code == 200


def test_a_revoked_key_and_its_tokens_end_at_once(doors):
    key = doors.run(written(keys.create_key(doors.user, NOW)))
    basic = doors.basic(key.client_id, key.secret)
    token = httpx.post(doors.url + "/sys/token", data=GRANT, headers=basic).json()["id_token"]

    doors.run(written(keys.revoke_key(key.client_id, NOW)))

    assert is_problem(httpx.post(doors.url + "/sys/token", data=GRANT, headers=basic), 401)
    headers = {"Authorization": f"Bearer {token}"}
    assert is_problem(httpx.get(doors.url + "/api/exchange/ping", headers=headers), 401)


def test_wrong_keys_are_refused_and_slowed_down_but_right_ones_still_pass(doors):
    wrong = doors.basic(secret="guess")
    statuses = [
        httpx.post(doors.url + "/sys/token", data=GRANT, headers=wrong).status_code for _ in range(keys.WRONG_LIMIT + 2)
    ]

    assert statuses[0] == 401 and statuses[-1] == 429
    assert httpx.post(doors.url + "/sys/token", data=GRANT, headers=doors.basic()).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic", "Basic ???", "Basic 0L/RgA==", "Bearer x", "Basic " + "A" * 5000])
def test_a_broken_sign_in_is_refused(doors, header):
    answer = httpx.post(doors.url + "/sys/token", data=GRANT, headers={"Authorization": header})

    assert answer.status_code in {401, 429} and "problem" in answer.headers["content-type"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "ping"),
        ("POST", "in"),
        ("GET", "out"),
        ("POST", "out/ack"),
        ("GET", "digest?kind=order"),
        ("PUT", "files/" + "0" * 64),
        ("HEAD", "files/" + "0" * 64),
    ],
)
def test_no_door_opens_without_a_token(doors, method, path):
    for headers in ({}, {"Authorization": "Bearer nothing"}, doors.basic()):
        assert httpx.request(method, f"{doors.url}/api/exchange/{path}", headers=headers).status_code == 401


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


def test_a_file_is_kept_once_under_its_own_hash(doors, http):
    content = b"invoice" * 1000
    name = hashlib.sha256(content).hexdigest()
    where = f"/api/exchange/files/{name}"

    assert http.head(where).status_code == 404
    assert [http.put(where, content=content).status_code for _ in range(2)] == [201, 200]
    assert http.head(where).status_code == 200 and files.path_of(name).read_bytes() == content
    assert is_problem(http.put(f"/api/exchange/files/{'0' * 64}", content=content), 422)
    assert is_problem(http.put("/api/exchange/files/secret", content=content), 422)
    assert http.put("/api/exchange/files/..%2f..%2fsecret", content=content).status_code == 404
    too_big = b"0" * (20 * 1024 * 1024 + 1)
    assert is_problem(http.put(f"/api/exchange/files/{'1' * 64}", content=too_big), 413, "20 МиБ")


def test_records_are_pulled_under_a_lease_and_disappear_when_acknowledged(doors, http):
    for n in range(3):
        add = queue.enqueue("parcel", "create", doors.item()["id"], title="", data={"n": n}, now=NOW)
        doors.run(written(add))

    found = http.get("/api/exchange/out?limit=2").json()
    assert [item["data"]["n"] for item in found["items"]] == [0, 1] and found["lease_until"]
    rest = http.get("/api/exchange/out?limit=junk").json()
    assert [item["data"]["n"] for item in rest["items"]] == [2]

    echo = [{name: item[name] for name in ("queue_id", "id", "version")} for item in found["items"]]
    results = [echo[0] | {"status": "ok"}, echo[1] | {"status": "error", "code": "NO", "message": "нет"}]
    stamp = {"base": doors.base, "epoch": doors.epoch, "seq": 100}
    answer = http.post("/api/exchange/out/ack", json=stamp | {"lease": found["lease"], "results": results}).json()
    again = http.post("/api/exchange/out/ack", json=stamp | {"lease": found["lease"], "results": results}).json()

    assert (answer["removed"], answer["returned"]) == (1, 1)
    assert (again["removed"], again["returned"]) == (0, 0)


def test_the_digest_tells_what_the_portal_has(doors, http, send, parcels):
    uuid = "3f" + doors.item()["id"][2:]
    send(doors.item(uuid=uuid, version=7))

    whole = http.get("/api/exchange/digest?kind=parcel").json()
    part = http.get("/api/exchange/digest?kind=parcel&bucket=3F").json()

    assert whole["buckets"]["3f"] == hashlib.sha256(f"{uuid}:7".encode()).hexdigest()[:16]
    assert part["items"] == [{"id": uuid, "version": 7}] and whole["count"] >= 1
    assert is_problem(http.get("/api/exchange/digest"), 400)
    assert is_problem(http.get("/api/exchange/digest?kind=parcel&bucket=zz"), 400)


@pytest.mark.row("Q06")
def test_every_call_is_in_the_journal_without_secrets(doors, http, send, parcels):
    item = doors.item(password="p@ss", wrong=1)
    send(item)

    [row] = doors.run(read(journal_list.of_object(item["id"])))
    page = doors.run(read(journal_list.event(row.uuid)))
    tokens = doors.run(read(journal_list.page(incoming=True)))

    assert (row.incoming, row.outcome, row.status) == (True, "refused", 200)
    assert row.error == "Не указана электронная почта"
    assert "p@ss" not in page.request and item["id"] in page.request and "EMAIL_REQUIRED" in page.answer
    token = http.headers["Authorization"].removeprefix("Bearer ")
    events = [doors.run(read(journal_list.event(event.uuid))) for event in tokens]
    assert any("/sys/token" in event.row.address for event in events)
    assert not any(secret in event.request + event.answer for event in events for secret in (token, doors.key.secret))


def test_a_body_cut_in_half_changes_nothing(doors, http, parcels):
    body = json.dumps(doors.batch(doors.item())).encode()
    token = http.headers["Authorization"]
    with socket.create_connection(("127.0.0.1", int(doors.url.rpartition(":")[2]))) as line:
        head = f"POST /api/exchange/in HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body[: len(body) // 2])

    assert http.get("/api/exchange/ping").status_code == 200
    assert parcels.put == []
