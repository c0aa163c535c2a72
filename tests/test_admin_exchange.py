"""«Настройки интеграции»: what is typed there is kept and used, and «Проверить интеграцию» tells the failing step."""

import contextlib
import sqlite3

import pytest

from tests.pressing import find, press
from tests.running import command, eventually, free_port

SETTINGS = "/admin/exchange"


def saved(admin, **typed):
    return press(admin, admin.get(SETTINGS), "Сохранить настройки", **typed)


def verdict(admin):
    return press(admin, admin.get(SETTINGS), "Проверить интеграцию").text


@pytest.mark.row("C05")
def test_the_check_says_that_the_service_is_available(shop):
    admin = shop.sign_in("admin")

    answer = admin.post(f"{SETTINGS}/check", headers={"HX-Request": "true"})

    assert "Сервис доступен" in answer.text
    assert "<html" not in answer.text
    assert "Сервис доступен" in verdict(admin)


@pytest.mark.row("C05", "C01")
def test_the_check_names_the_step_that_fails(fresh_shop):
    admin, onec = fresh_shop.sign_in("admin"), fresh_shop.onec_process.url
    for typed, text in (
        ({"server": "http://1c.invalid"}, "DNS"),
        ({"server": f"http://127.0.0.1:{free_port()}"}, "не принимает соединения"),
        ({"server": onec.replace("http:", "https:")}, "http://"),
        ({"server": onec, "password": "неверный"}, "401"),
        ({"path": "/other/hs/ExchangePortal"}, "404"),
    ):
        assert "Настройки сохранены" in saved(admin, **typed).text
        shown = verdict(admin)
        assert "Сервис доступен" not in shown, typed
        assert text in shown, typed


@pytest.mark.row("C09", "C13")
def test_the_settings_are_kept_and_shown_again(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    shown = admin.get(SETTINGS)
    for label in ("Сервер", "Путь к сервису", "Логин", "Пароль", "Количество попыток", "Настройки очередей"):
        assert label in shown.text
    assert "Настроить расписание" in shown.text
    assert 'value="01:00"' in shown.text
    assert 'value="3"' in shown.text
    assert f'value="{fresh_shop.url}" readonly' in shown.text
    assert f'data-copy="{fresh_shop.url}"' in shown.text

    saved(
        admin,
        attempts="5",
        schedule="02.30",
        server=f" {fresh_shop.onec_process.url}/ ",
        path="trade/hs/ExchangePortal/",
    )

    form, _ = find(admin.get(SETTINGS).text, "Сохранить настройки")
    kept = form.as_dict()
    assert (kept["attempts"], kept["schedule"]) == ("5", "02:30")
    assert (kept["server"], kept["path"]) == (fresh_shop.onec_process.url, "/trade/hs/ExchangePortal")
    assert kept["password"] == ""
    assert "Сервис доступен" in verdict(admin)


@pytest.mark.row("C09")
def test_the_schedule_runs_the_queue_by_the_clock(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    saved(admin, schedule="00:05")
    eventually(lambda: not fresh_shop.rows("SELECT 1 FROM queue"))
    invited = fresh_shop.user("contact")["login"]
    with contextlib.closing(sqlite3.connect(fresh_shop.home / "portal.sqlite")) as portal, portal:
        portal.execute("UPDATE memberships SET status = 'registration' WHERE role = 'contact'")

    # Another process queues a record, so nothing but the clock can wake the exchange.
    done = command("user", "password", "--home", fresh_shop.home, invited, typed="пароль из консоли\n")

    assert done.returncode == 0, done.stderr
    sent = "SELECT 1 FROM event_items WHERE kind = 'user_status' AND status = 'ok'"
    eventually(lambda: fresh_shop.rows(sent) and not fresh_shop.rows("SELECT 1 FROM queue"), within=15)
    shown = admin.get(SETTINGS).text
    assert "Последний запуск" in shown
    assert "Следующий запуск" in shown


def queue_a_status(shop, admin):
    """A published person is deactivated and opened again: two records for 1C."""
    (key,) = shop.rows("SELECT uuid FROM memberships WHERE is_published = 1 AND role = 'contact' LIMIT 1")[0]
    for deed in ("deactivation", "activation"):
        assert admin.post(f"/admin/users/{key}/{deed}").status_code == 303
    return key


def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    for typed, text in (
        ({"server": "1c.example.ru"}, "http://"),
        ({"server": "ftp://1c.example.ru"}, "http://"),
        ({"server": "http://["}, "http://"),
        ({"server": "https://1c.example.ru/trade/hs/x"}, "Путь к сервису"),
        ({"server": "https://user:secret@1c.example.ru"}, "своих полях"),
        ({"path": ""}, "hs/ExchangePortal"),
        ({"attempts": "0"}, "от 1 до 100"),
        ({"attempts": "много"}, "от 1 до 100"),
        ({"attempts": "-1"}, "от 1 до 100"),
        ({"schedule": "1"}, "01:00"),
        ({"schedule": "00:99"}, "01:00"),
        ({"schedule": "00:01"}, "от 00:05"),
        ({"schedule": "99:00"}, "от 00:05"),
        ({"certificate_file": "/no/such/file.pem"}, "не читается"),
    ):
        answer = saved(admin, **{**typed, "login": "набрано"})

        assert answer.status_code == 422, typed
        assert text in answer.text, typed
        assert 'value="набрано"' in answer.text
        assert 'aria-invalid="true"' in answer.text
    assert "Сервис доступен" in verdict(admin)


@pytest.mark.row("C15")
def test_an_address_of_the_own_network_needs_the_explained_setting(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    shown = admin.get(SETTINGS)
    form, _ = find(shown.text, "Сохранить настройки")
    without = {name: value for name, value in form.fields if name != "private_address_confirmed"}
    assert admin.post(SETTINGS, data=without).status_code == 303

    refused = verdict(admin)
    assert "Сервис доступен" not in refused
    assert "Разрешить адрес в локальной сети" in refused

    saved(admin, private_address_confirmed="1")
    assert "Сервис доступен" in verdict(admin)


def test_metadata_addresses_are_never_called(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    for server in ("http://169.254.169.254", "http://[fe80::1]", "http://[::ffff:169.254.169.254]"):
        saved(admin, server=server, private_address_confirmed="1")
        assert "Сервис доступен" not in verdict(admin)


def test_a_silent_1c_stands_on_the_page_with_its_reason(fresh_shop):
    admin = fresh_shop.sign_in("admin")
    saved(admin, server=f"http://127.0.0.1:{free_port()}")
    queue_a_status(fresh_shop, admin)

    eventually(lambda: "не принимает соединения" in admin.get(SETTINGS).text)
