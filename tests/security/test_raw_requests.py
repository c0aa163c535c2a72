"""Mutated raw requests over a real socket: no answer of 500 and above, no hang, no trace of the program in any answer.

The short form sends 2,000; PORTAL_LONG=1 sends 20,000 (`make faults`).
"""

import asyncio
import os
import random
import re
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import pytest

from tests.running import portal_in
from tests.security.addresses import every_route

HOW_MANY = 20_000 if os.environ.get("PORTAL_LONG") else 2_000
AT_ONCE = 8
PATIENCE = 15  # s for one answer: more is a hang
LULL = 0.5  # s without a byte
SEED = 20261121
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
TRACES = (b"Traceback", b'File "', b"sqlite3", b"litestar", b"jinja2")
NASTY = [
    b"\x00", b"\xff\xfe", b"%00", b"%ff", b"%", b"%%%", b"../" * 8, b"//", b"\\", b"'\"<script>", b"{{7*7}}", b"%0d%0aX: y",
    b"\r\n", b"\xf0\x9f\x98\x80", b"-1", b"1e999", b"NaN", b"9" * 40, b"a" * 5000, b"%c3%28", b"&&==&", b";", b"[]", b"\x7f",
]  # fmt: skip
METHODS = [
    b"GET",
    b"POST",
    b"HEAD",
    b"PUT",
    b"DELETE",
    b"OPTIONS",
    b"PATCH",
    b"TRACE",
    b"CONNECT",
    b"BREW",
    b"get",
    b"G\x00T",
]
HEADERS = [
    b"Accept: \xff", b"Accept-Encoding: gzip;q=x, br;q=-1, *", b"Content-Length: -5", b"Content-Length: 99999999999999999999",
    b"Content-Length: 1e3", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", b"Expect: 100-continue",
    b"X-Forwarded-For: 1.2.3.4, \xff", b"Host: evil.example", b"Host: ", b"Range: bytes=0-0,5-", b"If-None-Match: *",
    b"Cookie: session=\xff; ;;=", b"Cookie: session=" + b"z" * 9000, b"HX-Request: true", b"HX-Current-URL: http://[::1",
    b"Referer: http://[", b"Referer: //evil", b"Content-Type: application/json", b"Content-Type: multipart/form-data",
    b"Content-Type: text/html; charset=nonsense", b"Authorization: Basic \xff", b"Authorization: Bearer", b"Upgrade: websocket",
    b"Connection: Upgrade", b"Origin: null", b"Sec-Fetch-Site: cross-site", b"Sec-Fetch-Site: \xff", b"User-Agent: \xf0\x28",
    b"X: " + b"y" * 20_000, b" folded", b": empty", b"No-Colon",
]  # fmt: skip
FORMS = [
    b"login=a&password=b", b"login=%ff", b"quantity=1e999&v=x", b"quantity=&quantity=2", b"id=1&" * 400, b'{"items": [',
    b"[" * 3000,
    b"<?xml version='1.0'?>", b"password=" + b"p" * 3000, b"session=x&membership=y", b"=&=&=", b"comment=" + b"%D1%8F" * 3000,
]  # fmt: skip


@pytest.fixture
def portal(tmp_path):
    """A portal of its own: what the requests spoil is thrown away."""
    running = portal_in(tmp_path / "home")
    running.log_file = tmp_path / "portal.log"
    running.start().wait_ready()
    yield running
    running.stop()


def administrator(portal):
    """The cookie of the first administrator, who came by the link of the first start."""
    (path,) = re.findall(r"/invite/[\w-]+", portal.log())
    answer = httpx.post(portal.url + path, data={"password": "верный конь 7"})
    assert answer.status_code == 303
    return f"Cookie: session={answer.cookies['session']}; here=1".encode()


class Mutations:
    """Requests like those of browsers and of 1C, then spoiled."""

    def __init__(self, routes, host, cookie):
        self.dice = random.Random(SEED)
        self.routes, self.host, self.cookie = routes, host, cookie

    def next(self):
        dice = self.dice
        method, path = dice.choice(self.routes)
        line = [method.encode(), path.encode(), b"HTTP/1.1"]
        headers = [b"Host: " + self.host, b"Connection: close", b"Content-Type: application/x-www-form-urlencoded"]
        if dice.random() < 0.6:
            headers.append(self.cookie)
        if dice.random() < 0.7:
            headers.append(b"Origin: http://" + self.host)
        body = dice.choice(FORMS) if method != "GET" or dice.random() < 0.1 else b""
        for _ in range(dice.choice((1, 1, 1, 2))):
            body = dice.choice((self.spoil_line, self.spoil_path, self.spoil_query, self.add_header, self.spoil_body))(
                line, headers, body
            )
        if body and dice.random() < 0.9:
            headers.append(b"Content-Length: %d" % (len(body) + (dice.choice((-3, 5)) if dice.random() < 0.1 else 0)))
        return b" ".join(line) + b"\r\n" + b"\r\n".join(headers) + b"\r\n\r\n" + body

    def spoil_line(self, line, headers, body):
        if self.dice.random() < 0.7:
            line[0] = self.dice.choice(METHODS)
        else:
            line[2] = self.dice.choice((b"HTTP/1.0", b"HTTP/9.9", b"HTTP", b""))
        return body

    def spoil_path(self, line, headers, body):
        at = self.dice.randint(0, len(line[1]))
        line[1] = line[1][:at] + self.dice.choice(NASTY) + line[1][at:]
        return body

    def spoil_query(self, line, headers, body):
        name = self.dice.choice(
            (b"q", b"after", b"group", b"next", b"page", b"shown", b"kind", b"bucket", b"limit", b"lease")
        )
        line[1] += b"?" + name + b"=" + self.dice.choice(NASTY)
        return body

    def add_header(self, line, headers, body):
        headers.insert(self.dice.randint(0, len(headers)), self.dice.choice(HEADERS))
        return body

    def spoil_body(self, line, headers, body):
        at = self.dice.randint(0, len(body))
        return body[:at] + self.dice.choice(NASTY) + body[at:]


async def answer_to(address, request):
    """All that comes back; when nothing comes for a while, the request is ended as by somebody who hangs up."""
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    found = b""
    try:
        writer.write(request)
        await writer.drain()
        with suppress(TimeoutError):
            while True:
                async with asyncio.timeout(LULL):
                    chunk = await reader.read(65_536)
                found += chunk
                if not chunk:
                    return found
        writer.write_eof()
        return found + await reader.read()
    except ConnectionError:
        return found
    finally:
        writer.close()


async def test_spoiled_requests_never_break_the_portal(portal):
    address = urlsplit(portal.url)
    routes = [route for route in every_route(home=portal.log_file.parent / "routes") if "/more/sign-" not in route[1]]
    mutations = Mutations(routes, address.netloc.encode(), administrator(portal))
    found, statuses = [], {}

    async def send_many(times):
        for _ in range(times):
            request = mutations.next()
            try:
                answer = await asyncio.wait_for(answer_to(address, request), PATIENCE)
            except TimeoutError:
                found.append(("hang", request))
                continue
            status = STATUS.match(answer)
            code = int(status[1]) if status else 0
            statuses[code] = statuses.get(code, 0) + 1
            if code >= 500 or any(trace in answer for trace in TRACES):
                found.append((answer[:60], request[:600]))

    await asyncio.gather(*[send_many(HOW_MANY // AT_ONCE) for _ in range(AT_ONCE)])

    crashes = [line for line in portal.log().splitlines() if '"level":"error"' in line or "Traceback" in line]
    assert not found, f"{len(found)} of {HOW_MANY}, first: {found[:3]}\n" + "\n".join(crashes)
    assert not crashes, "\n".join(crashes)
    assert statuses.get(200, 0) > HOW_MANY / 20, statuses
    portal.wait_ready()
