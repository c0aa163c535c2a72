"""Every administration page is for those with its right; the wrong role gets 404, nobody is sent to sign in."""

import pytest

PAGES = (
    "/admin",
    "/admin/users",
    "/admin/users/new",
    "/admin/exchange",
    "/admin/queue",
    "/admin/journal",
    "/admin/mail",
)
COMMANDS = (
    "/admin/users/new",
    "/admin/exchange",
    "/admin/exchange/check",
    "/admin/queue/run",
    "/admin/mail",
    "/admin/mail/trial",
    "/admin/mail/again",
)
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def people(shop):
    roles = ("admin", "manager", "executor", "partner", "contact")
    return {role: shop.sign_in(role) for role in roles} | {"nobody": shop.client()}


@pytest.mark.parametrize("path", PAGES)
def test_the_administrator_sees_the_page_and_others_do_not(people, path):
    assert people["admin"].get(path).status_code == 200
    for role in ("manager", "executor", "partner", "contact"):
        assert people[role].get(path).status_code == 404, role
    answer = people["nobody"].get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("path", COMMANDS)
def test_commands_are_for_the_administrator_alone(people, path):
    for role in ("manager", "executor", "partner", "contact"):
        assert people[role].post(path, data={}).status_code == 404, role
    assert people["nobody"].post(path, data={}).status_code == 303


@pytest.mark.parametrize("area", ["users", "queue", "journal"])
def test_things_that_are_not_there_are_not_found(people, area):
    for key in (UNKNOWN, "0", "a'b", "x" * 300):
        assert people["admin"].get(f"/admin/{area}/{key}").status_code == 404, key
    for deed in ("repeat", "delete") if area == "queue" else ("deactivation", "keys", "rights"):
        if area != "journal":
            assert people["admin"].post(f"/admin/{area}/{UNKNOWN}/{deed}", data={}).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_pages_take_any_cursor_and_filter(people, path):
    for query in (
        "after=zzz",
        "shown=%3Cscript%3E",
        "direction=x&outcome=y&kind=z&text=%27%22",
        "said=x",
        "of=nothing",
    ):
        answer = people["admin"].get(f"{path}?{query}")

        assert answer.status_code == 200, query
        assert "<script>" not in answer.text.replace('<script src="', "")


def test_the_menu_leads_to_every_page(people):
    menu = people["admin"].get("/admin").text

    for path in ("/admin/users", "/admin/exchange", "/admin/queue", "/admin/journal", "/admin/mail"):
        assert f'href="{path}"' in menu
