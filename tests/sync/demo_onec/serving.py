"""ASGI programs served over real HTTP from a thread, on a port of the system's choice."""

import contextlib
import threading
import time

import uvicorn


def until(condition, within=15.0):
    """What the condition gives once it is true; a failure when it stays false."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        threading.Event().wait(0.02)
    raise AssertionError(f"not within {within} s")


@contextlib.contextmanager
def served(server):
    """The address of a running uvicorn server, stopped at the end."""
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until(lambda: server.started or not thread.is_alive())
        assert thread.is_alive(), "the server did not start"
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        assert not thread.is_alive(), "the server did not stop"


def plain_server(app):
    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", access_log=False, log_level="warning")
    return uvicorn.Server(config)
