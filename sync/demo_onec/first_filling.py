"""A new base is filled once: everything is written and queued for its first publication in one transaction."""

import io
import logging
from collections.abc import Iterable
from datetime import datetime

from PIL import Image, ImageDraw

from sync.demo_onec import company, goods, history, partners, prices, queue
from sync.demo_onec.files import keep_file
from sync.demo_onec.store import Store

log = logging.getLogger(__name__)

PICTURES = 18
"""One for each section of the catalogue: pages show how pictures look, and the first exchange stays quick."""


def fill(store: Store, count: int, now: datetime) -> None:
    """Does nothing when the base is filled already: a restart never makes anything anew."""
    if store.recall("filled"):
        return
    pictures = [_picture(store, number) for number in range(min(PICTURES, count))]
    with store.filling():
        for kind, objects in _everything(count, pictures, now):
            store.keep_many(kind, objects)
            queue.offer_all(store, kind)
        history.write(store, now, count)
        store.remember("goods", count)
        store.remember("filled", now.isoformat())
    log.info("the demo 1C is filled with %s goods", count)


def _everything(count: int, pictures: list[str], now: datetime) -> Iterable[tuple[str, Iterable[goods.Object]]]:
    """People and terms first: they are few, and whoever signs in early finds a shop that is filling up."""
    facts = prices.trade_facts()
    yield "organization", [company.seller()]
    yield "warehouse", facts["warehouse"]
    yield "price_type", facts["price_type"]
    yield "role", company.roles()
    yield "manager", company.managers()
    yield "cancel_reason", company.cancel_reasons()
    yield "delivery_method", company.delivery_methods()
    yield "partner", partners.partners()
    yield "counterparty", partners.counterparties()
    yield "contract", partners.contracts()
    yield "agreement", partners.agreements()
    yield "contact", partners.contacts()
    yield "address", partners.addresses()
    yield "user", partners.users()
    yield "news", company.news(now)
    yield "product_group", goods.groups()
    yield "product", goods.products(count, pictures)
    yield "price", prices.prices(count)
    yield "personal_price", partners.personal_prices()
    yield "stock", prices.stocks(count, now)
    yield "settlement", partners.settlements(now)


def _picture(store: Store, number: int) -> str:
    """A plain picture of a box in the colour of its section, kept as a file named by its hash."""
    hue = number * 37 % 360
    image = Image.new("RGB", (480, 480), f"hsl({hue}, 35%, 92%)")
    draw = ImageDraw.Draw(image)
    draw.rectangle((110, 170, 370, 390), fill=f"hsl({hue}, 45%, 62%)")
    draw.polygon([(110, 170), (160, 110), (420, 110), (370, 170)], fill=f"hsl({hue}, 45%, 74%)")
    draw.polygon([(370, 170), (420, 110), (420, 330), (370, 390)], fill=f"hsl({hue}, 45%, 50%)")
    for line in range(number % 6 + 1):
        draw.rectangle((140, 220 + line * 24, 300 - line * 12, 228 + line * 24), fill="white")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return keep_file(store, buffer.getvalue(), "image/png")
