"""«Почта»: the account that really sends, a letter to try it, and letters that wait for a working server."""

from uuid import uuid4

import pytest

from tests.pressing import find, press
from tests.running import eventually, free_port, text_of

MAIL = "/admin/mail"


@pytest.fixture
def admin(fresh_shop):
    return fresh_shop.sign_in("admin")


def test_the_trial_letter_arrives(fresh_shop, admin):
    answer = press(admin, admin.get(MAIL), "Отправить тестовое письмо", to="me@example.org")

    assert "отправлено" in answer.text
    (letter,) = fresh_shop.letters(to="me@example.org")
    assert letter["Subject"] == "Тестовое письмо портала заказов"
    assert fresh_shop.url in text_of(letter)
    assert f'href="{fresh_shop.url}/"' in letter.get_body(("html",)).get_content()


def test_the_trial_tells_exactly_what_failed(fresh_shop, admin):
    port = fresh_shop.mailbox.port
    for typed, text in (
        ({"host": "mail.invalid"}, "DNS"),
        ({"host": "127.0.0.1", "port": str(free_port())}, "отказал в соединении"),
        ({"host": "127.0.0.1", "port": str(port), "security": "tls"}, "TLS"),
        ({"host": "127.0.0.1", "port": str(port), "security": "starttls"}, "STARTTLS"),
        ({"host": "127.0.0.1", "port": str(port), "security": "none", "login": "me", "password": "xx"}, "SMTP AUTH"),
    ):
        assert "Настройки сохранены" in press(admin, admin.get(MAIL), "Сохранить настройки", **typed).text
        answer = press(admin, admin.get(MAIL), "Отправить тестовое письмо", to="me@example.org")
        assert text in answer.text, typed
        assert "note-bad" in answer.text
    fragment = admin.post(f"{MAIL}/trial", data={"to": "никуда"}, headers={"HX-Request": "true"})
    assert "Укажите адрес" in fragment.text
    assert "<html" not in fragment.text


def test_wrong_settings_are_refused_and_nothing_typed_is_lost(admin):
    for typed, field in (
        ({"host": ""}, "host"),
        ({"port": "0"}, "port"),
        ({"port": "99999"}, "port"),
        ({"port": "smtp"}, "port"),
        ({"sender": "не адрес"}, "sender"),
        ({"sender": "a@b.ru\r\nBcc: c@d.ru"}, "sender"),
        ({"common_inbox": "x"}, "common_inbox"),
        ({"security": "ssl9"}, "security"),
    ):
        answer = press(admin, admin.get(MAIL), "Сохранить настройки", **{"sender_name": "Набранное", **typed})

        assert answer.status_code == 422, typed
        assert f'href="#{field}"' in answer.text
        assert 'value="Набранное"' in answer.text


def test_the_password_is_kept_sealed_and_never_shown(fresh_shop, admin):
    press(admin, admin.get(MAIL), "Сохранить настройки", password="очень секретно")
    press(admin, admin.get(MAIL), "Сохранить настройки", sender_name="Другое имя")

    form, _ = find(admin.get(MAIL).text, "Сохранить настройки")

    assert form.as_dict()["password"] == ""
    assert "Пароль сохранён" in admin.get(MAIL).text
    saved = fresh_shop.rows("SELECT value FROM settings WHERE name = 'MailSettings'")[0][0]
    assert "очень секретно" not in saved
    assert '"password": ""' not in saved


def test_letters_wait_for_a_working_server_and_hold_nothing_up(fresh_shop, admin):
    port = fresh_shop.mailbox.port
    press(admin, admin.get(MAIL), "Сохранить настройки", port=str(free_port()))
    email = f"{uuid4().hex[:8]}@example.org"
    admin.post("/admin/users/new", data={"role": "manager", "name": "Ждёт письма", "email": email})
    eventually(lambda: "отказал в соединении" in admin.get(MAIL).text)

    press(admin, admin.get(MAIL), "Сохранить настройки", port=str(port))

    letter = eventually(lambda: fresh_shop.letters(to=email))[0]
    assert "/invite/" in text_of(letter)
    eventually(lambda: fresh_shop.rows("SELECT count(*) FROM letters WHERE text <> ''") == [(0,)])
    assert len(fresh_shop.letters(to=email)) == 1
