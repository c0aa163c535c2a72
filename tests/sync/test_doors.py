"""The doors for 1C: who may come in, files, records that are pulled, and what the journal keeps."""

import gzip
import hashlib
import socket

import httpx
import pytest

from data.access import keys
from data.database import execute, fetch
from data.exchange import files, journal_list, queue
from data.exchange.journal import STRANGERS_CALLS
from sync.exchange_portal import sign_in
from tests.sync.conftest import NOW
from tests.sync.portal_doors import GRANT, is_problem, read, written


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


def test_strangers_do_not_fill_the_journal(doors, http):
    doors.run(written(execute("DELETE FROM events")))
    for _ in range(STRANGERS_CALLS + 5):
        assert httpx.post(doors.url + "/api/exchange/in").status_code == 401
    assert is_problem(http.post("/api/exchange/in", content=b"half a batch"), 400)

    counted = "SELECT status, count(*) FROM events WHERE outcome = 'failed' GROUP BY status ORDER BY status"
    events = doors.run(read(fetch(counted)))
    assert events == [(400, 1), (401, STRANGERS_CALLS)]


def test_a_packing_that_never_ends_is_stopped_at_the_limit(http):
    nothing = b"\x00\x00\x00\xff\xff"  # a stored block of no bytes

    def endless():
        yield gzip.compress(b"")[:10]
        for _ in range(2000):
            yield nothing * 1000

    answer = http.post("/api/exchange/in", content=endless(), headers={"Content-Encoding": "gzip"})

    assert is_problem(answer, 413)


def test_keys_that_are_never_sent_to_the_end_are_not_waited_for(doors, monkeypatch):
    monkeypatch.setattr(sign_in, "FORM_WITHIN", 0.2)
    with socket.create_connection(("127.0.0.1", int(doors.url.rpartition(":")[2])), timeout=10) as line:
        line.sendall(b"POST /sys/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ngrant_type=")
        answer = line.recv(200)

    assert answer.startswith(b"HTTP/1.1 408")
