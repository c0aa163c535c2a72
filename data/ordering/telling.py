"""Letters about orders: what waits for the partner or was refused him, what is new for the manager."""

from datetime import datetime

from data.database import fetch, fetch_one
from data.letters import texts
from data.letters.letters import write
from data.letters.mail_settings import MailSettings
from data.numbers import roubles
from data.settings import read


async def tell_waits_for_partner(order: int, now: datetime) -> None:
    """«Ожидает вашего подтверждения»: to the author, else to those of the company who see all its orders. Inside writing()."""
    uuid, number, terms, total, author, organisation = await _facts(order)
    words = texts.order_needs_you(order=f"№ {number}", total=_sum(total), path=f"/orders/{uuid}")
    for email in await _readers(author, organisation):
        await write(f"order-waits:{uuid}:{terms}:{email}", email, words.subject, words.text, now)


async def tell_refused(order: int, reason: str, now: datetime) -> None:
    """The seller's side has declined: to the same people. Inside writing()."""
    uuid, number, _, _, author, organisation = await _facts(order)
    words = texts.order_refused(order=f"№ {number}", reason=reason, path=f"/orders/{uuid}")
    for email in await _readers(author, organisation):
        await write(f"order-refused:{uuid}:{email}", email, words.subject, words.text, now)


async def tell_new_order(order: int, now: datetime) -> None:
    """A new order: to the partner's manager, else to the common inbox of the shop. Inside writing()."""
    uuid, _, _, total, _, organisation = await _facts(order)
    found = await fetch_one(
        "SELECT p.name, coalesce(m.email, '') FROM partners p LEFT JOIN managers m ON m.uuid = p.manager"
        " WHERE p.organisation = ?",
        organisation,
    )
    partner, email = found or ("", "")
    to = email or (await read(MailSettings)).common_inbox
    if to:
        words = texts.new_order(partner=partner, total=_sum(total), path=f"/orders/{uuid}")
        await write(f"order-new:{uuid}:{to}", to, words.subject, words.text, now)


async def _facts(order: int) -> tuple[str, str, int, int, int | None, int]:
    found = await fetch_one("SELECT uuid, number, terms, total, author, organisation FROM orders WHERE id = ?", order)
    assert found is not None
    return found


async def _readers(author: int | None, organisation: int) -> list[str]:
    rows = await fetch(
        "SELECT DISTINCT u.email FROM memberships m JOIN users u ON u.id = m.user"
        " WHERE m.organisation = ? AND m.status = 'active' AND u.email <> ''"
        " AND (u.id = ? OR (? IS NULL AND m.role IN ('partner', 'owner')))",
        organisation, author, author,
    )  # fmt: skip
    return [row[0] for row in rows]


def _sum(kopecks: int) -> str:
    return f"{roubles(kopecks).replace('.', ',')} руб."
