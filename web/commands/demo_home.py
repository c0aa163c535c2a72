"""The demo's home folder: who may sign in, the keys of «EX», how the two programs reach each other, where mail goes."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from data import clock
from data.access import demo_people
from data.access.demo_people import DemoUser
from data.database import reading, writing
from data.exchange import integration
from data.home import opened
from data.letters.mail_settings import MailSettings
from data.settings import read, save
from web.commands.demo_notes import kept_notes

ONEC_LOGIN = "portal"
ONEC_PATH = "/trade/hs/ExchangePortal"
WORDS = ("sahar", "grecha", "botva", "lampa", "gvozd", "sosna", "kofe", "kreda", "vedro", "sito")


@dataclass(frozen=True)
class Prepared:
    """What the two programs are told; ``password`` is everybody's in this demo."""

    url: str
    onec_url: str
    onec_login: str
    onec_password: str
    client_id: str
    client_secret: str
    service_password: str
    password: str


async def prepare(home: Path, port: int, onec_port: int, smtp_port: int) -> Prepared:
    """Make the home, or tell the one that is there its ports of today; nobody else may use it (HomeInUse)."""
    notes = kept_notes(home)
    async with opened(home, clock_file=home / "clock"):
        password = notes.password or f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
        service_password = notes.service_password or secrets.token_urlsafe(12)
        await demo_people.make_admin(clock.now())
        service = await demo_people.make_service_user(service_password, clock.now())
        client_id, client_secret = notes.keys or await demo_people.new_key(service, clock.now())
        shop = Prepared(
            url=f"http://127.0.0.1:{port}",
            onec_url=f"http://127.0.0.1:{onec_port}",
            onec_login=ONEC_LOGIN,
            onec_password=secrets.token_urlsafe(12),
            client_id=client_id,
            client_secret=client_secret,
            service_password=service_password,
            password=password,
        )
        async with writing():
            await _connect(shop, smtp_port)
    return shop


async def open_doors(home: Path, shop: Prepared) -> list[DemoUser]:
    """Everybody whom 1C has published may sign in with the demo's password, beside the running portal."""
    async with opened(home, clock_file=home / "clock", alone=False):
        await demo_people.let_in(shop.password, clock.now(), everybody=not kept_notes(home).password)
        async with reading():
            return await demo_people.users()


async def _connect(shop: Prepared, smtp_port: int) -> None:
    kept = await integration.current()
    await integration.save(
        replace(
            kept,
            server=shop.onec_url,
            path=ONEC_PATH,
            login=shop.onec_login,
            password=shop.onec_password,
            private_address_confirmed=True,
        )
    )
    mail = await read(MailSettings)
    await save(
        replace(
            mail,
            host="127.0.0.1",
            port=smtp_port,
            security="none",
            sender=mail.sender or "portal@demo.example",
            sender_name=mail.sender_name or "Портал заказов",
            common_inbox=mail.common_inbox or "orders@demo.example",
        )
    )
