"""Waiting for the demo's two programs and for the first exchange between them, with visible progress."""

import contextlib
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from data.home import DATABASE
from web.commands import CommandFailed
from web.commands.children import Child
from web.commands.demo_home import Prepared

UP_WITHIN = 60  # s: a slow disk and a cold Python
STUCK_AFTER = 120  # s without any progress
LOOK_EVERY = 0.25  # s
BAR = 24  # signs


def wait_up(url: str, started: Child) -> None:
    """Until it answers there. Raises CommandFailed when it ends or says nothing."""
    deadline = time.monotonic() + UP_WITHIN
    while time.monotonic() < deadline:
        started.must_live()
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=5).is_success:
                return
        time.sleep(LOOK_EVERY)
    raise CommandFailed(f"{started.name}: нет ответа по адресу {url} за {UP_WITHIN} с.")


def introduce(shop: Prepared) -> None:
    """Tell 1C where the portal is and both their secrets: not on the command line, where everybody could read them."""
    told = {
        "portal": shop.url,
        "client_id": shop.client_id,
        "client_secret": shop.client_secret,
        "login": shop.onec_login,
        "password": shop.onec_password,
    }
    httpx.post(f"{shop.onec_url}/demo/settings", json=told, timeout=30).raise_for_status()


def wait_published(home: Path, onec_url: str, goods: int, children: Sequence[Child]) -> None:
    """Until 1C owes the portal nothing more of the first exchange."""
    left, most, moved_at = -1, 1, time.monotonic()
    while left:
        queue = _queue(onec_url)
        waits = queue["waiting"] + queue["processing"]
        if waits != left:
            left, most, moved_at = waits, max(waits, most), time.monotonic()
            _show(most - left, most, min(_products(home), goods))
        for each in children:
            each.must_live()
        if time.monotonic() - moved_at > STUCK_AFTER:
            raise CommandFailed(f"Первый обмен остановился: {_last_report(onec_url)}")
        time.sleep(LOOK_EVERY)


def _queue(onec_url: str) -> dict[str, int]:
    found: dict[str, int] = _stats(onec_url)["queue"]
    return found


def _last_report(onec_url: str) -> str:
    return str(_stats(onec_url).get("last_report"))


def _stats(onec_url: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(f"{onec_url}/demo/stats", timeout=30).json()
    return answer


def _products(home: Path) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{home / DATABASE}?mode=ro", uri=True, timeout=5)) as connection:
        return int(connection.execute("SELECT count(*) FROM products").fetchone()[0])


def _show(done: int, most: int, goods: int) -> None:
    """One line that fills up on a screen; a line for each step in a log."""
    bar = ("█" * (done * BAR // most)).ljust(BAR, "░")
    text = f"Обмен с 1С {bar} {done * 100 // most:3} %, товаров: {goods}"
    if sys.stdout.isatty():
        print(f"\r{text}", end="\n" if done == most else "", flush=True)
    else:
        print(text, flush=True)
