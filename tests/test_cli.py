"""The commands of the console as a person runs them: real processes, real ports, real folders."""

import json
import os
import re
import shutil
import signal
import socket

import httpx

from tests.running import Running, command, eventually, free_port, portal_in

LINK = re.compile(r"http://\S+/invite/\S+")


def demo_in(home, log):
    port, onec_port = free_port(), free_port()
    arguments = ("--home", home, "--port", port, "--onec-port", onec_port, "--goods", 60)
    return Running("demo", *arguments, url=f"http://127.0.0.1:{port}", log=log, ready="/up")


def is_free(url):
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0


def test_the_demo_writes_down_everybody_who_can_sign_in(shop):
    facts = shop.facts
    assert {"portal", "onec", "users", "exchange", "commerceml"} <= set(facts)
    assert {"admin", "manager", "executor", "partner", "contact"} == {user["role"] for user in facts["users"]}
    assert sum(user["role"] == "manager" for user in facts["users"]) >= 2
    assert len({user["partner"] for user in facts["users"] if user["role"] == "partner"}) >= 5

    for user in facts["users"]:
        assert shop.sign_in_as(user["login"], user["password"]).get("/more").status_code == 200


def test_the_demo_restarts_with_the_same_data_and_sign_ins(prepared_home, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(prepared_home, home, ignore=shutil.ignore_patterns("*.lock"))
    before = json.loads((home / "demo.json").read_text("utf-8"))
    demo = demo_in(home, tmp_path / "demo.log").start()

    eventually(lambda: "Ctrl-C" in demo.log(), within=60)
    after = json.loads((home / "demo.json").read_text("utf-8"))
    demo.process.send_signal(signal.SIGINT)

    assert demo.process.wait(30) == 0
    assert (after["users"], after["exchange"], after["commerceml"]) == (
        before["users"],
        before["exchange"],
        before["commerceml"],
    )
    assert after["portal"] == demo.url != before["portal"]
    assert is_free(after["portal"])
    assert is_free(after["onec"])


def test_a_killed_demo_leaves_no_processes(prepared_home, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(prepared_home, home, ignore=shutil.ignore_patterns("*.lock"))
    demo = demo_in(home, tmp_path / "demo.log").start()
    eventually(lambda: "Ctrl-C" in demo.log(), within=60)
    facts = json.loads((home / "demo.json").read_text("utf-8"))

    demo.kill()

    eventually(lambda: is_free(facts["portal"]) and is_free(facts["onec"]), within=30)


def test_a_busy_port_is_told_plainly(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for words in (("demo", "--port"), ("demo", "--onec-port"), ("serve", "--port"), ("demo-onec", "--port")):
            done = command(words[0], "--home", tmp_path / "home", words[1], port)

            assert done.returncode == 1
            assert f"Порт {port}" in done.stderr
            assert words[1] in done.stderr
            assert "Traceback" not in done.stderr


def test_what_was_typed_wrong_is_told_in_russian(tmp_path):
    (tmp_path / "file").touch()
    for words, text in (
        ((), "не указано: КОМАНДА"),
        (("shop",), "нет такого слова: «shop»"),
        (("demo", "--port", "много"), "--port: нужен номер порта"),
        (("demo", "--goods", "0"), "--goods: нужно целое число"),
        (("demo", "--port", "8001", "--onec-port", "8001"), "нужны разные порты"),
        (("serve", "--home"), "--home: не указано значение"),
        (("serve", "--home", tmp_path / "file"), "file"),
        (("serve", "--home", tmp_path / "home", "--host", "203.0.113.9"), "нет адреса 203.0.113.9"),
        (("user", "add"), "не указано: --name, --email"),
    ):
        done = command(*words)

        assert done.returncode in {1, 2}
        assert text in done.stderr
        assert "Traceback" not in done.stderr
    assert "показать эту справку" in command("demo", "--help").stdout


def test_a_console_without_russian_letters_gets_signs_and_no_error(tmp_path):
    done = command("migrate", "--home", tmp_path / "home", PYTHONIOENCODING="ascii")

    assert done.returncode == 0, done.stderr
    assert "?" in done.stdout


def test_the_first_start_prints_a_link_that_makes_the_administrator(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    portal = portal_in(home).restart()
    try:
        link = LINK.search(portal.log())[0]
        with httpx.Client(headers={"Origin": portal.url}) as client:
            assert client.get(link).status_code == 200
            assert client.post(link, data={"password": "три слова и год"}).status_code == 303
            assert client.get(portal.url + "/admin").status_code == 200
            assert "Первые шаги" in client.get(portal.url + "/").text
    finally:
        portal.stop()

    again = portal_in(home).restart()
    again.stop()
    assert len(LINK.findall(again.log())) == 1  # the log of the first start, and nothing new


def test_a_second_portal_in_the_same_folder_is_refused(shop):
    done = command("serve", "--home", shop.home, "--port", free_port())

    assert done.returncode == 1
    assert "уже работает другой портал" in done.stderr
    assert shop.client().get("/up").status_code == 200


def test_a_portal_asked_to_stop_ends_well_and_starts_again(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    portal = portal_in(home).restart()

    assert portal.stop() in {0, -signal.SIGTERM}
    assert httpx.get(portal.restart().url + "/up").text == "ok\n"
    portal.kill()
    assert httpx.get(portal.restart().url + "/up").text == "ok\n"
    portal.stop()


def test_plain_http_for_the_network_is_warned_about(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    port = free_port()
    portal = Running(
        "serve", "--home", home, "--host", "0.0.0.0", "--port", port,
        url=f"http://127.0.0.1:{port}", log=home / "portal.log", ready="/up",
    ).restart()  # fmt: skip
    portal.stop()

    assert "без HTTPS" in portal.log()


def test_unknown_settings_are_named(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "portal.toml").write_text('public_ulr = "https://portal.example.ru"', "utf-8")

    done = command("migrate", "--home", home)
    assert done.returncode == 1
    assert "public_ulr" in done.stderr

    done = command("migrate", "--home", tmp_path / "other", PORTAL_PUBLIC_URL="portal.example.ru")
    assert done.returncode == 1
    assert "https://portal.example.ru" in done.stderr


def test_settings_of_the_file_are_used(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "portal.toml").write_text('public_url = "https://portal.example.ru"', "utf-8")
    port = free_port()
    arguments = ("serve", "--home", home, "--port", port)
    portal = Running(*arguments, url=f"http://127.0.0.1:{port}", log=home / "portal.log", ready="/up").restart()
    answer = httpx.get(portal.url + "/login")
    portal.stop()

    assert "https://portal.example.ru/invite/" in portal.log()
    assert "strict-transport-security" in answer.headers


def test_migrate_makes_the_database_and_again_changes_nothing(tmp_path):
    home = tmp_path / "home"

    assert command("migrate", "--home", home).returncode == 0
    assert command("migrate", "--home", home).returncode == 0
    assert (home / "portal.sqlite").exists()
    if os.name == "posix":
        assert (home / "secret.key").stat().st_mode & 0o077 == 0


def test_users_are_made_listed_and_let_in_from_the_console(fresh_shop):
    home = ("--home", fresh_shop.home)
    env = {"PORTAL_PUBLIC_URL": fresh_shop.url}

    added = command("user", "add", *home, "--name", "Второй админ", "--email", "second@example.org", "--admin", **env)
    link = LINK.search(added.stdout)[0]
    listed = command("user", "list", *home)
    assert fresh_shop.client().get(link).status_code == 200
    changed = command("user", "password", *home, "second@example.org", typed="новый пароль дня\n")

    assert "second@example.org" in listed.stdout
    assert "Регистрация" in listed.stdout
    assert changed.returncode == 0
    client = fresh_shop.sign_in_as("second@example.org", "новый пароль дня")
    assert client.get("/admin").status_code == 200
    assert LINK.search(command("user", "link", *home, "second@example.org", **env).stdout)


def test_wrong_user_commands_say_why(shop):
    home = ("--home", shop.home)

    for words, text in (
        (("password", *home, "nobody@example.org"), "Нет пользователя"),
        (("add", *home, "--name", "Кто-то", "--email", "никак"), "почт"),
    ):
        done = command("user", *words, typed="пароль для никого\n")
        assert done.returncode == 1
        assert text in done.stderr
        assert "Traceback" not in done.stderr
    assert command("user", "password", *home, "admin", typed="123\n").returncode == 1


def test_a_mistyped_folder_does_not_become_a_new_one(tmp_path):
    home = tmp_path / "hmoe"
    for words in (("user", "list"), ("exchange", "run")):
        done = command(*words, "--home", home)

        assert done.returncode == 1
        assert "нет данных портала" in done.stderr
        assert not home.exists()


def test_an_exchange_without_settings_fails_with_the_reason(tmp_path):
    home = tmp_path / "home"
    command("migrate", "--home", home)

    done = command("exchange", "run", "--home", home)

    assert done.returncode == 1
    assert "Не заполнены настройки интеграции" in done.stderr


def test_the_queue_is_worked_from_the_console(shop):
    done = command("exchange", "run", "--home", shop.home)

    assert done.returncode == 0
    assert done.stdout.strip()
