"""Heads of requests that are huge, slow or never come hold no connection and no memory."""

import socket
import threading
import time
from contextlib import suppress

import pytest
import uvicorn

from tests.running import eventually
from web.commands import connection

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n"
WITHIN = 0.3  # s, the portal's own patience in these tests
LATE = 10  # s until a test gives up


async def app(scope, receive, send):
    """Says «ok», to the very slow asker as well."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def address(monkeypatch):
    monkeypatch.setattr(connection, "WITHIN", WITHIN)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=connection.Connection, log_config=None, lifespan="off", ws="none", timeout_keep_alive=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    eventually(lambda: server.started)
    yield listening.getsockname()
    server.should_exit = True
    thread.join(LATE)


def said(address, *pieces, pause=0.001):
    """All that comes back until the other side hangs up; between the pieces one listens for a while."""
    found = b""
    with socket.create_connection(address, timeout=LATE) as line, suppress(ConnectionError):
        for piece in pieces:
            line.sendall(piece)
            line.settimeout(pause)
            with suppress(TimeoutError):
                found += line.recv(65_536)
        line.settimeout(LATE)
        while chunk := line.recv(65_536):
            found += chunk
    return found


@pytest.mark.parametrize(
    "head",
    [
        REQUEST + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        REQUEST + b"".join(b"X%d: y\r\n" % n for n in range(20_000)) + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        REQUEST + b"X: " + b"y" * 5_000_000,
        b"X" * 1_000_000,
    ],
    ids=["a long value", "many", "a long address", "a value without end", "no request at all"],
)
def test_a_head_that_is_too_large_is_refused(address, head):
    answer = said(address, head)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")  # the system may drop what was said to a deaf sender
    assert b"ok" not in answer


@pytest.mark.parametrize(
    "pieces",
    [(), (b"\r\n",), (b"GET /",), (REQUEST + b"X: ",), (REQUEST + b"\r\n", b"\r\n"), (REQUEST + b"\r\n" + REQUEST,)],
)
def test_a_head_that_never_comes_whole_is_not_waited_for(address, pieces):
    begun = time.monotonic()

    answer = said(address, *pieces)

    assert time.monotonic() - begun < LATE
    assert answer.count(b"HTTP/1.1 200") == (1 if b"".join(pieces).count(b"\r\n\r\n") else 0)


def test_a_drop_at_a_time_does_not_prolong_it(address):
    begun = time.monotonic()

    said(address, *[b"X"] * 100, pause=0.02)

    assert time.monotonic() - begun < LATE


def test_an_ordinary_head_and_a_slow_body_are_served(address):
    length = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n"

    answer = said(address, length, b"a", b"b", b"c", b"d", pause=0.25)

    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"ok")
    assert said(address, (REQUEST + b"\r\n") * 5 + REQUEST + b"Connection: close\r\n\r\n").count(b"HTTP/1.1 200") == 6


def test_a_connection_that_is_kept_outlives_the_patience(address):
    with socket.create_connection(address, timeout=LATE) as line:
        for _ in range(2):
            line.sendall(REQUEST + b"\r\n")
            line.settimeout(LATE)
            assert line.recv(1000).startswith(b"HTTP/1.1 200")
            line.settimeout(2 * WITHIN)
            with pytest.raises(TimeoutError):
                line.recv(1)
