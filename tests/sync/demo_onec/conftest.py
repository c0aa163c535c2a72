"""A running demo 1C, a strict portal beside it, and orders as the portal sends them."""

import dataclasses
import shutil
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sync.demo_onec.run import server
from sync.demo_onec.settings import Settings
from tests.sync.demo_onec.serving import plain_server, served, until
from tests.sync.demo_onec.strict_portal import KEYS, StrictPortal

PORTAL_BASE = "5f0c9f6e-7f0b-4f5f-8f7c-0f4b6f1c2d3e"


class Onec:
    """A demo 1C over HTTP: `demo` is for its own doors, `service` is what the portal calls."""

    def __init__(self, url):
        self.url = url
        self.demo = httpx.Client(base_url=url, timeout=30, trust_env=False)
        path = f"{url}/trade/hs/ExchangePortal"
        self.service = httpx.Client(base_url=path, auth=("portal", "secret"), timeout=30, trust_env=False)
        self.versions = {}

    def close(self):
        self.demo.close()
        self.service.close()

    def objects(self, kind):
        return self.demo.get(f"/demo/objects/{kind}", params={"limit": "100000"}).json()["objects"]

    def orders(self):
        return self.demo.get("/demo/orders").json()["orders"]

    def order(self, key):
        return next(order for order in self.orders() if key in (order["id"], order["guid"]))

    def stats(self):
        return self.demo.get("/demo/stats").json()

    def deed(self, key, deed, **body):
        return self.demo.post(f"/demo/orders/{key}/{deed}", json=body)

    def item(self, op, key, data, **named):
        version = self.versions[key] = self.versions.get(key, 0) + 1
        item = {"queue_id": str(uuid.uuid4()), "kind": "order", "op": op, "id": key, "version": version, "data": data}
        return {**item, **named}

    def send(self, *items, **envelope):
        head = {"node": "portal", "base": PORTAL_BASE, "epoch": "p1", "seq": 1}
        answer = self.service.post("/exchange", json={**head, "items": list(items), **envelope})
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def tell(self, op, key, **data):
        return self.send(self.item(op, key, data))[0]

    def new_order(self, **changes):
        """What a partner's «Оформить заказ» becomes on the wire."""
        partner = next(partner for partner in self.objects("partner") if partner["name"] == "Ромашка")
        agreement = next(one for one in self.objects("agreement") if one["partner"] == partner["id"])
        lines = [
            {"n": n, "product": product["id"], "quantity": "24", "price": "120.00", "sum": "2880.00", "vat": "10"}
            for n, product in enumerate(self.objects("product")[:2], start=1)
        ]
        key = str(uuid.uuid4())
        data = {"id": key, "terms": 1, "partner": partner["id"], "agreement": agreement["id"], "lines": lines}
        return self.item("create", key, {**data, **changes})

    def placed(self, **changes):
        item = self.new_order(**changes)
        result = self.send(item)[0]
        assert result["status"] == "ok", result
        return item["id"]


@pytest.fixture(scope="session")
def serve_onec():
    """Serve a 1C from a home folder: `with serve_onec(home, **settings) as onec`."""
    return _serve


class _serve:
    def __init__(self, home, **settings):
        given = {"password": "secret", "goods": 40, "period": 3600, **settings}
        self._server = server(dataclasses.replace(Settings(home=home), **given), "127.0.0.1", 0)
        self._running = served(self._server)

    def __enter__(self):
        self._onec = Onec(self._running.__enter__())
        until(lambda: self._onec.stats()["last_exchange"])
        return self._onec

    def __exit__(self, *failure):
        self._onec.close()
        self._running.__exit__(*failure)


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory, serve_onec):
    """The home folder of a 1C that was filled and has ended, made once for each worker."""
    home = tmp_path_factory.mktemp("filled") / "onec"
    with serve_onec(home):
        return home


@pytest.fixture
def onec(tmp_path, serve_onec, filled_home):
    """A 1C of the test's own; `onec.clock(minutes)` moves its clock ahead of the machine's."""
    shift = tmp_path / "clock"
    shutil.copytree(filled_home, tmp_path / "onec")
    with serve_onec(tmp_path / "onec", clock=shift) as running:
        running.clock = lambda minutes: shift.write_text((datetime.now(UTC) + timedelta(minutes=minutes)).isoformat())
        yield running


@pytest.fixture
def portal():
    portal = StrictPortal()
    with served(plain_server(portal)) as portal.url:
        yield portal
    assert not portal.complaints


@pytest.fixture
def connected(onec, portal):
    """The demo 1C that knows the way to the strict portal; it runs its job only when asked to."""
    keys = {"client_id": f" {KEYS[0]} ", "client_secret": KEYS[1]}
    assert onec.demo.post("/demo/settings", json={"portal": portal.url, **keys}).status_code == 200
    until(lambda: onec.stats()["queue"] == {"waiting": 0, "processing": 0, "failed": 0})
    return onec
