"""«Пользователи»: the service user with its keys, people and their invitations."""

import base64
import re
from uuid import uuid4

import httpx
import pytest

from tests.running import eventually, text_of

ONCE = re.compile(r'id="client-(id|secret)" value="([^"]+)"')


@pytest.fixture
def admin(shop):
    return shop.sign_in("admin")


def made(admin, **typed):
    """Create a user on the page; the path of the card."""
    answer = admin.post("/admin/users/new", data=typed)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def service_user(admin, *, may_http=True):
    card = made(admin, role="service", name="EX", login=f"ex-{uuid4().hex[:8]}")
    rights = {"is_admin": "1", **({"may_http": "1"} if may_http else {})}
    assert admin.post(f"{card}/rights", data=rights).status_code == 303
    return card


def new_keys(admin, card):
    answer = admin.post(f"{card}/keys")
    assert answer.headers["cache-control"] == "no-store"
    found = dict(ONCE.findall(answer.text))
    return found["id"], found["secret"]


def token(shop, client_id, secret):
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    return httpx.post(f"{shop.url}/sys/token", data={"grant_type": "client_credentials"}, headers=headers)


@pytest.mark.row("C02")
def test_the_service_user_is_made_with_its_rights(admin):
    assert "Создать нового" in admin.get("/admin/users").text

    card = service_user(admin)
    shown = admin.get(card).text

    assert re.search(r'name="is_admin" value="1" checked', shown)
    assert re.search(r'name="may_http" value="1" checked', shown)
    assert "Разрешить использовать HTTP сервисы" in shown
    assert "EX" in admin.get("/admin/users").text


@pytest.mark.row("C03")
def test_keys_are_shown_once_and_work_for_a_token(shop, admin):
    card = service_user(admin)
    client_id, secret = new_keys(admin, card)

    answer = token(shop, f" {client_id} ", f" {secret}\t")
    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    assert httpx.get(f"{shop.url}/api/exchange/ping", headers=bearer).text == "OK"
    assert client_id in admin.get(card).text
    assert secret not in admin.get(card).text


@pytest.mark.row("C03")
def test_keys_of_a_user_without_the_http_right_are_refused(shop, admin):
    card = service_user(admin, may_http=False)
    client_id, secret = new_keys(admin, card)
    assert token(shop, client_id, secret).status_code == 403

    admin.post(f"{card}/rights", data={"may_http": "1"})
    bearer = {"Authorization": f"Bearer {token(shop, client_id, secret).json()['access_token']}"}
    admin.post(f"{card}/rights", data={})

    assert httpx.get(f"{shop.url}/api/exchange/ping", headers=bearer).status_code == 403


def test_a_revoked_key_ends_with_its_tokens(shop, admin):
    card = service_user(admin)
    client_id, secret = new_keys(admin, card)
    bearer = {"Authorization": f"Bearer {token(shop, client_id, secret).json()['access_token']}"}

    assert admin.post(f"{card}/keys/{client_id}/revocation").status_code == 303

    assert httpx.get(f"{shop.url}/api/exchange/ping", headers=bearer).status_code == 401
    assert token(shop, client_id, secret).status_code == 401
    assert admin.post(f"{card}/keys/{client_id}/revocation").status_code == 404


@pytest.mark.row("C13")
def test_keys_are_saved_to_a_text_file_once(shop, admin):
    card = service_user(admin)
    answer = admin.post(f"{card}/keys")
    client_id, secret = (dict(ONCE.findall(answer.text))[name] for name in ("id", "secret"))
    assert "Сохранить в файл" in answer.text

    file = admin.post(f"{card}/keys/file", data={"client_id": client_id, "client_secret": secret})

    assert "attachment" in file.headers["content-disposition"]
    assert file.headers["content-type"].startswith("text/plain")
    text = file.content.decode("utf-8-sig")
    assert f"Client ID: {client_id}" in text
    assert f"Client Secret: {secret}" in text
    assert shop.url in text
    assert "Сохранить в файл" not in admin.get(card).text


def test_a_deleted_service_user_comes_no_more(shop, admin):
    card = service_user(admin)
    pair = new_keys(admin, card)
    assert "Удалить" in admin.get(f"{card}/deletion").text

    assert admin.post(f"{card}/deletion").status_code == 303

    assert token(shop, *pair).status_code == 401
    assert admin.get(card).status_code == 404


def test_a_service_user_cannot_sign_in_on_the_page(shop):
    keys = shop.facts["commerceml"]
    answer = shop.client().post("/login", data={"login": keys["login"], "password": keys["password"]})

    assert answer.status_code == 422


def test_a_person_is_made_and_gets_an_invitation(shop, admin):
    email = f"{uuid4().hex[:8]}@example.org"

    card = made(admin, role="manager", name="Новый Менеджер", email=email)
    letter = eventually(lambda: shop.letters(to=email))[0]
    link = re.search(r"http://\S+/invite/\S+", text_of(letter))[0]
    accepted = shop.client().post(link, data={"password": "долгий пароль 1"})

    assert accepted.status_code == 303
    assert "Активен" in admin.get(card).text
    assert shop.sign_in_as(email, "долгий пароль 1").get("/more").status_code == 200


def test_wrong_new_users_are_refused_in_place(admin):
    for typed, text in (
        ({"role": "manager", "name": "", "email": "a@example.org"}, "Укажите имя"),
        ({"role": "manager", "name": "Имя", "email": ""}, "Не указана электронная почта"),
        ({"role": "boss", "name": "Имя", "email": "a@example.org"}, "Выберите роль"),
        ({"role": "service", "name": "x" * 201}, "не больше 200"),
        ({"role": "service", "name": "Двойник", "login": "ex"}, "уже есть"),
    ):
        answer = admin.post("/admin/users/new", data=typed)

        assert answer.status_code == 422, typed
        assert text in answer.text
        assert typed["name"][:50] in answer.text


@pytest.mark.row("A17")
def test_the_invitation_link_is_copied_when_mail_does_not_work(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    broken = {"host": "127.0.0.1", "port": "1", "security": "none", "sender": "portal@example.org"}
    assert admin.post("/admin/mail", data=broken).status_code == 303
    card = made(admin, role="manager", name="Без Почты", email="no.mail@example.org")
    eventually(lambda: "127.0.0.1:1" in admin.get("/admin/mail").text)

    shown = admin.post(f"{card}/invitation-link").text
    link = re.search(r'id="invitation-link" value="([^"]+)"', shown)[1]

    assert f'data-copy="{link}"' in shown
    assert fresh_shop.client().post(link, data={"password": "долгий пароль 2"}).status_code == 303
    assert fresh_shop.sign_in_as("no.mail@example.org", "долгий пароль 2").get("/more").status_code == 200


def test_deeds_on_the_card_change_what_the_person_may(shop, admin):
    email = f"{uuid4().hex[:8]}@example.org"
    card = made(admin, role="manager", name="Подопытный", email=email)
    first = re.search(r"http://\S+/invite/\S+", text_of(eventually(lambda: shop.letters(to=email))[0]))[0]
    admin.post(f"{card}/invitation")
    second_letter = eventually(lambda: shop.letters(to=email)[1:])[0]
    second = re.search(r"http://\S+/invite/\S+", text_of(second_letter))[0]
    assert shop.client().post(first, data={"password": "долгий пароль 3"}).status_code != 303
    person = shop.client()
    assert person.post(second, data={"password": "долгий пароль 3"}).status_code == 303

    admin.post(f"{card}/deactivation")
    assert person.get("/more").status_code == 303
    assert "Подопытный" in admin.get("/admin/users?shown=deactivated").text
    assert "Подопытный" not in admin.get("/admin/users?shown=active").text
    refused = shop.client().post("/login", data={"login": email, "password": "долгий пароль 3"})
    assert refused.status_code == 422

    admin.post(f"{card}/activation")
    person = shop.sign_in_as(email, "долгий пароль 3")
    admin.post(f"{card}/password-reset")
    assert person.get("/more").status_code == 303
    assert "/login/reset/" in text_of(eventually(lambda: shop.letters(to=email)[2:])[0])

    admin.post(f"{card}/deletion")
    assert admin.get(card).status_code == 404


def test_the_last_administrator_cannot_shut_himself_out(shop, admin):
    listed = admin.get("/admin/users").text
    key = re.search(r'id="person-([0-9a-f-]+)">\s*<p class="row-name"><a[^>]+>Администратор<', listed)[1]

    for deed in ("deactivation", "deletion"):
        assert admin.post(f"/admin/users/{key}/{deed}").status_code == 422
    assert admin.post(f"/admin/users/{key}/role", data={"role": "manager"}).status_code == 422
    assert admin.get("/admin").status_code == 200


def test_deeds_for_people_do_not_touch_service_users(admin):
    card = service_user(admin)

    for deed in ("invitation", "invitation-link", "deactivation", "password-reset", "role"):
        assert admin.post(f"{card}/{deed}", data={"role": "admin"}).status_code in {404, 422}
