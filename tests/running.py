"""The real thing for tests: portal and demo 1C as processes of their own, on free ports, in folders of their own."""

import contextlib
import email
import email.policy
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from web.commands.mailbox import Mailbox

ROOT = Path(__file__).parents[1]
START_WITHIN = 60  # s: two cores may be busy with other tests
PORTS = (20000, 32000)  # below the range from which the system takes ports of outgoing connections


def eventually(check, within=10.0, every=0.05):
    """What ``check`` gives once it is truthy and raises no AssertionError; the last failure when time is over."""
    deadline = time.monotonic() + within
    while True:
        try:
            if found := check():
                return found
            failure = AssertionError(f"not within {within} s: {check}")
        except (AssertionError, httpx.TransportError) as error:
            failure = error
        if time.monotonic() > deadline:
            raise failure
        time.sleep(every)


def free_port():
    """A port nobody listens on."""
    while True:
        port = random.randint(*PORTS)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Running:
    """One process of ours with its log in a file."""

    def __init__(self, *arguments, url, log, ready, env=None):
        self.arguments, self.url, self.log_file, self.ready, self.env = arguments, url, log, ready, env or {}
        self.process = None

    def start(self):
        log = self.log_file.open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "web.cli", *map(str, self.arguments)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **self.env},
            )  # fmt: skip
        return self

    def wait_ready(self):
        eventually(self._answers, within=START_WITHIN)
        return self

    def stop(self):
        """Ask it to end, as Ctrl-C does; its return code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not stop in 30 s:\n{self.log()}") from None

    def kill(self):
        """kill -9: nothing is said and nothing is saved."""
        self.process.kill()
        return self.process.wait()

    def restart(self):
        return self.start().wait_ready()

    def log(self):
        return self.log_file.read_text("utf-8", "replace") if self.log_file.exists() else ""

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"ended with {self.process.returncode}:\n{self.log()}")
        return httpx.get(self.url + self.ready, timeout=5).status_code == 200


def command(*arguments, typed="", **env):
    """A `portal` command run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "web.cli", *map(str, arguments)],
        cwd=ROOT, input=typed, capture_output=True, text=True, encoding="utf-8", timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env}, check=False,
    )  # fmt: skip


def text_of(letter):
    """The plain text of a letter."""
    return letter.get_body(("plain",)).get_content()


def portal_in(home, port=None, **env):
    """`portal serve` for this home folder; not started yet. Further settings as PORTAL_… of the environment."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    env = {"PORTAL_PUBLIC_URL": url, "PORTAL_CLOCK_FILE": str(home / "clock"), **env}
    return Running("serve", "--home", home, "--port", port, url=url, log=home / "portal.log", ready="/up", env=env)


def onec_in(home, port=None, *options):
    """`portal demo-onec` for this folder; not started yet."""
    port = port or free_port()
    options = ("--clock", home.parent / "clock", *options)
    return Running(
        "demo-onec", "--home", home, "--port", port, *options,
        url=f"http://127.0.0.1:{port}", log=home.parent / "onec.log", ready="/demo/stats",
    )  # fmt: skip


@dataclass
class Shop:
    """A portal and its 1C that have exchanged everything once; ``facts`` is demo.json of its home."""

    home: Path
    portal: Running
    onec_process: Running
    mailbox: Mailbox
    facts: dict

    def __post_init__(self):
        self._clients = []
        self.onec = self.client(self.onec_process.url)

    @property
    def url(self):
        return self.portal.url

    def client(self, url=None, **options):
        """A browser without a session, as far as HTTP goes: sends Origin, follows nothing by itself."""
        url = url or self.url
        made = httpx.Client(base_url=url, headers={"Origin": url}, timeout=30, **options)
        self._clients.append(made)
        return made

    def user(self, role, partner=None):
        """The sign-in of the first user with this role (of this partner) in demo.json."""
        for found in self.facts["users"]:
            if found["role"] == role and partner in (None, found["partner"]):
                return found
        raise LookupError(f"{role} of {partner} in {self.facts['users']}")

    def sign_in(self, role, partner=None):
        """A client with the session of such a user."""
        user = self.user(role, partner)
        return self.sign_in_as(user["login"], user["password"])

    def sign_in_as(self, login, password):
        client = self.client()
        answer = client.post("/login", data={"login": login, "password": password})
        assert answer.status_code == 303, f"{answer.status_code}\n{answer.text}\n{self.portal.log()}"
        return client

    def exchange(self):
        """Run 1C's job now, both directions."""
        self.onec.post("/demo/exchange", json={}).raise_for_status()

    def letters(self, to=""):
        """Every letter in the mailbox, oldest first, as an EmailMessage; ``to``: only those to this address."""
        paths = sorted((self.home / "mail").glob("*.eml"))
        found = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]
        return [letter for letter in found if to in letter["To"]]

    def set_clock(self, moment):
        part = self.home / "clock.part"
        part.write_text(moment.isoformat(), "ascii")
        part.replace(self.home / "clock")

    def rows(self, sql, *args):
        """Rows of the portal's own file, to see what it holds."""
        return _rows(self.home / "portal.sqlite", sql, *args)

    def close(self):
        for client in self._clients:
            client.close()
        self.portal.stop()
        self.onec_process.stop()
        self.mailbox.__exit__(None, None, None)


def prepare_shop(home, goods=60):
    """A home folder after the first run of `portal demo`, whose processes have ended again."""
    port, onec_port = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    home.parent.mkdir(parents=True, exist_ok=True)
    demo = Running(
        "demo", "--home", home, "--port", port, "--onec-port", onec_port, "--goods", goods,
        url=url, log=home.parent / f"{home.name}.log", ready="/up",
    )  # fmt: skip
    demo.start()
    try:
        eventually(lambda: demo.process.poll() is not None or (home / "demo.json").exists(), within=120 + goods / 100)
        assert demo.process.poll() is None, demo.log()
        # 1C is to know already who is active: a shop of a test starts with an empty queue
        eventually(lambda: _rows(home / "portal.sqlite", "SELECT count(*) FROM queue") == [(0,)], within=60)
    finally:
        demo.stop()
    return home


def open_shop(prepared, home):
    """A new shop out of a prepared home folder: a copy, its own ports, both processes answering."""
    shutil.copytree(prepared, home, ignore=shutil.ignore_patterns("*.log", "*.lock", "clock"))
    facts = json.loads((home / "demo.json").read_text("utf-8"))
    portal, keys = portal_in(home), facts["exchange"]
    options = ("--portal", portal.url, "--client-id", keys["client_id"], "--client-secret", keys["client_secret"])
    onec = onec_in(home / "onec", None, *options)
    mailbox = Mailbox(home / "mail").__enter__()
    move(home, onec.url, mailbox.port)
    facts.update(portal=portal.url, onec=onec.url)
    (home / "demo.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    portal.start(), onec.start()
    portal.wait_ready(), onec.wait_ready()
    return Shop(home, portal, onec, mailbox, facts)


def move(home, onec_url, smtp_port):
    """Tell a copied home where its 1C and its mail server are now."""
    change = "UPDATE settings SET value = json_set(value, ?, ?) WHERE name = ?"
    with contextlib.closing(sqlite3.connect(home / "portal.sqlite")) as connection, connection:
        connection.execute(change, ("$.server", onec_url, "Integration"))
        connection.execute(change, ("$.port", smtp_port, "MailSettings"))


def _rows(path, sql, *args):
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, args).fetchall()
