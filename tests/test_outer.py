"""What holds for every request: malformed ones, large ones, packed answers, the log, the plain text for monitors."""

import json

import brotli
import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from tests.front_door import sign_in
from web.fast_escape import FastEnvironment


async def test_up_says_ok_without_signing_in(door):
    answer = await door.client().get("/up")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert (await door.client().head("/up")).status_code == 200


async def test_nobody_is_sent_to_sign_in_from_the_front_page(door):
    answer = await door.client().get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize(
    "path",
    ["/orders/%ff", "/%c3%28", "/a%00b", "/login?next=%ff", "/catalogue?q=%80", "/%1b[0m", "/login?next=%00"],
)
async def test_text_that_is_not_utf8_or_not_text_is_a_bad_request(door, path):
    answer = await door.client().get(path)

    assert answer.status_code == 400
    assert "Запрос не понят" in answer.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"login=%ff", "application/x-www-form-urlencoded"),
        (b"login=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(1001)), "application/x-www-form-urlencoded"),
        (b'{"login": "a"}', "application/json"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"login=a", "text/plain; charset=utf-16"),
    ],
)
async def test_a_body_that_is_no_form_is_a_bad_request(door, body, kind):
    answer = await door.client().post("/login", content=body, headers={"Content-Type": kind})

    assert answer.status_code == 400


async def test_a_body_over_the_limit_is_refused_even_without_a_length(door):
    async def endless():
        for _ in range(100):
            yield b"x" * 1000

    answer = await door.client().post("/login", content=endless())

    assert answer.status_code == 413
    assert "Слишком много данных" in answer.text


@pytest.mark.parametrize("cookie", ["session=\xff", "session=", "=", ";;;", "session=" + "x" * 5000, "a" * 8000])
async def test_broken_cookies_are_nobody(door, cookie):
    answer = await door.client().get("/more", headers={"Cookie": cookie.encode("latin-1")})

    assert answer.status_code == 303


async def test_pages_are_packed_for_whoever_can_unpack(door):
    plain = await door.client(headers={"Accept-Encoding": "identity"}).get("/login")
    packed = await door.client(headers={"Accept-Encoding": "gzip, br"}).get("/login")

    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(plain.content) * 0.6
    assert packed.text == plain.text
    assert "content-encoding" not in plain.headers
    assert len(brotli.compress(plain.content, quality=1)) == int(packed.headers["content-length"])


async def test_the_log_names_request_and_user_and_never_what_was_typed(door, capsys):
    await door.let_in("olga@firma.example")
    await door.publish("boris@firma.example")
    (link,) = await door.links("boris@firma.example", "/invite")
    browser = door.client()
    answer = await sign_in(browser, "olga@firma.example")
    await browser.get("/catalogue?q=тайное-слово")
    await browser.get(link)

    written = capsys.readouterr().err
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]

    assert [line["path"] for line in lines] == ["/login", "/catalogue", "/invite/…"]
    assert lines[0]["request"] == answer.headers["x-request-id"]
    assert lines[1]["user"]
    for secret in ("верный", "olga@", "тайное", browser.cookies["session"], link.rsplit("/", 1)[1]):
        assert secret not in written


SPECIMEN = """{% for a, b in pairs %}<p title="{{ a }}">{{ b }}{{ a ~ b }}{{ b | upper }}{{ (a, b) }}</p>{% endfor %}
{% autoescape false %}{{ pairs[0][0] }}{% endautoescape %}{% set x %}<i>{{ pairs[1][0] }}</i>{% endset %}{{ x }}
{% macro m(v) %}<b>{{ v }}{{ caller() }}</b>{% endmacro %}{% call m('"<&>') %}{{ none }}{{ true }}{{ 1.5 }}{% endcall %}"""


class Subclass(str):
    __slots__ = ()


def test_fast_escape_draws_byte_for_byte_what_jinja_draws():
    values = ["<>&'\"", "Ёлка & Ко", "", 7, -1, True, None, 2.5, Markup("<b>ok</b>"), Subclass("<s>"), ["<l>"], b"<b>"]
    pairs = [(a, b) for a in values[:4] for b in map(str, values)] + [(value, str(value)) for value in values]
    drawn = [
        kind(autoescape=True, undefined=StrictUndefined).from_string(SPECIMEN).render(pairs=pairs)
        for kind in (Environment, FastEnvironment)
    ]

    assert drawn[0] == drawn[1]


def test_fast_escape_leans_on_versions_that_were_tried():
    from importlib.metadata import version

    assert version("jinja2") == "3.1.6"
    assert version("markupsafe").split(".")[0] == "3"
