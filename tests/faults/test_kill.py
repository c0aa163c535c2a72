"""kill -9 at random moments: nothing that was answered as taken is lost, nothing stands in 1C twice."""

import os
import random
import re
import threading
import time
from collections import Counter

import httpx
import pytest

from tests.running import eventually
from tests.scenarios.test_whole_loop import ROMASHKA, fill_cart, place

KILLS = 200 if os.environ.get("PORTAL_LONG") else 6
LONGEST_LIFE = 1.5  # s between a start and the next kill


class Buyer(threading.Thread):
    """Places one order after another; ``taken`` are those whose page was answered."""

    def __init__(self, client):
        super().__init__(daemon=True)
        self.client, self.taken, self.ended, self.surprises = client, [], threading.Event(), []

    def run(self):
        while not self.ended.is_set():
            try:
                fill_cart(self.client, 1)
                path = place(self.client)
                if re.fullmatch(r"/orders/[0-9a-f-]{36}", path):
                    self.taken.append(path.rsplit("/", 1)[1])
            except (httpx.TransportError, IndexError):
                self.ended.wait(0.02)  # the portal is down or has just been killed
            except Exception as surprise:
                self.surprises.append(repr(surprise))
                self.ended.wait(0.05)


@pytest.mark.row("O16", "O15", "Q07")
def test_killed_at_any_moment_no_order_is_lost_or_doubled(fresh_shop):
    shop = fresh_shop
    buyers = [Buyer(shop.sign_in("partner", ROMASHKA)), Buyer(shop.sign_in("contact", ROMASHKA))]
    for buyer in buyers:
        buyer.start()
    chance = random.Random(7)
    started = time.monotonic()
    for _ in range(KILLS):
        buyers[0].ended.wait(chance.uniform(0.1, LONGEST_LIFE))
        shop.portal.kill()
        shop.portal.restart()
    for buyer in buyers:
        buyer.ended.set()
        buyer.join(30)
    taken = [uuid for buyer in buyers for uuid in buyer.taken]
    assert len(taken) >= KILLS // 2, (taken, [buyer.surprises[-3:] for buyer in buyers])

    eventually(lambda: shop.rows("SELECT count(*) FROM queue") == [(0,)], within=120 + (time.monotonic() - started) / 4)
    kept = {row[0] for row in shop.rows("SELECT uuid FROM orders WHERE status NOT IN ('cart', 'draft')")}
    documents = Counter(order["id"] for order in shop.onec.get("/demo/orders").json()["orders"])
    assert set(taken) <= kept, "taken and lost"
    assert set(taken) <= set(documents), "taken and not in 1C"
    assert [uuid for uuid, times in documents.items() if times > 1] == []
    assert shop.rows("SELECT uuid FROM orders WHERE status = 'new'") == []
