"""«Журналы входящих и исходящих событий»: every exchange can be read there, and no secret."""

import base64
import html
import re

import httpx
import pytest

from tests.running import eventually

JOURNAL = "/admin/journal"
EVENT = re.compile(r'href="(/admin/journal/[0-9a-f-]{36})"')


def events(admin, **filters):
    found = admin.get(JOURNAL, params=filters).text
    return EVENT.findall(found)


@pytest.mark.row("Q06")
def test_incoming_events_show_request_answer_and_outcome(shop):
    admin = shop.sign_in("admin")

    path = events(admin, direction="in", kind="product")[0]
    shown = admin.get(path).text

    assert "Входящее событие" in shown
    assert "Текст запроса" in shown
    plain = html.unescape(shown).replace(" ", "")  # a long request is cut, and then shown as it came
    assert '"kind":"product"' in plain
    assert '"status":"ok"' in plain
    assert "POST /api/exchange/in" in shown


@pytest.mark.row("Q06")
def test_outgoing_events_show_the_error_of_the_other_side(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    fresh_shop.onec.post("/demo/faults", json={"mode": "http500"}).raise_for_status()
    (key,) = fresh_shop.rows("SELECT uuid FROM memberships WHERE is_published = 1 AND role = 'contact' LIMIT 1")[0]
    admin.post(f"/admin/users/{key}/deactivation")

    path = eventually(lambda: events(admin, direction="out", outcome="failed"))[0]
    shown = admin.get(path).text

    assert "Исходящее событие" in shown
    assert "500" in shown
    assert "Ошибка выполнения обработчика" in shown
    assert "user_status" in shown
    assert path in admin.get(f"{JOURNAL}?of={key}").text


@pytest.mark.row("Q06")
def test_secrets_are_masked_everywhere(shop):
    admin, keys = shop.sign_in("admin"), shop.facts["exchange"]
    pair = base64.b64encode(f"{keys['client_id']}:{keys['client_secret']}".encode()).decode()
    answer = httpx.post(
        f"{shop.url}/sys/token",
        data={"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {pair}"},
    )
    admin.post("/admin/exchange/check")
    password = shop.onec.get("/demo/settings").json()["password"]
    secrets = [keys["client_secret"], pair, answer.json()["access_token"], password]

    texts = [str(row) for row in shop.rows("SELECT address, error, request, answer FROM events")]

    assert texts
    for secret in secrets:
        assert not any(secret in text for text in texts)


def test_the_journal_is_filtered_and_paged(shop):
    admin = shop.sign_in("admin")

    assert events(admin, direction="in", outcome="ok")
    assert events(admin, direction="in", text="zzz-нет-такого") == []
    assert events(admin, direction="in", kind="no-such-kind") == []
    product = shop.rows("SELECT object FROM event_items WHERE kind = 'product' LIMIT 1")[0][0]
    assert events(admin, direction="in", text=product)
    first = events(admin, direction="in")
    following = events(admin, direction="in", after=first[0].rpartition("/")[2])
    assert first[0] not in following
    assert following[:1] == first[1:2]


def test_hostile_texts_stay_texts(shop):
    admin = shop.sign_in("admin")
    keys = shop.facts["exchange"]
    token = httpx.post(
        f"{shop.url}/sys/token",
        data={"grant_type": "client_credentials"},
        auth=(keys["client_id"], keys["client_secret"]),
    ).json()["access_token"]
    body = '{"items": "<script>alert(1)</script>", "deep": ' + "[" * 2000 + "]" * 2000 + "}"
    httpx.post(f"{shop.url}/api/exchange/in", content=body, headers={"Authorization": f"Bearer {token}"})

    for path in events(admin, direction="in")[:5]:
        shown = admin.get(path)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.text
